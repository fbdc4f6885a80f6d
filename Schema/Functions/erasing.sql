-- Erasing a person, or somebody who is none: what names them goes, in whatever form and wherever it stands; counts, sums, amounts
-- and days stay. For the operator's shell only.

-- Every column that may hold words, and what of them goes: of `text` any word of the name; of a `thing`, which has a name of its
-- own, only the whole name, addresses and numbers; a `name` becomes somebody's; an `address` goes whole. A column of `identity` is
-- erased with its row, by the functions below; one of the `program` holds words of ours, or nothing that can be read.
CREATE OR REPLACE FUNCTION app.places_of_words() RETURNS TABLE (place text, column_name text, holds text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT split_part(named, '.', 1), split_part(named, '.', 2), said.holds
      FROM (VALUES
          ('text', '{absence_letter.subject,absence_letter.body,activity.purpose,activity.met,activity.lesson,announced_absence.reason,
                     api_token.name,application.reason,application.notes,application_reference.outcome,appointment.place,appointment.topic,
                     closed_month.reopened_because,contact.met_where,contact.notes,digest_entry.facts,education_unit.title,
                     follow_up.text,follow_up.outcome,import_batch.file_name,introduction.why,introduction.outcome,invoice.note,
                     invoice.cancelled_because,job.last_trouble,kept_answer.location,kept_answer.body,mail.subject,mail.body,
                     mail.last_trouble,mail.facts,meeting.place,meeting.reopened_because,meeting_part.topic,membership.end_reason,
                     membership.overlap_reason,one_to_one.place,one_to_one.topics,payment.note,payment.voided_because,posting.text,
                     profile.goals,profile.accomplishments,profile.interests,profile.networks,profile.skills,profile.ideal_referral,
                     referral.need,referral_step.reason,session.agent,slip_correction.reason,slip_correction.entry,testimonial.text,
                     visitor.lost_because,visitor.greeting,visitor.declined_because,visitor.further_visit_because,
                     webhook_delivery.body,webhook_delivery.last_trouble}'),
          ('thing', '{application.company,application.profession,application.title,chapter.place,contact.company,contact.profession,
                      membership.company,posting.profession,prospect.company,seat.profession,seat.title,seat.sphere,visitor.company,
                      visitor.profession,visitor.folded_profession,referral.unplaced_profession,webhook.address,webhook.host,
                      chapter_scorecard.definition,outsider.home,outsider.folded_home}'),
          ('name', '{announced_absence.stand_in,application_reference.name,closed_business.thanked_visitor,introduction.first_name,
                     introduction.second_name,mark.stand_in,name_link.folded_name,outsider.name,outsider.folded_name}'),
          ('address', '{application.email,application.phone,application_reference.contact,contact.phone,contact.email,membership.email,
                        prospect.phone,prospect.email,visitor.email,visitor.phone}'),
          ('identity', '{application.name,application.folded_name,closed_month_line.name,closed_month_line.folded_name,contact.name,
                         contact.folded_name,mail.to_address,membership.name,membership.folded_name,one_time_link.email,person.given_name,
                         person.family_name,person.name,person.folded_name,person.email,person.phones,prospect.name,
                         provider_account.subject,session.address,visitor.name,visitor.folded_name,audit_event.entity_id,
                         audit_event.before,audit_event.after,installation_audit_event.entity_id,installation_audit_event.before,
                         installation_audit_event.after}'),
          ('program', '{absence_letter.language,absence_letter.way,access_event.door,access_event.request_id,access_event.seen,
                        activity.kind,activity.currency,api_token.scope,application.decision,application_vote.vote,audit_event.door,
                        audit_event.request_id,audit_event.action,audit_event.entity,audit_event.changed,chapter.slug,chapter.name,
                        chapter.folded_name,chapter.aliases,chapter.time_zone,chapter.currency,chapter.locale,chapter.status,
                        chapter_in_month.currency,chapter_scorecard.scheme,chapter_to_date.unconverted,check_in.secret,closed_business.currency,
                        closed_month.currency,closed_month_block.block,closed_month_block.unconverted,closed_month_change.entity,
                        closed_month_change.entity_id,closed_month_change.action,closed_month_line.block,credential.password_hash,
                        currency.code,digest_entry.kind,erasure.rows,exchange_rate.currency,exchange_rate.into_currency,
                        follow_up.cause,follow_up.channel,follow_up.ending,import_batch.kind,imported_summary_line.kind,
                        installation_audit_event.door,installation_audit_event.request_id,installation_audit_event.action,
                        installation_audit_event.entity,installation_audit_event.changed,invoice.kind,invoice.currency,job.kind,
                        job.occasion,job.skipped_because,kept_answer.key,letter_template.kind,letter_template.language,
                        letter_template.subject,letter_template.body,mail.kind,mail.language,mail_stop.kind,mail_wish.kind,
                        mail_wish.way,mark.mark,meeting.kind,meeting.status,meeting_part.part,membership.end_code,
                        membership_leave.kind,office.role,office_kind.role,office_kind.title,one_time_link.purpose,
                        one_to_one.currency,payment.currency,person.language,policy.absence_window,policy.meeting_fee_due_for,
                        policy.earned_is_seen_by,policy.term_starts,policy.needs_are_seen_in,posting.kind,profile.purposes,
                        provider_account.issuer,provider_visit.nonce,provider_visit.verifier,referral.opened_by,referral.status,
                        referral_step.step,region.slug,region.name,scorecard.scheme,
                        scorecard.definition,slip_correction.slip,suppression.kind,throttle.scope,visitor.kind,
                        visitor.status,webhook.events,webhook.off_because,webhook_delivery.kind}')) AS said (holds, columns),
           LATERAL (SELECT btrim(one, E' \n') AS named FROM unnest(string_to_array(btrim(columns, '{}'), ',')) AS one) AS each
$$;

-- A text without what patterns find in it.
CREATE OR REPLACE FUNCTION app.redacted(said text, patterns text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
DECLARE
    pattern text;
BEGIN
    FOREACH pattern IN ARRAY patterns LOOP
        said := regexp_replace(said, pattern, '…', 'g');
    END LOOP;
    RETURN said;
END
$$;

CREATE OR REPLACE FUNCTION app.redacted(said text[], patterns text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
    RETURN ARRAY(SELECT redacted(one, patterns) FROM unnest(said) WITH ORDINALITY AS each (one, place) ORDER BY place);

CREATE OR REPLACE FUNCTION app.redacted(said jsonb, patterns text[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN CASE jsonb_typeof(said)
           WHEN 'string' THEN to_jsonb(redacted(said #>> '{}', patterns))
           WHEN 'array' THEN coalesce((SELECT jsonb_agg(redacted(one, patterns) ORDER BY place)
                                         FROM jsonb_array_elements(said) WITH ORDINALITY AS each (one, place)), said)
           WHEN 'object' THEN coalesce((SELECT jsonb_object_agg(key, redacted(value, patterns)) FROM jsonb_each(said)), said)
           ELSE said END;
END
$$;

-- What stands for whoever was erased; the number tells two apart.
CREATE OR REPLACE FUNCTION app.erased_name(locale text, was_member boolean, number bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT CASE WHEN locale LIKE 'de%' THEN CASE WHEN was_member THEN 'ehemaliges Mitglied ' ELSE 'jemand ' END
                ELSE CASE WHEN was_member THEN 'former member ' ELSE 'somebody ' END END || number
$$;

-- Everybody who is no member, and of whom a chapter keeps an address or a number; a prospect has the id of the referral.
CREATE OR REPLACE FUNCTION app.third_parties()
    RETURNS TABLE (place text, chapter_id integer, id uuid, name text, email text, phone text)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT 'visitor', chapter_id, id, name::text, email::text, phone::text FROM visitor WHERE erased_at IS NULL
    UNION ALL
    SELECT 'prospect', chapter_id, referral_id, name::text, email::text, phone::text FROM prospect WHERE erased_at IS NULL
    UNION ALL
    SELECT 'contact', chapter_id, id, name::text, email::text, phone::text FROM contact WHERE erased_at IS NULL
    UNION ALL
    SELECT 'application', chapter_id, id, name::text, email::text, phone::text FROM application WHERE erased_at IS NULL
$$;

-- The rows of one table among those that are to be erased.
CREATE OR REPLACE FUNCTION app.rows_at(of_place text, among jsonb) RETURNS TABLE (chapter_id integer, id uuid)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT (row ->> 'chapter')::integer, (row ->> 'id')::uuid FROM jsonb_array_elements(among) AS row WHERE row ->> 'place' = of_place
$$;

-- The words of names that nobody else is called by, and that are nobody's trade: these go wherever they stand. `stays` are the others.
CREATE OR REPLACE FUNCTION app.own_words(names text[], people bigint[], third jsonb, spared text[], OUT own text[], OUT stays text[])
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    words text[] := ARRAY(SELECT DISTINCT lower(word) FROM unnest(names) AS name, regexp_split_to_table(normalize(name, NFC), '[^[:alnum:]\u00AA-\uFFFF]+') AS word
                           WHERE length(word) >= 3);
    others text[];
BEGIN
    others := ARRAY(
        SELECT DISTINCT word
          FROM (SELECT folded_name AS said FROM person WHERE id <> ALL (people)
                UNION ALL SELECT folded_name FROM membership WHERE person_id <> ALL (people)
                UNION ALL SELECT lower(known.name) FROM third_parties() AS known
                           WHERE NOT EXISTS (SELECT FROM rows_at(known.place, third) AS gone
                                              WHERE gone.chapter_id = known.chapter_id AND gone.id = known.id)
                             AND lower(known.name) <> ALL (SELECT lower(name) FROM unnest(names) AS name)
                UNION ALL SELECT folded_name FROM outsider WHERE folded_name <> ALL (SELECT lower(name) FROM unnest(names) AS name)
                UNION ALL
                -- What is called after them by the whole name is no reason to keep its words.
                SELECT thing.said
                  FROM (SELECT profession AS said FROM seat
                        UNION ALL SELECT lower(title) FROM seat
                        UNION ALL SELECT folded_name FROM chapter
                        UNION ALL SELECT lower(name) FROM region) AS thing
                 WHERE NOT EXISTS (SELECT FROM unnest(names) AS name WHERE name ~ '\S\s+\S' AND thing.said ~ name_forms(name))) AS known,
               regexp_split_to_table(known.said, '[^[:alnum:]\u00AA-\uFFFF]+') AS word
         WHERE word = ANY (words));
    others := others || ARRAY(SELECT lower(normalize(word, NFC)) FROM unnest(spared) AS word);
    own := ARRAY(SELECT word FROM unnest(words) AS word WHERE word <> ALL (others));
    stays := ARRAY(SELECT word FROM unnest(words) AS word WHERE word = ANY (others));
END
$$;

-- Erases people and third parties: their rows, then every trace of their names, addresses and numbers, then the values of the
-- audit trail that hold one. Says in how many rows of each table.
CREATE OR REPLACE FUNCTION app.erase_traces(people bigint[], third jsonb, names text[], emails text[], phones text[], spared text[])
    RETURNS TABLE (place text, touched bigint)
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    step        record;
    trail       record;
    words       record;
    subjects    text[] := ARRAY(SELECT subject FROM provider_account WHERE person_id = ANY (people));
    whole       text[];
    every       text[];
    addresses   text[];
    events      bigint[];
    changed     bigint;
    -- In an audit trail a name stands as JSON has it.
    is_found    constant text := '(SELECT bool_or(coalesce(before::text, '''') ~ one OR coalesce(after::text, '''') ~ one) FROM unnest($1) AS one)';
BEGIN
    -- Lets a name go out of a sealed sheet, until this is done.
    PERFORM set_config('app.erasing', 'on', true);
    SELECT * INTO words FROM own_words(names, people, third, spared);
    addresses := ARRAY(SELECT address_forms(email) FROM unnest(emails) AS email WHERE email <> '')
              || ARRAY(SELECT pattern FROM unnest(phones) AS phone, number_forms(phone) AS pattern WHERE pattern IS NOT NULL);
    whole := ARRAY(SELECT name_forms(name) FROM unnest(names) AS name WHERE name ~ '\S\s+\S') || addresses;
    every := whole || ARRAY(SELECT name_word_forms(word) FROM unnest(words.own) AS word);

    FOR step IN SELECT * FROM steps_of_erasing() LOOP
        EXECUTE step.statement USING people, third, emails;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed > 0 THEN
            place := step.place;
            touched := changed;
            RETURN NEXT;
        END IF;
    END LOOP;

    FOR step IN
        SELECT known.place, known.column_name AS field, known.holds, format_type(atttypid, atttypmod) AS type
          FROM places_of_words() AS known
          JOIN pg_attribute ON attrelid = format('app.%I', known.place)::regclass AND attname = known.column_name
         WHERE known.holds IN ('text', 'thing', 'name', 'address')
         ORDER BY known.place, known.column_name
    LOOP
        EXECUTE CASE step.holds
                WHEN 'address' THEN
                    format('UPDATE %1$I SET %2$I = NULL WHERE (SELECT bool_or(%2$I ~ one) FROM unnest($3) AS one)', step.place, step.field)
                WHEN 'name' THEN
                    format('UPDATE %1$I SET %2$I = CASE WHEN (SELECT bool_or(%2$I ~ one) FROM unnest($2) AS one) THEN %3$s ELSE redacted(%2$I, $1) END
                             WHERE (SELECT bool_or(%2$I ~ one) FROM unnest($1) AS one)',
                           step.place, step.field,
                           CASE step.place WHEN 'outsider' THEN '''somebody '' || id' WHEN 'name_link' THEN '''somebody '' || membership_id'
                                           ELSE '''somebody''' END)
                ELSE
                    format('UPDATE %1$I SET %2$I = redacted(%2$I, $4) WHERE (SELECT bool_or(%2$I::text ~ one) FROM unnest($4) AS one)',
                           step.place, step.field)
                END
          USING every, whole, addresses, CASE step.holds WHEN 'thing' THEN whole ELSE every END;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed > 0 THEN
            place := step.place || '.' || step.field;
            touched := changed;
            RETURN NEXT;
        END IF;
    END LOOP;

    every := every || ARRAY(SELECT either_case(subject) FROM unnest(subjects) AS subject WHERE length(subject) >= 3);
    FOR trail IN SELECT 0 AS number UNION ALL SELECT chapter.id FROM chapter ORDER BY number LOOP
        IF trail.number = 0 THEN
            EXECUTE 'SELECT array_agg(id) FROM installation_audit_event WHERE ' || is_found INTO events USING every;
        ELSE
            EXECUTE 'SELECT array_agg(id) FROM audit_event WHERE chapter_id = $2 AND ' || is_found INTO events USING every, trail.number;
        END IF;
        changed := erase_audit_values(trail.number, coalesce(events, '{}'));
        -- What an account at a provider is called there is its key.
        IF trail.number = 0 AND cardinality(subjects) > 0 THEN
            changed := changed + erase_audit_values(0, ARRAY(
                SELECT event.id FROM installation_audit_event AS event
                 WHERE event.entity = 'provider_account'
                   AND EXISTS (SELECT FROM unnest(subjects) AS subject WHERE strpos(event.entity_id, subject) > 0)), true);
        END IF;
        IF changed > 0 THEN
            place := CASE trail.number WHEN 0 THEN 'installation_audit_event' ELSE 'audit_event' END;
            touched := changed;
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM set_config('app.erasing', '', true);
END
$$;

-- What happens to the rows that are known to be of people ($1), of third parties ($2), or sent to addresses ($3), one after
-- another: what opens a door goes, what they wrote for themselves goes, what counts stays without a word of theirs.
CREATE OR REPLACE FUNCTION app.steps_of_erasing() RETURNS TABLE (number bigint, place text, statement text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    WITH theirs (members) AS (VALUES ('SELECT chapter_id, id FROM membership WHERE person_id = ANY ($1)'))
    SELECT step.number, step.place, replace(step.statement, '{theirs}', theirs.members)
      FROM theirs, (
    VALUES
      (1, 'recovery_code',    'DELETE FROM recovery_code WHERE person_id = ANY ($1)'),
      (2, 'second_factor',    'DELETE FROM second_factor WHERE person_id = ANY ($1)'),
      (3, 'credential',       'DELETE FROM credential WHERE person_id = ANY ($1)'),
      (4, 'session',          'DELETE FROM session WHERE person_id = ANY ($1)'),
      (5, 'one_time_link',    'DELETE FROM one_time_link WHERE person_id = ANY ($1)'),
      (6, 'api_token',        'DELETE FROM api_token WHERE person_id = ANY ($1)'),
      (7, 'person_calendar',  'DELETE FROM person_calendar WHERE person_id = ANY ($1)'),
      (8, 'provider_account', 'DELETE FROM provider_account WHERE person_id = ANY ($1)'),
      (9, 'provider_visit',   'DELETE FROM provider_visit WHERE person_id = ANY ($1)'),
      (10, 'kept_answer',     'DELETE FROM kept_answer WHERE person_id = ANY ($1)'),
      (11, 'mail',            'DELETE FROM mail WHERE person_id = ANY ($1) OR lower(to_address) = ANY ($3)'),
      (12, 'mail_wish',       'DELETE FROM mail_wish WHERE person_id = ANY ($1)'),
      (13, 'mail_stop',       'DELETE FROM mail_stop WHERE person_id = ANY ($1)'),
      (14, 'quiet_hours',     'DELETE FROM quiet_hours WHERE person_id = ANY ($1)'),
      (15, 'digest_entry',    'DELETE FROM digest_entry WHERE person_id = ANY ($1)'),
      (16, 'activity_contact', 'DELETE FROM activity_contact WHERE person_id = ANY ($1)'),
      (17, 'follow_up',       'DELETE FROM follow_up WHERE person_id = ANY ($1)'),
      (18, 'contact',         'DELETE FROM contact WHERE person_id = ANY ($1)'),
      (19, 'profile',         'DELETE FROM profile WHERE person_id = ANY ($1)'),
      (20, 'name_link',       'DELETE FROM name_link WHERE (chapter_id, membership_id) IN ({theirs})'),
      (21, 'announced_absence', 'UPDATE announced_absence SET stand_in = NULL, reason = NULL
                                  WHERE (chapter_id, membership_id) IN ({theirs}) AND num_nonnulls(stand_in, reason) > 0'),
      (22, 'absence_letter',  'UPDATE absence_letter SET subject = ''not kept any more'', body = ''not kept any more''
                                WHERE (chapter_id, membership_id) IN ({theirs}) AND body <> ''not kept any more'''),
      (23, 'appointment',     'UPDATE appointment SET place = NULL, topic = NULL
                                WHERE (inviter_person_id = ANY ($1) OR invited_person_id = ANY ($1)) AND num_nonnulls(place, topic) > 0'),
      (24, 'activity',        'UPDATE activity SET purpose = NULL, met = NULL, lesson = NULL
                                WHERE (chapter_id, membership_id) IN ({theirs}) AND num_nonnulls(purpose, met, lesson) > 0'),
      (25, 'one_to_one',      'UPDATE one_to_one SET topics = NULL
                                WHERE ((chapter_id, first_id) IN ({theirs}) OR (chapter_id, second_id) IN ({theirs})) AND topics IS NOT NULL'),
      (26, 'testimonial',     'UPDATE testimonial SET text = NULL
                                WHERE ((chapter_id, giver_id) IN ({theirs}) OR (chapter_id, receiver_id) IN ({theirs})) AND text IS NOT NULL'),
      (27, 'posting',         'UPDATE posting SET text = ''not kept any more''
                                WHERE (chapter_id, membership_id) IN ({theirs}) AND text <> ''not kept any more'''),
      (28, 'introduction',    'UPDATE introduction SET why = NULL, outcome = NULL
                                WHERE ((chapter_id, connector_id) IN ({theirs}) OR (chapter_id, first_id) IN ({theirs}) OR (chapter_id, second_id) IN ({theirs}))
                                  AND num_nonnulls(why, outcome) > 0'),
      (29, 'invoice',         'UPDATE invoice SET note = NULL, cancelled_because = CASE WHEN cancelled_because IS NOT NULL THEN ''not kept any more'' END
                                WHERE person_id = ANY ($1) AND num_nonnulls(note, cancelled_because) > 0'),
      (30, 'payment',         'UPDATE payment SET note = NULL, voided_because = CASE WHEN voided_because IS NOT NULL THEN ''not kept any more'' END
                                WHERE person_id = ANY ($1) AND num_nonnulls(note, voided_because) > 0'),
      (31, 'referral_step',   'UPDATE referral_step SET reason = CASE WHEN step = ''declined'' THEN ''not kept any more'' END
                                WHERE person_id = ANY ($1) AND reason IS NOT NULL'),
      (32, 'visitor',         'UPDATE visitor SET greeting = NULL WHERE (chapter_id, inviter_id) IN ({theirs}) AND greeting IS NOT NULL'),
      (33, 'slip_correction', 'UPDATE slip_correction SET entry = entry - ''{topics,text,why,outcome,purpose,met,lesson,greeting}''::text[]
                                WHERE EXISTS (SELECT FROM membership AS own
                                               WHERE own.chapter_id = slip_correction.chapter_id AND own.person_id = ANY ($1)
                                                 AND own.id = ANY (slip_correction.members))
                                  AND entry ?| ''{topics,text,why,outcome,purpose,met,lesson,greeting}''::text[]'),
      (34, 'closed_month_line', 'UPDATE closed_month_line AS line
                                    SET name = erased_name(home.locale, true, own.person_id),
                                        folded_name = lower(erased_name(home.locale, true, own.person_id))
                                   FROM membership AS own JOIN chapter AS home ON home.id = own.chapter_id
                                  WHERE own.person_id = ANY ($1) AND line.chapter_id = own.chapter_id AND line.membership_id = own.id'),
      (35, 'visitor_link',    'DELETE FROM visitor_link WHERE (chapter_id, visitor_id) IN (SELECT * FROM rows_at(''visitor'', $2))'),
      (36, 'visitor',         'UPDATE visitor
                                  SET name = ''somebody'', folded_name = ''somebody'', email = NULL, phone = NULL, company = NULL, greeting = NULL,
                                      declined_because = NULL, further_visit_because = CASE WHEN further_visit_because IS NOT NULL THEN ''not kept any more'' END,
                                      lost_because = CASE WHEN lost_because IS NOT NULL THEN ''not kept any more'' END,
                                      erased_at = coalesce(erased_at, this_instant())
                                WHERE (chapter_id, id) IN (SELECT * FROM rows_at(''visitor'', $2))'),
      (37, 'prospect',        'UPDATE prospect SET name = NULL, company = NULL, phone = NULL, email = NULL, erased_at = coalesce(erased_at, this_instant())
                                WHERE (chapter_id, referral_id) IN (SELECT * FROM rows_at(''prospect'', $2))'),
      (38, 'follow_up',       'UPDATE follow_up SET text = NULL, outcome = NULL
                                WHERE (chapter_id, contact_id) IN (SELECT * FROM rows_at(''contact'', $2)) AND num_nonnulls(text, outcome) > 0'),
      (39, 'contact',         'UPDATE contact
                                  SET name = ''somebody'', folded_name = ''somebody'', company = NULL, profession = NULL, phone = NULL, email = NULL,
                                      met_where = NULL, notes = NULL, is_shared = false, cadence_days = NULL, member_id = NULL, visitor_id = NULL,
                                      erased_at = coalesce(erased_at, this_instant())
                                WHERE (chapter_id, id) IN (SELECT * FROM rows_at(''contact'', $2))'),
      (40, 'application_reference', 'UPDATE application_reference SET name = ''somebody'', contact = NULL, outcome = NULL
                                WHERE (chapter_id, application_id) IN (SELECT * FROM rows_at(''application'', $2))'),
      (41, 'application',     'UPDATE application
                                  SET name = ''somebody'', folded_name = ''somebody'', company = NULL, email = NULL, phone = NULL, notes = NULL,
                                      reason = CASE WHEN reason IS NOT NULL THEN ''not kept any more'' END,
                                      erased_at = coalesce(erased_at, this_instant())
                                WHERE (chapter_id, id) IN (SELECT * FROM rows_at(''application'', $2))'),
      (42, 'membership',      'UPDATE membership
                                  SET name = erased_name(home.locale, true, person_id), folded_name = lower(erased_name(home.locale, true, person_id)),
                                      email = NULL, company = NULL, end_reason = CASE WHEN end_code = ''other'' THEN ''not kept any more'' END,
                                      overlap_reason = CASE WHEN overlap_reason IS NOT NULL THEN ''not kept any more'' END
                                 FROM chapter AS home
                                WHERE home.id = membership.chapter_id AND person_id = ANY ($1)'),
      (43, 'person',          'UPDATE person
                                  SET name = erased_name(language, EXISTS (SELECT FROM membership WHERE person_id = person.id), id),
                                      folded_name = lower(erased_name(language, EXISTS (SELECT FROM membership WHERE person_id = person.id), id)),
                                      given_name = NULL, family_name = NULL, email = NULL, phones = ''{}'', is_operator = false,
                                      disabled_at = coalesce(disabled_at, this_instant()), erased_at = coalesce(erased_at, this_instant())
                                WHERE id = ANY ($1)')) AS step (number, place, statement)
     ORDER BY step.number
$$;
