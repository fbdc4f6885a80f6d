-- What a person may know of themselves, in every chapter at once, and who else saw it.

CREATE OR REPLACE FUNCTION app.own_memberships()
    RETURNS TABLE (
        slug text, chapter_name text, id bigint, name text, seat text, company text, joined_on date, renews_on date, ended_on date,
        shares_figures boolean, margin numeric, value_of_hour bigint, currency text
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT chapter.slug, chapter.name::text, membership.id, membership.name::text, seat.title::text, membership.company::text,
               membership.joined_on, membership.renews_on, membership.ended_on, membership.shares_figures,
               (SELECT valuation.margin FROM membership_valuation AS valuation
                 WHERE valuation.chapter_id = membership.chapter_id AND valuation.membership_id = membership.id
                   AND valuation.margin IS NOT NULL AND valuation.valid_from <= today(membership.chapter_id)
                 ORDER BY valuation.valid_from DESC LIMIT 1),
               (SELECT valuation.value_of_hour FROM membership_valuation AS valuation
                 WHERE valuation.chapter_id = membership.chapter_id AND valuation.membership_id = membership.id
                   AND valuation.value_of_hour IS NOT NULL AND valuation.valid_from <= today(membership.chapter_id)
                 ORDER BY valuation.valid_from DESC LIMIT 1),
               chapter.currency
          FROM membership
          JOIN chapter ON chapter.id = membership.chapter_id
          LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
         WHERE membership.person_id = acting_person()
         ORDER BY membership.joined_on, membership.chapter_id, membership.id;
END
$$;

CREATE OR REPLACE FUNCTION app.own_offices() RETURNS TABLE (slug text, id bigint, role text, from_on date, to_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT chapter.slug, office.id, office.role, office.from_on, office.to_on
          FROM office JOIN chapter ON chapter.id = office.chapter_id
         WHERE office.person_id = acting_person()
         ORDER BY office.from_on, office.chapter_id, office.id;
END
$$;

-- Who saw private figures of the acting person, the last first.
CREATE OR REPLACE FUNCTION app.own_access_log(before bigint, most integer)
    RETURNS TABLE (id bigint, at timestamptz, slug text, door text, reader text, seen text, month date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT event.id, event.at, chapter.slug, event.door, person.name::text, event.seen, event.month
          FROM access_event AS event
          JOIN chapter ON chapter.id = event.chapter_id
          LEFT JOIN person ON person.id = event.person_id
         WHERE event.chapter_id IN (SELECT membership.chapter_id FROM membership WHERE membership.person_id = acting_person())
           AND acting_person() = ANY (event.about) AND (before IS NULL OR event.id < before)
         ORDER BY event.id DESC
         LIMIT most;
END
$$;

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

GRANT EXECUTE ON FUNCTION app.own_memberships, app.own_offices, app.own_access_log, app.note_earners_seen TO chapterhouse_app;
