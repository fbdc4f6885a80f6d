-- Meetings and the marks on their sheets.

CREATE TABLE app.meeting (
    chapter_id integer     NOT NULL REFERENCES app.chapter,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    starts_at  timestamptz NOT NULL,
    -- The day of `starts_at` in the zone that the chapter had when the meeting was scheduled.
    local_date date        NOT NULL,
    minutes    smallint    NOT NULL,
    kind       text        NOT NULL DEFAULT 'regular',
    status     text        NOT NULL DEFAULT 'scheduled',
    place      app.line,
    opened_at  timestamptz,
    sealed_at  timestamptz,
    reopened_because text,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT meeting_lasts_at_most_a_day CHECK (minutes BETWEEN 1 AND 1440),
    CONSTRAINT meeting_kind_is_known CHECK (kind IN ('regular', 'training', 'social', 'leadership')),
    CONSTRAINT meeting_status_is_known CHECK (status IN ('scheduled', 'open', 'sealed', 'cancelled', 'holiday')),
    CONSTRAINT open_meeting_was_opened CHECK (status NOT IN ('open', 'sealed') OR opened_at IS NOT NULL),
    CONSTRAINT sealed_meeting_was_sealed CHECK ((status = 'sealed') = (sealed_at IS NOT NULL)),
    CONSTRAINT one_regular_meeting_per_day EXCLUDE (chapter_id WITH =, local_date WITH =) WHERE (kind = 'regular')
);

-- The first regular meeting on or after a slip's date, and the meetings of a period.
CREATE INDEX meeting_by_date ON app.meeting (chapter_id, local_date);
SELECT app.guard('app.meeting', 'id');
GRANT SELECT, INSERT, UPDATE ON app.meeting TO chapterhouse_app;

CREATE TABLE app.mark (
    chapter_id    integer     NOT NULL,
    meeting_id    bigint      NOT NULL,
    membership_id bigint      NOT NULL,
    mark          text        NOT NULL,
    stand_in      app.line,
    marked_at     timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, meeting_id, membership_id),
    FOREIGN KEY (chapter_id, meeting_id)    REFERENCES app.meeting (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id),
    CONSTRAINT mark_is_known CHECK (mark IN ('present', 'absent', 'late', 'medical', 'substitute')),
    CONSTRAINT only_a_substitute_stands_in CHECK (stand_in IS NULL OR mark = 'substitute')
);

CREATE INDEX mark_by_member ON app.mark (chapter_id, membership_id);
-- That a member was away for health is health data.
SELECT app.guard('app.mark', 'meeting_id,membership_id', 'mark,stand_in');
GRANT SELECT, INSERT, UPDATE, DELETE ON app.mark TO chapterhouse_app;

-- The meeting is locked while its sheet changes, so that sealing and marking never pass each other.
CREATE FUNCTION app.mark_fits_its_meeting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    line    mark := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    sheet   meeting;
    member  membership;
BEGIN
    SELECT * INTO sheet FROM meeting WHERE chapter_id = line.chapter_id AND id = line.meeting_id FOR SHARE;
    IF TG_NAME = 'sealed_sheet_is_closed' AND sheet.status = 'sealed' THEN
        RAISE EXCEPTION 'the sheet of % is sealed', sheet.local_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sealed_sheet_is_closed', TABLE = 'mark';
    END IF;
    IF TG_NAME = 'mark_is_for_a_meeting_that_takes_place' AND sheet.status IN ('cancelled', 'holiday') THEN
        RAISE EXCEPTION 'the meeting of % does not take place', sheet.local_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_is_for_a_meeting_that_takes_place', TABLE = 'mark';
    END IF;
    IF TG_NAME = 'mark_is_for_a_member_of_the_day' THEN
        SELECT * INTO member FROM membership WHERE chapter_id = line.chapter_id AND id = line.membership_id;
        IF NOT daterange(member.joined_on, member.ended_on, '[]') @> sheet.local_date THEN
            RAISE EXCEPTION '% is not a member on %', member.name, sheet.local_date
                USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_is_for_a_member_of_the_day', TABLE = 'mark';
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER sealed_sheet_is_closed AFTER INSERT OR UPDATE OR DELETE ON app.mark
    FOR EACH ROW EXECUTE FUNCTION app.mark_fits_its_meeting();
CREATE CONSTRAINT TRIGGER mark_is_for_a_meeting_that_takes_place AFTER INSERT OR UPDATE ON app.mark
    FOR EACH ROW EXECUTE FUNCTION app.mark_fits_its_meeting();
CREATE CONSTRAINT TRIGGER mark_is_for_a_member_of_the_day AFTER INSERT OR UPDATE ON app.mark
    FOR EACH ROW EXECUTE FUNCTION app.mark_fits_its_meeting();

-- A regular meeting is sealed when everybody who was a member that day, and not on leave, has a mark.
CREATE FUNCTION app.sealing_needs_every_mark() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    missing text;
BEGIN
    SELECT string_agg(member.name, ', ' ORDER BY member.folded_name)
      INTO missing
      FROM membership AS member
     WHERE member.chapter_id = NEW.chapter_id
       AND daterange(member.joined_on, member.ended_on, '[]') @> NEW.local_date
       AND NOT EXISTS (SELECT FROM membership_leave AS leave
                        WHERE leave.chapter_id = NEW.chapter_id
                          AND leave.membership_id = member.id
                          AND daterange(leave.first_day, leave.last_day, '[]') @> NEW.local_date)
       AND NOT EXISTS (SELECT FROM mark
                        WHERE mark.chapter_id = NEW.chapter_id
                          AND mark.meeting_id = NEW.id
                          AND mark.membership_id = member.id);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'the sheet of % lacks marks', NEW.local_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sealing_needs_every_mark', TABLE = 'meeting', DETAIL = missing;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER sealing_needs_every_mark AFTER UPDATE OF status ON app.meeting
    FOR EACH ROW WHEN (NEW.status = 'sealed' AND NEW.kind = 'regular')
    EXECUTE FUNCTION app.sealing_needs_every_mark();

-- scheduled -> open -> sealed; sealed -> open with a reason; cancelled and holiday only before sealing.
CREATE FUNCTION app.meeting_takes_its_course() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF (OLD.status, NEW.status) IN (('scheduled', 'sealed'), ('sealed', 'scheduled'), ('sealed', 'cancelled'), ('sealed', 'holiday'),
                                    ('open', 'scheduled'), ('cancelled', 'open'), ('holiday', 'open'),
                                    ('cancelled', 'sealed'), ('holiday', 'sealed'))
       OR (OLD.status, NEW.status) = ('sealed', 'open')
          AND (btrim(coalesce(NEW.reopened_because, '')) = '' OR NEW.reopened_because IS NOT DISTINCT FROM OLD.reopened_because)
       OR NEW.status IN ('cancelled', 'holiday')
          AND EXISTS (SELECT FROM mark WHERE chapter_id = NEW.chapter_id AND meeting_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a meeting that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_takes_its_course', TABLE = 'meeting';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER meeting_takes_its_course AFTER UPDATE OF status ON app.meeting
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION app.meeting_takes_its_course();

-- Today on the wall of the chapter.
CREATE FUNCTION app.today(of_chapter integer) RETURNS date
    LANGUAGE sql STABLE
    RETURN (SELECT (now() AT TIME ZONE time_zone)::date FROM app.chapter WHERE id = of_chapter);
GRANT EXECUTE ON FUNCTION app.today(integer) TO chapterhouse_app;
