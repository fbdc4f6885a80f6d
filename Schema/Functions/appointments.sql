-- One-to-ones to come. What is agreed stands here and in two mails; what took place is logged as a one-to-one.

-- Invites a member to a one-to-one, at a time on the wall of the chapter, and tells both.
CREATE OR REPLACE FUNCTION app.invite_to_one_to_one(
    of_chapter integer, inviter bigint, invited bigint, on_day date, at_time time, wanted_minutes smallint, wanted_place text, wanted_topic text
) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    starts timestamptz := (on_day + at_time) AT TIME ZONE (SELECT time_zone FROM chapter WHERE id = of_chapter);
    made   uuid;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter()
       OR NOT (may('everything') OR EXISTS (SELECT FROM membership WHERE chapter_id = of_chapter AND id = inviter AND person_id = acting_person()))
    THEN
        RAISE EXCEPTION 'members invite for themselves' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF starts <= this_instant() OR on_day > today(of_chapter) + 366 THEN
        RAISE EXCEPTION 'a one-to-one is to come, within a year'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_is_to_come', TABLE = 'appointment';
    END IF;
    IF (SELECT count(*) FROM membership
         WHERE chapter_id = of_chapter AND id IN (inviter, invited) AND daterange(joined_on, ended_on, '[]') @> on_day) < 2
       AND inviter <> invited
    THEN
        RAISE EXCEPTION 'both are members that day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_is_of_two_members', TABLE = 'appointment';
    END IF;
    IF EXISTS (SELECT FROM appointment AS known
                WHERE known.chapter_id = of_chapter AND known.called_off_on IS NULL AND known.starts_at > this_instant()
                  AND (known.inviter_id, known.invited_id) IN ((inviter, invited), (invited, inviter)))
    THEN
        RAISE EXCEPTION 'the two have an appointment already'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'appointment_is_made_once', TABLE = 'appointment';
    END IF;
    INSERT INTO appointment (chapter_id, inviter_id, inviter_person_id, invited_id, invited_person_id, starts_at, minutes, place, topic)
    SELECT of_chapter, one.id, one.person_id, other.id, other.person_id, starts, wanted_minutes, wanted_place, wanted_topic
      FROM membership AS one, membership AS other
     WHERE one.chapter_id = of_chapter AND one.id = inviter AND other.chapter_id = of_chapter AND other.id = invited
    RETURNING id INTO made;
    PERFORM tell_of_appointment(of_chapter, made, 'invited', true), tell_of_appointment(of_chapter, made, 'invited', false);
    RETURN made;
END
$$;

-- Says yes to an invitation, as the one who is invited, and tells the other; false where there is none to answer.
CREATE OR REPLACE FUNCTION app.accept_appointment(of_chapter integer, wanted uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE appointment SET accepted_on = today(of_chapter)
     WHERE chapter_id = of_chapter AND of_chapter = acting_chapter() AND id = wanted AND invited_person_id = acting_person()
       AND accepted_on IS NULL AND called_off_on IS NULL AND starts_at > this_instant();
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM tell_of_appointment(of_chapter, wanted, 'accepted', true);
    RETURN true;
END
$$;

-- Says no, or that one cannot come after all, and takes it out of both calendars; false where there is nothing to call off.
CREATE OR REPLACE FUNCTION app.call_off_appointment(of_chapter integer, wanted uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE appointment
       SET called_off_on = today(of_chapter), is_off_by_inviter = inviter_person_id IS NOT DISTINCT FROM acting_person() OR acting_person() IS NULL
     WHERE chapter_id = of_chapter AND of_chapter = acting_chapter() AND id = wanted AND called_off_on IS NULL AND starts_at > this_instant()
       AND (acting_person() IN (inviter_person_id, invited_person_id) OR may('everything'));
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM tell_of_appointment(of_chapter, wanted, 'called-off', true), tell_of_appointment(of_chapter, wanted, 'called-off', false);
    RETURN true;
END
$$;

-- Tells one of the two; of use until it begins.
CREATE OR REPLACE FUNCTION app.tell_of_appointment(of_chapter integer, wanted uuid, news text, to_inviter boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    made appointment;
BEGIN
    SELECT * INTO made FROM appointment WHERE chapter_id = of_chapter AND id = wanted;
    PERFORM tell(CASE WHEN to_inviter THEN made.inviter_person_id ELSE made.invited_person_id END, 'one-to-one', of_chapter,
                 jsonb_build_object(
                     'slip', wanted, 'news', news, 'invites', to_inviter, 'off_by_inviter', made.is_off_by_inviter,
                     'accepted', made.accepted_on IS NOT NULL,
                     'other', (SELECT name FROM membership
                                WHERE chapter_id = of_chapter AND id = CASE WHEN to_inviter THEN made.invited_id ELSE made.inviter_id END),
                     'starts_at', to_char(made.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                     'day', (made.starts_at AT TIME ZONE home.time_zone)::date,
                     'time', to_char(made.starts_at AT TIME ZONE home.time_zone, 'HH24:MI'),
                     'minutes', made.minutes, 'place', made.place, 'topic', made.topic),
                 made.starts_at)
       FROM chapter AS home WHERE home.id = of_chapter;
END
$$;

-- The acting person's one-to-ones to come, and those of the last two weeks that nobody has logged; the next first.
CREATE OR REPLACE FUNCTION app.own_appointments(of_chapter integer)
    RETURNS TABLE (id uuid, other_id bigint, other text, is_inviter boolean, starts_at timestamptz, local_date date, local_time time,
                   minutes smallint, place text, topic text, is_accepted boolean, is_over boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT made.id, other.id, other.name::text, side.is_inviter, made.starts_at, wall.time::date, wall.time::time, made.minutes,
           made.place::text, made.topic::text, made.accepted_on IS NOT NULL, made.starts_at <= this_instant()
      FROM appointment AS made
      JOIN chapter ON chapter.id = made.chapter_id
     CROSS JOIN LATERAL (SELECT made.inviter_person_id = acting_person() AS is_inviter, made.starts_at AT TIME ZONE chapter.time_zone AS time) AS side
     CROSS JOIN LATERAL (SELECT side.time) AS wall
      JOIN membership AS other
        ON other.chapter_id = made.chapter_id AND other.id = CASE WHEN side.is_inviter THEN made.invited_id ELSE made.inviter_id END
     WHERE made.chapter_id = of_chapter AND acting_person() IN (made.inviter_person_id, made.invited_person_id) AND made.called_off_on IS NULL
       AND made.starts_at > this_instant() - interval '14 days'
       AND (made.starts_at > this_instant()
            OR NOT EXISTS (SELECT FROM one_to_one AS talk
                            WHERE talk.chapter_id = of_chapter AND talk.met_on >= wall.time::date
                              AND (talk.first_id, talk.second_id) IN ((made.inviter_id, made.invited_id), (made.invited_id, made.inviter_id))))
     ORDER BY made.starts_at, made.id;
END
$$;

-- Those in the calendar of a person, called off or not: to come, and of the last twelve months.
CREATE OR REPLACE FUNCTION app.calendar_appointments(hash bytea)
    RETURNS TABLE (id uuid, slug text, other text, starts_at timestamptz, minutes smallint, place text, topic text, is_accepted boolean,
                   is_off boolean, changed_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT made.id, chapter.slug, other.name::text, made.starts_at, made.minutes, made.place::text, made.topic::text,
           made.accepted_on IS NOT NULL, made.called_off_on IS NOT NULL,
           coalesce((SELECT max(event.at) FROM audit_event AS event
                      WHERE event.chapter_id = made.chapter_id AND event.entity = 'appointment' AND event.entity_id = made.id::text), made.recorded_at)
      FROM calendar(hash) AS whose
      JOIN appointment AS made ON whose.person_id IN (made.inviter_person_id, made.invited_person_id)
      JOIN chapter ON chapter.id = made.chapter_id
      JOIN membership AS other
        ON other.chapter_id = made.chapter_id
       AND other.id = CASE WHEN made.inviter_person_id = whose.person_id THEN made.invited_id ELSE made.inviter_id END
     WHERE made.starts_at > this_instant() - interval '12 months'
       AND EXISTS (SELECT FROM membership AS own
                    WHERE own.chapter_id = made.chapter_id AND own.person_id = whose.person_id
                      AND today(made.chapter_id) BETWEEN own.joined_on AND coalesce(own.ended_on, 'infinity'))
     ORDER BY made.starts_at, made.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.invite_to_one_to_one, app.accept_appointment, app.call_off_appointment, app.own_appointments,
    app.calendar_appointments TO chapterhouse_app;
