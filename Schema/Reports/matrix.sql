-- Relations (domain page §6, Exactly 17): who gave, met and thanked whom. People, not memberships: somebody who came back
-- is one row, under the newest membership.

-- The people of a chapter until a day, each under the newest membership; present are those who are members that day and
-- not on leave.
CREATE OR REPLACE FUNCTION app.people_of(of_chapter integer, through date, opened_to text)
    RETURNS TABLE (
        person_id bigint, id bigint, name text, folded_name text, first_day date, last_day date,
        is_present boolean, is_open boolean, is_oneself boolean
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (membership.person_id) membership.person_id, membership.id, membership.name::text, membership.folded_name,
           min(membership.joined_on) OVER (PARTITION BY membership.person_id), least(membership.ended_on, through),
           coalesce(membership.ended_on, 'infinity') >= through
           AND NOT EXISTS (SELECT FROM membership_leave AS leave
                            WHERE leave.chapter_id = of_chapter AND leave.membership_id = membership.id
                              AND through BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity')),
           figures_are_open(membership.person_id, membership.shares_figures, opened_to),
           coalesce(membership.person_id = acting_person(), false)
      FROM membership
     WHERE membership.chapter_id = of_chapter AND membership.joined_on <= through
     ORDER BY membership.person_id, membership.joined_on DESC;
END
$$;

-- Every placed referral between two members, from giver to receiver, and every one-to-one, from either to the other, on a
-- day on which both were members.
CREATE OR REPLACE FUNCTION app.relations(of_chapter integer, since date, through date)
    RETURNS TABLE (figure text, day date, giver bigint, receiver bigint, record uuid, is_open boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT met.figure, met.day, one.person_id, other.person_id, met.record, met.is_open
      FROM (SELECT 'referrals', passed_on, giver_id, receiver_id, id, status NOT IN ('won', 'lost', 'declined')
              FROM referral WHERE chapter_id = of_chapter AND passed_on BETWEEN since AND through
            UNION ALL
            SELECT 'one_to_ones', met_on, first_id, second_id, id, false
              FROM one_to_one WHERE chapter_id = of_chapter AND met_on BETWEEN since AND through
            UNION ALL
            SELECT 'one_to_ones', met_on, second_id, first_id, id, false
              FROM one_to_one WHERE chapter_id = of_chapter AND met_on BETWEEN since AND through
           ) AS met (figure, day, from_id, to_id, record, is_open)
      JOIN membership AS one ON one.chapter_id = of_chapter AND one.id = met.from_id
                            AND met.day BETWEEN one.joined_on AND coalesce(one.ended_on, 'infinity')
      JOIN membership AS other ON other.chapter_id = of_chapter AND other.id = met.to_id
                              AND met.day BETWEEN other.joined_on AND coalesce(other.ended_on, 'infinity');
END
$$;

-- The days that somebody was a member beside each who is present, by membership of either, and the last day on which they met
-- in a one-to-one. Both ways; one look into the index each way, however many years lie between.
CREATE OR REPLACE FUNCTION app.days_in_common(of_chapter integer, through date)
    RETURNS TABLE (one bigint, one_id bigint, other bigint, other_id bigint, first_day date, last_day date, last_met date)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH present AS MATERIALIZED (
        SELECT * FROM people_of(of_chapter, through, NULL) AS known WHERE known.is_present
    )
    SELECT one.person_id, one.id, other.person_id, other.id, common.first_day, common.last_day,
           greatest((SELECT max(talk.met_on) FROM one_to_one AS talk
                      WHERE talk.chapter_id = of_chapter AND talk.first_id = one.id AND talk.second_id = other.id
                        AND talk.met_on BETWEEN common.first_day AND common.last_day),
                    (SELECT max(talk.met_on) FROM one_to_one AS talk
                      WHERE talk.chapter_id = of_chapter AND talk.first_id = other.id AND talk.second_id = one.id
                        AND talk.met_on BETWEEN common.first_day AND common.last_day))
      FROM membership AS one
      JOIN present ON present.person_id <> one.person_id
      JOIN membership AS other ON other.chapter_id = of_chapter AND other.person_id = present.person_id
     CROSS JOIN LATERAL (SELECT greatest(one.joined_on, other.joined_on) AS first_day, least(one.ended_on, other.ended_on, through) AS last_day) AS common
     WHERE one.chapter_id = of_chapter AND common.first_day <= common.last_day;
END
$$;

-- What people earned through each other: `giver` was thanked by `receiver`.
CREATE OR REPLACE FUNCTION app.values_between(of_chapter integer, since date, through date)
    RETURNS TABLE (day date, giver bigint, receiver bigint, amount numeric)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT earned.day, thanked.person_id, earner.person_id, earned.amount
      FROM earnings(of_chapter, since, through) AS earned
      JOIN membership AS earner ON earner.chapter_id = of_chapter AND earner.id = earned.membership_id
      JOIN membership AS thanked ON thanked.chapter_id = of_chapter AND thanked.id = earned.thanked_id
                                AND earned.day BETWEEN thanked.joined_on AND coalesce(thanked.ended_on, 'infinity');
END
$$;

-- A row for each pair with anything between them in the period. What is thanked is known, by whom is not: a value is that
-- of the receiver's earnings, and shown to those who may see them.
CREATE OR REPLACE FUNCTION app.matrix_pairs(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, giver_id bigint, giver_name text, receiver_id bigint, receiver_name text,
        referrals bigint, referrals_back bigint, both_ways boolean, one_to_ones bigint, value numeric, withheld text[]
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
    PERFORM note_figures_seen('matrix', date_trunc('month', through::timestamp)::date, of_chapter, from_day, through, opened_to);
    RETURN QUERY
    WITH person AS MATERIALIZED (
        SELECT * FROM people_of(of_chapter, through, opened_to)
    ), worth AS MATERIALIZED (
        SELECT earned.giver, earned.receiver, sum(earned.amount) AS amount
          FROM values_between(of_chapter, from_day, through) AS earned
         GROUP BY earned.giver, earned.receiver
    ), hidden AS (
        SELECT count(DISTINCT worth.receiver) AS earners
          FROM worth JOIN person ON person.person_id = worth.receiver AND NOT person.is_open
         WHERE worth.amount > 0
    ), met AS (
        SELECT relation.giver, relation.receiver, count(*) FILTER (WHERE relation.figure = 'referrals') AS referrals,
               count(*) FILTER (WHERE relation.figure = 'one_to_ones') AS one_to_ones
          FROM relations(of_chapter, from_day, through) AS relation
         GROUP BY relation.giver, relation.receiver
    ), pair AS (
        SELECT coalesce(met.giver, worth.giver) AS giver, coalesce(met.receiver, worth.receiver) AS receiver,
               coalesce(met.referrals, 0) AS referrals, coalesce(met.one_to_ones, 0) AS one_to_ones, coalesce(worth.amount, 0) AS amount,
               met.giver IS NOT NULL AS is_known
          FROM met
          FULL JOIN worth ON worth.giver = met.giver AND worth.receiver = met.receiver
    ), printed AS (
        SELECT false AS is_total, giver.id AS giver_id, giver.name AS giver_name, giver.folded_name AS giver_order,
               receiver.id AS receiver_id, receiver.name AS receiver_name, receiver.folded_name AS receiver_order,
               pair.referrals, coalesce(back.referrals, 0) AS referrals_back, pair.one_to_ones, pair.amount,
               receiver.is_open OR hidden.earners = 0 AS is_seen
          FROM pair
         CROSS JOIN hidden
          JOIN person AS giver ON giver.person_id = pair.giver
          JOIN person AS receiver ON receiver.person_id = pair.receiver
          LEFT JOIN pair AS back ON back.giver = pair.receiver AND back.receiver = pair.giver
         WHERE (pair.is_known OR receiver.is_open) AND (may('see-chapter-reports') OR giver.is_oneself OR receiver.is_oneself)
        UNION ALL
        SELECT true, NULL, NULL, NULL, NULL, NULL, NULL, coalesce(sum(pair.referrals), 0)::bigint, NULL, coalesce(sum(pair.one_to_ones), 0)::bigint,
               coalesce(sum(pair.amount), 0), hides_enough(hidden.earners)
          FROM hidden LEFT JOIN pair ON true
         GROUP BY hidden.earners
    )
    SELECT printed.is_total, printed.giver_id, printed.giver_name, printed.receiver_id, printed.receiver_name,
           printed.referrals, printed.referrals_back, CASE WHEN NOT printed.is_total THEN printed.referrals > 0 AND printed.referrals_back > 0 END,
           printed.one_to_ones, CASE WHEN printed.is_seen THEN printed_amount(printed.amount, digits) END,
           CASE WHEN printed.is_seen THEN '{}' ELSE '{value}'::text[] END
      FROM printed
     ORDER BY printed.is_total, printed.giver_order, printed.giver_id, printed.receiver_order, printed.receiver_id;
END
$$;

-- How far each member's relations reach. A depth tells of earnings: it is withheld where one or two people earned in it
-- whose figures the reader may not see.
CREATE OR REPLACE FUNCTION app.matrix_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        member_id bigint, member_name text, depth bigint, met bigint, others bigint, coverage numeric,
        next_partner_id bigint, next_partner_name text, last_met date, withheld text[]
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
    -- One plan for all chapters, however much of a table a chapter's history seems to be.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    through   date := last_day_counted(of_chapter, to_day, as_of);
    opened_to text := earned_is_seen_by(of_chapter, last_day_counted(of_chapter, 'infinity', as_of));
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH known AS MATERIALIZED (
        SELECT * FROM people_of(of_chapter, through, opened_to)
    ), person AS (
        SELECT * FROM known WHERE known.last_day >= from_day AND (may('see-chapter-reports') OR known.is_oneself)
    ), past AS (
        SELECT pair.one, pair.other, max(pair.last_met) AS last_met,
               bool_or(EXISTS (SELECT FROM closed_business_earner AS earner
                                WHERE earner.chapter_id = of_chapter AND earner.membership_id = pair.one_id AND earner.thanked_id = pair.other_id
                                  AND earner.closed_on BETWEEN pair.first_day AND pair.last_day)) AS has_thanked,
               bool_or(EXISTS (SELECT FROM closed_business_earner AS earner
                                WHERE earner.chapter_id = of_chapter AND earner.membership_id = pair.other_id AND earner.thanked_id = pair.one_id
                                  AND earner.closed_on BETWEEN pair.first_day AND pair.last_day)) AS was_thanked
          FROM days_in_common(of_chapter, through) AS pair
          JOIN person ON person.person_id = pair.one
         GROUP BY pair.one, pair.other
    ), waiting AS (
        SELECT side.one, side.other, count(*) AS referrals
          FROM relations(of_chapter, from_day, through) AS relation
         CROSS JOIN LATERAL (VALUES (relation.giver, relation.receiver), (relation.receiver, relation.giver)) AS side (one, other)
         WHERE relation.figure = 'referrals'
           AND (relation.is_open OR relation.record IN (SELECT moved.referral_id FROM moved_since(of_chapter, through) AS moved
                                                         WHERE moved.step NOT IN ('won', 'lost', 'declined')))
         GROUP BY side.one, side.other
    ), other AS (
        SELECT person.person_id, other.person_id AS other, other.id, other.name, other.folded_name, other.is_open, past.last_met,
               coalesce(waiting.referrals, 0) AS waiting,
               coalesce(past.has_thanked, false) AS has_thanked, coalesce(past.was_thanked, false) AS was_thanked
          FROM person
          JOIN known AS other ON other.person_id <> person.person_id AND other.is_present
          LEFT JOIN past ON past.one = person.person_id AND past.other = other.person_id
          LEFT JOIN waiting ON waiting.one = person.person_id AND waiting.other = other.person_id
    ), reach AS (
        SELECT other.person_id, count(*) AS others, count(*) FILTER (WHERE other.last_met >= from_day) AS met,
               count(*) FILTER (WHERE other.has_thanked AND other.was_thanked) AS depth,
               count(*) FILTER (WHERE other.was_thanked AND NOT other.is_open) AS hidden_earners, bool_or(other.has_thanked) AS has_earned
          FROM other
         GROUP BY other.person_id
    ), next AS (
        SELECT DISTINCT ON (other.person_id) other.person_id, other.id, other.name, other.last_met
          FROM other
         ORDER BY other.person_id, other.last_met NULLS FIRST, other.waiting DESC, other.folded_name, other.id
    )
    SELECT person.id, person.name, CASE WHEN seen.depth_is_seen THEN coalesce(reach.depth, 0) END,
           coalesce(reach.met, 0), coalesce(reach.others, 0), printed(quotient(reach.met, reach.others), 4),
           CASE WHEN person.is_present THEN next.id END, CASE WHEN person.is_present THEN next.name END,
           CASE WHEN person.is_present THEN next.last_met END,
           CASE WHEN seen.depth_is_seen THEN '{}' ELSE '{depth}'::text[] END
      FROM person
      LEFT JOIN reach ON reach.person_id = person.person_id
      LEFT JOIN next ON next.person_id = person.person_id
     CROSS JOIN LATERAL (SELECT hides_enough(coalesce(reach.hidden_earners, 0)
                                             + (coalesce(reach.has_earned, false) AND NOT person.is_open)::integer) AS depth_is_seen) AS seen
     ORDER BY person.folded_name, person.id;
END
$$;

-- Pairs of people who are present and never gave each other a referral nor met in a one-to-one.
CREATE OR REPLACE FUNCTION app.matrix_gaps(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, other_id bigint, other_name text, since date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
    -- One plan for all chapters, however much of a table a chapter's history seems to be.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
    leads   boolean := may('see-chapter-reports');
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH person AS MATERIALIZED (
        SELECT * FROM people_of(of_chapter, through, NULL) AS known WHERE known.is_present
    ), common AS MATERIALIZED (
        SELECT * FROM days_in_common(of_chapter, through)
    ), given AS (
        SELECT referral.giver_id, referral.receiver_id, min(referral.passed_on) AS first_day, max(referral.passed_on) AS last_day
          FROM (SELECT DISTINCT common.one_id FROM common WHERE common.last_met IS NULL) AS giver
          JOIN referral ON referral.chapter_id = of_chapter AND referral.giver_id = giver.one_id AND referral.passed_on <= through
         GROUP BY referral.giver_id, referral.receiver_id
    ), met AS (
        SELECT common.one, common.other FROM common WHERE common.last_met IS NOT NULL
        UNION ALL
        SELECT side.one, side.other
          FROM common
          JOIN given ON given.giver_id = common.one_id AND given.receiver_id = common.other_id
                    AND (given.first_day BETWEEN common.first_day AND common.last_day OR given.last_day BETWEEN common.first_day AND common.last_day
                         -- The first before they were members together, the last after: one between is looked for.
                         OR EXISTS (SELECT FROM referral
                                     WHERE referral.chapter_id = of_chapter AND referral.giver_id = common.one_id
                                       AND referral.receiver_id = common.other_id
                                       AND referral.passed_on BETWEEN common.first_day AND common.last_day))
         CROSS JOIN LATERAL (VALUES (common.one, common.other), (common.other, common.one)) AS side (one, other)
    )
    SELECT one.id, one.name, other.id, other.name, greatest(one.first_day, other.first_day)
      FROM person AS one
      JOIN person AS other ON CASE WHEN leads THEN (one.folded_name, one.id) < (other.folded_name, other.id)
                                   ELSE one.is_oneself AND NOT other.is_oneself END
     WHERE NOT EXISTS (SELECT FROM met WHERE met.one = one.person_id AND met.other = other.person_id)
     ORDER BY one.folded_name, one.id, other.folded_name, other.id;
END
$$;

-- The referrals and one-to-ones behind the pairs, the oldest first; a one-to-one stands for either side.
CREATE OR REPLACE FUNCTION app.matrix_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, other text, record text)
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
    WITH person AS MATERIALIZED (
        SELECT * FROM people_of(of_chapter, through, NULL)
    )
    SELECT giver.id, giver.name, relation.figure, relation.day, receiver.name, relation.record::text
      FROM relations(of_chapter, from_day, through) AS relation
      JOIN person AS giver ON giver.person_id = relation.giver
      JOIN person AS receiver ON receiver.person_id = relation.receiver
     WHERE may('see-chapter-reports') OR giver.is_oneself OR receiver.is_oneself
     ORDER BY relation.day, giver.folded_name, giver.id, receiver.folded_name, relation.figure, relation.record;
END
$$;

GRANT EXECUTE ON FUNCTION app.matrix_pairs, app.matrix_members, app.matrix_gaps, app.matrix_entries TO chapterhouse_app;
