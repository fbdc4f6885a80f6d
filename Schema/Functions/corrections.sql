-- Corrections: an entry goes out of the ledger, and is kept; what replaces it was entered before.

-- Takes a slip out of the acting chapter's ledger, and its twins out of the others'; returns the correction, null where
-- there is no such slip.
CREATE OR REPLACE FUNCTION app.correct_slip(kind text, wrong uuid, replacement uuid, why text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    here    integer := acting_chapter();
    tables  text    := CASE kind WHEN 'thanks' THEN 'closed_business' WHEN 'one-to-one' THEN 'one_to_one'
                                 WHEN 'education' THEN 'education_unit' ELSE kind END;
    gone    jsonb;
    ledgers integer[];
    place   integer;
BEGIN
    IF NOT may('correct-slips') THEN
        RAISE EXCEPTION 'a correction takes the right correct-slips' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF tables NOT IN ('referral', 'closed_business', 'one_to_one', 'testimonial', 'introduction', 'education_unit', 'visitor', 'activity') THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT to_jsonb(entry) FROM %I AS entry WHERE entry.chapter_id = $1 AND entry.id = $2 FOR UPDATE', tables)
       INTO gone USING here, wrong;
    IF gone IS NULL THEN
        RETURN NULL;
    END IF;
    -- Its twins stand under the same id in the chapters of the people whom it names.
    SELECT array_agg(DISTINCT home ORDER BY home) INTO ledgers
      FROM (SELECT here AS home
            UNION
            SELECT outsider.home_chapter FROM outsider
             WHERE outsider.chapter_id = here AND outsider.home_chapter IS NOT NULL
               AND outsider.id::text IN (gone ->> 'giver_outsider_id', gone ->> 'receiver_outsider_id', gone ->> 'earner_outsider_id',
                                         gone ->> 'thanked_outsider_id', gone ->> 'second_outsider_id', gone ->> 'first_outsider_id',
                                         gone ->> 'connector_outsider_id')) AS named;
    FOREACH place IN ARRAY ledgers LOOP
        PERFORM take_out(place, kind, tables, wrong, replacement, why);
    END LOOP;
    RETURN (SELECT id FROM slip_correction WHERE chapter_id = here AND slip_id = wrong);
END
$$;

-- The same in one ledger.
CREATE OR REPLACE FUNCTION app.take_out(place integer, kind text, tables text, wrong uuid, replacement uuid, why text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    gone   jsonb;
    earner bigint;
    stays  uuid;
    other  referral;
BEGIN
    EXECUTE format('SELECT to_jsonb(entry) FROM %I AS entry WHERE entry.chapter_id = $1 AND entry.id = $2 FOR UPDATE', tables)
       INTO gone USING place, wrong;
    IF gone IS NULL THEN
        RETURN;
    END IF;
    IF kind = 'referral' THEN
        SELECT * INTO other FROM referral WHERE chapter_id = place AND id = replacement;
        stays := other.id;
        IF stays IS NOT NULL THEN
            -- What became of it, whom it is about and who thanked for it go with the entry that takes its place.
            DELETE FROM referral_step WHERE chapter_id = place AND referral_id = stays;
            UPDATE referral_step SET referral_id = stays WHERE chapter_id = place AND referral_id = wrong;
            UPDATE referral SET status = gone ->> 'status' WHERE chapter_id = place AND id = stays AND status <> gone ->> 'status';
            UPDATE closed_business SET referral_id = stays WHERE chapter_id = place AND referral_id = wrong;
            IF NOT EXISTS (SELECT FROM prospect WHERE chapter_id = place AND referral_id = stays) THEN
                UPDATE prospect
                   SET referral_id = stays,
                       giver_person_id = CASE WHEN other.giver_id IS NULL THEN giver_person_id
                                              ELSE (SELECT person_id FROM membership WHERE chapter_id = place AND id = other.giver_id) END,
                       receiver_person_id = CASE WHEN other.receiver_id IS NOT NULL
                                                 THEN (SELECT person_id FROM membership WHERE chapter_id = place AND id = other.receiver_id)
                                                 WHEN other.receiver_outsider_id::text = gone ->> 'receiver_outsider_id' THEN receiver_person_id END
                 WHERE chapter_id = place AND referral_id = wrong;
            END IF;
        ELSIF EXISTS (SELECT FROM closed_business WHERE chapter_id = place AND referral_id = wrong) THEN
            RAISE EXCEPTION 'thanks cite the referral'
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'referral_is_cited_by_thanks', TABLE = 'referral';
        END IF;
        DELETE FROM referral_step WHERE chapter_id = place AND referral_id = wrong;
        DELETE FROM prospect WHERE chapter_id = place AND referral_id = wrong;
    ELSIF kind = 'thanks' THEN
        DELETE FROM closed_business_earner WHERE chapter_id = place AND closed_business_id = wrong RETURNING membership_id INTO earner;
        gone := gone || jsonb_strip_nulls(jsonb_build_object('earner_id', earner));
    END IF;
    EXECUTE format('DELETE FROM %I WHERE chapter_id = $1 AND id = $2', tables) USING place, wrong;
    INSERT INTO slip_correction (chapter_id, slip, slip_id, replacement_id, day, corrected_by, reason, members, entry)
    SELECT place, kind, wrong, replacement,
           (coalesce(gone ->> 'passed_on', gone ->> 'closed_on', gone ->> 'met_on', gone ->> 'given_on', gone ->> 'made_on',
                     gone ->> 'done_on', gone ->> 'visit_on'))::date,
           acting_person(), why,
           ARRAY(SELECT DISTINCT (gone ->> named)::bigint
                   FROM unnest(ARRAY['giver_id', 'receiver_id', 'thanked_id', 'earner_id', 'first_id', 'second_id', 'connector_id',
                                     'membership_id', 'inviter_id']) AS named
                  WHERE gone ->> named IS NOT NULL),
           gone - '{email,phone}'::text[];
END
$$;

-- A member or an outsider whom an entry named, or 'visitor' and 'chapter'.
CREATE OR REPLACE FUNCTION app.named_in(of_chapter integer, entry jsonb, side text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN coalesce(
        (SELECT membership.name FROM membership WHERE membership.chapter_id = of_chapter AND membership.id = (entry ->> (side || '_id'))::bigint),
        (SELECT coalesce(outsider.name, 'somebody') || CASE WHEN outsider.home = '' THEN '' ELSE ' @ ' || outsider.home END
           FROM outsider WHERE outsider.chapter_id = of_chapter AND outsider.id = (entry ->> (side || '_outsider_id'))::bigint),
        entry ->> (side || '_name'), entry ->> (side || '_visitor'),
        CASE WHEN (entry ->> (side || '_chapter'))::boolean THEN 'the chapter' END,
        'somebody');
END
$$;

-- What was corrected of some days: all of it to who may see the chapter's reports, to members what named them. Who
-- earned is not told.
CREATE OR REPLACE FUNCTION app.corrections(of_chapter integer, from_day date, to_day date, of_member bigint DEFAULT NULL)
    RETURNS TABLE (id uuid, slip text, slip_id uuid, replacement_id uuid, day date, was text, corrected_at timestamptz, corrected_by text, reason text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT kept.id, kept.slip, kept.slip_id, kept.replacement_id, kept.day,
           CASE kept.slip
           WHEN 'referral' THEN format('%s to %s, tier %s, warmth %s', named_in(of_chapter, kept.entry, 'giver'),
                                       CASE WHEN kept.entry ->> 'unplaced_profession' IS NULL THEN named_in(of_chapter, kept.entry, 'receiver')
                                            ELSE 'nobody (' || (kept.entry ->> 'unplaced_profession') || ')' END,
                                       kept.entry ->> 'tier', coalesce(kept.entry ->> 'warmth', '–'))
           WHEN 'thanks' THEN format('%s %s to %s',
                                     printed_amount((kept.entry ->> 'amount')::numeric, (SELECT currency.decimals FROM currency WHERE code = kept.entry ->> 'currency')),
                                     kept.entry ->> 'currency', named_in(of_chapter, kept.entry, 'thanked'))
           WHEN 'one-to-one' THEN format('%s and %s, %s minutes', named_in(of_chapter, kept.entry, 'first'), named_in(of_chapter, kept.entry, 'second'),
                                         coalesce(kept.entry ->> 'minutes', '–'))
           WHEN 'testimonial' THEN format('%s for %s', named_in(of_chapter, kept.entry, 'giver'), named_in(of_chapter, kept.entry, 'receiver'))
           WHEN 'introduction' THEN format('%s: %s and %s', named_in(of_chapter, kept.entry, 'connector'), named_in(of_chapter, kept.entry, 'first'),
                                           named_in(of_chapter, kept.entry, 'second'))
           WHEN 'education' THEN format('%s, %s hours', named_in(of_chapter, kept.entry, 'membership'), kept.entry ->> 'units')
           WHEN 'visitor' THEN format('invited by %s, %s', named_in(of_chapter, kept.entry, 'inviter'), kept.entry ->> 'kind')
           ELSE format('%s, %s, %s minutes', named_in(of_chapter, kept.entry, 'membership'), kept.entry ->> 'kind', kept.entry ->> 'minutes')
           END,
           kept.corrected_at, author.name::text, kept.reason
      FROM slip_correction AS kept
      LEFT JOIN person AS author ON author.id = kept.corrected_by
     WHERE kept.chapter_id = of_chapter AND kept.day BETWEEN from_day AND to_day
       AND (of_member IS NULL OR of_member = ANY (kept.members) AND of_member::text IS DISTINCT FROM kept.entry ->> 'earner_id')
       AND (may('see-chapter-reports')
            OR EXISTS (SELECT FROM membership
                        WHERE membership.chapter_id = of_chapter AND membership.id = ANY (kept.members) AND membership.person_id = acting_person()))
     ORDER BY kept.corrected_at DESC, kept.id
     LIMIT 1000;
END
$$;

GRANT EXECUTE ON FUNCTION app.correct_slip, app.corrections TO chapterhouse_app;
