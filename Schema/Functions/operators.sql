-- What a signed-in operator sees of the installation: who it knows, and which mail waits. Of chapters they see no more than
-- anybody; who holds the shell sees the same.

-- People with a text in their name or e-mail, in order of name.
CREATE OR REPLACE FUNCTION app.people_known(wanted text, skipped integer, most integer)
    RETURNS TABLE (id bigint, name text, email text, is_operator boolean, is_disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT person.id, person.name, person.email, person.is_operator, person.disabled_at IS NOT NULL
      FROM person
     WHERE (may('everything') OR may('create-chapters')) AND merged_into IS NULL
       AND (strpos(person.folded_name, wanted) > 0 OR strpos(coalesce(person.email, ''), wanted) > 0)
     ORDER BY person.folded_name, person.id
     LIMIT most OFFSET skipped
$$;

-- The mails that wait and those that were given up, the newest first, without what they say.
CREATE OR REPLACE FUNCTION app.mail_queue(most integer)
    RETURNS TABLE (id bigint, to_address text, subject text, created_at timestamptz, tries smallint, next_try_at timestamptz,
                   last_trouble text, sent_at timestamptz, given_up_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT mail.id, mail.to_address::text, mail.subject::text, mail.created_at, mail.tries, mail.next_try_at, mail.last_trouble,
           mail.sent_at, mail.given_up_at
      FROM mail
     WHERE (may('everything') OR may('create-chapters')) AND mail.sent_at IS NULL
     ORDER BY mail.id DESC
     LIMIT most
$$;

GRANT EXECUTE ON FUNCTION app.people_known, app.mail_queue TO chapterhouse_app;
