-- Concentration: how much of what members gave came from how few. What somebody gave is known in the chapter and never
-- withheld (domain page §5); a member's row holds what they were thanked for on days of that membership (Exactly, 4).

-- Unrounded, in minor units of the chapter's currency; whoever gave nothing is there with 0.
CREATE OR REPLACE FUNCTION app.givers(of_chapter integer, from_day date, through date)
    RETURNS TABLE (membership_id bigint, name text, folded_name text, is_listed boolean, amount numeric, thanks bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home text := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
BEGIN
    RETURN QUERY
    SELECT member.id, member.name, member.folded_name, member.is_listed,
           coalesce(sum(CASE WHEN thanks.currency = home THEN thanks.amount
                             ELSE coalesce(converted(thanks.amount, thanks.currency, home, thanks.closed_on), 0) END), 0),
           count(thanks.id)
      FROM reported_members(of_chapter, from_day, through) AS member
      LEFT JOIN closed_business AS thanks ON thanks.chapter_id = of_chapter AND thanks.thanked_id = member.id
                                         AND thanks.closed_on BETWEEN from_day AND through
                                         AND thanks.closed_on BETWEEN member.joined_on AND member.last_day
     GROUP BY member.id, member.name, member.folded_name, member.is_listed;
END
$$;

CREATE OR REPLACE FUNCTION app.concentration_summary(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (given numeric, members bigint, givers bigint, top_three numeric, half_from bigint, mean numeric, median numeric,
                   lower_quartile numeric, upper_quartile numeric, unconverted text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home    text    := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
    digits  integer := decimals_of(of_chapter);
    through date    := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH ranked AS (
        SELECT giver.amount, row_number() OVER largest AS place, sum(giver.amount) OVER largest AS running, sum(giver.amount) OVER () AS total
          FROM givers(of_chapter, from_day, through) AS giver
        WINDOW largest AS (ORDER BY giver.amount DESC, giver.membership_id)
    ), summed AS (
        SELECT coalesce(sum(ranked.amount), 0) AS given, count(*) AS members, count(*) FILTER (WHERE ranked.amount > 0) AS givers,
               coalesce(sum(ranked.amount) FILTER (WHERE ranked.place <= 3), 0) AS top_three,
               min(ranked.place) FILTER (WHERE ranked.total > 0 AND ranked.running * 2 >= ranked.total) AS half_from,
               array_agg(ranked.amount) AS amounts
          FROM ranked
    )
    SELECT printed_amount(summed.given, digits), summed.members, summed.givers, printed(quotient(summed.top_three, summed.given), 4),
           summed.half_from, printed_amount(quotient(summed.given, summed.members), digits), printed_amount(quantile(summed.amounts, 0.5), digits),
           printed_amount(quantile(summed.amounts, 0.25), digits), printed_amount(quantile(summed.amounts, 0.75), digits),
           coalesce((SELECT array_agg(DISTINCT format('thanks of %s in %s', thanks.closed_on, thanks.currency))
                       FROM closed_business AS thanks
                       JOIN reported_members(of_chapter, from_day, through) AS member
                            ON member.id = thanks.thanked_id AND thanks.closed_on BETWEEN member.joined_on AND member.last_day
                      WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN from_day AND through AND thanks.currency <> home
                        AND converted(thanks.amount, thanks.currency, home, thanks.closed_on) IS NULL), '{}')
      FROM summed;
END
$$;

-- The largest first, each with their share and what they and all before them come to.
CREATE OR REPLACE FUNCTION app.concentration_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (is_total boolean, member_id bigint, member_name text, place bigint, thanks bigint, given numeric, share numeric, running_share numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    digits  integer := decimals_of(of_chapter);
    through date    := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH giver AS (
        SELECT * FROM givers(of_chapter, from_day, through)
    ), ranked AS (
        SELECT giver.*, rank() OVER (ORDER BY giver.amount DESC) AS place,
               sum(giver.amount) OVER (ORDER BY giver.amount DESC, giver.folded_name, giver.membership_id) AS running,
               sum(giver.amount) OVER () AS total
          FROM giver
    ), line AS (
        SELECT false AS is_total, ranked.membership_id, ranked.name, ranked.folded_name, ranked.place, ranked.thanks, ranked.amount,
               quotient(ranked.amount, ranked.total) AS share, quotient(ranked.running, ranked.total) AS running_share
          FROM ranked
         WHERE ranked.is_listed
        UNION ALL
        SELECT true, NULL, NULL, NULL, NULL, coalesce(sum(giver.thanks), 0)::bigint, coalesce(sum(giver.amount), 0),
               quotient(sum(giver.amount), sum(giver.amount)), NULL
          FROM giver
    )
    SELECT line.is_total, line.membership_id, line.name, line.place, line.thanks, printed_amount(line.amount, digits),
           printed(line.share, 4), printed(line.running_share, 4)
      FROM line
     ORDER BY line.is_total, line.place, line.folded_name, line.membership_id;
END
$$;

-- The thanks behind it: as they were said, and what they are worth in the chapter's currency, at which rate of which day.
CREATE OR REPLACE FUNCTION app.concentration_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, amount numeric, said text, rate numeric, rate_of date, record text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home    text    := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
    digits  integer := decimals_of(of_chapter);
    through date    := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT member.id, member.name, 'given'::text, thanks.closed_on,
           printed_amount(CASE WHEN thanks.currency = home THEN thanks.amount
                               ELSE converted(thanks.amount, thanks.currency, home, thanks.closed_on) END, digits),
           CASE WHEN thanks.currency <> home THEN printed_amount(thanks.amount, own.decimals) || ' ' || thanks.currency END,
           newest.rate, newest.valid_from, thanks.id::text
      FROM closed_business AS thanks
      JOIN reported_members(of_chapter, from_day, through) AS member
           ON member.id = thanks.thanked_id AND thanks.closed_on BETWEEN member.joined_on AND member.last_day AND member.is_listed
      JOIN currency AS own ON own.code = thanks.currency
      LEFT JOIN LATERAL (SELECT exchange_rate.rate, exchange_rate.valid_from
                           FROM exchange_rate
                          WHERE exchange_rate.currency = thanks.currency AND exchange_rate.into_currency = home
                            AND exchange_rate.valid_from <= thanks.closed_on
                          ORDER BY exchange_rate.valid_from DESC
                          LIMIT 1) AS newest ON true
     WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN from_day AND through
     ORDER BY thanks.closed_on, member.folded_name, member.id, thanks.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.concentration_summary, app.concentration_members, app.concentration_entries TO chapterhouse_app;
