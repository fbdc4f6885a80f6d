-- Notices: mails with a reason, each in the transaction of what caused it or of a job. What they say is written out when they
-- are sent; here is to whom, of what, and how it is wanted.

-- When something may be sent to somebody: at that instant, or at the end of their quiet hours by the clock of a zone.
CREATE OR REPLACE FUNCTION app.after_quiet_hours(of_person bigint, zone text, at timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT greatest(at, coalesce((
        SELECT (wall.time::date + CASE WHEN quiet.from_time > quiet.to_time AND wall.time::time >= quiet.from_time THEN 1 ELSE 0 END + quiet.to_time)
               AT TIME ZONE zone
          FROM quiet_hours AS quiet, (SELECT at AT TIME ZONE zone AS time) AS wall
         WHERE quiet.person_id = of_person
           AND CASE WHEN quiet.from_time < quiet.to_time THEN wall.time::time >= quiet.from_time AND wall.time::time < quiet.to_time
                    ELSE wall.time::time >= quiet.from_time OR wall.time::time < quiet.to_time END), at))
$$;

-- What the operator's queue calls a kind of notice.
CREATE OR REPLACE FUNCTION app.notice_title(of_kind text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE of_kind
        WHEN 'referral' THEN 'A referral for you' WHEN 'thanks' THEN 'A member thanked you'
        WHEN 'introduction' THEN 'An introduction' WHEN 'one-to-one' THEN 'A one-to-one'
        WHEN 'weekly-reminder' THEN 'What waits for you' WHEN 'monthly-return' THEN 'Your monthly return'
        WHEN 'absence-warning' THEN 'Your absences' WHEN 'office-handover' THEN 'An office changes hands'
        WHEN 'digest' THEN 'Your digest' END;

-- Posts a mail that is written out when it is sent, with a secret by which its reader stops its kind.
CREATE OR REPLACE FUNCTION app.post_written_mail(
    for_person bigint, to_address text, of_kind text, in_language text, told jsonb, wanted_until timestamptz
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    secret bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
BEGIN
    INSERT INTO mail_stop (secret_hash, person_id, kind, made_at)
    VALUES (sha256(secret), for_person, NULLIF(of_kind, 'digest'), this_instant());
    INSERT INTO mail (person_id, to_address, subject, kind, language, facts, created_at, next_try_at, good_until)
    VALUES (for_person, to_address, notice_title(of_kind), of_kind, in_language,
            told || jsonb_build_object('stop', rtrim(translate(encode(secret, 'base64'), '+/', '-_'), '=')),
            this_instant(), this_instant(), wanted_until);
    PERFORM pg_notify('mail', '');
END
$$;

-- Tells somebody of something in a chapter, as they wish: at once, in their next digest, or not at all. Nobody without an
-- address, or who was kept out, is told.
CREATE OR REPLACE FUNCTION app.tell(
    whom bigint, of_kind text, in_chapter integer, told jsonb, wanted_until timestamptz DEFAULT NULL
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    way      text := notice_way(whom, of_kind);
    reader   record;
    complete jsonb;
BEGIN
    IF way = 'off' THEN
        RETURN;
    END IF;
    SELECT coalesce(person.email, (SELECT member.email FROM membership AS member
                                    WHERE member.chapter_id = in_chapter AND member.person_id = whom
                                    ORDER BY member.joined_on DESC LIMIT 1)) AS address,
           coalesce(person.language, home.locale) AS language, home.slug, home.name
      INTO reader
      FROM person JOIN chapter AS home ON home.id = in_chapter
     WHERE person.id = whom AND person.disabled_at IS NULL;
    IF reader.address IS NULL THEN
        RETURN;
    END IF;
    complete := jsonb_build_object('chapter', reader.slug, 'chapter_name', reader.name) || told;
    IF way = 'digest' THEN
        INSERT INTO digest_entry (person_id, for_chapter, kind, facts, entered_at, good_until)
        VALUES (whom, in_chapter, of_kind, complete, this_instant(), wanted_until);
    ELSE
        PERFORM post_written_mail(whom, reader.address, of_kind, reader.language, complete, wanted_until);
    END IF;
END
$$;

-- Tells the receiver of a referral and whoever is thanked, in whichever chapter of the installation they are. Nothing of what
-- is a week old: that was entered later, for the books.
CREATE OR REPLACE FUNCTION app.tell_of_slip(kind text, slip uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    line record;
BEGIN
    IF kind = 'referral' THEN
        FOR line IN
            SELECT passed.chapter_id, receiver.person_id, passed.passed_on,
                   coalesce(giver.name::text, outsider.name::text, outsider.home::text) AS giver,
                   (passed.recorded_at + make_interval(hours => rule.contact_within_hours)) AT TIME ZONE home.time_zone AS due
              FROM referral AS passed
              JOIN chapter AS home ON home.id = passed.chapter_id
              JOIN membership AS receiver ON receiver.chapter_id = passed.chapter_id AND receiver.id = passed.receiver_id
              LEFT JOIN membership AS giver ON giver.chapter_id = passed.chapter_id AND giver.id = passed.giver_id
              LEFT JOIN outsider ON outsider.chapter_id = passed.chapter_id AND outsider.id = passed.giver_outsider_id
              LEFT JOIN LATERAL (SELECT version.contact_within_hours FROM policy AS version
                                  WHERE version.chapter_id = passed.chapter_id AND version.valid_from <= passed.passed_on
                                  ORDER BY version.valid_from DESC LIMIT 1) AS rule ON true
             WHERE passed.id = slip AND passed.chapter_id IN (SELECT * FROM ledgers_of_slip('referral', slip))
               AND passed.passed_on > today(passed.chapter_id) - 7
               AND receiver.person_id IS DISTINCT FROM acting_person()
        LOOP
            PERFORM tell(line.person_id, 'referral', line.chapter_id,
                         jsonb_build_object('slip', slip, 'giver', line.giver, 'due', coalesce(line.due::date, line.passed_on + 3)));
        END LOOP;
    ELSIF kind = 'thanks' THEN
        FOR line IN
            SELECT thanks.chapter_id, thanked.person_id, thanks.amount, thanks.currency
              FROM closed_business AS thanks
              JOIN membership AS thanked ON thanked.chapter_id = thanks.chapter_id AND thanked.id = thanks.thanked_id
             WHERE thanks.id = slip AND thanks.chapter_id IN (SELECT * FROM ledgers_of_slip('thanks', slip))
               AND thanks.closed_on > today(thanks.chapter_id) - 7
               AND thanked.person_id IS DISTINCT FROM acting_person()
        LOOP
            PERFORM tell(line.person_id, 'thanks', line.chapter_id,
                         jsonb_build_object('amount', line.amount, 'currency', line.currency));
        END LOOP;
    ELSIF kind = 'introduction' THEN
        PERFORM tell_of_introduction(slip, 'asked');
    END IF;
END
$$;

-- The ledgers of this installation in which a slip of the acting chapter stands.
CREATE OR REPLACE FUNCTION app.ledgers_of_slip(kind text, slip uuid) RETURNS SETOF integer
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT acting_chapter()
    UNION
    SELECT outsider.home_chapter
      FROM referral AS own JOIN outsider ON outsider.chapter_id = own.chapter_id AND outsider.id IN (own.giver_outsider_id, own.receiver_outsider_id)
     WHERE kind = 'referral' AND own.chapter_id = acting_chapter() AND own.id = slip AND outsider.home_chapter IS NOT NULL
    UNION
    SELECT outsider.home_chapter
      FROM closed_business AS own JOIN outsider ON outsider.chapter_id = own.chapter_id AND outsider.id IN (own.earner_outsider_id, own.thanked_outsider_id)
     WHERE kind = 'thanks' AND own.chapter_id = acting_chapter() AND own.id = slip AND outsider.home_chapter IS NOT NULL
    UNION
    SELECT outsider.home_chapter
      FROM introduction AS own
      JOIN outsider ON outsider.chapter_id = own.chapter_id
                   AND outsider.id IN (own.connector_outsider_id, own.first_outsider_id, own.second_outsider_id)
     WHERE kind = 'introduction' AND own.chapter_id = acting_chapter() AND own.id = slip AND outsider.home_chapter IS NOT NULL
$$;

-- What waits for a member today: a line for each thing to do, with how many there are, what it is about and by when. The one
-- place that says so, for reminders and for whoever asks.
CREATE OR REPLACE FUNCTION app.what_waits(of_chapter integer, member bigint)
    RETURNS TABLE (what text, number bigint, about text, due date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    day  date := today(of_chapter);
    next meeting;
    zone text := (SELECT time_zone FROM chapter WHERE chapter.id = of_chapter);
    keeps_sheets boolean;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT * INTO next FROM meeting AS coming
     WHERE coming.chapter_id = of_chapter AND coming.local_date BETWEEN day AND day + 13
       AND coming.kind = 'regular' AND coming.status IN ('scheduled', 'open')
     ORDER BY coming.local_date LIMIT 1;
    keeps_sheets := EXISTS (SELECT FROM office WHERE office.chapter_id = of_chapter AND office.membership_id = member
                               AND office.role IN ('president', 'vice-president', 'secretary-treasurer')
                               AND daterange(office.from_on, office.to_on, '[]') @> day);
    RETURN QUERY
    SELECT 'referral-to-contact', count(*), NULL::text,
           min(((passed.recorded_at + make_interval(hours => coalesce(rule.contact_within_hours, 72))) AT TIME ZONE zone)::date)
      FROM referral AS passed
      LEFT JOIN LATERAL (SELECT version.contact_within_hours FROM policy AS version
                          WHERE version.chapter_id = of_chapter AND version.valid_from <= passed.passed_on
                          ORDER BY version.valid_from DESC LIMIT 1) AS rule ON true
     WHERE passed.chapter_id = of_chapter AND passed.receiver_id = member AND passed.status = 'passed'
       AND passed.status NOT IN ('won', 'lost', 'declined')
    HAVING count(*) > 0
    UNION ALL
    -- First contacts of referrals are told above.
    SELECT 'follow-up', count(*), NULL, min(waits.due_on)
      FROM agenda(of_chapter, (SELECT known.person_id FROM membership AS known WHERE known.chapter_id = of_chapter AND known.id = member)) AS waits
     WHERE waits.is_this_week AND waits.cause IS DISTINCT FROM 'referral'
    HAVING count(*) > 0
    UNION ALL
    SELECT 'stand-in-to-find', 1, NULL, next.local_date
      FROM announced_absence AS away
     WHERE away.chapter_id = of_chapter AND away.meeting_id = next.id AND away.membership_id = member AND away.stand_in IS NULL
    UNION ALL
    SELECT 'part-to-prepare', 1, part.part, next.local_date
      FROM meeting_part AS part
     WHERE part.chapter_id = of_chapter AND part.meeting_id = next.id AND part.membership_id = member
    UNION ALL
    SELECT 'absences-announced', count(*), NULL, next.local_date
      FROM announced_absence AS away
     WHERE keeps_sheets AND away.chapter_id = of_chapter AND away.meeting_id = next.id AND away.membership_id <> member
    HAVING count(*) > 0
    UNION ALL
    SELECT 'sheets-to-seal', count(*), NULL, NULL
      FROM meeting AS past
     WHERE keeps_sheets AND past.chapter_id = of_chapter AND past.local_date < day AND past.status = 'open' AND past.kind = 'regular'
    HAVING count(*) > 0;
END
$$;

-- Reminds every member for whom something waits, and nobody else.
CREATE OR REPLACE FUNCTION app.remind_weekly(of_chapter integer, wanted_until timestamptz) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    line record;
BEGIN
    FOR line IN
        SELECT member.person_id, waiting.lines
          FROM membership AS member
         CROSS JOIN LATERAL (SELECT jsonb_agg(to_jsonb(waits)) AS lines FROM what_waits(of_chapter, member.id) AS waits) AS waiting
         WHERE member.chapter_id = of_chapter AND daterange(member.joined_on, member.ended_on, '[]') @> today(of_chapter)
           AND notice_way(member.person_id, 'weekly-reminder') <> 'off' AND waiting.lines IS NOT NULL
    LOOP
        PERFORM tell(line.person_id, 'weekly-reminder', of_chapter, jsonb_build_object('lines', line.lines), wanted_until);
    END LOOP;
END
$$;

-- Tells members their own return of a month, and nothing of anybody else: each asks the report as themselves.
CREATE OR REPLACE FUNCTION app.tell_returns(of_chapter integer, of_month date, wanted_until timestamptz) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    rights text := current_setting('app.rights', true);
    member record;
    own    jsonb;
BEGIN
    FOR member IN
        SELECT known.id, known.person_id, home.currency
          FROM membership AS known JOIN chapter AS home ON home.id = known.chapter_id
         WHERE known.chapter_id = of_chapter AND notice_way(known.person_id, 'monthly-return') <> 'off'
           AND daterange(known.joined_on, known.ended_on, '[]') && daterange(of_month, (of_month + interval '1 month')::date)
    LOOP
        PERFORM set_config('app.person_id', member.person_id::text, true), set_config('app.rights', 'see-roster see-chapter-totals record-own-slips', true);
        SELECT jsonb_build_object('month', to_char(of_month, 'YYYY-MM'), 'currency', member.currency, 'cost', line.cost::text,
                                  'received', line.received::text, 'profit', line.profit::text, 'given', line.given::text,
                                  'net', line.net::text, 'hours', line.hours::text, 'roi', line.roi::text)
          INTO own
          FROM monthly_roi(of_chapter, of_month, this_instant()) AS line
         WHERE line.block = 'month' AND line.membership_id = member.id;
        PERFORM set_config('app.person_id', '', true), set_config('app.rights', rights, true);
        IF own IS NOT NULL THEN
            PERFORM tell(member.person_id, 'monthly-return', of_chapter, own, wanted_until);
        END IF;
    END LOOP;
END
$$;

-- Warns whoever was away at a meeting and may not be once more: before the limit is passed.
CREATE OR REPLACE FUNCTION app.warn_of_absences(of_chapter integer, day date, wanted_until timestamptz) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    allowed smallint := (SELECT span.allowed FROM absence_window(of_chapter, day) AS span);
    line    record;
BEGIN
    FOR line IN
        SELECT member.person_id, sum(entry.used) AS used, min(entry.drops_on) FILTER (WHERE entry.used > 0) AS next_drop
          FROM absences_used(of_chapter, day) AS entry
          JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = entry.membership_id
         WHERE coalesce(member.ended_on, 'infinity') >= today(of_chapter)
         GROUP BY member.id, member.person_id
        HAVING sum(entry.used) <= allowed AND sum(entry.used) + 1 > allowed AND bool_or(entry.on_day = day AND entry.used > 0)
    LOOP
        PERFORM tell(line.person_id, 'absence-warning', of_chapter,
                     jsonb_build_object('used', trim_scale(line.used)::text, 'allowed', allowed, 'day', day, 'next_drop', line.next_drop),
                     wanted_until);
    END LOOP;
END
$$;

-- A sealed sheet says who was away: the warning is a job, so that sealing waits for nothing.
CREATE OR REPLACE FUNCTION app.sheet_was_sealed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM enter_job('absence-warning', NEW.chapter_id, NEW.local_date::text, this_instant(),
                      (NEW.local_date + 14)::timestamp AT TIME ZONE (SELECT time_zone FROM chapter WHERE id = NEW.chapter_id));
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER sheet_was_sealed AFTER UPDATE OF status ON app.meeting
    FOR EACH ROW WHEN (OLD.status <> 'sealed' AND NEW.status = 'sealed' AND NEW.kind = 'regular') EXECUTE FUNCTION app.sheet_was_sealed();

-- Tells the one who takes an office over, and the one who hands it over; nobody who only goes on.
CREATE OR REPLACE FUNCTION app.tell_of_handover(of_chapter integer, of_office bigint, first_day date, is_ahead boolean, wanted_until timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    taken  record;
    former record;
BEGIN
    SELECT office.person_id, office.role, kind.title, member.name INTO taken
      FROM office
      JOIN office_kind AS kind ON kind.role = office.role
      JOIN membership AS member ON member.chapter_id = office.chapter_id AND member.id = office.membership_id
     WHERE office.chapter_id = of_chapter AND office.id = of_office AND office.from_on = first_day
       AND daterange(member.joined_on, member.ended_on, '[]') @> first_day;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT office.person_id, member.name INTO former
      FROM office
      JOIN membership AS member ON member.chapter_id = office.chapter_id AND member.id = office.membership_id
     WHERE office.chapter_id = of_chapter AND office.role = taken.role AND office.to_on = first_day - 1
     ORDER BY office.person_id = taken.person_id DESC, office.id LIMIT 1;
    IF former.person_id = taken.person_id THEN
        RETURN;
    END IF;
    PERFORM tell(taken.person_id, 'office-handover', of_chapter,
                 jsonb_build_object('role', taken.title, 'day', first_day, 'ahead', is_ahead, 'takes', true, 'other', former.name), wanted_until);
    IF former.person_id IS NOT NULL THEN
        PERFORM tell(former.person_id, 'office-handover', of_chapter,
                     jsonb_build_object('role', taken.title, 'day', first_day, 'ahead', is_ahead, 'takes', false, 'other', taken.name), wanted_until);
    END IF;
END
$$;

-- Sends everybody whose digest goes by this chapter's clock what was gathered: theirs is the chapter from which the first of it
-- comes, by number, so that there is one digest and not one for each chapter.
CREATE OR REPLACE FUNCTION app.send_digests(of_chapter integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    reader record;
    told   jsonb;
    others bigint;
BEGIN
    FOR reader IN
        SELECT person.id, coalesce(person.email, max(member.email)) AS address, coalesce(person.language, home.locale) AS language,
               home.slug, home.name
          FROM person
          JOIN chapter AS home ON home.id = of_chapter
          LEFT JOIN membership AS member ON member.chapter_id = of_chapter AND member.person_id = person.id
         WHERE person.id IN (SELECT waiting.person_id FROM digest_entry AS waiting WHERE waiting.for_chapter = of_chapter)
           AND of_chapter = (SELECT min(waiting.for_chapter) FROM digest_entry AS waiting WHERE waiting.person_id = person.id)
           AND person.disabled_at IS NULL
         GROUP BY person.id, home.id
    LOOP
        SELECT jsonb_agg(jsonb_build_object('kind', kept.kind, 'facts', kept.facts) ORDER BY kept.id), greatest(max(kept.many) - 50, 0)
          INTO told, others
          FROM (SELECT waiting.*, row_number() OVER (ORDER BY waiting.id) AS place, count(*) OVER () AS many
                  FROM digest_entry AS waiting
                 WHERE waiting.person_id = reader.id AND coalesce(waiting.good_until, 'infinity') > this_instant()
                   AND notice_way(waiting.person_id, waiting.kind) <> 'off') AS kept
         WHERE kept.place <= 50;
        DELETE FROM digest_entry AS waiting WHERE waiting.person_id = reader.id;
        IF told IS NOT NULL AND reader.address IS NOT NULL THEN
            PERFORM post_written_mail(reader.id, reader.address, 'digest', reader.language,
                                      jsonb_build_object('chapter', reader.slug, 'chapter_name', reader.name, 'entries', told, 'others', others), NULL);
        END IF;
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION app.tell_of_slip TO chapterhouse_app;
