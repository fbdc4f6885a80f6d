-- How figures are divided, rounded and ranked (domain page §6, Exactly, 1). Text here is re-applied when it changes.
-- What reads tables is written in PL/pgSQL, here and in the other files: it is planned once a connection, not once a call.
-- A search path of its own costs a call more than a small query: a part of a report that no one else may call goes without.

-- A quotient with so many digits that no sum of such quotients is printed differently from the exact one; null
-- over zero.
CREATE OR REPLACE FUNCTION app.quotient(numerator numeric, denominator numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(numerator, 40) / NULLIF(denominator, 0);

-- Rounded once, half away from zero. What a division left beyond the twentieth digit is its own error.
CREATE OR REPLACE FUNCTION app.printed(figure numeric, decimals integer) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(round(figure, 20), decimals);

-- Minor units as an amount of a currency with so many decimals.
CREATE OR REPLACE FUNCTION app.printed_amount(minor_units numeric, decimals integer) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(round(round(minor_units, 20)) / 10::numeric ^ decimals, decimals);

-- Interpolates linearly at q (n − 1) over the values that there are; none gives null.
CREATE OR REPLACE FUNCTION app.quantile(figures numeric[], q numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT ranked.low + (ranked.place - floor(ranked.place)) * (ranked.high - ranked.low)
      FROM (SELECT array_agg(figure ORDER BY figure) AS figure, q * (count(*) - 1) AS place
              FROM unnest(figures) AS figure
             WHERE figure IS NOT NULL) AS sorted,
   LATERAL (SELECT sorted.place,
                   sorted.figure[floor(sorted.place)::integer + 1] AS low,
                   coalesce(sorted.figure[floor(sorted.place)::integer + 2], sorted.figure[floor(sorted.place)::integer + 1]) AS high
           ) AS ranked;
END;

-- The same over values that are sorted, without those that are not there: an expression, which costs no call.
CREATE OR REPLACE FUNCTION app.sorted_quantile(figure numeric[], q numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN figure[floor(q * (cardinality(figure) - 1))::integer + 1]
         + (q * (cardinality(figure) - 1) - floor(q * (cardinality(figure) - 1)))
           * (coalesce(figure[floor(q * (cardinality(figure) - 1))::integer + 2], figure[floor(q * (cardinality(figure) - 1))::integer + 1])
              - figure[floor(q * (cardinality(figure) - 1))::integer + 1]);

-- An amount in minor units of another currency, unrounded, at the newest rate on or before the day; null
-- where there is none (Exactly, 10).
CREATE OR REPLACE FUNCTION app.converted(amount bigint, from_currency text, wanted text, day date) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF from_currency = wanted OR amount = 0 THEN
        RETURN amount;
    END IF;
    RETURN (SELECT amount * exchange_rate.rate * 10::numeric ^ (into_currency.decimals - own_currency.decimals)
              FROM exchange_rate
              JOIN currency AS own_currency  ON own_currency.code = from_currency
              JOIN currency AS into_currency ON into_currency.code = wanted
             WHERE exchange_rate.currency = from_currency
               AND exchange_rate.into_currency = wanted
               AND exchange_rate.valid_from <= day
             ORDER BY exchange_rate.valid_from DESC
             LIMIT 1);
END
$$;

-- How many decimals the currency of a chapter has.
CREATE OR REPLACE FUNCTION app.decimals_of(of_chapter integer) RETURNS integer
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN (SELECT currency.decimals FROM chapter JOIN currency ON currency.code = chapter.currency WHERE chapter.id = of_chapter);
END
$$;

-- Each version of a chapter's policy with the days on which it is in force; the first holds before itself, too. In SQL and
-- without settings of its own, so that it becomes a part of the statement that asks.
CREATE OR REPLACE FUNCTION app.policy_in_force(of_chapter integer)
    RETURNS TABLE (first_day date, last_day date, membership_fee bigint, months_covered smallint, meeting_fee bigint,
                   meeting_fee_due_for text, value_of_hour bigint, earned_is_seen_by text)
    LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN lag(policy.valid_from) OVER version IS NULL THEN '-infinity' ELSE policy.valid_from END,
           coalesce(lead(policy.valid_from) OVER version - 1, 'infinity'),
           policy.membership_fee, policy.months_covered, policy.meeting_fee,
           policy.meeting_fee_due_for, policy.value_of_hour, policy.earned_is_seen_by
      FROM app.policy
     WHERE policy.chapter_id = of_chapter
    WINDOW version AS (ORDER BY policy.valid_from)
$$;

-- The last day that counts in a period, as of an instant (Exactly, 5).
CREATE OR REPLACE FUNCTION app.last_day_counted(of_chapter integer, to_day date, as_of timestamptz) RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN (SELECT least(to_day, (as_of AT TIME ZONE chapter.time_zone)::date) FROM chapter WHERE chapter.id = of_chapter);
END
$$;

-- A chapter's memberships with a day in a period (Exactly, 8), and whether the reader may see each one's row.
CREATE OR REPLACE FUNCTION app.reported_members(of_chapter integer, from_day date, through date)
    RETURNS TABLE (id bigint, person_id bigint, name text, folded_name text, joined_on date, last_day date, is_listed boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT membership.id, membership.person_id, membership.name::text, membership.folded_name, membership.joined_on,
           least(membership.ended_on, through), may('see-chapter-reports') OR membership.person_id = acting_person()
      FROM membership
     WHERE membership.chapter_id = of_chapter AND membership.joined_on <= through
       AND coalesce(membership.ended_on, 'infinity') >= from_day;
END
$$;

-- A referral's status at the end of a day: its last step until then. What is imported without steps is passed.
DROP FUNCTION IF EXISTS app.step_as_of(integer, uuid, date);
CREATE FUNCTION app.step_as_of(of_chapter integer, referral uuid, through date) RETURNS text
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN coalesce((SELECT step.step
                       FROM referral_step AS step
                      WHERE step.chapter_id = of_chapter AND step.referral_id = referral
                        AND step.at < ((through + 1)::timestamp AT TIME ZONE (SELECT time_zone FROM chapter WHERE chapter.id = of_chapter))
                      ORDER BY step.number DESC
                      LIMIT 1), 'passed');
END
$$;

-- The referrals that have moved after a day, and where each stood at its end; of all others the status says it.
CREATE OR REPLACE FUNCTION app.moved_since(of_chapter integer, through date) RETURNS TABLE (referral_id uuid, step text)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY
    SELECT later.id, step_as_of(of_chapter, later.id, through)
      FROM (SELECT DISTINCT moved.referral_id AS id
              FROM referral_step AS moved
             WHERE moved.chapter_id = of_chapter
               AND moved.at >= ((through + 1)::timestamp AT TIME ZONE (SELECT time_zone FROM chapter WHERE chapter.id = of_chapter))) AS later;
END
$$;

-- Whom a chapter lets see what a member earned, on a day: 'member', 'leaders' or 'chapter'.
CREATE OR REPLACE FUNCTION app.earned_is_seen_by(of_chapter integer, day date) RETURNS text
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    -- The version in force; the first holds before itself, too.
    RETURN (SELECT version.earned_is_seen_by
              FROM policy AS version
             WHERE version.chapter_id = of_chapter
             ORDER BY version.valid_from <= day DESC, CASE WHEN version.valid_from <= day THEN version.valid_from END DESC, version.valid_from
             LIMIT 1);
END
$$;

-- Whether the reader may see what a member earned (domain page §5).
CREATE OR REPLACE FUNCTION app.figures_are_open(person bigint, shares_figures boolean, opened_to text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN app.may('everything') OR person = app.acting_person() OR opened_to = 'chapter'
        OR app.may('see-chapter-reports') AND (opened_to = 'leaders' OR shares_figures);

-- Whether a figure may be shown that so many people earned whose own figures the reader may not see (domain page §5).
CREATE OR REPLACE FUNCTION app.hides_enough(earners bigint) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN earners NOT IN (1, 2);

-- What members earned, in minor units of the chapter's currency, unrounded, with the margin of the day (Exactly, 2, 9
-- and 10); 0 without a rate. Amounts in the chapter's own currency are not sent through `converted`, for a call a row costs.
-- It becomes a part of the statement that asks, too.
CREATE OR REPLACE FUNCTION app.earnings(of_chapter integer, since date, through date)
    RETURNS TABLE (membership_id bigint, thanked_id bigint, day date, amount numeric, profit numeric, is_outside boolean)
    LANGUAGE sql STABLE
AS $$
    WITH own_margin AS MATERIALIZED (
        SELECT valuation.membership_id, valuation.margin, valuation.valid_from AS first_day,
               coalesce(lead(valuation.valid_from) OVER (PARTITION BY valuation.membership_id ORDER BY valuation.valid_from) - 1, 'infinity') AS last_day
          FROM app.membership_valuation AS valuation
         WHERE valuation.chapter_id = of_chapter AND valuation.margin IS NOT NULL
    )
    SELECT earner.membership_id, thanks.thanked_id, thanks.closed_on, earned.amount, earned.amount * coalesce(own_margin.margin, 1),
           NOT EXISTS (SELECT FROM app.membership AS named
                         JOIN app.membership AS thanked ON thanked.chapter_id = of_chapter AND thanked.person_id = named.person_id
                        WHERE named.chapter_id = of_chapter AND named.id = thanks.thanked_id
                          AND thanks.closed_on BETWEEN thanked.joined_on AND coalesce(thanked.ended_on, 'infinity'))
      FROM app.closed_business AS thanks
      JOIN app.closed_business_earner AS earner ON earner.chapter_id = of_chapter AND earner.closed_business_id = thanks.id
     CROSS JOIN LATERAL (SELECT chapter.currency FROM app.chapter WHERE chapter.id = of_chapter) AS home
     CROSS JOIN LATERAL (SELECT CASE WHEN thanks.currency = home.currency THEN thanks.amount
                                     ELSE coalesce(app.converted(thanks.amount, thanks.currency, home.currency, thanks.closed_on), 0) END AS amount) AS earned
      LEFT JOIN own_margin
             ON own_margin.membership_id = earner.membership_id AND thanks.closed_on BETWEEN own_margin.first_day AND own_margin.last_day
     WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN since AND through
$$;

-- What is added up of the monthly return stands on these: it may have changed with this file.
SELECT app.add_up_again_everywhere();

-- What dues are made of, for bills as for the return.
GRANT EXECUTE ON FUNCTION app.policy_in_force, app.quotient TO chapterhouse_app;
