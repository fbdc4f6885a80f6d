-- Who saw whose private figures, when and by which door. The functions that show them write it; nobody changes it.

CREATE TABLE app.access_event (
    chapter_id integer     NOT NULL REFERENCES app.chapter,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    door       text        NOT NULL,
    -- Who saw; null is the operator's shell.
    person_id  bigint,
    request_id text,
    seen       text        NOT NULL,
    -- Of which month, where that is a report.
    month      date,
    -- Whose figures those were: one row a reading, however many people it shows.
    about      bigint[]    NOT NULL,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT access_is_to_something_known CHECK (seen IN ('monthly-return', 'thanks')),
    CONSTRAINT access_concerns_somebody CHECK (cardinality(about) > 0)
);

ALTER TABLE app.access_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.access_event FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.access_event FOR SELECT TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (NULLIF(current_setting('app.person_id', true), '')::bigint = ANY (about) OR app.may('everything'))
    );
GRANT SELECT ON app.access_event TO chapterhouse_app;
