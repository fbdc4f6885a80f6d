-- The attendance summary (domain page §6): marks and slips of a period, by the meeting to which each belongs.

-- The imported summaries that touch a period. One whose days the period holds whole stands for them: no mark and
-- no slip of those days is counted again. One of which the period holds a part is left out.
CREATE OR REPLACE FUNCTION app.summaries_of(of_chapter integer, from_day date, to_day date)
    RETURNS TABLE (batch bigint, from_on date, to_on date, is_used boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT import_batch_id, from_on, to_on, from_on >= from_day AND to_on <= to_day
      FROM imported_summary
     WHERE chapter_id = of_chapter AND from_on <= to_day AND to_on >= from_day
     ORDER BY from_on;
END
$$;

-- The day on which a slip counts: that of the first regular meeting on or after it that is not called off;
-- without one, its own (Exactly, 6).
CREATE OR REPLACE FUNCTION app.counting_day(of_chapter integer, day date) RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN coalesce((SELECT local_date
                       FROM meeting
                      WHERE chapter_id = of_chapter AND kind = 'regular' AND status NOT IN ('cancelled', 'holiday') AND local_date >= day
                      ORDER BY local_date
                      LIMIT 1), day);
END
$$;

-- Rows: members in order of name, then former members of an imported summary, visitors, other chapters, the
-- chapter itself, and the sum of all. Amounts of money are printed in the chapter's currency; `thanked_exactly` is not
-- rounded, for those who go on computing.
DROP FUNCTION IF EXISTS app.attendance(integer, date, date, timestamptz);
CREATE FUNCTION app.attendance(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        kind text, membership_id bigint, name text, present bigint, absent bigint, late bigint, medical bigint, substitute bigint,
        referrals_given_inside bigint, referrals_given_outside bigint, referrals_received_inside bigint, referrals_received_outside bigint,
        visitors bigint, one_to_ones bigint, thanked_for numeric, education numeric, testimonials bigint, held bigint, rate numeric, thanked_exactly numeric
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home      chapter;
    digits    integer;
    as_of_day date;
    earliest  date;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT * INTO home FROM chapter AS known WHERE known.id = of_chapter;
    SELECT decimals INTO digits FROM currency WHERE code = home.currency;
    as_of_day := (as_of AT TIME ZONE home.time_zone)::date;
    -- A slip from before the period may still belong to the period's first meeting.
    SELECT coalesce(max(local_date) + 1, '-infinity') INTO earliest
      FROM meeting
     WHERE chapter_id = of_chapter AND meeting.kind = 'regular' AND status NOT IN ('cancelled', 'holiday') AND local_date < from_day;

    RETURN QUERY
    WITH summary AS (
        SELECT * FROM summaries_of(of_chapter, from_day, to_day) AS touching WHERE touching.is_used
    ), counting (day, counts_on) AS MATERIALIZED (
        -- Every day of which a slip may count in the period, with the day on which it does.
        SELECT slip.day, counting_day(of_chapter, slip.day)
          FROM (SELECT passed_on AS day FROM referral WHERE chapter_id = of_chapter
                UNION SELECT closed_on FROM closed_business WHERE chapter_id = of_chapter
                UNION SELECT met_on FROM one_to_one WHERE chapter_id = of_chapter
                UNION SELECT given_on FROM testimonial WHERE chapter_id = of_chapter
                UNION SELECT done_on FROM education_unit WHERE chapter_id = of_chapter) AS slip
         WHERE slip.day BETWEEN earliest AND least(to_day, as_of_day)
    ), counted AS (
        SELECT counting.day FROM counting
         WHERE counting.counts_on BETWEEN from_day AND to_day
           AND NOT EXISTS (SELECT FROM summary WHERE counting.counts_on BETWEEN summary.from_on AND summary.to_on)
    ), entry (kind, membership_id, p, a, l, m, s, rgi, rgo, rri, rro, v, talks, thanks, units, words, held) AS (
        SELECT 'member', member.id, (mark.mark = 'present')::integer, (mark.mark = 'absent')::integer, (mark.mark = 'late')::integer,
               (mark.mark = 'medical')::integer, (mark.mark = 'substitute')::integer, 0, 0, 0, 0, 0, 0, 0::numeric, 0::numeric, 0, 1
          FROM meeting
          JOIN membership AS member ON member.chapter_id = of_chapter
                                   AND meeting.local_date BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
          LEFT JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.membership_id = member.id
         WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status IN ('open', 'sealed')
           AND meeting.local_date BETWEEN from_day AND least(to_day, as_of_day)
           AND NOT EXISTS (SELECT FROM summary WHERE meeting.local_date BETWEEN summary.from_on AND summary.to_on)
           AND NOT EXISTS (SELECT FROM membership_leave AS leave
                            WHERE leave.chapter_id = of_chapter AND leave.membership_id = member.id
                              AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
        UNION ALL
        SELECT CASE WHEN giver_id IS NULL THEN 'other-chapters' ELSE 'member' END, giver_id, 0, 0, 0, 0, 0,
               (tier = 1)::integer, (tier > 1)::integer, 0, 0, 0, 0, 0, 0, 0, 0
          FROM referral JOIN counted ON counted.day = passed_on
         WHERE chapter_id = of_chapter AND unplaced_profession IS NULL
        UNION ALL
        SELECT 'member', receiver_id, 0, 0, 0, 0, 0, 0, 0, (tier = 1)::integer, (tier > 1)::integer, 0, 0, 0, 0, 0, 0
          FROM referral JOIN counted ON counted.day = passed_on
         WHERE chapter_id = of_chapter AND receiver_id IS NOT NULL
        UNION ALL
        SELECT CASE WHEN inviter_id IS NOT NULL THEN 'member' WHEN inviter_outsider_id IS NOT NULL THEN 'other-chapters' ELSE 'chapter' END,
               inviter_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0
          FROM visitor
         WHERE chapter_id = of_chapter AND came AND visitor.kind <> 'substitute'
           AND visit_on BETWEEN from_day AND least(to_day, as_of_day)
           AND NOT EXISTS (SELECT FROM summary WHERE visit_on BETWEEN summary.from_on AND summary.to_on)
        UNION ALL
        SELECT CASE WHEN side.member IS NULL THEN 'other-chapters' ELSE 'member' END, side.member,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
          FROM one_to_one JOIN counted ON counted.day = met_on
         CROSS JOIN LATERAL (VALUES (first_id), (second_id)) AS side (member)
         WHERE chapter_id = of_chapter
        UNION ALL
        SELECT CASE WHEN thanked_id IS NOT NULL THEN 'member' WHEN thanked_outsider_id IS NOT NULL THEN 'other-chapters'
                    WHEN thanked_visitor IS NOT NULL THEN 'visitors' ELSE 'chapter' END,
               thanked_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
               coalesce(converted(amount, closed_business.currency, home.currency, closed_on), 0), 0, 0, 0
          FROM closed_business JOIN counted ON counted.day = closed_on
         WHERE chapter_id = of_chapter
        UNION ALL
        SELECT 'member', education_unit.membership_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, units, 0, 0
          FROM education_unit JOIN counted ON counted.day = done_on
         WHERE chapter_id = of_chapter
        UNION ALL
        SELECT CASE WHEN giver_id IS NULL THEN 'other-chapters' ELSE 'member' END, giver_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0
          FROM testimonial JOIN counted ON counted.day = given_on
         WHERE chapter_id = of_chapter
        UNION ALL
        SELECT line.kind, line.membership_id, line.present, line.absent, line.late, line.medical, line.substitute,
               line.referrals_given_inside, line.referrals_given_outside, line.referrals_received_inside, line.referrals_received_outside,
               line.visitors, line.one_to_ones, line.thanked_for, line.education, line.testimonials,
               CASE WHEN line.kind IN ('member', 'former-members')
                    THEN line.present + line.absent + line.late + line.medical + line.substitute ELSE 0 END
          FROM imported_summary_line AS line
          JOIN summary ON summary.batch = line.import_batch_id
         WHERE line.chapter_id = of_chapter
    ), listed (kind, membership_id, place, name, folded_name) AS (
        -- Members with a day in the period, and whoever else did something that counts in it.
        SELECT 'member', member.id, 1, member.name, member.folded_name
          FROM membership AS member
         WHERE member.chapter_id = of_chapter
           AND (member.joined_on <= least(to_day, as_of_day) AND coalesce(member.ended_on, 'infinity') >= from_day
                OR member.id IN (SELECT entry.membership_id FROM entry))
        UNION ALL
        SELECT 'former-members', NULL::bigint, 2, 'Former members', NULL::text WHERE EXISTS (SELECT FROM entry WHERE entry.kind = 'former-members')
        UNION ALL
        VALUES ('visitors', NULL::bigint, 3, 'Visitors', NULL::text),
               ('other-chapters', NULL, 4, 'Other chapters', NULL),
               ('chapter', NULL, 5, 'The chapter', NULL)
    ), summed AS (
        SELECT grouping(listed.kind) AS is_total, listed.kind, listed.membership_id, min(listed.place) AS place,
               min(listed.name) AS name, min(listed.folded_name) AS folded_name,
               coalesce(sum(p), 0) AS p, coalesce(sum(a), 0) AS a, coalesce(sum(l), 0) AS l, coalesce(sum(m), 0) AS m, coalesce(sum(s), 0) AS s,
               coalesce(sum(rgi), 0) AS rgi, coalesce(sum(rgo), 0) AS rgo, coalesce(sum(rri), 0) AS rri, coalesce(sum(rro), 0) AS rro,
               coalesce(sum(v), 0) AS v, coalesce(sum(talks), 0) AS talks, coalesce(sum(thanks), 0) AS thanks,
               coalesce(sum(units), 0) AS units, coalesce(sum(words), 0) AS words, coalesce(sum(held), 0) AS held
          FROM listed
          LEFT JOIN entry ON entry.kind = listed.kind AND entry.membership_id IS NOT DISTINCT FROM listed.membership_id
         GROUP BY GROUPING SETS ((listed.kind, listed.membership_id), ())
    )
    SELECT CASE WHEN is_total = 1 THEN 'total' ELSE kind END, membership_id, CASE WHEN is_total = 1 THEN 'Total' ELSE name END,
           p, a, l, m, s, rgi, rgo, rri, rro, v, talks, printed_amount(thanks, digits), printed(units, 2), words, held,
           printed(quotient(p + l + s, held), 4), thanks / 10::numeric ^ digits
      FROM summed
     ORDER BY is_total, place, folded_name, membership_id;
END
$$;

GRANT EXECUTE ON FUNCTION app.attendance, app.summaries_of TO chapterhouse_app;
