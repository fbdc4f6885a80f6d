-- What members owe. Amounts are in minor units of the chapter's currency, in which it keeps its ledger.

-- What each membership was invoiced, has paid and owes at the end of a day, of those that had an invoice or a payment;
-- payments settle the oldest invoice first. Rows that the reader may not see do not count: this runs behind the walls.
CREATE OR REPLACE FUNCTION app.balances(of_chapter integer, through date)
    RETURNS TABLE (membership_id bigint, invoiced bigint, paid bigint, arrears bigint, due_since date)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH bill AS (
        SELECT invoice.membership_id, invoice.amount, invoice.due_on,
               sum(invoice.amount) OVER (PARTITION BY invoice.membership_id ORDER BY invoice.due_on, invoice.recorded_at, invoice.id) AS until_then
          FROM invoice
         WHERE invoice.chapter_id = of_chapter AND invoice.issued_on <= through
           AND (invoice.cancelled_on IS NULL OR invoice.cancelled_on > through)
    ), received AS (
        SELECT payment.membership_id, sum(payment.amount)::bigint AS paid
          FROM payment
         WHERE payment.chapter_id = of_chapter AND payment.paid_on <= through
           AND (payment.voided_on IS NULL OR payment.voided_on > through)
         GROUP BY payment.membership_id
    ), billed AS (
        SELECT bill.membership_id, sum(bill.amount)::bigint AS invoiced,
               coalesce(sum(bill.amount) FILTER (WHERE bill.due_on < through), 0)::bigint AS due,
               min(bill.due_on) FILTER (WHERE bill.due_on < through AND bill.until_then > coalesce(received.paid, 0)) AS due_since
          FROM bill
          LEFT JOIN received ON received.membership_id = bill.membership_id
         GROUP BY bill.membership_id
    )
    SELECT coalesce(billed.membership_id, received.membership_id), coalesce(billed.invoiced, 0), coalesce(received.paid, 0),
           greatest(coalesce(billed.due, 0) - coalesce(received.paid, 0), 0), billed.due_since
      FROM billed
      FULL JOIN received ON received.membership_id = billed.membership_id;
END
$$;

GRANT EXECUTE ON FUNCTION app.balances TO chapterhouse_app;

-- What is to be billed for the days of a period, and what of it is billed already: one line for each membership.
--   'term'      the membership fee of their days, as the return counts dues;
--   'renewals'  the whole fee, of those who renew in these days, for the months that it covers;
--   'meetings'  the fee of each sealed regular meeting, as the policy has it due.
-- An invoice of that kind over any of the same days, unless it was cancelled, means that they are billed.
CREATE OR REPLACE FUNCTION app.to_be_billed(of_chapter integer, what text, from_day date, to_day date)
    RETURNS TABLE (membership_id bigint, person_id bigint, name text, folded_name text, from_on date, to_on date, meetings bigint,
                   amount bigint, is_billed boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    invoice_kind text := CASE what WHEN 'meetings' THEN 'meetings' ELSE 'membership' END;
BEGIN
    IF to_day < from_day OR to_day - from_day > 1826 THEN
        RAISE EXCEPTION 'from % to % is not a period of at most five years', from_day, to_day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'billing_is_of_at_most_five_years', TABLE = 'invoice';
    END IF;
    RETURN QUERY
    WITH member AS (
        SELECT membership.*, greatest(membership.joined_on, from_day) AS first_day, least(membership.ended_on, to_day) AS last_day
          FROM membership
         WHERE membership.chapter_id = of_chapter AND membership.joined_on <= to_day
           AND coalesce(membership.ended_on, 'infinity') >= from_day
    ), share AS (
        SELECT member.id, month.start::date AS month, policy.membership_fee, policy.months_covered,
               (month.start + interval '1 month')::date - month.start::date AS days_of_month,
               sum(least(member.last_day, (month.start + interval '1 month')::date - 1, policy.last_day)
                   - greatest(member.first_day, month.start::date, policy.first_day) + 1) AS days
          FROM member
         CROSS JOIN LATERAL generate_series(date_trunc('month', member.first_day::timestamp), member.last_day::timestamp, interval '1 month') AS month (start)
          JOIN policy_in_force(of_chapter) AS policy
            ON policy.first_day <= least(member.last_day, (month.start + interval '1 month')::date - 1)
           AND policy.last_day >= greatest(member.first_day, month.start::date)
         WHERE what = 'term'
         GROUP BY member.id, month.start, policy.membership_fee, policy.months_covered
    ), sat AS (
        SELECT member.id, policy.meeting_fee
          FROM meeting
          JOIN member ON meeting.local_date BETWEEN member.first_day AND member.last_day
          JOIN policy_in_force(of_chapter) AS policy ON meeting.local_date BETWEEN policy.first_day AND policy.last_day
          LEFT JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.membership_id = member.id
         WHERE what = 'meetings' AND meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status = 'sealed'
           AND meeting.local_date BETWEEN from_day AND to_day
           AND (policy.meeting_fee_due_for = 'every' OR mark.mark IN ('present', 'late', 'substitute'))
           AND NOT EXISTS (SELECT FROM membership_leave AS leave
                            WHERE leave.chapter_id = of_chapter AND leave.membership_id = member.id
                              AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
    ), line AS (
        SELECT share.id, NULL::date AS first_day, NULL::date AS last_day, NULL::bigint AS meetings,
               round(sum(quotient(share.membership_fee * share.days, share.months_covered * share.days_of_month)))::bigint AS amount
          FROM share GROUP BY share.id
        UNION ALL
        SELECT sat.id, NULL, NULL, count(*), sum(sat.meeting_fee)::bigint FROM sat GROUP BY sat.id
        UNION ALL
        SELECT member.id, member.renews_on, (member.renews_on + make_interval(months => policy.months_covered))::date - 1, NULL, policy.membership_fee
          FROM member
          JOIN policy_in_force(of_chapter) AS policy ON member.renews_on BETWEEN policy.first_day AND policy.last_day
         WHERE what = 'renewals' AND member.renews_on BETWEEN from_day AND to_day AND coalesce(member.ended_on, 'infinity') >= member.renews_on
    )
    SELECT member.id, member.person_id, member.name::text, member.folded_name, days.first_day, days.last_day, line.meetings, line.amount,
           EXISTS (SELECT FROM invoice AS earlier
                    WHERE earlier.chapter_id = of_chapter AND earlier.membership_id = member.id AND earlier.kind = invoice_kind
                      AND earlier.cancelled_on IS NULL
                      AND num_nonnulls(earlier.from_on, earlier.to_on) > 0
                      AND daterange(least(coalesce(earlier.from_on, earlier.issued_on), earlier.to_on), coalesce(earlier.to_on, earlier.from_on), '[]')
                          && daterange(days.first_day, days.last_day, '[]'))
      FROM line
      JOIN member ON member.id = line.id
     CROSS JOIN LATERAL (SELECT coalesce(line.first_day, member.first_day) AS first_day, coalesce(line.last_day, member.last_day) AS last_day) AS days
     WHERE line.amount > 0;
END
$$;

-- Writes an invoice for each line that is not billed yet; how many, and over how much. Of two who bill at once, the second
-- finds it done.
CREATE OR REPLACE FUNCTION app.bill(of_chapter integer, what text, from_day date, to_day date, written date, due date)
    RETURNS TABLE (invoices bigint, total bigint)
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    unsealed date;
    on_day   date := coalesce(written, today(of_chapter));
BEGIN
    PERFORM pg_advisory_xact_lock(1685415283, of_chapter);
    IF what = 'meetings' THEN
        SELECT min(meeting.local_date) INTO unsealed
          FROM meeting
         WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status IN ('scheduled', 'open')
           AND meeting.local_date BETWEEN from_day AND to_day;
        IF unsealed IS NOT NULL THEN
            RAISE EXCEPTION 'the meeting of % is not sealed', unsealed
                USING ERRCODE = 'check_violation', CONSTRAINT = 'meetings_are_sealed_before_they_are_billed', TABLE = 'invoice';
        END IF;
    END IF;
    RETURN QUERY
    WITH written AS (
        INSERT INTO invoice (chapter_id, membership_id, person_id, kind, from_on, to_on, amount, currency, issued_on, due_on)
        SELECT of_chapter, line.membership_id, line.person_id, CASE what WHEN 'meetings' THEN 'meetings' ELSE 'membership' END,
               line.from_on, line.to_on, line.amount, chapter.currency, on_day, coalesce(due, on_day)
          FROM to_be_billed(of_chapter, what, from_day, to_day) AS line
          JOIN chapter ON chapter.id = of_chapter
         WHERE NOT line.is_billed
        RETURNING amount
    )
    SELECT count(*), coalesce(sum(amount), 0)::bigint FROM written;
END
$$;

-- A membership's account, entry by entry: what was invoiced counts up, what was paid down, and taking either back is an entry
-- of its own day. The balance behind each is what was owed then; below zero, what the chapter owes.
CREATE OR REPLACE FUNCTION app.statement(of_chapter integer, of_member bigint)
    RETURNS TABLE (day date, entry text, kind text, from_on date, to_on date, note text, amount bigint, balance bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH line AS (
        SELECT invoice.issued_on AS day, 1 AS place, 'invoice' AS entry, invoice.kind, invoice.from_on, invoice.to_on, invoice.note::text,
               invoice.amount, invoice.recorded_at, invoice.id
          FROM invoice WHERE invoice.chapter_id = of_chapter AND invoice.membership_id = of_member
        UNION ALL
        SELECT invoice.cancelled_on, 2, 'cancelled', invoice.kind, invoice.from_on, invoice.to_on, invoice.cancelled_because::text,
               -invoice.amount, invoice.recorded_at, invoice.id
          FROM invoice
         WHERE invoice.chapter_id = of_chapter AND invoice.membership_id = of_member AND invoice.cancelled_on IS NOT NULL
        UNION ALL
        SELECT payment.paid_on, 3, 'payment', NULL, NULL, NULL, payment.note::text, -payment.amount, payment.recorded_at, payment.id
          FROM payment WHERE payment.chapter_id = of_chapter AND payment.membership_id = of_member
        UNION ALL
        SELECT payment.voided_on, 4, 'voided', NULL, NULL, NULL, payment.voided_because::text, payment.amount, payment.recorded_at, payment.id
          FROM payment
         WHERE payment.chapter_id = of_chapter AND payment.membership_id = of_member AND payment.voided_on IS NOT NULL
    )
    SELECT line.day, line.entry, line.kind, line.from_on, line.to_on, line.note, line.amount,
           (sum(line.amount) OVER (ORDER BY line.day, line.place, line.recorded_at, line.id))::bigint
      FROM line
     ORDER BY line.day, line.place, line.recorded_at, line.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.to_be_billed, app.bill, app.statement TO chapterhouse_app;
