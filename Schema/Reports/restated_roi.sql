-- What each total of a closed month's return would be more, or less, were it closed now (domain page §6, Exactly, 20):
-- rows like the totals of `monthly_roi`. What a reader may not know of either total they may not know of the difference,
-- nor what one or two people earned meanwhile whose own figures they may not see.
CREATE OR REPLACE FUNCTION app.restated_roi(of_chapter integer, closed_number integer)
    RETURNS TABLE (
        block text, membership_id bigint, name text,
        dues numeric, fees numeric, spent numeric, hours numeric, "time" numeric, cost numeric, received numeric,
        profit numeric, given numeric, net numeric, roi numeric, rot numeric,
        payback date, referrals_given bigint, referrals_received bigint, one_to_ones bigint, meetings_held bigint,
        members bigint, received_outside numeric, given_outside numeric, given_former numeric,
        median_roi numeric, lower_quartile_roi numeric, upper_quartile_roi numeric,
        withheld text[], unconverted text[], seat_value numeric, open_seat_month numeric
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    digits    integer := decimals_of(of_chapter);
    in_month  date;
    month_end date;
    opened_to text := earned_is_seen_by(of_chapter, today(of_chapter));
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT closed.month INTO in_month FROM closed_month AS closed WHERE closed.chapter_id = of_chapter AND closed.number = closed_number;
    month_end := (in_month + interval '1 month' - interval '1 day')::date;

    RETURN QUERY
    WITH line AS MATERIALIZED (
        SELECT true AS is_now, live.block, live.membership_id, live.dues, live.fees, live.spent, live.minutes, live.time_value,
               live.received, live.received_outside, live.profit, live.given, live.given_outside,
               live.referrals_given, live.referrals_received, live.one_to_ones, live.held
          FROM roi_lines(of_chapter, in_month, month_end) AS live
        UNION ALL
        SELECT false, stored.block, stored.membership_id, stored.dues, stored.fees, stored.spent, stored.minutes, stored.time_value,
               stored.received, stored.received_outside, stored.profit, stored.given, stored.given_outside,
               stored.referrals_given, stored.referrals_received, stored.one_to_ones, stored.held
          FROM closed_month_line AS stored WHERE stored.chapter_id = of_chapter AND stored.number = closed_number
    ), judged AS (
        SELECT line.*, line.dues + line.fees + line.spent + line.time_value AS cost,
               coalesce(membership.person_id, -line.membership_id) AS person_id,
               coalesce(figures_are_open(membership.person_id, membership.shares_figures, opened_to), false) AS is_open
          FROM line
          LEFT JOIN membership ON membership.chapter_id = of_chapter AND membership.id = line.membership_id
    ), total AS (
        SELECT period.block, side.is_now, count(judged.membership_id) AS members,
               coalesce(sum(judged.dues), 0) AS dues, coalesce(sum(judged.fees), 0) AS fees, coalesce(sum(judged.spent), 0) AS spent,
               coalesce(sum(judged.minutes), 0) AS minutes, coalesce(sum(judged.time_value), 0) AS time_value,
               coalesce(sum(judged.cost), 0) AS cost, coalesce(sum(judged.received), 0) AS received,
               coalesce(sum(judged.profit), 0) AS profit, coalesce(sum(judged.given), 0) AS given,
               coalesce(sum(judged.profit - judged.cost), 0) AS net,
               coalesce(sum(judged.received_outside), 0) AS received_outside, coalesce(sum(judged.given_outside), 0) AS given_outside,
               coalesce(sum(judged.referrals_given), 0) AS referrals_given, coalesce(sum(judged.referrals_received), 0) AS referrals_received,
               coalesce(sum(judged.one_to_ones), 0) AS one_to_ones, coalesce(sum(judged.held), 0) AS held,
               array_agg(quotient(judged.profit - judged.cost, judged.cost)) AS rois,
               count(DISTINCT judged.person_id) FILTER (WHERE judged.received > 0 AND NOT judged.is_open) AS earners,
               count(DISTINCT judged.person_id) FILTER (WHERE judged.received_outside > 0 AND NOT judged.is_open) AS outside_earners
          FROM (VALUES ('month'), ('trailing'), ('since_joining')) AS period (block)
         CROSS JOIN (VALUES (true), (false)) AS side (is_now)
          LEFT JOIN judged ON judged.block = period.block AND judged.is_now = side.is_now
         GROUP BY period.block, side.is_now
    ), moved AS (
        -- Whose hidden figures are others now than they were.
        SELECT one.block, count(*) FILTER (WHERE one.profit <> 0 OR one.received <> 0) AS earners, count(*) FILTER (WHERE one.outside <> 0) AS outside_earners
          FROM (SELECT judged.block, judged.person_id,
                       sum(CASE WHEN judged.is_now THEN judged.received ELSE -judged.received END) AS received,
                       sum(CASE WHEN judged.is_now THEN judged.profit ELSE -judged.profit END) AS profit,
                       sum(CASE WHEN judged.is_now THEN judged.received_outside ELSE -judged.received_outside END) AS outside
                  FROM judged WHERE NOT judged.is_open
                 GROUP BY judged.block, judged.person_id) AS one
         GROUP BY one.block
    ), beside AS (
        SELECT true AS is_now, live.* FROM roi_blocks(of_chapter, in_month, month_end) AS live
        UNION ALL
        SELECT false, stored.block, stored.given_former, stored.unconverted, stored.active_members, stored.active_months
          FROM closed_month_block AS stored WHERE stored.chapter_id = of_chapter AND stored.number = closed_number
    ), seat AS (
        SELECT total.is_now, quotient(total.given * beside.active_months, beside.active_members) AS value
          FROM total JOIN beside ON beside.block = total.block AND beside.is_now = total.is_now
         WHERE total.block = 'trailing'
    ), difference AS (
        SELECT now.*, before.members AS old_members, before.dues AS old_dues, before.fees AS old_fees, before.spent AS old_spent,
               before.minutes AS old_minutes, before.time_value AS old_time_value, before.cost AS old_cost, before.received AS old_received,
               before.profit AS old_profit, before.given AS old_given, before.net AS old_net, before.received_outside AS old_received_outside,
               before.given_outside AS old_given_outside, before.referrals_given AS old_referrals_given,
               before.referrals_received AS old_referrals_received, before.one_to_ones AS old_one_to_ones, before.held AS old_held,
               before.rois AS old_rois,
               hides_enough(now.earners) AND hides_enough(before.earners) AND hides_enough(coalesce(moved.earners, 0)) AS is_seen,
               hides_enough(now.outside_earners) AND hides_enough(before.outside_earners)
                   AND hides_enough(coalesce(moved.outside_earners, 0)) AS outside_is_seen,
               beside.given_former, beside.unconverted, earlier.given_former AS old_given_former, earlier.unconverted AS old_unconverted
          FROM total AS now
          JOIN total AS before ON before.block = now.block AND NOT before.is_now
          JOIN beside ON beside.block = now.block AND beside.is_now
          JOIN beside AS earlier ON earlier.block = now.block AND NOT earlier.is_now
          LEFT JOIN moved ON moved.block = now.block
         WHERE now.is_now
    )
    SELECT now.block, NULL::bigint, NULL::text,
           printed_amount(now.dues - now.old_dues, digits), printed_amount(now.fees - now.old_fees, digits),
           printed_amount(now.spent - now.old_spent, digits), printed(quotient(now.minutes - now.old_minutes, 60), 2),
           printed_amount(now.time_value - now.old_time_value, digits), printed_amount(now.cost - now.old_cost, digits),
           CASE WHEN now.is_seen THEN printed_amount(now.received - now.old_received, digits) END,
           CASE WHEN now.is_seen THEN printed_amount(now.profit - now.old_profit, digits) END,
           printed_amount(now.given - now.old_given, digits),
           CASE WHEN now.is_seen THEN printed_amount(now.net - now.old_net, digits) END,
           CASE WHEN now.is_seen THEN printed(quotient(now.net, now.cost) - quotient(now.old_net, now.old_cost), 4) END,
           CASE WHEN now.is_seen
                THEN printed((quotient(now.profit * 60, now.minutes) - quotient(now.old_profit * 60, now.old_minutes)) / 10::numeric ^ digits, 4) END,
           NULL::date, (now.referrals_given - now.old_referrals_given)::bigint, (now.referrals_received - now.old_referrals_received)::bigint,
           (now.one_to_ones - now.old_one_to_ones)::bigint, (now.held - now.old_held)::bigint, now.members - now.old_members,
           CASE WHEN now.is_seen AND now.outside_is_seen THEN printed_amount(now.received_outside - now.old_received_outside, digits) END,
           printed_amount(now.given_outside - now.old_given_outside, digits), printed_amount(now.given_former - now.old_given_former, digits),
           CASE WHEN now.is_seen THEN printed(quantile(now.rois, 0.5) - quantile(now.old_rois, 0.5), 4) END,
           CASE WHEN now.is_seen THEN printed(quantile(now.rois, 0.25) - quantile(now.old_rois, 0.25), 4) END,
           CASE WHEN now.is_seen THEN printed(quantile(now.rois, 0.75) - quantile(now.old_rois, 0.75), 4) END,
           CASE WHEN NOT now.is_seen
                THEN '{received,profit,net,roi,rot,received_outside,median_roi,quartiles_roi}'::text[]
                WHEN NOT now.outside_is_seen THEN '{received_outside}'
                ELSE '{}' END,
           ARRAY(SELECT record FROM unnest(now.unconverted) AS record WHERE record <> ALL (now.old_unconverted)),
           CASE WHEN now.block = 'month'
                THEN printed_amount((SELECT value FROM seat WHERE is_now) - (SELECT value FROM seat WHERE NOT is_now), digits) END,
           CASE WHEN now.block = 'month'
                THEN printed_amount(quotient((SELECT value FROM seat WHERE is_now) - (SELECT value FROM seat WHERE NOT is_now), 12), digits) END
      FROM difference AS now
     ORDER BY now.block;
END
$$;

GRANT EXECUTE ON FUNCTION app.restated_roi TO chapterhouse_app;
