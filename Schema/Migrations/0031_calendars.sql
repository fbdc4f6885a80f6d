-- Calendars that phones subscribe to: of a person, the meetings of their chapters; of a chapter, its own. Whoever knows the
-- address may read it; of the secret in it only the SHA-256 is kept.

CREATE TABLE app.person_calendar (
    person_id   bigint      PRIMARY KEY REFERENCES app.person,
    secret_hash bytea       NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT calendar_has_a_sha256 CHECK (octet_length(secret_hash) = 32)
);

CREATE UNIQUE INDEX person_calendar_by_secret ON app.person_calendar (secret_hash);
ALTER TABLE app.person_calendar ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.person_calendar FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.person_calendar TO chapterhouse_app
    USING (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'));
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.person_calendar
    FOR EACH ROW EXECUTE FUNCTION app.record_change('person_id', 'secret_hash');
GRANT SELECT (person_id, made_at), INSERT, UPDATE (secret_hash, made_at), DELETE ON app.person_calendar TO chapterhouse_app;

CREATE TABLE app.chapter_calendar (
    chapter_id  integer     PRIMARY KEY REFERENCES app.chapter,
    secret_hash bytea       NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT calendar_has_a_sha256 CHECK (octet_length(secret_hash) = 32)
);

-- Not led by the chapter: which chapter it is, the secret alone says.
CREATE UNIQUE INDEX chapter_calendar_by_secret ON app.chapter_calendar (secret_hash);
SELECT app.guard('app.chapter_calendar', 'chapter_id', 'secret_hash');
DROP POLICY own_chapter ON app.chapter_calendar;
CREATE POLICY of_leaders ON app.chapter_calendar TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('manage-members'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('manage-members'));
GRANT SELECT (chapter_id, made_at), INSERT, UPDATE (secret_hash, made_at), DELETE ON app.chapter_calendar TO chapterhouse_app;
