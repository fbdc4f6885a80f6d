-- The monthly return (domain page §6). Amounts are in minor units of the chapter's currency, unrounded, until
-- the last step prints them. `through` is the last day that counts: the month's end, or the as-of day before it.

-- What each membership put in and got out from the day it joined to the end of each month (or to `through`), for the months
-- after a day. Up to that day, the last of a month or '-infinity', it goes on from what `return_to_date` holds.
-- Amounts in the chapter's own currency are not sent through `converted`: a call a row would cost more than the rest.
CREATE OR REPLACE FUNCTION app.returns_to_date(of_chapter integer, after date, through date) RETURNS SETOF app.return_to_date
    LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
    home  text := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
    since date := after + 1;
BEGIN
    IF after >= through THEN
        RETURN;
    END IF;
    RETURN QUERY
WITH member AS MATERIALIZED (
    SELECT membership.id, greatest(membership.joined_on, since) AS from_day, least(membership.ended_on, through) AS to_day
      FROM membership
     WHERE membership.chapter_id = of_chapter AND membership.joined_on <= through AND coalesce(membership.ended_on, 'infinity') >= since
), policy AS MATERIALIZED (
    SELECT * FROM policy_in_force(of_chapter) AS version WHERE version.first_day <= through AND version.last_day >= since
), own_hour AS MATERIALIZED (
    SELECT valuation.membership_id, valuation.value_of_hour AS value, valuation.valid_from AS first_day,
           coalesce(lead(valuation.valid_from) OVER (PARTITION BY valuation.membership_id ORDER BY valuation.valid_from) - 1, 'infinity') AS last_day
      FROM membership_valuation AS valuation
     WHERE valuation.chapter_id = of_chapter AND valuation.value_of_hour IS NOT NULL
), leave AS MATERIALIZED (
    SELECT leave.membership_id, leave.first_day, coalesce(leave.last_day, 'infinity') AS last_day
      FROM membership_leave AS leave
     WHERE leave.chapter_id = of_chapter AND leave.first_day <= through AND coalesce(leave.last_day, 'infinity') >= since
), member_month AS MATERIALIZED (
    SELECT member.id, start::date AS month, greatest(member.from_day, start::date) AS from_day,
           least(member.to_day, (start + interval '1 month')::date - 1) AS to_day,
           (start + interval '1 month')::date - start::date AS days
      FROM member
     CROSS JOIN LATERAL generate_series(date_trunc('month', member.from_day::timestamp), member.to_day::timestamp, interval '1 month') AS start
), dues AS (
    -- One division for all days of a month under the same fee keeps the sum exact.
    SELECT fee.id, fee.month, sum(fee.dues) AS dues
      FROM (SELECT member_month.id, member_month.month,
                   quotient(policy.membership_fee
                            * sum(least(member_month.to_day, policy.last_day) - greatest(member_month.from_day, policy.first_day) + 1),
                            policy.months_covered * member_month.days) AS dues
              FROM member_month
              JOIN policy ON policy.first_day <= member_month.to_day AND policy.last_day >= member_month.from_day
             GROUP BY member_month.id, member_month.month, member_month.days, policy.membership_fee, policy.months_covered) AS fee
     GROUP BY fee.id, fee.month
), opened AS MATERIALIZED (
    SELECT meeting.id, meeting.local_date, meeting.minutes, meeting.kind
      FROM meeting
     WHERE meeting.chapter_id = of_chapter AND meeting.status IN ('open', 'sealed') AND meeting.local_date BETWEEN since AND through
), sheet AS (
    -- A line for each member of the day, marked or not. Grouped and not joined: whatever the planner thinks of how many there
    -- are, each is read once, and by meeting, however many marks a member has had.
    SELECT line.membership_id, line.day, line.minutes, max(line.mark) AS mark, bool_or(line.is_held) AS is_held
      FROM (SELECT member.id AS membership_id, opened.id AS meeting_id, opened.local_date AS day, opened.minutes, NULL::text AS mark,
                   opened.kind = 'regular'
                   AND NOT EXISTS (SELECT FROM leave WHERE leave.membership_id = member.id
                                                       AND opened.local_date BETWEEN leave.first_day AND leave.last_day) AS is_held
              FROM opened
              JOIN member ON opened.local_date BETWEEN member.from_day AND member.to_day
            UNION ALL
            SELECT mark.membership_id, mark.meeting_id, opened.local_date, opened.minutes, mark.mark, NULL
              FROM opened
              JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = opened.id) AS line
     GROUP BY line.membership_id, line.meeting_id, line.day, line.minutes
    HAVING bool_or(line.mark IS NULL)
), time_entry (membership_id, day, fees, spent, minutes, one_to_ones, held) AS (
    -- Every record that puts time or money in, on its day.
    SELECT sheet.membership_id, sheet.day,
           CASE WHEN sheet.is_held AND (policy.meeting_fee_due_for = 'every' OR sheet.mark IN ('present', 'late', 'substitute'))
                THEN policy.meeting_fee ELSE 0 END,
           0::numeric, CASE WHEN sheet.mark IN ('present', 'late') THEN sheet.minutes ELSE 0 END::numeric, 0, sheet.is_held::integer
      FROM sheet
      JOIN policy ON sheet.day BETWEEN policy.first_day AND policy.last_day
    UNION ALL
    SELECT side.membership_id, talk.met_on, 0,
           CASE WHEN talk.currency = home THEN side.cost ELSE coalesce(converted(side.cost, talk.currency, home, talk.met_on), 0) END,
           coalesce(talk.minutes, 0), 1, 0
      FROM one_to_one AS talk
     CROSS JOIN LATERAL (VALUES (talk.first_id, talk.cost_of_first), (talk.second_id, talk.cost_of_second)) AS side (membership_id, cost)
     WHERE talk.chapter_id = of_chapter AND talk.met_on BETWEEN since AND through AND side.membership_id IS NOT NULL
    UNION ALL
    SELECT activity.membership_id, activity.done_on, 0,
           CASE WHEN activity.currency = home THEN activity.money
                ELSE coalesce(converted(activity.money, activity.currency, home, activity.done_on), 0) END,
           activity.minutes, 0, 0
      FROM activity
     WHERE activity.chapter_id = of_chapter AND activity.done_on BETWEEN since AND through
    UNION ALL
    SELECT education_unit.membership_id, education_unit.done_on, 0, 0, education_unit.units * 60, 0, 0
      FROM education_unit
     WHERE education_unit.chapter_id = of_chapter AND education_unit.done_on BETWEEN since AND through
), put_in AS (
    -- A record counts in a membership when its date lies within it, leave or not (Exactly, 4).
    SELECT entry.membership_id, date_trunc('month', entry.day::timestamp)::date AS month, sum(entry.fees) AS fees, sum(entry.spent) AS spent,
           sum(entry.minutes) AS minutes, sum(entry.minutes * coalesce(own_hour.value, policy.value_of_hour)) AS minute_value,
           sum(entry.one_to_ones) AS one_to_ones, sum(entry.held) AS held
      FROM time_entry AS entry
      JOIN member ON member.id = entry.membership_id AND entry.day BETWEEN member.from_day AND member.to_day
      JOIN policy ON entry.day BETWEEN policy.first_day AND policy.last_day
      LEFT JOIN own_hour ON own_hour.membership_id = entry.membership_id AND entry.day BETWEEN own_hour.first_day AND own_hour.last_day
     GROUP BY entry.membership_id, date_trunc('month', entry.day::timestamp)
), business_entry (membership_id, day, received, received_outside, profit, given, given_outside) AS MATERIALIZED (
    SELECT earned.membership_id, earned.day, earned.amount, CASE WHEN earned.is_outside THEN earned.amount END, earned.profit, NULL, NULL::numeric
      FROM earnings(of_chapter, since, through) AS earned
    UNION ALL
    SELECT thanks.thanked_id, thanks.closed_on, NULL, NULL, NULL, worth.amount, CASE WHEN thanks.earner_outsider_id IS NOT NULL THEN worth.amount END
      FROM closed_business AS thanks
     CROSS JOIN LATERAL (SELECT CASE WHEN thanks.currency = home THEN thanks.amount
                                     ELSE coalesce(converted(thanks.amount, thanks.currency, home, thanks.closed_on), 0) END AS amount) AS worth
     WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN since AND through AND thanks.thanked_id IS NOT NULL
), got_out AS (
    SELECT entry.membership_id, date_trunc('month', entry.day::timestamp)::date AS month, sum(entry.received) AS received,
           sum(entry.received_outside) AS received_outside, sum(entry.profit) AS profit, sum(entry.given) AS given,
           sum(entry.given_outside) AS given_outside
      FROM business_entry AS entry
      JOIN member ON member.id = entry.membership_id AND entry.day BETWEEN member.from_day AND member.to_day
     GROUP BY entry.membership_id, date_trunc('month', entry.day::timestamp)
), passed_entry (membership_id, day, given, received) AS MATERIALIZED (
    SELECT referral.giver_id, referral.passed_on, 1, 0
      FROM referral
     WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN since AND through
       AND referral.giver_id IS NOT NULL AND referral.unplaced_profession IS NULL
    UNION ALL
    SELECT referral.receiver_id, referral.passed_on, 0, 1
      FROM referral
     WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN since AND through AND referral.receiver_id IS NOT NULL
), passed AS (
    SELECT entry.membership_id, date_trunc('month', entry.day::timestamp)::date AS month, sum(entry.given) AS given, sum(entry.received) AS received
      FROM passed_entry AS entry
      JOIN member ON member.id = entry.membership_id AND entry.day BETWEEN member.from_day AND member.to_day
     GROUP BY entry.membership_id, date_trunc('month', entry.day::timestamp)
), so_far AS (
    SELECT member_month.month, member_month.id AS membership_id,
           coalesce(base.dues, 0)             + sum(coalesce(dues.dues, 0)) OVER months             AS dues,
           coalesce(base.fees, 0)             + sum(coalesce(put_in.fees, 0)) OVER months           AS fees,
           coalesce(base.spent, 0)            + sum(coalesce(put_in.spent, 0)) OVER months          AS spent,
           coalesce(base.minutes, 0)          + sum(coalesce(put_in.minutes, 0)) OVER months        AS minutes,
           coalesce(base.minute_value, 0)     + sum(coalesce(put_in.minute_value, 0)) OVER months   AS minute_value,
           coalesce(base.received, 0)         + sum(coalesce(got_out.received, 0)) OVER months      AS received,
           coalesce(base.received_outside, 0) + sum(coalesce(got_out.received_outside, 0)) OVER months AS received_outside,
           coalesce(base.profit, 0)           + sum(coalesce(got_out.profit, 0)) OVER months        AS profit,
           coalesce(base.given, 0)            + sum(coalesce(got_out.given, 0)) OVER months         AS given,
           coalesce(base.given_outside, 0)    + sum(coalesce(got_out.given_outside, 0)) OVER months AS given_outside,
           coalesce(base.referrals_given, 0)    + sum(coalesce(passed.given, 0)) OVER months        AS referrals_given,
           coalesce(base.referrals_received, 0) + sum(coalesce(passed.received, 0)) OVER months     AS referrals_received,
           coalesce(base.one_to_ones, 0)      + sum(coalesce(put_in.one_to_ones, 0)) OVER months    AS one_to_ones,
           coalesce(base.held, 0)             + sum(coalesce(put_in.held, 0)) OVER months           AS held,
           base.payback
      FROM member_month
      LEFT JOIN dues ON dues.id = member_month.id AND dues.month = member_month.month
      LEFT JOIN put_in ON put_in.membership_id = member_month.id AND put_in.month = member_month.month
      LEFT JOIN got_out ON got_out.membership_id = member_month.id AND got_out.month = member_month.month
      LEFT JOIN passed ON passed.membership_id = member_month.id AND passed.month = member_month.month
      LEFT JOIN return_to_date AS base ON base.chapter_id = of_chapter AND base.month = date_trunc('month', after::timestamp)::date
                                      AND base.membership_id = member_month.id
    WINDOW months AS (PARTITION BY member_month.id ORDER BY member_month.month)
)
SELECT of_chapter, so_far.month, so_far.membership_id, so_far.dues, so_far.fees::numeric, so_far.spent, so_far.minutes, so_far.minute_value,
       so_far.received, so_far.received_outside, so_far.profit, so_far.given, so_far.given_outside,
       so_far.referrals_given::bigint, so_far.referrals_received::bigint, so_far.one_to_ones::bigint, so_far.held::bigint,
       -- Once reached it stays.
       coalesce(so_far.payback,
                min(CASE WHEN round(so_far.profit - so_far.dues - so_far.fees - so_far.spent - quotient(so_far.minute_value, 60), 20) >= 0 THEN so_far.month END)
                    OVER (PARTITION BY so_far.membership_id ORDER BY so_far.month))
  FROM so_far;
END
$$;

-- What belongs to no membership, likewise: thanks to somebody who was no member that day, and the records that no rate
-- converts, which are left out of the figures, and named (Exactly, 9 and 10). A row for each month that has any.
CREATE OR REPLACE FUNCTION app.chapters_to_date(of_chapter integer, after date, through date) RETURNS SETOF app.chapter_to_date
    LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
    home  text := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
    since date := after + 1;
BEGIN
    IF after >= through THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH record (day, given_former, unconverted) AS (
        SELECT thanks.closed_on, converted(thanks.amount, thanks.currency, home, thanks.closed_on), NULL::text
          FROM closed_business AS thanks
          JOIN membership AS thanked ON thanked.chapter_id = of_chapter AND thanked.id = thanks.thanked_id
                                    AND thanks.closed_on NOT BETWEEN thanked.joined_on AND coalesce(thanked.ended_on, 'infinity')
         WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN since AND through
        UNION ALL
        SELECT foreign_money.day, 0, format('%s of %s in %s', foreign_money.kind, foreign_money.day, foreign_money.currency)
          FROM (SELECT 'thanks', closed_on, amount, currency
                  FROM closed_business WHERE chapter_id = of_chapter AND closed_on BETWEEN since AND through AND currency <> home
                UNION ALL
                SELECT 'activity', done_on, money, currency
                  FROM activity WHERE chapter_id = of_chapter AND done_on BETWEEN since AND through AND currency <> home
                UNION ALL
                SELECT 'one-to-one', met_on, greatest(cost_of_first, cost_of_second), currency
                  FROM one_to_one WHERE chapter_id = of_chapter AND met_on BETWEEN since AND through AND currency <> home
               ) AS foreign_money (kind, day, amount, currency)
         WHERE converted(foreign_money.amount, foreign_money.currency, home, foreign_money.day) IS NULL
    ), month AS (
        SELECT date_trunc('month', record.day::timestamp)::date AS month, coalesce(sum(record.given_former), 0) AS given_former,
               coalesce(array_agg(DISTINCT record.unconverted) FILTER (WHERE record.unconverted IS NOT NULL), '{}') AS unconverted
          FROM record
         GROUP BY date_trunc('month', record.day::timestamp)
    )
    SELECT of_chapter, month.month, base.given_former + sum(month.given_former) OVER (ORDER BY month.month), month.unconverted
      FROM month
     CROSS JOIN (SELECT coalesce((SELECT stored.given_former FROM chapter_to_date AS stored
                                   WHERE stored.chapter_id = of_chapter AND stored.month <= after
                                   ORDER BY stored.month DESC LIMIT 1), 0) AS given_former) AS base;
END
$$;

-- The figures of each member in each block, unrounded, whoever asks: what a closed month stores (closed_month_line). Sums
-- since joining of one month less those of another: read from what is added up, and from the records of later days. Being
-- STABLE, it reads both in the snapshot of whoever asks, so that they are of one moment.
DROP FUNCTION IF EXISTS app.roi_lines(integer, date, date);
CREATE OR REPLACE FUNCTION app.roi_lines(of_chapter integer, in_month date, through date, first_month date DEFAULT NULL)
    RETURNS TABLE (
        block text, membership_id bigint, name text, folded_name text, dues numeric, fees numeric, spent numeric,
        minutes numeric, time_value numeric, received numeric, received_outside numeric, profit numeric,
        given numeric, given_outside numeric, referrals_given bigint, referrals_received bigint,
        one_to_ones bigint, held bigint, payback date
    )
    LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
    year_start date := (in_month - interval '11 months')::date;
    until      date := added_up_until(of_chapter, through);
    since      date := coalesce(first_month, in_month);
BEGIN
    RETURN QUERY
    WITH member AS MATERIALIZED (
        -- Memberships with a day in the months asked for or the twelve, and the last month in which each has one.
        SELECT membership.id, membership.name, membership.folded_name,
               date_trunc('month', least(membership.ended_on, through)::timestamp)::date AS last_month
          FROM membership
         WHERE membership.chapter_id = of_chapter AND membership.joined_on <= through
           AND coalesce(membership.ended_on, 'infinity') >= least(year_start, since)
    ), period (block, from_month, before) AS (
        -- Since joining are those who are members in the month.
        VALUES ('month', since, (since - interval '1 month')::date),
               ('trailing', year_start, (year_start - interval '1 month')::date),
               ('since_joining', in_month, '-infinity')
    ), to_date AS MATERIALIZED (
        -- Month by month, so that no plan can come to read all months.
        SELECT stored.*
          FROM (SELECT member.last_month AS month FROM member UNION SELECT period.before FROM period) AS needed
         CROSS JOIN LATERAL (SELECT * FROM return_to_date AS month_of_all
                              WHERE month_of_all.chapter_id = of_chapter AND month_of_all.month = needed.month
                             OFFSET 0) AS stored
         WHERE needed.month <= until
        UNION ALL
        SELECT live.* FROM returns_to_date(of_chapter, until, through) AS live WHERE until < through
    )
    SELECT period.block, member.id, member.name::text, member.folded_name,
           upto.dues - coalesce(before.dues, 0), upto.fees - coalesce(before.fees, 0), upto.spent - coalesce(before.spent, 0),
           upto.minutes - coalesce(before.minutes, 0), quotient(upto.minute_value - coalesce(before.minute_value, 0), 60),
           upto.received - coalesce(before.received, 0), upto.received_outside - coalesce(before.received_outside, 0),
           upto.profit - coalesce(before.profit, 0), upto.given - coalesce(before.given, 0), upto.given_outside - coalesce(before.given_outside, 0),
           upto.referrals_given - coalesce(before.referrals_given, 0), upto.referrals_received - coalesce(before.referrals_received, 0),
           upto.one_to_ones - coalesce(before.one_to_ones, 0), upto.held - coalesce(before.held, 0), upto.payback
      FROM period
      JOIN member ON member.last_month >= period.from_month
      JOIN to_date AS upto ON upto.membership_id = member.id AND upto.month = member.last_month
      LEFT JOIN to_date AS before ON before.membership_id = member.id AND before.month = period.before;
END
$$;

-- What a block says beside its lines, likewise: closed_month_block.
DROP FUNCTION IF EXISTS app.roi_blocks(integer, date, date);
CREATE OR REPLACE FUNCTION app.roi_blocks(of_chapter integer, in_month date, through date, first_month date DEFAULT NULL)
    RETURNS TABLE (block text, given_former numeric, unconverted text[], active_members bigint, active_months bigint)
    LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
    year_start date := (in_month - interval '11 months')::date;
    until      date := added_up_until(of_chapter, through);
BEGIN
    RETURN QUERY
    WITH period (block, before) AS (
        VALUES ('month', (coalesce(first_month, in_month) - interval '1 month')::date), ('trailing', (year_start - interval '1 month')::date), ('since_joining', '-infinity')
    ), outside AS MATERIALIZED (
        SELECT live.* FROM chapters_to_date(of_chapter, until, through) AS live WHERE until < through
    ), former_until AS MATERIALIZED (
        SELECT moment.day, coalesce((SELECT outside.given_former FROM outside WHERE outside.month <= moment.day ORDER BY outside.month DESC LIMIT 1),
                                    (SELECT stored.given_former FROM chapter_to_date AS stored
                                      WHERE stored.chapter_id = of_chapter AND stored.month <= least(moment.day, until)
                                      ORDER BY stored.month DESC LIMIT 1),
                                    0) AS given
          FROM (SELECT through AS day UNION SELECT period.before FROM period) AS moment
    ), unconverted AS (
        SELECT period.block, array_agg(DISTINCT record.name) FILTER (WHERE record.name IS NOT NULL) AS records
          FROM period
          LEFT JOIN (SELECT outside.month, unnest(outside.unconverted) AS name FROM outside
                     UNION ALL
                     SELECT stored.month, unnest(stored.unconverted)
                       FROM chapter_to_date AS stored
                      WHERE stored.chapter_id = of_chapter AND stored.month <= until AND stored.unconverted <> '{}') AS record
                 ON record.month > period.before
         GROUP BY period.block
    ), closing AS MATERIALIZED (
        -- The last day of each of the twelve months, from the chapter's first membership on (Exactly, 11).
        SELECT least((first_day + interval '1 month')::date - 1, through) AS day
          FROM generate_series(year_start::timestamp, in_month::timestamp, interval '1 month') AS first_day
         WHERE first_day <= through
           AND first_day >= (SELECT date_trunc('month', min(membership.joined_on)::timestamp) FROM membership WHERE membership.chapter_id = of_chapter)
    )
    SELECT period.block, upto.given - before.given, coalesce(unconverted.records, '{}'), counted.members, counted.months
      FROM period
      JOIN former_until AS upto ON upto.day = through
      JOIN former_until AS before ON before.day = period.before
      JOIN unconverted ON unconverted.block = period.block
     CROSS JOIN (SELECT (SELECT count(*) FROM closing) AS months,
                        (SELECT count(*)
                           FROM membership
                           JOIN closing ON closing.day BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
                          WHERE membership.chapter_id = of_chapter AND coalesce(membership.ended_on, 'infinity') >= year_start
                            -- Who is on leave keeps the seat, and is not active.
                            AND NOT EXISTS (SELECT FROM membership_leave AS leave
                                             WHERE leave.chapter_id = of_chapter AND leave.membership_id = membership.id
                                               AND closing.day BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))) AS members) AS counted;
END
$$;

DROP FUNCTION IF EXISTS app.roi_by_month(integer, date);
DROP FUNCTION IF EXISTS app.unconverted(integer, date, date);

-- The report as its reader may see it: rows of the three blocks, members in order of name and then the block's
-- total, with no member. Who may see whose figures: domain page §5. Of a closed month it shows what is stored under its
-- number, and who may see what of it is as it is today.
-- The first block is of `in_month`, or of all months from `from_month` to it.
DROP FUNCTION IF EXISTS app.monthly_roi(integer, date, timestamptz);
DROP FUNCTION IF EXISTS app.monthly_roi(integer, date, timestamptz, integer);
CREATE OR REPLACE FUNCTION app.monthly_roi(of_chapter integer, in_month date, as_of timestamptz, closed_number integer DEFAULT NULL,
                                           from_month date DEFAULT NULL)
    RETURNS TABLE (
        block text, membership_id bigint, name text,
        dues numeric, fees numeric, spent numeric, hours numeric, "time" numeric, cost numeric, received numeric,
        profit numeric, given numeric, net numeric, roi numeric, rot numeric,
        payback date, referrals_given bigint, referrals_received bigint, one_to_ones bigint, meetings_held bigint,
        members bigint, received_outside numeric, given_outside numeric, given_former numeric,
        median_roi numeric, lower_quartile_roi numeric, upper_quartile_roi numeric,
        withheld text[], unconverted text[], seat_value numeric, open_seat_month numeric
    )
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = app, pg_temp
    -- One plan for all chapters, made before anybody knows how large a table will be.
    SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    home      chapter;
    digits    integer;
    as_of_day date;
    month_end date := (in_month + interval '1 month' - interval '1 day')::date;
    year_start date := (in_month - interval '11 months')::date;
    through   date;
    opened_to text;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT * INTO home FROM chapter AS known WHERE known.id = of_chapter;
    SELECT decimals INTO digits FROM currency WHERE code = home.currency;
    as_of_day := (as_of AT TIME ZONE home.time_zone)::date;
    through := least(month_end, as_of_day);
    opened_to := earned_is_seen_by(of_chapter, as_of_day);
    IF closed_number IS NOT NULL THEN
        through := month_end;
        opened_to := earned_is_seen_by(of_chapter, today(of_chapter));
    ELSIF added_up_until(of_chapter, through) < date_trunc('month', (through + 1)::timestamp)::date - 1 THEN
        PERFORM add_up_months(of_chapter);
    END IF;

    -- Whose private figures it shows stands in the access log; where it shows none, nothing is written.
    PERFORM note_figures_seen('monthly-return', in_month, of_chapter, least(year_start, from_month), through, opened_to);

    RETURN QUERY
    WITH line AS MATERIALIZED (
        SELECT live.* FROM roi_lines(of_chapter, in_month, through, from_month) AS live WHERE closed_number IS NULL
        UNION ALL
        SELECT stored.block, stored.membership_id, stored.name, stored.folded_name, stored.dues, stored.fees, stored.spent, stored.minutes,
               stored.time_value, stored.received, stored.received_outside, stored.profit, stored.given, stored.given_outside,
               stored.referrals_given, stored.referrals_received, stored.one_to_ones, stored.held, stored.payback
          FROM closed_month_line AS stored WHERE stored.chapter_id = of_chapter AND stored.number = closed_number
    ), beside AS (
        SELECT live.* FROM roi_blocks(of_chapter, in_month, through, from_month) AS live WHERE closed_number IS NULL
        UNION ALL
        SELECT stored.block, stored.given_former, stored.unconverted, stored.active_members, stored.active_months
          FROM closed_month_block AS stored WHERE stored.chapter_id = of_chapter AND stored.number = closed_number
    ), member AS MATERIALIZED (
        -- A closed month may know somebody who is gone with the import that brought them.
        SELECT line.membership_id AS id, coalesce(membership.person_id, -line.membership_id) AS person_id,
               coalesce(figures_are_open(membership.person_id, membership.shares_figures, opened_to), false) AS is_open,
               may('see-chapter-reports') OR coalesce(membership.person_id = acting_person(), false) AS is_listed
          FROM (SELECT DISTINCT line.membership_id FROM line) AS line
          LEFT JOIN membership ON membership.chapter_id = of_chapter AND membership.id = line.membership_id
    ), period (block) AS (
        VALUES ('month'), ('trailing'), ('since_joining')
    ), returned AS (
        SELECT line.*, line.dues + line.fees + line.spent + line.time_value AS cost
          FROM line
    ), judged AS (
        SELECT returned.*, returned.profit - returned.cost AS net,
               quotient(returned.profit - returned.cost, returned.cost) AS roi,
               quotient(returned.profit * 60, returned.minutes) AS rot
          FROM returned
    ), hidden AS (
        -- How many people earned among those whose figures the reader may not see (domain page §5).
        SELECT period.block,
               count(DISTINCT member.person_id) FILTER (WHERE judged.received > 0 AND NOT member.is_open) AS earners,
               count(DISTINCT member.person_id) FILTER (WHERE judged.received_outside > 0 AND NOT member.is_open) AS outside_earners
          FROM period
          LEFT JOIN judged ON judged.block = period.block
          LEFT JOIN member ON member.id = judged.membership_id
         GROUP BY period.block
    ), total AS (
        SELECT period.block, count(judged.membership_id) AS members,
               coalesce(sum(judged.dues), 0) AS dues, coalesce(sum(judged.fees), 0) AS fees, coalesce(sum(judged.spent), 0) AS spent,
               coalesce(sum(judged.minutes), 0) AS minutes, coalesce(sum(judged.time_value), 0) AS time_value,
               coalesce(sum(judged.cost), 0) AS cost, coalesce(sum(judged.received), 0) AS received,
               coalesce(sum(judged.profit), 0) AS profit, coalesce(sum(judged.given), 0) AS given, coalesce(sum(judged.net), 0) AS net,
               coalesce(sum(judged.received_outside), 0) AS received_outside, coalesce(sum(judged.given_outside), 0) AS given_outside,
               array_agg(judged.roi ORDER BY judged.roi) FILTER (WHERE judged.roi IS NOT NULL) AS rois
          FROM period
          LEFT JOIN judged ON judged.block = period.block
         GROUP BY period.block
    ), seat AS (
        SELECT quotient(total.given * beside.active_months, beside.active_members) AS value
          FROM total JOIN beside ON beside.block = total.block
         WHERE total.block = 'trailing'
    ), printed_line AS (
        SELECT judged.*, member.is_open OR hidden.earners = 0 AS is_seen,
               -- A payback tells of all since joining: who is not counted there has earned who knows what.
               CASE WHEN member.is_open OR everywhen.earners = 0 AND lasting.membership_id IS NOT NULL THEN judged.payback END AS shown_payback
          FROM judged
          JOIN member ON member.id = judged.membership_id AND member.is_listed
          JOIN hidden ON hidden.block = judged.block
          JOIN hidden AS everywhen ON everywhen.block = 'since_joining'
          LEFT JOIN judged AS lasting ON lasting.block = 'since_joining' AND lasting.membership_id = judged.membership_id
    ), printed_total AS (
        SELECT total.*, hides_enough(hidden.earners) AS is_seen, hides_enough(hidden.outside_earners) AS outside_is_seen
          FROM total
          JOIN hidden ON hidden.block = total.block
    ), printed (block, membership_id, name, folded_name, dues, fees, spent, hours, time_value, cost, received, profit, given, net,
                 roi, rot, payback, referrals_given, referrals_received, one_to_ones, held, members, received_outside,
                 given_outside, given_former, median_roi, lower_quartile_roi, upper_quartile_roi, withheld, unconverted,
                 seat_value, open_seat_month) AS (
        SELECT shown.block, shown.membership_id, shown.name, shown.folded_name,
               printed_amount(shown.dues, digits), printed_amount(shown.fees, digits), printed_amount(shown.spent, digits),
               printed(quotient(shown.minutes, 60), 2), printed_amount(shown.time_value, digits), printed_amount(shown.cost, digits),
               CASE WHEN shown.is_seen THEN printed_amount(shown.received, digits) END,
               CASE WHEN shown.is_seen THEN printed_amount(shown.profit, digits) END,
               printed_amount(shown.given, digits),
               CASE WHEN shown.is_seen THEN printed_amount(shown.net, digits) END,
               CASE WHEN shown.is_seen THEN printed(shown.roi, 4) END,
               CASE WHEN shown.is_seen THEN printed(shown.rot / 10::numeric ^ digits, 4) END,
               shown.shown_payback, shown.referrals_given, shown.referrals_received, shown.one_to_ones, shown.held,
               NULL::bigint, NULL::numeric, NULL::numeric, NULL::numeric, NULL::numeric, NULL::numeric, NULL::numeric,
               NULL::text[], NULL::text[], NULL::numeric, NULL::numeric
          FROM printed_line AS shown
        UNION ALL
        SELECT total.block, NULL, NULL, NULL,
               printed_amount(total.dues, digits), printed_amount(total.fees, digits), printed_amount(total.spent, digits),
               printed(quotient(total.minutes, 60), 2), printed_amount(total.time_value, digits), printed_amount(total.cost, digits),
               CASE WHEN total.is_seen THEN printed_amount(total.received, digits) END,
               CASE WHEN total.is_seen THEN printed_amount(total.profit, digits) END,
               printed_amount(total.given, digits),
               CASE WHEN total.is_seen THEN printed_amount(total.net, digits) END,
               CASE WHEN total.is_seen THEN printed(quotient(total.net, total.cost), 4) END,
               CASE WHEN total.is_seen THEN printed(quotient(total.profit * 60, total.minutes) / 10::numeric ^ digits, 4) END,
               NULL, NULL, NULL, NULL, NULL,
               total.members,
               CASE WHEN total.is_seen AND total.outside_is_seen THEN printed_amount(total.received_outside, digits) END,
               printed_amount(total.given_outside, digits), printed_amount(beside.given_former, digits),
               CASE WHEN total.is_seen THEN printed(sorted_quantile(total.rois, 0.5), 4) END,
               CASE WHEN total.is_seen THEN printed(sorted_quantile(total.rois, 0.25), 4) END,
               CASE WHEN total.is_seen THEN printed(sorted_quantile(total.rois, 0.75), 4) END,
               CASE WHEN NOT total.is_seen
                    THEN '{received,profit,net,roi,rot,received_outside,median_roi,quartiles_roi}'::text[]
                    WHEN NOT total.outside_is_seen THEN '{received_outside}'
                    ELSE '{}' END,
               beside.unconverted,
               CASE WHEN total.block = 'month' THEN printed_amount((SELECT seat.value FROM seat), digits) END,
               CASE WHEN total.block = 'month' THEN printed_amount(quotient((SELECT seat.value FROM seat), 12), digits) END
          FROM printed_total AS total
          JOIN beside ON beside.block = total.block
    )
    SELECT printed.block, printed.membership_id, printed.name, printed.dues, printed.fees, printed.spent, printed.hours,
           printed.time_value, printed.cost, printed.received, printed.profit, printed.given, printed.net, printed.roi, printed.rot,
           printed.payback, printed.referrals_given, printed.referrals_received, printed.one_to_ones, printed.held, printed.members,
           printed.received_outside, printed.given_outside, printed.given_former, printed.median_roi,
           printed.lower_quartile_roi, printed.upper_quartile_roi, printed.withheld, printed.unconverted,
           printed.seat_value, printed.open_seat_month
      FROM printed
     ORDER BY printed.block, printed.folded_name, printed.membership_id;
END
$$;

GRANT EXECUTE ON FUNCTION app.monthly_roi TO chapterhouse_app;

-- The arithmetic may have changed with this file.
SELECT app.add_up_again_everywhere();
