-- The monthly return (domain page §6). Amounts are in minor units of the chapter's currency, unrounded, until
-- the last step prints them. `through` is the last day that counts: the month's end, or the as-of day before it.

-- Amounts in the chapter's own currency are not sent through `converted`: a call a row would cost more than the rest.
-- What each membership put in and got out, month by month since it joined.
CREATE OR REPLACE FUNCTION app.roi_by_month(of_chapter integer, through date)
    RETURNS TABLE (
        membership_id bigint, person_id bigint, month date, dues numeric, fees numeric, spent numeric,
        minutes numeric, minute_value numeric, received numeric, received_outside numeric, profit numeric,
        given numeric, given_outside numeric, referrals_given bigint, referrals_received bigint,
        one_to_ones bigint, held bigint
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
WITH home AS (
    SELECT currency FROM chapter WHERE id = of_chapter
), member AS MATERIALIZED (
    SELECT membership.id, membership.person_id, membership.joined_on, least(membership.ended_on, through) AS last_day
      FROM membership
     WHERE membership.chapter_id = of_chapter AND membership.joined_on <= through
), policy AS (
    SELECT * FROM policy_in_force(of_chapter)
), own_hour AS (
    SELECT valuation.membership_id, valuation.value_of_hour AS value, valuation.valid_from AS first_day,
           coalesce(lead(valuation.valid_from) OVER (PARTITION BY valuation.membership_id ORDER BY valuation.valid_from) - 1, 'infinity') AS last_day
      FROM membership_valuation AS valuation
     WHERE valuation.chapter_id = of_chapter AND valuation.value_of_hour IS NOT NULL
), member_month AS (
    SELECT member.id, member.person_id, first_day::date AS first_day,
           greatest(member.joined_on, first_day::date) AS from_day,
           least(member.last_day, (first_day + interval '1 month' - interval '1 day')::date) AS to_day,
           (first_day + interval '1 month')::date - first_day::date AS days
      FROM member
     CROSS JOIN LATERAL generate_series(date_trunc('month', member.joined_on::timestamp), member.last_day::timestamp, interval '1 month') AS first_day
), dues AS (
    -- One division for all days of a month under the same fee keeps the sum exact.
    SELECT member_month.id, member_month.first_day,
           quotient(policy.membership_fee
                    * sum(least(member_month.to_day, policy.last_day) - greatest(member_month.from_day, policy.first_day) + 1),
                    policy.months_covered * member_month.days) AS dues
      FROM member_month
      JOIN policy ON policy.first_day <= member_month.to_day AND policy.last_day >= member_month.from_day
     GROUP BY member_month.id, member_month.first_day, member_month.days, policy.membership_fee, policy.months_covered
), sheet AS (
    SELECT member.id AS membership_id, meeting.local_date AS day, meeting.minutes, meeting.kind, mark.mark,
           NOT EXISTS (SELECT FROM membership_leave AS leave
                        WHERE leave.chapter_id = of_chapter AND leave.membership_id = member.id
                          AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity')) AS is_expected
      FROM meeting
      JOIN member ON meeting.local_date BETWEEN member.joined_on AND member.last_day
      LEFT JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.membership_id = member.id
     WHERE meeting.chapter_id = of_chapter AND meeting.status IN ('open', 'sealed') AND meeting.local_date <= through
), entry AS MATERIALIZED (
    -- Every record that puts money or time in, or takes business out, on its day.
    SELECT sheet.membership_id, sheet.day,
           CASE WHEN sheet.kind = 'regular' AND sheet.is_expected
                     AND (policy.meeting_fee_due_for = 'every' OR sheet.mark IN ('present', 'late', 'substitute'))
                THEN policy.meeting_fee::numeric ELSE 0 END AS fees,
           0::numeric AS spent,
           CASE WHEN sheet.mark IN ('present', 'late') THEN sheet.minutes::numeric ELSE 0 END AS minutes,
           0::numeric AS received, 0::numeric AS received_outside, 0::numeric AS profit, 0::numeric AS given, 0::numeric AS given_outside,
           0 AS referrals_given, 0 AS referrals_received, 0 AS one_to_ones,
           (sheet.kind = 'regular' AND sheet.is_expected)::integer AS held
      FROM sheet
      JOIN policy ON sheet.day BETWEEN policy.first_day AND policy.last_day
    UNION ALL
    SELECT side.membership_id, talk.met_on, 0, CASE WHEN talk.currency = home.currency THEN side.cost ELSE coalesce(converted(side.cost, talk.currency, home.currency, talk.met_on), 0) END,
           coalesce(talk.minutes, 0), 0, 0, 0, 0, 0, 0, 0, 1, 0
      FROM one_to_one AS talk
     CROSS JOIN home
     CROSS JOIN LATERAL (VALUES (talk.first_id, talk.cost_of_first), (talk.second_id, talk.cost_of_second)) AS side (membership_id, cost)
     WHERE talk.chapter_id = of_chapter AND talk.met_on <= through AND side.membership_id IS NOT NULL
    UNION ALL
    SELECT activity.membership_id, activity.done_on, 0,
           CASE WHEN activity.currency = home.currency THEN activity.money
                ELSE coalesce(converted(activity.money, activity.currency, home.currency, activity.done_on), 0) END,
           activity.minutes, 0, 0, 0, 0, 0, 0, 0, 0, 0
      FROM activity CROSS JOIN home
     WHERE activity.chapter_id = of_chapter AND activity.done_on <= through
    UNION ALL
    SELECT education_unit.membership_id, education_unit.done_on, 0, 0, education_unit.units * 60, 0, 0, 0, 0, 0, 0, 0, 0, 0
      FROM education_unit
     WHERE education_unit.chapter_id = of_chapter AND education_unit.done_on <= through
    UNION ALL
    SELECT earned.membership_id, earned.day, 0, 0, 0, earned.amount, CASE WHEN earned.is_outside THEN earned.amount ELSE 0 END,
           earned.profit, 0, 0, 0, 0, 0, 0
      FROM earnings(of_chapter, '-infinity', through) AS earned
    UNION ALL
    SELECT thanks.thanked_id, thanks.closed_on, 0, 0, 0, 0, 0, 0, worth, CASE WHEN thanks.earner_outsider_id IS NOT NULL THEN worth ELSE 0 END,
           0, 0, 0, 0
      FROM closed_business AS thanks
     CROSS JOIN home
     CROSS JOIN LATERAL (SELECT CASE WHEN thanks.currency = home.currency THEN thanks.amount
                                     ELSE coalesce(converted(thanks.amount, thanks.currency, home.currency, thanks.closed_on), 0) END AS worth) AS given
     WHERE thanks.chapter_id = of_chapter AND thanks.closed_on <= through AND thanks.thanked_id IS NOT NULL
    UNION ALL
    SELECT referral.giver_id, referral.passed_on, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0
      FROM referral
     WHERE referral.chapter_id = of_chapter AND referral.passed_on <= through
       AND referral.giver_id IS NOT NULL AND referral.unplaced_profession IS NULL
    UNION ALL
    SELECT referral.receiver_id, referral.passed_on, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0
      FROM referral
     WHERE referral.chapter_id = of_chapter AND referral.passed_on <= through AND referral.receiver_id IS NOT NULL
), counted AS (
    -- A record counts in a membership when its date lies within it, leave or not (Exactly, 4).
    SELECT entry.*, date_trunc('month', entry.day::timestamp)::date AS first_day,
           coalesce(own_hour.value, policy.value_of_hour) AS hour_value
      FROM entry
      JOIN member ON member.id = entry.membership_id AND entry.day BETWEEN member.joined_on AND member.last_day
      JOIN policy ON entry.day BETWEEN policy.first_day AND policy.last_day
      LEFT JOIN own_hour ON own_hour.membership_id = entry.membership_id AND entry.day BETWEEN own_hour.first_day AND own_hour.last_day
), summed AS (
    SELECT counted.membership_id, counted.first_day, sum(fees) AS fees, sum(spent) AS spent, sum(minutes) AS minutes,
           sum(minutes * hour_value) AS minute_value, sum(received) AS received, sum(received_outside) AS received_outside,
           sum(profit) AS profit, sum(given) AS given, sum(given_outside) AS given_outside,
           sum(referrals_given) AS referrals_given, sum(referrals_received) AS referrals_received,
           sum(one_to_ones) AS one_to_ones, sum(held) AS held
      FROM counted
     GROUP BY counted.membership_id, counted.first_day
)
SELECT member_month.id, member_month.person_id, member_month.first_day, coalesce(due.dues, 0),
       coalesce(summed.fees, 0), coalesce(summed.spent, 0), coalesce(summed.minutes, 0), coalesce(summed.minute_value, 0),
       coalesce(summed.received, 0), coalesce(summed.received_outside, 0), coalesce(summed.profit, 0),
       coalesce(summed.given, 0), coalesce(summed.given_outside, 0), coalesce(summed.referrals_given, 0),
       coalesce(summed.referrals_received, 0), coalesce(summed.one_to_ones, 0), coalesce(summed.held, 0)
  FROM member_month
  LEFT JOIN (SELECT dues.id, dues.first_day, sum(dues.dues) AS dues FROM dues GROUP BY dues.id, dues.first_day) AS due
         ON due.id = member_month.id AND due.first_day = member_month.first_day
  LEFT JOIN summed ON summed.membership_id = member_month.id AND summed.first_day = member_month.first_day;
END
$$;

-- Records of a period that no rate converts: left out of the figures, and named (Exactly, 10).
CREATE OR REPLACE FUNCTION app.unconverted(of_chapter integer, from_day date, to_day date) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN (
    SELECT coalesce(array_agg(DISTINCT format('%s of %s in %s', record.kind, record.day, record.currency)), '{}')
      FROM (SELECT 'thanks', closed_on, amount, currency FROM closed_business WHERE chapter_id = of_chapter AND closed_on BETWEEN from_day AND to_day
            UNION ALL
            SELECT 'activity', done_on, money, currency FROM activity WHERE chapter_id = of_chapter AND done_on BETWEEN from_day AND to_day
            UNION ALL
            SELECT 'one-to-one', met_on, greatest(cost_of_first, cost_of_second), currency
              FROM one_to_one WHERE chapter_id = of_chapter AND met_on BETWEEN from_day AND to_day
           ) AS record (kind, day, amount, currency)
     WHERE record.currency <> (SELECT currency FROM chapter WHERE id = of_chapter)
       AND converted(record.amount, record.currency, (SELECT currency FROM chapter WHERE id = of_chapter), record.day) IS NULL);
END
$$;

-- The figures of each member in each block, unrounded, whoever asks: what a closed month stores (closed_month_line).
CREATE OR REPLACE FUNCTION app.roi_lines(of_chapter integer, in_month date, through date)
    RETURNS TABLE (
        block text, membership_id bigint, name text, folded_name text, dues numeric, fees numeric, spent numeric,
        minutes numeric, time_value numeric, received numeric, received_outside numeric, profit numeric,
        given numeric, given_outside numeric, referrals_given bigint, referrals_received bigint,
        one_to_ones bigint, held bigint, payback date
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    year_start date := (in_month - interval '11 months')::date;
BEGIN
    RETURN QUERY
    WITH by_month AS MATERIALIZED (
        SELECT *, by_month.profit - by_month.dues - by_month.fees - by_month.spent - quotient(by_month.minute_value, 60) AS net
          FROM roi_by_month(of_chapter, through) AS by_month
    ), payback AS (
        SELECT running.membership_id, min(running.month) AS month
          FROM (SELECT by_month.membership_id, by_month.month,
                       sum(by_month.net) OVER (PARTITION BY by_month.membership_id ORDER BY by_month.month) AS net
                  FROM by_month) AS running
         WHERE running.net >= 0
         GROUP BY running.membership_id
    ), period (block, from_day) AS (
        VALUES ('month', in_month), ('trailing', year_start), ('since_joining', '-infinity'::date)
    ), line AS (
        SELECT period.block, by_month.membership_id,
               sum(by_month.dues) AS dues, sum(by_month.fees) AS fees, sum(by_month.spent) AS spent,
               sum(by_month.minutes) AS minutes, quotient(sum(by_month.minute_value), 60) AS time_value,
               sum(by_month.received) AS received, sum(by_month.received_outside) AS received_outside,
               sum(by_month.profit) AS profit, sum(by_month.given) AS given, sum(by_month.given_outside) AS given_outside,
               sum(by_month.referrals_given)::bigint AS referrals_given, sum(by_month.referrals_received)::bigint AS referrals_received,
               sum(by_month.one_to_ones)::bigint AS one_to_ones, sum(by_month.held)::bigint AS held
          FROM period
          JOIN by_month ON by_month.month >= period.from_day
         WHERE period.block <> 'since_joining'
            OR by_month.membership_id IN (SELECT present.membership_id FROM by_month AS present WHERE present.month = in_month)
         GROUP BY period.block, by_month.membership_id
    )
    SELECT line.block, line.membership_id, member.name::text, member.folded_name, line.dues, line.fees, line.spent, line.minutes,
           line.time_value, line.received, line.received_outside, line.profit, line.given, line.given_outside,
           line.referrals_given, line.referrals_received, line.one_to_ones, line.held, payback.month
      FROM line
      JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = line.membership_id
      LEFT JOIN payback ON payback.membership_id = line.membership_id;
END
$$;

-- What a block says beside its lines: closed_month_block.
CREATE OR REPLACE FUNCTION app.roi_blocks(of_chapter integer, in_month date, through date)
    RETURNS TABLE (block text, given_former numeric, unconverted text[], active_members bigint, active_months bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home       text := (SELECT currency FROM chapter WHERE id = of_chapter);
    year_start date := (in_month - interval '11 months')::date;
BEGIN
    RETURN QUERY
    WITH period (block, from_day) AS (
        VALUES ('month', in_month), ('trailing', year_start), ('since_joining', '-infinity'::date)
    ), former AS (
        SELECT period.block, coalesce(sum(converted(thanks.amount, thanks.currency, home, thanks.closed_on)), 0) AS given
          FROM period
          LEFT JOIN (closed_business AS thanks
                     JOIN membership AS thanked ON thanked.chapter_id = thanks.chapter_id AND thanked.id = thanks.thanked_id
                                               AND NOT daterange(thanked.joined_on, thanked.ended_on, '[]') @> thanks.closed_on)
                 ON thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN period.from_day AND through
         GROUP BY period.block
    ), active AS (
        -- Members on the last day of each of the twelve months, from the chapter's first membership on (Exactly, 11).
        SELECT (SELECT count(*) FROM membership
                 WHERE membership.chapter_id = of_chapter
                   AND least((first_day + interval '1 month' - interval '1 day')::date, through)
                       BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')) AS members
          FROM generate_series(year_start::timestamp, in_month::timestamp, interval '1 month') AS first_day
         WHERE first_day >= (SELECT date_trunc('month', min(membership.joined_on)::timestamp) FROM membership WHERE membership.chapter_id = of_chapter)
           AND first_day <= through
    )
    SELECT period.block, former.given, unconverted(of_chapter, period.from_day, through), counted.members, counted.months
      FROM period
      JOIN former ON former.block = period.block
     CROSS JOIN (SELECT sum(active.members)::bigint AS members, count(*) AS months FROM active) AS counted;
END
$$;

-- The report as its reader may see it: rows of the three blocks, members in order of name and then the block's
-- total, with no member. Who may see whose figures: domain page §5. Of a closed month it shows what is stored under its
-- number, and who may see what of it is as it is today.
DROP FUNCTION IF EXISTS app.monthly_roi(integer, date, timestamptz);
CREATE OR REPLACE FUNCTION app.monthly_roi(of_chapter integer, in_month date, as_of timestamptz, closed_number integer DEFAULT NULL)
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
    END IF;

    -- Whose private figures it shows stands in the access log; where it shows none, nothing is written.
    PERFORM note_figures_seen('monthly-return', in_month, of_chapter, year_start, through, opened_to);

    RETURN QUERY
    WITH line AS (
        SELECT live.* FROM roi_lines(of_chapter, in_month, through) AS live WHERE closed_number IS NULL
        UNION ALL
        SELECT stored.block, stored.membership_id, stored.name, stored.folded_name, stored.dues, stored.fees, stored.spent, stored.minutes,
               stored.time_value, stored.received, stored.received_outside, stored.profit, stored.given, stored.given_outside,
               stored.referrals_given, stored.referrals_received, stored.one_to_ones, stored.held, stored.payback
          FROM closed_month_line AS stored WHERE stored.chapter_id = of_chapter AND stored.number = closed_number
    ), beside AS (
        SELECT live.* FROM roi_blocks(of_chapter, in_month, through) AS live WHERE closed_number IS NULL
        UNION ALL
        SELECT stored.block, stored.given_former, stored.unconverted, stored.active_members, stored.active_months
          FROM closed_month_block AS stored WHERE stored.chapter_id = of_chapter AND stored.number = closed_number
    ), member AS (
        -- A closed month may know somebody who is gone with the import that brought them.
        SELECT DISTINCT line.membership_id AS id, coalesce(membership.person_id, -line.membership_id) AS person_id,
               coalesce(figures_are_open(membership.person_id, membership.shares_figures, opened_to), false) AS is_open,
               may('see-chapter-reports') OR coalesce(membership.person_id = acting_person(), false) AS is_listed
          FROM line
          LEFT JOIN membership ON membership.chapter_id = of_chapter AND membership.id = line.membership_id
    ), period (block, from_day) AS (
        VALUES ('month', in_month), ('trailing', year_start), ('since_joining', '-infinity'::date)
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
        SELECT period.block, period.from_day, count(judged.membership_id) AS members,
               coalesce(sum(judged.dues), 0) AS dues, coalesce(sum(judged.fees), 0) AS fees, coalesce(sum(judged.spent), 0) AS spent,
               coalesce(sum(judged.minutes), 0) AS minutes, coalesce(sum(judged.time_value), 0) AS time_value,
               coalesce(sum(judged.cost), 0) AS cost, coalesce(sum(judged.received), 0) AS received,
               coalesce(sum(judged.profit), 0) AS profit, coalesce(sum(judged.given), 0) AS given, coalesce(sum(judged.net), 0) AS net,
               coalesce(sum(judged.received_outside), 0) AS received_outside, coalesce(sum(judged.given_outside), 0) AS given_outside,
               array_agg(judged.roi) AS rois
          FROM period
          LEFT JOIN judged ON judged.block = period.block
         GROUP BY period.block, period.from_day
    ), seat AS (
        SELECT quotient(total.given * beside.active_months, beside.active_members) AS value
          FROM total JOIN beside ON beside.block = total.block
         WHERE total.block = 'trailing'
    ), printed_line AS (
        SELECT judged.*, member.is_open OR hidden.earners = 0 AS is_seen,
               CASE WHEN member.is_open OR everywhen.earners = 0 THEN judged.payback END AS shown_payback
          FROM judged
          JOIN member ON member.id = judged.membership_id AND member.is_listed
          JOIN hidden ON hidden.block = judged.block
          JOIN hidden AS everywhen ON everywhen.block = 'since_joining'
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
               CASE WHEN total.is_seen THEN printed(quantile(total.rois, 0.5), 4) END,
               CASE WHEN total.is_seen THEN printed(quantile(total.rois, 0.25), 4) END,
               CASE WHEN total.is_seen THEN printed(quantile(total.rois, 0.75), 4) END,
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
