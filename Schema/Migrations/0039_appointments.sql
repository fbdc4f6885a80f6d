-- One-to-ones to come: one member invites another, who says yes or no; either may call it off.

CREATE TABLE app.appointment (
    chapter_id        integer     NOT NULL REFERENCES app.chapter,
    id                uuid        NOT NULL DEFAULT gen_random_uuid(),
    inviter_id        bigint      NOT NULL,
    inviter_person_id bigint      NOT NULL,
    invited_id        bigint      NOT NULL,
    invited_person_id bigint      NOT NULL,
    starts_at         timestamptz NOT NULL,
    minutes           smallint    NOT NULL,
    place             app.line,
    topic             app.line,
    -- When the one who is invited said yes; null as long as they said nothing.
    accepted_on       date,
    -- Who says no, or cannot come after all.
    called_off_on     date,
    is_off_by_inviter boolean,
    recorded_at       timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, inviter_id, inviter_person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    FOREIGN KEY (chapter_id, invited_id, invited_person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT appointment_is_not_with_oneself CHECK (inviter_id <> invited_id),
    CONSTRAINT appointment_takes_minutes_to_a_day CHECK (minutes BETWEEN 5 AND 1440),
    CONSTRAINT appointment_is_called_off_by_one CHECK ((called_off_on IS NULL) = (is_off_by_inviter IS NULL))
);

CREATE INDEX appointment_by_inviter ON app.appointment (chapter_id, inviter_person_id, starts_at);
CREATE INDEX appointment_by_invited ON app.appointment (chapter_id, invited_person_id, starts_at);

-- What they would talk about, and where, is between the two.
SELECT app.guard('app.appointment', 'id', 'place,topic');
DROP POLICY own_chapter ON app.appointment;
CREATE POLICY own ON app.appointment TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (NULLIF(current_setting('app.person_id', true), '')::bigint IN (inviter_person_id, invited_person_id) OR app.may('everything'))
    );
GRANT SELECT ON app.appointment TO chapterhouse_app;

-- They are told of by mail, and so are introductions.
ALTER TABLE app.mail_wish
    DROP CONSTRAINT notice_kind_is_known,
    ADD CONSTRAINT notice_kind_is_known CHECK (
        kind IN ('referral', 'thanks', 'introduction', 'one-to-one', 'weekly-reminder', 'monthly-return', 'absence-warning', 'office-handover')
    );
