-- Whoever is introduced says whether they would like to be: only then are the two told how to reach each other.

CREATE TABLE app.introduction_answer (
    chapter_id      integer NOT NULL,
    introduction_id uuid    NOT NULL,
    membership_id   bigint  NOT NULL,
    person_id       bigint  NOT NULL,
    is_accepted     boolean NOT NULL,
    answered_on     date    NOT NULL,

    PRIMARY KEY (chapter_id, introduction_id, membership_id),
    FOREIGN KEY (chapter_id, introduction_id) REFERENCES app.introduction (chapter_id, id) ON DELETE CASCADE,
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE
);

CREATE INDEX introduction_answer_by_member ON app.introduction_answer (chapter_id, membership_id);
CREATE INDEX introduction_by_first ON app.introduction (chapter_id, first_id) WHERE first_id IS NOT NULL;
CREATE INDEX introduction_by_second ON app.introduction (chapter_id, second_id) WHERE second_id IS NOT NULL;
CREATE INDEX introduction_by_connector ON app.introduction (chapter_id, connector_id) WHERE connector_id IS NOT NULL;

SELECT app.guard('app.introduction_answer', 'introduction_id,membership_id', 'membership_id,person_id,is_accepted');
DROP POLICY own_chapter ON app.introduction_answer;
CREATE POLICY own ON app.introduction_answer TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
GRANT SELECT ON app.introduction_answer TO chapterhouse_app;
