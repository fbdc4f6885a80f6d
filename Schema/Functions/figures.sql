-- How figures are divided, rounded and ranked (domain page §6, Exactly, 1). Text here is re-applied when it changes.
-- What reads tables is written in PL/pgSQL, here and in the other files: it is planned once a connection, not once a call.

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

-- Each version of a chapter's policy with the days on which it is in force; the first holds before itself, too.
CREATE OR REPLACE FUNCTION app.policy_in_force(of_chapter integer)
    RETURNS TABLE (first_day date, last_day date, membership_fee bigint, months_covered smallint, meeting_fee bigint,
                   meeting_fee_due_for text, value_of_hour bigint, earned_is_seen_by text)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT CASE WHEN lag(policy.valid_from) OVER version IS NULL THEN '-infinity' ELSE policy.valid_from END,
           coalesce(lead(policy.valid_from) OVER version - 1, 'infinity'),
           policy.membership_fee, policy.months_covered, policy.meeting_fee,
           policy.meeting_fee_due_for, policy.value_of_hour, policy.earned_is_seen_by
      FROM app.policy
     WHERE policy.chapter_id = of_chapter
    WINDOW version AS (ORDER BY policy.valid_from);
END
$$;
