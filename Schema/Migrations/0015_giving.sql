-- What members give each other beside referrals: introductions, and needs that somebody answers.

-- A connector brings two people together; each of the three is of this chapter, of another, or of none.
CREATE TABLE app.introduction (
    chapter_id            integer     NOT NULL REFERENCES app.chapter,
    id                    uuid        NOT NULL DEFAULT gen_random_uuid(),
    connector_id          bigint,
    connector_outsider_id bigint,
    first_id              bigint,
    first_outsider_id     bigint,
    first_name            app.line,
    second_id             bigint,
    second_outsider_id    bigint,
    second_name           app.line,
    why                   text,
    outcome               text,
    made_on               date        NOT NULL,
    recorded_at           timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, connector_id)          REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, connector_outsider_id) REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, first_id)              REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, first_outsider_id)     REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, second_id)             REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, second_outsider_id)    REFERENCES app.outsider (chapter_id, id),
    CONSTRAINT introduction_is_made_by_one CHECK (num_nonnulls(connector_id, connector_outsider_id) = 1),
    CONSTRAINT introduction_is_of_two CHECK (
        num_nonnulls(first_id, first_outsider_id, first_name) = 1
        AND num_nonnulls(second_id, second_outsider_id, second_name) = 1
    ),
    CONSTRAINT introduction_is_of_different_people CHECK (
        connector_id <> first_id AND connector_id <> second_id AND first_id <> second_id
    ),
    CONSTRAINT introduction_has_a_side_in_this_chapter CHECK (num_nonnulls(connector_id, first_id, second_id) > 0)
);

CREATE INDEX introduction_by_date ON app.introduction (chapter_id, made_on);
SELECT app.guard_slip('app.introduction', 'made_on', '{connector_id,first_id,second_id}', 'id', 'first_name,second_name,why,outcome');

-- What a member wants to buy, or has to offer.
CREATE TABLE app.posting (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    kind          text        NOT NULL,
    membership_id bigint      NOT NULL,
    text          text        NOT NULL,
    -- Folded, as a seat's.
    profession    text,
    posted_on     date        NOT NULL,
    until         date,
    -- The member who answered; of somebody else, only the day.
    answered_by   bigint,
    answered_on   date,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, answered_by)   REFERENCES app.membership (chapter_id, id),
    CONSTRAINT posting_is_need_or_offer CHECK (kind IN ('need', 'offer')),
    CONSTRAINT posting_says_something CHECK (btrim(text) <> '' AND octet_length(text) <= 4000),
    CONSTRAINT posting_ends_after_it_begins CHECK (until >= posted_on AND answered_on >= posted_on),
    CONSTRAINT need_is_answered_on_a_day CHECK (answered_by IS NULL OR answered_on IS NOT NULL),
    CONSTRAINT need_is_answered_by_another CHECK (answered_by <> membership_id)
);

CREATE INDEX posting_by_date ON app.posting (chapter_id, posted_on);
SELECT app.guard_slip('app.posting', 'posted_on', '{membership_id}', 'id', 'text');

-- What each deposit and withdrawal of social capital weighs; a referral's deposit weighs warmth / 3 of it.
ALTER TABLE app.policy
    ADD COLUMN referral_given_weight        numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN introduction_made_weight     numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN visitor_weight               numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN testimonial_weight           numeric(5, 2) NOT NULL DEFAULT 0.5,
    ADD COLUMN one_to_one_weight            numeric(5, 2) NOT NULL DEFAULT 0.25,
    ADD COLUMN office_month_weight          numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN need_answered_weight         numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN referral_received_weight     numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN introduction_received_weight numeric(5, 2) NOT NULL DEFAULT 1,
    ADD COLUMN need_posted_weight           numeric(5, 2) NOT NULL DEFAULT 0.25,
    ADD CONSTRAINT weights_are_plausible CHECK (
        referral_given_weight BETWEEN 0 AND 100 AND introduction_made_weight BETWEEN 0 AND 100
        AND visitor_weight BETWEEN 0 AND 100 AND testimonial_weight BETWEEN 0 AND 100
        AND one_to_one_weight BETWEEN 0 AND 100 AND office_month_weight BETWEEN 0 AND 100
        AND need_answered_weight BETWEEN 0 AND 100 AND referral_received_weight BETWEEN 0 AND 100
        AND introduction_received_weight BETWEEN 0 AND 100 AND need_posted_weight BETWEEN 0 AND 100
    );
