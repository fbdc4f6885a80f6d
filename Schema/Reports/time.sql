-- The pie of time (domain page §6, Exactly 7 and 17): what members spent their hours on, and what an hour brought.

-- All the time of members, by kind; it adds up to the hours of the monthly return × 60. Downtime is noted of activities only.
CREATE OR REPLACE FUNCTION app.time_spent(of_chapter integer, since date, through date)
    RETURNS TABLE (membership_id bigint, day date, kind text, minutes numeric, is_activity boolean, is_downtime boolean, purpose text, record text)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT spent.*
      FROM (SELECT mark.membership_id, meeting.local_date, 'meetings', meeting.minutes::numeric, false, false, NULL::text, meeting.id::text
              FROM meeting
              JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.mark IN ('present', 'late')
             WHERE meeting.chapter_id = of_chapter AND meeting.status IN ('open', 'sealed') AND meeting.local_date BETWEEN since AND through
            UNION ALL
            SELECT side.member, talk.met_on, 'one_to_ones', coalesce(talk.minutes, 0), false, false, NULL, talk.id::text
              FROM one_to_one AS talk
             CROSS JOIN LATERAL (VALUES (talk.first_id), (talk.second_id)) AS side (member)
             WHERE talk.chapter_id = of_chapter AND talk.met_on BETWEEN since AND through
            UNION ALL
            SELECT activity.membership_id, activity.done_on,
                   CASE activity.kind WHEN 'event' THEN 'events' WHEN 'meal' THEN 'meals' WHEN 'call' THEN 'calls_and_notes'
                                      WHEN 'note' THEN 'calls_and_notes' ELSE activity.kind END,
                   activity.minutes, true, activity.is_downtime, NULLIF(btrim(activity.purpose), ''), activity.id::text
              FROM activity
             WHERE activity.chapter_id = of_chapter AND activity.done_on BETWEEN since AND through
            UNION ALL
            SELECT unit.membership_id, unit.done_on, 'education', unit.units * 60, false, false, NULL, unit.id::text
              FROM education_unit AS unit
             WHERE unit.chapter_id = of_chapter AND unit.done_on BETWEEN since AND through
           ) AS spent (membership_id, day, kind, minutes, is_activity, is_downtime, purpose, record)
      JOIN membership ON membership.chapter_id = of_chapter AND membership.id = spent.membership_id
                     AND spent.day BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity');
END
$$;

-- The kinds of time in their order, all members together.
CREATE OR REPLACE FUNCTION app.time_kinds(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (is_total boolean, kind text, minutes numeric, hours numeric, share numeric, downtime_share numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH summed AS (
        SELECT grouping(listed.kind) = 1 AS is_total, min(listed.place) AS place, listed.kind, coalesce(sum(spent.minutes), 0) AS minutes,
               sum(spent.minutes) FILTER (WHERE spent.is_activity) AS active, sum(spent.minutes) FILTER (WHERE spent.is_downtime) AS downtime
          FROM (VALUES (1, 'meetings', 'meetings'), (2, 'one_to_ones', 'one-to-ones'), (3, 'events', 'events'), (4, 'meals', 'meals'),
                       (5, 'calls_and_notes', 'calls and notes'), (6, 'education', 'education'), (7, 'leadership', 'leadership'),
                       (8, 'other', 'other')) AS listed (place, word, kind)
          LEFT JOIN time_spent(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS spent ON spent.kind = listed.word
         GROUP BY GROUPING SETS ((listed.kind), ())
    )
    SELECT summed.is_total, summed.kind, printed(summed.minutes, 1), printed(quotient(summed.minutes, 60), 2),
           printed(quotient(summed.minutes, (SELECT whole.minutes FROM summed AS whole WHERE whole.is_total)), 4),
           printed(quotient(CASE WHEN summed.active IS NOT NULL THEN coalesce(summed.downtime, 0) END, summed.active), 4)
      FROM summed
     ORDER BY summed.is_total, summed.place;
END
$$;

-- A row for each member, hours by kind, and what all come to.
CREATE OR REPLACE FUNCTION app.time_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, member_id bigint, member_name text, hours numeric, meetings numeric, one_to_ones numeric, events numeric, meals numeric,
        calls_and_notes numeric, education numeric, leadership numeric, other numeric, downtime_share numeric, rot numeric, withheld text[]
    )
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through   date := last_day_counted(of_chapter, to_day, as_of);
    opened_to text := earned_is_seen_by(of_chapter, last_day_counted(of_chapter, 'infinity', as_of));
    digits    integer := decimals_of(of_chapter);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    PERFORM note_figures_seen('time', date_trunc('month', through::timestamp)::date, of_chapter, from_day, through, opened_to);
    RETURN QUERY
    WITH spent AS (
        SELECT spent.membership_id, sum(spent.minutes) AS minutes,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'meetings') AS meetings,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'one_to_ones') AS one_to_ones,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'events') AS events, sum(spent.minutes) FILTER (WHERE spent.kind = 'meals') AS meals,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'calls_and_notes') AS calls_and_notes,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'education') AS education,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'leadership') AS leadership,
               sum(spent.minutes) FILTER (WHERE spent.kind = 'other') AS other,
               sum(spent.minutes) FILTER (WHERE spent.is_activity) AS active, sum(spent.minutes) FILTER (WHERE spent.is_downtime) AS downtime
          FROM time_spent(of_chapter, from_day, through) AS spent
         GROUP BY spent.membership_id
    ), earned AS (
        SELECT earned.membership_id, sum(earned.amount) AS received, sum(earned.profit) AS profit
          FROM earnings(of_chapter, from_day, through) AS earned
         GROUP BY earned.membership_id
    ), member AS MATERIALIZED (
        SELECT member.id, member.name, member.folded_name, member.person_id, member.is_listed,
               figures_are_open(member.person_id, membership.shares_figures, opened_to) AS is_open, earned.received, coalesce(earned.profit, 0) AS profit
          FROM reported_members(of_chapter, from_day, through) AS member
          JOIN membership ON membership.chapter_id = of_chapter AND membership.id = member.id
          LEFT JOIN earned ON earned.membership_id = member.id
    ), hidden AS (
        SELECT count(DISTINCT member.person_id) AS earners FROM member WHERE member.received > 0 AND NOT member.is_open
    ), summed AS (
        SELECT grouping(member.id) = 1 AS is_total, member.id, min(member.name) AS name, min(member.folded_name) AS folded_name,
               coalesce(bool_or(member.is_listed), true) AS is_listed, coalesce(bool_and(member.is_open), false) AS is_open,
               coalesce(sum(spent.minutes), 0) AS minutes, coalesce(sum(spent.meetings), 0) AS meetings,
               coalesce(sum(spent.one_to_ones), 0) AS one_to_ones, coalesce(sum(spent.events), 0) AS events, coalesce(sum(spent.meals), 0) AS meals,
               coalesce(sum(spent.calls_and_notes), 0) AS calls_and_notes, coalesce(sum(spent.education), 0) AS education,
               coalesce(sum(spent.leadership), 0) AS leadership, coalesce(sum(spent.other), 0) AS other,
               sum(spent.active) AS active, coalesce(sum(spent.downtime), 0) AS downtime, coalesce(sum(member.profit), 0) AS profit
          FROM member
          LEFT JOIN spent ON spent.membership_id = member.id
         GROUP BY GROUPING SETS ((member.id), ())
    ), shown AS (
        SELECT summed.*, CASE WHEN summed.is_total THEN hides_enough(hidden.earners) ELSE summed.is_open OR hidden.earners = 0 END AS is_seen
          FROM summed CROSS JOIN hidden
    )
    SELECT shown.is_total, shown.id, CASE WHEN NOT shown.is_total THEN shown.name END, printed(quotient(shown.minutes, 60), 2),
           printed(quotient(shown.meetings, 60), 2), printed(quotient(shown.one_to_ones, 60), 2), printed(quotient(shown.events, 60), 2),
           printed(quotient(shown.meals, 60), 2), printed(quotient(shown.calls_and_notes, 60), 2), printed(quotient(shown.education, 60), 2),
           printed(quotient(shown.leadership, 60), 2), printed(quotient(shown.other, 60), 2),
           printed(quotient(shown.downtime, shown.active), 4),
           CASE WHEN shown.is_seen THEN printed(quotient(shown.profit * 60, shown.minutes) / 10::numeric ^ digits, 4) END,
           CASE WHEN shown.is_seen THEN '{}' ELSE '{rot}'::text[] END
      FROM shown
     WHERE shown.is_total OR shown.is_listed
     ORDER BY shown.is_total, shown.folded_name, shown.id;
END
$$;

-- The time of the members whom the reader may see, by what it was for. No record says which hour brought which business, so
-- that every hour of a member counts for the same. With the hours known, two such figures may tell of any number of people:
-- a return is shown only where nobody hidden earned in it.
CREATE OR REPLACE FUNCTION app.time_purposes(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (purpose text, hours numeric, share numeric, downtime_share numeric, rot numeric, withheld text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through   date := last_day_counted(of_chapter, to_day, as_of);
    opened_to text := earned_is_seen_by(of_chapter, last_day_counted(of_chapter, 'infinity', as_of));
    digits    integer := decimals_of(of_chapter);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH earned AS (
        SELECT earned.membership_id, sum(earned.amount) AS received, sum(earned.profit) AS profit
          FROM earnings(of_chapter, from_day, through) AS earned
         GROUP BY earned.membership_id
    ), member AS MATERIALIZED (
        SELECT member.id, coalesce(earned.profit, 0) AS profit,
               coalesce(earned.received, 0) > 0 AND NOT figures_are_open(member.person_id, membership.shares_figures, opened_to) AS is_hidden
          FROM reported_members(of_chapter, from_day, through) AS member
          JOIN membership ON membership.chapter_id = of_chapter AND membership.id = member.id
          LEFT JOIN earned ON earned.membership_id = member.id
         WHERE member.is_listed
    ), spent AS (
        SELECT spent.*, sum(spent.minutes) OVER (PARTITION BY spent.membership_id) AS minutes_of_member, member.is_hidden, member.profit
          FROM time_spent(of_chapter, from_day, through) AS spent
          JOIN member ON member.id = spent.membership_id
         WHERE spent.minutes > 0
    ), summed AS (
        SELECT spent.purpose, sum(spent.minutes) AS minutes, sum(spent.minutes) FILTER (WHERE spent.is_activity) AS active,
               coalesce(sum(spent.minutes) FILTER (WHERE spent.is_downtime), 0) AS downtime,
               sum(quotient(spent.profit * spent.minutes, spent.minutes_of_member)) AS profit, bool_or(spent.is_hidden) AS is_hidden
          FROM spent
         GROUP BY spent.purpose
    )
    SELECT coalesce(summed.purpose, 'not noted'), printed(quotient(summed.minutes, 60), 2),
           printed(quotient(summed.minutes, sum(summed.minutes) OVER ()), 4), printed(quotient(summed.downtime, summed.active), 4),
           CASE WHEN NOT summed.is_hidden THEN printed(quotient(summed.profit * 60, summed.minutes) / 10::numeric ^ digits, 4) END,
           CASE WHEN summed.is_hidden THEN '{rot}'::text[] ELSE '{}' END
      FROM summed
     ORDER BY summed.purpose IS NULL, summed.minutes DESC, summed.purpose;
END
$$;

-- The records behind the hours, the oldest first.
CREATE OR REPLACE FUNCTION app.time_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, minutes numeric, purpose text, downtime boolean, record text)
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
    SELECT member.id, member.name, spent.kind, spent.day, printed(spent.minutes, 1), spent.purpose,
           CASE WHEN spent.is_activity THEN spent.is_downtime END, spent.record
      FROM time_spent(of_chapter, from_day, through) AS spent
      JOIN reported_members(of_chapter, from_day, through) AS member ON member.id = spent.membership_id AND member.is_listed
     ORDER BY spent.day, member.folded_name, member.id, spent.kind, spent.record;
END
$$;

GRANT EXECUTE ON FUNCTION app.time_kinds, app.time_members, app.time_purposes, app.time_entries TO chapterhouse_app;
