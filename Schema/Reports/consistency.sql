-- Consistency (domain page §6, Exactly 16): in how many months members gave, and whether only when they were in need.

-- The deposits of each month in which a member was active; a month wholly on leave is none.
CREATE OR REPLACE FUNCTION app.deposits_by_month(of_chapter integer, from_day date, through date, known_on date)
    RETURNS TABLE (membership_id bigint, month date, deposits bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH leave AS (
        SELECT leave.membership_id, range_agg(daterange(leave.first_day, leave.last_day, '[]')) AS days
          FROM membership_leave AS leave WHERE leave.chapter_id = of_chapter
         GROUP BY leave.membership_id
    ), active_month AS (
        SELECT member.id, month_start::date AS month
          FROM reported_members(of_chapter, from_day, through) AS member
          LEFT JOIN leave ON leave.membership_id = member.id
         CROSS JOIN LATERAL generate_series(date_trunc('month', greatest(member.joined_on, from_day)::timestamp),
                                            member.last_day::timestamp, interval '1 month') AS month_start
         WHERE NOT isempty(datemultirange(daterange(greatest(member.joined_on, from_day, month_start::date),
                                                    least(member.last_day, (month_start + interval '1 month' - interval '1 day')::date), '[]'))
                           - coalesce(leave.days, '{}'))
    ), deposited AS (
        SELECT entry.membership_id, date_trunc('month', entry.day::timestamp)::date AS month, count(*) AS deposits
          FROM social_capital(of_chapter, from_day, through, known_on) AS entry
         WHERE entry.is_deposit
         GROUP BY entry.membership_id, date_trunc('month', entry.day::timestamp)
    )
    SELECT active_month.id, active_month.month, coalesce(deposited.deposits, 0)
      FROM active_month
      LEFT JOIN deposited ON deposited.membership_id = active_month.id AND deposited.month = active_month.month;
END
$$;

CREATE OR REPLACE FUNCTION app.consistency_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, member_id bigint, member_name text, months_with_deposit bigint, months_as_member bigint, consistency numeric,
        deposits bigint, only_when_in_need boolean
    )
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
    WITH ranked AS (
        SELECT months.*, row_number() OVER (PARTITION BY months.membership_id ORDER BY months.deposits DESC) AS place
          FROM deposits_by_month(of_chapter, from_day, through, known_on) AS months
    ), summed AS (
        SELECT grouping(member.id) = 1 AS is_total, member.id, min(member.name) AS name, min(member.folded_name) AS folded_name,
               coalesce(bool_or(member.is_listed), true) AS is_listed,
               count(*) FILTER (WHERE ranked.deposits > 0) AS given_in, count(ranked.month) AS months,
               coalesce(sum(ranked.deposits), 0)::bigint AS deposits,
               coalesce(sum(ranked.deposits) FILTER (WHERE ranked.place <= 3), 0) AS in_three_months
          FROM reported_members(of_chapter, from_day, through) AS member
          LEFT JOIN ranked ON ranked.membership_id = member.id
         GROUP BY GROUPING SETS ((member.id), ())
    )
    SELECT summed.is_total, summed.id, CASE WHEN NOT summed.is_total THEN summed.name END, summed.given_in, summed.months,
           printed(quotient(summed.given_in, summed.months), 4), summed.deposits,
           CASE WHEN NOT summed.is_total
                THEN summed.months - summed.given_in >= 6 AND summed.deposits > 0 AND summed.in_three_months * 5 >= summed.deposits * 4 END
      FROM summed
     WHERE summed.is_total OR summed.is_listed
     ORDER BY summed.is_total, summed.folded_name, summed.id;
END
$$;

-- A row for each member and month in which they were active, also where they gave nothing.
CREATE OR REPLACE FUNCTION app.consistency_months(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, month date, deposits bigint)
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
    SELECT member.id, member.name, months.month, months.deposits
      FROM deposits_by_month(of_chapter, from_day, through, known_on) AS months
      JOIN reported_members(of_chapter, from_day, through) AS member ON member.id = months.membership_id AND member.is_listed
     ORDER BY member.folded_name, member.id, months.month;
END
$$;

-- Every deposit that counts, the oldest first.
CREATE OR REPLACE FUNCTION app.consistency_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, kind text, other text, record text)
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
    SELECT member.id, member.name, 'deposits', entry.day, entry.kind, entry.other, entry.record::text
      FROM social_capital(of_chapter, from_day, through, known_on) AS entry
      JOIN reported_members(of_chapter, from_day, through) AS member ON member.id = entry.membership_id AND member.is_listed
      JOIN deposits_by_month(of_chapter, from_day, through, known_on) AS months
           ON months.membership_id = member.id AND months.month = date_trunc('month', entry.day::timestamp)::date
     WHERE entry.is_deposit
     ORDER BY entry.day, member.folded_name, member.id, entry.kind, entry.record;
END
$$;

GRANT EXECUTE ON FUNCTION app.consistency_members, app.consistency_months, app.consistency_entries TO chapterhouse_app;
