-- Meeting night: who said beforehand that they will be away, what is on the programme, checking in at the door, and
-- everybody who looks at a sheet seeing each mark as it is made.

CREATE TABLE app.announced_absence (
    chapter_id    integer     NOT NULL,
    meeting_id    bigint      NOT NULL,
    membership_id bigint      NOT NULL,
    -- Who comes in their place, if anybody does.
    stand_in      app.line,
    reason        app.line,
    announced_at  timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (chapter_id, meeting_id, membership_id),
    FOREIGN KEY (chapter_id, meeting_id)    REFERENCES app.meeting (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id)
);

-- Why somebody is away may be their health.
SELECT app.guard('app.announced_absence', 'meeting_id,membership_id', 'stand_in,reason');
GRANT SELECT, INSERT, UPDATE, DELETE ON app.announced_absence TO chapterhouse_app;

-- What a meeting has beside its sheet: who gives the talk, who teaches, who brings the prize.
CREATE TABLE app.meeting_part (
    chapter_id    integer NOT NULL,
    meeting_id    bigint  NOT NULL,
    part          text    NOT NULL,
    membership_id bigint,
    topic         app.line,

    PRIMARY KEY (chapter_id, meeting_id, part),
    FOREIGN KEY (chapter_id, meeting_id)    REFERENCES app.meeting (chapter_id, id),
    FOREIGN KEY (chapter_id, membership_id) REFERENCES app.membership (chapter_id, id),
    CONSTRAINT meeting_part_is_known CHECK (part IN ('talk', 'education', 'door-prize')),
    CONSTRAINT meeting_part_says_something CHECK (num_nonnulls(membership_id, topic) > 0)
);

CREATE INDEX meeting_part_by_member ON app.meeting_part (chapter_id, membership_id);
SELECT app.guard('app.meeting_part', 'meeting_id,part');
GRANT SELECT, INSERT, UPDATE, DELETE ON app.meeting_part TO chapterhouse_app;

-- Whoever has read the sign at the door may mark themselves: present until `on_time_until`, late after it.
CREATE TABLE app.check_in (
    chapter_id    integer     NOT NULL,
    meeting_id    bigint      NOT NULL,
    secret        text        NOT NULL,
    on_time_until timestamptz NOT NULL,
    closes_at     timestamptz NOT NULL,

    PRIMARY KEY (chapter_id, meeting_id),
    FOREIGN KEY (chapter_id, meeting_id) REFERENCES app.meeting (chapter_id, id),
    CONSTRAINT check_in_closes_after_it_is_late CHECK (closes_at > on_time_until)
);

SELECT app.guard('app.check_in', 'meeting_id', 'secret');
DROP POLICY own_chapter ON app.check_in;
CREATE POLICY of_leaders ON app.check_in TO chapterhouse_app
    USING      (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('mark-attendance'))
    WITH CHECK (chapter_id = NULLIF(current_setting('app.chapter_id', true), '')::integer AND app.may('mark-attendance'));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.check_in TO chapterhouse_app;

-- Tells who listens that a sheet is another one. Only of meetings of these two weeks: nobody watches an older one, and an
-- import of years should wake nobody.
CREATE FUNCTION app.sheet_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('sheet', meeting.chapter_id || ' ' || meeting.id)
       FROM (SELECT DISTINCT chapter_id, meeting_id FROM touched) AS sheet
       JOIN meeting ON meeting.chapter_id = sheet.chapter_id AND meeting.id = sheet.meeting_id
      WHERE meeting.local_date >= now()::date - 14;
    RETURN NULL;
END
$$;

CREATE TRIGGER sheet_changed_by_insert AFTER INSERT ON app.mark REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.sheet_changed();
CREATE TRIGGER sheet_changed_by_update AFTER UPDATE ON app.mark REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.sheet_changed();
CREATE TRIGGER sheet_changed_by_delete AFTER DELETE ON app.mark REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.sheet_changed();

CREATE FUNCTION app.meeting_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('sheet', NEW.chapter_id || ' ' || NEW.id);
    RETURN NULL;
END
$$;

CREATE TRIGGER sheet_changed_its_status AFTER UPDATE OF status ON app.meeting
    FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.local_date >= now()::date - 14) EXECUTE FUNCTION app.meeting_changed();
