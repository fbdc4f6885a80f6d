-- Entries of the ledger that a correction took out: kept whole, with who did it and why, and what took their place.

CREATE TABLE app.slip_correction (
    chapter_id     integer     NOT NULL REFERENCES app.chapter,
    id             uuid        NOT NULL DEFAULT gen_random_uuid(),
    slip           text        NOT NULL,
    -- What was taken out, and what was put in; null where nothing was.
    slip_id        uuid        NOT NULL,
    replacement_id uuid,
    -- The day on which the entry counted.
    day            date        NOT NULL,
    corrected_at   timestamptz NOT NULL DEFAULT now(),
    -- Null is the operator's shell.
    corrected_by   bigint,
    reason         text        NOT NULL,
    -- The members whom it named, who earned included.
    members        bigint[]    NOT NULL,
    -- The row as it was.
    entry          jsonb       NOT NULL,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT slip_is_corrected_once UNIQUE (chapter_id, slip_id),
    CONSTRAINT corrected_slip_is_known CHECK (
        slip IN ('referral', 'thanks', 'one-to-one', 'testimonial', 'introduction', 'education', 'visitor', 'activity')
    ),
    CONSTRAINT correction_needs_a_reason CHECK (btrim(reason) <> '')
);

CREATE INDEX slip_correction_by_date ON app.slip_correction (chapter_id, day);
SELECT app.guard('app.slip_correction', 'id', 'entry,members');

-- An entry names who earned, and others: the functions that show corrections decide what of it.
DROP POLICY own_chapter ON app.slip_correction;
CREATE POLICY shell ON app.slip_correction FOR SELECT TO chapterhouse_app
    USING (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('everything'));
GRANT SELECT ON app.slip_correction TO chapterhouse_app;
