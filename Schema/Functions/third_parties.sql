-- People who are no members, and of whom a chapter keeps something: for a time.

-- Forgets visitors two years after their visit, and those whom a referral is about two years after it came to its end. Counts
-- and sums stay; professions, which are of seats and not of people, stay, too. Done every night.
CREATE OR REPLACE FUNCTION app.forget_third_parties() RETURNS void
    LANGUAGE sql
    SET search_path = app, pg_temp
AS $$
    UPDATE visitor
       SET name = 'somebody', folded_name = 'somebody', email = NULL, phone = NULL, company = NULL, greeting = NULL, declined_because = NULL,
           further_visit_because = NULL, lost_because = CASE WHEN lost_because IS NOT NULL THEN 'not kept any more' END, erased_at = this_instant()
     WHERE erased_at IS NULL AND visit_on < (this_instant() - interval '24 months')::date;
    UPDATE prospect
       SET name = NULL, company = NULL, phone = NULL, email = NULL, erased_at = this_instant()
      FROM referral
     WHERE prospect.erased_at IS NULL AND referral.chapter_id = prospect.chapter_id AND referral.id = prospect.referral_id
       AND referral.status IN ('won', 'lost', 'declined')
       AND (SELECT max(step.at) FROM referral_step AS step
             WHERE step.chapter_id = referral.chapter_id AND step.referral_id = referral.id) < this_instant() - interval '24 months'
$$;
