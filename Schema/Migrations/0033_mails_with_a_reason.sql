-- Mails with a reason: what became of a member's referral, what waits for them, their own return. Each kind is at once, in a
-- daily digest or off, as its person wishes; none is sent in their quiet hours.

ALTER TABLE app.mail
    -- Why: a kind of notice, written out in the person's language when it is sent; null is a letter as it stands.
    ADD COLUMN kind text,
    ADD COLUMN language text,
    -- What the notice tells of, and the secret that stops its kind without signing in; kept as long as a body is.
    ADD COLUMN facts jsonb,
    DROP CONSTRAINT mail_keeps_its_body_until_then,
    ADD CONSTRAINT mail_keeps_its_body_until_then CHECK (
        (num_nonnulls(sent_at, given_up_at) = 0) = (num_nonnulls(body, facts) = 1) AND num_nonnulls(body, facts) <= 1
    ),
    ADD CONSTRAINT mail_is_not_too_large CHECK (octet_length(facts::text) <= 1000000);

DROP TRIGGER audit ON app.mail;
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF sent_at, given_up_at ON app.mail
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'to_address,subject,body,facts,last_trouble');
GRANT SELECT (kind, language) ON app.mail TO chapterhouse_app;

-- How somebody wants a kind of notice, where it is not as everybody gets it at first.
CREATE TABLE app.mail_wish (
    person_id bigint NOT NULL REFERENCES app.person,
    kind      text   NOT NULL,
    way       text   NOT NULL,

    PRIMARY KEY (person_id, kind),
    CONSTRAINT notice_kind_is_known CHECK (
        kind IN ('referral', 'thanks', 'weekly-reminder', 'monthly-return', 'absence-warning', 'office-handover')
    ),
    CONSTRAINT notice_way_is_known CHECK (way IN ('at-once', 'digest', 'off'))
);

-- When nothing is sent to somebody, by the clock of the chapter that a notice is from; past midnight where it ends before
-- it begins.
CREATE TABLE app.quiet_hours (
    person_id bigint PRIMARY KEY REFERENCES app.person,
    from_time time   NOT NULL,
    to_time   time   NOT NULL,

    CONSTRAINT quiet_hours_are_not_all_day CHECK (from_time <> to_time)
);

-- What waits for somebody's next digest.
CREATE TABLE app.digest_entry (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   bigint      NOT NULL REFERENCES app.person,
    -- From where it comes; its clock says when the digest is due.
    for_chapter integer     NOT NULL REFERENCES app.chapter,
    kind        text        NOT NULL,
    facts       jsonb       NOT NULL,
    entered_at  timestamptz NOT NULL,
    good_until  timestamptz,

    CONSTRAINT digest_entry_is_not_too_large CHECK (octet_length(facts::text) <= 100000)
);

CREATE INDEX digest_entry_by_person ON app.digest_entry (person_id, id);
CREATE INDEX digest_entry_by_chapter ON app.digest_entry (for_chapter, entered_at);

-- What a mail gave its reader to stop its kind: the SHA-256 alone.
CREATE TABLE app.mail_stop (
    secret_hash bytea       PRIMARY KEY,
    person_id   bigint      NOT NULL REFERENCES app.person,
    -- Null stops every kind that a digest gathers.
    kind        text,
    made_at     timestamptz NOT NULL,

    CONSTRAINT mail_stop_has_a_sha256 CHECK (octet_length(secret_hash) = 32)
);

CREATE INDEX mail_stop_by_person ON app.mail_stop (person_id);

-- Closed: the functions of notices.sql and mail_wishes.sql are the only way in. Wishes are their person's to see.
DO $$
DECLARE
    closed text;
BEGIN
    FOREACH closed IN ARRAY ARRAY['mail_wish', 'quiet_hours', 'digest_entry', 'mail_stop']
    LOOP
        EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY', closed);
        EXECUTE format('ALTER TABLE app.%I FORCE ROW LEVEL SECURITY', closed);
    END LOOP;
    FOREACH closed IN ARRAY ARRAY['mail_wish', 'quiet_hours']
    LOOP
        EXECUTE format('CREATE POLICY own ON app.%I TO chapterhouse_app
                            USING      (person_id = NULLIF(current_setting(''app.person_id'', true), '''')::bigint)
                            WITH CHECK (person_id = NULLIF(current_setting(''app.person_id'', true), '''')::bigint)', closed);
    END LOOP;
END
$$;

GRANT SELECT ON app.mail_wish TO chapterhouse_app;
GRANT SELECT ON app.quiet_hours TO chapterhouse_app;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.mail_wish
    FOR EACH ROW EXECUTE FUNCTION app.record_change('person_id,kind', '');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.quiet_hours
    FOR EACH ROW EXECUTE FUNCTION app.record_change('person_id', '');
