-- Invitations: a link of their own for each visitor, what they say there, and how often somebody may visit.

-- How often somebody of a name and an e-mail or a phone has been here as a visitor, up to a day, beside a visit that is
-- looked at.
CREATE OR REPLACE FUNCTION app.visits_made(of_chapter integer, folded text, address text, telephone text, through date, but uuid)
    RETURNS integer
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT count(*)::integer FROM visitor
     WHERE chapter_id = of_chapter AND folded_name = folded AND came AND kind IN ('first', 'second') AND visit_on <= through
       AND id <> but AND erased_at IS NULL
       AND (lower(email) = lower(address)
            OR NULLIF(regexp_replace(phone, '[^0-9]', '', 'g'), '') = NULLIF(regexp_replace(telephone, '[^0-9]', '', 'g'), ''))
$$;

-- How many visits the policy of a day allows before somebody applies.
CREATE OR REPLACE FUNCTION app.visits_allowed(of_chapter integer, day date) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT coalesce((SELECT visits_before_applying::integer FROM policy
                      WHERE chapter_id = of_chapter ORDER BY valid_from <= day DESC, abs(valid_from - day) LIMIT 1), 2)
$$;

-- Whether a member holds the seat of a profession on a day.
CREATE OR REPLACE FUNCTION app.seat_is_held(of_chapter integer, folded text, day date) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM seat JOIN membership ON membership.chapter_id = of_chapter AND membership.seat_id = seat.id
                    WHERE seat.chapter_id = of_chapter AND seat.profession = folded
                      AND day BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity'))
$$;

-- Whoever was here as often as the policy allows applies, or comes as a guest; with a reason they may come once more.
CREATE OR REPLACE FUNCTION app.visitor_has_visits_left() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    made integer;
BEGIN
    IF NEW.kind IN ('guest', 'substitute') OR NEW.import_batch_id IS NOT NULL OR NEW.further_visit_because IS NOT NULL THEN
        RETURN NULL;
    END IF;
    made := visits_made(NEW.chapter_id, NEW.folded_name, NEW.email, NEW.phone, NEW.visit_on, NEW.id);
    IF made >= visits_allowed(NEW.chapter_id, NEW.visit_on) THEN
        RAISE EXCEPTION '% has been here % times', NEW.name, made
            USING ERRCODE = 'check_violation', CONSTRAINT = 'visitor_has_visits_left', TABLE = 'visitor';
    END IF;
    RETURN NULL;
END
$$;

-- A sheet on which somebody is ticked in is never held up by it.
CREATE OR REPLACE TRIGGER visitor_has_visits_left AFTER INSERT OR UPDATE OF kind, visit_on ON app.visitor
    FOR EACH ROW EXECUTE FUNCTION app.visitor_has_visits_left();

-- Gives a visitor a link of their own to a meeting that is still to come, and posts the mail that carries it; the links
-- before lead nowhere then, unless they are `kept`.
CREATE OR REPLACE FUNCTION app.invite_visitor(
    of_chapter integer, of_visitor uuid, hash bytea, secret text, kept boolean, by_mail boolean
) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    guest visitor;
    night meeting;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RAISE EXCEPTION 'this is another chapter' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO guest FROM visitor WHERE visitor.chapter_id = of_chapter AND visitor.id = of_visitor FOR UPDATE;
    IF NOT may('see-visitors')
       AND NOT (may('record-own-slips')
                AND EXISTS (SELECT FROM membership AS own WHERE own.chapter_id = of_chapter AND own.id = guest.inviter_id AND own.person_id = acting_person())) THEN
        RAISE EXCEPTION 'this is another member''s guest' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO night FROM meeting WHERE meeting.chapter_id = of_chapter AND meeting.id = meeting_on(of_chapter, guest.visit_on);
    IF guest.came OR guest.visit_on < today(of_chapter) OR coalesce(night.status, '') NOT IN ('scheduled', 'open') THEN
        RAISE EXCEPTION 'there is no meeting to come on %', guest.visit_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_is_to_a_coming_meeting', TABLE = 'visitor';
    END IF;
    IF NOT kept THEN
        DELETE FROM visitor_link WHERE visitor_link.chapter_id = of_chapter AND visitor_link.visitor_id = of_visitor;
    END IF;
    INSERT INTO visitor_link (chapter_id, secret_hash, visitor_id, made_at) VALUES (of_chapter, hash, of_visitor, this_instant());
    IF by_mail THEN
        IF guest.email IS NULL THEN
            RAISE EXCEPTION 'nobody knows an e-mail of this visitor'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_goes_to_an_address', TABLE = 'visitor';
        END IF;
        PERFORM post_to_visitor(of_chapter, of_visitor, 'visitor-invitation', secret, night.starts_at);
    END IF;
END
$$;

-- Posts a mail to a visitor, in the chapter's language and of use until an instant; what it tells of goes once it is sent.
CREATE OR REPLACE FUNCTION app.post_to_visitor(of_chapter integer, of_visitor uuid, of_kind text, secret text, wanted_until timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    INSERT INTO mail (to_address, subject, kind, language, facts, created_at, next_try_at, good_until)
    SELECT guest.email, CASE of_kind WHEN 'visitor-reminder' THEN 'A reminder of a visit' ELSE 'An invitation' END, of_kind, home.locale,
           jsonb_build_object('chapter', home.slug, 'chapter_name', home.name, 'visitor', guest.name, 'inviter', inviter.name,
                              'greeting', guest.greeting, 'day', guest.visit_on,
                              'time', to_char(night.starts_at AT TIME ZONE home.time_zone, 'HH24:MI'),
                              'place', coalesce(night.place, home.place), 'secret', secret),
           this_instant(), this_instant(), wanted_until
      FROM visitor AS guest
      JOIN chapter AS home ON home.id = guest.chapter_id
      JOIN meeting AS night ON night.chapter_id = of_chapter AND night.id = meeting_on(of_chapter, guest.visit_on)
      LEFT JOIN membership AS inviter ON inviter.chapter_id = of_chapter AND inviter.id = guest.inviter_id
     WHERE guest.chapter_id = of_chapter AND guest.id = of_visitor;
    PERFORM pg_notify('mail', '');
END
$$;

-- The day so many working days, Monday to Friday, before another.
CREATE OR REPLACE FUNCTION app.working_days_before(day date, days integer) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT day - back FROM generate_series(1, days * 2 + 5) AS back
     WHERE extract(isodow FROM day - back) < 6
     ORDER BY back OFFSET days - 1 LIMIT 1
$$;

-- Reminds the visitors of a day who said that they come and agreed that they may be written to, each with a further link of
-- their own; the one they have stays good.
CREATE OR REPLACE FUNCTION app.remind_visitors(of_chapter integer, day date) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    night  meeting;
    guest  record;
    secret bytea;
BEGIN
    SELECT * INTO night FROM meeting WHERE meeting.chapter_id = of_chapter AND meeting.id = meeting_on(of_chapter, day);
    IF coalesce(night.status, '') NOT IN ('scheduled', 'open') THEN
        RETURN;
    END IF;
    FOR guest IN
        SELECT visitor.id FROM visitor
         WHERE visitor.chapter_id = of_chapter AND visitor.visit_on = day AND visitor.has_consented AND visitor.email IS NOT NULL
           AND visitor.declined_at IS NULL AND NOT visitor.came AND visitor.status <> 'lost' AND visitor.erased_at IS NULL
         ORDER BY visitor.id
    LOOP
        secret := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
        INSERT INTO visitor_link (chapter_id, secret_hash, visitor_id, made_at) VALUES (of_chapter, sha256(secret), guest.id, this_instant());
        PERFORM post_to_visitor(of_chapter, guest.id, 'visitor-reminder', rtrim(translate(encode(secret, 'base64'), '+/', '-_'), '='), night.starts_at);
    END LOOP;
END
$$;

-- The visitor to whom a link leads, until the day of the visit is over; no row where it leads nowhere.
CREATE OR REPLACE FUNCTION app.invited_by_link(hash bytea) RETURNS TABLE (chapter_id integer, visitor_id uuid)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT link.chapter_id, link.visitor_id
      FROM visitor_link AS link
      JOIN visitor AS guest ON guest.chapter_id = link.chapter_id AND guest.id = link.visitor_id
      JOIN chapter AS home ON home.id = link.chapter_id
     WHERE link.secret_hash = hash AND guest.erased_at IS NULL AND guest.visit_on >= today(link.chapter_id) AND home.status = 'active'
$$;

-- What a link shows, to whoever has it: where and when, who invites them, and what they said of themselves. Of members no
-- more than the name of whoever invites.
CREATE OR REPLACE FUNCTION app.invitation(hash bytea)
    RETURNS TABLE (chapter_name text, inviter text, greeting text, visit_on date, begins text, minutes smallint, place text, is_called_off boolean,
                   name text, company text, profession text, email text, phone text, consented_at timestamptz, has_declined boolean,
                   declined_because text, came boolean, is_seat_held boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT home.name::text, inviter.name::text, guest.greeting::text, guest.visit_on, to_char(night.starts_at AT TIME ZONE home.time_zone, 'HH24:MI'),
           night.minutes, coalesce(night.place, home.place)::text, coalesce(night.status, 'cancelled') IN ('cancelled', 'holiday'),
           guest.name::text, guest.company::text, guest.profession::text, guest.email::text, guest.phone::text, guest.consented_at,
           guest.declined_at IS NOT NULL, guest.declined_because::text, guest.came,
           seat_is_held(guest.chapter_id, guest.folded_profession, guest.visit_on)
      FROM invited_by_link(hash) AS link
      JOIN visitor AS guest ON guest.chapter_id = link.chapter_id AND guest.id = link.visitor_id
      JOIN chapter AS home ON home.id = link.chapter_id
      LEFT JOIN meeting AS night ON night.chapter_id = link.chapter_id AND night.id = meeting_on(link.chapter_id, guest.visit_on)
      LEFT JOIN membership AS inviter ON inviter.chapter_id = link.chapter_id AND inviter.id = guest.inviter_id;
END
$$;

-- Keeps what a visitor says of themselves at their link, with their consent; false where the link leads nowhere.
CREATE OR REPLACE FUNCTION app.register_at_link(
    hash bytea, said_name text, folded text, said_company text, said_profession text, folded_trade text, said_email text, said_phone text
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE visitor AS guest
       SET name = said_name, folded_name = folded, company = said_company, profession = said_profession, folded_profession = folded_trade,
           email = said_email, phone = said_phone, has_consented = true, consented_at = coalesce(guest.consented_at, this_instant()),
           declined_at = NULL, declined_because = NULL
      FROM invited_by_link(hash) AS link
     WHERE guest.chapter_id = link.chapter_id AND guest.id = link.visitor_id;
    RETURN FOUND;
END
$$;

-- Keeps that a visitor cannot come; false where the link leads nowhere, or they are here.
CREATE OR REPLACE FUNCTION app.decline_at_link(hash bytea, reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE visitor AS guest
       SET declined_at = coalesce(guest.declined_at, this_instant()), declined_because = reason
      FROM invited_by_link(hash) AS link
     WHERE guest.chapter_id = link.chapter_id AND guest.id = link.visitor_id AND NOT guest.came;
    RETURN FOUND;
END
$$;

GRANT EXECUTE ON FUNCTION app.visits_made(integer, text, text, text, date, uuid), app.visits_allowed, app.seat_is_held, app.invite_visitor, app.invitation, app.register_at_link,
                          app.decline_at_link TO chapterhouse_app;
