-- Letters that warn of absences: the templates that ship, and every letter that was drafted, to whom, when and by whom.

-- Everybody may read them. The words in braces are filled in: name, chapter, used, allowed, next_drop, day, leader.
CREATE TABLE app.letter_template (
    kind     text NOT NULL,
    language text NOT NULL,
    subject  text NOT NULL,
    body     text NOT NULL,

    PRIMARY KEY (kind, language),
    CONSTRAINT letter_kind_is_known CHECK (kind IN ('at the limit', 'over the limit', 'within it')),
    CONSTRAINT language_is_two_letters CHECK (language ~ '^[a-z]{2}$')
);
GRANT SELECT ON app.letter_template TO chapterhouse_app;

CREATE TABLE app.absence_letter (
    chapter_id    integer       NOT NULL REFERENCES app.chapter,
    id            uuid          NOT NULL DEFAULT gen_random_uuid(),
    membership_id bigint        NOT NULL,
    person_id     bigint        NOT NULL,
    -- What was counted, at the end of which day.
    counted_on    date          NOT NULL,
    used          numeric(7, 2) NOT NULL,
    allowed       smallint      NOT NULL,
    language      text          NOT NULL,
    subject       text          NOT NULL,
    body          text          NOT NULL,
    drafted_on    date          NOT NULL,
    -- Null: the operator's shell.
    drafted_by    bigint,
    given_on      date,
    given_by      bigint,
    way           text,
    recorded_at   timestamptz   NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT letter_is_given_by_hand_or_mail CHECK (way IN ('hand', 'mail')),
    CONSTRAINT letter_is_given_on_a_day CHECK ((given_on IS NULL) = (way IS NULL)),
    CONSTRAINT letter_is_given_after_it_is_drafted CHECK (given_on >= drafted_on)
);

CREATE INDEX absence_letter_by_date ON app.absence_letter (chapter_id, drafted_on);
CREATE INDEX absence_letter_by_member ON app.absence_letter (chapter_id, membership_id);

-- How often somebody was away may be a matter of health.
SELECT app.guard('app.absence_letter', 'id', 'subject,body,used');
DROP POLICY own_chapter ON app.absence_letter;
-- For those who keep the sheets; to a member their own, once it was given.
CREATE POLICY confidential ON app.absence_letter TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (app.may('mark-attendance')
             OR given_on IS NOT NULL AND person_id = NULLIF(current_setting('app.person_id', true), '')::bigint)
    )
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('mark-attendance'));
GRANT SELECT ON app.absence_letter TO chapterhouse_app;
