-- The ledger: what members gave each other, met for, learned and thanked for. Each chapter keeps its own; a slip
-- between two chapters stands in both under one id, and the person of the other chapter is an `outsider` here.

CREATE TABLE app.outsider (
    chapter_id   integer NOT NULL REFERENCES app.chapter,
    id           bigint  GENERATED ALWAYS AS IDENTITY,
    -- Null where only the chapter is known.
    name         app.line,
    folded_name  text,
    home         app.line    NOT NULL,
    folded_home  text    NOT NULL,
    -- Where the person's chapter is in this installation.
    home_chapter integer REFERENCES app.chapter,
    import_batch_id bigint,

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id) REFERENCES app.import_batch (chapter_id, id),
    CONSTRAINT outsider_is_known_once UNIQUE NULLS NOT DISTINCT (chapter_id, folded_home, folded_name),
    CONSTRAINT outsider_is_of_another_chapter CHECK (home_chapter <> chapter_id)
);

SELECT app.guard('app.outsider', 'id', 'name,folded_name');
GRANT SELECT, INSERT ON app.outsider TO chapterhouse_app;

-- A slip is of somebody who is a member that day. Imported slips may name former members.
-- Arguments: the column of the date, then those of the memberships.
CREATE FUNCTION app.slip_is_of_a_member_that_day() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    slip jsonb := to_jsonb(NEW);
    day  date  := (slip ->> TG_ARGV[0])::date;
    who  text;
BEGIN
    IF slip ->> 'import_batch_id' IS NOT NULL THEN
        RETURN NULL;
    END IF;
    SELECT string_agg(member.name, ', ')
      INTO who
      FROM unnest(TG_ARGV[1:]) AS field
      JOIN membership AS member ON member.chapter_id = NEW.chapter_id AND member.id = (slip ->> field)::bigint
     WHERE NOT daterange(member.joined_on, member.ended_on, '[]') @> day;
    IF who IS NOT NULL THEN
        RAISE EXCEPTION '% is not a member on %', who, day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slip_is_of_a_member_that_day', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION app.slip_is_not_of_the_future() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    day date := (to_jsonb(NEW) ->> TG_ARGV[0])::date;
BEGIN
    IF day > today(NEW.chapter_id) THEN
        RAISE EXCEPTION '% has not come yet', day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slip_is_not_of_the_future', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

-- What every table of slips has in common: the walls, the audit trail, the two rules above, the service's rights.
CREATE FUNCTION app.guard_slip(guarded regclass, day text, members text[], keys text, personal text) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM app.guard(guarded, keys, personal);
    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER slip_is_not_of_the_future AFTER INSERT ON %s
             FOR EACH ROW EXECUTE FUNCTION app.slip_is_not_of_the_future(%L)',
        guarded, day
    );
    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER slip_is_of_a_member_that_day AFTER INSERT ON %s
             FOR EACH ROW EXECUTE FUNCTION app.slip_is_of_a_member_that_day(%s)',
        guarded, (SELECT string_agg(quote_literal(argument), ', ') FROM unnest(day || members) AS argument)
    );
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO chapterhouse_app', guarded);
END
$$;

CREATE TABLE app.referral (
    chapter_id          integer     NOT NULL REFERENCES app.chapter,
    id                  uuid        NOT NULL DEFAULT gen_random_uuid(),
    giver_id            bigint,
    giver_outsider_id   bigint,
    receiver_id         bigint,
    receiver_outsider_id bigint,
    -- Folded, as a seat's; set where nobody could take the referral.
    unplaced_profession text,
    tier                smallint    NOT NULL,
    need                text,
    warmth              smallint,
    opened_by           text,
    -- The last step.
    status              text        NOT NULL DEFAULT 'passed',
    passed_on           date        NOT NULL,
    import_batch_id     bigint,
    recorded_at         timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, giver_id)             REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, giver_outsider_id)    REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, receiver_id)          REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, receiver_outsider_id) REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id)      REFERENCES app.import_batch (chapter_id, id),

    CONSTRAINT referral_has_one_giver CHECK (num_nonnulls(giver_id, giver_outsider_id) = 1),
    CONSTRAINT referral_has_one_receiver_or_none CHECK (
        num_nonnulls(receiver_id, receiver_outsider_id, unplaced_profession) = 1
    ),
    CONSTRAINT referral_has_a_side_in_this_chapter CHECK (num_nonnulls(giver_id, receiver_id) > 0),
    CONSTRAINT referral_is_not_to_oneself CHECK (giver_id <> receiver_id),
    CONSTRAINT referral_says_what_is_needed CHECK (
        need IS NULL AND import_batch_id IS NOT NULL OR btrim(need) <> ''
    ),
    CONSTRAINT referral_tier_is_one_to_nine CHECK (tier BETWEEN 1 AND 9),
    CONSTRAINT referral_warmth_is_one_to_five CHECK (warmth BETWEEN 1 AND 5),
    CONSTRAINT referral_status_is_known CHECK (
        status IN ('passed', 'contacted', 'meeting', 'proposal', 'won', 'lost', 'declined')
    )
);

CREATE INDEX referral_by_date ON app.referral (chapter_id, passed_on);
CREATE INDEX referral_by_receiver ON app.referral (chapter_id, receiver_id, passed_on)
    WHERE status NOT IN ('won', 'lost', 'declined');
SELECT app.guard_slip('app.referral', 'passed_on', '{giver_id,receiver_id}', 'id', 'need');

CREATE TABLE app.referral_step (
    chapter_id  integer     NOT NULL,
    referral_id uuid        NOT NULL,
    number      smallint    NOT NULL,
    step        text        NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    reason      text,
    person_id   bigint,

    PRIMARY KEY (chapter_id, referral_id, number),
    FOREIGN KEY (chapter_id, referral_id) REFERENCES app.referral (chapter_id, id),
    CONSTRAINT step_is_known CHECK (
        step IN ('passed', 'contacted', 'meeting', 'proposal', 'won', 'lost', 'declined')
    ),
    CONSTRAINT declining_needs_a_reason CHECK (step <> 'declined' OR btrim(coalesce(reason, '')) <> '')
);

SELECT app.guard('app.referral_step', 'referral_id,number', 'reason');
GRANT SELECT, INSERT ON app.referral_step TO chapterhouse_app;

-- The third party a referral is about: for its giver and its receiver, nobody else.
CREATE TABLE app.prospect (
    chapter_id         integer NOT NULL,
    referral_id        uuid    NOT NULL,
    name               app.line,
    company            app.line,
    phone              app.line,
    email              app.line,
    giver_person_id    bigint,
    receiver_person_id bigint,
    erased_at          timestamptz,

    PRIMARY KEY (chapter_id, referral_id),
    FOREIGN KEY (chapter_id, referral_id) REFERENCES app.referral (chapter_id, id)
);

SELECT app.guard('app.prospect', 'referral_id', 'name,company,phone,email');
DROP POLICY own_chapter ON app.prospect;
CREATE POLICY private ON app.prospect TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (
            giver_person_id = NULLIF(current_setting('app.person_id', true), '')::bigint
            OR receiver_person_id = NULLIF(current_setting('app.person_id', true), '')::bigint
            OR app.may('everything')
        )
    )
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer);
GRANT SELECT, INSERT, UPDATE ON app.prospect TO chapterhouse_app;

CREATE TABLE app.closed_business (
    chapter_id          integer     NOT NULL REFERENCES app.chapter,
    id                  uuid        NOT NULL DEFAULT gen_random_uuid(),
    -- Null: somebody of this chapter, whom `closed_business_earner` names, or nobody knows.
    earner_outsider_id  bigint,
    -- A member or a former member.
    thanked_id          bigint,
    thanked_outsider_id bigint,
    thanked_visitor     app.line,
    thanked_chapter     boolean     NOT NULL DEFAULT false,
    -- Minor units of `currency`.
    amount              bigint      NOT NULL,
    currency            text        NOT NULL REFERENCES app.currency,
    closed_on           date        NOT NULL,
    is_repeat           boolean     NOT NULL DEFAULT false,
    tier                smallint,
    referral_id         uuid,
    import_batch_id     bigint,
    recorded_at         timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, earner_outsider_id)  REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, thanked_id)          REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, thanked_outsider_id) REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, referral_id)         REFERENCES app.referral (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id)     REFERENCES app.import_batch (chapter_id, id),

    CONSTRAINT thanks_are_to_one CHECK (
        num_nonnulls(thanked_id, thanked_outsider_id, thanked_visitor) + thanked_chapter::integer = 1
    ),
    CONSTRAINT thanks_have_a_side_in_this_chapter CHECK (earner_outsider_id IS NULL OR thanked_id IS NOT NULL),
    CONSTRAINT amount_is_not_negative CHECK (amount >= 0),
    CONSTRAINT amount_is_plausible CHECK (amount <= 1000000000000000),
    CONSTRAINT thanks_tier_is_one_to_nine CHECK (tier BETWEEN 1 AND 9)
);

CREATE INDEX closed_business_by_date ON app.closed_business (chapter_id, closed_on);
SELECT app.guard_slip('app.closed_business', 'closed_on', '{}', 'id', 'thanked_visitor');

-- Who earned: theirs alone. Leaders read sums, through functions that withhold.
CREATE TABLE app.closed_business_earner (
    chapter_id         integer NOT NULL,
    closed_business_id uuid    NOT NULL,
    membership_id      bigint  NOT NULL,
    person_id          bigint  NOT NULL,

    PRIMARY KEY (chapter_id, closed_business_id),
    FOREIGN KEY (chapter_id, closed_business_id) REFERENCES app.closed_business (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id)
        REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE
);

CREATE INDEX closed_business_earner_by_member ON app.closed_business_earner (chapter_id, membership_id);
SELECT app.guard('app.closed_business_earner', 'closed_business_id', 'membership_id,person_id');
DROP POLICY own_chapter ON app.closed_business_earner;
CREATE POLICY private ON app.closed_business_earner TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    )
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer);
GRANT SELECT, INSERT ON app.closed_business_earner TO chapterhouse_app;

CREATE FUNCTION app.earner_fits_the_thanks() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    thanks closed_business;
    earner membership;
BEGIN
    SELECT * INTO thanks FROM closed_business WHERE chapter_id = NEW.chapter_id AND id = NEW.closed_business_id;
    SELECT * INTO earner FROM membership WHERE chapter_id = NEW.chapter_id AND id = NEW.membership_id;
    IF TG_NAME = 'thanks_are_not_to_oneself' AND EXISTS (
        SELECT FROM membership AS thanked
         WHERE thanked.chapter_id = NEW.chapter_id AND thanked.id = thanks.thanked_id AND thanked.person_id = earner.person_id
    ) THEN
        RAISE EXCEPTION '% cannot thank themselves', earner.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'thanks_are_not_to_oneself', TABLE = 'closed_business';
    END IF;
    IF TG_NAME = 'earner_is_a_member_that_day' AND NOT daterange(earner.joined_on, earner.ended_on, '[]') @> thanks.closed_on THEN
        RAISE EXCEPTION '% is not a member on %', earner.name, thanks.closed_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'earner_is_a_member_that_day', TABLE = 'closed_business';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER thanks_are_not_to_oneself AFTER INSERT ON app.closed_business_earner
    FOR EACH ROW EXECUTE FUNCTION app.earner_fits_the_thanks();
CREATE CONSTRAINT TRIGGER earner_is_a_member_that_day AFTER INSERT ON app.closed_business_earner
    FOR EACH ROW EXECUTE FUNCTION app.earner_fits_the_thanks();

-- One record that counts for both. In a ledger the first is always a member of the chapter.
CREATE TABLE app.one_to_one (
    chapter_id         integer     NOT NULL REFERENCES app.chapter,
    id                 uuid        NOT NULL DEFAULT gen_random_uuid(),
    first_id           bigint      NOT NULL,
    second_id          bigint,
    second_outsider_id bigint,
    met_on             date        NOT NULL,
    -- Null where nobody noted it.
    minutes            smallint,
    place              app.line,
    topics             text,
    cost_of_first      bigint      NOT NULL DEFAULT 0,
    cost_of_second     bigint      NOT NULL DEFAULT 0,
    currency           text        NOT NULL REFERENCES app.currency,
    import_batch_id    bigint,
    recorded_at        timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, first_id)           REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, second_id)          REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, second_outsider_id) REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id)    REFERENCES app.import_batch (chapter_id, id),
    CONSTRAINT one_to_one_is_of_two CHECK (num_nonnulls(second_id, second_outsider_id) = 1),
    CONSTRAINT one_to_one_is_not_with_oneself CHECK (first_id <> second_id),
    CONSTRAINT one_to_one_lasts_at_most_a_day CHECK (minutes BETWEEN 0 AND 1440),
    CONSTRAINT cost_of_one_to_one_is_plausible CHECK (
        cost_of_first BETWEEN 0 AND 1000000000000000 AND cost_of_second BETWEEN 0 AND 1000000000000000
    )
);

CREATE INDEX one_to_one_by_date ON app.one_to_one (chapter_id, met_on);
SELECT app.guard_slip('app.one_to_one', 'met_on', '{first_id,second_id}', 'id', 'topics');

CREATE TABLE app.education_unit (
    chapter_id      integer       NOT NULL REFERENCES app.chapter,
    id              uuid          NOT NULL DEFAULT gen_random_uuid(),
    membership_id   bigint        NOT NULL,
    -- Hours.
    units           numeric(6, 2) NOT NULL,
    title           app.line,
    done_on         date          NOT NULL,
    import_batch_id bigint,
    recorded_at     timestamptz   NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id)   REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id) REFERENCES app.import_batch (chapter_id, id),
    CONSTRAINT education_lasts_some_hours CHECK (units > 0 AND units <= 1000)
);

CREATE INDEX education_unit_by_date ON app.education_unit (chapter_id, done_on);
SELECT app.guard_slip('app.education_unit', 'done_on', '{membership_id}', 'id', '');

CREATE TABLE app.testimonial (
    chapter_id           integer     NOT NULL REFERENCES app.chapter,
    id                   uuid        NOT NULL DEFAULT gen_random_uuid(),
    giver_id             bigint,
    giver_outsider_id    bigint,
    receiver_id          bigint,
    receiver_outsider_id bigint,
    text                 text,
    given_on             date        NOT NULL,
    import_batch_id      bigint,
    recorded_at          timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, giver_id)             REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, giver_outsider_id)    REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, receiver_id)          REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, receiver_outsider_id) REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id)      REFERENCES app.import_batch (chapter_id, id),
    CONSTRAINT testimonial_is_from_one_to_one CHECK (
        num_nonnulls(giver_id, giver_outsider_id) = 1 AND num_nonnulls(receiver_id, receiver_outsider_id) = 1
    ),
    CONSTRAINT testimonial_has_a_side_in_this_chapter CHECK (num_nonnulls(giver_id, receiver_id) > 0),
    CONSTRAINT testimonial_is_not_for_oneself CHECK (giver_id <> receiver_id)
);

CREATE INDEX testimonial_by_date ON app.testimonial (chapter_id, given_on);
SELECT app.guard_slip('app.testimonial', 'given_on', '{giver_id,receiver_id}', 'id', 'text');

CREATE TABLE app.visitor (
    chapter_id          integer     NOT NULL REFERENCES app.chapter,
    id                  uuid        NOT NULL DEFAULT gen_random_uuid(),
    name                app.line    NOT NULL,
    folded_name         text        NOT NULL,
    inviter_id          bigint,
    inviter_outsider_id bigint,
    -- Neither: the chapter itself invited.
    kind                text        NOT NULL DEFAULT 'first',
    visit_on            date        NOT NULL,
    came                boolean     NOT NULL,
    status              text        NOT NULL DEFAULT 'new',
    email               app.line,
    phone               app.line,
    company             app.line,
    profession          app.line,
    has_consented       boolean     NOT NULL DEFAULT false,
    lost_because        text,
    erased_at           timestamptz,
    import_batch_id     bigint,
    recorded_at         timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, inviter_id)          REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, inviter_outsider_id) REFERENCES app.outsider (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id)     REFERENCES app.import_batch (chapter_id, id),
    CONSTRAINT visitor_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT visitor_has_one_inviter CHECK (num_nonnulls(inviter_id, inviter_outsider_id) <= 1),
    CONSTRAINT visit_kind_is_known CHECK (kind IN ('first', 'second', 'guest', 'substitute')),
    CONSTRAINT visitor_status_is_known CHECK (status IN ('new', 'contacted', 'visited', 'applied', 'joined', 'lost')),
    CONSTRAINT losing_a_visitor_needs_a_reason CHECK (status <> 'lost' OR btrim(coalesce(lost_because, '')) <> '')
);

CREATE INDEX visitor_by_date ON app.visitor (chapter_id, visit_on);
SELECT app.guard('app.visitor', 'id', 'name,folded_name,email,phone,company,profession,lost_because');
GRANT SELECT, INSERT, UPDATE ON app.visitor TO chapterhouse_app;

-- A visit that took place is not of the future; an invitation may be.
CREATE CONSTRAINT TRIGGER slip_is_not_of_the_future AFTER INSERT OR UPDATE ON app.visitor
    FOR EACH ROW WHEN (NEW.came) EXECUTE FUNCTION app.slip_is_not_of_the_future('visit_on');
CREATE CONSTRAINT TRIGGER slip_is_of_a_member_that_day AFTER INSERT ON app.visitor
    FOR EACH ROW WHEN (NEW.came) EXECUTE FUNCTION app.slip_is_of_a_member_that_day('visit_on', 'inviter_id');

CREATE TABLE app.activity (
    chapter_id    integer     NOT NULL REFERENCES app.chapter,
    id            uuid        NOT NULL DEFAULT gen_random_uuid(),
    membership_id bigint      NOT NULL,
    kind          text        NOT NULL,
    done_on       date        NOT NULL,
    minutes       smallint    NOT NULL,
    -- Minor units of `currency`.
    money         bigint      NOT NULL,
    currency      text        NOT NULL REFERENCES app.currency,
    is_downtime   boolean     NOT NULL DEFAULT false,
    purpose       text,
    met           text,
    lesson        text,
    recorded_at   timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id),
    CONSTRAINT activity_kind_is_known CHECK (kind IN ('event', 'meal', 'call', 'note', 'education', 'leadership', 'other')),
    CONSTRAINT activity_lasts_at_most_a_day CHECK (minutes BETWEEN 0 AND 1440),
    CONSTRAINT activity_money_is_plausible CHECK (money BETWEEN 0 AND 1000000000000000)
);

CREATE INDEX activity_by_date ON app.activity (chapter_id, done_on);
SELECT app.guard_slip('app.activity', 'done_on', '{membership_id}', 'id', 'purpose,met,lesson');
