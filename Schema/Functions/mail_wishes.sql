-- What people want to be told by mail, and how one click in a mail stops a kind of it.

-- How somebody wants a kind of notice.
CREATE OR REPLACE FUNCTION app.notice_way(of_person bigint, of_kind text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT coalesce((SELECT wish.way FROM mail_wish AS wish WHERE wish.person_id = of_person AND wish.kind = of_kind),
                    CASE of_kind WHEN 'monthly-return' THEN 'off' ELSE 'at-once' END)
$$;

-- The acting person's wishes: a row for each kind; quiet hours stand in each, or in none.
CREATE OR REPLACE FUNCTION app.own_mail_wishes() RETURNS TABLE (kind text, way text, quiet_from time, quiet_to time)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT known.kind, notice_way(acting_person(), known.kind), quiet.from_time, quiet.to_time
      FROM unnest('{referral,thanks,introduction,one-to-one,weekly-reminder,monthly-return,absence-warning,office-handover}'::text[]) WITH ORDINALITY AS known (kind, place)
      LEFT JOIN quiet_hours AS quiet ON quiet.person_id = acting_person()
     WHERE acting_person() IS NOT NULL
     ORDER BY known.place
$$;

-- Keeps the acting person's wishes of some kinds, and their quiet hours; null is none.
CREATE OR REPLACE FUNCTION app.wish_mail(kinds text[], ways text[], quiet_from time, quiet_to time) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF acting_person() IS NULL THEN
        RAISE EXCEPTION 'wishes are a person''s own' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO mail_wish AS known (person_id, kind, way)
    SELECT acting_person(), wanted.kind, wanted.way FROM unnest(kinds, ways) AS wanted (kind, way)
    ON CONFLICT (person_id, kind) DO UPDATE SET way = excluded.way WHERE known.way <> excluded.way;
    IF quiet_from IS NULL THEN
        DELETE FROM quiet_hours WHERE person_id = acting_person();
    ELSE
        INSERT INTO quiet_hours AS known (person_id, from_time, to_time) VALUES (acting_person(), quiet_from, quiet_to)
        ON CONFLICT (person_id) DO UPDATE SET from_time = excluded.from_time, to_time = excluded.to_time
          WHERE (known.from_time, known.to_time) <> (excluded.from_time, excluded.to_time);
    END IF;
END
$$;

-- Which kind a mail's secret stops, without doing so; no row where nobody was given it.
CREATE OR REPLACE FUNCTION app.mail_stopped_by(hash bytea) RETURNS TABLE (kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT coalesce(stop.kind, 'digest') FROM mail_stop AS stop WHERE stop.secret_hash = hash
$$;

-- Stops the kind that a mail's secret stops, of the digest all that it gathers; false where nobody was given it.
CREATE OR REPLACE FUNCTION app.stop_mail(hash bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    stopped mail_stop;
BEGIN
    SELECT * INTO stopped FROM mail_stop WHERE secret_hash = hash;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF stopped.kind IS NULL THEN
        UPDATE mail_wish SET way = 'off' WHERE person_id = stopped.person_id AND way = 'digest';
    ELSE
        INSERT INTO mail_wish AS known (person_id, kind, way) VALUES (stopped.person_id, stopped.kind, 'off')
        ON CONFLICT (person_id, kind) DO UPDATE SET way = 'off' WHERE known.way <> 'off';
    END IF;
    RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION app.own_mail_wishes, app.wish_mail, app.mail_stopped_by, app.stop_mail TO chapterhouse_app;
