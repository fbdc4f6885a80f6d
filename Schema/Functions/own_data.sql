-- All that is kept about a person, for that person: in every chapter at once, of every table.

-- Every column that says of whom a row is, and what of the row is theirs to have: what it is called `as` there, which of its
-- columns stay `without` (a list that begins with = names those that go along instead), and which rows are `provided` alone. A
-- column of `nothing` gives no row, and says why.
CREATE OR REPLACE FUNCTION app.places_of_people()
    RETURNS TABLE (place text, column_name text, whose text, as_what text, without text, provided text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT split_part(named, '.', 1), split_part(named, '.', 2), whose,
           CASE named WHEN 'person.id' THEN 'person' WHEN 'closed_business.id' THEN 'earner'
                      ELSE regexp_replace(split_part(named, '.', 2), '(_person)?_id$', '') END,
           without, coalesce(provided, 'true')
      FROM (VALUES
          ('absence_letter.drafted_by',       'nothing', 'what an officer does stands in the trail', NULL),
          ('absence_letter.given_by',         'nothing', 'what an officer does stands in the trail', NULL),
          ('absence_letter.person_id',        'person', 'drafted_by,given_by', 't.given_on IS NOT NULL'),
          ('access_event.about',              'people', 'about,records,person_id,request_id', NULL),
          ('access_event.person_id',          'person', 'about,records,request_id', NULL),
          ('activity.membership_id',          'member', '', NULL),
          ('activity_contact.person_id',      'person', '', NULL),
          ('announced_absence.membership_id', 'member', '', NULL),
          ('api_token.person_id',             'person', 'secret_hash', NULL),
          -- What a committee notes and hears of an applicant is the committee's.
          ('application.email',               'address', 'folded_name,notes,reason',
               '(t.membership_id IS NULL OR (t.chapter_id, t.membership_id) NOT IN {mine})'),
          ('application.membership_id',       'member', 'folded_name,notes,reason', NULL),
          ('application.sponsor_id',          'member', '=id,name,applied_on,decision,decided_on', NULL),
          ('application_vote.person_id',      'person', '', NULL),
          ('appointment.invited_person_id',   'person', '', NULL),
          ('appointment.inviter_person_id',   'person', '', NULL),
          ('audit_event.person_id',           'person', 'before,after,request_id', NULL),
          ('closed_business.id',              'earned', '', NULL),
          -- Who earned is told to nobody, nor by which referral it could be guessed.
          ('closed_business.thanked_id',      'member', 'earner_outsider_id,referral_id,import_batch_id', NULL),
          ('closed_business_earner.person_id', 'nothing', 'stands with what was closed', NULL),
          ('closed_month.closed_by',          'nothing', 'what an officer does stands in the trail', NULL),
          ('closed_month.reopened_by',        'nothing', 'what an officer does stands in the trail', NULL),
          ('closed_month_change.person_id',   'nothing', 'what an officer does stands in the trail', NULL),
          ('closed_month_line.membership_id', 'member', 'folded_name', NULL),
          ('contact.member_id',               'nothing', 'what somebody else notes is theirs alone', NULL),
          ('contact.person_id',               'person', 'folded_name', NULL),
          ('credential.person_id',            'person', 'password_hash', NULL),
          ('digest_entry.person_id',          'person', '', NULL),
          ('director.person_id',              'person', '', NULL),
          ('education_unit.membership_id',    'member', '', NULL),
          ('erasure.person_id',               'nothing', 'whoever was erased is nobody any more', NULL),
          ('follow_up.member_id',             'nothing', 'what somebody else notes is theirs alone', NULL),
          ('follow_up.person_id',             'person', '', NULL),
          ('import_batch.imported_by',        'nothing', 'what an officer does stands in the trail', NULL),
          ('imported_summary_line.membership_id', 'member', '', NULL),
          ('installation_audit_event.person_id', 'person', 'before,after,request_id', NULL),
          ('introduction.connector_id',       'member', '', NULL),
          ('introduction.first_id',           'member', '', NULL),
          ('introduction.second_id',          'member', '', NULL),
          ('introduction_answer.person_id',   'person', '', NULL),
          ('invoice.person_id',               'person', '', NULL),
          ('kept_answer.person_id',           'person', 'request_hash,body', NULL),
          ('mail.person_id',                  'person', 'body,facts,message_id,last_trouble', NULL),
          ('mail_stop.person_id',             'person', 'secret_hash', NULL),
          ('mail_wish.person_id',             'person', '', NULL),
          ('mark.membership_id',              'member', '', NULL),
          ('meeting_part.membership_id',      'member', '', NULL),
          ('membership.mentor_id',            'member', '=id,name,joined_on', NULL),
          ('membership.person_id',            'person', 'folded_name', NULL),
          ('membership.sponsor_id',           'member', '=id,name,joined_on', NULL),
          ('membership_leave.membership_id',  'member', '', NULL),
          ('membership_valuation.person_id',  'person', '', NULL),
          ('name_link.membership_id',         'member', '', NULL),
          ('office.person_id',                'person', '', NULL),
          ('one_time_link.person_id',         'person', 'secret_hash', NULL),
          ('one_to_one.first_id',             'member', 'cost_of_second', NULL),
          ('one_to_one.second_id',            'member', 'cost_of_first', NULL),
          ('payment.person_id',               'person', '', NULL),
          ('person.id',                       'person', 'folded_name', NULL),
          ('person.merged_into',              'nothing', 'a record that has become part of this one, and is empty', NULL),
          ('person_calendar.person_id',       'person', 'secret_hash', NULL),
          ('posting.answered_by',             'member', '', NULL),
          ('posting.membership_id',           'member', '', NULL),
          ('profile.person_id',               'person', '', NULL),
          -- How to reach somebody who is no member is for those who are to reach them, on the referral's own page.
          ('prospect.email',                  'address', '=name,company,phone,email', NULL),
          ('prospect.giver_person_id',        'person', 'receiver_person_id,phone,email', NULL),
          ('prospect.receiver_person_id',     'person', 'giver_person_id,phone,email', NULL),
          ('provider_account.person_id',      'person', '', NULL),
          ('provider_visit.person_id',        'nothing', 'a sign-in under way, over in minutes', NULL),
          ('quiet_hours.person_id',           'person', '', NULL),
          ('recovery_code.person_id',         'person', 'code_hash', NULL),
          ('referral.giver_id',               'member', '', NULL),
          ('referral.receiver_id',            'member', '', NULL),
          ('referral_step.person_id',         'nothing', 'stands with the referral, or in the trail', NULL),
          ('referral_step.referral_id',       'referral', '', NULL),
          ('return_to_date.membership_id',    'nothing', 'sums of what stands elsewhere', NULL),
          ('second_factor.person_id',         'person', 'secret,last_step', NULL),
          ('session.person_id',               'person', 'secret_hash', NULL),
          ('slip_correction.corrected_by',    'nothing', 'what an officer does stands in the trail', NULL),
          ('slip_correction.members',         'members', 'members,entry,corrected_by', NULL),
          ('testimonial.giver_id',            'member', '', NULL),
          ('testimonial.receiver_id',         'member', '', NULL),
          ('visitor.email',                   'address', 'folded_name,folded_profession,lost_because,further_visit_because', NULL),
          ('visitor.inviter_id',              'member', '=id,name,kind,visit_on,came,status', NULL),
          ('webhook.made_by',                 'nothing', 'what an officer does stands in the trail', NULL))
          AS each (named, whose, without, provided)
$$;

-- Amounts of money among the columns, and where their currency stands.
CREATE OR REPLACE FUNCTION app.places_of_money() RETURNS TABLE (place text, column_name text, currency text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = app, pg_temp
AS $$
    SELECT split_part(named, '.', 1), split_part(named, '.', 2), currency
      FROM (VALUES
          ('activity.money', 't.currency'), ('closed_business.amount', 't.currency'), ('invoice.amount', 't.currency'),
          ('one_to_one.cost_of_first', 't.currency'), ('one_to_one.cost_of_second', 't.currency'), ('payment.amount', 't.currency'),
          ('membership_valuation.value_of_hour', 'home.currency'), ('closed_month_line.dues', 'home.currency'),
          ('closed_month_line.fees', 'home.currency'), ('closed_month_line.spent', 'home.currency'),
          ('closed_month_line.time_value', 'home.currency'), ('closed_month_line.received', 'home.currency'),
          ('closed_month_line.received_outside', 'home.currency'), ('closed_month_line.profit', 'home.currency'),
          ('closed_month_line.given', 'home.currency'), ('closed_month_line.given_outside', 'home.currency'))
          AS each (named, currency)
$$;

-- An amount in minor units as the API writes money.
CREATE OR REPLACE FUNCTION app.money_in_words(minor_units numeric, of_currency text) RETURNS jsonb
    LANGUAGE sql STABLE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT jsonb_build_object('amount', round(minor_units / 10::numeric ^ decimals, decimals::integer)::text, 'currency', of_currency)
      FROM currency WHERE code = of_currency
$$;

-- The statement that reads what one column leads to of a person ($1): as the name of the chapter, and the row.
CREATE OR REPLACE FUNCTION app.statement_of_own_data(of_place text, of_column text, whose text, without text, provided text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    mine    constant text := '(SELECT own.chapter_id, own.id FROM membership AS own WHERE own.person_id = $1)';
    home    constant boolean := EXISTS (SELECT FROM pg_attribute
                                         WHERE attrelid = format('app.%I', of_place)::regclass AND attname = 'chapter_id' AND NOT attisdropped);
    listed  constant text[] := string_to_array(ltrim(without, '='), ',');
    columns text[];
    said    text;
    more    text;
BEGIN
    columns := ARRAY(
        SELECT attname::text FROM pg_attribute
         WHERE attrelid = format('app.%I', of_place)::regclass AND attnum > 0 AND NOT attisdropped
           AND attname <> 'chapter_id' AND (attname <> 'person_id' OR attname <> of_column)
           AND (attname = ANY (listed)) = (without LIKE '=%')
         ORDER BY attnum);
    SELECT string_agg(format(CASE WHEN money.currency IS NULL THEN '%1$L, t.%1$I' ELSE '%1$L, money_in_words(t.%1$I, %2$s)' END, name, money.currency), ', ' ORDER BY each.number)
      INTO said
      FROM unnest(columns) WITH ORDINALITY AS each (name, number)
      LEFT JOIN places_of_money() AS money ON money.place = of_place AND money.column_name = each.name;
    -- Beside the number of a member, an outsider, a meeting or a region, what they are called.
    SELECT string_agg(format(', %L, %s', regexp_replace(name, '(_person)?_id$', '') || CASE WHEN name ~ '_id$' THEN '' ELSE '_name' END, named), '' ORDER BY each.number)
      INTO more
      FROM unnest(columns) WITH ORDINALITY AS each (name, number),
           LATERAL (SELECT format(CASE confrelid::regclass::text
                                  WHEN 'membership' THEN '(SELECT name FROM membership AS one WHERE one.chapter_id = t.chapter_id AND one.id = t.%I)'
                                  WHEN 'outsider' THEN '(SELECT concat_ws('' @ '', one.name, one.home) FROM outsider AS one WHERE one.chapter_id = t.chapter_id AND one.id = t.%I)'
                                  WHEN 'meeting' THEN '(SELECT local_date FROM meeting AS one WHERE one.chapter_id = t.chapter_id AND one.id = t.%I)'
                                  WHEN 'seat' THEN '(SELECT title FROM seat AS one WHERE one.chapter_id = t.chapter_id AND one.id = t.%I)'
                                  WHEN 'region' THEN '(SELECT slug FROM region AS one WHERE one.id = t.%I)' END, name) AS named
                      FROM pg_constraint
                      JOIN pg_attribute ON attrelid = conrelid AND attname = each.name
                     WHERE contype = 'f' AND conrelid = format('app.%I', of_place)::regclass
                       AND conkey[CASE WHEN cardinality(conkey) = 1 THEN 1 ELSE 2 END] = attnum
                     LIMIT 1) AS known
     WHERE known.named IS NOT NULL;
    IF of_place = 'access_event' THEN
        more := ', ''by'', (SELECT name FROM person AS one WHERE one.id = t.person_id)';
    END IF;
    RETURN format(
        'SELECT %s, jsonb_strip_nulls(jsonb_build_object(%s%s)) FROM %I AS t %s WHERE %s AND %s ORDER BY %s',
        CASE WHEN home THEN 'home.slug' ELSE 'NULL::text' END,
        said, coalesce(more, ''), of_place,
        CASE WHEN home THEN 'JOIN chapter AS home ON home.id = t.chapter_id' ELSE '' END,
        CASE whose
        WHEN 'person' THEN format('t.%I = $1', of_column)
        WHEN 'people' THEN format('$1 = ANY (t.%I)', of_column)
        WHEN 'member' THEN format('(t.chapter_id, t.%I) IN %s', of_column, mine)
        WHEN 'members' THEN format('EXISTS (SELECT FROM membership AS own WHERE own.person_id = $1 AND own.chapter_id = t.chapter_id AND own.id = ANY (t.%I))', of_column)
        WHEN 'address' THEN format('t.%I = (SELECT own.email FROM person AS own WHERE own.id = $1)', of_column)
        WHEN 'earned' THEN format('(t.chapter_id, t.%I) IN (SELECT earner.chapter_id, earner.closed_business_id FROM closed_business_earner AS earner WHERE earner.person_id = $1)', of_column)
        WHEN 'referral' THEN format('(t.chapter_id, t.%I) IN (SELECT slip.chapter_id, slip.id FROM referral AS slip
                                      WHERE (slip.chapter_id, slip.giver_id) IN %2$s OR (slip.chapter_id, slip.receiver_id) IN %2$s)', of_column, mine)
        END,
        replace(provided, '{mine}', mine),
        (SELECT string_agg('t.' || quote_ident(attname), ', ' ORDER BY position)
           FROM pg_index, unnest(indkey) WITH ORDINALITY AS key (number, position)
           JOIN pg_attribute ON attnum = key.number
          WHERE attrelid = indrelid AND indrelid = format('app.%I', of_place)::regclass AND indisprimary));
END
$$;

-- All that is kept about a person, a row each, under the name of its table and of the column by which it is theirs; to be asked
-- by themselves, or by the operator's shell. That it was asked for stands in the trail.
CREATE OR REPLACE FUNCTION app.own_data(whom bigint) RETURNS TABLE (place text, as_what text, slug text, said jsonb)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    known record;
BEGIN
    IF whom IS DISTINCT FROM acting_person() AND NOT may('everything') THEN
        RAISE EXCEPTION 'what is kept about somebody is for them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR known IN SELECT * FROM places_of_people() AS every WHERE every.whose <> 'nothing' ORDER BY every.place, every.column_name LOOP
        place := known.place;
        as_what := known.as_what;
        FOR slug, said IN EXECUTE statement_of_own_data(known.place, known.column_name, known.whose, known.without, known.provided) USING whom LOOP
            RETURN NEXT;
        END LOOP;
    END LOOP;
    INSERT INTO installation_audit_event (door, person_id, request_id, action, entity, entity_id, changed)
    VALUES (acting_door(), acting_person(), acting_request(), 'export', 'person', whom::text, '{}');
    IF whom IS DISTINCT FROM acting_person() THEN
        INSERT INTO access_event (chapter_id, door, person_id, request_id, seen, about)
        SELECT DISTINCT membership.chapter_id, acting_door(), acting_person(), acting_request(), 'own-data', ARRAY[whom]
          FROM membership WHERE membership.person_id = whom;
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION app.own_data TO chapterhouse_app;
