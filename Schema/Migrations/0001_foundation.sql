-- What every table stands on: the schema, the reader's settings, the audit trail, small tables that ship.

CREATE SCHEMA app;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA app TO chapterhouse_app, chapterhouse_backup;

CREATE EXTENSION btree_gist SCHEMA app;

-- Functions are not for everybody; each that the service may call is granted by name. Said of the owner and not
-- of the schema: what PostgreSQL gives to everybody by itself cannot be taken back for one schema.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO chapterhouse_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON SEQUENCES TO chapterhouse_backup;

-- Who is asking, and in which chapter: set for one transaction by the service, never for a session. A setting
-- that was set once reads as '' afterwards, which is nobody.

CREATE FUNCTION app.acting_chapter() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('app.chapter_id', true), '')::integer;

CREATE FUNCTION app.acting_person() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('app.person_id', true), '')::bigint;

-- A right is a word of the list in app.rights; 'everything' is the operator's shell.
CREATE FUNCTION app.may(permission text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(coalesce(current_setting('app.rights', true), ''), ' ') && ARRAY[permission, 'everything'];

GRANT EXECUTE ON FUNCTION app.acting_chapter(), app.acting_person(), app.may(text) TO chapterhouse_app;

-- A name, a title, a place: one line, short enough to stand in an index beside another.
CREATE DOMAIN app.line AS text
    CONSTRAINT text_is_one_line CHECK (VALUE !~ '[\u0001-\u001F\u007F-\u009F]')
    CONSTRAINT line_is_not_too_long CHECK (octet_length(VALUE) <= 800);

CREATE TABLE app.currency (
    code     text     PRIMARY KEY,
    decimals smallint NOT NULL,

    CONSTRAINT currency_is_three_capitals CHECK (code ~ '^[A-Z]{3}$'),
    CONSTRAINT currency_prints_up_to_four_decimals CHECK (decimals BETWEEN 0 AND 4)
);

-- One unit of `currency` is worth `rate` units of `into_currency` from `valid_from` on.
CREATE TABLE app.exchange_rate (
    currency      text    NOT NULL REFERENCES app.currency,
    into_currency text    NOT NULL REFERENCES app.currency,
    valid_from    date    NOT NULL,
    rate          numeric NOT NULL,

    PRIMARY KEY (currency, into_currency, valid_from),
    CONSTRAINT rate_is_positive CHECK (rate > 0 AND rate < 'Infinity'),
    CONSTRAINT rate_is_between_two_currencies CHECK (currency <> into_currency)
);

CREATE TABLE app.region (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text    NOT NULL,
    name app.line NOT NULL,

    CONSTRAINT region_slug_is_taken UNIQUE (slug),
    CONSTRAINT region_slug_is_plain CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT region_has_a_name CHECK (btrim(name) <> '')
);

CREATE TABLE app.office_kind (
    role  text PRIMARY KEY,
    title text NOT NULL
);

GRANT SELECT ON app.currency, app.exchange_rate, app.region, app.office_kind TO chapterhouse_app;
GRANT INSERT ON app.exchange_rate, app.region TO chapterhouse_app;

-- The audit trail: every change of every record. Personal columns are kept by name only, so that a person can
-- be erased. Nobody may change or remove a line, the owner included.

CREATE TABLE app.audit_event (
    chapter_id integer     NOT NULL,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    door       text        NOT NULL,
    person_id  bigint,
    request_id text,
    action     text        NOT NULL,
    entity     text        NOT NULL,
    entity_id  text        NOT NULL,
    changed    text[]      NOT NULL,
    before     jsonb,
    after      jsonb,

    PRIMARY KEY (chapter_id, id)
);

CREATE INDEX audit_event_by_entity ON app.audit_event (chapter_id, entity, entity_id);

-- The same for records that belong to no chapter: people, regions, tokens.
CREATE TABLE app.installation_audit_event (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    door       text        NOT NULL,
    person_id  bigint,
    request_id text,
    action     text        NOT NULL,
    entity     text        NOT NULL,
    entity_id  text        NOT NULL,
    changed    text[]      NOT NULL,
    before     jsonb,
    after      jsonb
);

GRANT SELECT, INSERT ON app.audit_event, app.installation_audit_event TO chapterhouse_app;

CREATE FUNCTION app.audit_trail_is_kept() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is never changed'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION app.audit_trail_is_kept();
CREATE TRIGGER audit_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON app.installation_audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION app.audit_trail_is_kept();

-- Arguments: the columns of the key, then the personal columns, both divided by commas.
CREATE FUNCTION app.record_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    keys     text[] := string_to_array(TG_ARGV[0], ',');
    personal text[] := string_to_array(coalesce(TG_ARGV[1], ''), ',');
    old_row  jsonb  := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE jsonb_strip_nulls(to_jsonb(OLD)) END;
    new_row  jsonb  := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE jsonb_strip_nulls(to_jsonb(NEW)) END;
    either   jsonb  := CASE WHEN TG_OP = 'DELETE' THEN old_row ELSE new_row END;
    changes  text[];
    old_kept jsonb;
    new_kept jsonb;
    identity text;
    way      text   := coalesce(NULLIF(current_setting('app.door', true), ''), 'cli');
    request  text   := NULLIF(current_setting('app.request_id', true), '');
BEGIN
    SELECT array_agg(name ORDER BY name),
           jsonb_object_agg(name, old_row -> name) FILTER (WHERE old_row ? name AND name <> ALL (personal)),
           jsonb_object_agg(name, new_row -> name) FILTER (WHERE new_row ? name AND name <> ALL (personal))
      INTO changes, old_kept, new_kept
      FROM (SELECT jsonb_object_keys(old_row || new_row) AS name) AS column_name
     WHERE old_row -> name IS DISTINCT FROM new_row -> name
       AND name <> 'chapter_id';

    IF changes IS NULL THEN
        RETURN NULL;
    END IF;

    SELECT string_agg(either ->> name, '/') INTO identity FROM unnest(keys) AS name;

    IF either ? 'chapter_id' THEN
        INSERT INTO audit_event (chapter_id, door, person_id, request_id, action, entity, entity_id, changed, before, after)
        VALUES ((either ->> 'chapter_id')::integer, way, acting_person(), request, lower(TG_OP), TG_TABLE_NAME, identity, changes, old_kept, new_kept);
    ELSE
        INSERT INTO installation_audit_event (door, person_id, request_id, action, entity, entity_id, changed, before, after)
        VALUES (way, acting_person(), request, lower(TG_OP), TG_TABLE_NAME, identity, changes, old_kept, new_kept);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.region
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', '');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.exchange_rate
    FOR EACH ROW EXECUTE FUNCTION app.record_change('currency,into_currency,valid_from', '');

-- Puts a table of a chapter behind its walls and under the audit trail, in one call, so that none is forgotten.
CREATE FUNCTION app.guard(guarded regclass, keys text, personal text DEFAULT '') RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
        'CREATE POLICY own_chapter ON %s TO chapterhouse_app
             USING      (chapter_id = NULLIF(current_setting(''app.chapter_id'', true), '''')::integer)
             WITH CHECK (chapter_id = NULLIF(current_setting(''app.chapter_id'', true), '''')::integer)',
        guarded
    );
    EXECUTE format(
        'CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON %s
             FOR EACH ROW EXECUTE FUNCTION app.record_change(%L, %L)',
        guarded, keys, personal
    );
END
$$;

ALTER TABLE app.audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY own_chapter ON app.audit_event TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer)
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer);

ALTER TABLE app.installation_audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.installation_audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY written_by_all ON app.installation_audit_event FOR INSERT TO chapterhouse_app WITH CHECK (true);
CREATE POLICY read_by_operators ON app.installation_audit_event FOR SELECT TO chapterhouse_app
    USING (app.may('everything'));
