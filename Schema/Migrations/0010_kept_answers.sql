-- What was answered to a write that carried an Idempotency-Key: whoever asks again under the same key gets the same
-- answer, and nothing is done twice. Written in the transaction of the write, so there is one exactly if that was done.

CREATE TABLE app.kept_answer (
    person_id    bigint      NOT NULL REFERENCES app.person,
    key          text        NOT NULL,
    -- Of the method, the address and the body.
    request_hash bytea       NOT NULL,
    status       smallint    NOT NULL,
    location     text,
    body         text        NOT NULL,
    kept_at      timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (person_id, key),
    CONSTRAINT idempotency_key_is_short CHECK (octet_length(key) BETWEEN 1 AND 200),
    CONSTRAINT kept_answer_has_a_sha256 CHECK (octet_length(request_hash) = 32)
);

CREATE INDEX kept_answer_by_age ON app.kept_answer (kept_at);
ALTER TABLE app.kept_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.kept_answer FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.kept_answer TO chapterhouse_app
    USING      (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint)
    WITH CHECK (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint);
-- Answers hold personal data; after a day nobody asks again.
GRANT SELECT, INSERT, DELETE ON app.kept_answer TO chapterhouse_app;
