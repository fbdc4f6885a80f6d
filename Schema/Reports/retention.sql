-- Retention (domain page §6, Exactly 18): who stayed. People, not memberships; on leave and overdue are members, and who
-- transferred away left.

-- The people who were members the day before the period, or are on its last day, under the membership of the one day or
-- the other, with the reason of their last end where they left.
CREATE OR REPLACE FUNCTION app.stays(of_chapter integer, from_day date, through date)
    RETURNS TABLE (
        membership_id bigint, person_id bigint, name text, folded_name text, seat_id bigint, sponsor_id bigint, mentor_id bigint,
        was_member boolean, is_member boolean, day date, reason text
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH was AS (
        SELECT * FROM membership
         WHERE membership.chapter_id = of_chapter AND from_day - 1 BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
    ), remains AS (
        SELECT * FROM membership
         WHERE membership.chapter_id = of_chapter AND through BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
    ), gone AS (
        SELECT DISTINCT ON (membership.person_id) membership.person_id, membership.ended_on, membership.end_reason, membership.end_code
          FROM membership
         WHERE membership.chapter_id = of_chapter AND membership.ended_on BETWEEN from_day - 1 AND through
         ORDER BY membership.person_id, membership.ended_on DESC
    )
    SELECT coalesce(was.id, remains.id), coalesce(was.person_id, remains.person_id), coalesce(was.name, remains.name)::text,
           coalesce(was.folded_name, remains.folded_name), CASE WHEN was.id IS NULL THEN remains.seat_id ELSE was.seat_id END,
           CASE WHEN was.id IS NULL THEN remains.sponsor_id ELSE was.sponsor_id END,
           CASE WHEN was.id IS NULL THEN remains.mentor_id ELSE was.mentor_id END,
           was.id IS NOT NULL, remains.id IS NOT NULL,
           CASE WHEN was.id IS NULL THEN remains.joined_on WHEN remains.id IS NULL THEN gone.ended_on END,
           CASE WHEN remains.id IS NULL THEN coalesce(replace(gone.end_code, '-', ' '), NULLIF(btrim(gone.end_reason), ''), 'not said') END
      FROM was
      FULL JOIN remains ON remains.person_id = was.person_id
      LEFT JOIN gone ON gone.person_id = was.person_id;
END
$$;

CREATE OR REPLACE FUNCTION app.retention_people(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (at_start bigint, stayed bigint, "left" bigint, joined bigint, at_end bigint, retention numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT counted.at_start, counted.stayed, counted.at_start - counted.stayed, counted.at_end - counted.stayed, counted.at_end,
           printed(quotient(counted.stayed, counted.at_start), 4)
      FROM (SELECT count(*) FILTER (WHERE stay.was_member) AS at_start, count(*) FILTER (WHERE stay.was_member AND stay.is_member) AS stayed,
                   count(*) FILTER (WHERE stay.is_member) AS at_end
              FROM stays(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS stay) AS counted;
END
$$;

-- Why those who left did; for leaders, as everything below, for it is of people.
CREATE OR REPLACE FUNCTION app.retention_reasons(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (reason text, people bigint, share numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT stay.reason, count(*), printed(quotient(count(*), sum(count(*)) OVER ()), 4)
      FROM stays(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS stay
     WHERE stay.was_member AND NOT stay.is_member
     GROUP BY stay.reason
     ORDER BY count(*) DESC, stay.reason;
END
$$;

-- By seat, sponsor and mentor, of the membership at the start.
CREATE OR REPLACE FUNCTION app.retention_seats(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (seat text, at_start bigint, stayed bigint, retention numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT coalesce(min(seat.title), 'none'), count(*), count(*) FILTER (WHERE stay.is_member),
           printed(quotient(count(*) FILTER (WHERE stay.is_member), count(*)), 4)
      FROM stays(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS stay
      LEFT JOIN seat ON seat.chapter_id = of_chapter AND seat.id = stay.seat_id
     WHERE stay.was_member
     GROUP BY seat.id
     ORDER BY min(seat.profession) NULLS LAST;
END
$$;

CREATE OR REPLACE FUNCTION app.retention_by(of_chapter integer, from_day date, to_day date, as_of timestamptz, is_mentor boolean)
    RETURNS TABLE (member_id bigint, member_name text, at_start bigint, stayed bigint, retention numeric)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-chapter-reports') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT guide.id, coalesce(min(guide.name), 'none'), count(*), count(*) FILTER (WHERE stay.is_member),
           printed(quotient(count(*) FILTER (WHERE stay.is_member), count(*)), 4)
      FROM stays(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS stay
      LEFT JOIN membership AS guide ON guide.chapter_id = of_chapter AND guide.id = CASE WHEN is_mentor THEN stay.mentor_id ELSE stay.sponsor_id END
     WHERE stay.was_member
     GROUP BY guide.id
     ORDER BY min(guide.folded_name) NULLS LAST, guide.id;
END
$$;

CREATE OR REPLACE FUNCTION app.retention_sponsors(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, at_start bigint, stayed bigint, retention numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT * FROM retention_by(of_chapter, from_day, to_day, as_of, false);
END
$$;

CREATE OR REPLACE FUNCTION app.retention_mentors(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, at_start bigint, stayed bigint, retention numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT * FROM retention_by(of_chapter, from_day, to_day, as_of, true);
END
$$;

-- The people behind it: who stayed, left or joined, and when.
CREATE OR REPLACE FUNCTION app.retention_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, seat text, reason text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT stay.membership_id, stay.name,
           CASE WHEN NOT stay.was_member THEN 'joined' WHEN stay.is_member THEN 'stayed' ELSE 'left' END, stay.day, seat.title::text, stay.reason
      FROM stays(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS stay
      LEFT JOIN seat ON seat.chapter_id = of_chapter AND seat.id = stay.seat_id
     WHERE may('see-chapter-reports') OR stay.person_id = acting_person()
     ORDER BY stay.day NULLS FIRST, stay.folded_name, stay.membership_id;
END
$$;

GRANT EXECUTE ON FUNCTION app.retention_people, app.retention_reasons, app.retention_seats, app.retention_sponsors, app.retention_mentors,
    app.retention_entries TO chapterhouse_app;
