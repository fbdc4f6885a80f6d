-- Webhooks: programs elsewhere that a chapter tells what happens in it, and what they are still to be told. What is told is
-- written in the transaction that causes it.

CREATE TABLE app.webhook (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    -- What stands behind the host may be a secret of the receiver.
    address       text        NOT NULL,
    -- The host alone, with its port: so much of the address the audit trail keeps.
    host          app.line    NOT NULL,
    events        text[]      NOT NULL,
    -- 256 bits that sign what is told; nobody reads them but the function that gives something to whoever sends it.
    secret        bytea       NOT NULL,
    -- The secret before this one signs as well until then.
    former_secret bytea,
    former_until  timestamptz,
    made_by       bigint,
    made_at       timestamptz NOT NULL,
    off_at        timestamptz,
    off_because   text,
    -- When it last began to fail; null where the last try was answered as it should be.
    failing_since timestamptz,
    -- A node that tells it something has it until then, so that a receiver is told one thing at a time.
    leased_until  timestamptz,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT webhook_address_is_known_once UNIQUE (chapter_id, address),
    CONSTRAINT webhook_address_is_https CHECK (address LIKE 'https://_%' AND octet_length(address) <= 2048),
    CONSTRAINT webhook_is_told_something CHECK (
        cardinality(events) > 0
        AND events <@ ARRAY['referral.passed', 'referral.moved', 'thanks.recorded', 'meeting.sealed', 'member.joined', 'member.left']
    ),
    CONSTRAINT webhook_secret_has_256_bits CHECK (octet_length(secret) = 32 AND octet_length(former_secret) = 32),
    CONSTRAINT webhook_former_secret_ends CHECK (num_nonnulls(former_secret, former_until) <> 1),
    CONSTRAINT webhook_is_off_for_a_reason CHECK (num_nonnulls(off_at, off_because) <> 1),
    CONSTRAINT webhook_reason_is_known CHECK (off_because IN ('by-hand', 'gone', 'failing'))
);

SELECT app.guard('app.webhook', 'id', 'address,secret,former_secret');
DROP POLICY own_chapter ON app.webhook;
CREATE POLICY of_leaders ON app.webhook TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('manage-members'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('manage-members'));
-- That something was told, and how it went, is no change of the webhook.
DROP TRIGGER audit ON app.webhook;
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF address, events, secret, off_at ON app.webhook
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'address,secret,former_secret');
GRANT SELECT (chapter_id, id, address, host, events, former_until, made_by, made_at, off_at, off_because, failing_since)
   ON app.webhook TO chapterhouse_app;

-- What a receiver is to be told, and what became of it.
CREATE TABLE app.webhook_delivery (
    chapter_id    integer     NOT NULL,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    webhook_id    uuid        NOT NULL,
    -- One for each occurrence and webhook, and the same at every try.
    event_id      uuid        NOT NULL,
    kind          text        NOT NULL,
    -- The bytes that are sent, as they are signed: ids, dates and amounts, and nobody's name.
    body          text        NOT NULL,
    created_at    timestamptz NOT NULL,
    next_try_at   timestamptz NOT NULL,
    tries         smallint    NOT NULL DEFAULT 0,
    tried_at      timestamptz,
    -- The HTTP status of the last try; null where none came.
    answered      smallint,
    last_trouble  text,
    delivered_at  timestamptz,
    given_up_at   timestamptz,

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, webhook_id) REFERENCES app.webhook (chapter_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_delivery_is_not_too_large CHECK (octet_length(body) <= 16000),
    CONSTRAINT webhook_delivery_has_been_tried CHECK (tries >= 0),
    CONSTRAINT webhook_delivery_is_done_or_given_up CHECK (num_nonnulls(delivered_at, given_up_at) <= 1)
);

-- Over all chapters, for whoever sends.
CREATE INDEX webhook_delivery_due ON app.webhook_delivery (next_try_at, id) WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX webhook_delivery_by_webhook ON app.webhook_delivery (chapter_id, webhook_id, id);

SELECT app.guard('app.webhook_delivery', 'id', 'body,last_trouble');
DROP POLICY own_chapter ON app.webhook_delivery;
CREATE POLICY of_leaders ON app.webhook_delivery TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('manage-members'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('manage-members'));
-- It is no record of the chapter; that something was not told is.
DROP TRIGGER audit ON app.webhook_delivery;
CREATE TRIGGER audit AFTER UPDATE OF given_up_at ON app.webhook_delivery
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'body,last_trouble');
GRANT SELECT ON app.webhook_delivery TO chapterhouse_app;

-- Tells those webhooks of a row's chapter that want to know, with the event that the trigger names. Where there is none, this
-- costs one look into an index.
CREATE FUNCTION app.row_is_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM webhook AS hook
                WHERE hook.chapter_id = NEW.chapter_id AND hook.off_at IS NULL AND TG_ARGV[0] = ANY (hook.events)) THEN
        PERFORM tell_webhooks(NEW.chapter_id, TG_ARGV[0], what_is_told(TG_ARGV[0], to_jsonb(NEW)));
    END IF;
    RETURN NULL;
END
$$;

-- What a file brings happened long ago: nobody is told.
CREATE TRIGGER webhook_is_told AFTER INSERT ON app.referral
    FOR EACH ROW WHEN (NEW.import_batch_id IS NULL) EXECUTE FUNCTION app.row_is_told('referral.passed');
-- The first step is that it was passed.
CREATE TRIGGER webhook_is_told AFTER INSERT ON app.referral_step
    FOR EACH ROW WHEN (NEW.number > 1) EXECUTE FUNCTION app.row_is_told('referral.moved');
CREATE TRIGGER webhook_is_told AFTER INSERT ON app.closed_business
    FOR EACH ROW WHEN (NEW.import_batch_id IS NULL) EXECUTE FUNCTION app.row_is_told('thanks.recorded');
CREATE TRIGGER webhook_is_told AFTER UPDATE OF status ON app.meeting
    FOR EACH ROW WHEN (NEW.status = 'sealed' AND OLD.status <> 'sealed') EXECUTE FUNCTION app.row_is_told('meeting.sealed');
CREATE TRIGGER webhook_is_told AFTER INSERT ON app.membership
    FOR EACH ROW WHEN (NEW.import_batch_id IS NULL) EXECUTE FUNCTION app.row_is_told('member.joined');
CREATE TRIGGER webhook_is_told_of_an_end AFTER UPDATE OF ended_on ON app.membership
    FOR EACH ROW WHEN (NEW.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on)
    EXECUTE FUNCTION app.row_is_told('member.left');
