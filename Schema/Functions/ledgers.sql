-- A slip between two chapters of the installation: its twin in the other ledger, under the same id. These
-- functions write one row in the other chapter, copied from the row that stands in the acting chapter, so that
-- no policy needs to be wider than its chapter.

-- The person of another chapter, as this chapter's ledger names them.
CREATE OR REPLACE FUNCTION app.outsider_of(
    in_chapter integer, wanted_name text, wanted_folded_name text, wanted_home text, wanted_folded_home text, home_id integer, batch bigint
) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    INSERT INTO outsider (chapter_id, name, folded_name, home, folded_home, home_chapter, import_batch_id)
    VALUES (in_chapter, wanted_name, wanted_folded_name, wanted_home, wanted_folded_home, home_id, batch)
    ON CONFLICT ON CONSTRAINT outsider_is_known_once DO NOTHING
    RETURNING id INTO found;
    IF found IS NULL THEN
        SELECT id INTO found FROM outsider
         WHERE chapter_id = in_chapter AND folded_home = wanted_folded_home AND folded_name IS NOT DISTINCT FROM wanted_folded_name;
    END IF;
    RETURN found;
END
$$;

-- The member of another chapter whom an outsider of the acting chapter names on a day. Where that chapter's
-- calendar has not come to the day yet, its today stands for it.
CREATE OR REPLACE FUNCTION app.member_behind(outsider_id bigint, day date) RETURNS membership
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    named  outsider;
    member membership;
    found  integer;
BEGIN
    SELECT * INTO named FROM outsider WHERE chapter_id = acting_chapter() AND id = outsider_id;
    day := least(day, today(named.home_chapter));
    SELECT count(*) INTO found FROM membership
     WHERE chapter_id = named.home_chapter AND folded_name = named.folded_name AND daterange(joined_on, ended_on, '[]') @> day;
    IF found <> 1 THEN
        RAISE EXCEPTION '% has % members named % on %', named.home, found, named.name, day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'other_chapter_knows_its_member';
    END IF;
    SELECT * INTO member FROM membership
     WHERE chapter_id = named.home_chapter AND folded_name = named.folded_name AND daterange(joined_on, ended_on, '[]') @> day;
    RETURN member;
END
$$;

-- How the other chapter's ledger names a member of the acting chapter.
CREATE OR REPLACE FUNCTION app.outsider_for(in_chapter integer, member_id bigint) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT outsider_of(in_chapter, member.name, member.folded_name, home.name, home.folded_name, home.id, NULL)
      FROM membership AS member
      JOIN chapter AS home ON home.id = member.chapter_id
     WHERE member.chapter_id = acting_chapter() AND member.id = member_id
$$;

-- How a side of a slip of the acting chapter stands in another chapter's ledger: as its member, or as an outsider.
CREATE OR REPLACE FUNCTION app.side_elsewhere(in_chapter integer, member_id bigint, outsider_id bigint, day date, OUT member bigint, OUT outsider bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    named outsider;
BEGIN
    SELECT * INTO named FROM outsider AS known WHERE known.chapter_id = acting_chapter() AND known.id = outsider_id;
    IF member_id IS NOT NULL THEN
        outsider := outsider_for(in_chapter, member_id);
    ELSIF named.home_chapter = in_chapter THEN
        member := (member_behind(outsider_id, day)).id;
    ELSIF named.id IS NOT NULL THEN
        outsider := outsider_of(in_chapter, named.name, named.folded_name, named.home, named.folded_home, named.home_chapter, NULL);
    END IF;
END
$$;

-- Enters the acting chapter's slip in the other chapter's ledger, if its other side is in this installation.
CREATE OR REPLACE FUNCTION app.enter_twin(kind text, slip uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    here     integer := acting_chapter();
    passed   referral;
    thanks   closed_business;
    talk     one_to_one;
    word     testimonial;
    made     introduction;
    place    integer;
    away     membership;
    one      membership;
BEGIN
    CASE kind
    WHEN 'referral' THEN
        SELECT * INTO passed FROM referral WHERE chapter_id = here AND id = slip;
        IF NOT EXISTS (SELECT FROM outsider WHERE chapter_id = here AND home_chapter IS NOT NULL
                          AND id = coalesce(passed.giver_outsider_id, passed.receiver_outsider_id)) THEN
            RETURN;
        END IF;
        away := member_behind(coalesce(passed.giver_outsider_id, passed.receiver_outsider_id), passed.passed_on);
        SELECT * INTO one FROM membership WHERE chapter_id = here AND id = coalesce(passed.giver_id, passed.receiver_id);
        INSERT INTO referral (chapter_id, id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id,
                              tier, need, warmth, opened_by, status, passed_on)
        VALUES (away.chapter_id, slip,
                CASE WHEN passed.giver_id IS NULL THEN away.id END,
                CASE WHEN passed.giver_id IS NOT NULL THEN outsider_for(away.chapter_id, one.id) END,
                CASE WHEN passed.giver_id IS NOT NULL THEN away.id END,
                CASE WHEN passed.giver_id IS NULL THEN outsider_for(away.chapter_id, one.id) END,
                passed.tier, passed.need, passed.warmth, passed.opened_by, passed.status, least(passed.passed_on, today(away.chapter_id)));
        INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason, person_id)
        SELECT away.chapter_id, referral_id, number, step, at, reason, person_id
          FROM referral_step WHERE chapter_id = here AND referral_id = slip;
        UPDATE prospect
           SET giver_person_id    = CASE WHEN passed.giver_id IS NULL THEN away.person_id ELSE one.person_id END,
               receiver_person_id = CASE WHEN passed.giver_id IS NULL THEN one.person_id ELSE away.person_id END
         WHERE chapter_id = here AND referral_id = slip;
        INSERT INTO prospect (chapter_id, referral_id, name, company, phone, email, giver_person_id, receiver_person_id)
        SELECT away.chapter_id, referral_id, name, company, phone, email, giver_person_id, receiver_person_id
          FROM prospect WHERE chapter_id = here AND referral_id = slip;
    WHEN 'thanks' THEN
        SELECT * INTO thanks FROM closed_business WHERE chapter_id = here AND id = slip;
        IF NOT EXISTS (SELECT FROM outsider WHERE chapter_id = here AND home_chapter IS NOT NULL AND name IS NOT NULL
                          AND id = coalesce(thanks.earner_outsider_id, thanks.thanked_outsider_id)) THEN
            RETURN;
        END IF;
        away := member_behind(coalesce(thanks.earner_outsider_id, thanks.thanked_outsider_id), thanks.closed_on);
        IF thanks.earner_outsider_id IS NULL THEN
            -- Our member earned, theirs is thanked. Who earned stays here: the other ledger knows the chapter only.
            INSERT INTO closed_business (chapter_id, id, earner_outsider_id, thanked_id, amount, currency, closed_on, is_repeat, tier)
            SELECT away.chapter_id, slip,
                   outsider_of(away.chapter_id, NULL, NULL, home.name, home.folded_name, home.id, NULL),
                   away.id, thanks.amount, thanks.currency, least(thanks.closed_on, today(away.chapter_id)), thanks.is_repeat, thanks.tier
              FROM chapter AS home WHERE home.id = here;
        ELSE
            INSERT INTO closed_business (chapter_id, id, thanked_outsider_id, amount, currency, closed_on, is_repeat, tier)
            VALUES (away.chapter_id, slip, outsider_for(away.chapter_id, thanks.thanked_id),
                    thanks.amount, thanks.currency, least(thanks.closed_on, today(away.chapter_id)), thanks.is_repeat, thanks.tier);
            INSERT INTO closed_business_earner (chapter_id, closed_business_id, membership_id, person_id)
            VALUES (away.chapter_id, slip, away.id, away.person_id);
        END IF;
    WHEN 'one-to-one' THEN
        SELECT * INTO talk FROM one_to_one WHERE chapter_id = here AND id = slip;
        IF NOT EXISTS (SELECT FROM outsider WHERE chapter_id = here AND home_chapter IS NOT NULL AND id = talk.second_outsider_id) THEN
            RETURN;
        END IF;
        away := member_behind(talk.second_outsider_id, talk.met_on);
        INSERT INTO one_to_one (chapter_id, id, first_id, second_outsider_id, met_on, minutes, place, topics,
                                cost_of_first, cost_of_second, currency)
        VALUES (away.chapter_id, slip, away.id, outsider_for(away.chapter_id, talk.first_id),
                least(talk.met_on, today(away.chapter_id)), talk.minutes, talk.place, talk.topics, talk.cost_of_second, talk.cost_of_first, talk.currency);
    WHEN 'testimonial' THEN
        SELECT * INTO word FROM testimonial WHERE chapter_id = here AND id = slip;
        IF NOT EXISTS (SELECT FROM outsider WHERE chapter_id = here AND home_chapter IS NOT NULL
                          AND id = coalesce(word.giver_outsider_id, word.receiver_outsider_id)) THEN
            RETURN;
        END IF;
        away := member_behind(coalesce(word.giver_outsider_id, word.receiver_outsider_id), word.given_on);
        INSERT INTO testimonial (chapter_id, id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, text, given_on)
        VALUES (away.chapter_id, slip,
                CASE WHEN word.giver_id IS NULL THEN away.id END,
                CASE WHEN word.giver_id IS NOT NULL THEN outsider_for(away.chapter_id, word.giver_id) END,
                CASE WHEN word.giver_id IS NOT NULL THEN away.id END,
                CASE WHEN word.giver_id IS NULL THEN outsider_for(away.chapter_id, word.receiver_id) END,
                word.text, least(word.given_on, today(away.chapter_id)));
    WHEN 'introduction' THEN
        -- Three people may be of three chapters.
        SELECT * INTO made FROM introduction WHERE chapter_id = here AND id = slip;
        FOR place IN
            SELECT DISTINCT home_chapter FROM outsider
             WHERE chapter_id = here AND home_chapter IS NOT NULL AND name IS NOT NULL
               AND id IN (made.connector_outsider_id, made.first_outsider_id, made.second_outsider_id)
             ORDER BY home_chapter
        LOOP
            INSERT INTO introduction (chapter_id, id, connector_id, connector_outsider_id, first_id, first_outsider_id, first_name,
                                      second_id, second_outsider_id, second_name, why, made_on)
            SELECT place, slip, connector.member, connector.outsider, one_side.member, one_side.outsider, made.first_name,
                   other_side.member, other_side.outsider, made.second_name, made.why, least(made.made_on, today(place))
              FROM side_elsewhere(place, made.connector_id, made.connector_outsider_id, made.made_on) AS connector
             CROSS JOIN side_elsewhere(place, made.first_id, made.first_outsider_id, made.made_on) AS one_side
             CROSS JOIN side_elsewhere(place, made.second_id, made.second_outsider_id, made.made_on) AS other_side;
        END LOOP;
    END CASE;
END
$$;

-- Moves a referral, in the other chapter's ledger too; the last step is the status.
CREATE OR REPLACE FUNCTION app.move_referral(slip uuid, wanted_step text, wanted_reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    ledger record;
    moment timestamptz := clock_timestamp();
BEGIN
    FOR ledger IN
        SELECT chapter_id FROM referral
         WHERE id = slip
           AND (chapter_id = acting_chapter()
                OR chapter_id = (SELECT outsider.home_chapter
                                   FROM referral AS own
                                   JOIN outsider ON outsider.chapter_id = own.chapter_id
                                                AND outsider.id = coalesce(own.giver_outsider_id, own.receiver_outsider_id)
                                  WHERE own.chapter_id = acting_chapter() AND own.id = slip))
         ORDER BY chapter_id
           FOR UPDATE
    LOOP
        INSERT INTO referral_step (chapter_id, referral_id, number, step, at, reason, person_id)
        SELECT ledger.chapter_id, slip, coalesce(max(number), 0) + 1, wanted_step, moment, wanted_reason, acting_person()
          FROM referral_step WHERE chapter_id = ledger.chapter_id AND referral_id = slip;
        UPDATE referral SET status = wanted_step WHERE chapter_id = ledger.chapter_id AND id = slip;
    END LOOP;
    -- Whoever takes it back meanwhile comes first.
    RETURN FOUND;
END
$$;

-- Whether somebody gave or received a referral, or stands in the chain that it began: whoever received it may pass on
-- what came of it, and so on, until the day asked about. A member is meant in all their memberships of the chapter.
CREATE OR REPLACE FUNCTION app.has_part_in(of_chapter integer, slip uuid, member bigint, outsider bigint, through date) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    WITH RECURSIVE self AS (
        SELECT other.id FROM membership AS one
          JOIN membership AS other ON other.chapter_id = of_chapter AND other.person_id = one.person_id
         WHERE one.chapter_id = of_chapter AND one.id = member
    ), chain (giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, passed_on) AS (
        SELECT giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, passed_on
          FROM referral WHERE chapter_id = of_chapter AND id = slip AND passed_on <= through
        UNION
        SELECT NULL, NULL, further.receiver_id, further.receiver_outsider_id, further.passed_on
          FROM chain
          JOIN referral AS further ON further.chapter_id = of_chapter AND further.passed_on BETWEEN chain.passed_on AND through
                                  AND (further.giver_id = chain.receiver_id OR further.giver_outsider_id = chain.receiver_outsider_id)
    )
    SELECT EXISTS (
        SELECT FROM chain
         WHERE giver_id IN (SELECT id FROM self) OR receiver_id IN (SELECT id FROM self)
            OR giver_outsider_id = outsider OR receiver_outsider_id = outsider
    )
$$;

GRANT EXECUTE ON FUNCTION app.outsider_of, app.enter_twin, app.move_referral, app.has_part_in TO chapterhouse_app;
