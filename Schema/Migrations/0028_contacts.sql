-- What lies between the meetings: a member's own trusted network, and what they have to follow up.

-- A person is never asked for more in a week than they chose.
ALTER TABLE app.person
    ADD COLUMN follow_ups_a_week smallint NOT NULL DEFAULT 5,
    ADD CONSTRAINT follow_ups_a_week_are_plausible CHECK (follow_ups_a_week BETWEEN 1 AND 50);

-- Somebody whom a member knows and would recommend, or be recommended by; the card, and what stands on its back.
CREATE TABLE app.contact (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    membership_id bigint      NOT NULL,
    person_id     bigint      NOT NULL,
    name          app.line    NOT NULL,
    folded_name   text        NOT NULL,
    company       app.line,
    profession    app.line,
    phone         app.line,
    email         app.line,
    met_on        date        NOT NULL,
    met_where     app.line,
    notes         text,
    -- Days after which it is time to be in touch again; null where the member does not want to be reminded.
    cadence_days  smallint,
    -- Whether the chapter sees the card; the back of it nobody else sees.
    is_shared     boolean     NOT NULL DEFAULT false,
    -- Who it is, where that is a member of this chapter, or somebody who visited it.
    member_id     bigint,
    visitor_id    uuid,
    erased_at     timestamptz,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    FOREIGN KEY (chapter_id, member_id)  REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, visitor_id) REFERENCES app.visitor (chapter_id, id) ON DELETE SET NULL (visitor_id),
    CONSTRAINT contact_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT notes_of_a_contact_are_not_too_long CHECK (octet_length(notes) <= 8000),
    CONSTRAINT cadence_is_days_to_years CHECK (cadence_days BETWEEN 1 AND 1100),
    CONSTRAINT contact_is_not_oneself CHECK (member_id <> membership_id)
);

CREATE INDEX contact_by_person ON app.contact (chapter_id, person_id, folded_name);
CREATE INDEX contact_by_membership ON app.contact (chapter_id, membership_id);
CREATE INDEX contact_shared ON app.contact (chapter_id, folded_name) WHERE is_shared AND erased_at IS NULL;

-- Whom somebody met at what they did.
CREATE TABLE app.activity_contact (
    chapter_id  integer NOT NULL,
    activity_id uuid    NOT NULL,
    contact_id  uuid    NOT NULL,
    person_id   bigint  NOT NULL REFERENCES app.person,

    PRIMARY KEY (chapter_id, contact_id, activity_id),
    FOREIGN KEY (chapter_id, activity_id) REFERENCES app.activity (chapter_id, id) ON DELETE CASCADE,
    FOREIGN KEY (chapter_id, contact_id)  REFERENCES app.contact (chapter_id, id)
);

CREATE INDEX activity_contact_by_activity ON app.activity_contact (chapter_id, activity_id);

-- What a member means to do next about somebody, or what a slip asks of them.
CREATE TABLE app.follow_up (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    membership_id bigint      NOT NULL,
    person_id     bigint      NOT NULL,
    -- What it came of by itself; null where the member wrote it down. The slip has no foreign key: there are five kinds.
    cause         text,
    slip_id       uuid,
    contact_id    uuid,
    -- In the member's words, of one that they wrote down.
    text          app.line,
    channel       text        NOT NULL,
    due_on        date        NOT NULL,
    ended_on      date,
    ending        text,
    outcome       text,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    FOREIGN KEY (chapter_id, contact_id) REFERENCES app.contact (chapter_id, id),
    CONSTRAINT follow_up_cause_is_known CHECK (cause IN ('referral', 'visitor', 'one-to-one', 'introduction', 'contact')),
    CONSTRAINT follow_up_comes_of_a_slip CHECK ((cause IS NULL OR cause = 'contact') = (slip_id IS NULL)),
    CONSTRAINT follow_up_says_of_what CHECK (cause IS NOT NULL OR contact_id IS NOT NULL OR btrim(coalesce(text, '')) <> ''),
    CONSTRAINT channel_is_known CHECK (channel IN ('call', 'email', 'note', 'coffee', 'lunch', 'video')),
    CONSTRAINT follow_up_ending_is_known CHECK (ending IN ('done', 'dropped')),
    CONSTRAINT follow_up_ends_on_a_day CHECK ((ended_on IS NULL) = (ending IS NULL)),
    CONSTRAINT outcome_of_a_follow_up_is_not_too_long CHECK (octet_length(outcome) <= 4000)
);

CREATE INDEX follow_up_by_day ON app.follow_up (chapter_id, person_id, due_on);
CREATE INDEX follow_up_by_contact ON app.follow_up (chapter_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX follow_up_by_membership ON app.follow_up (chapter_id, membership_id);
-- A person's weeks are theirs, whatever the chapter.
CREATE INDEX follow_up_by_person ON app.follow_up (person_id, due_on);
-- However often something is entered, moved or run again.
CREATE UNIQUE INDEX follow_up_comes_once ON app.follow_up (chapter_id, slip_id, person_id) WHERE slip_id IS NOT NULL;
CREATE UNIQUE INDEX follow_up_of_a_contact_comes_once ON app.follow_up (chapter_id, contact_id) WHERE cause = 'contact';

-- Whom somebody knows is nobody else's business: the trail keeps that something changed, and no value.
SELECT app.guard('app.contact', 'id', 'membership_id,person_id,name,folded_name,company,profession,phone,email,met_on,met_where,notes,cadence_days,member_id,visitor_id');
SELECT app.guard('app.activity_contact', 'activity_id', 'contact_id,person_id');
SELECT app.guard('app.follow_up', 'id', 'membership_id,person_id,slip_id,contact_id,text,channel,due_on,ended_on,outcome');

DROP POLICY own_chapter ON app.contact;
CREATE POLICY own ON app.contact TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
DROP POLICY own_chapter ON app.activity_contact;
CREATE POLICY own ON app.activity_contact TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
DROP POLICY own_chapter ON app.follow_up;
CREATE POLICY own ON app.follow_up TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
GRANT SELECT, INSERT ON app.contact, app.activity_contact, app.follow_up TO chapterhouse_app;
GRANT UPDATE (name, folded_name, company, profession, phone, email, met_on, met_where, notes, cadence_days, is_shared, member_id,
              visitor_id, erased_at) ON app.contact TO chapterhouse_app;
GRANT UPDATE (channel, due_on, ended_on, ending, outcome, text) ON app.follow_up TO chapterhouse_app;

CREATE CONSTRAINT TRIGGER slip_is_not_of_the_future AFTER INSERT OR UPDATE ON app.contact
    FOR EACH ROW EXECUTE FUNCTION app.slip_is_not_of_the_future('met_on');
CREATE CONSTRAINT TRIGGER slip_is_not_of_the_future AFTER INSERT OR UPDATE ON app.follow_up
    FOR EACH ROW WHEN (NEW.ended_on IS NOT NULL) EXECUTE FUNCTION app.slip_is_not_of_the_future('ended_on');

-- What follows of a slip; the function's body is one of those that every migration writes anew.
CREATE FUNCTION app.follow_up_by_itself() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN NULL;
END
$$;

CREATE TRIGGER follow_up_by_itself AFTER INSERT OR DELETE OR UPDATE OF status ON app.referral
    FOR EACH ROW EXECUTE FUNCTION app.follow_up_by_itself('referral');
CREATE TRIGGER follow_up_by_itself AFTER INSERT OR DELETE OR UPDATE OF came, status ON app.visitor
    FOR EACH ROW EXECUTE FUNCTION app.follow_up_by_itself('visitor');
CREATE TRIGGER follow_up_by_itself AFTER INSERT OR DELETE ON app.one_to_one
    FOR EACH ROW EXECUTE FUNCTION app.follow_up_by_itself('one-to-one');
CREATE TRIGGER follow_up_by_itself AFTER INSERT OR DELETE ON app.introduction
    FOR EACH ROW EXECUTE FUNCTION app.follow_up_by_itself('introduction');
CREATE TRIGGER follow_up_by_itself AFTER INSERT ON app.contact
    FOR EACH ROW EXECUTE FUNCTION app.follow_up_by_itself('contact');
