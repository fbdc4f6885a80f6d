-- The first steps of a new member: what is done the records tell, and nothing is stored.

-- Each step, by when it is due after joining, and since when it is done; to the member, their mentor and those who may see
-- the chapter's reports.
CREATE OR REPLACE FUNCTION app.first_steps(of_chapter integer, member bigint) RETURNS TABLE (step text, due_on date, done_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    own membership;
BEGIN
    SELECT * INTO own FROM membership AS known WHERE known.chapter_id = of_chapter AND known.id = member;
    IF NOT FOUND OR of_chapter IS DISTINCT FROM acting_chapter()
       OR NOT (may('see-chapter-reports') OR own.person_id = acting_person()
               OR EXISTS (SELECT FROM membership AS mentor WHERE mentor.chapter_id = of_chapter AND mentor.id = own.mentor_id AND mentor.person_id = acting_person())) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH met AS (
        SELECT other.id, min(talk.met_on) AS day
          FROM one_to_one AS talk
         CROSS JOIN LATERAL (VALUES (CASE WHEN talk.first_id = member THEN talk.second_id ELSE talk.first_id END)) AS other (id)
         WHERE talk.chapter_id = of_chapter AND member IN (talk.first_id, talk.second_id) AND talk.met_on >= own.joined_on AND other.id IS NOT NULL
         GROUP BY other.id
    )
    SELECT named.step, own.joined_on + 7 * named.weeks, named.day
      FROM (VALUES
          (1, 'profile', (SELECT (told.changed_at AT TIME ZONE home.time_zone)::date
                            FROM profile AS told JOIN chapter AS home ON home.id = told.chapter_id
                           WHERE told.chapter_id = of_chapter AND told.membership_id = member
                             AND btrim(coalesce(told.goals, '')) <> '' AND btrim(coalesce(told.ideal_referral, '')) <> '')),
          (2, 'mentor', (SELECT met.day FROM met WHERE met.id = own.mentor_id)),
          (3, 'posting', (SELECT min(posted.posted_on) FROM posting AS posted
                           WHERE posted.chapter_id = of_chapter AND posted.membership_id = member AND posted.posted_on >= own.joined_on)),
          (6, 'visitor', (SELECT min(least((guest.recorded_at AT TIME ZONE home.time_zone)::date, guest.visit_on))
                            FROM visitor AS guest JOIN chapter AS home ON home.id = guest.chapter_id
                           WHERE guest.chapter_id = of_chapter AND guest.inviter_id = member AND guest.kind <> 'substitute')),
          (6, 'referral', (SELECT min(passed.passed_on) FROM referral AS passed
                            WHERE passed.chapter_id = of_chapter AND passed.giver_id = member AND passed.unplaced_profession IS NULL)),
          (8, 'four-members', (SELECT met.day FROM met ORDER BY met.day, met.id OFFSET 3 LIMIT 1)),
          (10, 'education', (SELECT min(learned.done_on) FROM education_unit AS learned
                              WHERE learned.chapter_id = of_chapter AND learned.membership_id = member AND learned.done_on >= own.joined_on)),
          (16, 'part', (SELECT min(night.local_date)
                          FROM meeting_part AS part JOIN meeting AS night ON night.chapter_id = part.chapter_id AND night.id = part.meeting_id
                         WHERE part.chapter_id = of_chapter AND part.membership_id = member AND night.local_date BETWEEN own.joined_on AND today(of_chapter)
                           AND night.status NOT IN ('cancelled', 'holiday')))
      ) AS named (weeks, step, day)
     ORDER BY named.weeks, named.step DESC;
END
$$;

-- How far whoever acts, and those whose mentor they are, came in their first 120 days: while something is still to do.
CREATE OR REPLACE FUNCTION app.first_steps_under_way(of_chapter integer)
    RETURNS TABLE (member_id bigint, member_name text, is_own boolean, done bigint, steps bigint, next_step text, next_due date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT newcomer.id, newcomer.name::text, newcomer.person_id = acting_person(), count(taken.done_on), count(*),
           (array_agg(taken.step ORDER BY taken.due_on) FILTER (WHERE taken.done_on IS NULL))[1],
           min(taken.due_on) FILTER (WHERE taken.done_on IS NULL)
      FROM membership AS newcomer
      LEFT JOIN membership AS mentor ON mentor.chapter_id = of_chapter AND mentor.id = newcomer.mentor_id
     CROSS JOIN LATERAL first_steps(of_chapter, newcomer.id) AS taken
     WHERE newcomer.chapter_id = of_chapter AND acting_person() IN (newcomer.person_id, mentor.person_id)
       AND newcomer.joined_on BETWEEN today(of_chapter) - 120 AND today(of_chapter)
       AND coalesce(newcomer.ended_on, 'infinity') >= today(of_chapter)
     GROUP BY newcomer.id, newcomer.name, newcomer.person_id, newcomer.joined_on, newcomer.folded_name
    HAVING count(*) > count(taken.done_on)
     ORDER BY newcomer.person_id = acting_person() DESC, newcomer.joined_on, newcomer.folded_name, newcomer.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.first_steps, app.first_steps_under_way TO chapterhouse_app;
