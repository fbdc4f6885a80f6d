-- Follow-up is where a contact becomes a relationship (domain page §1, 2): what slips ask of their members by themselves,
-- when it is time to be in touch again, and what of all that is for this week.

-- The first day on or after `wanted` in whose week somebody has room: never more in a week, from Monday to Sunday, than
-- they chose. Two slips at the same moment may take the same place; what is shown as this week's is cut all the same.
CREATE OR REPLACE FUNCTION app.day_with_room(of_person bigint, wanted date) RETURNS date
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    most   constant integer := (SELECT follow_ups_a_week FROM person WHERE id = of_person);
    monday date := date_trunc('week', wanted::timestamp)::date;
BEGIN
    FOR week IN 0..51 LOOP
        IF (SELECT count(*) FROM follow_up
             WHERE person_id = of_person AND due_on BETWEEN monday AND monday + 6 AND ending IS DISTINCT FROM 'dropped') < most THEN
            RETURN greatest(wanted, monday);
        END IF;
        monday := monday + 7;
    END LOOP;
    -- A year is full: later it is, not more.
    RETURN monday;
END
$$;

-- Writes down what a slip asks of a member, `days` after the day of the slip; nothing where it is there already, where they
-- are no member today, or where the slip is older than two weeks: then it is kept for the record.
CREATE OR REPLACE FUNCTION app.follow(
    in_chapter integer, member bigint, of_cause text, slip uuid, contact uuid, day date, days integer, by_channel text
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    today constant date := today(in_chapter);
    whose bigint;
BEGIN
    SELECT person_id INTO whose FROM membership
     WHERE chapter_id = in_chapter AND id = member AND today BETWEEN joined_on AND coalesce(ended_on, 'infinity');
    IF whose IS NULL OR day < today - 14 THEN
        RETURN;
    END IF;
    INSERT INTO follow_up (chapter_id, membership_id, person_id, cause, slip_id, contact_id, channel, due_on)
    VALUES (in_chapter, member, whose, of_cause, slip, contact, by_channel, day_with_room(whose, greatest(day + days, today)))
    ON CONFLICT DO NOTHING;
END
$$;

-- What follows of what:
--   a referral      its receiver calls the prospect, within the chapter's time for a first contact; any step ends that
--   a visitor came  who invited them calls within two days; done when they apply, dropped when they are lost
--   a one-to-one    both write a note, by hand, within two days
--   an introduction both write to each other within three days, and who made it asks after two weeks
--   a contact       an e-mail within two days
-- Imported slips are history and ask nothing of anybody. With the slip goes what it asked.
CREATE OR REPLACE FUNCTION app.follow_up_by_itself() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    place constant integer := CASE WHEN TG_OP = 'DELETE' THEN OLD.chapter_id ELSE NEW.chapter_id END;
    slip  constant uuid    := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM follow_up WHERE chapter_id = place AND slip_id = slip;
        RETURN NULL;
    END IF;
    IF to_jsonb(NEW) ->> 'import_batch_id' IS NOT NULL THEN
        RETURN NULL;
    END IF;
    CASE TG_ARGV[0]
    WHEN 'referral' THEN
        IF NEW.status = 'passed' AND NEW.receiver_id IS NOT NULL THEN
            PERFORM follow(place, NEW.receiver_id, 'referral', slip, NULL, NEW.passed_on, first_contact_days(place, NEW.passed_on), 'call');
        ELSIF NEW.status <> 'passed' THEN
            PERFORM end_follow_ups(place, slip, 'done');
        END IF;
    WHEN 'visitor' THEN
        IF NEW.status = 'lost' THEN
            PERFORM end_follow_ups(place, slip, 'dropped');
        ELSIF NEW.status IN ('applied', 'joined') THEN
            PERFORM end_follow_ups(place, slip, 'done');
        ELSIF NEW.came AND NEW.kind <> 'substitute' THEN
            PERFORM follow(place, NEW.inviter_id, 'visitor', slip, NULL, NEW.visit_on, 2, 'call');
        END IF;
    WHEN 'one-to-one' THEN
        PERFORM follow(place, member, 'one-to-one', slip, NULL, NEW.met_on, 2, 'note')
           FROM unnest(ARRAY[NEW.first_id, NEW.second_id]) AS member WHERE member IS NOT NULL;
    WHEN 'introduction' THEN
        PERFORM follow(place, side.member, 'introduction', slip, NULL, NEW.made_on, side.days, side.channel)
           FROM (VALUES (NEW.connector_id, 14, 'call'), (NEW.first_id, 3, 'email'), (NEW.second_id, 3, 'email'))
                AS side (member, days, channel)
          WHERE side.member IS NOT NULL;
    WHEN 'contact' THEN
        PERFORM follow(place, NEW.membership_id, 'contact', NULL, slip, NEW.met_on, 2, 'email');
    END CASE;
    RETURN NULL;
END
$$;

-- Who looks after a member: for the first year the mentor, else the sponsor; else, and for a renewal, the membership
-- committee, else the president. Somebody else than the member, who is a member that day; null where there is nobody.
CREATE OR REPLACE FUNCTION app.who_looks_after(of_chapter integer, member bigint, is_renewal boolean, day date) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT guide.id
      FROM membership AS looked_after
     CROSS JOIN LATERAL (
         SELECT looked_after.mentor_id AS id, 1 AS turn WHERE NOT is_renewal
         UNION ALL
         SELECT looked_after.sponsor_id, 2 WHERE NOT is_renewal
         UNION ALL
         SELECT office.membership_id, CASE office.role WHEN 'membership-committee' THEN 3 ELSE 4 END
           FROM office
          WHERE office.chapter_id = of_chapter AND office.role IN ('membership-committee', 'president')
            AND daterange(office.from_on, office.to_on, '[]') @> day
     ) AS guide
      JOIN membership AS known ON known.chapter_id = of_chapter AND known.id = guide.id
                              AND day BETWEEN known.joined_on AND coalesce(known.ended_on, 'infinity')
     WHERE looked_after.chapter_id = of_chapter AND looked_after.id = member AND guide.id <> member
     ORDER BY guide.turn, guide.id
     LIMIT 1
$$;

-- What the week from a Monday asks for the chapter's members: a talk after three and after seven months, and the review of a
-- renewal ninety days before it. The job that calls this is done once a week, so each comes once.
CREATE OR REPLACE FUNCTION app.look_after_members(of_chapter integer, monday date) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    today constant date := today(of_chapter);
    care  record;
BEGIN
    FOR care IN
        SELECT member.id, asked.cause, asked.day, asked.channel, guide.id AS guide_id, guide.person_id
          FROM membership AS member
         CROSS JOIN LATERAL (VALUES ('three-months', (member.joined_on + interval '3 months')::date, 'coffee'),
                                    ('seven-months', (member.joined_on + interval '7 months')::date, 'coffee'),
                                    ('renewal', member.renews_on - 90, 'call')) AS asked (cause, day, channel)
          JOIN membership AS guide ON guide.chapter_id = of_chapter
                                  AND guide.id = who_looks_after(of_chapter, member.id, asked.cause = 'renewal', today)
         WHERE member.chapter_id = of_chapter AND asked.day BETWEEN monday AND monday + 6
           AND today BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
         ORDER BY guide.person_id, asked.day, member.id
    LOOP
        INSERT INTO follow_up (chapter_id, membership_id, person_id, cause, member_id, channel, due_on)
        VALUES (of_chapter, care.guide_id, care.person_id, care.cause, care.id, care.channel,
                day_with_room(care.person_id, greatest(care.day, today)));
    END LOOP;
END
$$;

-- How many days the chapter gives for the first contact of a referral.
CREATE OR REPLACE FUNCTION app.first_contact_days(of_chapter integer, day date) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT coalesce((SELECT ceil(contact_within_hours / 24.0)::integer FROM policy
                      WHERE chapter_id = of_chapter ORDER BY valid_from <= day DESC, abs(valid_from - day) LIMIT 1), 3)
$$;

CREATE OR REPLACE FUNCTION app.end_follow_ups(in_chapter integer, slip uuid, how text) RETURNS void
    LANGUAGE sql
    SET search_path = app, pg_temp
AS $$
    UPDATE follow_up SET ended_on = today(in_chapter), ending = how
     WHERE chapter_id = in_chapter AND slip_id = slip AND ended_on IS NULL
$$;

-- When a person was last really in touch with each of their contacts, in whatever way: when they met, what was followed up,
-- where they met again; of a member a one-to-one, a referral either way or an introduction; of a visitor the visit. To sit in
-- the same meeting is none.
CREATE OR REPLACE FUNCTION app.contact_touches(of_chapter integer, of_person bigint) RETURNS TABLE (contact_id uuid, last_on date)
    LANGUAGE sql STABLE ROWS 100
    SET search_path = app, pg_temp
AS $$
    WITH known AS (
        SELECT * FROM contact WHERE chapter_id = of_chapter AND person_id = of_person AND erased_at IS NULL
    ), self AS (
        SELECT id FROM membership WHERE chapter_id = of_chapter AND person_id = of_person
    )
    SELECT touch.contact_id, max(touch.day) FROM (
        SELECT known.id AS contact_id, known.met_on AS day FROM known
        UNION ALL
        SELECT followed.contact_id, followed.ended_on FROM follow_up AS followed
         WHERE followed.chapter_id = of_chapter AND followed.person_id = of_person AND followed.contact_id IS NOT NULL AND followed.ending = 'done'
        UNION ALL
        SELECT met.contact_id, activity.done_on
          FROM known
          JOIN activity_contact AS met ON met.chapter_id = of_chapter AND met.contact_id = known.id
          JOIN activity ON activity.chapter_id = of_chapter AND activity.id = met.activity_id
        UNION ALL
        SELECT known.id, talk.met_on
          FROM known JOIN one_to_one AS talk ON talk.chapter_id = of_chapter
           AND (talk.first_id = known.member_id AND talk.second_id IN (SELECT id FROM self)
                OR talk.second_id = known.member_id AND talk.first_id IN (SELECT id FROM self))
         WHERE known.member_id IS NOT NULL
        UNION ALL
        SELECT known.id, passed.passed_on
          FROM known JOIN referral AS passed ON passed.chapter_id = of_chapter
           AND (passed.giver_id = known.member_id AND passed.receiver_id IN (SELECT id FROM self)
                OR passed.receiver_id = known.member_id AND passed.giver_id IN (SELECT id FROM self))
         WHERE known.member_id IS NOT NULL
        UNION ALL
        SELECT known.id, made.made_on
          FROM known JOIN introduction AS made ON made.chapter_id = of_chapter
           AND known.member_id IN (made.connector_id, made.first_id, made.second_id)
           AND (made.connector_id IN (SELECT id FROM self) OR made.first_id IN (SELECT id FROM self) OR made.second_id IN (SELECT id FROM self))
         WHERE known.member_id IS NOT NULL
        UNION ALL
        SELECT known.id, visitor.visit_on
          FROM known JOIN visitor ON visitor.chapter_id = of_chapter AND visitor.id = known.visitor_id AND visitor.came
        UNION ALL
        SELECT known.id, followed.ended_on
          FROM known JOIN follow_up AS followed ON followed.chapter_id = of_chapter AND followed.person_id = of_person
           AND followed.slip_id = known.visitor_id AND followed.ending = 'done'
    ) AS touch
     GROUP BY touch.contact_id
$$;

-- What a person has still to follow up in a chapter, the most urgent first: what is written down, and the contacts with
-- whom it is time to be in touch again (those have no id yet). `is_this_week`: due by Sunday, and no more than there is
-- room for beside what they did since Monday.
CREATE OR REPLACE FUNCTION app.agenda(of_chapter integer, of_person bigint)
    RETURNS TABLE (
        id uuid, cause text, slip_id uuid, contact_id uuid, about text, text text, channel text, due_on date, last_on date,
        is_this_week boolean
    )
    LANGUAGE plpgsql STABLE ROWS 50
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    today  constant date    := today(of_chapter);
    sunday constant date    := date_trunc('week', today::timestamp)::date + 6;
    room   constant integer := weekly_room(of_person, sunday - 6);
BEGIN
    RETURN QUERY
    WITH open AS (
        SELECT followed.id, followed.cause, followed.slip_id, followed.contact_id,
               coalesce(contact.name, looked_after.name, followed_slip(of_chapter, followed.cause, followed.slip_id, of_person)) AS about,
               followed.text::text, followed.channel, followed.due_on, NULL::date AS last_on
          FROM follow_up AS followed
          LEFT JOIN contact ON contact.chapter_id = of_chapter AND contact.id = followed.contact_id
          LEFT JOIN membership AS looked_after ON looked_after.chapter_id = of_chapter AND looked_after.id = followed.member_id
         WHERE followed.chapter_id = of_chapter AND followed.person_id = of_person AND followed.ended_on IS NULL
    ), due AS (
        SELECT NULL::uuid AS id, 'cadence' AS cause, NULL::uuid AS slip_id, contact.id AS contact_id, contact.name::text AS about,
               NULL::text AS text, 'call' AS channel, touch.last_on + contact.cadence_days AS due_on, touch.last_on
          FROM contact_touches(of_chapter, of_person) AS touch
          JOIN contact ON contact.chapter_id = of_chapter AND contact.id = touch.contact_id
         WHERE touch.last_on + contact.cadence_days <= today
           AND NOT EXISTS (SELECT FROM open WHERE open.contact_id = contact.id)
    ), every AS (
        SELECT * FROM open UNION ALL SELECT * FROM due
    )
    SELECT every.id, every.cause, every.slip_id, every.contact_id, every.about, every.text, every.channel, every.due_on, every.last_on,
           every.due_on <= sunday AND row_number() OVER urgent <= room
      FROM every
    WINDOW urgent AS (ORDER BY every.due_on, every.cause = 'referral' DESC NULLS LAST, every.about, every.id)
     ORDER BY row_number() OVER urgent;
END
$$;

-- How much somebody may still be asked for in the week of a Monday, in all their chapters.
CREATE OR REPLACE FUNCTION app.weekly_room(of_person bigint, monday date) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT greatest(0, follow_ups_a_week
                       - (SELECT count(*)::integer FROM follow_up
                           WHERE person_id = of_person AND ending = 'done' AND ended_on BETWEEN monday AND monday + 6))
      FROM person WHERE id = of_person AND (id = acting_person() OR may('everything'))
$$;

-- Keeps how much somebody wants to be asked for in a week; false where that is not for the one who acts to say.
CREATE OR REPLACE FUNCTION app.ask_for_follow_ups(of_person bigint, a_week integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE person SET follow_ups_a_week = a_week WHERE id = of_person AND (id = acting_person() OR may('everything'));
    RETURN FOUND;
END
$$;

-- Whom a slip is about, to the one who follows it up.
CREATE OR REPLACE FUNCTION app.followed_slip(of_chapter integer, cause text, slip uuid, of_person bigint) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN CASE cause
        WHEN 'referral' THEN
            (SELECT coalesce(prospect.name, referral.need) FROM referral
               LEFT JOIN prospect ON prospect.chapter_id = of_chapter AND prospect.referral_id = referral.id
              WHERE referral.chapter_id = of_chapter AND referral.id = slip)
        WHEN 'visitor' THEN (SELECT visitor.name FROM visitor WHERE visitor.chapter_id = of_chapter AND visitor.id = slip)
        WHEN 'one-to-one' THEN
            (SELECT CASE WHEN one.person_id = of_person THEN coalesce(other.name, outsider.name) ELSE one.name END
               FROM one_to_one AS talk
               JOIN membership AS one ON one.chapter_id = of_chapter AND one.id = talk.first_id
               LEFT JOIN membership AS other ON other.chapter_id = of_chapter AND other.id = talk.second_id
               LEFT JOIN outsider ON outsider.chapter_id = of_chapter AND outsider.id = talk.second_outsider_id
              WHERE talk.chapter_id = of_chapter AND talk.id = slip)
        WHEN 'introduction' THEN
            (SELECT string_agg(side.name, ', ' ORDER BY side.place)
               FROM introduction AS made
              CROSS JOIN LATERAL (VALUES (1, made.first_id, made.first_outsider_id, made.first_name::text),
                                         (2, made.second_id, made.second_outsider_id, made.second_name::text)) AS named (place, member, outsider, name)
              CROSS JOIN LATERAL (
                  SELECT named.place,
                         coalesce(named.name, (SELECT outsider.name FROM outsider WHERE outsider.chapter_id = of_chapter AND outsider.id = named.outsider),
                                  (SELECT membership.name FROM membership
                                    WHERE membership.chapter_id = of_chapter AND membership.id = named.member AND membership.person_id <> of_person)) AS name
              ) AS side
              WHERE made.chapter_id = of_chapter AND made.id = slip AND side.name IS NOT NULL)
    END;
END
$$;

-- The cards that members of the acting chapter share, without what stands on their backs.
CREATE OR REPLACE FUNCTION app.shared_contacts(needle text, after_name text, after_id uuid, most integer)
    RETURNS TABLE (
        id uuid, owner_id bigint, owner_name text, name text, company text, profession text, phone text, email text, folded_name text
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT may('see-roster') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT contact.id, owner.id, owner.name::text, contact.name::text, contact.company::text, contact.profession::text, contact.phone::text,
           contact.email::text, contact.folded_name
      FROM contact
      JOIN membership AS owner ON owner.chapter_id = contact.chapter_id AND owner.id = contact.membership_id
     WHERE contact.chapter_id = acting_chapter() AND contact.is_shared AND contact.erased_at IS NULL
       -- Who left took their network along.
       AND today(acting_chapter()) BETWEEN owner.joined_on AND coalesce(owner.ended_on, 'infinity')
       AND (strpos(contact.folded_name, needle) > 0 OR strpos(lower(contact.company), needle) > 0 OR strpos(lower(contact.profession), needle) > 0)
       AND (after_id IS NULL OR (contact.folded_name, contact.id) > (after_name, after_id))
     ORDER BY contact.folded_name, contact.id
     LIMIT most;
END
$$;

GRANT EXECUTE ON FUNCTION app.contact_touches, app.agenda, app.weekly_room, app.ask_for_follow_ups, app.followed_slip, app.shared_contacts TO chapterhouse_app;
