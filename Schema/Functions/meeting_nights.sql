-- The meeting of a day: the regular one where there are several.
CREATE OR REPLACE FUNCTION app.meeting_on(of_chapter integer, day date) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN (SELECT meeting.id FROM meeting
             WHERE meeting.chapter_id = of_chapter AND meeting.local_date = day
             ORDER BY meeting.kind <> 'regular', meeting.starts_at, meeting.id LIMIT 1);
END
$$;

-- What was passed on between the meeting before and this one, as it is read out: who earned is told to nobody.
CREATE OR REPLACE FUNCTION app.slips_to_read_out(of_chapter integer, day date)
    RETURNS TABLE (slip text, giver text, receiver text, said text, amount bigint, warmth smallint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    since date := (SELECT max(meeting.local_date) + 1 FROM meeting
                    WHERE meeting.chapter_id = of_chapter AND meeting.local_date < day AND meeting.kind = 'regular'
                      AND meeting.status NOT IN ('cancelled', 'holiday'));
BEGIN
    RETURN QUERY
    WITH known AS (
        SELECT 'referral' AS slip, 1 AS place, passed_on AS day, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id,
               coalesce(unplaced_profession, '') AS unplaced, need AS said, NULL::bigint AS amount, warmth, recorded_at, id
          FROM referral WHERE chapter_id = of_chapter AND passed_on BETWEEN coalesce(since, day - 6) AND day
        UNION ALL
        SELECT 'thanks', 2, closed_on, NULL, earner_outsider_id, thanked_id, thanked_outsider_id, coalesce(thanked_visitor, ''), '', amount, NULL, recorded_at, id
          FROM closed_business WHERE chapter_id = of_chapter AND closed_on BETWEEN coalesce(since, day - 6) AND day
        UNION ALL
        SELECT 'testimonial', 3, given_on, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, '', text, NULL, NULL, recorded_at, id
          FROM testimonial WHERE chapter_id = of_chapter AND given_on BETWEEN coalesce(since, day - 6) AND day
    )
    SELECT known.slip, coalesce(giver.name::text, giving.name::text), coalesce(receiver.name::text, receiving.name::text, NULLIF(known.unplaced, '')),
           known.said::text, known.amount, known.warmth
      FROM known
      LEFT JOIN membership AS giver ON giver.chapter_id = of_chapter AND giver.id = known.giver_id
      LEFT JOIN outsider AS giving ON giving.chapter_id = of_chapter AND giving.id = known.giver_outsider_id
      LEFT JOIN membership AS receiver ON receiver.chapter_id = of_chapter AND receiver.id = known.receiver_id
      LEFT JOIN outsider AS receiving ON receiving.chapter_id = of_chapter AND receiving.id = known.receiver_outsider_id
     ORDER BY known.place, known.recorded_at, known.id;
END
$$;

-- Marks the acting member at a meeting whose sign they have read: present in time, late after it; a mark that is there
-- stays. The mark they have then; null where the secret is another one, the sheet is closed or they are not expected.
CREATE OR REPLACE FUNCTION app.check_oneself_in(of_chapter integer, day date, shown text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    sheet  meeting;
    door   check_in;
    member bigint;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN NULL;
    END IF;
    SELECT * INTO sheet FROM meeting WHERE chapter_id = of_chapter AND id = meeting_on(of_chapter, day) FOR UPDATE;
    SELECT * INTO door FROM check_in WHERE chapter_id = of_chapter AND meeting_id = sheet.id AND secret = shown;
    member := (SELECT membership.id FROM membership
                WHERE membership.chapter_id = of_chapter AND membership.person_id = acting_person()
                  AND day BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity') LIMIT 1);
    IF door IS NULL OR member IS NULL OR now() > door.closes_at OR sheet.status NOT IN ('scheduled', 'open') THEN
        RETURN NULL;
    END IF;
    UPDATE meeting SET status = 'open', opened_at = now() WHERE chapter_id = of_chapter AND id = sheet.id AND status = 'scheduled';
    INSERT INTO mark (chapter_id, meeting_id, membership_id, mark)
    VALUES (of_chapter, sheet.id, member, CASE WHEN now() <= door.on_time_until THEN 'present' ELSE 'late' END)
        ON CONFLICT (chapter_id, meeting_id, membership_id) DO NOTHING;
    RETURN (SELECT mark.mark FROM mark WHERE mark.chapter_id = of_chapter AND mark.meeting_id = sheet.id AND mark.membership_id = member);
END
$$;

-- Tells who listens that a sheet is another one. Only of meetings of these two weeks: nobody watches an older one, and an
-- import of years should wake nobody.
CREATE OR REPLACE FUNCTION app.sheet_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('sheet', meeting.chapter_id || ' ' || meeting.id)
       FROM (SELECT DISTINCT chapter_id, meeting_id FROM touched) AS sheet
       JOIN meeting ON meeting.chapter_id = sheet.chapter_id AND meeting.id = sheet.meeting_id
      WHERE meeting.local_date >= this_instant()::date - 14;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION app.meeting_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NEW.local_date >= this_instant()::date - 14 THEN
        PERFORM pg_notify('sheet', NEW.chapter_id || ' ' || NEW.id);
    END IF;
    RETURN NULL;
END
$$;

GRANT EXECUTE ON FUNCTION app.meeting_on, app.slips_to_read_out, app.check_oneself_in TO chapterhouse_app;
