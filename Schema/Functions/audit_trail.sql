-- The audit trail of every change. `app.asked` is how the change came, `api`, or `api 6f1c…` with the request's id:
-- one setting for both, since every query of the service pays for each (docs/performance.md, G18).

CREATE OR REPLACE FUNCTION app.acting_door() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(NULLIF(split_part(current_setting('app.asked', true), ' ', 1), ''), 'cli');

CREATE OR REPLACE FUNCTION app.acting_request() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(split_part(current_setting('app.asked', true), ' ', 2), '');

-- Arguments: the columns of the key, then the personal columns, both divided by commas.
CREATE OR REPLACE FUNCTION app.record_change() RETURNS trigger
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
        VALUES ((either ->> 'chapter_id')::integer, acting_door(), acting_person(), acting_request(), lower(TG_OP), TG_TABLE_NAME, identity, changes, old_kept, new_kept);
    ELSE
        INSERT INTO installation_audit_event (door, person_id, request_id, action, entity, entity_id, changed, before, after)
        VALUES (acting_door(), acting_person(), acting_request(), lower(TG_OP), TG_TABLE_NAME, identity, changes, old_kept, new_kept);
    END IF;
    RETURN NULL;
END
$$;

GRANT EXECUTE ON FUNCTION app.acting_door(), app.acting_request() TO chapterhouse_app;
