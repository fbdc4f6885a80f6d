-- Introductions in the eyes of those who have a part in them: the connector and the two introduced.

-- Who stands on a side of an introduction, in whatever chapter of the installation, and what they answered; no row for
-- somebody outside of it.
CREATE OR REPLACE FUNCTION app.introduced(of_chapter integer, slip uuid, is_first boolean, member bigint, outsider_id bigint)
    RETURNS TABLE (person_id bigint, email text, phones text[], is_accepted boolean)
    LANGUAGE sql STABLE ROWS 1
    SET search_path = app, pg_temp
AS $$
    WITH place AS (
        SELECT of_chapter AS chapter_id, member AS membership_id WHERE member IS NOT NULL
        UNION ALL
        SELECT twin.chapter_id, CASE WHEN is_first THEN twin.first_id ELSE twin.second_id END
          FROM outsider
          JOIN introduction AS twin ON twin.chapter_id = outsider.home_chapter AND twin.id = slip
         WHERE outsider.chapter_id = of_chapter AND outsider.id = outsider_id
    )
    SELECT who.person_id, coalesce(who.email, person.email), person.phones, answer.is_accepted
      FROM place
      JOIN membership AS who ON who.chapter_id = place.chapter_id AND who.id = place.membership_id
      JOIN person ON person.id = who.person_id
      LEFT JOIN introduction_answer AS answer ON answer.chapter_id = place.chapter_id AND answer.introduction_id = slip
                                             AND answer.membership_id = who.id
$$;

-- Introductions of the acting person, the newest first: as connector both answers; as one of the two the other's, and how to
-- reach them once both have accepted.
CREATE OR REPLACE FUNCTION app.own_introductions(of_chapter integer)
    RETURNS TABLE (
        id uuid, made_on date, why text, outcome text, connector text, first_name text, second_name text, part text,
        first_accepts boolean, second_accepts boolean, email text, phones text[]
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH self AS (
        SELECT membership.id FROM membership WHERE membership.chapter_id = of_chapter AND membership.person_id = acting_person()
    ), own AS (
        SELECT made.*, CASE WHEN made.first_id IN (SELECT self.id FROM self) THEN 'first'
                            WHEN made.second_id IN (SELECT self.id FROM self) THEN 'second' ELSE 'connector' END AS part
          FROM introduction AS made
         WHERE made.chapter_id = of_chapter
           AND (made.first_id IN (SELECT self.id FROM self) OR made.second_id IN (SELECT self.id FROM self)
                OR made.connector_id IN (SELECT self.id FROM self))
    )
    SELECT own.id, own.made_on, own.why, own.outcome,
           coalesce((SELECT name FROM membership WHERE chapter_id = of_chapter AND membership.id = own.connector_id),
                    (SELECT name FROM outsider WHERE chapter_id = of_chapter AND outsider.id = own.connector_outsider_id))::text,
           coalesce(own.first_name, (SELECT name FROM membership WHERE chapter_id = of_chapter AND membership.id = own.first_id),
                    (SELECT name FROM outsider WHERE chapter_id = of_chapter AND outsider.id = own.first_outsider_id))::text,
           coalesce(own.second_name, (SELECT name FROM membership WHERE chapter_id = of_chapter AND membership.id = own.second_id),
                    (SELECT name FROM outsider WHERE chapter_id = of_chapter AND outsider.id = own.second_outsider_id))::text,
           own.part, one.is_accepted, other.is_accepted,
           CASE WHEN one.is_accepted AND other.is_accepted THEN CASE own.part WHEN 'first' THEN other.email WHEN 'second' THEN one.email END END,
           CASE WHEN one.is_accepted AND other.is_accepted THEN CASE own.part WHEN 'first' THEN other.phones WHEN 'second' THEN one.phones END END
      FROM own
      LEFT JOIN LATERAL introduced(of_chapter, own.id, true, own.first_id, own.first_outsider_id) AS one ON true
      LEFT JOIN LATERAL introduced(of_chapter, own.id, false, own.second_id, own.second_outsider_id) AS other ON true
     ORDER BY own.made_on DESC, own.recorded_at DESC, own.id
     LIMIT 100;
END
$$;

-- The acting person's answer, which may be changed; false where nobody introduced them.
CREATE OR REPLACE FUNCTION app.answer_introduction(of_chapter integer, slip uuid, accepts boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN false;
    END IF;
    INSERT INTO introduction_answer (chapter_id, introduction_id, membership_id, person_id, is_accepted, answered_on)
    SELECT of_chapter, slip, own.id, own.person_id, accepts, today(of_chapter)
      FROM introduction AS made
      JOIN membership AS own ON own.chapter_id = of_chapter AND own.person_id = acting_person() AND own.id IN (made.first_id, made.second_id)
     WHERE made.chapter_id = of_chapter AND made.id = slip
        ON CONFLICT (chapter_id, introduction_id, membership_id)
        DO UPDATE SET is_accepted = EXCLUDED.is_accepted, answered_on = EXCLUDED.answered_on
         WHERE introduction_answer.is_accepted <> EXCLUDED.is_accepted;
    IF FOUND THEN
        IF accepts AND (SELECT count(*) FROM introduction AS made, (VALUES (true), (false)) AS side (is_first)
                         CROSS JOIN LATERAL introduced(of_chapter, slip, side.is_first,
                                                       CASE WHEN side.is_first THEN made.first_id ELSE made.second_id END,
                                                       CASE WHEN side.is_first THEN made.first_outsider_id ELSE made.second_outsider_id END) AS one
                         WHERE made.chapter_id = of_chapter AND made.id = slip AND one.is_accepted) = 2
        THEN
            PERFORM tell_of_introduction(slip, 'accepted');
        END IF;
        RETURN true;
    END IF;
    -- The same answer once more is none, and no mistake.
    RETURN EXISTS (SELECT FROM introduction_answer AS known
                    WHERE known.chapter_id = of_chapter AND known.introduction_id = slip AND known.person_id = acting_person());
END
$$;

-- Asks the two who are introduced, or tells all three that both would like to be; who it is about is on their page. Whoever
-- acts knows it.
CREATE OR REPLACE FUNCTION app.tell_of_introduction(slip uuid, news text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    line record;
BEGIN
    FOR line IN
        SELECT made.chapter_id, reader.person_id, coalesce(connector.name::text, outsider.name::text) AS giver
          FROM introduction AS made
          JOIN membership AS reader ON reader.chapter_id = made.chapter_id
           AND (reader.id IN (made.first_id, made.second_id) OR reader.id = made.connector_id AND news = 'accepted')
          LEFT JOIN membership AS connector ON connector.chapter_id = made.chapter_id AND connector.id = made.connector_id
          LEFT JOIN outsider ON outsider.chapter_id = made.chapter_id AND outsider.id = made.connector_outsider_id
         WHERE made.id = slip AND made.chapter_id IN (SELECT * FROM ledgers_of_slip('introduction', slip))
           AND (news = 'accepted' OR made.made_on > today(made.chapter_id) - 7)
           AND reader.person_id IS DISTINCT FROM acting_person()
    LOOP
        PERFORM tell(line.person_id, 'introduction', line.chapter_id, jsonb_build_object('giver', line.giver, 'news', news));
    END LOOP;
END
$$;

-- What came of it, as one of the three says; in the ledgers of all three. False where they have no part in it.
CREATE OR REPLACE FUNCTION app.conclude_introduction(of_chapter integer, slip uuid, what text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    made introduction;
BEGIN
    SELECT introduction.* INTO made FROM introduction
     WHERE introduction.chapter_id = of_chapter AND introduction.id = slip AND of_chapter = acting_chapter()
       AND EXISTS (SELECT FROM membership
                    WHERE membership.chapter_id = of_chapter AND membership.person_id = acting_person()
                      AND membership.id IN (introduction.connector_id, introduction.first_id, introduction.second_id));
    IF made.id IS NULL THEN
        RETURN false;
    END IF;
    UPDATE introduction SET outcome = what
     WHERE id = slip
       AND chapter_id IN (SELECT of_chapter
                          UNION
                          SELECT home_chapter FROM outsider
                           WHERE chapter_id = of_chapter
                             AND outsider.id IN (made.connector_outsider_id, made.first_outsider_id, made.second_outsider_id));
    RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION app.own_introductions, app.answer_introduction, app.conclude_introduction TO chapterhouse_app;
