-- The doors to erasing, for the operator's shell, and the journal of it, which outlives a backup that still knows the erased.

-- Refuses what has to come first.
CREATE OR REPLACE FUNCTION app.may_be_erased(whom bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    said text;
BEGIN
    SELECT string_agg(home.name, ', ' ORDER BY home.name) INTO said
      FROM membership JOIN chapter AS home ON home.id = membership.chapter_id
     WHERE membership.person_id = whom AND coalesce(membership.ended_on, 'infinity') > today(membership.chapter_id);
    IF said IS NOT NULL THEN
        RAISE EXCEPTION 'still a member of %', said
            USING ERRCODE = 'check_violation', CONSTRAINT = 'erasing_follows_leaving', TABLE = 'person';
    END IF;
    SELECT string_agg(region.name, ', ' ORDER BY region.name) INTO said
      FROM director JOIN region ON region.id = director.region_id
     WHERE director.person_id = whom AND coalesce(director.to_on, 'infinity') > this_instant()::date;
    IF said IS NOT NULL THEN
        RAISE EXCEPTION 'still directs %', said
            USING ERRCODE = 'check_violation', CONSTRAINT = 'erasing_follows_leaving', TABLE = 'person';
    END IF;
    IF EXISTS (SELECT FROM person WHERE id = whom AND is_operator AND disabled_at IS NULL)
       AND NOT EXISTS (SELECT FROM person WHERE id <> whom AND is_operator AND disabled_at IS NULL) THEN
        RAISE EXCEPTION 'nobody else runs this installation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_operator_stays', TABLE = 'person';
    END IF;
END
$$;

-- The rows of third parties that are of somebody with these names, addresses and numbers. A number may be a whole office's: it
-- counts for somebody of whom a word of the name is known. Where there is neither address nor number, the name says who it is.
CREATE OR REPLACE FUNCTION app.rows_of(names text[], emails text[], phones text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('place', known.place, 'chapter', known.chapter_id, 'id', known.id)), '[]')
      FROM third_parties() AS known
     WHERE lower(known.email) = ANY (emails)
        OR EXISTS (SELECT FROM unnest(phones) AS phone
                    WHERE same_number(phone, known.phone)
                      AND (cardinality(names) = 0
                           OR EXISTS (SELECT FROM unnest(names) AS name
                                       WHERE regexp_split_to_array(lower(normalize(name, NFC)), '[^[:alnum:]\u00AA-\uFFFF]+')
                                          && regexp_split_to_array(lower(normalize(known.name, NFC)), '[^[:alnum:]\u00AA-\uFFFF]+'))))
        OR known.email IS NULL AND known.phone IS NULL
           AND EXISTS (SELECT FROM unnest(names) AS name WHERE lower(normalize(name, NFC)) = lower(normalize(known.name, NFC)))
$$;

-- Notes that it was done: in the journal, and in the trails of the installation and of the chapters, without a word of whom.
CREATE OR REPLACE FUNCTION app.note_erasure(whom bigint, third jsonb, known uuid) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    kept uuid := coalesce(known, gen_random_uuid());
BEGIN
    INSERT INTO erasure (number, at, person_id, made_at, rows)
    VALUES (kept, this_instant(), whom, (SELECT created_at FROM person WHERE id = whom), third)
    ON CONFLICT ON CONSTRAINT erasure_is_noted_once DO NOTHING;
    INSERT INTO installation_audit_event (door, person_id, request_id, action, entity, entity_id, changed)
    VALUES (acting_door(), acting_person(), acting_request(), 'erase', CASE WHEN whom IS NULL THEN 'third-party' ELSE 'person' END,
            coalesce(whom::text, kept::text), '{}');
    INSERT INTO audit_event (chapter_id, door, person_id, request_id, action, entity, entity_id, changed)
    SELECT DISTINCT ON (place.chapter_id) place.chapter_id, acting_door(), acting_person(), acting_request(), 'erase', place.entity, place.id, '{}'::text[]
      FROM (SELECT chapter_id, 'person' AS entity, person_id::text AS id FROM membership WHERE person_id = whom
            UNION ALL
            SELECT (row ->> 'chapter')::integer, row ->> 'place', row ->> 'id' FROM jsonb_array_elements(third) AS row) AS place
     ORDER BY place.chapter_id, place.entity <> 'person';
    RETURN kept;
END
$$;

-- Everything that a person is called by, and under which the installation knows them: of the person, of those who became one with
-- them, of their memberships, and of the visits and applications that brought them here.
CREATE OR REPLACE FUNCTION app.called_by(people bigint[], OUT names text[], OUT emails text[], OUT phones text[], OUT third jsonb)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    linked jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('place', row.place, 'chapter', row.chapter_id, 'id', row.id)), '[]') INTO linked
      FROM membership AS own
      CROSS JOIN LATERAL (
          SELECT 'application' AS place, brought.chapter_id, brought.id FROM application AS brought
           WHERE brought.chapter_id = own.chapter_id AND brought.membership_id = own.id
          UNION ALL
          SELECT 'visitor', brought.chapter_id, brought.visitor_id FROM application AS brought
           WHERE brought.chapter_id = own.chapter_id AND brought.membership_id = own.id AND brought.visitor_id IS NOT NULL
          UNION ALL
          SELECT 'contact', card.chapter_id, card.id FROM contact AS card
           WHERE card.chapter_id = own.chapter_id AND card.member_id = own.id AND card.erased_at IS NULL) AS row
     WHERE own.person_id = ANY (people);
    SELECT array_agg(DISTINCT known.name) FILTER (WHERE known.name <> ''), array_agg(DISTINCT lower(known.email)) FILTER (WHERE known.email <> ''),
           array_agg(DISTINCT known.phone) FILTER (WHERE known.phone <> '')
      INTO names, emails, phones
      FROM (SELECT person.name::text, person.email, NULL AS phone FROM person WHERE id = ANY (people)
            UNION ALL
            SELECT concat_ws(' ', person.given_name, person.family_name), NULL, phone
              FROM person LEFT JOIN unnest(person.phones) AS phone ON true WHERE id = ANY (people)
            UNION ALL
            SELECT membership.name, membership.email, NULL FROM membership WHERE person_id = ANY (people)
            UNION ALL
            SELECT line.name, NULL, NULL FROM closed_month_line AS line
              JOIN membership AS own ON own.chapter_id = line.chapter_id AND own.id = line.membership_id WHERE own.person_id = ANY (people)
            UNION ALL
            SELECT NULL, link.email, NULL FROM one_time_link AS link WHERE link.person_id = ANY (people)
            UNION ALL
            SELECT NULL, mail.to_address, NULL FROM mail WHERE mail.person_id = ANY (people)
            UNION ALL
            SELECT known.name, known.email, known.phone FROM third_parties() AS known
              JOIN rows_at(known.place, linked) AS row ON row.chapter_id = known.chapter_id AND row.id = known.id) AS known
     -- What stands for the erased is nobody's name.
     WHERE known.name IS NULL OR known.name !~ '^(former member|ehemaliges Mitglied|somebody|jemand)( [0-9]+)?$';
    names := coalesce(names, '{}');
    emails := coalesce(emails, '{}');
    phones := coalesce(phones, '{}');
    third := (SELECT coalesce(jsonb_agg(DISTINCT row), '[]') FROM jsonb_array_elements(linked || rows_of(names, emails, phones)) AS row);
END
$$;

-- Erases a person; `known` is the number of an erasure that is done again. Which words of the name stay, since others are called
-- so, stands in the row of no table.
CREATE OR REPLACE FUNCTION app.erase_person(whom bigint, spared text[], known uuid DEFAULT NULL, known_made_at timestamptz DEFAULT NULL)
    RETURNS TABLE (place text, touched bigint, number uuid, names text[], emails text[], phones text[], stays text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    people bigint[];
    called record;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'erasing is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM person WHERE id = whom AND (known_made_at IS NULL OR created_at = known_made_at) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF known IS NULL THEN
        PERFORM may_be_erased(whom);
    END IF;
    people := ARRAY(SELECT id FROM person WHERE id = whom OR merged_into = whom ORDER BY id);
    SELECT * INTO called FROM called_by(people);
    number := note_erasure(whom, called.third, known);
    names := called.names;
    emails := called.emails;
    phones := called.phones;
    stays := (own_words(called.names, people, called.third, spared)).stays;
    RETURN NEXT;
    FOR place, touched IN SELECT * FROM erase_traces(people, called.third, called.names, called.emails, called.phones, spared) LOOP
        RETURN NEXT;
    END LOOP;
END
$$;

-- Erases those who are no members and have one of these addresses or numbers, or who are in these rows of a journal.
CREATE OR REPLACE FUNCTION app.erase_third_party(wanted_emails text[], wanted_phones text[], spared text[], known uuid DEFAULT NULL, known_rows jsonb DEFAULT '[]')
    RETURNS TABLE (place text, touched bigint, number uuid, names text[], emails text[], phones text[], stays text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    third  jsonb;
    whose  text;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'erasing is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT person.name INTO whose FROM person
     WHERE known IS NULL AND (person.email = ANY (wanted_emails)
                              OR EXISTS (SELECT FROM unnest(person.phones) AS own, unnest(wanted_phones) AS wanted WHERE same_number(own, wanted)))
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'it is that of %', whose
            USING ERRCODE = 'check_violation', CONSTRAINT = 'third_party_is_no_person', TABLE = 'person';
    END IF;
    third := rows_of('{}', wanted_emails, wanted_phones) || known_rows;
    SELECT coalesce(array_agg(DISTINCT row.name) FILTER (WHERE row.name IS NOT NULL AND row.name <> 'somebody'), '{}'),
           coalesce(array_agg(DISTINCT lower(row.email)) FILTER (WHERE row.email IS NOT NULL), '{}') || wanted_emails,
           coalesce(array_agg(DISTINCT row.phone) FILTER (WHERE row.phone IS NOT NULL), '{}') || wanted_phones
      INTO names, emails, phones
      FROM third_parties() AS row JOIN rows_at(row.place, third) AS found ON found.chapter_id = row.chapter_id AND found.id = row.id;
    -- Who visited with an address may stand elsewhere by the name alone.
    third := (SELECT coalesce(jsonb_agg(DISTINCT row), '[]') FROM jsonb_array_elements(third || rows_of(names, emails, phones)) AS row);
    number := note_erasure(NULL, third, known);
    stays := (own_words(names, '{}', third, spared)).stays;
    RETURN NEXT;
    FOR place, touched IN SELECT * FROM erase_traces('{}', third, names, emails, phones, spared) LOOP
        RETURN NEXT;
    END LOOP;
END
$$;

-- The journal as lines of JSON, the oldest first: what is written into the file outside of the database. Ids and hashes alone.
CREATE OR REPLACE FUNCTION app.privacy_journal() RETURNS TABLE (line text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    (SELECT jsonb_strip_nulls(jsonb_build_object(
               'kind', 'erasure', 'number', erasure.number, 'at', erasure.at AT TIME ZONE 'UTC', 'person', erasure.person_id,
               'made_at', erasure.made_at AT TIME ZONE 'UTC', 'rows', erasure.rows))::text
      FROM erasure
     WHERE may('everything')
     ORDER BY erasure.id)
    UNION ALL
    SELECT line FROM suppressions_journal() WHERE may('everything')
$$;

-- Does again what a line of the journal says, in a database that was restored and may not know of it: `erased`, or `known` where
-- there is nothing to do.
CREATE OR REPLACE FUNCTION app.erase_again(line text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    entry  jsonb := line::jsonb;
    whom   bigint := (entry ->> 'person')::bigint;
    made   timestamptz := (entry ->> 'made_at')::timestamp AT TIME ZONE 'UTC';
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'erasing is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    CASE entry ->> 'kind'
    WHEN 'erasure' THEN
        IF EXISTS (SELECT FROM person WHERE id = whom AND created_at = made AND erased_at IS NULL) THEN
            PERFORM FROM erase_person(whom, '{}', (entry ->> 'number')::uuid, made);
            RETURN 'erased';
        END IF;
        -- Other rows may be of somebody who was a person, and is erased as one by now.
        IF EXISTS (SELECT FROM third_parties() AS known JOIN rows_at(known.place, entry -> 'rows') AS row
                            ON row.chapter_id = known.chapter_id AND row.id = known.id) THEN
            PERFORM FROM erase_third_party('{}', '{}', '{}', (entry ->> 'number')::uuid, entry -> 'rows');
            RETURN 'erased';
        END IF;
        RETURN 'known';
    WHEN 'kept-out' THEN
        PERFORM keep_out_again(entry);
        RETURN 'known';
    END CASE;
END
$$;

GRANT EXECUTE ON FUNCTION app.erase_person, app.erase_third_party, app.privacy_journal, app.erase_again TO chapterhouse_app;
