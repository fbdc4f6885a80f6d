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
