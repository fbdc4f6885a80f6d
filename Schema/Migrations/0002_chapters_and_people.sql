-- Chapters with their dated policy; people, their memberships, seats, leaves, offices.

-- A small table that everybody may read: a chapter's name and place are no secret, what happens in it is.
CREATE TABLE app.chapter (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug       text        NOT NULL,
    name       app.line    NOT NULL,
    -- The name as `FoldedName` folds it, and other names under which exports know the chapter.
    folded_name text       NOT NULL,
    aliases    text[]      NOT NULL DEFAULT '{}',
    region_id  integer     REFERENCES app.region,
    time_zone  text        NOT NULL,
    currency   text        NOT NULL REFERENCES app.currency,
    locale     text        NOT NULL DEFAULT 'en',
    -- 1 is Monday, 7 is Sunday.
    weekday    smallint,
    starts_at  time,
    minutes    smallint    NOT NULL DEFAULT 90,
    place      app.line,
    status     text        NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT chapter_slug_is_taken UNIQUE (slug),
    CONSTRAINT chapter_slug_is_plain CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT chapter_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT chapter_meets_on_a_weekday CHECK (weekday BETWEEN 1 AND 7),
    CONSTRAINT chapter_meets_for_at_most_a_day CHECK (minutes BETWEEN 1 AND 1440),
    CONSTRAINT chapter_is_active_or_closed CHECK (status IN ('active', 'closed'))
);

CREATE FUNCTION app.chapter_time_zone_is_known() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = NEW.time_zone) THEN
        RAISE EXCEPTION 'time zone % is not known', NEW.time_zone
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chapter_time_zone_is_known', TABLE = 'chapter';
    END IF;
    RETURN NEW;
END
$$;

CREATE CONSTRAINT TRIGGER chapter_time_zone_is_known AFTER INSERT OR UPDATE OF time_zone ON app.chapter
    FOR EACH ROW EXECUTE FUNCTION app.chapter_time_zone_is_known();
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.chapter
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', '');

GRANT SELECT, INSERT, UPDATE ON app.chapter TO chapterhouse_app;

-- What a chapter decided about itself, a row per version; amounts in minor units of its currency.
CREATE TABLE app.policy (
    chapter_id             integer  NOT NULL REFERENCES app.chapter,
    valid_from             date     NOT NULL,
    absence_limit          smallint NOT NULL DEFAULT 3,
    absence_window         text     NOT NULL DEFAULT 'rolling-26-weeks',
    late_weight            numeric(3, 2) NOT NULL DEFAULT 0,
    substitutes_allowed    smallint,
    contact_within_hours   integer  NOT NULL DEFAULT 72,
    visits_before_applying smallint NOT NULL DEFAULT 2,
    membership_fee         bigint   NOT NULL DEFAULT 0,
    months_covered         smallint NOT NULL DEFAULT 12,
    meeting_fee            bigint   NOT NULL DEFAULT 0,
    meeting_fee_due_for    text     NOT NULL DEFAULT 'attended',
    value_of_hour          bigint   NOT NULL DEFAULT 0,
    earned_is_seen_by      text     NOT NULL DEFAULT 'member',
    term_starts            text[]   NOT NULL DEFAULT '{04-01,10-01}',
    -- What a new chapter starts with: the first thing it decides takes its place.
    is_default             boolean  NOT NULL DEFAULT false,
    recorded_at            timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, valid_from),
    CONSTRAINT absence_limit_is_plausible CHECK (absence_limit BETWEEN 0 AND 366),
    CONSTRAINT absence_window_is_known CHECK (absence_window IN ('rolling-26-weeks', 'half-years', '12-months')),
    CONSTRAINT late_weight_is_a_part_of_an_absence CHECK (late_weight BETWEEN 0 AND 1),
    CONSTRAINT substitutes_allowed_is_plausible CHECK (substitutes_allowed BETWEEN 0 AND 366),
    CONSTRAINT contact_is_due_within_a_year CHECK (contact_within_hours BETWEEN 1 AND 8784),
    CONSTRAINT visits_before_applying_is_plausible CHECK (visits_before_applying BETWEEN 1 AND 52),
    CONSTRAINT fees_are_plausible CHECK (
        membership_fee BETWEEN 0 AND 1000000000000000
        AND meeting_fee BETWEEN 0 AND 1000000000000000
        AND value_of_hour BETWEEN 0 AND 1000000000000000
    ),
    CONSTRAINT fee_covers_some_months CHECK (months_covered BETWEEN 1 AND 120),
    CONSTRAINT meeting_fee_is_due_for_every_or_attended CHECK (meeting_fee_due_for IN ('every', 'attended')),
    CONSTRAINT earned_is_seen_by_somebody CHECK (earned_is_seen_by IN ('member', 'leaders', 'chapter'))
);

SELECT app.guard('app.policy', 'valid_from');
GRANT SELECT, INSERT, UPDATE ON app.policy TO chapterhouse_app;

CREATE TABLE app.person (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    given_name  app.line,
    family_name app.line,
    name        app.line    NOT NULL,
    folded_name text        NOT NULL,
    email       text,
    phones      text[]      NOT NULL DEFAULT '{}',
    language    text,
    is_operator boolean     NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT email_belongs_to_one_person UNIQUE (email),
    CONSTRAINT person_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT email_is_folded CHECK (email = lower(email) AND email LIKE '%_@_%')
);

-- Closed to the service but for one's own row; the functions below are the other way in.
ALTER TABLE app.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.person FORCE ROW LEVEL SECURITY;
CREATE POLICY oneself ON app.person TO chapterhouse_app
    USING      (id = NULLIF(current_setting('app.person_id', true), '')::bigint)
    WITH CHECK (id = NULLIF(current_setting('app.person_id', true), '')::bigint);
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.person
    FOR EACH ROW EXECUTE FUNCTION app.record_change('id', 'given_name,family_name,name,folded_name,email,phones');
GRANT SELECT, UPDATE (given_name, family_name, name, folded_name, phones, language) ON app.person TO chapterhouse_app;

-- A profession of a chapter's list; `profession` is folded, `title` is how the chapter writes it.
CREATE TABLE app.seat (
    chapter_id integer NOT NULL REFERENCES app.chapter,
    id         bigint  GENERATED ALWAYS AS IDENTITY,
    profession text    NOT NULL,
    title      app.line    NOT NULL,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT profession_is_listed_once UNIQUE (chapter_id, profession),
    CONSTRAINT seat_names_a_profession CHECK (btrim(profession) <> '')
);

SELECT app.guard('app.seat', 'id');
GRANT SELECT, INSERT ON app.seat TO chapterhouse_app;

-- One file's worth of imported rows, known by chapter and SHA-256.
CREATE TABLE app.import_batch (
    chapter_id  integer     NOT NULL REFERENCES app.chapter,
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    kind        text        NOT NULL,
    file_name   app.line    NOT NULL,
    sha256      bytea       NOT NULL,
    -- The meeting of a slips file; first and last day of a summary.
    from_on     date        NOT NULL,
    to_on       date        NOT NULL,
    rows        integer     NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    imported_by bigint,
    undone_at   timestamptz,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT import_kind_is_known CHECK (kind IN ('palms', 'slips')),
    CONSTRAINT import_is_of_days_in_order CHECK (to_on >= from_on),
    CONSTRAINT file_has_a_sha256 CHECK (octet_length(sha256) = 32),
    CONSTRAINT file_is_imported_once EXCLUDE (chapter_id WITH =, sha256 WITH =) WHERE (undone_at IS NULL)
);

SELECT app.guard('app.import_batch', 'id');
GRANT SELECT, INSERT, UPDATE (undone_at, rows) ON app.import_batch TO chapterhouse_app;

-- A person's time in a chapter. `joined_on` and `ended_on` are days of the membership.
CREATE TABLE app.membership (
    chapter_id      integer     NOT NULL REFERENCES app.chapter,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    person_id       bigint      NOT NULL REFERENCES app.person,
    name            app.line    NOT NULL,
    folded_name     text        NOT NULL,
    email           text,
    seat_id         bigint,
    company         app.line,
    joined_on       date        NOT NULL,
    renews_on       date,
    ended_on        date,
    end_reason      text,
    sponsor_id      bigint,
    mentor_id       bigint,
    -- The membership in this or another chapter that this one continues.
    transferred_from_chapter integer,
    transferred_from         bigint,
    -- A recorded decision of the committee that two may hold one seat.
    overlap_reason  text,
    overlap_decided_on date,
    shares_figures  boolean     NOT NULL DEFAULT false,
    import_batch_id bigint,
    recorded_at     timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, id),
    -- What names a member and their person cannot name another's.
    CONSTRAINT membership_is_of_one_person UNIQUE (chapter_id, id, person_id),
    FOREIGN KEY (chapter_id, seat_id)         REFERENCES app.seat (chapter_id, id),
    FOREIGN KEY (chapter_id, sponsor_id)      REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, mentor_id)       REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id) REFERENCES app.import_batch (chapter_id, id),

    CONSTRAINT member_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT membership_ends_after_it_begins CHECK (ended_on >= joined_on),
    CONSTRAINT membership_days_are_plausible CHECK (joined_on BETWEEN '1900-01-01' AND '2999-12-31'
        AND ended_on BETWEEN '1900-01-01' AND '2999-12-31' AND renews_on BETWEEN '1900-01-01' AND '2999-12-31'),
    CONSTRAINT overlap_has_reason_and_date CHECK (num_nonnulls(overlap_reason, overlap_decided_on) IN (0, 2)),
    CONSTRAINT one_member_per_seat EXCLUDE USING gist (
        chapter_id WITH =, seat_id WITH =, daterange(joined_on, ended_on, '[]') WITH &&
    ) WHERE (seat_id IS NOT NULL AND overlap_reason IS NULL),
    CONSTRAINT one_membership_at_a_time EXCLUDE USING gist (
        chapter_id WITH =, person_id WITH =, daterange(joined_on, ended_on, '[]') WITH &&
    )
);

CREATE INDEX membership_by_person ON app.membership (chapter_id, person_id);
CREATE INDEX membership_by_name ON app.membership (chapter_id, folded_name);

SELECT app.guard('app.membership', 'id', 'name,folded_name,email,company');
GRANT SELECT, INSERT, UPDATE ON app.membership TO chapterhouse_app;

-- Days on which a member keeps the seat and is not expected; both days included, an open end is null.
CREATE TABLE app.membership_leave (
    chapter_id    integer NOT NULL,
    id            bigint  GENERATED ALWAYS AS IDENTITY,
    membership_id bigint  NOT NULL,
    kind          text    NOT NULL DEFAULT 'other',
    first_day     date    NOT NULL,
    last_day      date,

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id),
    CONSTRAINT leave_is_medical_or_other CHECK (kind IN ('medical', 'other')),
    CONSTRAINT leave_ends_after_it_begins CHECK (last_day >= first_day),
    CONSTRAINT one_leave_at_a_time EXCLUDE USING gist (
        chapter_id WITH =, membership_id WITH =, daterange(first_day, last_day, '[]') WITH &&
    )
);

-- Why somebody is away may be a matter of health.
SELECT app.guard('app.membership_leave', 'id', 'kind');
GRANT SELECT, INSERT, UPDATE, DELETE ON app.membership_leave TO chapterhouse_app;

-- A member's own margin and value of an hour (minor units), from a day on; null leaves the other as it was.
CREATE TABLE app.membership_valuation (
    chapter_id    integer NOT NULL,
    membership_id bigint  NOT NULL,
    valid_from    date    NOT NULL,
    person_id     bigint  NOT NULL,
    margin        numeric(7, 6),
    value_of_hour bigint,

    PRIMARY KEY (chapter_id, membership_id, valid_from),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT margin_is_a_part_of_the_whole CHECK (margin BETWEEN 0 AND 1),
    CONSTRAINT value_of_hour_is_plausible CHECK (value_of_hour BETWEEN 0 AND 1000000000000000)
);

SELECT app.guard('app.membership_valuation', 'membership_id,valid_from', 'margin,value_of_hour');
DROP POLICY own_chapter ON app.membership_valuation;
CREATE POLICY private ON app.membership_valuation TO chapterhouse_app
    USING (
        chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer
        AND (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'))
    );
GRANT SELECT, INSERT, UPDATE ON app.membership_valuation TO chapterhouse_app;

-- An office of the chapter; both days included. Rights follow from the dates alone.
CREATE TABLE app.office (
    chapter_id    integer NOT NULL,
    id            bigint  GENERATED ALWAYS AS IDENTITY,
    membership_id bigint  NOT NULL,
    person_id     bigint  NOT NULL,
    role          text    NOT NULL REFERENCES app.office_kind,
    from_on       date    NOT NULL,
    to_on         date,

    PRIMARY KEY (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id, person_id) REFERENCES app.membership (chapter_id, id, person_id) ON UPDATE CASCADE,
    CONSTRAINT term_ends_after_it_begins CHECK (to_on >= from_on),
    CONSTRAINT office_is_held_once_by_a_member EXCLUDE USING gist (
        chapter_id WITH =, membership_id WITH =, role WITH =, daterange(from_on, to_on, '[]') WITH &&
    )
);

CREATE INDEX office_by_person ON app.office (chapter_id, person_id);
SELECT app.guard('app.office', 'id');
GRANT SELECT, INSERT, UPDATE ON app.office TO chapterhouse_app;
