-- The access log: who saw private figures of somebody, or how to reach people who are no members.

-- Notes that the one who acts saw private figures of others; for the functions that show them.
CREATE OR REPLACE FUNCTION app.note_access(what text, of_month date, whose bigint[]) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    others bigint[] := array_remove(whose, acting_person());
BEGIN
    IF cardinality(others) > 0 THEN
        INSERT INTO access_event (chapter_id, door, person_id, request_id, seen, month, about)
        VALUES (acting_chapter(), acting_door(), acting_person(), acting_request(), what, of_month, others);
    END IF;
END
$$;

-- Notes whose private figures of some days a leader, or the operator's shell, may see in a report.
CREATE OR REPLACE FUNCTION app.note_figures_seen(report text, in_month date, of_chapter integer, from_day date, through date, opened_to text)
    RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    IF may('see-chapter-reports') THEN
        PERFORM note_access(report, in_month, array_agg(DISTINCT membership.person_id))
           FROM membership
          WHERE membership.chapter_id = of_chapter AND membership.joined_on <= through AND coalesce(membership.ended_on, 'infinity') >= from_day
            AND figures_are_open(membership.person_id, membership.shares_figures, opened_to);
    END IF;
END
$$;

-- Notes that the operator's shell, which alone sees them, was told who earned in these thanks.
CREATE OR REPLACE FUNCTION app.note_earners_seen(slips uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF may('everything') THEN
        PERFORM note_access('thanks', NULL, array_agg(DISTINCT earner.person_id))
           FROM closed_business_earner AS earner
          WHERE earner.chapter_id = acting_chapter() AND earner.closed_business_id = ANY (slips);
    END IF;
END
$$;

-- Notes that the one who acts was told how to reach people who are no members, once a day for each of them; of cards that a
-- member shares `owners` are the members who do.
CREATE OR REPLACE FUNCTION app.note_third_parties_seen(what text, whom uuid[], owners bigint[] DEFAULT '{}') RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    unseen uuid[];
BEGIN
    IF whom IS NULL THEN
        RETURN;
    END IF;
    unseen := ARRAY(
        SELECT DISTINCT one FROM unnest(whom) AS one
         WHERE NOT EXISTS (SELECT FROM access_event AS event
                            WHERE event.chapter_id = acting_chapter() AND event.person_id IS NOT DISTINCT FROM acting_person()
                              AND event.at >= date_trunc('day', clock_timestamp(), 'UTC') AND event.seen = what
                              AND cardinality(event.records) > 0 AND one = ANY (event.records)));
    IF cardinality(unseen) > 0 THEN
        INSERT INTO access_event (chapter_id, door, person_id, request_id, seen, about, records)
        VALUES (acting_chapter(), acting_door(), acting_person(), acting_request(), what, array_remove(owners, acting_person()), unseen);
    END IF;
END
$$;

-- Who saw private figures of the acting person, a card that they share, or what they left as a visitor or an applicant, the last
-- first.
CREATE OR REPLACE FUNCTION app.own_access_log(before bigint, most integer)
    RETURNS TABLE (id bigint, at timestamptz, slug text, door text, reader text, seen text, month date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    papers uuid[] := ARRAY(
        SELECT unnest(ARRAY[application.id, application.visitor_id])
          FROM application
          JOIN membership ON membership.chapter_id = application.chapter_id AND membership.id = application.membership_id
         WHERE membership.person_id = acting_person());
BEGIN
    RETURN QUERY
        SELECT event.id, event.at, chapter.slug, event.door, person.name::text, event.seen, event.month
          FROM access_event AS event
          JOIN chapter ON chapter.id = event.chapter_id
          LEFT JOIN person ON person.id = event.person_id
         WHERE event.chapter_id IN (SELECT membership.chapter_id FROM membership WHERE membership.person_id = acting_person())
           AND (acting_person() = ANY (event.about) OR event.records && papers)
           AND event.person_id IS DISTINCT FROM acting_person()
           AND (before IS NULL OR event.id < before)
         ORDER BY event.id DESC
         LIMIT most;
END
$$;

-- Who saw how to reach somebody who has one of these addresses or numbers, in every chapter, the last first; for the operator's
-- shell. Somebody with an account reads their own.
CREATE OR REPLACE FUNCTION app.access_log_of(wanted_emails text[], wanted_phones text[])
    RETURNS TABLE (at timestamptz, slug text, door text, reader text, seen text, name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'who saw somebody is told by the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
        SELECT event.at, chapter.slug, event.door, person.name::text, event.seen, known.name
          FROM third_parties() AS known
          JOIN access_event AS event ON event.chapter_id = known.chapter_id AND known.id = ANY (event.records)
          JOIN chapter ON chapter.id = event.chapter_id
          LEFT JOIN person ON person.id = event.person_id
         WHERE lower(known.email) = ANY (wanted_emails) OR EXISTS (SELECT FROM unnest(wanted_phones) AS phone WHERE same_number(phone, known.phone))
         ORDER BY event.at DESC, event.chapter_id, event.id DESC;
END
$$;

GRANT EXECUTE ON FUNCTION app.own_access_log, app.note_earners_seen, app.note_third_parties_seen, app.access_log_of TO chapterhouse_app;
