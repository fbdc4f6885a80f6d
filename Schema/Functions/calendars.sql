-- What the address of a calendar shows, to whoever knows it.

-- Whose calendar it is: of a person, named after the chapters they belong to today, or of a chapter; and in which language.
-- No row for an address that leads nowhere.
CREATE OR REPLACE FUNCTION app.calendar(hash bytea)
    RETURNS TABLE (person_id bigint, chapter_id integer, name text, language text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT person.id, NULL::integer, chapters.names, coalesce(person.language, chapters.locale)
      FROM person_calendar
      JOIN person ON person.id = person_calendar.person_id
     CROSS JOIN LATERAL (
         SELECT string_agg(chapter.name, ', ' ORDER BY chapter.name, chapter.id) AS names,
                (array_agg(chapter.locale ORDER BY chapter.name, chapter.id))[1] AS locale
           FROM membership JOIN chapter ON chapter.id = membership.chapter_id
          WHERE membership.person_id = person.id
            AND today(chapter.id) BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')) AS chapters
     WHERE person_calendar.secret_hash = hash AND person.disabled_at IS NULL
    UNION ALL
    SELECT NULL, chapter.id, chapter.name::text, chapter.locale
      FROM chapter_calendar JOIN chapter ON chapter.id = chapter_calendar.chapter_id
     WHERE chapter_calendar.secret_hash = hash;
END
$$;

-- Its meetings: all to come, and those of the last twelve months. Of a person those of the days on which they belonged to
-- the chapters that they belong to today, with who has which part, and whether they will be away; of a chapter nobody is named.
--
-- When and how often a meeting changed the audit trail knows, so far as it is seen here: that a sheet was sealed is not.
CREATE OR REPLACE FUNCTION app.calendar_meetings(hash bytea)
    RETURNS TABLE (slug text, chapter_name text, id bigint, local_date date, starts_at timestamptz, minutes smallint, kind text, status text,
                   place text, parts text[], speakers text[], topics text[], is_away boolean, stand_in text, changes integer, changed_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    whose record;
BEGIN
    SELECT * INTO whose FROM calendar(hash);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH own AS MATERIALIZED (
        SELECT belongs.chapter_id, belongs.membership_id, belongs.days, (belongs.today - interval '12 months')::date AS since
          FROM (SELECT membership.chapter_id, membership.id AS membership_id,
                       daterange(membership.joined_on, membership.ended_on, '[]') AS days, today(membership.chapter_id) AS today
                  FROM membership WHERE membership.person_id = whose.person_id
                UNION ALL
                SELECT whose.chapter_id, NULL, daterange(NULL, NULL), today(whose.chapter_id) WHERE whose.chapter_id IS NOT NULL) AS belongs
         WHERE EXISTS (SELECT FROM membership AS now
                        WHERE now.chapter_id = belongs.chapter_id AND now.person_id = whose.person_id
                          AND belongs.today BETWEEN now.joined_on AND coalesce(now.ended_on, 'infinity'))
            OR whose.chapter_id IS NOT NULL
    ), change AS (
        SELECT event.chapter_id, split_part(event.entity_id, '/', 1)::bigint AS meeting_id, max(event.at) AS at,
               count(*) FILTER (WHERE event.entity = 'meeting' AND event.action = 'update')::integer AS count
          FROM audit_event AS event
         WHERE event.chapter_id IN (SELECT own.chapter_id FROM own)
           AND event.entity IN ('meeting', 'meeting_part', 'announced_absence')
           AND CASE event.entity
                   WHEN 'meeting' THEN event.action = 'insert' OR event.changed && ARRAY['starts_at', 'minutes', 'kind', 'place']
                                    OR event.before ->> 'status' IN ('cancelled', 'holiday') OR event.after ->> 'status' IN ('cancelled', 'holiday')
                   WHEN 'announced_absence' THEN split_part(event.entity_id, '/', 2) IN (SELECT own.membership_id::text FROM own)
                   ELSE true
               END
         GROUP BY 1, 2
    )
    SELECT chapter.slug, chapter.name::text, meeting.id, meeting.local_date, meeting.starts_at, meeting.minutes, meeting.kind, meeting.status,
           meeting.place::text, programme.parts, programme.speakers, programme.topics, absence.meeting_id IS NOT NULL, absence.stand_in::text,
           coalesce(change.count, 0), coalesce(change.at, chapter.created_at)
      FROM own
      JOIN chapter ON chapter.id = own.chapter_id
      JOIN meeting ON meeting.chapter_id = own.chapter_id AND meeting.local_date >= own.since AND own.days @> meeting.local_date
      LEFT JOIN change ON change.chapter_id = own.chapter_id AND change.meeting_id = meeting.id
      LEFT JOIN announced_absence AS absence
             ON absence.chapter_id = own.chapter_id AND absence.meeting_id = meeting.id AND absence.membership_id = own.membership_id
     CROSS JOIN LATERAL (
         SELECT coalesce(array_agg(part.part ORDER BY part.part DESC), '{}') AS parts,
                coalesce(array_agg(speaker.name::text ORDER BY part.part DESC), '{}') AS speakers,
                coalesce(array_agg(part.topic::text ORDER BY part.part DESC), '{}') AS topics
           FROM meeting_part AS part
           LEFT JOIN membership AS speaker
                  ON speaker.chapter_id = part.chapter_id AND speaker.id = part.membership_id AND whose.person_id IS NOT NULL
          WHERE part.chapter_id = own.chapter_id AND part.meeting_id = meeting.id) AS programme
     ORDER BY meeting.starts_at, meeting.chapter_id, meeting.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.calendar, app.calendar_meetings TO chapterhouse_app;
