-- The quality of referrals (domain page §6, Exactly 14): what became of those passed in a period, as of an instant.

-- Every placed referral that a member gave in the period, with what became of it until the as-of day. `reached` is the
-- farthest of 0 passed, 1 contacted, 2 meeting, 3 proposal, 4 won. `worth` is what thanks that cite it came to, in minor
-- units, `hidden_earners` who of those who earned it is hidden from the reader, in words that tell them apart.
CREATE OR REPLACE FUNCTION app.referrals_judged(of_chapter integer, from_day date, through date, known_on date, opened_to text)
    RETURNS TABLE (
        giver_id bigint, id uuid, passed_on date, warmth smallint, receiver text, outcome text, reached integer,
        hours_to_contact numeric, days_to_won integer, worth numeric, hidden_earners text[]
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    zone text := (SELECT chapter.time_zone FROM chapter WHERE chapter.id = of_chapter);
    home text := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
BEGIN
    RETURN QUERY
    WITH passed AS MATERIALIZED (
        SELECT referral.*
          FROM referral
          JOIN membership AS giver ON giver.chapter_id = of_chapter AND giver.id = referral.giver_id
                                  AND referral.passed_on BETWEEN giver.joined_on AND coalesce(giver.ended_on, 'infinity')
         WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN from_day AND through AND referral.unplaced_profession IS NULL
    )
    SELECT passed.giver_id, passed.id, passed.passed_on, passed.warmth,
           coalesce(receiver.name, outsider.name || ' @ ' || outsider.home, outsider.home),
           CASE WHEN stepped.last_step IN ('won', 'lost', 'declined') THEN stepped.last_step ELSE 'open' END, coalesce(stepped.reached, 0),
           (extract(epoch FROM stepped.moved_at - stepped.passed_at) / 3600)::numeric,
           (stepped.won_at AT TIME ZONE zone)::date - passed.passed_on,
           coalesce(thanked.worth, 0), coalesce(thanked.hidden_earners, '{}')
      FROM passed
      -- Asked of each referral by its key: two lists, joined by a planner who takes both for short, take the square of the time.
     CROSS JOIN LATERAL (
        SELECT (array_agg(step.step ORDER BY step.number DESC))[1] AS last_step,
               max(CASE step.step WHEN 'won' THEN 4 WHEN 'proposal' THEN 3 WHEN 'meeting' THEN 2 WHEN 'contacted' THEN 1 ELSE 0 END) AS reached,
               min(step.at) FILTER (WHERE step.step = 'passed') AS passed_at, min(step.at) FILTER (WHERE step.step <> 'passed') AS moved_at,
               max(step.at) FILTER (WHERE step.step = 'won') AS won_at
          FROM referral_step AS step
         WHERE step.chapter_id = of_chapter AND step.referral_id = passed.id AND step.at < ((known_on + 1)::timestamp AT TIME ZONE zone)
      ) AS stepped
     CROSS JOIN LATERAL (
        SELECT sum(coalesce(converted(thanks.amount, thanks.currency, home, thanks.closed_on), 0)) AS worth,
               array_agg(coalesce(earner.person_id::text, thanks.earner_outsider_id || ' outside', 'unknown'))
                   FILTER (WHERE thanks.amount > 0
                             AND NOT CASE WHEN earner.person_id IS NULL THEN may('everything')
                                          ELSE figures_are_open(earner.person_id, member.shares_figures, opened_to) END) AS hidden_earners
          FROM closed_business AS thanks
          LEFT JOIN closed_business_earner AS earner ON earner.chapter_id = of_chapter AND earner.closed_business_id = thanks.id
          LEFT JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = earner.membership_id
         WHERE thanks.chapter_id = of_chapter AND thanks.referral_id = passed.id AND thanks.closed_on BETWEEN from_day AND known_on
      ) AS thanked
      LEFT JOIN membership AS receiver ON receiver.chapter_id = of_chapter AND receiver.id = passed.receiver_id
      LEFT JOIN outsider ON outsider.chapter_id = of_chapter AND outsider.id = passed.receiver_outsider_id;
END
$$;

-- A row for each member, of the referrals that they gave, and what all come to. A value is withheld where fewer than 3
-- people earned it whom the reader may not see, or where the others' values would give it away.
CREATE OR REPLACE FUNCTION app.quality_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, member_id bigint, member_name text, referrals bigint, won bigint, lost bigint, declined bigint, open bigint,
        win_rate numeric, declined_rate numeric, hours_to_contact numeric, days_to_won numeric, value_per_referral numeric, withheld text[]
    )
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through   date := last_day_counted(of_chapter, to_day, as_of);
    known_on  date := last_day_counted(of_chapter, 'infinity', as_of);
    opened_to text := earned_is_seen_by(of_chapter, known_on);
    digits    integer := decimals_of(of_chapter);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    PERFORM note_figures_seen('quality', date_trunc('month', through::timestamp)::date, of_chapter, from_day, through, opened_to);
    RETURN QUERY
    WITH judged AS MATERIALIZED (
        SELECT * FROM referrals_judged(of_chapter, from_day, through, known_on, opened_to)
    ), hidden AS (
        SELECT judged.giver_id, count(DISTINCT earner) AS earners, array_agg(DISTINCT earner) AS who
          FROM judged CROSS JOIN LATERAL unnest(judged.hidden_earners) AS earner
         GROUP BY judged.giver_id
    ), rest AS (
        -- Those behind the rows that cannot be shown: too few of them would be told by the total and the other rows.
        SELECT count(DISTINCT earner) AS earners FROM hidden CROSS JOIN LATERAL unnest(hidden.who) AS earner
         WHERE NOT hides_enough(hidden.earners)
    ), everybody AS (
        SELECT count(DISTINCT earner) AS earners FROM hidden CROSS JOIN LATERAL unnest(hidden.who) AS earner
    ), summed AS (
        SELECT grouping(member.id) = 1 AS is_total, member.id, min(member.name) AS name, min(member.folded_name) AS folded_name,
               coalesce(bool_or(member.is_listed), true) AS is_listed, count(judged.id) AS referrals,
               count(*) FILTER (WHERE judged.outcome = 'won') AS won, count(*) FILTER (WHERE judged.outcome = 'lost') AS lost,
               count(*) FILTER (WHERE judged.outcome = 'declined') AS declined, count(*) FILTER (WHERE judged.outcome = 'open') AS open,
               array_agg(judged.hours_to_contact) AS hours, array_agg(judged.days_to_won::numeric) AS days,
               coalesce(sum(judged.worth), 0) AS worth
          FROM reported_members(of_chapter, from_day, through) AS member
          LEFT JOIN judged ON judged.giver_id = member.id
         GROUP BY GROUPING SETS ((member.id), ())
    ), shown AS (
        SELECT summed.*, CASE WHEN summed.is_total THEN hides_enough(everybody.earners)
                              ELSE hidden.earners IS NULL OR hides_enough(hidden.earners) AND hides_enough(rest.earners) END AS is_seen
          FROM summed
         CROSS JOIN rest CROSS JOIN everybody
          LEFT JOIN hidden ON hidden.giver_id = summed.id
    )
    SELECT shown.is_total, shown.id, CASE WHEN NOT shown.is_total THEN shown.name END, shown.referrals,
           shown.won, shown.lost, shown.declined, shown.open,
           printed(quotient(shown.won, shown.won + shown.lost + shown.declined), 4),
           printed(quotient(shown.declined, shown.won + shown.lost + shown.declined), 4),
           printed(quantile(shown.hours, 0.5), 2), printed(quantile(shown.days, 0.5), 1),
           CASE WHEN shown.is_seen THEN printed_amount(quotient(shown.worth, shown.referrals), digits) END,
           CASE WHEN shown.is_seen THEN '{}' ELSE '{value_per_referral}'::text[] END
      FROM shown
     WHERE shown.is_total OR shown.is_listed
     ORDER BY shown.is_total, shown.folded_name, shown.id;
END
$$;

-- The same by how warm the referral was, of all members.
CREATE OR REPLACE FUNCTION app.quality_warmth(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (warmth text, referrals bigint, won bigint, lost bigint, declined bigint, open bigint, win_rate numeric, declined_rate numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH judged AS (
        SELECT * FROM referrals_judged(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of),
                                       last_day_counted(of_chapter, 'infinity', as_of), NULL)
    ), counted AS (
        SELECT step.warmth, count(judged.id) AS referrals,
               count(*) FILTER (WHERE judged.outcome = 'won') AS won, count(*) FILTER (WHERE judged.outcome = 'lost') AS lost,
               count(*) FILTER (WHERE judged.outcome = 'declined') AS declined, count(*) FILTER (WHERE judged.outcome = 'open') AS open
          FROM (VALUES (1), (2), (3), (4), (5), (NULL)) AS step (warmth)
          LEFT JOIN judged ON judged.warmth IS NOT DISTINCT FROM step.warmth
         GROUP BY step.warmth
    )
    SELECT coalesce(counted.warmth::text, 'not noted'), counted.referrals, counted.won, counted.lost, counted.declined, counted.open,
           printed(quotient(counted.won, counted.won + counted.lost + counted.declined), 4),
           printed(quotient(counted.declined, counted.won + counted.lost + counted.declined), 4)
      FROM counted
     WHERE counted.warmth IS NOT NULL OR counted.referrals > 0
     ORDER BY counted.warmth;
END
$$;

-- How many referrals got how far, with the declined ones and without.
CREATE OR REPLACE FUNCTION app.quality_funnel(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (stage text, referrals bigint, share numeric, without_declined bigint, share_without_declined numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH counted AS (
        SELECT step.place, step.stage, count(judged.id) AS referrals,
               count(judged.id) FILTER (WHERE judged.outcome <> 'declined') AS without_declined
          FROM (VALUES (0, 'passed'), (1, 'contacted'), (2, 'meeting'), (3, 'proposal'), (4, 'won')) AS step (place, stage)
          LEFT JOIN referrals_judged(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of),
                                     last_day_counted(of_chapter, 'infinity', as_of), NULL) AS judged ON judged.reached >= step.place
         GROUP BY step.place, step.stage
    )
    SELECT counted.stage, counted.referrals, printed(quotient(counted.referrals, first_value(counted.referrals) OVER (ORDER BY counted.place)), 4),
           counted.without_declined,
           printed(quotient(counted.without_declined, first_value(counted.without_declined) OVER (ORDER BY counted.place)), 4)
      FROM counted
     ORDER BY counted.place;
END
$$;

-- The referrals behind the figures, the oldest first; what they brought is not told one by one.
CREATE OR REPLACE FUNCTION app.quality_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, receiver text, warmth bigint, value numeric, record text)
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
    SELECT member.id, member.name, counted.figure, judged.passed_on, judged.receiver, judged.warmth::bigint, printed(counted.value, 2), judged.id::text
      FROM referrals_judged(of_chapter, from_day, through, last_day_counted(of_chapter, 'infinity', as_of), NULL) AS judged
      JOIN reported_members(of_chapter, from_day, through) AS member ON member.id = judged.giver_id AND member.is_listed
     CROSS JOIN LATERAL (VALUES ('referrals', 1::numeric), (judged.outcome, 1), ('hours_to_contact', judged.hours_to_contact),
                                ('days_to_won', judged.days_to_won)) AS counted (figure, value)
     WHERE counted.value IS NOT NULL
     ORDER BY judged.passed_on, member.folded_name, member.id, judged.id, counted.figure;
END
$$;

GRANT EXECUTE ON FUNCTION app.quality_members, app.quality_warmth, app.quality_funnel, app.quality_entries TO chapterhouse_app;
