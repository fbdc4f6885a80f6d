-- How a person shows who they are: passwords, one-time links, second factors, sessions, other providers.
--
-- Everything here is closed to the service but through the functions in Functions/identity.sql. Of a secret that
-- we have handed out only the SHA-256 is kept.

-- A disabled person keeps every record, and cannot sign in.
ALTER TABLE app.person ADD COLUMN disabled_at timestamptz;

CREATE TABLE app.credential (
    person_id     bigint      PRIMARY KEY REFERENCES app.person,
    -- In PHC form, with its parameters.
    password_hash text        NOT NULL,
    changed_at    timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT password_is_hashed_by_scrypt CHECK (password_hash LIKE '$scrypt$%')
);

-- A one-time password by the clock; without confirmed_at it was begun and never shown to work.
CREATE TABLE app.second_factor (
    person_id    bigint      PRIMARY KEY REFERENCES app.person,
    secret       bytea       NOT NULL,
    begun_at     timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    -- The last step that was used: none is accepted twice.
    last_step    bigint      NOT NULL DEFAULT 0,

    CONSTRAINT second_factor_is_160_bits_or_more CHECK (octet_length(secret) BETWEEN 20 AND 64)
);

CREATE TABLE app.recovery_code (
    person_id bigint      NOT NULL REFERENCES app.person,
    code_hash bytea       NOT NULL,
    used_at   timestamptz,

    PRIMARY KEY (person_id, code_hash),
    CONSTRAINT recovery_code_has_a_sha256 CHECK (octet_length(code_hash) = 32)
);

-- A link that works once, for the address it was sent to and for one purpose.
CREATE TABLE app.one_time_link (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   bigint      NOT NULL REFERENCES app.person,
    purpose     text        NOT NULL,
    email       text        NOT NULL,
    secret_hash bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    -- When it was used, or a newer one took its place.
    ended_at    timestamptz,

    CONSTRAINT link_is_for_something CHECK (purpose IN ('invitation', 'sign-in', 'reset', 'e-mail')),
    CONSTRAINT link_has_a_sha256 CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT link_expires_after_it_is_made CHECK (expires_at > created_at)
);

CREATE UNIQUE INDEX one_time_link_by_secret ON app.one_time_link (secret_hash);
CREATE INDEX one_time_link_by_person ON app.one_time_link (person_id) WHERE ended_at IS NULL;

-- A browser in which somebody is signed in; without proved_at the second factor is still to come.
CREATE TABLE app.session (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   bigint      NOT NULL REFERENCES app.person,
    secret_hash bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    -- When they last showed that it is them; what is delicate asks for it again.
    proved_at   timestamptz,
    seen_at     timestamptz NOT NULL DEFAULT now(),
    -- How long it may rest, and when it ends whatever happens.
    idle_limit  interval    NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    agent       app.line,
    address     text,

    CONSTRAINT session_has_a_sha256 CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT session_expires_after_it_is_made CHECK (expires_at > created_at),
    CONSTRAINT session_may_rest_a_while CHECK (idle_limit BETWEEN interval '1 minute' AND interval '30 days')
);

CREATE UNIQUE INDEX session_by_secret ON app.session (secret_hash);
CREATE INDEX session_by_person ON app.session (person_id) WHERE ended_at IS NULL;

-- Who a person is to an OpenID provider: issuer and subject, never an e-mail, which may change hands.
CREATE TABLE app.provider_account (
    issuer    text        NOT NULL,
    subject   text        NOT NULL,
    person_id bigint      NOT NULL REFERENCES app.person,
    linked_at timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (issuer, subject),
    CONSTRAINT provider_account_is_not_too_long CHECK (octet_length(issuer) <= 800 AND octet_length(subject) <= 255)
);

CREATE INDEX provider_account_by_person ON app.provider_account (person_id);

-- A way to a provider and back that somebody has begun; who comes back must be who went.
CREATE TABLE app.provider_visit (
    state_hash bytea       PRIMARY KEY,
    nonce      text        NOT NULL,
    verifier   text        NOT NULL,
    -- Who is signed in already and links an account.
    person_id  bigint      REFERENCES app.person,
    expires_at timestamptz NOT NULL,

    CONSTRAINT visit_has_a_sha256 CHECK (octet_length(state_hash) = 32)
);

-- How much was tried lately, by account, by address and by all: a level that runs dry by itself. Keys are hashes,
-- so that no address is kept.
CREATE TABLE app.throttle (
    scope    text             NOT NULL,
    key_hash bytea            NOT NULL,
    level    double precision NOT NULL,
    at       timestamptz      NOT NULL,

    PRIMARY KEY (scope, key_hash)
);

CREATE INDEX throttle_by_age ON app.throttle (at);

-- Behind walls without a door: the functions alone pass them. A person sees their own sessions.
DO $$
DECLARE
    closed text;
BEGIN
    FOREACH closed IN ARRAY ARRAY['credential', 'second_factor', 'recovery_code', 'one_time_link', 'session',
                                  'provider_account', 'provider_visit', 'throttle']
    LOOP
        EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY', closed);
        EXECUTE format('ALTER TABLE app.%I FORCE ROW LEVEL SECURITY', closed);
    END LOOP;
END
$$;

CREATE POLICY own ON app.session FOR SELECT TO chapterhouse_app
    USING (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'));
GRANT SELECT (id, person_id, created_at, proved_at, seen_at, idle_limit, expires_at, ended_at, agent, address)
    ON app.session TO chapterhouse_app;

CREATE POLICY own ON app.provider_account FOR SELECT TO chapterhouse_app
    USING (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'));
GRANT SELECT ON app.provider_account TO chapterhouse_app;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.credential
    FOR EACH ROW EXECUTE FUNCTION app.record_change('person_id', 'password_hash');
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF confirmed_at ON app.second_factor
    FOR EACH ROW EXECUTE FUNCTION app.record_change('person_id', 'secret');
CREATE TRIGGER audit AFTER UPDATE OF used_at ON app.recovery_code
    FOR EACH ROW EXECUTE FUNCTION app.record_change('person_id', 'code_hash');
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON app.one_time_link
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'email,secret_hash');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OF proved_at, ended_at ON app.session
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'secret_hash,agent,address');
CREATE TRIGGER audit AFTER INSERT OR DELETE ON app.provider_account
    FOR EACH ROW EXECUTE FUNCTION app.record_change('issuer,subject', 'subject');

-- What a token may do, as far as its person may: everything, or reading only; and in which chapter, if only in one.
ALTER TABLE app.api_token
    ADD COLUMN scope   text    NOT NULL DEFAULT 'everything',
    ADD COLUMN only_in integer REFERENCES app.chapter,
    ADD CONSTRAINT token_scope_is_known CHECK (scope IN ('everything', 'read'));
