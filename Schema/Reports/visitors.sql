-- Visitors (domain page §3 and §6, Exactly 6): who came, by whom they were invited, and who of them joined.

-- Every visit of a period that took place, substitutes aside, with the person who made it: one whom several visits name is
-- one, and counts for whoever invited them to the first. What became of them is known of their visits until the as-of day.
CREATE OR REPLACE FUNCTION app.visits_made(of_chapter integer, from_day date, through date, known_on date)
    RETURNS TABLE (
        id uuid, visit_on date, kind text, name text, inviter_id bigint, inviter text, is_first boolean, came_again boolean, outcome text
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH visit AS (
        SELECT visitor.*, CASE WHEN visitor.erased_at IS NULL THEN visitor.folded_name ELSE visitor.id::text END AS person,
               own.id AS own_inviter_id
          FROM visitor
          LEFT JOIN membership AS own ON own.chapter_id = of_chapter AND own.id = visitor.inviter_id
                                     AND visitor.visit_on BETWEEN own.joined_on AND coalesce(own.ended_on, 'infinity')
         WHERE visitor.chapter_id = of_chapter AND visitor.visit_on BETWEEN from_day AND known_on AND visitor.came AND visitor.kind <> 'substitute'
    ), judged AS (
        SELECT visit.*, row_number() OVER (PARTITION BY visit.person ORDER BY visit.visit_on, visit.recorded_at, visit.id) AS place,
               count(*) OVER (PARTITION BY visit.person) AS visits, bool_or(visit.kind = 'second') OVER (PARTITION BY visit.person) AS was_second,
               bool_or(visit.status = 'joined') OVER (PARTITION BY visit.person) AS has_joined,
               bool_or(visit.status = 'applied') OVER (PARTITION BY visit.person) AS has_applied,
               last_value(visit.status) OVER (PARTITION BY visit.person ORDER BY visit.visit_on, visit.recorded_at, visit.id
                                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_status
          FROM visit
    )
    SELECT judged.id, judged.visit_on, judged.kind, judged.name::text, judged.own_inviter_id,
           CASE WHEN judged.own_inviter_id IS NOT NULL THEN 'member' WHEN judged.inviter_outsider_id IS NOT NULL THEN 'other' ELSE 'chapter' END,
           judged.place = 1, judged.visits > 1 OR judged.was_second,
           CASE WHEN judged.has_joined THEN 'joined' WHEN judged.has_applied THEN 'applied' WHEN judged.last_status = 'lost' THEN 'lost' ELSE 'open' END
      FROM judged
     WHERE judged.visit_on <= through;
END
$$;

-- A row for each member who may invite, then those whom people of other chapters and the chapter itself invited.
CREATE OR REPLACE FUNCTION app.visitors_inviters(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, inviter_id bigint, inviter_name text, visits bigint, visitors bigint, came_again bigint,
        applied bigint, joined bigint, lost bigint, open bigint, conversion numeric
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH listed (inviter, id, place, name, folded_name, is_listed) AS (
        SELECT 'member', member.id, 1, member.name, member.folded_name, member.is_listed
          FROM reported_members(of_chapter, from_day, through) AS member
        UNION ALL
        VALUES ('other', NULL::bigint, 2, 'Other chapters', NULL::text, true), ('chapter', NULL, 3, 'The chapter', NULL, true)
    ), summed AS (
        SELECT grouping(listed.inviter) = 1 AS is_total, listed.id, min(listed.place) AS place, min(listed.name) AS name,
               min(listed.folded_name) AS folded_name, coalesce(bool_and(listed.is_listed), true) AS is_listed, count(visit.id) AS visits,
               count(*) FILTER (WHERE visit.is_first) AS visitors, count(*) FILTER (WHERE visit.is_first AND visit.came_again) AS came_again,
               count(*) FILTER (WHERE visit.is_first AND visit.outcome = 'applied') AS applied,
               count(*) FILTER (WHERE visit.is_first AND visit.outcome = 'joined') AS joined,
               count(*) FILTER (WHERE visit.is_first AND visit.outcome = 'lost') AS lost,
               count(*) FILTER (WHERE visit.is_first AND visit.outcome = 'open') AS open
          FROM listed
          LEFT JOIN visits_made(of_chapter, from_day, through, last_day_counted(of_chapter, 'infinity', as_of)) AS visit
                 ON visit.inviter = listed.inviter AND visit.inviter_id IS NOT DISTINCT FROM listed.id
         GROUP BY GROUPING SETS ((listed.inviter, listed.id), ())
    )
    SELECT summed.is_total, summed.id, CASE WHEN NOT summed.is_total THEN summed.name END, summed.visits, summed.visitors, summed.came_again,
           summed.applied, summed.joined, summed.lost, summed.open, printed(quotient(summed.joined, summed.visitors), 4)
      FROM summed
     WHERE summed.is_total OR summed.is_listed
     ORDER BY summed.is_total, summed.place, summed.folded_name, summed.id;
END
$$;

-- The visits behind it, for those who may see visitors, and to each their own guests. A visitor counts on their first visit.
CREATE OR REPLACE FUNCTION app.visitors_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, visitor text, kind text, record text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT inviter.id, coalesce(inviter.name, CASE visit.inviter WHEN 'other' THEN 'Other chapters' ELSE 'The chapter' END)::text,
           counted.figure, visit.visit_on, visit.name, visit.kind, visit.id::text
      FROM visits_made(of_chapter, from_day, through, last_day_counted(of_chapter, 'infinity', as_of)) AS visit
      LEFT JOIN membership AS inviter ON inviter.chapter_id = of_chapter AND inviter.id = visit.inviter_id
     CROSS JOIN LATERAL (VALUES ('visits', true), ('visitors', visit.is_first), ('came_again', visit.is_first AND visit.came_again),
                                (visit.outcome, visit.is_first)) AS counted (figure, counts)
     WHERE counted.counts AND (may('see-visitors') OR inviter.person_id = acting_person())
     ORDER BY visit.visit_on, visit.name, visit.id, counted.figure;
END
$$;

GRANT EXECUTE ON FUNCTION app.visitors_inviters, app.visitors_entries TO chapterhouse_app;
