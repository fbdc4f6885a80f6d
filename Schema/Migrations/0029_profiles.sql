-- What a member tells the others of themselves, so that a one-to-one can be prepared.

CREATE TABLE app.profile (
    chapter_id      integer     NOT NULL,
    membership_id   bigint      NOT NULL,
    person_id       bigint      NOT NULL,
    goals           text,
    accomplishments text,
    interests       text,
    networks        text,
    skills          text,
    ideal_referral  text,
    -- Why they network.
    purposes        text[]      NOT NULL DEFAULT '{}',
    changed_at      timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, membership_id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT purposes_are_known CHECK (
        purposes <@ ARRAY['leads', 'introductions', 'trusted-contacts', 'market-intelligence', 'camaraderie', 'collaboration']
    ),
    CONSTRAINT profile_is_not_too_long CHECK (
        octet_length(goals) <= 8000 AND octet_length(accomplishments) <= 8000 AND octet_length(interests) <= 8000
        AND octet_length(networks) <= 8000 AND octet_length(skills) <= 8000 AND octet_length(ideal_referral) <= 8000
    )
);

SELECT app.guard('app.profile', 'membership_id', 'goals,accomplishments,interests,networks,skills,ideal_referral,purposes');

-- Everybody in the chapter reads it, and nobody writes another's.
DROP POLICY own_chapter ON app.profile;
CREATE POLICY read_in_the_chapter ON app.profile FOR SELECT TO chapterhouse_app
    USING (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer);
CREATE POLICY written_by_oneself ON app.profile FOR INSERT TO chapterhouse_app
    WITH CHECK (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
CREATE POLICY changed_by_oneself ON app.profile FOR UPDATE TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
GRANT SELECT, INSERT, UPDATE ON app.profile TO chapterhouse_app;
