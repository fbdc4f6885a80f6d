-- The outbox: mail is posted in the transaction that has a reason for it, and taken by one sender at a time.

-- Posts a mail and wakes the senders when the transaction is done. Whoever may call this may write to anybody.
CREATE OR REPLACE FUNCTION app.post_mail(
    for_person bigint, wanted_address text, wanted_subject text, wanted_body text, wanted_until timestamptz DEFAULT NULL
) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    posted bigint;
BEGIN
    INSERT INTO mail (person_id, to_address, subject, body, created_at, next_try_at, good_until)
    VALUES (for_person, wanted_address, wanted_subject, wanted_body, this_instant(), this_instant(), wanted_until)
    RETURNING id INTO posted;
    PERFORM pg_notify('mail', '');
    RETURN posted;
END
$$;

-- Takes one mail that is due, for ten minutes: longer than a sender may take over it. No row when nothing is due.
-- Taking it counts as a try, so that a mail which ends its sender does not do so for ever. A notice waits for the end of
-- quiet hours, and goes nowhere where its kind was switched off meanwhile; a link never waits.
DROP FUNCTION IF EXISTS app.take_mail();
CREATE OR REPLACE FUNCTION app.take_mail()
    RETURNS TABLE (id bigint, to_address text, subject text, body text, message_id uuid, created_at timestamptz, tries smallint,
                   kind text, language text, facts text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    due   mail;
    later timestamptz;
    vain  text;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself sends mail' USING ERRCODE = 'insufficient_privilege';
    END IF;

    -- What nobody wants any more is given up at once, however long its next try would be away.
    UPDATE mail SET given_up_at = this_instant(), body = NULL, facts = NULL, leased_until = NULL,
           last_trouble = 'nobody wants it any more' || coalesce('; before: ' || mail.last_trouble, '')
     WHERE mail.id IN (SELECT late.id FROM mail AS late
                        WHERE late.sent_at IS NULL AND late.given_up_at IS NULL
                          AND (late.leased_until IS NULL OR late.leased_until <= clock_timestamp())
                          AND late.good_until <= greatest(this_instant(), CASE WHEN late.kind IS NULL THEN now() END)
                          FOR UPDATE SKIP LOCKED);

    LOOP
        SELECT * INTO due FROM mail AS waiting
         WHERE waiting.sent_at IS NULL AND waiting.given_up_at IS NULL AND waiting.next_try_at <= this_instant()
           AND (waiting.leased_until IS NULL OR waiting.leased_until <= clock_timestamp())
         ORDER BY waiting.next_try_at, waiting.id
         LIMIT 1
           FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        vain := CASE WHEN due.tries >= 8 THEN coalesce(due.last_trouble, 'its sender ended before it knew')
                     WHEN due.kind <> 'digest' AND notice_way(due.person_id, due.kind) = 'off' THEN 'its kind was switched off' END;
        IF vain IS NOT NULL THEN
            UPDATE mail SET given_up_at = this_instant(), body = NULL, facts = NULL, leased_until = NULL, last_trouble = vain
             WHERE mail.id = due.id;
            CONTINUE;
        END IF;
        IF due.kind IS NOT NULL THEN
            later := after_quiet_hours(due.person_id,
                                       (SELECT home.time_zone FROM chapter AS home WHERE home.slug = due.facts ->> 'chapter'), this_instant());
            IF later > this_instant() THEN
                UPDATE mail SET next_try_at = later WHERE mail.id = due.id;
                CONTINUE;
            END IF;
        END IF;
        RETURN QUERY
            UPDATE mail SET tries = mail.tries + 1::smallint, leased_until = clock_timestamp() + interval '10 minutes'
             WHERE mail.id = due.id
            RETURNING mail.id, mail.to_address::text, mail.subject::text, mail.body, mail.message_id, mail.created_at, mail.tries,
                      mail.kind, mail.language, mail.facts::text;
        RETURN;
    END LOOP;
END
$$;

-- A server has accepted it: true whoever holds it meanwhile.
CREATE OR REPLACE FUNCTION app.mail_is_sent(mail_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself sends mail' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE mail SET sent_at = clock_timestamp(), given_up_at = NULL, body = NULL, facts = NULL, leased_until = NULL, last_trouble = NULL
     WHERE id = mail_id AND sent_at IS NULL;
END
$$;

-- The try of that number failed: when the next one is, or null where it is given up. A sender whose lease went to
-- another has no say any more.
CREATE OR REPLACE FUNCTION app.mail_is_not_sent(mail_id bigint, failed_try smallint, trouble text, for_good boolean)
    RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    -- After the first try, the second, …; the eighth is the last.
    pauses constant interval[] := '{1 minute, 5 minutes, 15 minutes, 1 hour, 4 hours, 12 hours, 12 hours}';
    pause  interval := pauses[failed_try];
    later  timestamptz;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself sends mail' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF for_good OR pause IS NULL THEN
        UPDATE mail SET given_up_at = clock_timestamp(), body = NULL, facts = NULL, leased_until = NULL, last_trouble = trouble
         WHERE id = mail_id AND tries = failed_try AND sent_at IS NULL AND given_up_at IS NULL;
        RETURN NULL;
    END IF;
    UPDATE mail SET next_try_at = this_instant() + pause, leased_until = NULL, last_trouble = trouble
     WHERE id = mail_id AND tries = failed_try AND sent_at IS NULL AND given_up_at IS NULL
    RETURNING next_try_at INTO later;
    RETURN later;
END
$$;

-- Makes all that waits due now: what the operator does once the mail server is well again.
CREATE OR REPLACE FUNCTION app.hurry_mail() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    hurried bigint;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself sends mail' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE mail SET next_try_at = this_instant()
     WHERE sent_at IS NULL AND given_up_at IS NULL AND leased_until IS NULL AND next_try_at > this_instant();
    GET DIAGNOSTICS hurried = ROW_COUNT;
    RETURN hurried;
END
$$;

GRANT EXECUTE ON FUNCTION app.post_mail, app.take_mail, app.mail_is_sent, app.mail_is_not_sent, app.hurry_mail TO chapterhouse_app;
