-- Scorecards are data: what is counted, per what, which steps earn which points, which sum has which colour.

-- Those that ship; everybody may read them.
CREATE TABLE app.scorecard (
    scheme     text PRIMARY KEY,
    definition jsonb NOT NULL,

    CONSTRAINT scheme_is_plain CHECK (scheme ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')
);
GRANT SELECT ON app.scorecard TO chapterhouse_app;

-- A chapter's own, a row per version; one with the name of a shipped scheme takes its place.
CREATE TABLE app.chapter_scorecard (
    chapter_id  integer     NOT NULL REFERENCES app.chapter,
    scheme      text        NOT NULL,
    valid_from  date        NOT NULL,
    definition  jsonb       NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, scheme, valid_from),
    CONSTRAINT own_scheme_is_plain CHECK (scheme ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT scorecard_is_not_too_long CHECK (octet_length(definition::text) <= 65536)
);
SELECT app.guard('app.chapter_scorecard', 'scheme,valid_from');
GRANT SELECT, INSERT, UPDATE ON app.chapter_scorecard TO chapterhouse_app;

CREATE FUNCTION app.scorecard_is_sound() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    wrong text := scorecard_fault(NEW.definition);
BEGIN
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scorecard_is_sound', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER scorecard_is_sound AFTER INSERT OR UPDATE ON app.chapter_scorecard
    FOR EACH ROW EXECUTE FUNCTION app.scorecard_is_sound();
