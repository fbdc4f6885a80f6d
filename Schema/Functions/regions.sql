-- Directors of regions: appointed by the operator, with the rights that `Standing` gives them in each chapter.

-- Appoints the person of an address from a day on (null: today in UTC); null where nobody has the address.
CREATE OR REPLACE FUNCTION app.appoint_director(in_region integer, wanted_email text, first_day date, last_day date) RETURNS date
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    whom bigint := (SELECT id FROM person WHERE email = wanted_email);
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'appointing a director is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF whom IS NULL THEN
        RETURN NULL;
    END IF;
    first_day := coalesce(first_day, (now() AT TIME ZONE 'UTC')::date);
    INSERT INTO director (region_id, person_id, from_on, to_on) VALUES (in_region, whom, first_day, last_day);
    RETURN first_day;
END
$$;

-- Ends the term in which a day lies (null: today in UTC), with that day; null where there is none.
CREATE OR REPLACE FUNCTION app.end_director(in_region integer, wanted_email text, day date) RETURNS date
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    ended date := coalesce(day, (now() AT TIME ZONE 'UTC')::date);
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'ending a director''s term is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE director SET to_on = ended
     WHERE region_id = in_region AND person_id = (SELECT id FROM person WHERE email = wanted_email)
       AND ended BETWEEN from_on AND coalesce(to_on, 'infinity');
    RETURN CASE WHEN FOUND THEN ended END;
END
$$;

-- The terms of a region's directors, for the operator's shell.
CREATE OR REPLACE FUNCTION app.directors(in_region integer) RETURNS TABLE (name text, email text, from_on date, to_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT person.name::text, person.email, director.from_on, director.to_on
          FROM director JOIN person ON person.id = director.person_id
         WHERE may('everything') AND director.region_id = in_region
         ORDER BY director.from_on, person.folded_name;
END
$$;

-- Who loses a region loses what they are signed in with, like who loses an office.
CREATE OR REPLACE FUNCTION app.region_was_lost() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NEW.to_on IS DISTINCT FROM OLD.to_on AND NEW.to_on <= (now() AT TIME ZONE 'UTC')::date THEN
        PERFORM end_sessions_of(NEW.person_id, NULL, tokens => true);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER region_was_lost AFTER UPDATE ON app.director
    FOR EACH ROW EXECUTE FUNCTION app.region_was_lost();

GRANT EXECUTE ON FUNCTION app.appoint_director, app.end_director, app.directors TO chapterhouse_app;
