-- For the operator's shell only: two records that turned out to be one person.

-- Who has this number, e-mail or name.
CREATE OR REPLACE FUNCTION app.people_called(wanted text, wanted_folded_name text)
    RETURNS TABLE (id bigint, name text, email text, is_disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT person.id, person.name, person.email, person.disabled_at IS NOT NULL
      FROM person
     WHERE may('everything') AND merged_into IS NULL
       AND (person.id::text = wanted OR person.email = wanted_folded_name OR person.folded_name = wanted_folded_name)
     ORDER BY person.id
$$;

-- Refuses what would stand between a person and themselves.
CREATE OR REPLACE FUNCTION app.may_be_one(one bigint, other bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    conflict record;
BEGIN
    SELECT chapter.name, greatest(a.joined_on, b.joined_on) AS since INTO conflict
      FROM membership AS a
      JOIN membership AS b ON b.chapter_id = a.chapter_id AND b.person_id = other
                          AND daterange(a.joined_on, a.ended_on, '[]') && daterange(b.joined_on, b.ended_on, '[]')
      JOIN chapter ON chapter.id = a.chapter_id
     WHERE a.person_id = one
     ORDER BY since LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'both are members of % on %', conflict.name, conflict.since
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'one_membership_at_a_time', TABLE = 'membership';
    END IF;
    SELECT chapter.name, slip.rule, slip.day INTO conflict
      FROM membership AS a
      JOIN membership AS b ON b.chapter_id = a.chapter_id AND b.person_id = other
      JOIN chapter ON chapter.id = a.chapter_id
     CROSS JOIN LATERAL (
         SELECT 'referral_is_not_to_oneself' AS rule, passed_on AS day FROM referral
          WHERE referral.chapter_id = a.chapter_id AND (giver_id, receiver_id) IN ((a.id, b.id), (b.id, a.id))
         UNION ALL
         SELECT 'one_to_one_is_not_with_oneself', met_on FROM one_to_one
          WHERE one_to_one.chapter_id = a.chapter_id AND (first_id, second_id) IN ((a.id, b.id), (b.id, a.id))
         UNION ALL
         SELECT 'testimonial_is_not_for_oneself', given_on FROM testimonial
          WHERE testimonial.chapter_id = a.chapter_id AND (giver_id, receiver_id) IN ((a.id, b.id), (b.id, a.id))
         UNION ALL
         SELECT 'thanks_are_not_to_oneself', closed_business.closed_on
           FROM closed_business JOIN closed_business_earner AS earner
             ON earner.chapter_id = closed_business.chapter_id AND earner.closed_business_id = closed_business.id
          WHERE closed_business.chapter_id = a.chapter_id
            AND (earner.membership_id, closed_business.thanked_id) IN ((a.id, b.id), (b.id, a.id))
     ) AS slip
     WHERE a.person_id = one
     ORDER BY slip.day LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a slip of % on % stands between the two', conflict.name, conflict.day
            USING ERRCODE = 'check_violation', CONSTRAINT = conflict.rule;
    END IF;
END
$$;

-- Makes one person of two. What was signed in ends, for both may do more now; tokens go on, but for an operator who
-- becomes one only by this. Of two passwords, addresses and second factors those of `kept` stay.
CREATE OR REPLACE FUNCTION app.merge_people(kept bigint, other bigint)
    RETURNS TABLE (memberships integer, tokens integer, accounts integer, lost_email text, lost_password boolean, lost_factor boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    stays person;
    goes  person;
    moved record;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'merging people is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM person WHERE id IN (kept, other) ORDER BY id FOR UPDATE;
    SELECT * INTO stays FROM person WHERE id = kept AND merged_into IS NULL;
    SELECT * INTO goes FROM person WHERE id = other AND merged_into IS NULL;
    IF stays.id IS NULL OR goes.id IS NULL OR kept = other OR (stays.disabled_at IS NULL) <> (goes.disabled_at IS NULL) THEN
        RAISE EXCEPTION 'these are no two people of whom both may sign in, or neither' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM may_be_one(kept, other);

    PERFORM end_sessions_of(kept, NULL, tokens => goes.is_operator AND NOT stays.is_operator);
    PERFORM end_sessions_of(other, NULL, tokens => stays.is_operator AND NOT goes.is_operator);
    UPDATE one_time_link SET ended_at = now() WHERE person_id IN (kept, other) AND ended_at IS NULL;

    lost_email := CASE WHEN stays.email IS NOT NULL THEN goes.email END;
    UPDATE person
       SET email = NULL, phones = '{}', is_operator = false, disabled_at = coalesce(disabled_at, now()), merged_into = kept
     WHERE id = other;
    UPDATE person SET merged_into = kept WHERE merged_into = other;
    UPDATE person
       SET email       = coalesce(stays.email, goes.email),
           phones      = stays.phones || ARRAY(SELECT phone FROM unnest(goes.phones) AS phone WHERE phone <> ALL (stays.phones)),
           given_name  = coalesce(stays.given_name, goes.given_name),
           family_name = coalesce(stays.family_name, goes.family_name),
           language    = coalesce(stays.language, goes.language),
           is_operator = stays.is_operator OR goes.is_operator
     WHERE id = kept;

    -- What one slip asked of both it asks once.
    DELETE FROM follow_up AS twice
     WHERE twice.person_id = other
       AND EXISTS (SELECT FROM follow_up AS own
                    WHERE own.chapter_id = twice.chapter_id AND own.person_id = kept AND own.slip_id = twice.slip_id);
    UPDATE activity_contact SET person_id = kept WHERE person_id = other;
    -- Offices, valuations, earnings, contacts and follow-ups name the membership and its person, and follow it.
    UPDATE membership
       SET person_id = kept, email = CASE WHEN ended_on IS NULL THEN coalesce(stays.email, email) ELSE email END
     WHERE person_id = other;
    GET DIAGNOSTICS memberships = ROW_COUNT;
    UPDATE prospect SET giver_person_id = kept WHERE giver_person_id = other;
    UPDATE prospect SET receiver_person_id = kept WHERE receiver_person_id = other;
    UPDATE referral_step SET person_id = kept WHERE person_id = other;
    UPDATE import_batch SET imported_by = kept WHERE imported_by = other;
    UPDATE slip_correction SET corrected_by = kept WHERE corrected_by = other;
    UPDATE webhook SET made_by = kept WHERE made_by = other;
    UPDATE absence_letter SET drafted_by = kept WHERE drafted_by = other;
    UPDATE absence_letter SET given_by = kept WHERE given_by = other;
    UPDATE closed_month SET closed_by = kept WHERE closed_by = other;
    UPDATE closed_month SET reopened_by = kept WHERE reopened_by = other;
    UPDATE closed_month_change SET person_id = kept WHERE person_id = other;
    -- A region that both directed at a time stays with the one who stays.
    DELETE FROM director AS term
     WHERE term.person_id = other
       AND EXISTS (SELECT FROM director AS own
                    WHERE own.person_id = kept AND own.region_id = term.region_id
                      AND daterange(own.from_on, own.to_on, '[]') && daterange(term.from_on, term.to_on, '[]'));
    UPDATE director SET person_id = kept WHERE person_id = other;
    UPDATE access_event SET person_id = kept WHERE person_id = other;
    UPDATE access_event SET about = array_replace(about, other, kept) WHERE other = ANY (about);

    lost_password := EXISTS (SELECT FROM credential WHERE person_id = kept) AND EXISTS (SELECT FROM credential WHERE person_id = other);
    IF lost_password THEN
        DELETE FROM credential WHERE person_id = other;
    END IF;
    UPDATE credential SET person_id = kept WHERE person_id = other;
    lost_factor := EXISTS (SELECT FROM second_factor WHERE person_id = kept AND confirmed_at IS NOT NULL)
               AND EXISTS (SELECT FROM second_factor WHERE person_id = other AND confirmed_at IS NOT NULL);
    -- One that was only begun counts for nothing.
    FOR moved IN SELECT person_id FROM second_factor
                  WHERE person_id IN (kept, other) AND (confirmed_at IS NULL OR (lost_factor AND person_id = other))
    LOOP
        DELETE FROM recovery_code WHERE person_id = moved.person_id;
        DELETE FROM second_factor WHERE person_id = moved.person_id;
    END LOOP;
    UPDATE second_factor SET person_id = kept WHERE person_id = other;
    UPDATE recovery_code SET person_id = kept WHERE person_id = other;

    UPDATE session SET person_id = kept WHERE person_id = other;
    UPDATE one_time_link SET person_id = kept WHERE person_id = other;
    UPDATE api_token SET person_id = kept WHERE person_id = other;
    GET DIAGNOSTICS tokens = ROW_COUNT;
    -- Of two calendars that of `kept` stays.
    DELETE FROM person_calendar AS calendar
     WHERE person_id = other AND EXISTS (SELECT FROM person_calendar AS own WHERE own.person_id = kept);
    UPDATE person_calendar SET person_id = kept WHERE person_id = other;
    UPDATE provider_account SET person_id = kept WHERE person_id = other;
    GET DIAGNOSTICS accounts = ROW_COUNT;
    DELETE FROM provider_visit WHERE person_id IN (kept, other);
    UPDATE mail SET person_id = kept WHERE person_id = other;
    -- Where both said how they want to be told, `kept` has the say.
    DELETE FROM mail_wish AS wish
     WHERE person_id = other AND EXISTS (SELECT FROM mail_wish AS own WHERE own.person_id = kept AND own.kind = wish.kind);
    UPDATE mail_wish SET person_id = kept WHERE person_id = other;
    DELETE FROM quiet_hours WHERE person_id = other AND EXISTS (SELECT FROM quiet_hours AS own WHERE own.person_id = kept);
    UPDATE quiet_hours SET person_id = kept WHERE person_id = other;
    UPDATE digest_entry SET person_id = kept WHERE person_id = other;
    UPDATE mail_stop SET person_id = kept WHERE person_id = other;
    -- A key that both have used keeps the answer that `kept` was given; they are forgotten after a day anyway.
    DELETE FROM kept_answer AS answer
     WHERE person_id = other AND EXISTS (SELECT FROM kept_answer AS own WHERE own.person_id = kept AND own.key = answer.key);
    UPDATE kept_answer SET person_id = kept WHERE person_id = other;
    RETURN NEXT;
END
$$;

GRANT EXECUTE ON FUNCTION app.people_called, app.merge_people TO chapterhouse_app;
