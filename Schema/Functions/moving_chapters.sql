-- A chapter that moves: what of it is written to a file, and how the file becomes a chapter of another installation. Asked as the
-- owner of the schema alone; nothing here is granted.

-- Every table of chapters, in the order in which its rows can be put back. One with a reason `stays` behind.
CREATE OR REPLACE FUNCTION app.places_of_chapters() RETURNS TABLE (number bigint, place text, stays text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT row_number() OVER (), place, stays
      FROM (VALUES
          ('policy', NULL), ('chapter_scorecard', NULL), ('seat', NULL), ('meeting', NULL), ('import_batch', NULL),
          ('audit_event', NULL), ('closed_month', NULL), ('closed_month_change', NULL), ('slip_correction', NULL),
          ('months_added_up', NULL), ('chapter_to_date', NULL), ('return_to_date', NULL), ('chapter_in_month', NULL),
          ('outsider', NULL), ('imported_summary', NULL), ('membership', NULL), ('closed_month_block', NULL), ('closed_month_line', NULL),
          ('membership_leave', NULL), ('membership_valuation', NULL), ('office', NULL), ('name_link', NULL),
          ('imported_summary_line', NULL), ('absence_letter', NULL), ('announced_absence', NULL), ('meeting_part', NULL), ('mark', NULL),
          ('profile', NULL), ('posting', NULL), ('referral', NULL), ('one_to_one', NULL), ('education_unit', NULL), ('testimonial', NULL),
          ('visitor', NULL), ('activity', NULL), ('introduction', NULL), ('appointment', NULL), ('invoice', NULL), ('payment', NULL),
          ('referral_step', NULL), ('prospect', NULL), ('introduction_answer', NULL), ('closed_business', NULL), ('contact', NULL),
          ('application', NULL), ('closed_business_earner', NULL), ('activity_contact', NULL), ('follow_up', NULL),
          ('application_reference', NULL), ('application_vote', NULL),
          ('access_event',     'who looked at what in an installation is that installation''s to tell'),
          ('audit_link',       'the chain is sealed anew where the trail is'),
          ('audit_seal',       'the chain is sealed anew where the trail is'),
          ('chapter_calendar', 'a secret address of the old installation'),
          ('check_in',         'a secret of one evening'),
          ('digest_entry',     'a notice under way'),
          ('job',              'planned anew from what is due'),
          ('visitor_link',     'a secret address of the old installation'),
          ('webhook',          'a secret, and an address that somebody else listens at'),
          ('webhook_delivery', 'a message under way'))
          AS each (place, stays)
$$;

-- The columns of a table that hold the number of a person, and not that of a membership.
CREATE OR REPLACE FUNCTION app.columns_of_persons(of_place text) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT coalesce(array_agg(attname::text ORDER BY attnum), '{}')
      FROM pg_attribute
     WHERE attrelid = to_regclass('app.' || quote_ident(of_place)) AND attnum > 0 AND NOT attisdropped
       AND atttypid = 'bigint'::regtype AND attname ~ '(^|_)person_id$|_by$'
       AND NOT EXISTS (SELECT FROM pg_constraint
                        WHERE contype = 'f' AND conrelid = attrelid AND confrelid = 'membership'::regclass
                          AND cardinality(conkey) = 2 AND conkey[2] = attnum)
$$;

-- The statement that reads the rows that a table has of a chapter, as lines of the file.
CREATE OR REPLACE FUNCTION app.statement_of_moving(of_place text, of_chapter integer) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    pointing text;
BEGIN
    IF of_place = 'chapter' THEN
        RETURN format('SELECT json_build_object(''table'', ''chapter'', ''row'', to_jsonb(t) - ''region_id'')::text FROM chapter AS t WHERE id = %s', of_chapter);
    ELSIF of_place = 'person' THEN
        SELECT string_agg(format('SELECT %I FROM %I WHERE chapter_id = %s', name, place, of_chapter), ' UNION ')
          INTO pointing
          FROM places_of_chapters(), unnest(columns_of_persons(place)) AS name
         WHERE stays IS NULL;
        -- Whoever was never a member and only did something here, an operator or somebody of another chapter, is a name.
        RETURN format(
            'SELECT json_build_object(''table'', ''person'', ''row'', jsonb_build_object(
                        ''id'', id, ''name'', name, ''folded_name'', folded_name, ''given_name'', CASE WHEN belongs THEN given_name END,
                        ''family_name'', CASE WHEN belongs THEN family_name END, ''email'', CASE WHEN belongs THEN email END,
                        ''phones'', CASE WHEN belongs THEN phones ELSE ''{}'' END, ''language'', language, ''follow_ups_a_week'', follow_ups_a_week,
                        ''created_at'', created_at, ''disabled_at'', disabled_at, ''erased_at'', erased_at,
                        ''merged_into'', (SELECT merged_into WHERE merged_into IN (%1$s))))::text
               FROM (SELECT *, EXISTS (SELECT FROM membership AS own WHERE own.chapter_id = %2$s AND own.person_id = person.id) AS belongs
                       FROM person) AS known
              WHERE id IN (%1$s) ORDER BY id', pointing, of_chapter);
    END IF;
    RETURN (
        SELECT format('SELECT json_build_object(''table'', %L, ''row'', to_jsonb(t) - ''chapter_id''%s)::text FROM %I AS t WHERE chapter_id = %s ORDER BY %s',
                      of_place,
                      -- The numbers of other chapters say nothing elsewhere.
                      CASE of_place
                      WHEN 'membership' THEN ' || CASE WHEN transferred_from_chapter IS DISTINCT FROM chapter_id
                                               THEN ''{"transferred_from_chapter": null, "transferred_from": null}''::jsonb ELSE ''{}'' END'
                      WHEN 'outsider' THEN ' || ''{"home_chapter": null}'''
                      WHEN 'audit_event' THEN ' || jsonb_build_object(
                          ''before'', t.before - ''{home_chapter,transferred_from_chapter,transferred_from}''::text[],
                          ''after'', t.after - ''{home_chapter,transferred_from_chapter,transferred_from}''::text[])'
                      ELSE '' END,
                      of_place, of_chapter, string_agg(quote_ident(attname), ', ' ORDER BY position))
          FROM pg_index, unnest(indkey) WITH ORDINALITY AS key (number, position)
          JOIN pg_attribute ON attnum = key.number
         WHERE attrelid = indrelid AND indrelid = format('app.%I', of_place)::regclass AND indisprimary);
END
$$;

-- The values that an entry of the trail kept, with the numbers that people have here.
CREATE OR REPLACE FUNCTION app.with_persons_of_here(kept jsonb, of_place text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY columns_of_persons(of_place) LOOP
        IF jsonb_typeof(kept -> name) = 'number' THEN
            kept := kept || jsonb_build_object(name, (SELECT new_id FROM restored_person WHERE old_id = (kept ->> name)::bigint));
        END IF;
    END LOOP;
    RETURN kept;
END
$$;

-- Puts the lines that were read into pg_temp.restored_row into the tables, as a chapter under `as_slug`: all, or an error. Tells
-- its number, whom of its people somebody here is already, and what is stored otherwise than is counted here.
CREATE OR REPLACE FUNCTION app.restore_chapter(as_slug text, manifest jsonb, counts jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    home     chapter;
    known    record;
    target   text;
    names    text[];
    wrong    text;
    sequence text;
    last_id  bigint;
    wakes    boolean;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'a chapter is restored by the operator''s shell' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT string_agg(DISTINCT each.place, ', ') INTO wrong
      FROM restored_row AS each
     WHERE each.place NOT IN (SELECT listed.place FROM places_of_chapters() AS listed WHERE listed.stays IS NULL UNION VALUES ('chapter'), ('person'));
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'a table that is not known here, or does not move: %', wrong USING ERRCODE = 'data_exception';
    END IF;
    SELECT string_agg(coalesce(there.place, said.key), ', ') INTO wrong
      FROM (SELECT each.place, count(*) AS rows FROM restored_row AS each GROUP BY each.place) AS there
      FULL JOIN jsonb_each_text(counts) AS said ON said.key = there.place
     WHERE coalesce(there.rows, 0)::text <> coalesce(said.value, '0');
    IF wrong IS NOT NULL OR coalesce(counts ->> 'chapter', '') <> '1' THEN
        RAISE EXCEPTION 'it does not hold as many rows as it says: %', coalesce(wrong, 'chapter') USING ERRCODE = 'data_exception';
    END IF;
    SELECT string_agg(DISTINCT each.place || '.' || name, ', ') INTO wrong
      FROM restored_row AS each, jsonb_object_keys(each.contents) AS name
     WHERE NOT EXISTS (SELECT FROM pg_attribute
                        WHERE attrelid = format('app.%I', each.place)::regclass AND attname = name AND attnum > 0 AND NOT attisdropped
                          AND name NOT IN ('chapter_id', 'is_operator'));
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'a column that is not known here: %', wrong USING ERRCODE = 'data_exception';
    END IF;
    IF EXISTS (SELECT FROM chapter WHERE slug = as_slug) THEN
        RAISE EXCEPTION 'a chapter % is here already; name another with --slug', as_slug USING ERRCODE = 'data_exception';
    END IF;

    -- Whoever has the same address is the same person.
    INSERT INTO restored_person (old_id, new_id, is_known)
    SELECT (each.contents ->> 'id')::bigint,
           coalesce(here.id, nextval(pg_get_serial_sequence('app.person', 'id'))), here.id IS NOT NULL
      FROM restored_row AS each LEFT JOIN person AS here ON here.email = each.contents ->> 'email'
     WHERE each.place = 'person';
    ANALYZE restored_person;
    INSERT INTO person (id, given_name, family_name, name, folded_name, email, phones, language, follow_ups_a_week, created_at, disabled_at, erased_at, merged_into)
    OVERRIDING SYSTEM VALUE
    SELECT mapped.new_id, made.given_name, made.family_name, made.name, made.folded_name, made.email, made.phones, made.language,
           made.follow_ups_a_week, made.created_at, made.disabled_at, made.erased_at,
           (SELECT into_whom.new_id FROM restored_person AS into_whom WHERE into_whom.old_id = made.merged_into)
      FROM restored_row AS each
     CROSS JOIN LATERAL jsonb_populate_record(NULL::person, each.contents) AS made
      JOIN restored_person AS mapped ON mapped.old_id = made.id
     WHERE each.place = 'person' AND NOT mapped.is_known;

    SELECT made.* INTO home
      FROM restored_row AS each CROSS JOIN LATERAL jsonb_populate_record(NULL::chapter, each.contents) AS made
     WHERE each.place = 'chapter';
    INSERT INTO chapter (slug, name, folded_name, aliases, time_zone, currency, locale, weekday, starts_at, minutes, place, status, created_at)
    VALUES (as_slug, home.name, home.folded_name, home.aliases, home.time_zone, home.currency, home.locale, home.weekday, home.starts_at,
            home.minutes, home.place, home.status, home.created_at)
    RETURNING id INTO home.id;

    FOR known IN SELECT listed.place FROM places_of_chapters() AS listed
                  WHERE listed.stays IS NULL AND EXISTS (SELECT FROM restored_row AS each WHERE each.place = listed.place)
                  ORDER BY listed.number
    LOOP
        target := known.place;
        SELECT array_agg(DISTINCT name) INTO names
          FROM restored_row AS each, jsonb_object_keys(each.contents) AS name WHERE each.place = known.place;
        -- What happened is not to happen again: no entries of the trail, no notices, no sums.
        -- Only of a table that has any: the trail, which everybody writes into last, must not be locked, or each would wait for the other.
        wakes := EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target::regclass AND NOT tgisinternal AND tgtype & 4 <> 0);
        IF wakes THEN
            EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', target);
        END IF;
        EXECUTE format(
            'INSERT INTO %1$I (chapter_id, %2$s) OVERRIDING SYSTEM VALUE
             SELECT %3$s, %4$s FROM restored_row AS each
              CROSS JOIN LATERAL jsonb_populate_record(NULL::%1$I, each.contents%5$s) AS made
              WHERE each.place = %1$L',
            target,
            (SELECT string_agg(quote_ident(name), ', ') FROM unnest(names) AS name),
            home.id,
            (SELECT string_agg(
                 CASE WHEN name = ANY (columns_of_persons(target))
                      THEN format('(SELECT mapped.new_id FROM restored_person AS mapped WHERE mapped.old_id = made.%I)', name)
                      WHEN name = 'transferred_from_chapter' THEN format('CASE WHEN made.%I IS NOT NULL THEN %s END', name, home.id)
                      ELSE format('made.%I', name) END, ', ')
               FROM unnest(names) AS name),
            CASE target WHEN 'audit_event'
                 THEN ' || jsonb_build_object(''before'', with_persons_of_here(each.contents -> ''before'', each.contents ->> ''entity''),
                                              ''after'', with_persons_of_here(each.contents -> ''after'', each.contents ->> ''entity''))'
                 ELSE '' END);
        SET CONSTRAINTS ALL IMMEDIATE;
        IF wakes THEN
            EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', target);
        END IF;
        -- Numbers go on behind the highest.
        SELECT pg_get_serial_sequence('app.' || quote_ident(target), 'id') INTO sequence
         WHERE 'id' = ANY (names);
        IF sequence IS NOT NULL THEN
            EXECUTE format('SELECT max(id) FROM %I WHERE chapter_id = $1', target) INTO last_id USING home.id;
            IF last_id > 1::bigint << 52 THEN
                RAISE EXCEPTION 'a number of % is too high', target USING ERRCODE = 'data_exception';
            END IF;
            EXECUTE format('SELECT setval(%L, greatest(%s, nextval(%L)))', sequence, last_id, sequence) INTO last_id;
        END IF;
    END LOOP;

    SELECT string_agg(format('closed month %s', to_char(month, 'YYYY-MM')), ', ') INTO wrong
      FROM closed_month WHERE chapter_id = home.id AND sha256 <> sha256_of_closed_month(home.id, closed_month.number);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'its checksums do not hold: %', wrong USING ERRCODE = 'data_exception';
    END IF;
    INSERT INTO audit_event (chapter_id, door, action, entity, entity_id, changed, after)
    VALUES (home.id, acting_door(), 'restore', 'chapter', home.id, '{}', manifest - '{format,version}'::text[]);
    RETURN jsonb_build_object(
        'known', coalesce((SELECT jsonb_agg(format('%s <%s>', person.name, person.email) ORDER BY person.name, person.id)
                             FROM restored_person JOIN person ON person.id = new_id WHERE is_known), '[]'),
        'added', (SELECT count(*) FROM restored_person WHERE NOT is_known),
        'otherwise', coalesce((SELECT jsonb_agg(finding.what ORDER BY finding.what) FROM (
            SELECT stored.what FROM wrongly_stored() AS stored WHERE stored.slug = as_slug
            UNION ALL
            SELECT format('thanks in %s: here is no rate into %s on %s', thanks.currency, home.currency, min(thanks.closed_on))
              FROM closed_business AS thanks
             WHERE thanks.chapter_id = home.id AND thanks.amount <> 0
               AND converted(thanks.amount, thanks.currency, home.currency, thanks.closed_on) IS NULL
             GROUP BY thanks.currency) AS finding), '[]'));
END
$$;
