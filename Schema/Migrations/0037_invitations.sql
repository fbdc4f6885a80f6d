-- Visitors who are invited by a link of their own: what they say of themselves, what they agreed to, whether they come.

ALTER TABLE app.visitor
    -- The profession as a seat's is folded, where somebody wrote it down since there are invitations.
    ADD COLUMN folded_profession text,
    -- What whoever invites them wrote to them.
    ADD COLUMN greeting          app.line,
    -- When they agreed at their link that the chapter keeps what they said of themselves.
    ADD COLUMN consented_at      timestamptz,
    -- When they said that they cannot come on the day, and why.
    ADD COLUMN declined_at       timestamptz,
    ADD COLUMN declined_because  app.line,
    -- Why they may come once more than the policy says.
    ADD COLUMN further_visit_because app.line,
    ADD CONSTRAINT consent_is_one CHECK (consented_at IS NULL OR has_consented),
    ADD CONSTRAINT who_declines_says_when CHECK (declined_because IS NULL OR declined_at IS NOT NULL);

CREATE INDEX visitor_by_name ON app.visitor (chapter_id, folded_name) WHERE came;
DROP TRIGGER audit ON app.visitor;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.visitor
    FOR EACH ROW EXECUTE FUNCTION app.record_change(
        'id', 'name,folded_name,email,phone,company,profession,folded_profession,lost_because,greeting,declined_because,further_visit_because'
    );

-- The links of a visitor, good until the day of the visit is over; of the secret in one only the SHA-256 is kept.
CREATE TABLE app.visitor_link (
    chapter_id  integer     NOT NULL REFERENCES app.chapter,
    secret_hash bytea       NOT NULL,
    visitor_id  uuid        NOT NULL,
    made_at     timestamptz NOT NULL,

    PRIMARY KEY (chapter_id, secret_hash),
    FOREIGN KEY (chapter_id, visitor_id) REFERENCES app.visitor (chapter_id, id) ON DELETE CASCADE,
    CONSTRAINT visitor_link_has_a_sha256 CHECK (octet_length(secret_hash) = 32)
);

-- Not led by the chapter: which chapter it is, the secret alone says.
CREATE UNIQUE INDEX visitor_link_by_secret ON app.visitor_link (secret_hash);
CREATE INDEX visitor_link_by_visitor ON app.visitor_link (chapter_id, visitor_id);
SELECT app.guard('app.visitor_link', 'visitor_id', 'secret_hash');
-- Made and followed by the functions of invitations.sql alone.
GRANT SELECT (chapter_id, visitor_id, made_at) ON app.visitor_link TO chapterhouse_app;

-- Why somebody left, so that it can be counted; `end_reason` says it in words, and stays as it is where nobody chose.
ALTER TABLE app.membership
    ADD COLUMN end_code text,
    ADD CONSTRAINT end_code_is_known CHECK (
        end_code IN ('moved-away', 'changed-profession', 'cost', 'time', 'no-return', 'conflict', 'transfer', 'other')
    ),
    ADD CONSTRAINT leaving_for_another_reason_says_which CHECK (end_code <> 'other' OR btrim(coalesce(end_reason, '')) <> ''),
    ADD CONSTRAINT mentor_is_another CHECK (mentor_id <> id);
