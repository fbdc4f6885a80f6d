-- The ways to a person's row that pass its walls, each for one purpose.

-- The person of an e-mail, made when there is none yet; without an e-mail always a new one.
CREATE OR REPLACE FUNCTION app.person_of(wanted_name text, wanted_folded_name text, wanted_email text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    IF acting_chapter() IS NULL AND NOT may('everything') AND NOT may('create-chapters') THEN
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
DECLARE
    whom bigint := (SELECT person_id FROM membership WHERE chapter_id = acting_chapter() AND membership.id = member);
BEGIN
    -- An e-mail is a login: who may change it may become that person.
    IF NOT may('manage-members') THEN
        RAISE EXCEPTION 'changing an e-mail takes the right manage-members' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Whose login opens more than this chapter changes it themselves: it is not this chapter's to give away.
    IF NOT may('everything') AND EXISTS (
        SELECT FROM person
         WHERE id = whom AND email IS NOT NULL AND email <> wanted_email
           AND (is_operator OR EXISTS (SELECT FROM membership
                                        WHERE person_id = whom AND chapter_id <> acting_chapter()
                                          AND coalesce(ended_on, 'infinity') >= today(chapter_id)))
    ) THEN
        RAISE EXCEPTION 'this person has rights elsewhere and changes the e-mail at their own account'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'login_elsewhere_is_changed_by_its_person';
    END IF;
    UPDATE person SET email = wanted_email WHERE id = whom;
    -- No link that was sent before changes it again.
    UPDATE one_time_link SET ended_at = now() WHERE person_id = whom AND ended_at IS NULL;
    UPDATE membership SET email = wanted_email
     WHERE chapter_id = acting_chapter() AND id = member;
END
$$;

-- Whether a member's person can sign in already: then the address is theirs to change.
CREATE OR REPLACE FUNCTION app.has_login(member bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM membership JOIN person ON person.id = membership.person_id
                    WHERE membership.chapter_id = acting_chapter() AND membership.id = member AND person.email IS NOT NULL)
$$;

-- For the operator's shell only: who has this e-mail.
CREATE OR REPLACE FUNCTION app.people(wanted_email text) RETURNS TABLE (id bigint, name text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT person.id, person.name, person.email
      FROM person
     WHERE may('everything') AND merged_into IS NULL
       AND (wanted_email IS NULL OR person.email = wanted_email)
     ORDER BY person.folded_name, person.id
$$;

-- Taken over by who_shows and own_chapters.
DROP FUNCTION IF EXISTS app.bearer(bytea, text);
DROP FUNCTION IF EXISTS app.bearer_chapters(bytea);

-- Today on the wall of the chapter.
CREATE OR REPLACE FUNCTION app.today(of_chapter integer) RETURNS date
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT (app.this_instant() AT TIME ZONE time_zone)::date FROM app.chapter WHERE id = of_chapter);
END
$$;

-- The membership that is active today and the offices held today, by the clock on the chapter's wall; `director`
-- stands among them for who directs the chapter's region. Every request asks: without rights and a search path of its
-- own it becomes a part of the query that asks, and only those that have both may.
CREATE OR REPLACE FUNCTION app.standing(of_person bigint, of_chapter integer)
    RETURNS TABLE (membership_id bigint, roles text[])
    LANGUAGE sql STABLE
AS $$
    SELECT membership.id,
           nullif(ARRAY(SELECT office.role
                          FROM app.office
                         WHERE office.chapter_id = of_chapter AND office.person_id = of_person AND office.membership_id = membership.id
                           AND here.today BETWEEN office.from_on AND coalesce(office.to_on, 'infinity')
                         ORDER BY office.role)
                  || CASE WHEN EXISTS (SELECT FROM app.director
                                        WHERE director.region_id = here.region_id AND director.person_id = of_person
                                          AND here.today BETWEEN director.from_on AND coalesce(director.to_on, 'infinity'))
                          THEN ARRAY['director'] END, '{}')
      FROM (SELECT chapter.region_id, (app.this_instant() AT TIME ZONE chapter.time_zone)::date AS today
              FROM app.chapter WHERE chapter.id = of_chapter) AS here
      LEFT JOIN app.membership
             ON membership.chapter_id = of_chapter AND membership.person_id = of_person
            AND here.today BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
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
     WHERE person.email = wanted_email AND person.disabled_at IS NULL AND may('everything')
$$;

GRANT EXECUTE ON FUNCTION app.person_of, app.set_email, app.has_login, app.people, app.acting_as TO chapterhouse_app;
