-- The chain through the audit trail: sealing it, checking it, and erasing values without breaking it. A trail is a chapter's
-- id, or 0 for the installation's own.

-- Nobody changes the trail; but for erase_audit_values(), in which alone this setting is on.
CREATE OR REPLACE FUNCTION app.audit_trail_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('app.erasing_audit_values', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the audit trail is never changed'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- And there only values may go.
CREATE OR REPLACE FUNCTION app.audit_values_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    of_values constant text[] := '{before,after,entity_id,salt,erased_at}';
BEGIN
    IF to_jsonb(OLD) - of_values = to_jsonb(NEW) - of_values
       AND num_nonnulls(to_jsonb(NEW) ->> 'before', to_jsonb(NEW) ->> 'after', to_jsonb(NEW) ->> 'salt') = 0
       AND coalesce(to_jsonb(NEW) ->> 'entity_id', '') IN ('erased', coalesce(to_jsonb(OLD) ->> 'entity_id', '')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'of the audit trail only values may be erased'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Whoever seals and whoever erases take turns, up to the end of their transactions.
CREATE OR REPLACE FUNCTION app.take_turn_at_audit_trail() RETURNS void
    LANGUAGE sql
    RETURN pg_advisory_xact_lock(8105122342);

-- Erases the values of these entries, and with `with_entity_id` which record each is about; how many there were. For functions
-- that run as the owner: nobody else may call it.
CREATE OR REPLACE FUNCTION app.erase_audit_values(of_trail integer, events bigint[], with_entity_id boolean DEFAULT false) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    erased bigint;
BEGIN
    PERFORM take_turn_at_audit_trail();
    PERFORM set_config('app.erasing_audit_values', 'on', true);
    IF of_trail = 0 THEN
        UPDATE installation_audit_event
           SET before = NULL, after = NULL, entity_id = CASE WHEN with_entity_id THEN 'erased' ELSE entity_id END
         WHERE id = ANY (events);
    ELSE
        UPDATE audit_event
           SET before = NULL, after = NULL, entity_id = CASE WHEN with_entity_id THEN 'erased' ELSE entity_id END
         WHERE chapter_id = of_trail AND id = ANY (events);
    END IF;
    GET DIAGNOSTICS erased = ROW_COUNT;
    UPDATE audit_link SET salt = NULL, erased_at = coalesce(erased_at, now()) WHERE trail = of_trail AND event_id = ANY (events);
    PERFORM set_config('app.erasing_audit_values', 'off', true);
    RETURN erased;
END
$$;

-- The entries of a trail after one and up to another: what of each is hashed as it is, and what as its digest. The text of jsonb
-- is the same on every server and in every zone. Without settings of its own it is planned with its caller, who may stop early.
CREATE OR REPLACE FUNCTION app.audit_entries(of_trail integer, behind bigint, through bigint)
    RETURNS TABLE (id bigint, at timestamptz, facts bytea, contents bytea, is_empty boolean)
    LANGUAGE sql STABLE
AS $$
    SELECT event.id, event.at,
           convert_to(jsonb_build_array(event.chapter_id, event.id, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), event.door,
                                        event.person_id, event.request_id, event.action, event.entity, event.changed)::text, 'UTF8'),
           convert_to(jsonb_build_array(event.entity_id, event.before, event.after)::text, 'UTF8'),
           event.before IS NULL AND event.after IS NULL
      FROM app.audit_event AS event
     WHERE of_trail <> 0 AND event.chapter_id = of_trail AND event.id > behind AND event.id <= through
    UNION ALL
    SELECT event.id, event.at,
           convert_to(jsonb_build_array(0, event.id, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), event.door,
                                        event.person_id, event.request_id, event.action, event.entity, event.changed)::text, 'UTF8'),
           convert_to(jsonb_build_array(event.entity_id, event.before, event.after)::text, 'UTF8'),
           event.before IS NULL AND event.after IS NULL
      FROM app.installation_audit_event AS event
     WHERE of_trail = 0 AND event.id > behind AND event.id <= through
$$;

-- The ids up to which no entry is still to come, of chapters and of the installation. Ids are given out before transactions
-- commit, so it waits for those that wrote into the trails when it looked; who came later has later ids.
CREATE OR REPLACE FUNCTION app.settled_audit_ids(OUT of_chapters bigint, OUT of_installation bigint)
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    writers text[];
    began   constant timestamptz := clock_timestamp();
BEGIN
    -- Another isolation would go on not seeing what was waited for.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the audit trail is sealed in a transaction that reads what is committed';
    END IF;
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO of_chapters FROM audit_event_id_seq;
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO of_installation FROM installation_audit_event_id_seq;
    -- Who inserts has this lock from before its first id until its end.
    writers := ARRAY(SELECT virtualtransaction FROM audit_writers());
    WHILE EXISTS (SELECT FROM audit_writers() AS writing WHERE writing.virtualtransaction = ANY (writers)) LOOP
        IF clock_timestamp() > began + interval '10 seconds' THEN
            RAISE EXCEPTION 'a change has been under way for too long to seal the audit trail now' USING ERRCODE = 'lock_not_available';
        END IF;
        PERFORM pg_sleep(0.02);
    END LOOP;
END
$$;

-- The other transactions that have written into the trails and have not ended.
CREATE OR REPLACE FUNCTION app.audit_writers() RETURNS TABLE (virtualtransaction text)
    LANGUAGE sql
    SET search_path = app, pg_temp
AS $$
    SELECT DISTINCT held.virtualtransaction FROM pg_locks AS held
     WHERE held.locktype = 'relation' AND held.mode = 'RowExclusiveLock' AND held.granted
       AND held.relation IN ('app.audit_event'::regclass, 'app.installation_audit_event'::regclass)
       AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND held.pid IS DISTINCT FROM pg_backend_pid()
$$;

-- Chains and seals what was entered since, so many entries at most; whether more is left.
CREATE OR REPLACE FUNCTION app.seal_audit_trail(at_most integer DEFAULT 50000) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    settled  record;
    sealed   record;
    entry    record;
    head     audit_seal;
    salt     bytea;
    digest   bytea;
    through  bigint;
    left_over integer := at_most;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself seals its audit trail' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO settled FROM settled_audit_ids();
    PERFORM take_turn_at_audit_trail();
    FOR sealed IN SELECT 0 AS trail UNION ALL SELECT chapter.id FROM chapter ORDER BY trail LOOP
        SELECT * INTO head FROM audit_seal AS newest WHERE newest.trail = sealed.trail ORDER BY newest.up_to DESC LIMIT 1;
        head := ROW (sealed.trail, coalesce(head.up_to, 0), coalesce(head.settled_to, 0), coalesce(head.position, 0),
                     coalesce(head.hash, decode(repeat('00', 32), 'hex')), now())::audit_seal;
        through := CASE WHEN sealed.trail = 0 THEN settled.of_installation ELSE settled.of_chapters END;
        FOR entry IN
            SELECT * FROM audit_entries(sealed.trail, head.settled_to, through) AS waiting ORDER BY waiting.id LIMIT left_over
        LOOP
            salt := uuid_send(gen_random_uuid());
            digest := sha256(salt || entry.contents);
            head.up_to := entry.id;
            head.position := head.position + 1;
            head.hash := sha256(head.hash || digest || entry.facts);
            INSERT INTO audit_link (trail, event_id, position, salt, values_digest, hash)
            VALUES (head.trail, entry.id, head.position, salt, digest, head.hash);
            left_over := left_over - 1;
        END LOOP;
        -- Where the batch was full, it is settled only as far as it went.
        head.settled_to := CASE WHEN left_over = 0 THEN head.up_to ELSE through END;
        IF NOT EXISTS (SELECT FROM audit_seal AS known WHERE known.trail = head.trail AND known.up_to = head.up_to) AND head.up_to > 0 THEN
            INSERT INTO audit_seal SELECT head.*;
        END IF;
        IF left_over = 0 THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;

-- The newest seal of each trail, of all or of those in whose last batch something was sealed; slug null is the installation's.
CREATE OR REPLACE FUNCTION app.audit_heads(only_last_batch boolean DEFAULT false)
    RETURNS TABLE (slug text, entries bigint, up_to bigint, hash text, sealed_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT home.slug, head.position, head.up_to, encode(head.hash, 'hex'), head.sealed_at
      FROM (SELECT 0 AS trail, NULL AS slug UNION ALL SELECT chapter.id, chapter.slug FROM chapter) AS home
     CROSS JOIN LATERAL (SELECT * FROM audit_seal AS newest WHERE newest.trail = home.trail ORDER BY newest.up_to DESC LIMIT 1) AS head
     WHERE may('everything')
       AND (NOT only_last_batch OR head.sealed_at = (SELECT max(latest.sealed_at) FROM audit_seal AS latest))
     ORDER BY home.slug NULLS FIRST
$$;

-- What is wrong with a trail, by id: entries that were `changed`, `removed` (with their links or without), `inserted` behind the
-- chain's back, `cut` off its end; `rewritten`, what a seal says otherwise; `unsealed`, whose seal is missing. Where the digest
-- of a single entry is right and its hash is not, the link of the one before it may be what was changed.
CREATE OR REPLACE FUNCTION app.audit_faults(of_trail integer)
    RETURNS TABLE (fault text, first_id bigint, last_id bigint, at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    WITH seal AS (
        SELECT * FROM audit_seal WHERE trail = of_trail
    ), link AS (
        SELECT event_id, position, salt, values_digest, hash, erased_at,
               coalesce(lag(hash) OVER chain, decode(repeat('00', 32), 'hex')) AS former_hash,
               coalesce(lag(position) OVER chain, 0) AS former_position, coalesce(lag(event_id) OVER chain, 0) AS former_id
          FROM audit_link WHERE trail = of_trail
        WINDOW chain AS (ORDER BY event_id)
    ), found AS (
        SELECT CASE
                   WHEN link.event_id IS NULL THEN CASE WHEN entry.id <= (SELECT max(settled_to) FROM seal) THEN 'inserted' END
                   WHEN entry.id IS NULL THEN 'removed'
                   WHEN link.erased_at IS NULL AND sha256(link.salt || entry.contents) <> link.values_digest
                     OR link.erased_at IS NOT NULL AND NOT entry.is_empty
                     OR link.position = link.former_position + 1 AND sha256(link.former_hash || link.values_digest || entry.facts) <> link.hash
                       THEN 'changed'
               END AS fault,
               coalesce(entry.id, link.event_id) AS first_id, coalesce(entry.id, link.event_id) AS last_id, entry.at
          FROM audit_entries(of_trail, -9223372036854775808, 9223372036854775807) AS entry
          FULL JOIN link ON link.event_id = entry.id
        UNION ALL
        SELECT 'removed', former_id + 1, event_id - 1, NULL FROM link WHERE position <> former_position + 1
        UNION ALL
        SELECT CASE WHEN seal.up_to > (SELECT coalesce(max(event_id), 0) FROM link) THEN 'cut' ELSE 'rewritten' END,
               CASE WHEN seal.up_to > (SELECT coalesce(max(event_id), 0) FROM link)
                    THEN (SELECT coalesce(max(event_id), 0) + 1 FROM link)
                    ELSE coalesce((SELECT max(up_to) + 1 FROM seal AS earlier WHERE earlier.up_to < seal.up_to), 1) END,
               seal.up_to, seal.sealed_at
          FROM seal LEFT JOIN link ON link.event_id = seal.up_to
         WHERE (link.hash, link.position) IS DISTINCT FROM (seal.hash, seal.position)
        UNION ALL
        SELECT 'unsealed', min(event_id), max(event_id), NULL
          FROM link WHERE event_id > (SELECT coalesce(max(up_to), 0) FROM seal)
        HAVING count(*) > 0
    )
    SELECT found.fault, found.first_id, found.last_id, found.at
      FROM found
     WHERE found.fault IS NOT NULL AND may('everything')
     ORDER BY found.first_id, found.last_id, found.fault
$$;

-- How far the chain of a trail goes, how many entries wait for it, and of how many the values were erased; whether a head that
-- was written down is part of it, null where none was.
CREATE OR REPLACE FUNCTION app.audit_extent(of_trail integer, known_head bytea DEFAULT NULL)
    RETURNS TABLE (entries bigint, waiting bigint, erased bigint, head text, holds_known_head boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT count(*), (SELECT count(*) FROM audit_entries(of_trail, coalesce(max(link.event_id), 0), 9223372036854775807)),
           count(link.erased_at), (SELECT encode(newest.hash, 'hex') FROM audit_link AS newest
                                    WHERE newest.trail = of_trail ORDER BY newest.event_id DESC LIMIT 1),
           CASE WHEN known_head IS NOT NULL THEN coalesce(bool_or(link.hash = known_head), false) END
      FROM audit_link AS link
     WHERE link.trail = of_trail AND may('everything')
$$;

-- Every trail there is, or was when it was sealed.
CREATE OR REPLACE FUNCTION app.audit_trails() RETURNS TABLE (trail integer, slug text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT known.trail, chapter.slug
      FROM (SELECT 0 AS trail UNION SELECT id FROM chapter UNION SELECT seal.trail FROM audit_seal AS seal) AS known
      LEFT JOIN chapter ON chapter.id = known.trail
     WHERE may('everything')
     ORDER BY known.trail
$$;

GRANT EXECUTE ON FUNCTION app.seal_audit_trail, app.audit_heads, app.audit_faults, app.audit_extent, app.audit_trails TO chapterhouse_app;
