-- The ways to a person's row that pass its walls, each for one purpose.

-- The person of an e-mail, made when there is none yet; without an e-mail always a new one.
CREATE OR REPLACE FUNCTION app.person_of(wanted_name text, wanted_folded_name text, wanted_email text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    IF acting_chapter() IS NULL AND NOT may('everything') THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT id INTO found FROM person WHERE email = wanted_email;
    IF found IS NULL THEN
        INSERT INTO person (name, folded_name, email)
        VALUES (wanted_name, wanted_folded_name, wanted_email)
        ON CONFLICT (email) DO NOTHING
        RETURNING id INTO found;
    END IF;
    IF found IS NULL THEN
        SELECT id INTO found FROM person WHERE email = wanted_email;
    END IF;
    RETURN found;
END
$$;

-- Gives a member's person an e-mail; another person's address is refused by its constraint.
CREATE OR REPLACE FUNCTION app.set_email(member bigint, wanted_email text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    -- An e-mail is a login: who may change it may become that person.
    IF NOT may('manage-members') THEN
        RAISE EXCEPTION 'changing an e-mail takes the right manage-members' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE person SET email = wanted_email
     WHERE id = (SELECT person_id FROM membership WHERE chapter_id = acting_chapter() AND membership.id = member);
    UPDATE membership SET email = wanted_email
     WHERE chapter_id = acting_chapter() AND id = member;
END
$$;

-- For the operator's shell only: who has this e-mail.
CREATE OR REPLACE FUNCTION app.people(wanted_email text) RETURNS TABLE (id bigint, name text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT person.id, person.name, person.email
      FROM person
     WHERE may('everything')
       AND (wanted_email IS NULL OR person.email = wanted_email)
     ORDER BY person.folded_name, person.id
$$;

-- Who holds the token with this hash, and where they stand in a chapter today: all that a request needs to know
-- about the one who asks, in one call. No row for a token that is unknown, expired or revoked.
CREATE OR REPLACE FUNCTION app.bearer(hash bytea, slug text)
    RETURNS TABLE (person_id bigint, person_name text, is_operator boolean, chapter_id integer, membership_id bigint, roles text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    token api_token;
BEGIN
    SELECT * INTO token FROM api_token
     WHERE secret_hash = hash AND revoked_at IS NULL AND expires_at > now();
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF token.last_used_at IS NULL OR token.last_used_at < now() - interval '1 minute' THEN
        UPDATE api_token SET last_used_at = now() WHERE id = token.id;
    END IF;
    RETURN QUERY
        SELECT person.id, person.name::text, person.is_operator, chapter.id, standing.membership_id, coalesce(standing.roles, '{}')
          FROM person
          LEFT JOIN chapter ON chapter.slug = bearer.slug
          LEFT JOIN LATERAL standing(person.id, chapter.id) AS standing ON true
         WHERE person.id = token.person_id;
END
$$;

-- Today on the wall of the chapter.
CREATE OR REPLACE FUNCTION app.today(of_chapter integer) RETURNS date
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT (now() AT TIME ZONE time_zone)::date FROM app.chapter WHERE id = of_chapter);
END
$$;

-- The membership that is active today and the offices held today, by the clock on the chapter's wall.
CREATE OR REPLACE FUNCTION app.standing(of_person bigint, of_chapter integer)
    RETURNS TABLE (membership_id bigint, roles text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    today date := today(of_chapter);
BEGIN
    RETURN QUERY
    SELECT (SELECT membership.id
              FROM membership
             WHERE membership.chapter_id = of_chapter AND membership.person_id = of_person
               AND daterange(membership.joined_on, membership.ended_on, '[]') @> today),
           (SELECT array_agg(DISTINCT office.role)
              FROM office
              JOIN membership ON membership.chapter_id = of_chapter AND membership.id = office.membership_id
             WHERE office.chapter_id = of_chapter AND office.person_id = of_person
               AND daterange(office.from_on, office.to_on, '[]') @> today
               AND daterange(membership.joined_on, membership.ended_on, '[]') @> today);
END
$$;

-- The same for the shell that acts with a person's rights.
CREATE OR REPLACE FUNCTION app.acting_as(wanted_email text, slug text)
    RETURNS TABLE (person_id bigint, person_name text, is_operator boolean, chapter_id integer, membership_id bigint, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT person.id, person.name, person.is_operator, chapter.id, standing.membership_id, coalesce(standing.roles, '{}')
      FROM person
      LEFT JOIN chapter ON chapter.slug = acting_as.slug
      LEFT JOIN LATERAL standing(person.id, chapter.id) AS standing ON true
     WHERE person.email = wanted_email AND may('everything')
$$;

-- The chapters in which the holder of a token stands today, with their offices there.
CREATE OR REPLACE FUNCTION app.bearer_chapters(hash bytea)
    RETURNS TABLE (person_name text, slug text, chapter_name text, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT person.name, chapter.slug, chapter.name, coalesce(standing.roles, '{}')
      FROM api_token
      JOIN person ON person.id = api_token.person_id
      LEFT JOIN LATERAL (SELECT DISTINCT membership.chapter_id FROM membership WHERE membership.person_id = person.id) AS known ON true
      LEFT JOIN LATERAL standing(person.id, known.chapter_id) AS standing ON true
      LEFT JOIN chapter ON chapter.id = known.chapter_id AND (standing.membership_id IS NOT NULL OR standing.roles IS NOT NULL)
     WHERE api_token.secret_hash = hash AND api_token.revoked_at IS NULL AND api_token.expires_at > now()
     ORDER BY chapter.name
$$;

GRANT EXECUTE ON FUNCTION app.bearer_chapters TO chapterhouse_app;
GRANT EXECUTE ON FUNCTION app.person_of, app.set_email, app.people, app.bearer, app.acting_as TO chapterhouse_app;
