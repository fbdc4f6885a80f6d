-- Giving (domain page §6, Exactly 14 and 15): what members gave and took, and the ledger of social capital.

-- What a deposit or withdrawal of each kind weighs, with the days on which it does; the first version holds before itself, too.
CREATE OR REPLACE FUNCTION app.weights_in_force(of_chapter integer)
    RETURNS TABLE (first_day date, last_day date, kind text, weight numeric)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT version.first_day, version.last_day, weighed.kind, weighed.weight
      FROM (SELECT CASE WHEN lag(policy.valid_from) OVER (ORDER BY policy.valid_from) IS NULL THEN '-infinity' ELSE policy.valid_from END AS first_day,
                   coalesce(lead(policy.valid_from) OVER (ORDER BY policy.valid_from) - 1, 'infinity') AS last_day, policy.*
              FROM policy WHERE policy.chapter_id = of_chapter) AS version
     CROSS JOIN LATERAL (VALUES
           ('referral given', version.referral_given_weight), ('introduction made', version.introduction_made_weight),
           ('visitor', version.visitor_weight), ('testimonial', version.testimonial_weight),
           ('one-to-one', version.one_to_one_weight), ('month in office', version.office_month_weight),
           ('need answered', version.need_answered_weight), ('referral received', version.referral_received_weight),
           ('introduction received', version.introduction_received_weight), ('need posted', version.need_posted_weight)
           ) AS weighed (kind, weight);
END
$$;

-- One for each calendar month with a day in any office, however many, with the first such day of it.
DROP FUNCTION IF EXISTS app.months_in_office(integer, date, date);
CREATE FUNCTION app.months_in_office(of_chapter integer, since date, through date)
    RETURNS TABLE (membership_id bigint, first_day date, roles text[])
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT office.membership_id, min(greatest(office.from_on, month_start::date)), array_agg(DISTINCT office.role)
      FROM office
     CROSS JOIN LATERAL generate_series(date_trunc('month', greatest(office.from_on, since)::timestamp),
                                        least(office.to_on, through)::timestamp, interval '1 month') AS month_start
     WHERE office.chapter_id = of_chapter AND office.from_on <= through AND coalesce(office.to_on, 'infinity') >= since
     GROUP BY office.membership_id, month_start;
END
$$;

-- Every deposit and withdrawal of some days, in the membership in which it counts; points unrounded, both sides positive.
-- A referral declined until `known_on`, which may be after the last day, is no deposit.
CREATE OR REPLACE FUNCTION app.social_capital(of_chapter integer, since date, through date, known_on date)
    RETURNS TABLE (membership_id bigint, day date, is_deposit boolean, kind text, record uuid, other text, points numeric)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH referral_then AS (
        SELECT referral.id, referral.giver_id, referral.giver_outsider_id, referral.receiver_id, referral.receiver_outsider_id,
               referral.unplaced_profession, referral.passed_on, coalesce(referral.warmth, 3) AS warmth,
               coalesce(moved.step, referral.status) = 'declined' AS is_declined
          FROM referral
          LEFT JOIN moved_since(of_chapter, known_on) AS moved ON moved.referral_id = referral.id
         WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN since AND through
    ), entry (membership_id, day, is_deposit, kind, record, other_id, other_outsider, other, share) AS (
        SELECT giver_id, passed_on, true, 'referral given', id, receiver_id, receiver_outsider_id, NULL, quotient(warmth, 3)
          FROM referral_then WHERE unplaced_profession IS NULL AND NOT is_declined
        UNION ALL
        SELECT receiver_id, passed_on, false, 'referral received', id, giver_id, giver_outsider_id, NULL, 1 FROM referral_then
        UNION ALL
        SELECT connector_id, made_on, true, 'introduction made', id, first_id, first_outsider_id, first_name::text, 1
          FROM introduction WHERE chapter_id = of_chapter AND made_on BETWEEN since AND through
        UNION ALL
        SELECT introduced.member, made_on, false, 'introduction received', id, connector_id, connector_outsider_id, NULL, 1
          FROM introduction CROSS JOIN LATERAL (VALUES (first_id), (second_id)) AS introduced (member)
         WHERE chapter_id = of_chapter AND made_on BETWEEN since AND through
        UNION ALL
        SELECT inviter_id, visit_on, true, 'visitor', id, NULL, NULL, name::text, 1
          FROM visitor
         WHERE chapter_id = of_chapter AND visit_on BETWEEN since AND through AND came AND visitor.kind <> 'substitute'
        UNION ALL
        SELECT giver_id, given_on, true, 'testimonial', id, receiver_id, receiver_outsider_id, NULL, 1
          FROM testimonial WHERE chapter_id = of_chapter AND given_on BETWEEN since AND through
        UNION ALL
        SELECT side.member, met_on, true, 'one-to-one', id, side.other, side.outsider, NULL, 1
          FROM one_to_one
         CROSS JOIN LATERAL (VALUES (first_id, second_id, second_outsider_id), (second_id, first_id, NULL)) AS side (member, other, outsider)
         WHERE chapter_id = of_chapter AND met_on BETWEEN since AND through
        UNION ALL
        -- On the first day in office of each month.
        SELECT term.membership_id, term.first_day, true, 'month in office', NULL::uuid, NULL::bigint, NULL::bigint, array_to_string(term.roles, ', '), 1
          FROM months_in_office(of_chapter, since, through) AS term
        UNION ALL
        SELECT answered_by, answered_on, true, 'need answered', id, posting.membership_id, NULL, NULL, 1
          FROM posting WHERE chapter_id = of_chapter AND posting.kind = 'need' AND answered_on BETWEEN since AND through
        UNION ALL
        SELECT posting.membership_id, posted_on, false, 'need posted', id, NULL, NULL, posting.profession, 1
          FROM posting WHERE chapter_id = of_chapter AND posting.kind = 'need' AND posted_on BETWEEN since AND through
    )
    SELECT entry.membership_id, entry.day, entry.is_deposit, entry.kind, entry.record,
           -- A visitor is a third party: named to the inviter, and to those who look after visitors.
           CASE WHEN entry.kind <> 'visitor' OR may('see-visitors') OR own.person_id = acting_person()
                THEN coalesce(entry.other, member.name, outsider.name || ' @ ' || outsider.home, outsider.home) END,
           entry.share * weighed.weight
      FROM entry
      JOIN membership AS own ON own.chapter_id = of_chapter AND own.id = entry.membership_id
                            AND entry.day BETWEEN greatest(own.joined_on, since) AND coalesce(own.ended_on, 'infinity')
      JOIN weights_in_force(of_chapter) AS weighed ON weighed.kind = entry.kind AND entry.day BETWEEN weighed.first_day AND weighed.last_day
      LEFT JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = entry.other_id
      LEFT JOIN outsider ON outsider.chapter_id = of_chapter AND outsider.id = entry.other_outsider;
END
$$;

-- Whether the first deposit of a membership is not after its first withdrawal; null where there is neither. Every ledger is
-- read from the day of joining to the first entry that can decide, however long ago that was.
CREATE OR REPLACE FUNCTION app.gave_first(of_chapter integer, member bigint, joined_on date, last_day date, known_on date) RETURNS boolean
    LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_variable
DECLARE
    tomorrow timestamptz := (known_on + 1)::timestamp AT TIME ZONE (SELECT time_zone FROM chapter WHERE chapter.id = of_chapter);
    deposit  date;
    until    date;
BEGIN
    deposit := (SELECT referral.passed_on FROM referral
                 WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN joined_on AND last_day
                   AND referral.giver_id = member AND referral.unplaced_profession IS NULL
                   AND CASE WHEN EXISTS (SELECT FROM referral_step AS step
                                          WHERE step.chapter_id = of_chapter AND step.referral_id = referral.id AND step.at >= tomorrow)
                            THEN step_as_of(of_chapter, referral.id, known_on) ELSE referral.status END <> 'declined'
                 ORDER BY referral.passed_on LIMIT 1);
    -- Of the other ledgers, only what was before.
    until := coalesce(deposit, last_day);
    deposit := least(deposit, (SELECT met_on FROM one_to_one
                                WHERE chapter_id = of_chapter AND met_on BETWEEN joined_on AND until AND member IN (first_id, second_id)
                                ORDER BY met_on LIMIT 1));
    until := coalesce(deposit, last_day);
    deposit := least(deposit, (SELECT given_on FROM testimonial
                                WHERE chapter_id = of_chapter AND given_on BETWEEN joined_on AND until AND giver_id = member
                                ORDER BY given_on LIMIT 1));
    until := coalesce(deposit, last_day);
    deposit := least(deposit,
                     (SELECT min(made_on) FROM introduction
                       WHERE chapter_id = of_chapter AND made_on BETWEEN joined_on AND until AND connector_id = member),
                     (SELECT min(visit_on) FROM visitor
                       WHERE chapter_id = of_chapter AND visit_on BETWEEN joined_on AND until AND inviter_id = member
                         AND came AND kind <> 'substitute'),
                     (SELECT min(answered_on) FROM posting
                       WHERE chapter_id = of_chapter AND kind = 'need' AND answered_by = member AND answered_on BETWEEN joined_on AND until),
                     (SELECT min(term.first_day) FROM months_in_office(of_chapter, joined_on, until) AS term
                       WHERE term.membership_id = member AND term.first_day >= joined_on));
    -- A withdrawal on the same day does not make a taker of a giver.
    until := coalesce(deposit - 1, last_day);
    IF EXISTS (SELECT FROM referral
                WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN joined_on AND until AND referral.receiver_id = member)
       OR EXISTS (SELECT FROM introduction
                   WHERE chapter_id = of_chapter AND made_on BETWEEN joined_on AND until AND member IN (first_id, second_id))
       OR EXISTS (SELECT FROM posting
                   WHERE chapter_id = of_chapter AND posted_on BETWEEN joined_on AND until AND kind = 'need' AND membership_id = member)
    THEN
        RETURN false;
    END IF;
    RETURN CASE WHEN deposit IS NOT NULL THEN true END;
END
$$;

-- A row for each membership with a day in the period, of those whom the reader may see, and what all come to.
CREATE OR REPLACE FUNCTION app.giving_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, member_id bigint, member_name text, referrals_given bigint, referrals_received bigint, giving_ratio numeric,
        deposits numeric, withdrawals numeric, social_capital numeric, gave_first boolean
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
    -- One plan for all chapters, however much of a table a chapter's history seems to be.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    through  date := last_day_counted(of_chapter, to_day, as_of);
    known_on date := last_day_counted(of_chapter, 'infinity', as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH member AS (
        SELECT * FROM reported_members(of_chapter, from_day, through)
    ), referred AS (
        SELECT member.id, count(*) FILTER (WHERE side.gave) AS given, count(*) FILTER (WHERE NOT side.gave) AS received
          FROM referral
         CROSS JOIN LATERAL (VALUES (giver_id, true), (receiver_id, false)) AS side (member, gave)
          JOIN member ON member.id = side.member AND referral.passed_on BETWEEN member.joined_on AND member.last_day
         WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN from_day AND through AND unplaced_profession IS NULL
         GROUP BY member.id
    ), capital AS (
        SELECT entry.membership_id,
               coalesce(sum(entry.points) FILTER (WHERE entry.is_deposit), 0) AS deposits,
               coalesce(sum(entry.points) FILTER (WHERE NOT entry.is_deposit), 0) AS withdrawals
          FROM social_capital(of_chapter, from_day, through, known_on) AS entry
         GROUP BY entry.membership_id
    ), summed AS (
        SELECT grouping(member.id) = 1 AS is_total, member.id, min(member.name) AS name, min(member.folded_name) AS folded_name,
               coalesce(bool_or(member.is_listed), true) AS is_listed,
               coalesce(sum(referred.given), 0)::bigint AS given, coalesce(sum(referred.received), 0)::bigint AS received,
               coalesce(sum(capital.deposits), 0) AS deposits, coalesce(sum(capital.withdrawals), 0) AS withdrawals,
               min(member.joined_on) AS joined_on, min(member.last_day) AS last_day
          FROM member
          LEFT JOIN referred ON referred.id = member.id
          LEFT JOIN capital ON capital.membership_id = member.id
         GROUP BY GROUPING SETS ((member.id), ())
    )
    SELECT summed.is_total, summed.id, CASE WHEN NOT summed.is_total THEN summed.name END, summed.given, summed.received,
           printed(quotient(summed.given, summed.received), 4),
           printed(summed.deposits, 2), printed(summed.withdrawals, 2), printed(summed.deposits - summed.withdrawals, 2),
           CASE WHEN NOT summed.is_total THEN gave_first(of_chapter, summed.id, summed.joined_on, summed.last_day, known_on) END
      FROM summed
     WHERE summed.is_total OR summed.is_listed
     ORDER BY summed.is_total, summed.folded_name, summed.id;
END
$$;

-- The ledger behind it: every deposit and withdrawal of the period, the oldest first.
CREATE OR REPLACE FUNCTION app.giving_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, kind text, other text, points numeric, record text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through  date := last_day_counted(of_chapter, to_day, as_of);
    known_on date := last_day_counted(of_chapter, 'infinity', as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT member.id, member.name, CASE WHEN entry.is_deposit THEN 'deposits' ELSE 'withdrawals' END, entry.day, entry.kind, entry.other,
           printed(CASE WHEN entry.is_deposit THEN entry.points ELSE -entry.points END, 4), entry.record::text
      FROM social_capital(of_chapter, from_day, through, known_on) AS entry
      JOIN reported_members(of_chapter, from_day, through) AS member ON member.id = entry.membership_id AND member.is_listed
     ORDER BY entry.day, member.folded_name, member.id, entry.kind, entry.record;
END
$$;

GRANT EXECUTE ON FUNCTION app.giving_members, app.giving_entries TO chapterhouse_app;
