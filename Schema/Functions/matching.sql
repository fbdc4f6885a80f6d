-- Nobody comes to buy (domain page §1, 5): what a member needs is held beside what others do, offer and know.

-- How PostgreSQL reads the words of a chapter.
CREATE OR REPLACE FUNCTION app.words_of(of_chapter integer) RETURNS regconfig
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT CASE left(locale, 2) WHEN 'de' THEN 'german' WHEN 'en' THEN 'english' ELSE 'simple' END::regconfig
      FROM chapter WHERE id = of_chapter
$$;

-- Who could answer a need, the closest first: members by their seat, their offers that still stand and what they tell of
-- their skills and networks; and cards that members share. `closeness` is 1 for the profession that was named, and else how
-- much the words are alike, from 0 to 1. What a need says counts as a whole, each of its words alone: one is enough.
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
    today    date := today(of_chapter);
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
        SELECT known.id, known.person_id, known.name, seat.profession, seat.title
          FROM membership AS known
          LEFT JOIN seat ON seat.chapter_id = known.chapter_id AND seat.id = known.seat_id
         WHERE known.chapter_id = of_chapter AND known.id <> wanted.membership_id
           AND today BETWEEN known.joined_on AND coalesce(known.ended_on, 'infinity')
    ), found AS (
        SELECT 'seat' AS by, other.id, other.name, other.title::text AS about, word_similarity(other.profession, trade) AS closeness
          FROM other WHERE other.profession IS NOT NULL
        UNION ALL
        SELECT 'offer', other.id, other.name, offer.text,
               greatest(word_similarity(coalesce(offer.profession, ''), trade),
                        CASE WHEN to_tsvector(reading, concat_ws(' ', offer.text, offer.profession)) @@ sought THEN 0.6 ELSE 0 END)::real
          FROM posting AS offer JOIN other ON other.id = offer.membership_id
         WHERE offer.chapter_id = of_chapter AND offer.kind = 'offer' AND coalesce(offer.until, 'infinity') >= today
        UNION ALL
        SELECT 'profile', other.id, other.name, coalesce(told.skills, told.networks), 0.5::real
          FROM profile AS told JOIN other ON other.id = told.membership_id
         WHERE told.chapter_id = of_chapter
           AND to_tsvector(reading, concat_ws(' ', told.skills, told.networks)) @@ sought
        UNION ALL
        SELECT 'contact', other.id, other.name, concat_ws(', ', card.name, card.profession),
               greatest(word_similarity(lower(card.profession), trade),
                        CASE WHEN to_tsvector(reading, card.profession) @@ sought THEN 0.6 ELSE 0 END)::real
          FROM contact AS card JOIN other ON other.id = card.membership_id
         WHERE card.chapter_id = of_chapter AND card.is_shared AND card.erased_at IS NULL AND card.profession IS NOT NULL
    )
    SELECT found.by, found.id, found.name::text, found.about, least(found.closeness, 1)::real
      FROM found
     WHERE found.closeness >= 0.5
     ORDER BY found.closeness DESC, found.name, found.by, found.about
     LIMIT 20;
END
$$;

GRANT EXECUTE ON FUNCTION app.matches TO chapterhouse_app;
