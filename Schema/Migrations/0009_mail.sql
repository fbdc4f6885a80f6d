-- Mail that is to be sent, and what became of it. It belongs to no chapter.

CREATE TABLE app.mail (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Whom it is for, where that is a person of the installation.
    person_id     bigint      REFERENCES app.person,
    to_address    app.line    NOT NULL,
    subject       app.line    NOT NULL,
    -- Plain text. A link in it may be a secret: it is kept until the mail is sent or given up, and no longer.
    body          text,
    -- The same whenever the mail is sent, so that one that arrives twice is known to be one.
    message_id    uuid        NOT NULL DEFAULT gen_random_uuid(),
    created_at    timestamptz NOT NULL DEFAULT now(),
    -- After this nobody wants it any more; null is never.
    good_until    timestamptz,
    next_try_at   timestamptz NOT NULL DEFAULT now(),
    tries         smallint    NOT NULL DEFAULT 0,
    -- A node that took the mail has it until then; when it ends before, another node takes over.
    leased_until  timestamptz,
    last_trouble  text,
    sent_at       timestamptz,
    given_up_at   timestamptz,

    CONSTRAINT mail_goes_to_an_address CHECK (to_address LIKE '%_@_%'),
    CONSTRAINT mail_has_a_subject CHECK (btrim(subject) <> ''),
    CONSTRAINT mail_is_not_too_long CHECK (octet_length(body) <= 1000000),
    CONSTRAINT mail_is_sent_or_given_up CHECK (num_nonnulls(sent_at, given_up_at) <= 1),
    CONSTRAINT mail_keeps_its_body_until_then CHECK ((num_nonnulls(sent_at, given_up_at) = 0) = (body IS NOT NULL)),
    CONSTRAINT mail_has_been_tried CHECK (tries >= 0)
);

CREATE INDEX mail_due ON app.mail (next_try_at, id) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX mail_by_person ON app.mail (person_id);

-- Closed to the service; the operator's shell sees the queue, and nobody the body: the functions of mail.sql are the
-- only way to it.
ALTER TABLE app.mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.mail FORCE ROW LEVEL SECURITY;
CREATE POLICY operators ON app.mail FOR SELECT TO chapterhouse_app USING (app.may('everything'));
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF sent_at, given_up_at ON app.mail
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'to_address,subject,body,last_trouble');
GRANT SELECT (id, person_id, to_address, subject, message_id, created_at, good_until, next_try_at, tries, leased_until,
              last_trouble, sent_at, given_up_at)
   ON app.mail TO chapterhouse_app;
