-- What `chapterhouse database verify` asks of a database, as its owner: after a restore, or at any time.

-- The tables of the schema, by their full names.
CREATE OR REPLACE FUNCTION app.tables_of_schema() RETURNS TABLE (id oid, name text)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT oid, relname::text FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
$$;

-- Constraints that rows do not keep, and how many: PostgreSQL asks for them when a row is written, and never again.
CREATE OR REPLACE FUNCTION app.broken_constraints() RETURNS TABLE (constraint_name text, "table" text, broken bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    rule record;
BEGIN
    FOR rule IN
        SELECT conname, contype, conrelid::regclass AS child, confrelid::regclass AS parent, pg_get_expr(conbin, conrelid) AS condition,
               (SELECT string_agg(format('parent.%I = child.%I', key.attname, own.attname), ' AND ')
                  FROM unnest(conkey, confkey) AS pair (own, key)
                  JOIN pg_attribute AS own ON own.attrelid = conrelid AND own.attnum = pair.own
                  JOIN pg_attribute AS key ON key.attrelid = confrelid AND key.attnum = pair.key) AS is_same,
               (SELECT string_agg(format('child.%I IS NOT NULL', own.attname), ' AND ')
                  FROM unnest(conkey) AS pair (own)
                  JOIN pg_attribute AS own ON own.attrelid = conrelid AND own.attnum = pair.own) AS is_there
          FROM pg_constraint
         WHERE connamespace = 'app'::regnamespace AND contype IN ('f', 'c') AND conrelid <> 0
         ORDER BY conrelid::regclass::text, conname
    LOOP
        IF rule.contype = 'f' THEN
            EXECUTE format('SELECT count(*) FROM %s AS child WHERE %s AND NOT EXISTS (SELECT FROM %s AS parent WHERE %s)',
                           rule.child, rule.is_there, rule.parent, rule.is_same) INTO broken;
        ELSE
            EXECUTE format('SELECT count(*) FROM %s WHERE NOT (%s)', rule.child, rule.condition) INTO broken;
        END IF;
        IF broken > 0 THEN
            constraint_name := rule.conname;
            "table" := rule.child::text;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- Where the walls between chapters have a gap, in words.
CREATE OR REPLACE FUNCTION app.gaps_in_walls() RETURNS TABLE (gap text)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT 'table ' || known.name || ' has no row-level security'
      FROM tables_of_schema() AS known JOIN pg_class ON pg_class.oid = known.id
     WHERE NOT (relrowsecurity AND relforcerowsecurity)
       -- What anybody may read: no row of these is of a person, or of what happens in a chapter.
       AND known.name NOT IN ('chapter', 'currency', 'exchange_rate', 'letter_template', 'office_kind', 'region', 'scorecard')
    UNION ALL
    SELECT 'policy ' || policyname || ' of ' || tablename || ' shows rows of any chapter'
      FROM pg_policies
     WHERE schemaname = 'app' AND policyname = 'own_chapter'
       AND (coalesce(qual, '') NOT LIKE '%app.chapter_id%' OR coalesce(with_check, '') NOT LIKE '%app.chapter_id%')
    UNION ALL
    SELECT 'table ' || known.name || ' has no policy own_chapter'
      FROM tables_of_schema() AS known
      JOIN pg_attribute ON attrelid = known.id AND attname = 'chapter_id' AND NOT attisdropped
     WHERE has_table_privilege('chapterhouse_app', known.id, 'SELECT')
       AND NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = 'app' AND tablename = known.name)
    UNION ALL
    SELECT 'role ' || rolname || ' passes walls' FROM pg_roles
     WHERE rolname IN ('chapterhouse_app', 'chapterhouse_migrator') AND (rolsuper OR rolbypassrls OR rolcreaterole)
    UNION ALL
    SELECT 'the service owns ' || oid::regclass FROM pg_class WHERE relowner = 'chapterhouse_app'::regrole
    UNION ALL
    SELECT 'the service may truncate ' || known.name FROM tables_of_schema() AS known
     WHERE has_table_privilege('chapterhouse_app', known.id, 'TRUNCATE')
    UNION ALL
    SELECT 'everybody may use ' || known.name FROM tables_of_schema() AS known JOIN pg_class ON pg_class.oid = known.id,
           aclexplode(relacl) AS acl
     WHERE acl.grantee = 0
$$;

-- What reports store otherwise than the records say, chapter by chapter: months added up, and months that were closed.
CREATE OR REPLACE FUNCTION app.wrongly_stored() RETURNS TABLE (slug text, what text)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    home chapter;
BEGIN
    FOR home IN SELECT * FROM chapter ORDER BY chapter.slug LOOP
        RETURN QUERY
        SELECT home.slug, format('the months added up: %s%s', to_char(wrong.month, 'YYYY-MM'), ' of member ' || wrong.membership_id)
          FROM months_added_up_wrongly(home.id) AS wrong;
        RETURN QUERY
        SELECT home.slug, format('closed month %s (%s): it is not what was stored', closed.number, to_char(closed.month, 'YYYY-MM'))
          FROM closed_month AS closed
          LEFT JOIN closed_month AS before ON before.chapter_id = closed.chapter_id AND before.number = closed.number - 1
         WHERE closed.chapter_id = home.id
           AND (closed.sha256 <> sha256_of_closed_month(home.id, closed.number) OR closed.previous_sha256 IS DISTINCT FROM before.sha256);
        -- One under which nothing has changed since is counted today as it was; rates of exchange come without a day.
        RETURN QUERY
        SELECT home.slug, format('closed month %s (%s): member %s is stored otherwise than the records say', closed.number,
                                 to_char(closed.month, 'YYYY-MM'), wrong.membership_id)
          FROM closed_month AS closed
         CROSS JOIN LATERAL (
             SELECT coalesce(stored.membership_id, counted.membership_id) AS membership_id
               FROM (SELECT line.block, line.membership_id, to_jsonb(line) - '{chapter_id,number,name,folded_name}'::text[] AS figures
                       FROM closed_month_line AS line WHERE line.chapter_id = home.id AND line.number = closed.number) AS stored
               FULL JOIN (SELECT line.block, line.membership_id, to_jsonb(line) - '{name,folded_name}'::text[] AS figures
                            FROM roi_lines(home.id, closed.month, (closed.month + interval '1 month' - interval '1 day')::date) AS line) AS counted
                      ON counted.block = stored.block AND counted.membership_id = stored.membership_id
              WHERE stored.figures IS DISTINCT FROM counted.figures) AS wrong
         WHERE closed.chapter_id = home.id
           AND NOT EXISTS (SELECT FROM closed_month_change AS change WHERE change.chapter_id = home.id AND change.id > closed.last_change)
           AND NOT EXISTS (SELECT FROM exchange_rate WHERE into_currency = closed.currency);
    END LOOP;
END
$$;
