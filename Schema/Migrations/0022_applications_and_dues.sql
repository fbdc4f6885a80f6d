-- Applications for a seat: references, votes of the committee, the decision; and what a chapter is owed, and was paid.

CREATE TABLE app.application (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    name          app.line    NOT NULL,
    folded_name   text        NOT NULL,
    company       app.line,
    email         app.line,
    phone         app.line,
    -- The seat that is wanted: folded, and as the applicant writes it.
    profession    text        NOT NULL,
    title         app.line    NOT NULL,
    sponsor_id    bigint,
    visitor_id    uuid,
    applied_on    date        NOT NULL,
    decision      text,
    decided_on    date,
    reason        text,
    -- The membership that the induction made.
    membership_id bigint,
    notes         text,
    erased_at     timestamptz,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, sponsor_id)    REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, visitor_id)    REFERENCES app.visitor (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id),
    CONSTRAINT applicant_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT application_is_for_a_seat CHECK (btrim(profession) <> ''),
    CONSTRAINT application_decision_is_known CHECK (decision IN ('accepted', 'declined', 'withdrawn')),
    CONSTRAINT application_is_decided_on_a_day CHECK ((decision IS NULL) = (decided_on IS NULL)),
    CONSTRAINT application_is_decided_after_it_came CHECK (decided_on >= applied_on),
    CONSTRAINT declining_an_application_needs_a_reason CHECK (decision <> 'declined' OR btrim(coalesce(reason, '')) <> ''),
    CONSTRAINT induction_follows_acceptance CHECK (membership_id IS NULL OR decision IS NOT DISTINCT FROM 'accepted'),
    CONSTRAINT notes_are_not_too_long CHECK (octet_length(notes) <= 8000 AND octet_length(reason) <= 8000)
);

CREATE INDEX application_by_date ON app.application (chapter_id, applied_on);

CREATE TABLE app.application_reference (
    chapter_id     integer  NOT NULL,
    application_id uuid     NOT NULL,
    number         smallint NOT NULL,
    name           app.line NOT NULL,
    contact        app.line,
    checked_on     date     NOT NULL,
    outcome        text,

    PRIMARY KEY (chapter_id, application_id, number),
    FOREIGN KEY (chapter_id, application_id) REFERENCES app.application (chapter_id, id),
    CONSTRAINT reference_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT outcome_is_not_too_long CHECK (octet_length(outcome) <= 8000)
);

CREATE TABLE app.application_vote (
    chapter_id     integer     NOT NULL,
    application_id uuid        NOT NULL,
    membership_id  bigint      NOT NULL,
    person_id      bigint      NOT NULL,
    -- Whoever says `conflict` has an interest of their own, and does not count.
    vote           text        NOT NULL,
    voted_at       timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, application_id, membership_id),
    FOREIGN KEY (chapter_id, application_id) REFERENCES app.application (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT vote_is_known CHECK (vote IN ('yes', 'no', 'abstain', 'conflict'))
);

-- A vote comes before the decision, and who brought the applicant has an interest of their own.
CREATE FUNCTION app.vote_fits_the_application() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    wanted application;
BEGIN
    SELECT * INTO wanted FROM application WHERE chapter_id = NEW.chapter_id AND id = NEW.application_id FOR SHARE;
    IF TG_NAME = 'vote_comes_before_the_decision' AND wanted.decision IS NOT NULL THEN
        RAISE EXCEPTION 'the application is % since %', wanted.decision, wanted.decided_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_comes_before_the_decision', TABLE = 'application_vote';
    END IF;
    IF TG_NAME = 'sponsor_does_not_vote' AND wanted.sponsor_id = NEW.membership_id AND NEW.vote <> 'conflict' THEN
        RAISE EXCEPTION 'the sponsor has a conflict of interest'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sponsor_does_not_vote', TABLE = 'application_vote';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER vote_comes_before_the_decision AFTER INSERT OR UPDATE ON app.application_vote
    FOR EACH ROW EXECUTE FUNCTION app.vote_fits_the_application();
CREATE CONSTRAINT TRIGGER sponsor_does_not_vote AFTER INSERT OR UPDATE ON app.application_vote
    FOR EACH ROW EXECUTE FUNCTION app.vote_fits_the_application();

-- An invoice of a member; what it covers is a time of membership, or meetings.
CREATE TABLE app.invoice (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    membership_id bigint      NOT NULL,
    person_id     bigint      NOT NULL,
    kind          text        NOT NULL,
    from_on       date,
    to_on         date,
    -- Minor units of `currency`.
    amount        bigint      NOT NULL,
    currency      text        NOT NULL REFERENCES app.currency,
    issued_on     date        NOT NULL,
    due_on        date        NOT NULL,
    note          app.line,
    cancelled_on  date,
    cancelled_because app.line,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT invoice_kind_is_known CHECK (kind IN ('membership', 'meetings', 'other')),
    CONSTRAINT invoice_covers_days_in_order CHECK (to_on >= from_on),
    CONSTRAINT invoice_is_over_an_amount CHECK (amount BETWEEN 1 AND 1000000000000000),
    CONSTRAINT invoice_is_due_after_it_is_issued CHECK (due_on >= issued_on),
    CONSTRAINT cancelling_needs_a_day_and_a_reason CHECK ((cancelled_on IS NULL) = (btrim(coalesce(cancelled_because, '')) = ''))
);

CREATE INDEX invoice_by_date ON app.invoice (chapter_id, issued_on);
CREATE INDEX invoice_by_member ON app.invoice (chapter_id, membership_id);

-- A payment settles the oldest invoices first. One that was wrong is voided, and stays.
CREATE TABLE app.payment (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    membership_id bigint      NOT NULL,
    person_id     bigint      NOT NULL,
    amount        bigint      NOT NULL,
    currency      text        NOT NULL REFERENCES app.currency,
    paid_on       date        NOT NULL,
    note          app.line,
    voided_on     date,
    voided_because app.line,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT payment_is_of_an_amount CHECK (amount BETWEEN 1 AND 1000000000000000),
    CONSTRAINT voiding_needs_a_day_and_a_reason CHECK ((voided_on IS NULL) = (btrim(coalesce(voided_because, '')) = ''))
);

CREATE INDEX payment_by_date ON app.payment (chapter_id, paid_on);
CREATE INDEX payment_by_member ON app.payment (chapter_id, membership_id);

SELECT app.guard('app.application', 'id', 'name,folded_name,company,email,phone,reason,notes');
SELECT app.guard('app.application_reference', 'application_id,number', 'name,contact,outcome');
SELECT app.guard('app.application_vote', 'application_id,membership_id', 'membership_id,person_id,vote');
SELECT app.guard('app.invoice', 'id');
SELECT app.guard('app.payment', 'id');

-- Confidential: for those who may see, and changed by the committee alone.
DROP POLICY own_chapter ON app.application;
CREATE POLICY confidential ON app.application TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('see-applications'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('decide-applications'));
DROP POLICY own_chapter ON app.application_reference;
CREATE POLICY confidential ON app.application_reference TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('see-applications'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('decide-applications'));
DROP POLICY own_chapter ON app.application_vote;
CREATE POLICY confidential ON app.application_vote TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('see-applications'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('decide-applications'));

-- One's own, and to those who may see dues all; kept by the treasurer alone.
DROP POLICY own_chapter ON app.invoice;
CREATE POLICY own_or_kept ON app.invoice TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('see-dues'))
    )
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('keep-dues'));
DROP POLICY own_chapter ON app.payment;
CREATE POLICY own_or_kept ON app.payment TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('see-dues'))
    )
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('keep-dues'));

GRANT SELECT, INSERT ON app.application, app.application_reference, app.application_vote, app.invoice, app.payment TO chapterhouse_app;
GRANT UPDATE (decision, decided_on, reason, membership_id) ON app.application TO chapterhouse_app;
GRANT UPDATE (vote, voted_at) ON app.application_vote TO chapterhouse_app;
GRANT UPDATE (cancelled_on, cancelled_because) ON app.invoice TO chapterhouse_app;
GRANT UPDATE (voided_on, voided_because) ON app.payment TO chapterhouse_app;

CREATE CONSTRAINT TRIGGER slip_is_not_of_the_future AFTER INSERT ON app.application
    FOR EACH ROW EXECUTE FUNCTION app.slip_is_not_of_the_future('applied_on');
CREATE CONSTRAINT TRIGGER slip_is_not_of_the_future AFTER INSERT ON app.payment
    FOR EACH ROW EXECUTE FUNCTION app.slip_is_not_of_the_future('paid_on');
