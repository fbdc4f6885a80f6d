-- Nobody comes to buy (domain page §1, 5): what a member needs is held beside what others do, offer and know.

-- How PostgreSQL reads the words of a chapter.
CREATE OR REPLACE FUNCTION app.words_of(of_chapter integer) RETURNS regconfig
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT CASE left(locale, 2) WHEN 'de' THEN 'german' WHEN 'en' THEN 'english' ELSE 'simple' END::regconfig
      FROM chapter WHERE id = of_chapter
$$;

-- The chapters of whose members a need may know, and in whose eyes: the chapter's own, and where it lets its needs be seen
-- in the region, those of the region that do so too.
CREATE OR REPLACE FUNCTION app.chapters_in_reach(of_chapter integer) RETURNS TABLE (id integer, name text, today date)
    LANGUAGE sql STABLE ROWS 10
    SET search_path = app, pg_temp
AS $$
    WITH reach AS (
        SELECT chapter.id, chapter.name, chapter.region_id, today(chapter.id) AS today,
               (SELECT policy.needs_are_seen_in FROM policy
                 WHERE policy.chapter_id = chapter.id
                 ORDER BY policy.valid_from <= today(chapter.id) DESC,
                          CASE WHEN policy.valid_from <= today(chapter.id) THEN policy.valid_from END DESC, policy.valid_from
                 LIMIT 1) AS seen_in
          FROM chapter AS own
          JOIN chapter ON chapter.id = own.id OR chapter.region_id = own.region_id
         WHERE own.id = of_chapter AND (chapter.id = own.id OR chapter.status = 'active')
    )
    SELECT reach.id, reach.name, reach.today FROM reach
     WHERE reach.id = of_chapter
        OR reach.seen_in = 'region' AND EXISTS (SELECT FROM reach AS own WHERE own.id = of_chapter AND own.seen_in = 'region')
$$;

-- Who could answer a need, the closest first: members by their seat, their offers that still stand and what they tell of
-- their skills and networks; and cards that members share. `closeness` is 1 for the profession that was named, and else how
-- much the words are alike, from 0 to 1. What a need says counts as a whole, each of its words alone: one is enough. Of other
-- chapters in reach their seats and offers are held beside it, and their members named with the chapter, without a number.
CREATE OR REPLACE FUNCTION app.matches(of_chapter integer, need uuid)
    RETURNS TABLE (by text, member_id bigint, member_name text, about text, closeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted   posting;
    reading  regconfig := words_of(of_chapter);
    sought   tsquery;
    -- The profession where there is one: the text of a need has many words that say nothing of a trade.
    trade    text;
BEGIN
    SELECT * INTO wanted FROM posting WHERE chapter_id = of_chapter AND id = need AND kind = 'need';
    IF wanted.id IS NULL OR of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-roster') THEN
        RETURN;
    END IF;
    trade := coalesce(wanted.profession, lower(wanted.text));
    -- Any of its words, without those that every sentence has.
    SELECT string_agg(quote_literal(word), ' | ')::tsquery INTO sought
      FROM unnest(tsvector_to_array(to_tsvector(reading, concat_ws(' ', wanted.text, wanted.profession)))) AS word;
    RETURN QUERY
    WITH other AS (
        SELECT known.chapter_id, known.id, home.today, seat.profession, seat.title,
               known.name || CASE WHEN known.chapter_id = of_chapter THEN '' ELSE ' @ ' || home.name END AS name,
               CASE WHEN known.chapter_id = of_chapter THEN known.id END AS number
          FROM chapters_in_reach(of_chapter) AS home
          JOIN membership AS known ON known.chapter_id = home.id AND home.today BETWEEN known.joined_on AND coalesce(known.ended_on, 'infinity')
          LEFT JOIN seat ON seat.chapter_id = known.chapter_id AND seat.id = known.seat_id
         WHERE known.person_id <> (SELECT poster.person_id FROM membership AS poster
                                    WHERE poster.chapter_id = of_chapter AND poster.id = wanted.membership_id)
    ), found AS (
        SELECT 'seat' AS by, other.number, other.name, other.title::text AS about, word_similarity(other.profession, trade) AS closeness
          FROM other WHERE other.profession IS NOT NULL
        UNION ALL
        SELECT 'offer', other.number, other.name, offer.text,
               greatest(word_similarity(coalesce(offer.profession, ''), trade),
                        CASE WHEN to_tsvector(reading, concat_ws(' ', offer.text, offer.profession)) @@ sought THEN 0.6 ELSE 0 END)::real
          FROM other
          JOIN posting AS offer ON offer.chapter_id = other.chapter_id AND offer.membership_id = other.id
         WHERE offer.kind = 'offer' AND coalesce(least(offer.until, offer.answered_on - 1), 'infinity') >= other.today
        UNION ALL
        SELECT 'profile', other.number, other.name, coalesce(told.skills, told.networks), 0.5::real
          FROM profile AS told JOIN other ON other.number = told.membership_id
         WHERE told.chapter_id = of_chapter
           AND to_tsvector(reading, concat_ws(' ', told.skills, told.networks)) @@ sought
        UNION ALL
        SELECT 'contact', other.number, other.name, concat_ws(', ', card.name, card.profession),
               greatest(word_similarity(lower(card.profession), trade),
                        CASE WHEN to_tsvector(reading, card.profession) @@ sought THEN 0.6 ELSE 0 END)::real
          FROM contact AS card JOIN other ON other.number = card.membership_id
         WHERE card.chapter_id = of_chapter AND card.is_shared AND card.erased_at IS NULL AND card.profession IS NOT NULL
    )
    SELECT found.by, found.number, found.name::text, found.about, least(found.closeness, 1)::real
      FROM found
     WHERE found.closeness >= 0.5
     ORDER BY found.closeness DESC, found.name, found.by, found.about
     LIMIT 20;
END
$$;

GRANT EXECUTE ON FUNCTION app.matches TO chapterhouse_app;
