-- How the schema can be split over several servers by Citus, chapter by chapter (docs/decisions/0072). Which table is what
-- follows from the catalogue; Schema/Distributed acts on it, and the tests hold every migration to it.

-- Each table in the order in which Citus takes them, so that what a table refers to comes before it: `reference` tables are
-- whole on every server, `distributed` ones are split by chapter_id, `local` ones stay where they are.
CREATE OR REPLACE FUNCTION app.distribution() RETURNS TABLE (place bigint, name text, kind text)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- Small, or asked for in every chapter. Whatever else belongs to no chapter is asked for by itself.
    whole   text[] := '{currency,region,person,chapter,exchange_rate,office_kind,scorecard,letter_template,director}';
    split   text[] := ARRAY(SELECT known.name FROM tables_of_schema() AS known JOIN pg_attribute ON attrelid = known.id AND attname = 'chapter_id' AND NOT attisdropped);
    placed  text[] := whole;
    next    text[];
BEGIN
    LOOP
        next := ARRAY(
            SELECT waiting
              FROM unnest(split) AS waiting
             WHERE waiting <> ALL (placed)
               AND NOT EXISTS (SELECT FROM pg_constraint AS reference JOIN pg_class AS target ON target.oid = reference.confrelid
                                WHERE reference.contype = 'f' AND reference.conrelid = waiting::regclass
                                  AND target.relname <> waiting AND target.relname = ANY (split) AND target.relname <> ALL (placed))
             ORDER BY waiting
        );
        EXIT WHEN next = '{}';
        placed := placed || next;
    END LOOP;
    placed := placed || ARRAY(SELECT known.name FROM tables_of_schema() AS known WHERE known.name <> ALL (placed) AND known.name <> ALL (split));
    RETURN QUERY
    SELECT listed.place, listed.name, CASE WHEN listed.name = ANY (whole) THEN 'reference' WHEN listed.name = ANY (split) THEN 'distributed' ELSE 'local' END
      FROM unnest(placed) WITH ORDINALITY AS listed (name, place);
END
$$;

-- What would keep Citus from splitting the schema, in words: nothing.
CREATE OR REPLACE FUNCTION app.gaps_in_distribution() RETURNS TABLE (gap text)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    WITH own AS (
        SELECT known.id, known.name, pg_attribute.attnum, pg_attribute.attnotnull, pg_attribute.atttypid
          FROM tables_of_schema() AS known
          JOIN pg_attribute ON attrelid = known.id AND attname = 'chapter_id' AND NOT attisdropped
    ), reference AS (
        SELECT pg_constraint.*, mine.attnum AS mine, theirs.attnum AS theirs
          FROM pg_constraint
          LEFT JOIN own AS mine ON mine.id = conrelid
          LEFT JOIN own AS theirs ON theirs.id = confrelid
         WHERE contype = 'f' AND connamespace = 'app'::regnamespace
    )
    SELECT 'chapter_id of ' || own.name || ' may be missing, or is of another type'
      FROM own WHERE NOT own.attnotnull OR own.atttypid <> 'integer'::regtype
    UNION ALL
    SELECT 'index ' || indexrelid::regclass || ' is unique without chapter_id'
      FROM own JOIN pg_index ON indrelid = own.id
     WHERE (indisunique OR indisexclusion) AND own.attnum <> ALL (indkey::smallint[])
    UNION ALL
    SELECT format('%s of %s refers to a chapter''s rows without their chapter_id', conname, conrelid::regclass)
      FROM reference
     WHERE theirs IS NOT NULL
       AND (mine IS NULL OR array_position(conkey, mine) IS DISTINCT FROM array_position(confkey, theirs))
    UNION ALL
    SELECT format('%s of %s takes chapter_id away', conname, conrelid::regclass)
      FROM reference
     WHERE confdeltype IN ('n', 'd') AND mine = ANY (conkey) AND (confdelsetcols IS NULL OR mine = ANY (confdelsetcols))
        OR confupdtype IN ('n', 'd') AND mine = ANY (conkey)
    UNION ALL
    SELECT format('%s of %s refers to a table that stays on one server', conname, conrelid::regclass)
      FROM reference
      JOIN distribution() AS target ON target.name::regclass = confrelid AND target.kind = 'local'
      JOIN distribution() AS source ON source.name::regclass = conrelid AND source.kind <> 'local'
    UNION ALL
    SELECT 'policy ' || policyname || ' of ' || tablename || ' asks another table'
      FROM pg_policies
     WHERE schemaname = 'app' AND concat(qual, with_check) ~* '\mselect\M'
    UNION ALL
    SELECT own.name || ' is in a circle of references' FROM own WHERE own.name NOT IN (SELECT listed.name FROM distribution() AS listed)
$$;
