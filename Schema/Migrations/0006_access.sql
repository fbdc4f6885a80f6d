-- Bearer tokens. Only the SHA-256 of a secret is kept; a token is never more than its person's rights.

CREATE TABLE app.api_token (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    bigint      NOT NULL REFERENCES app.person,
    name         app.line    NOT NULL,
    secret_hash  bytea       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,

    CONSTRAINT token_has_a_sha256 CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT token_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT token_expires_after_it_is_made CHECK (expires_at > created_at)
);

CREATE INDEX api_token_by_person ON app.api_token (person_id);
ALTER TABLE app.api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.api_token FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.api_token TO chapterhouse_app
    USING (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'));
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF revoked_at ON app.api_token
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'secret_hash');
GRANT SELECT, INSERT, UPDATE (revoked_at) ON app.api_token TO chapterhouse_app;
