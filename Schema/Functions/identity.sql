-- The only ways to passwords, links, second factors and sessions. What comes after signing in acts on the person
-- of the settings; what comes before it takes the secret, or the address, that was shown.

-- Ends what a person is signed in with: every session but one, and with `tokens` every token.
CREATE OR REPLACE FUNCTION app.end_sessions_of(whom bigint, but bigint, tokens boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE session SET ended_at = now()
     WHERE person_id = whom AND ended_at IS NULL AND id IS DISTINCT FROM but;
    IF tokens THEN
        UPDATE api_token SET revoked_at = now() WHERE person_id = whom AND revoked_at IS NULL;
    END IF;
END
$$;

-- What is needed to check a password: no row for an address that nobody has, or whose person is disabled.
CREATE OR REPLACE FUNCTION app.sign_in_of(wanted_email text)
    RETURNS TABLE (person_id bigint, password_hash text, has_second_factor boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT person.id, credential.password_hash,
               EXISTS (SELECT FROM second_factor AS factor WHERE factor.person_id = person.id AND confirmed_at IS NOT NULL)
          FROM person LEFT JOIN credential ON credential.person_id = person.id
         WHERE person.email = wanted_email AND person.disabled_at IS NULL;
END
$$;

-- Opens a session, proved or with the second factor still to come. An operator's is shorter: it can do more harm.
CREATE OR REPLACE FUNCTION app.open_session(whom bigint, hash bytea, is_proved boolean, agent text, address text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    opened  bigint;
    mighty  boolean := (SELECT is_operator FROM person WHERE id = whom AND disabled_at IS NULL);
BEGIN
    IF mighty IS NULL THEN
        RAISE EXCEPTION 'nobody can sign in as that person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO session (person_id, secret_hash, proved_at, idle_limit, expires_at, agent, address)
    VALUES (whom, hash, CASE WHEN is_proved THEN now() END,
            CASE WHEN mighty THEN interval '1 hour' ELSE interval '12 hours' END,
            now() + CASE WHEN NOT is_proved THEN interval '10 minutes' WHEN mighty THEN interval '12 hours' ELSE interval '30 days' END,
            left(agent, 200), address)
    RETURNING id INTO opened;
    RETURN opened;
END
$$;

-- From which day on the offices that record money, of somebody who holds one today, want a second factor: two weeks
-- after the first day of their unbroken time in them, or after the day on which that was recorded here if it is later.
CREATE OR REPLACE FUNCTION app.second_factor_due(of_person bigint, of_chapter integer) RETURNS date
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    today date;
    zone  text;
    held  integer;
    since date;
BEGIN
    SELECT (app.this_instant() AT TIME ZONE chapter.time_zone)::date, chapter.time_zone INTO today, zone
      FROM app.chapter WHERE chapter.id = of_chapter;
    -- Every request of an officer asks: of those with one term no runs have to be made.
    SELECT count(*), max(greatest(office.from_on, (office.recorded_at AT TIME ZONE zone)::date))
           FILTER (WHERE today BETWEEN office.from_on AND coalesce(office.to_on, 'infinity'))
      INTO held, since
      FROM app.office
      JOIN app.office_kind USING (role)
     WHERE office.chapter_id = of_chapter AND office.person_id = of_person AND office_kind.records_money;
    IF held <= 1 OR since IS NULL THEN
        RETURN since + 14;
    END IF;
    RETURN (
        WITH term AS (
            SELECT daterange(office.from_on, office.to_on, '[]') AS days, (office.recorded_at AT TIME ZONE zone)::date AS recorded_on
              FROM app.office
              JOIN app.office_kind USING (role)
             WHERE office.chapter_id = of_chapter AND office.person_id = of_person AND office_kind.records_money
        )
        SELECT greatest(lower(run), (SELECT min(term.recorded_on) FROM term WHERE term.days <@ run)) + 14
          FROM (SELECT unnest(range_agg(term.days)) AS run FROM term) AS unbroken
         WHERE run @> today
    );
END
$$;

-- Who shows a token or a session, and where they stand in a chapter today: all that a request needs to know about
-- the one who asks, in one call. No row for what is unknown, ended or expired. A session that still waits for its
-- second factor says so and stands nowhere; an operator without a second factor is none at a browser. Behind a token
-- stands only a second factor that was there when it was made. A chapter that was changed has another version.
DROP FUNCTION IF EXISTS app.who_shows(bytea, boolean, text);
CREATE FUNCTION app.who_shows(hash bytea, is_session boolean, slug text)
    RETURNS TABLE (person_id bigint, person_name text, is_operator boolean, chapter_id integer, membership_id bigint, roles text[],
                   session_id bigint, proved_at timestamptz, scope text, awaits_second_factor boolean, chapter_version text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    token  api_token;
    shown  session;
    whom   bigint;
BEGIN
    IF is_session THEN
        SELECT * INTO shown FROM session
         WHERE secret_hash = hash AND ended_at IS NULL AND expires_at > now() AND seen_at + idle_limit > now();
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF shown.seen_at < now() - interval '1 minute' THEN
            UPDATE session SET seen_at = now() WHERE session.id = shown.id;
        END IF;
        whom := shown.person_id;
    ELSE
        SELECT * INTO token FROM api_token
         WHERE secret_hash = hash AND revoked_at IS NULL AND expires_at > now();
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF token.last_used_at IS NULL OR token.last_used_at < now() - interval '1 minute' THEN
            UPDATE api_token SET last_used_at = now() WHERE api_token.id = token.id;
        END IF;
        whom := token.person_id;
    END IF;
    RETURN QUERY
        SELECT person.id, person.name::text,
               person.is_operator AND (NOT is_session OR factor.confirmed_at IS NOT NULL),
               chapter.id, standing.membership_id, coalesce(standing.roles, '{}'),
               shown.id, shown.proved_at, coalesce(token.scope, 'everything'),
               CASE WHEN standing.roles IS NULL OR factor.confirmed_at <= coalesce(token.created_at, 'infinity') THEN false
                    ELSE coalesce(second_factor_due(person.id, chapter.id) <= today(chapter.id), false) END,
               chapter.xmin::text
          FROM person
          LEFT JOIN second_factor AS factor ON factor.person_id = person.id AND factor.confirmed_at IS NOT NULL
          LEFT JOIN chapter ON chapter.slug = who_shows.slug
          LEFT JOIN LATERAL standing(person.id, chapter.id) AS standing
                 ON (NOT is_session OR shown.proved_at IS NOT NULL) AND (token.only_in IS NULL OR token.only_in = chapter.id)
         WHERE person.id = whom AND person.disabled_at IS NULL;
END
$$;

-- The chapters in which the acting person stands today, with their offices there, and in how many days, not more than
-- 14, what these may do with money waits for the second factor that the person has not got.
DROP FUNCTION IF EXISTS app.own_chapters();
CREATE FUNCTION app.own_chapters()
    RETURNS TABLE (slug text, name text, roles text[], second_factor_in integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT chapter.slug, chapter.name::text, coalesce(standing.roles, '{}'),
               CASE WHEN NOT EXISTS (SELECT FROM second_factor AS factor
                                      WHERE factor.person_id = acting_person() AND factor.confirmed_at IS NOT NULL)
                    THEN second_factor_due(acting_person(), chapter.id) - today(chapter.id) END
          FROM (SELECT membership.chapter_id FROM membership WHERE membership.person_id = acting_person()
                UNION
                SELECT chapter.id FROM director JOIN chapter ON chapter.region_id = director.region_id
                 WHERE director.person_id = acting_person()) AS known
          CROSS JOIN LATERAL standing(acting_person(), known.chapter_id) AS standing
          JOIN chapter ON chapter.id = known.chapter_id
         WHERE standing.membership_id IS NOT NULL OR standing.roles IS NOT NULL
         ORDER BY chapter.name;
END
$$;

-- Ends a session of the acting person; false where it is not theirs, or had ended.
CREATE OR REPLACE FUNCTION app.end_session(which bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE session SET ended_at = now()
     WHERE id = which AND ended_at IS NULL AND (person_id = acting_person() OR may('everything'));
    RETURN FOUND;
END
$$;

-- Gives a session of the acting person a new secret, so that the one before is worth nothing to whoever has it;
-- `is_proof` where they have just shown once more that it is them. It ends no later for that.
CREATE OR REPLACE FUNCTION app.renew_session(which bigint, hash bytea, is_proof boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE session SET secret_hash = hash, proved_at = CASE WHEN is_proof THEN now() ELSE proved_at END
     WHERE id = which AND person_id = acting_person() AND proved_at IS NOT NULL AND ended_at IS NULL;
    RETURN FOUND;
END
$$;

-- Taken over by renew_session.
DROP FUNCTION IF EXISTS app.prove_session(bigint);

-- From where somebody has signed in, to the end, in the last three months: nobody's tries elsewhere keep them from
-- trying there.
CREATE OR REPLACE FUNCTION app.addresses_of(whom bigint) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT session.address FROM session
         WHERE session.person_id = whom AND session.proved_at IS NOT NULL AND session.created_at > now() - interval '90 days'
           AND session.address IS NOT NULL
         GROUP BY session.address
         ORDER BY max(session.created_at) DESC
         LIMIT 50;
END
$$;

-- Ends every session of the acting person but one; returns how many.
CREATE OR REPLACE FUNCTION app.end_other_sessions(but bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    ended integer;
BEGIN
    UPDATE session SET ended_at = now()
     WHERE person_id = acting_person() AND ended_at IS NULL AND id IS DISTINCT FROM but;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END
$$;

-- Makes a link for the person of an address, and ends those of the same purpose that were sent before. False where
-- nobody has the address: the caller must not let it show.
CREATE OR REPLACE FUNCTION app.make_link(for_purpose text, wanted_email text, hash bytea, lasting interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    whom bigint;
BEGIN
    IF for_purpose NOT IN ('invitation', 'sign-in', 'reset') THEN
        RAISE EXCEPTION 'a link for % is made elsewhere', for_purpose USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Locked, so that of two links made at once one ends the other.
    SELECT id INTO whom FROM person WHERE email = wanted_email AND disabled_at IS NULL FOR NO KEY UPDATE;
    IF whom IS NULL THEN
        RETURN false;
    END IF;
    UPDATE one_time_link SET ended_at = now()
     WHERE person_id = whom AND purpose = for_purpose AND ended_at IS NULL;
    INSERT INTO one_time_link (person_id, purpose, email, secret_hash, expires_at)
    VALUES (whom, for_purpose, wanted_email, hash, now() + lasting);
    RETURN true;
END
$$;

-- Makes a link that gives the acting person a new address, sent to that address and good for no other.
CREATE OR REPLACE FUNCTION app.make_email_link(wanted_email text, hash bytea, lasting interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM FROM person WHERE id = acting_person() FOR NO KEY UPDATE;
    UPDATE one_time_link SET ended_at = now()
     WHERE person_id = acting_person() AND purpose = 'e-mail' AND ended_at IS NULL;
    INSERT INTO one_time_link (person_id, purpose, email, secret_hash, expires_at)
    VALUES (acting_person(), 'e-mail', wanted_email, hash, now() + lasting);
END
$$;

-- What a link is for, without using it.
CREATE OR REPLACE FUNCTION app.link(hash bytea)
    RETURNS TABLE (person_id bigint, person_name text, purpose text, email text, has_second_factor boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT person.id, person.name::text, one_time_link.purpose, one_time_link.email,
               EXISTS (SELECT FROM second_factor AS factor WHERE factor.person_id = person.id AND confirmed_at IS NOT NULL)
          FROM one_time_link JOIN person ON person.id = one_time_link.person_id
         WHERE secret_hash = hash AND ended_at IS NULL AND expires_at > now() AND person.disabled_at IS NULL
           -- The link proves that its holder reads that very address; it proves nothing once the address is another.
           AND (one_time_link.purpose = 'e-mail' OR person.email = one_time_link.email);
END
$$;

-- Uses a link up; of two who try at once one gets a row.
CREATE OR REPLACE FUNCTION app.use_link(hash bytea)
    RETURNS TABLE (person_id bigint, person_name text, purpose text, email text, has_second_factor boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    used record;
BEGIN
    SELECT * INTO used FROM link(hash);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE one_time_link SET ended_at = now() WHERE secret_hash = hash AND ended_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF used.purpose = 'e-mail' THEN
        UPDATE person SET email = used.email WHERE id = used.person_id;
        UPDATE membership SET email = used.email WHERE membership.person_id = used.person_id AND membership.ended_on IS NULL;
        -- Links that went to the old address are worth nothing any more.
        UPDATE one_time_link SET ended_at = now() WHERE one_time_link.person_id = used.person_id AND ended_at IS NULL;
    END IF;
    RETURN QUERY SELECT used.person_id, used.person_name, used.purpose, used.email, used.has_second_factor;
END
$$;

-- Gives the acting person a password, and ends everything that was signed in with the old one but this session. Every
-- link ends, too: one for a new address may have been asked for by whoever the new password is to keep out.
CREATE OR REPLACE FUNCTION app.set_password(hash text, but bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    INSERT INTO credential (person_id, password_hash) VALUES (acting_person(), hash)
    ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = now();
    PERFORM end_sessions_of(acting_person(), but, tokens => true);
    UPDATE one_time_link SET ended_at = now() WHERE person_id = acting_person() AND ended_at IS NULL;
END
$$;

-- The same password under today's parameters: nothing ends.
CREATE OR REPLACE FUNCTION app.rehash_password(old_hash text, new_hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE credential SET password_hash = new_hash WHERE person_id = acting_person() AND password_hash = old_hash;
END
$$;

-- The second factor of the acting person.
CREATE OR REPLACE FUNCTION app.own_second_factor()
    RETURNS TABLE (secret bytea, last_step bigint, is_confirmed boolean, recovery_codes integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT factor.secret, factor.last_step, factor.confirmed_at IS NOT NULL,
               (SELECT count(*)::integer FROM recovery_code WHERE person_id = acting_person() AND used_at IS NULL)
          FROM second_factor AS factor WHERE factor.person_id = acting_person();
END
$$;

-- Begins a second factor; one that is confirmed has to be removed first.
CREATE OR REPLACE FUNCTION app.begin_second_factor(new_secret bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    INSERT INTO second_factor (person_id, secret) VALUES (acting_person(), new_secret)
    ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, begun_at = now(), last_step = 0
      WHERE second_factor.confirmed_at IS NULL;
    RETURN FOUND;
END
$$;

-- Takes a step of the clock for used; false where it was used before.
CREATE OR REPLACE FUNCTION app.use_step(step bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE second_factor SET last_step = step WHERE person_id = acting_person() AND last_step < step;
    RETURN FOUND;
END
$$;

-- Confirms the second factor and lays down its recovery codes; sessions elsewhere were opened without it and end.
CREATE OR REPLACE FUNCTION app.confirm_second_factor(code_hashes bytea[], but bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE second_factor SET confirmed_at = now() WHERE person_id = acting_person() AND confirmed_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM recovery_code WHERE person_id = acting_person();
    INSERT INTO recovery_code (person_id, code_hash) SELECT acting_person(), unnest(code_hashes);
    PERFORM end_sessions_of(acting_person(), but, tokens => false);
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION app.use_recovery_code(hash bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    UPDATE recovery_code SET used_at = now()
     WHERE person_id = acting_person() AND code_hash = hash AND used_at IS NULL;
    RETURN FOUND;
END
$$;

CREATE OR REPLACE FUNCTION app.remove_second_factor() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    DELETE FROM recovery_code WHERE person_id = acting_person();
    DELETE FROM second_factor WHERE person_id = acting_person();
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    -- An operator's rights take a second factor, and a token would go on having them without.
    UPDATE api_token SET revoked_at = now()
     WHERE person_id = acting_person() AND revoked_at IS NULL
       AND EXISTS (SELECT FROM person WHERE person.id = acting_person() AND is_operator);
    RETURN true;
END
$$;

-- Disables a person, or lets them in again; for the operator. Whatever they were signed in with ends.
CREATE OR REPLACE FUNCTION app.disable_person(whom bigint, is_disabled boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'disabling a person is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE person SET disabled_at = CASE WHEN is_disabled THEN coalesce(disabled_at, now()) END WHERE id = whom;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF is_disabled THEN
        PERFORM end_sessions_of(whom, NULL, tokens => true);
        UPDATE one_time_link SET ended_at = now() WHERE person_id = whom AND ended_at IS NULL;
        DELETE FROM person_calendar WHERE person_id = whom;
    END IF;
    RETURN true;
END
$$;

-- Makes a person for an address, or finds theirs; for the operator. Whom the shell alone makes is another operator.
CREATE OR REPLACE FUNCTION app.invite_person(wanted_email text, wanted_name text, wanted_folded_name text, makes_operator boolean) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    whom bigint;
BEGIN
    IF NOT may('everything') AND (makes_operator OR NOT may('create-chapters')) THEN
        RAISE EXCEPTION 'inviting a person is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    whom := person_of(wanted_name, wanted_folded_name, wanted_email);
    IF makes_operator THEN
        UPDATE person SET is_operator = true WHERE id = whom AND NOT is_operator;
        -- What was signed in before was not meant for so much, and tokens had no second factor before them.
        IF FOUND THEN
            PERFORM end_sessions_of(whom, NULL, tokens => true);
        END IF;
    END IF;
    RETURN whom;
END
$$;

-- Who loses an office loses what they are signed in with: it may be on a device that belongs to the office.
CREATE OR REPLACE FUNCTION app.office_was_lost() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NEW.to_on IS DISTINCT FROM OLD.to_on AND NEW.to_on <= today(NEW.chapter_id) THEN
        PERFORM end_sessions_of(NEW.person_id, NULL, tokens => true);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER office_was_lost AFTER UPDATE OF to_on ON app.office
    FOR EACH ROW EXECUTE FUNCTION app.office_was_lost();

-- Counts a try against each bucket, which runs dry evenly within its window; returns for how many seconds to wait,
-- 0 where every bucket had room. A try that has to wait counts against none: whoever waits as long as they were told
-- has room then, and one address that goes on trying does not fill the bucket of all.
CREATE OR REPLACE FUNCTION app.take_try(scopes text[], key_hashes bytea[], limits integer[], windows interval[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    longest double precision := 0;
    bucket  record;
    filled  double precision;
BEGIN
    -- A try asks nobody to wait for the disk: what a crash of the server forgets is a moment of counting. Counted in a
    -- transaction of its own, so that nothing else is forgotten with it.
    PERFORM set_config('synchronous_commit', 'off', true);
    -- In the order of the key, so that two who try at once never wait for each other.
    FOR bucket IN
        SELECT scope, key_hash, most, extract(epoch FROM span)::double precision AS seconds
          FROM unnest(scopes, key_hashes, limits, windows) AS wanted (scope, key_hash, most, span)
         ORDER BY scope, key_hash
    LOOP
        INSERT INTO throttle AS kept (scope, key_hash, level, at)
        VALUES (bucket.scope, bucket.key_hash, 1, clock_timestamp())
        ON CONFLICT (scope, key_hash) DO UPDATE
           SET level = 1 + greatest(0, kept.level - bucket.most / bucket.seconds
                                                  * greatest(0, extract(epoch FROM clock_timestamp() - kept.at))),
               at = clock_timestamp()
        RETURNING level INTO filled;
        IF filled > bucket.most THEN
            longest := greatest(longest, (filled - bucket.most) * bucket.seconds / bucket.most);
        END IF;
    END LOOP;
    IF longest > 0 THEN
        UPDATE throttle SET level = level - 1
          FROM unnest(scopes, key_hashes) AS wanted (scope, key_hash)
         WHERE throttle.scope = wanted.scope AND throttle.key_hash = wanted.key_hash;
    END IF;
    -- Buckets that have long run dry go, a few at a time.
    DELETE FROM throttle
     WHERE ctid IN (SELECT ctid FROM throttle WHERE at < now() - interval '1 day' LIMIT 20 FOR UPDATE SKIP LOCKED);
    RETURN ceil(longest)::integer;
END
$$;

-- A visit to an OpenID provider begins, and ends once.
CREATE OR REPLACE FUNCTION app.begin_provider_visit(hash bytea, new_nonce text, new_verifier text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    DELETE FROM provider_visit
     WHERE ctid IN (SELECT ctid FROM provider_visit WHERE expires_at < now() LIMIT 20 FOR UPDATE SKIP LOCKED);
    INSERT INTO provider_visit (state_hash, nonce, verifier, person_id, expires_at)
    VALUES (hash, new_nonce, new_verifier, acting_person(), now() + interval '10 minutes');
END
$$;

CREATE OR REPLACE FUNCTION app.end_provider_visit(hash bytea)
    RETURNS TABLE (nonce text, verifier text, person_id bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        DELETE FROM provider_visit WHERE state_hash = hash AND expires_at > now()
        RETURNING provider_visit.nonce, provider_visit.verifier, provider_visit.person_id;
END
$$;

-- Who an account of a provider belongs to; no row where nobody has linked it, or they are disabled.
CREATE OR REPLACE FUNCTION app.person_of_provider(of_issuer text, of_subject text)
    RETURNS TABLE (person_id bigint, has_second_factor boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT person.id, EXISTS (SELECT FROM second_factor AS factor WHERE factor.person_id = person.id AND confirmed_at IS NOT NULL)
          FROM provider_account AS account JOIN person ON person.id = account.person_id
         WHERE account.issuer = of_issuer AND account.subject = of_subject AND person.disabled_at IS NULL;
END
$$;

-- Links an account of a provider to the acting person; false where it is somebody's already.
CREATE OR REPLACE FUNCTION app.link_provider(of_issuer text, of_subject text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    INSERT INTO provider_account (issuer, subject, person_id) VALUES (of_issuer, of_subject, acting_person())
    ON CONFLICT (issuer, subject) DO NOTHING;
    RETURN EXISTS (SELECT FROM provider_account AS account
                    WHERE account.issuer = of_issuer AND account.subject = of_subject AND account.person_id = acting_person());
END
$$;

CREATE OR REPLACE FUNCTION app.unlink_provider(of_issuer text, of_subject text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    DELETE FROM provider_account WHERE issuer = of_issuer AND subject = of_subject AND person_id = acting_person();
    RETURN FOUND;
END
$$;

GRANT EXECUTE ON FUNCTION app.sign_in_of, app.open_session, app.who_shows, app.own_chapters, app.end_session, app.renew_session, app.addresses_of,
    app.end_other_sessions, app.make_link, app.make_email_link, app.link, app.use_link, app.set_password,
    app.rehash_password, app.own_second_factor, app.begin_second_factor, app.use_step, app.confirm_second_factor,
    app.use_recovery_code, app.remove_second_factor, app.disable_person, app.invite_person, app.take_try,
    app.begin_provider_visit, app.end_provider_visit, app.person_of_provider, app.link_provider,
    app.unlink_provider TO chapterhouse_app;
