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

-- The days whose slips count in a period: a slip counts on the day of the first regular meeting on or after it that is
-- not called off; without one, on its own (Exactly, 6).
CREATE OR REPLACE FUNCTION app.days_of_slips(of_chapter integer, from_day date, to_day date, OUT first_day date, OUT last_day date)
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    met_before date;
    met_last   date;
BEGIN
    SELECT max(local_date) INTO met_before FROM meeting
     WHERE chapter_id = of_chapter AND kind = 'regular' AND status NOT IN ('cancelled', 'holiday') AND local_date < from_day;
    SELECT max(local_date) INTO met_last FROM meeting
     WHERE chapter_id = of_chapter AND kind = 'regular' AND status NOT IN ('cancelled', 'holiday') AND local_date BETWEEN from_day AND to_day;
    last_day := met_last;
    IF met_last IS DISTINCT FROM to_day
       -- The newest of all and not EXISTS, for which a plan may read the meetings of every chapter.
       AND (SELECT max(local_date) FROM meeting
             WHERE chapter_id = of_chapter AND kind = 'regular' AND status NOT IN ('cancelled', 'holiday') AND local_date > to_day) IS NULL
    THEN
        last_day := to_day;
    END IF;
    -- Without a meeting in the period, or with none after it, nothing from before the period waits for one.
    first_day := CASE WHEN met_last IS NULL THEN from_day ELSE coalesce(met_before + 1, '-infinity') END;
END
$$;
DROP FUNCTION IF EXISTS app.counting_day(integer, date);

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
    -- One plan for all chapters, made before anybody knows how large a table will be.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    home      chapter;
    digits    integer;
    as_of_day date;
    through   date;
    slips     record;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT * INTO home FROM chapter AS known WHERE known.id = of_chapter;
    SELECT decimals INTO digits FROM currency WHERE code = home.currency;
    as_of_day := (as_of AT TIME ZONE home.time_zone)::date;
    through := least(to_day, as_of_day);
    SELECT * INTO slips FROM days_of_slips(of_chapter, from_day, to_day);
    slips.last_day := CASE WHEN slips.last_day > as_of_day THEN as_of_day ELSE slips.last_day END;

    RETURN QUERY
    WITH summary AS MATERIALIZED (
        SELECT used.import_batch_id AS batch, used.from_on, used.to_on, stood_for.first_day, stood_for.last_day
          FROM imported_summary AS used
         CROSS JOIN LATERAL days_of_slips(of_chapter, used.from_on, used.to_on) AS stood_for
         WHERE used.chapter_id = of_chapter AND used.from_on >= from_day AND used.to_on <= to_day
    ), leave AS MATERIALIZED (
        SELECT leave.membership_id, leave.first_day, coalesce(leave.last_day, 'infinity') AS last_day
          FROM membership_leave AS leave
         WHERE leave.chapter_id = of_chapter AND leave.first_day <= through AND coalesce(leave.last_day, 'infinity') >= from_day
    ), held AS MATERIALIZED (
        SELECT meeting.id, meeting.local_date
          FROM meeting
         WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status IN ('open', 'sealed')
           AND meeting.local_date BETWEEN from_day AND through
           AND NOT EXISTS (SELECT FROM summary WHERE meeting.local_date BETWEEN summary.from_on AND summary.to_on)
    ), sheet AS (
        -- A line for each member of the day who is not on leave, marked or not. Grouped and not joined: whatever the planner
        -- thinks of how many there are, it is read once, and by meeting, however many marks a member has had.
        SELECT line.membership_id, max(line.mark) AS mark
          FROM (SELECT member.id AS membership_id, held.id AS meeting_id, NULL::text AS mark
                  FROM held
                  JOIN membership AS member ON member.chapter_id = of_chapter
                                           AND held.local_date BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
                 WHERE NOT EXISTS (SELECT FROM leave
                                    WHERE leave.membership_id = member.id AND held.local_date BETWEEN leave.first_day AND leave.last_day)
                UNION ALL
                SELECT mark.membership_id, mark.meeting_id, mark.mark
                  FROM held
                  JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = held.id) AS line
         GROUP BY line.membership_id, line.meeting_id
        HAVING bool_or(line.mark IS NULL)
    ), entry (kind, membership_id, p, a, l, m, s, rgi, rgo, rri, rro, v, talks, thanks, units, words, held) AS MATERIALIZED (
        -- Of each source what each member did, and those who are none.
        SELECT 'member', sheet.membership_id, count(*) FILTER (WHERE sheet.mark = 'present'), count(*) FILTER (WHERE sheet.mark = 'absent'),
               count(*) FILTER (WHERE sheet.mark = 'late'), count(*) FILTER (WHERE sheet.mark = 'medical'),
               count(*) FILTER (WHERE sheet.mark = 'substitute'), 0, 0, 0, 0, 0, 0, 0::numeric, 0::numeric, 0, count(*)
          FROM sheet
         GROUP BY sheet.membership_id
        UNION ALL
        SELECT CASE WHEN giver_id IS NULL THEN 'other-chapters' ELSE 'member' END, giver_id, 0, 0, 0, 0, 0,
               count(*) FILTER (WHERE tier = 1), count(*) FILTER (WHERE tier > 1), 0, 0, 0, 0, 0, 0, 0, 0
          FROM referral
         WHERE chapter_id = of_chapter AND unplaced_profession IS NULL AND passed_on BETWEEN slips.first_day AND slips.last_day
           AND NOT EXISTS (SELECT FROM summary WHERE passed_on BETWEEN summary.first_day AND summary.last_day)
         GROUP BY giver_id
        UNION ALL
        SELECT 'member', receiver_id, 0, 0, 0, 0, 0, 0, 0, count(*) FILTER (WHERE tier = 1), count(*) FILTER (WHERE tier > 1), 0, 0, 0, 0, 0, 0
          FROM referral
         WHERE chapter_id = of_chapter AND receiver_id IS NOT NULL AND passed_on BETWEEN slips.first_day AND slips.last_day
           AND NOT EXISTS (SELECT FROM summary WHERE passed_on BETWEEN summary.first_day AND summary.last_day)
         GROUP BY receiver_id
        UNION ALL
        SELECT CASE WHEN inviter_id IS NOT NULL THEN 'member' WHEN inviter_outsider_id IS NOT NULL THEN 'other-chapters' ELSE 'chapter' END,
               inviter_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0
          FROM visitor
         WHERE chapter_id = of_chapter AND came AND visitor.kind <> 'substitute' AND visit_on BETWEEN from_day AND through
           AND NOT EXISTS (SELECT FROM summary WHERE visit_on BETWEEN summary.from_on AND summary.to_on)
        UNION ALL
        SELECT CASE WHEN side.member IS NULL THEN 'other-chapters' ELSE 'member' END, side.member,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
          FROM one_to_one
         CROSS JOIN LATERAL (VALUES (first_id), (second_id)) AS side (member)
         WHERE chapter_id = of_chapter AND met_on BETWEEN slips.first_day AND slips.last_day
           AND NOT EXISTS (SELECT FROM summary WHERE met_on BETWEEN summary.first_day AND summary.last_day)
        UNION ALL
        SELECT CASE WHEN thanked_id IS NOT NULL THEN 'member' WHEN thanked_outsider_id IS NOT NULL THEN 'other-chapters'
                    WHEN thanked_visitor IS NOT NULL THEN 'visitors' ELSE 'chapter' END,
               thanked_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
               CASE WHEN closed_business.currency = home.currency THEN amount
                    ELSE coalesce(converted(amount, closed_business.currency, home.currency, closed_on), 0) END, 0, 0, 0
          FROM closed_business
         WHERE chapter_id = of_chapter AND closed_on BETWEEN slips.first_day AND slips.last_day
           AND NOT EXISTS (SELECT FROM summary WHERE closed_on BETWEEN summary.first_day AND summary.last_day)
        UNION ALL
        SELECT 'member', education_unit.membership_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, units, 0, 0
          FROM education_unit
         WHERE chapter_id = of_chapter AND done_on BETWEEN slips.first_day AND slips.last_day
           AND NOT EXISTS (SELECT FROM summary WHERE done_on BETWEEN summary.first_day AND summary.last_day)
        UNION ALL
        SELECT CASE WHEN giver_id IS NULL THEN 'other-chapters' ELSE 'member' END, giver_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0
          FROM testimonial
         WHERE chapter_id = of_chapter AND given_on BETWEEN slips.first_day AND slips.last_day
           AND NOT EXISTS (SELECT FROM summary WHERE given_on BETWEEN summary.first_day AND summary.last_day)
        UNION ALL
        SELECT line.kind, line.membership_id, line.present, line.absent, line.late, line.medical, line.substitute,
               line.referrals_given_inside, line.referrals_given_outside, line.referrals_received_inside, line.referrals_received_outside,
               line.visitors, line.one_to_ones, line.thanked_for, line.education, line.testimonials,
               CASE WHEN line.kind IN ('member', 'former-members')
                    THEN line.present + line.absent + line.late + line.medical + line.substitute ELSE 0 END
          FROM imported_summary_line AS line
          JOIN summary ON summary.batch = line.import_batch_id
         WHERE line.chapter_id = of_chapter
    ), summed AS MATERIALIZED (
        -- 0 stands for no membership, so that the sums can be looked up.
        SELECT entry.kind, coalesce(entry.membership_id, 0) AS membership_id, sum(p) AS p, sum(a) AS a, sum(l) AS l, sum(m) AS m, sum(s) AS s,
               sum(rgi) AS rgi, sum(rgo) AS rgo, sum(rri) AS rri, sum(rro) AS rro, sum(v) AS v, sum(talks) AS talks, sum(thanks) AS thanks,
               sum(units) AS units, sum(words) AS words, sum(held) AS held
          FROM entry
         GROUP BY entry.kind, coalesce(entry.membership_id, 0)
    ), listed (kind, membership_id, place, name, folded_name) AS (
        -- Members with a day in the period, and whoever else did something that counts in it.
        SELECT 'member', member.id, 1, member.name, member.folded_name
          FROM membership AS member
         WHERE member.chapter_id = of_chapter
           AND (member.joined_on <= through AND coalesce(member.ended_on, 'infinity') >= from_day
                OR member.id IN (SELECT summed.membership_id FROM summed))
        UNION ALL
        SELECT 'former-members', 0, 2, 'Former members', NULL::text WHERE EXISTS (SELECT FROM summed WHERE summed.kind = 'former-members')
        UNION ALL
        VALUES ('visitors', 0, 3, 'Visitors', NULL::text),
               ('other-chapters', 0, 4, 'Other chapters', NULL),
               ('chapter', 0, 5, 'The chapter', NULL),
               ('total', 0, 6, 'Total', NULL)
    ), line AS (
        SELECT * FROM summed
        UNION ALL
        SELECT 'total', 0, sum(p), sum(a), sum(l), sum(m), sum(s), sum(rgi), sum(rgo), sum(rri), sum(rro), sum(v), sum(talks), sum(thanks),
               sum(units), sum(words), sum(held)
          FROM summed
    )
    SELECT listed.kind, NULLIF(listed.membership_id, 0), listed.name::text, coalesce(p, 0)::bigint, coalesce(a, 0)::bigint, coalesce(l, 0)::bigint,
           coalesce(m, 0)::bigint, coalesce(s, 0)::bigint, coalesce(rgi, 0)::bigint, coalesce(rgo, 0)::bigint, coalesce(rri, 0)::bigint,
           coalesce(rro, 0)::bigint, coalesce(v, 0)::bigint, coalesce(talks, 0)::bigint, printed_amount(coalesce(thanks, 0), digits),
           printed(coalesce(units, 0), 2), coalesce(words, 0)::bigint, coalesce(held, 0)::bigint,
           printed(quotient(coalesce(p + l + s, 0), coalesce(held, 0)), 4), coalesce(thanks, 0) / 10::numeric ^ digits
      FROM listed
      LEFT JOIN line ON line.kind = listed.kind AND line.membership_id = listed.membership_id
     -- A member sees their own row, a director none; what all come to is everybody's (domain page §4).
     WHERE listed.membership_id = 0 OR may('see-chapter-reports')
        OR listed.membership_id IN (SELECT own.id FROM membership AS own WHERE own.chapter_id = of_chapter AND own.person_id = acting_person())
     ORDER BY listed.place, listed.folded_name, listed.membership_id;
END
$$;

GRANT EXECUTE ON FUNCTION app.attendance, app.summaries_of TO chapterhouse_app;
