-- The roles of an installation. Roles belong to the whole cluster and to no migration: a superuser applies
-- this file once, and again after an upgrade; a second time changes nothing.

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT *
          FROM (VALUES
                ('chapterhouse_owner',    'NOLOGIN BYPASSRLS'),
                ('chapterhouse_migrator', 'LOGIN NOINHERIT NOBYPASSRLS'),
                ('chapterhouse_app',      'LOGIN NOBYPASSRLS'),
                ('chapterhouse_backup',   'LOGIN BYPASSRLS')
               ) AS role (name, attributes)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I', wanted.name);
        END IF;
        EXECUTE format(
            'ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION %s', wanted.name, wanted.attributes
        );
    END LOOP;
END
$$;

GRANT chapterhouse_owner TO chapterhouse_migrator;

-- Timeouts default to none in PostgreSQL: a stuck statement would hold a connection for ever.
ALTER ROLE chapterhouse_app SET statement_timeout = '30s';
ALTER ROLE chapterhouse_app SET lock_timeout = '3s';
ALTER ROLE chapterhouse_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE chapterhouse_app SET search_path = app, pg_temp;
-- Compiling a report's plan costs more than running it.
ALTER ROLE chapterhouse_app SET jit = off;
ALTER ROLE chapterhouse_migrator SET lock_timeout = '10s';
ALTER ROLE chapterhouse_migrator SET search_path = app, pg_temp;
ALTER ROLE chapterhouse_backup SET default_transaction_read_only = on;
