-- Webhooks: what receivers are told, and the outbox from which they are told it.

-- What is told of a row: ids, dates and amounts, as every member of the chapter may see them. Of thanks neither who earned nor
-- the referral that they cite: who received that is who earned.
CREATE OR REPLACE FUNCTION app.what_is_told(event text, told jsonb) RETURNS json
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT CASE event
    WHEN 'referral.passed' THEN
        json_build_object('referral', told -> 'id', 'giver', told -> 'giver_id', 'receiver', told -> 'receiver_id',
                          'is_placed', told ->> 'unplaced_profession' IS NULL, 'tier', told -> 'tier', 'date', told -> 'passed_on')
    WHEN 'referral.moved' THEN
        json_build_object('referral', told -> 'referral_id', 'status', told -> 'step')
    WHEN 'thanks.recorded' THEN
        json_build_object('thanks', told -> 'id', 'thanked', told -> 'thanked_id',
                          'amount', json_build_object(
                              'amount', printed_amount((told ->> 'amount')::numeric,
                                                       (SELECT currency.decimals FROM currency WHERE code = told ->> 'currency'))::text,
                              'currency', told -> 'currency'),
                          'is_repeat', told -> 'is_repeat', 'tier', told -> 'tier', 'date', told -> 'closed_on')
    WHEN 'meeting.sealed' THEN
        json_build_object('meeting', told -> 'id', 'kind', told -> 'kind', 'date', told -> 'local_date')
    WHEN 'member.joined' THEN
        json_build_object('member', told -> 'id', 'date', told -> 'joined_on')
    WHEN 'member.left' THEN
        json_build_object('member', told -> 'id', 'date', told -> 'ended_on')
    ELSE '{}' END
$$;

-- Puts an event into the outbox for one webhook.
CREATE OR REPLACE FUNCTION app.tell_webhook(of_chapter integer, hook uuid, event text, told json) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    event_id uuid := gen_random_uuid();
BEGIN
    INSERT INTO webhook_delivery (chapter_id, webhook_id, event_id, kind, body, created_at, next_try_at)
    SELECT of_chapter, hook, event_id, event,
           json_build_object('id', event_id, 'type', event,
                             'timestamp', to_char(this_instant() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                             'chapter', home.slug, 'data', told)::text,
           this_instant(), this_instant()
      FROM chapter AS home WHERE home.id = of_chapter;
    PERFORM pg_notify('webhook', '');
END
$$;

-- The same for every webhook of the chapter that wants to know.
CREATE OR REPLACE FUNCTION app.tell_webhooks(of_chapter integer, event text, told json) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM tell_webhook(of_chapter, hook.id, event, told)
       FROM webhook AS hook
      WHERE hook.chapter_id = of_chapter AND hook.off_at IS NULL AND event = ANY (hook.events);
END
$$;

-- What officers do.

CREATE OR REPLACE FUNCTION app.webhooks_are_theirs() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NOT may('manage-members') OR acting_chapter() IS NULL THEN
        RAISE EXCEPTION 'webhooks are for those who look after the policy' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION app.make_webhook(wanted_address text, wanted_host text, wanted_events text[], new_secret bytea) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    made uuid;
BEGIN
    PERFORM webhooks_are_theirs();
    -- Two who add one at once take turns here.
    PERFORM FROM chapter WHERE id = acting_chapter() FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM webhook WHERE chapter_id = acting_chapter()) >= 10 THEN
        RAISE EXCEPTION 'there are ten' USING ERRCODE = 'check_violation', CONSTRAINT = 'chapter_has_at_most_ten_webhooks', TABLE = 'webhook';
    END IF;
    INSERT INTO webhook (chapter_id, address, host, events, secret, made_by, made_at)
    VALUES (acting_chapter(), wanted_address, wanted_host, wanted_events, new_secret, acting_person(), this_instant())
    RETURNING id INTO made;
    RETURN made;
END
$$;

-- Gives a webhook a new secret; the one before signs as well for a day, so that the receiver has the time to change.
CREATE OR REPLACE FUNCTION app.renew_webhook(hook uuid, new_secret bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM webhooks_are_theirs();
    UPDATE webhook SET former_secret = secret, former_until = this_instant() + interval '24 hours', secret = new_secret
     WHERE chapter_id = acting_chapter() AND id = hook;
    RETURN FOUND;
END
$$;

-- Switches a webhook off; what it was still to be told is given up.
CREATE OR REPLACE FUNCTION app.switch_webhook_off(of_chapter integer, hook uuid, because text) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE webhook SET off_at = this_instant(), off_because = because
     WHERE chapter_id = of_chapter AND id = hook AND off_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE webhook_delivery SET given_up_at = this_instant(), last_trouble = coalesce(last_trouble, 'the webhook was switched off')
     WHERE chapter_id = of_chapter AND webhook_id = hook AND delivered_at IS NULL AND given_up_at IS NULL;
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION app.switch_webhook(hook uuid, wanted_on boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM webhooks_are_theirs();
    IF wanted_on THEN
        UPDATE webhook SET off_at = NULL, off_because = NULL, failing_since = NULL
         WHERE chapter_id = acting_chapter() AND id = hook AND off_at IS NOT NULL;
    ELSE
        PERFORM switch_webhook_off(acting_chapter(), hook, 'by-hand');
    END IF;
    RETURN EXISTS (SELECT FROM webhook WHERE chapter_id = acting_chapter() AND id = hook);
END
$$;

CREATE OR REPLACE FUNCTION app.remove_webhook(hook uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM webhooks_are_theirs();
    DELETE FROM webhook WHERE chapter_id = acting_chapter() AND id = hook;
    RETURN FOUND;
END
$$;

-- Tells a webhook something of which it need not think anything; false where there is none that is on.
CREATE OR REPLACE FUNCTION app.ping_webhook(hook uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM webhooks_are_theirs();
    IF NOT EXISTS (SELECT FROM webhook WHERE chapter_id = acting_chapter() AND id = hook) THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM webhook WHERE chapter_id = acting_chapter() AND id = hook AND off_at IS NOT NULL) THEN
        RAISE EXCEPTION 'it is off' USING ERRCODE = 'check_violation', CONSTRAINT = 'webhook_that_is_off_is_told_nothing', TABLE = 'webhook';
    END IF;
    PERFORM tell_webhook(acting_chapter(), hook, 'ping', '{}');
    RETURN true;
END
$$;

-- Lets what waits or was given up be tried again now, with all its tries; false where there is no such thing.
CREATE OR REPLACE FUNCTION app.retry_webhook_delivery(hook uuid, delivery bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM webhooks_are_theirs();
    IF EXISTS (SELECT FROM webhook WHERE chapter_id = acting_chapter() AND id = hook AND off_at IS NOT NULL) THEN
        RAISE EXCEPTION 'it is off' USING ERRCODE = 'check_violation', CONSTRAINT = 'webhook_that_is_off_is_told_nothing', TABLE = 'webhook';
    END IF;
    UPDATE webhook_delivery SET given_up_at = NULL, tries = 0, next_try_at = this_instant()
     WHERE chapter_id = acting_chapter() AND webhook_id = hook AND id = delivery AND delivered_at IS NULL;
    IF FOUND THEN
        PERFORM pg_notify('webhook', '');
        RETURN true;
    END IF;
    RETURN false;
END
$$;

-- What nodes do.

-- Takes what is due and was due longest, with the webhook whose it is, for two minutes: longer than a node may take over it.
-- No row when nothing is due. A webhook is told one thing at a time. Taking it counts as a try.
CREATE OR REPLACE FUNCTION app.take_webhook_delivery(only_answering boolean)
    RETURNS TABLE (chapter_id integer, id bigint, webhook_id uuid, address text, secret bytea, former_secret bytea,
                   event_id uuid, body text, tries smallint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    due webhook_delivery;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself tells webhooks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    LOOP
        -- Who writes an event holds the key of its webhook, which this does not wait for, nor they for this.
        SELECT waiting.* INTO due
          FROM webhook_delivery AS waiting
          JOIN webhook AS hook ON hook.chapter_id = waiting.chapter_id AND hook.id = waiting.webhook_id
         WHERE waiting.delivered_at IS NULL AND waiting.given_up_at IS NULL AND waiting.next_try_at <= this_instant()
           AND hook.off_at IS NULL AND (hook.leased_until IS NULL OR hook.leased_until <= clock_timestamp())
           AND NOT (only_answering AND hook.failing_since IS NOT NULL)
         ORDER BY waiting.next_try_at, waiting.id
         LIMIT 1
           FOR NO KEY UPDATE SKIP LOCKED;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF due.tries >= 8 THEN
            UPDATE webhook_delivery AS late SET given_up_at = this_instant(), last_trouble = coalesce(late.last_trouble, 'its node ended before it knew')
             WHERE late.chapter_id = due.chapter_id AND late.id = due.id;
            CONTINUE;
        END IF;
        UPDATE webhook AS hook SET leased_until = clock_timestamp() + interval '2 minutes'
         WHERE hook.chapter_id = due.chapter_id AND hook.id = due.webhook_id;
        UPDATE webhook_delivery AS taken SET tries = taken.tries + 1::smallint
         WHERE taken.chapter_id = due.chapter_id AND taken.id = due.id;
        RETURN QUERY
            SELECT due.chapter_id, due.id, hook.id, hook.address, hook.secret,
                   CASE WHEN hook.former_until > this_instant() THEN hook.former_secret END, due.event_id, due.body, due.tries + 1::smallint
              FROM webhook AS hook WHERE hook.chapter_id = due.chapter_id AND hook.id = due.webhook_id;
        RETURN;
    END LOOP;
END
$$;

-- What became of a try: the status that came, or what went wrong. Returns 'delivered', 'later', 'given-up' or 'off', and
-- nothing where another has it meanwhile, or it is gone.
CREATE OR REPLACE FUNCTION app.webhook_was_told(
    of_chapter integer, delivery bigint, of_try smallint, status smallint, trouble text
) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    -- After the first try, the second, …; the eighth is the last.
    pauses constant interval[] := '{1 minute, 5 minutes, 15 minutes, 1 hour, 4 hours, 12 hours, 24 hours}';
    told   webhook_delivery;
    since  timestamptz;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself tells webhooks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO told FROM webhook_delivery
     WHERE chapter_id = of_chapter AND id = delivery AND delivered_at IS NULL
       AND (status BETWEEN 200 AND 299 OR tries = of_try AND given_up_at IS NULL)
       FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE webhook_delivery SET tried_at = this_instant(), answered = status, last_trouble = trouble
     WHERE chapter_id = of_chapter AND id = delivery;
    UPDATE webhook
       SET leased_until = NULL,
           failing_since = CASE WHEN status BETWEEN 200 AND 299 THEN NULL ELSE coalesce(failing_since, this_instant()) END
     WHERE chapter_id = of_chapter AND id = told.webhook_id
    RETURNING failing_since INTO since;
    IF status BETWEEN 200 AND 299 THEN
        UPDATE webhook_delivery SET delivered_at = this_instant(), given_up_at = NULL WHERE chapter_id = of_chapter AND id = delivery;
        RETURN 'delivered';
    ELSIF status = 410 THEN
        PERFORM switch_webhook_off(of_chapter, told.webhook_id, 'gone');
        RETURN 'off';
    ELSIF since <= this_instant() - interval '7 days' THEN
        PERFORM switch_webhook_off(of_chapter, told.webhook_id, 'failing');
        RETURN 'off';
    ELSIF pauses[of_try] IS NULL THEN
        UPDATE webhook_delivery SET given_up_at = this_instant() WHERE chapter_id = of_chapter AND id = delivery;
        RETURN 'given-up';
    END IF;
    UPDATE webhook_delivery SET next_try_at = this_instant() + pauses[of_try] WHERE chapter_id = of_chapter AND id = delivery;
    RETURN 'later';
END
$$;

-- Forgets what was told, or given up, a month ago, and secrets that sign no more.
CREATE OR REPLACE FUNCTION app.clean_up_webhooks() RETURNS void
    LANGUAGE sql
    SET search_path = app, pg_temp
AS $$
    DELETE FROM webhook_delivery WHERE coalesce(delivered_at, given_up_at) < this_instant() - interval '30 days';
    UPDATE webhook SET former_secret = NULL, former_until = NULL WHERE former_until < this_instant()
$$;

GRANT EXECUTE ON FUNCTION app.make_webhook, app.renew_webhook, app.switch_webhook, app.remove_webhook, app.ping_webhook,
                          app.retry_webhook_delivery, app.take_webhook_delivery, app.webhook_was_told TO chapterhouse_app;
