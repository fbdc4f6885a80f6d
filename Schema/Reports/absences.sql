-- Absences (domain page §6 and Exactly, 12): how many of those allowed each member has used in the policy's window, and
-- when the next one drops out of it.

-- The window of a day, under the policy of that day; a term starts anew in the half-year's window.
CREATE OR REPLACE FUNCTION app.absence_window(of_chapter integer, day date)
    RETURNS TABLE (first_day date, kind text, allowed smallint, substitutes_allowed smallint, next_term date)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    rule policy;
BEGIN
    SELECT * INTO rule FROM policy AS version
     WHERE version.chapter_id = of_chapter
     ORDER BY version.valid_from <= day DESC, CASE WHEN version.valid_from <= day THEN version.valid_from END DESC, version.valid_from
     LIMIT 1;
    RETURN QUERY
    SELECT CASE rule.absence_window
                WHEN 'rolling-26-weeks' THEN day - 181
                WHEN '12-months' THEN (day - interval '1 year')::date + 1
                ELSE (SELECT max(start.day) FROM term_starts_around(rule.term_starts, absence_window.day) AS start WHERE start.day <= absence_window.day) END,
           rule.absence_window, rule.absence_limit, rule.substitutes_allowed,
           (SELECT min(start.day) FROM term_starts_around(rule.term_starts, absence_window.day) AS start WHERE start.day > absence_window.day);
END
$$;

-- The first days of the terms of the year of a day, the year before and the year after.
CREATE OR REPLACE FUNCTION app.term_starts_around(starts text[], around date) RETURNS TABLE (day date)
    LANGUAGE sql IMMUTABLE
    SET search_path = app, pg_temp
AS $$
    SELECT make_date(year, split_part(start, '-', 1)::integer, split_part(start, '-', 2)::integer)
      FROM unnest(starts) AS start
     CROSS JOIN generate_series(extract(year FROM around)::integer - 1, extract(year FROM around)::integer + 1) AS year
$$;

-- Every mark that counts in the window: an absence, a late mark that weighs something, a substitute; and what a summary
-- that lies in the window says of days whose marks are not known. `drops_on` is null where the day is not known.
CREATE OR REPLACE FUNCTION app.absences_used(of_chapter integer, day date)
    RETURNS TABLE (membership_id bigint, on_day date, mark text, number bigint, used numeric, drops_on date)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    span record;
BEGIN
    SELECT * INTO span FROM absence_window(of_chapter, day);
    RETURN QUERY
    WITH weight AS (
        SELECT CASE WHEN lag(version.valid_from) OVER (ORDER BY version.valid_from) IS NULL THEN '-infinity' ELSE version.valid_from END AS first_day,
               coalesce(lead(version.valid_from) OVER (ORDER BY version.valid_from) - 1, 'infinity') AS last_day, version.late_weight
          FROM policy AS version WHERE version.chapter_id = of_chapter
    ), summary AS (
        SELECT touching.* FROM summaries_of(of_chapter, span.first_day, day) AS touching WHERE touching.is_used
    ), counted (membership_id, on_day, mark, number, used, last_known) AS (
        SELECT mark.membership_id, meeting.local_date, mark.mark, 1::bigint,
               CASE mark.mark WHEN 'absent' THEN 1 WHEN 'late' THEN weight.late_weight ELSE 0 END, meeting.local_date
          FROM meeting
          JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.mark IN ('absent', 'late', 'substitute')
          JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = mark.membership_id
                                   AND meeting.local_date BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
          JOIN weight ON meeting.local_date BETWEEN weight.first_day AND weight.last_day
         WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status IN ('open', 'sealed')
           AND meeting.local_date BETWEEN span.first_day AND day
           AND NOT EXISTS (SELECT FROM membership_leave AS leave
                            WHERE leave.chapter_id = of_chapter AND leave.membership_id = member.id
                              AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
           AND NOT EXISTS (SELECT FROM summary WHERE meeting.local_date BETWEEN summary.from_on AND summary.to_on)
        UNION ALL
        SELECT line.membership_id, NULL, kind.mark, kind.number, kind.number * kind.share, NULL
          FROM imported_summary_line AS line
          JOIN summary ON summary.batch = line.import_batch_id
          JOIN weight ON summary.to_on BETWEEN weight.first_day AND weight.last_day
         CROSS JOIN LATERAL (VALUES ('absent', line.absent, 1::numeric), ('late', line.late, weight.late_weight), ('substitute', line.substitute, 0))
               AS kind (mark, number, share)
         WHERE line.chapter_id = of_chapter AND line.membership_id IS NOT NULL AND kind.number > 0
    )
    SELECT counted.membership_id, counted.on_day, counted.mark, counted.number, counted.used,
           CASE span.kind
                WHEN 'rolling-26-weeks' THEN counted.last_known + 182
                WHEN 'half-years' THEN CASE WHEN counted.last_known IS NOT NULL THEN span.next_term END
                -- A year later; a 29 February is still in the window of the 28th.
                ELSE (counted.last_known + interval '1 year')::date
                     + (((counted.last_known + interval '1 year') - interval '1 year')::date < counted.last_known)::integer END
      FROM counted
     WHERE counted.used > 0 OR counted.mark = 'substitute';
END
$$;

-- A row for each membership of the last day that the reader may see.
DROP FUNCTION IF EXISTS app.absences_members(integer, date, date, timestamptz);
CREATE OR REPLACE FUNCTION app.absences_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        member_id bigint, member_name text, used numeric, allowed bigint, next_drop date, standing text,
        substitutes bigint, substitutes_allowed bigint, sentence text, since date,
        last_letter date
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
    span    record;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT * INTO span FROM absence_window(of_chapter, through);
    RETURN QUERY
    WITH counted AS (
        SELECT entry.membership_id, sum(entry.used) AS used, min(entry.drops_on) FILTER (WHERE entry.used > 0) AS next_drop,
               coalesce(sum(entry.number) FILTER (WHERE entry.mark = 'substitute'), 0)::bigint AS substitutes
          FROM absences_used(of_chapter, through) AS entry
         GROUP BY entry.membership_id
    ), listed AS (
        SELECT member.id, member.person_id, member.name, member.folded_name, coalesce(counted.used, 0) AS used, counted.next_drop,
               coalesce(counted.substitutes, 0) AS substitutes
          FROM reported_members(of_chapter, through, through) AS member
          LEFT JOIN counted ON counted.membership_id = member.id
         WHERE member.is_listed
    )
    SELECT listed.id, listed.name, printed(listed.used, 2), span.allowed::bigint, listed.next_drop,
           CASE WHEN listed.used > span.allowed THEN 'over the limit' WHEN listed.used + 1 > span.allowed THEN 'at the limit' ELSE 'within it' END,
           listed.substitutes, span.substitutes_allowed::bigint,
           format('%s of %s used%s%s', trim_scale(listed.used), span.allowed,
                  CASE WHEN listed.next_drop IS NOT NULL THEN format('; the next one drops out on %s', listed.next_drop) END,
                  CASE WHEN listed.substitutes > span.substitutes_allowed
                       THEN format('; %s substitutes, %s are allowed', listed.substitutes, span.substitutes_allowed) END),
           span.first_day,
           (SELECT max(coalesce(letter.given_on, letter.drafted_on))
              FROM absence_letter AS letter
             WHERE letter.chapter_id = of_chapter AND letter.membership_id = listed.id AND letter.drafted_on <= last_day_counted(of_chapter, 'infinity', as_of)
               AND (may('mark-attendance') OR letter.given_on IS NOT NULL AND listed.person_id = acting_person()))
      FROM listed
     ORDER BY listed.used - span.allowed DESC, listed.folded_name, listed.id;
END
$$;

-- The marks behind it.
CREATE OR REPLACE FUNCTION app.absences_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, mark text, number bigint, used numeric, drops_on date)
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
    SELECT member.id, member.name, CASE WHEN entry.mark = 'substitute' THEN 'substitutes' ELSE 'used' END, entry.on_day, entry.mark,
           entry.number, printed(entry.used, 2), CASE WHEN entry.used > 0 THEN entry.drops_on END
      FROM absences_used(of_chapter, through) AS entry
      JOIN reported_members(of_chapter, through, through) AS member ON member.id = entry.membership_id AND member.is_listed
     ORDER BY entry.on_day NULLS FIRST, member.folded_name, member.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.absences_members, app.absences_entries TO chapterhouse_app;
