-- Scheduled work: what is to be done once for an occasion, when it is due, and what became of it.

CREATE TABLE app.job (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- What is to be done: a word that the function run_job knows.
    kind            text        NOT NULL,
    -- Whose clock it goes by; null is the installation's, which is UTC.
    for_chapter     integer     REFERENCES app.chapter,
    -- What there is one of: a day on the chapter's wall, a meeting, an office.
    occasion        text        NOT NULL,
    due_at          timestamptz NOT NULL,
    -- After this nobody is helped by it any more; null is never.
    good_until      timestamptz,
    next_try_at     timestamptz NOT NULL,
    tries           smallint    NOT NULL DEFAULT 0,
    -- A node that took the job has it until then; when it ends before, another node takes over.
    leased_until    timestamptz,
    last_trouble    text,
    done_at         timestamptz,
    -- Of what is done: why there was nothing to do any more.
    skipped_because text,
    given_up_at     timestamptz,

    -- Done once, whoever enters it, however often.
    CONSTRAINT job_is_entered_once UNIQUE NULLS NOT DISTINCT (kind, for_chapter, occasion),
    CONSTRAINT job_has_an_occasion CHECK (kind <> '' AND occasion <> ''),
    CONSTRAINT job_is_done_or_given_up CHECK (num_nonnulls(done_at, given_up_at) <= 1),
    CONSTRAINT job_is_skipped_when_done CHECK (skipped_because IS NULL OR done_at IS NOT NULL),
    CONSTRAINT job_has_been_tried CHECK (tries >= 0)
);

CREATE INDEX job_due ON app.job (next_try_at, id) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX job_given_up ON app.job (id) WHERE given_up_at IS NOT NULL;

-- Whoever operates the installation sees what there is to do; the functions of jobs.sql alone change it.
ALTER TABLE app.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.job FORCE ROW LEVEL SECURITY;
CREATE POLICY operators ON app.job FOR SELECT TO chapterhouse_app USING (app.may('everything') OR app.may('create-chapters'));
CREATE TRIGGER audit AFTER UPDATE OF given_up_at ON app.job
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'last_trouble');
GRANT SELECT ON app.job TO chapterhouse_app;
