-- People who are no members, and of whom a chapter keeps something: for a time.

-- For how many months each kind of what is kept of people is kept; docs/privacy.md has it as a table.
CREATE OR REPLACE FUNCTION app.months_kept(kind text) RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN CASE kind WHEN 'session' THEN interval '3 months' WHEN 'mail' THEN interval '12 months' ELSE interval '24 months' END;

-- Forgets visitors two years after their visit, and those whom a referral is about two years after it came to its end; the other
-- names of people who are no members two years after the day of the record; applications after their decision; contacts that
-- nobody has been in touch with since. Mails that were sent, what was signed in and who saw what go after a time, too. Counts and
-- sums stay; professions, which are of seats and not of people, stay, too. Done every night.
CREATE OR REPLACE FUNCTION app.forget_third_parties() RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    -- A name may go out of a sealed sheet.
    PERFORM set_config('app.erasing', 'on', true);
    UPDATE visitor
       SET name = 'somebody', folded_name = 'somebody', email = NULL, phone = NULL, company = NULL, greeting = NULL, declined_because = NULL,
           further_visit_because = NULL, lost_because = CASE WHEN lost_because IS NOT NULL THEN 'not kept any more' END, erased_at = this_instant()
     WHERE erased_at IS NULL AND visit_on < (this_instant() - months_kept('visitor'))::date;
    UPDATE prospect
       SET name = NULL, company = NULL, phone = NULL, email = NULL, erased_at = this_instant()
      FROM referral
     WHERE prospect.erased_at IS NULL AND referral.chapter_id = prospect.chapter_id AND referral.id = prospect.referral_id
       AND referral.status IN ('won', 'lost', 'declined')
       AND (SELECT max(step.at) FROM referral_step AS step
             WHERE step.chapter_id = referral.chapter_id AND step.referral_id = referral.id) < this_instant() - months_kept('prospect');
    UPDATE closed_business SET thanked_visitor = 'somebody'
     WHERE thanked_visitor <> 'somebody' AND closed_on < (this_instant() - months_kept('slip'))::date;
    UPDATE introduction
       SET first_name = CASE WHEN first_name IS NOT NULL THEN 'somebody' END, second_name = CASE WHEN second_name IS NOT NULL THEN 'somebody' END
     WHERE (first_name <> 'somebody' OR second_name <> 'somebody') AND made_on < (this_instant() - months_kept('slip'))::date;
    UPDATE mark SET stand_in = NULL
      FROM meeting
     WHERE mark.stand_in IS NOT NULL AND meeting.chapter_id = mark.chapter_id AND meeting.id = mark.meeting_id
       AND meeting.local_date < (this_instant() - months_kept('slip'))::date;
    UPDATE announced_absence SET stand_in = NULL, reason = NULL
      FROM meeting
     WHERE num_nonnulls(announced_absence.stand_in, announced_absence.reason) > 0
       AND meeting.chapter_id = announced_absence.chapter_id AND meeting.id = announced_absence.meeting_id
       AND meeting.local_date < (this_instant() - months_kept('slip'))::date;
    UPDATE application_reference SET name = 'somebody', contact = NULL, outcome = NULL
      FROM application
     WHERE application.chapter_id = application_reference.chapter_id AND application.id = application_reference.application_id
       AND application.erased_at IS NULL AND application.decided_on < (this_instant() - months_kept('application'))::date;
    UPDATE application
       SET name = 'somebody', folded_name = 'somebody', company = NULL, email = NULL, phone = NULL, notes = NULL,
           reason = CASE WHEN reason IS NOT NULL THEN 'not kept any more' END, erased_at = this_instant()
     WHERE erased_at IS NULL AND decided_on < (this_instant() - months_kept('application'))::date;
    -- In touch is who did something about them, met them, or means to.
    UPDATE contact
       SET name = 'somebody', folded_name = 'somebody', company = NULL, profession = NULL, phone = NULL, email = NULL, met_where = NULL,
           notes = NULL, is_shared = false, cadence_days = NULL, member_id = NULL, visitor_id = NULL, erased_at = this_instant()
     WHERE erased_at IS NULL AND greatest(recorded_at, met_on) < this_instant() - months_kept('contact')
       AND NOT EXISTS (SELECT FROM follow_up
                        WHERE follow_up.chapter_id = contact.chapter_id AND follow_up.contact_id = contact.id
                          AND CASE WHEN follow_up.ending = 'done' THEN follow_up.ended_on WHEN follow_up.ending IS NULL THEN follow_up.due_on END
                              >= (this_instant() - months_kept('contact'))::date)
       AND NOT EXISTS (SELECT FROM activity_contact AS met JOIN activity ON activity.chapter_id = met.chapter_id AND activity.id = met.activity_id
                        WHERE met.chapter_id = contact.chapter_id AND met.contact_id = contact.id
                          AND activity.done_on >= (this_instant() - months_kept('contact'))::date);
    UPDATE follow_up SET text = NULL, outcome = NULL
      FROM contact
     WHERE contact.erased_at IS NOT NULL AND contact.chapter_id = follow_up.chapter_id AND contact.id = follow_up.contact_id
       AND num_nonnulls(follow_up.text, follow_up.outcome) > 0;
    DELETE FROM mail WHERE coalesce(sent_at, given_up_at) < this_instant() - months_kept('mail');
    DELETE FROM session WHERE coalesce(ended_at, expires_at) < this_instant() - months_kept('session');
    DELETE FROM one_time_link WHERE coalesce(ended_at, expires_at) < this_instant() - months_kept('session');
    DELETE FROM access_event WHERE at < this_instant() - months_kept('access');
    PERFORM set_config('app.erasing', '', true);
END
$$;
