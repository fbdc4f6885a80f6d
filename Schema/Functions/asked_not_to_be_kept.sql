-- Whoever asked not to be kept: refused at every door, without a word of who it is. The service makes the hashes.

-- Refuses an address or a number of somebody who asked not to be kept.
CREATE OR REPLACE FUNCTION app.refuse_kept_out(kinds text[], hashes bytea[]) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    found text;
BEGIN
    SELECT known.kind INTO found
      FROM unnest(kinds, hashes) AS said (kind, hash)
      JOIN suppression AS known ON known.kind = said.kind AND known.hash = said.hash AND known.ended_at IS NULL
     ORDER BY known.kind
     LIMIT 1;
    IF found = 'email' THEN
        RAISE EXCEPTION 'the constraint email_is_not_kept_out holds' USING ERRCODE = 'check_violation', CONSTRAINT = 'email_is_not_kept_out', TABLE = 'suppression';
    ELSIF found = 'phone' THEN
        RAISE EXCEPTION 'the constraint phone_is_not_kept_out holds' USING ERRCODE = 'check_violation', CONSTRAINT = 'phone_is_not_kept_out', TABLE = 'suppression';
    END IF;
END
$$;

-- Keeps these out from now on, or lets them return; how many are new to it. For the operator's shell.
CREATE OR REPLACE FUNCTION app.keep_out(kinds text[], hashes bytea[], may_return boolean) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    changed bytea[];
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'who is kept out is for the operator to say' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF may_return THEN
        WITH gone AS (
            UPDATE suppression SET ended_at = this_instant()
              FROM unnest(kinds, hashes) AS said (kind, hash)
             WHERE suppression.kind = said.kind AND suppression.hash = said.hash AND suppression.ended_at IS NULL
            RETURNING suppression.hash)
        SELECT array_agg(hash) INTO changed FROM gone;
    ELSE
        WITH come AS (
            INSERT INTO suppression (kind, hash, since)
            SELECT DISTINCT said.kind, said.hash, this_instant() FROM unnest(kinds, hashes) AS said (kind, hash)
            ON CONFLICT (kind, hash) DO UPDATE SET since = EXCLUDED.since, ended_at = NULL WHERE suppression.ended_at IS NOT NULL
            RETURNING hash)
        SELECT array_agg(hash) INTO changed FROM come;
    END IF;
    INSERT INTO installation_audit_event (door, person_id, request_id, action, entity, entity_id, changed)
    SELECT acting_door(), acting_person(), acting_request(), CASE WHEN may_return THEN 'let-return' ELSE 'keep-out' END, 'suppression',
           left(encode(hash, 'hex'), 12), '{}'
      FROM unnest(changed) AS hash;
    RETURN coalesce(cardinality(changed), 0);
END
$$;

-- Who is kept out, by the beginning of the hash; for the operator's shell.
CREATE OR REPLACE FUNCTION app.kept_out() RETURNS TABLE (kind text, hash bytea, since timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT kind, hash, since FROM suppression WHERE ended_at IS NULL AND may('everything') ORDER BY since DESC, hash
$$;

-- The list as lines of the journal outside.
CREATE OR REPLACE FUNCTION app.suppressions_journal() RETURNS TABLE (line text)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
               'kind', 'kept-out', 'of', kind, 'hash', encode(hash, 'hex'), 'at', since AT TIME ZONE 'UTC', 'ended', ended_at AT TIME ZONE 'UTC'))::text
      FROM suppression
     ORDER BY greatest(since, ended_at), hash
$$;

-- Does again what such a line says; of two lines of one hash the later one holds.
CREATE OR REPLACE FUNCTION app.keep_out_again(entry jsonb) RETURNS void
    LANGUAGE sql
    SET search_path = app, pg_temp
AS $$
    INSERT INTO suppression (kind, hash, since, ended_at)
    VALUES (entry ->> 'of', decode(entry ->> 'hash', 'hex'), (entry ->> 'at')::timestamp AT TIME ZONE 'UTC', (entry ->> 'ended')::timestamp AT TIME ZONE 'UTC')
    ON CONFLICT (kind, hash) DO UPDATE SET since = EXCLUDED.since, ended_at = EXCLUDED.ended_at
     WHERE greatest(EXCLUDED.since, EXCLUDED.ended_at) >= greatest(suppression.since, suppression.ended_at)
$$;

GRANT EXECUTE ON FUNCTION app.refuse_kept_out, app.keep_out, app.kept_out TO chapterhouse_app;
