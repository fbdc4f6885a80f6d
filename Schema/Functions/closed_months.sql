-- Closing a month, opening it again, and what changed under it. The rows are written by these functions alone.

-- What of a record counts in the monthly return, and from which day on: as many parts as it has, none where it does
-- not count. Two states of a record that count alike have the same parts.
CREATE OR REPLACE FUNCTION app.counted_parts(of_table text, record jsonb)
    RETURNS TABLE (entity text, id text, day date, counted jsonb)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    of_chapter integer := (record ->> 'chapter_id')::integer;
BEGIN
    CASE of_table
    WHEN 'referral' THEN
        RETURN QUERY SELECT 'referral', record ->> 'id', (record ->> 'passed_on')::date,
                            jsonb_build_array(record -> 'giver_id', record -> 'receiver_id', record -> 'unplaced_profession' <> 'null');
    WHEN 'closed_business' THEN
        RETURN QUERY SELECT 'thanks', record ->> 'id', (record ->> 'closed_on')::date,
                            jsonb_build_array(record -> 'thanked_id', record -> 'earner_outsider_id', record -> 'amount', record -> 'currency');
    WHEN 'closed_business_earner' THEN
        RETURN QUERY SELECT 'thanks', record ->> 'closed_business_id', thanks.closed_on, jsonb_build_array('earner', record -> 'membership_id')
                       FROM closed_business AS thanks
                      WHERE thanks.chapter_id = of_chapter AND thanks.id = (record ->> 'closed_business_id')::uuid;
    WHEN 'one_to_one' THEN
        RETURN QUERY SELECT 'one-to-one', record ->> 'id', (record ->> 'met_on')::date,
                            jsonb_build_array(record -> 'first_id', record -> 'second_id', record -> 'minutes', record -> 'cost_of_first',
                                              record -> 'cost_of_second', record -> 'currency');
    WHEN 'activity' THEN
        RETURN QUERY SELECT 'activity', record ->> 'id', (record ->> 'done_on')::date,
                            jsonb_build_array(record -> 'membership_id', record -> 'minutes', record -> 'money', record -> 'currency');
    WHEN 'education_unit' THEN
        RETURN QUERY SELECT 'education', record ->> 'id', (record ->> 'done_on')::date,
                            jsonb_build_array(record -> 'membership_id', record -> 'units');
    WHEN 'meeting' THEN
        RETURN QUERY SELECT 'meeting', record ->> 'local_date', (record ->> 'local_date')::date,
                            jsonb_build_array(record -> 'id', record -> 'minutes', record -> 'kind')
                      WHERE record ->> 'status' IN ('open', 'sealed');
    WHEN 'mark' THEN
        RETURN QUERY SELECT 'meeting', meeting.local_date::text, meeting.local_date,
                            jsonb_build_array(record -> 'meeting_id', record -> 'membership_id', record -> 'mark')
                       FROM meeting
                      WHERE meeting.chapter_id = of_chapter AND meeting.id = (record ->> 'meeting_id')::bigint;
    WHEN 'membership' THEN
        RETURN QUERY SELECT 'membership', record ->> 'id', (record ->> 'joined_on')::date, jsonb_build_array('from', record -> 'person_id')
                     UNION ALL
                     SELECT 'membership', record ->> 'id', (record ->> 'ended_on')::date + 1, jsonb_build_array('until')
                      WHERE record ->> 'ended_on' IS NOT NULL;
    WHEN 'membership_leave' THEN
        RETURN QUERY SELECT 'leave', record ->> 'id', (record ->> 'first_day')::date,
                            jsonb_build_array(record -> 'membership_id', record -> 'last_day');
    WHEN 'membership_valuation' THEN
        RETURN QUERY SELECT 'valuation', record ->> 'valid_from', (record ->> 'valid_from')::date,
                            jsonb_build_array(record -> 'membership_id', record -> 'margin', record -> 'value_of_hour');
    WHEN 'policy' THEN
        -- The first version holds before itself, too.
        RETURN QUERY SELECT 'policy', record ->> 'valid_from',
                            CASE WHEN EXISTS (SELECT FROM policy
                                               WHERE policy.chapter_id = of_chapter AND policy.valid_from < (record ->> 'valid_from')::date)
                                 THEN (record ->> 'valid_from')::date ELSE '1900-01-01' END,
                            jsonb_build_array(record -> 'membership_fee', record -> 'months_covered', record -> 'meeting_fee',
                                              record -> 'meeting_fee_due_for', record -> 'value_of_hour');
    END CASE;
END
$$;

-- Whether what counts from a day on counts in a month that is closed.
CREATE OR REPLACE FUNCTION app.is_in_a_closed_month(of_chapter integer, day date) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM closed_month AS closed
                    WHERE closed.chapter_id = of_chapter AND closed.reopened_at IS NULL AND closed.month + interval '1 month' > day);
END
$$;

-- The SHA-256 of what is stored of a closed month. Names are not in it, for a person may be erased; nor is who closed it.
CREATE OR REPLACE FUNCTION app.sha256_of_closed_month(of_chapter integer, of_number integer) RETURNS bytea
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT sha256(convert_to(concat_ws(E'\n',
                   concat_ws(' ', closed.number, to_char(closed.month, 'YYYY-MM'), extract(epoch FROM closed.closed_at), closed.currency,
                             coalesce(encode(closed.previous_sha256, 'hex'), '-')),
                   (SELECT string_agg(concat_ws(' ', kept.block, kept.given_former, coalesce(kept.active_members, 0), coalesce(kept.active_months, 0),
                                                array_to_json(kept.unconverted)), E'\n' ORDER BY kept.block COLLATE "C")
                      FROM closed_month_block AS kept WHERE kept.chapter_id = of_chapter AND kept.number = of_number),
                   (SELECT string_agg(concat_ws(' ', line.block, line.membership_id, line.dues, line.fees, line.spent, line.minutes, line.time_value,
                                                line.received, line.received_outside, line.profit, line.given, line.given_outside,
                                                line.referrals_given, line.referrals_received, line.one_to_ones, line.held,
                                                coalesce(to_char(line.payback, 'YYYY-MM'), '-')),
                                      E'\n' ORDER BY line.block COLLATE "C", line.membership_id)
                      FROM closed_month_line AS line WHERE line.chapter_id = of_chapter AND line.number = of_number)), 'UTF8'))
          FROM closed_month AS closed
         WHERE closed.chapter_id = of_chapter AND closed.number = of_number);
END
$$;

-- Closes a month of the acting chapter; returns its number, and the days of its meetings whose sheets are not sealed.
CREATE OR REPLACE FUNCTION app.close_month(in_month date, OUT closed_number integer, OUT unsealed date[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    here     integer := acting_chapter();
    month_end date   := (in_month + interval '1 month' - interval '1 day')::date;
    before   bytea;
BEGIN
    IF NOT may('close-months') THEN
        RAISE EXCEPTION 'closing a month takes the right close-months' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- From here on nobody writes what counts in this chapter until this is done, and nobody is in the middle of it.
    PERFORM FROM chapter WHERE id = here FOR UPDATE;
    IF month_end >= today(here) THEN
        RAISE EXCEPTION '% ends on %', to_char(in_month, 'YYYY-MM'), month_end
            USING ERRCODE = 'check_violation', CONSTRAINT = 'month_is_over_when_it_is_closed', TABLE = 'closed_month';
    END IF;
    IF NOT EXISTS (SELECT FROM membership WHERE chapter_id = here AND joined_on <= month_end) THEN
        RAISE EXCEPTION 'nobody was a member by %', month_end
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_month_has_had_members', TABLE = 'closed_month';
    END IF;
    SELECT coalesce(max(number), 0) + 1 INTO closed_number FROM closed_month WHERE chapter_id = here;
    SELECT sha256 INTO before FROM closed_month WHERE chapter_id = here AND number = closed_number - 1;

    INSERT INTO closed_month (chapter_id, number, month, closed_at, closed_by, currency, last_change, previous_sha256, sha256)
    SELECT here, closed_number, in_month, date_trunc('second', clock_timestamp()), acting_person(), chapter.currency,
           (SELECT coalesce(max(change.id), 0) FROM closed_month_change AS change WHERE change.chapter_id = here),
           before, sha256('')
      FROM chapter WHERE chapter.id = here;
    INSERT INTO closed_month_line
    SELECT here, closed_number, line.* FROM roi_lines(here, in_month, month_end) AS line;
    INSERT INTO closed_month_block
    SELECT here, closed_number, kept.* FROM roi_blocks(here, in_month, month_end) AS kept;
    UPDATE closed_month SET sha256 = sha256_of_closed_month(here, closed_number) WHERE chapter_id = here AND number = closed_number;

    SELECT coalesce(array_agg(meeting.local_date ORDER BY meeting.local_date), '{}') INTO unsealed
      FROM meeting
     WHERE meeting.chapter_id = here AND meeting.local_date BETWEEN in_month AND month_end AND meeting.status IN ('scheduled', 'open');
END
$$;

-- Opens a closed month again; what was stored stays. False where it is not closed.
CREATE OR REPLACE FUNCTION app.reopen_month(in_month date, why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NOT may('close-months') THEN
        RAISE EXCEPTION 'opening a month again takes the right close-months' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE closed_month
       SET reopened_at = date_trunc('second', clock_timestamp()), reopened_by = acting_person(), reopened_because = why
     WHERE chapter_id = acting_chapter() AND month = in_month AND reopened_at IS NULL;
    RETURN FOUND;
END
$$;

-- The months that the acting chapter closed, the last first, with who did and how many changes came since. A director
-- sees nothing personal.
CREATE OR REPLACE FUNCTION app.closed_months(in_month date DEFAULT NULL)
    RETURNS TABLE (number integer, month date, closed_at timestamptz, closed_by text, sha256 text, changes bigint,
                   reopened_at timestamptz, reopened_by text, reopened_because text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT closed.number, closed.month, closed.closed_at, CASE WHEN may('see-roster') THEN closer.name::text END, encode(closed.sha256, 'hex'),
           CASE WHEN closed.reopened_at IS NULL
                THEN (SELECT count(DISTINCT (change.entity, change.entity_id)) FROM closed_month_change AS change
                       WHERE change.chapter_id = closed.chapter_id AND change.id > closed.last_change
                         AND change.day < closed.month + interval '1 month')
                ELSE 0 END,
           closed.reopened_at, CASE WHEN may('see-roster') THEN opener.name::text END, closed.reopened_because
      FROM closed_month AS closed
      LEFT JOIN person AS closer ON closer.id = closed.closed_by
      LEFT JOIN person AS opener ON opener.id = closed.reopened_by
     WHERE closed.chapter_id = acting_chapter() AND may('see-chapter-totals')
       AND (in_month IS NULL OR closed.month = in_month AND closed.reopened_at IS NULL)
     ORDER BY closed.number DESC;
END
$$;

-- Which records that count in a closed month were made, changed or taken back since: none of them says more than that.
CREATE OR REPLACE FUNCTION app.changes_of_closed_month(of_number integer)
    RETURNS TABLE (entity text, id text, day date, change text, at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT change.entity, change.entity_id, min(change.day),
           CASE WHEN (array_agg(change.action ORDER BY change.id DESC))[1] = 'taken-back' THEN 'taken-back'
                WHEN (array_agg(change.action ORDER BY change.id))[1] = 'made' THEN 'made'
                ELSE 'changed' END,
           max(change.at)
      FROM closed_month AS closed
      JOIN closed_month_change AS change ON change.chapter_id = closed.chapter_id AND change.id > closed.last_change
                                        AND change.day < closed.month + interval '1 month'
     WHERE closed.chapter_id = acting_chapter() AND closed.number = of_number AND may('see-chapter-totals')
     GROUP BY change.entity, change.entity_id
     ORDER BY max(change.id) DESC
     LIMIT 200;
END
$$;

-- Whether what is stored is what was stored, and follows what was stored before.
CREATE OR REPLACE FUNCTION app.verify_closed_months()
    RETURNS TABLE (number integer, month date, is_as_stored boolean, is_chained boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT may('see-audit-trail') THEN
        RAISE EXCEPTION 'verifying closed months takes the right see-audit-trail' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT closed.number, closed.month, closed.sha256 = sha256_of_closed_month(closed.chapter_id, closed.number),
           CASE WHEN closed.number = 1 THEN closed.previous_sha256 IS NULL
                ELSE coalesce(closed.previous_sha256 = before.sha256, false) END
      FROM closed_month AS closed
      LEFT JOIN closed_month AS before ON before.chapter_id = closed.chapter_id AND before.number = closed.number - 1
     WHERE closed.chapter_id = acting_chapter()
     ORDER BY closed.number;
END
$$;

GRANT EXECUTE ON FUNCTION app.close_month, app.reopen_month, app.closed_months, app.changes_of_closed_month, app.verify_closed_months
    TO chapterhouse_app;
