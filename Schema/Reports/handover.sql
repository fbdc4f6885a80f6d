-- The handover (domain page §1): what the next team needs to know, at the end of a day. Each table is for those who may see
-- what is in it; nobody's private figures are.

-- Who serves that day, and who will; the leading offices that nobody holds come first.
CREATE OR REPLACE FUNCTION app.handover_terms(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (role text, member_id bigint, member_name text, from_on date, to_on date, standing text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH term AS (
        SELECT office_kind.title, office.role, member.id, member.name::text, member.folded_name, office.from_on, office.to_on,
               CASE WHEN office.from_on > through THEN 'to come' WHEN office.to_on <= through + 90 THEN 'ends within 90 days' ELSE 'in office' END AS standing
          FROM office
          JOIN office_kind ON office_kind.role = office.role
          JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = office.membership_id
         WHERE office.chapter_id = of_chapter AND coalesce(office.to_on, 'infinity') >= through
        UNION ALL
        SELECT office_kind.title, office_kind.role, NULL, NULL, NULL, NULL, NULL, 'vacant'
          FROM office_kind
         WHERE office_kind.role IN ('president', 'vice-president', 'secretary-treasurer')
           AND NOT EXISTS (SELECT FROM office
                            WHERE office.chapter_id = of_chapter AND office.role = office_kind.role
                              AND through BETWEEN office.from_on AND coalesce(office.to_on, 'infinity'))
    )
    SELECT term.title, term.id, term.name, term.from_on, term.to_on, term.standing
      FROM term
     ORDER BY term.standing <> 'vacant', term.role, term.from_on, term.folded_name, term.id;
END
$$;

-- What was begun and waits for somebody at the end of a day. A referral was not followed up after the policy's hours, and
-- stands still after 90 days without a step.
CREATE OR REPLACE FUNCTION app.open_tasks(of_chapter integer, through date)
    RETURNS TABLE (figure text, membership_id bigint, giver_id bigint, since date, due_on date, standing text, record uuid)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    zone     text := (SELECT time_zone FROM chapter WHERE chapter.id = of_chapter);
    tomorrow timestamptz := (through + 1)::timestamp AT TIME ZONE zone;
    within   integer := (SELECT ceil(version.contact_within_hours / 24.0)::integer FROM policy AS version
                          WHERE version.chapter_id = of_chapter
                          ORDER BY version.valid_from <= through DESC, CASE WHEN version.valid_from <= through THEN version.valid_from END DESC,
                                   version.valid_from
                          LIMIT 1);
BEGIN
    RETURN QUERY
    WITH moved AS MATERIALIZED (
        SELECT * FROM moved_since(of_chapter, through)
    ), known AS (
        SELECT referral.*, referral.status AS step FROM referral
         WHERE referral.chapter_id = of_chapter AND referral.receiver_id IS NOT NULL AND referral.status NOT IN ('won', 'lost', 'declined')
           AND referral.id NOT IN (SELECT moved.referral_id FROM moved)
        UNION ALL
        SELECT referral.*, moved.step
          FROM moved
          JOIN referral ON referral.chapter_id = of_chapter AND referral.id = moved.referral_id
         WHERE referral.receiver_id IS NOT NULL AND moved.step NOT IN ('won', 'lost', 'declined')
    ), waiting AS (
        SELECT known.id, known.receiver_id, known.giver_id, known.passed_on, known.step,
               CASE WHEN known.step = 'passed' THEN known.passed_on + within
                    ELSE coalesce((SELECT max((step.at AT TIME ZONE zone)::date) FROM referral_step AS step
                                    WHERE step.chapter_id = of_chapter AND step.referral_id = known.id AND step.at < tomorrow),
                                  known.passed_on) + 90 END AS due_on
          FROM known
         WHERE known.import_batch_id IS NULL AND known.passed_on <= through
    )
    SELECT 'open_referrals', waiting.receiver_id, waiting.giver_id, waiting.passed_on, waiting.due_on,
           CASE WHEN waiting.due_on >= through THEN 'under way' WHEN waiting.step = 'passed' THEN 'not followed up' ELSE 'stands still' END,
           waiting.id
      FROM waiting
    UNION ALL
    SELECT 'visitors', visitor.inviter_id, NULL, visitor.visit_on, NULL, 'not contacted', visitor.id
      FROM visitor
     WHERE visitor.chapter_id = of_chapter AND visitor.came AND visitor.status = 'new' AND visitor.kind <> 'substitute'
       AND visitor.visit_on <= through
    UNION ALL
    SELECT 'needs', posting.membership_id, NULL, posting.posted_on, posting.until, 'not answered', posting.id
      FROM posting
     WHERE posting.chapter_id = of_chapter AND posting.kind = 'need' AND posting.posted_on <= through
       AND coalesce(least(posting.until, posting.answered_on - 1), 'infinity') >= through;
END
$$;

-- A row for each member for whom something waits, and one, without a member, for visitors whom nobody of them invited.
DROP FUNCTION IF EXISTS app.handover_tasks(integer, date, date, timestamptz);
CREATE FUNCTION app.handover_tasks(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, member_id bigint, member_name text, open_referrals bigint, not_followed_up bigint, stand_still bigint, oldest_days bigint,
        visitors bigint, needs bigint
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT grouping(task.membership_id) = 1, task.membership_id,
           CASE WHEN grouping(task.membership_id) = 0 THEN coalesce(min(member.name), 'nobody')::text END,
           count(*) FILTER (WHERE task.figure = 'open_referrals'),
           count(*) FILTER (WHERE task.standing = 'not followed up'), count(*) FILTER (WHERE task.standing = 'stands still'),
           (through - min(task.since) FILTER (WHERE task.figure = 'open_referrals'))::bigint,
           count(*) FILTER (WHERE task.figure = 'visitors'), count(*) FILTER (WHERE task.figure = 'needs')
      FROM open_tasks(of_chapter, through) AS task
      LEFT JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = task.membership_id
     GROUP BY GROUPING SETS ((task.membership_id), ())
     ORDER BY grouping(task.membership_id), min(member.folded_name) NULLS LAST, task.membership_id;
END
$$;

-- The records that wait, the oldest first.
CREATE OR REPLACE FUNCTION app.handover_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, standing text, due_on date, days bigint, giver text, record text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT member.id, coalesce(member.name, 'nobody')::text, task.figure, task.since, task.standing, task.due_on, (through - task.since)::bigint,
           giver.name::text, task.record::text
      FROM open_tasks(of_chapter, through) AS task
      LEFT JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = task.membership_id
      LEFT JOIN membership AS giver ON giver.chapter_id = of_chapter AND giver.id = task.giver_id
     ORDER BY task.since, member.folded_name, member.id, task.figure, task.record;
END
$$;

-- Sheets that are not sealed, though their day has come.
CREATE OR REPLACE FUNCTION app.handover_meetings(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (day date, kind text, status text, marks_missing bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT meeting.local_date, meeting.kind, CASE meeting.status WHEN 'open' THEN 'not sealed' ELSE 'not opened' END,
           (SELECT count(*) FROM membership AS member
             WHERE member.chapter_id = of_chapter AND meeting.kind = 'regular'
               AND meeting.local_date BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
               AND NOT EXISTS (SELECT FROM membership_leave AS leave
                                WHERE leave.chapter_id = of_chapter AND leave.membership_id = member.id
                                  AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
               AND NOT EXISTS (SELECT FROM mark
                                WHERE mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.membership_id = member.id))
      FROM meeting
     WHERE meeting.chapter_id = of_chapter AND meeting.status IN ('scheduled', 'open') AND meeting.local_date <= through
     ORDER BY meeting.local_date, meeting.id;
END
$$;

-- Applications that nobody had decided; for those who may see applications.
CREATE OR REPLACE FUNCTION app.handover_applications(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (name text, seat text, applied_on date, sponsor_id bigint, sponsor_name text, checked bigint, yes bigint, no bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-applications') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT application.name::text, application.title::text, application.applied_on, sponsor.id, sponsor.name::text,
           (SELECT count(*) FROM application_reference AS asked
             WHERE asked.chapter_id = of_chapter AND asked.application_id = application.id AND asked.checked_on <= through),
           (SELECT count(*) FROM application_vote AS vote
             WHERE vote.chapter_id = of_chapter AND vote.application_id = application.id AND vote.vote = 'yes'),
           (SELECT count(*) FROM application_vote AS vote
             WHERE vote.chapter_id = of_chapter AND vote.application_id = application.id AND vote.vote = 'no')
      FROM application
      LEFT JOIN membership AS sponsor ON sponsor.chapter_id = of_chapter AND sponsor.id = application.sponsor_id
     WHERE application.chapter_id = of_chapter AND application.applied_on <= through
       AND coalesce(application.decided_on, 'infinity') > through
     ORDER BY application.applied_on, application.recorded_at, application.id;
END
$$;

-- What was due and is not paid; for those who may see dues.
CREATE OR REPLACE FUNCTION app.handover_arrears(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (is_total boolean, member_id bigint, member_name text, arrears numeric, due_since date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date    := last_day_counted(of_chapter, to_day, as_of);
    digits  integer := decimals_of(of_chapter);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-dues') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT grouping(member.id) = 1, member.id, CASE WHEN grouping(member.id) = 0 THEN min(member.name)::text END, printed_amount(coalesce(sum(balance.arrears), 0), digits),
           min(balance.due_since)
      FROM balances(of_chapter, through) AS balance
      JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = balance.membership_id
     WHERE balance.arrears > 0
     GROUP BY GROUPING SETS ((member.id), ())
     ORDER BY grouping(member.id), min(balance.due_since), min(member.folded_name), member.id;
END
$$;

-- Those who have used up what is allowed, or more, as the report of absences says it.
CREATE OR REPLACE FUNCTION app.handover_absences(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, used numeric, allowed bigint, next_drop date, standing text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT line.member_id, line.member_name, line.used, line.allowed, line.next_drop, line.standing
      FROM absences_members(of_chapter, from_day, to_day, as_of) AS line
     WHERE line.standing <> 'within it' AND line.used > 0;
END
$$;

-- Memberships that are to be renewed within 90 days, or should have been.
CREATE OR REPLACE FUNCTION app.handover_renewals(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, renews_on date, days numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT member.id, member.name::text, member.renews_on, (member.renews_on - through)::numeric
      FROM membership AS member
     WHERE member.chapter_id = of_chapter AND through BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
       AND member.renews_on <= through + 90
     ORDER BY member.renews_on, member.folded_name, member.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.handover_terms, app.handover_tasks, app.handover_meetings, app.handover_applications, app.handover_arrears,
                          app.handover_absences, app.handover_renewals, app.handover_entries TO chapterhouse_app;
