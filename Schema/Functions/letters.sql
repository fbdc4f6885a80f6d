-- Letters that warn of absences, before the limit is passed: drafted from a template, logged, and sent only if a leader says.

-- A day as people of a language write it.
CREATE OR REPLACE FUNCTION app.day_in_words(day date, language text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE language
        WHEN 'de' THEN format('%s. %s %s', extract(day FROM day),
                              ('{Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember}'::text[])[extract(month FROM day)::integer],
                              extract(year FROM day))
        ELSE format('%s %s %s', extract(day FROM day),
                    ('{January,February,March,April,May,June,July,August,September,October,November,December}'::text[])[extract(month FROM day)::integer],
                    extract(year FROM day))
    END;

-- Drafts a letter to a member about the absences of a day (null: today), in the member's language, else the chapter's, else
-- English; null where there is no such member that day. Who used none gets no letter.
CREATE OR REPLACE FUNCTION app.draft_absence_letter(of_chapter integer, member bigint, day date) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    counted_on date := coalesce(day, today(of_chapter));
    home     chapter;
    whom     membership;
    line     record;
    words    text;
    template letter_template;
    leader   text;
    drafted  uuid;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('mark-attendance') THEN
        RAISE EXCEPTION 'a letter takes the right mark-attendance' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF counted_on > today(of_chapter) THEN
        RAISE EXCEPTION '% has not come yet', counted_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slip_is_not_of_the_future', TABLE = 'absence_letter';
    END IF;
    SELECT * INTO home FROM chapter AS known WHERE known.id = of_chapter;
    SELECT * INTO whom FROM membership AS known WHERE known.chapter_id = of_chapter AND known.id = member;
    SELECT absent.* INTO line FROM absences_members(of_chapter, counted_on, counted_on, 'infinity') AS absent WHERE absent.member_id = member;
    IF line.member_id IS NULL THEN
        RETURN NULL;
    END IF;
    IF line.used = 0 THEN
        RAISE EXCEPTION '% used no absences', whom.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_is_of_absences', TABLE = 'absence_letter';
    END IF;
    SELECT known.* INTO template
      FROM letter_template AS known
     WHERE known.kind = line.standing
     ORDER BY known.language = left((SELECT person.language FROM person WHERE person.id = whom.person_id), 2) DESC NULLS LAST,
              known.language = left(home.locale, 2) DESC, known.language = 'en' DESC
     LIMIT 1;
    leader := coalesce((SELECT person.name FROM person WHERE person.id = acting_person()), home.name);
    words := template.subject || E'\n' || template.body;
    -- What a name holds is not looked at again: all is filled in at once, piece by piece.
    SELECT string_agg(CASE piece.word
                           WHEN 'name' THEN whom.name WHEN 'chapter' THEN home.name WHEN 'used' THEN CASE template.language WHEN 'de' THEN replace(trim_scale(line.used)::text, '.', ',')
                                                                           ELSE trim_scale(line.used)::text END
                           WHEN 'allowed' THEN line.allowed::text WHEN 'leader' THEN leader
                           WHEN 'day' THEN day_in_words(counted_on, template.language)
                           WHEN 'next_drop' THEN coalesce(day_in_words(line.next_drop, template.language), '–')
                           ELSE '{' || piece.word || '}' END || piece.rest, '' ORDER BY piece.place)
      INTO words
      FROM (SELECT place, split_part(text, '}', 1) AS word, substr(text, position('}' IN text) + 1) AS rest
              FROM unnest(string_to_array(words, '{')) WITH ORDINALITY AS cut (text, place)
             WHERE place > 1) AS piece;
    words := split_part(template.subject || E'\n' || template.body, '{', 1) || coalesce(words, '');
    INSERT INTO absence_letter (chapter_id, membership_id, person_id, counted_on, used, allowed, language, subject, body, drafted_on, drafted_by)
    VALUES (of_chapter, whom.id, whom.person_id, counted_on, line.used, line.allowed, template.language,
            split_part(words, E'\n', 1), substr(words, position(E'\n' IN words) + 1), today(of_chapter), acting_person())
    RETURNING id INTO drafted;
    RETURN drafted;
END
$$;

-- Marks a letter as given today: by hand, or into the outbox for the member's address. False where there is none that was
-- not given yet.
CREATE OR REPLACE FUNCTION app.give_absence_letter(of_chapter integer, letter uuid, by_mail boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    given   absence_letter;
    address text;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('mark-attendance') THEN
        RAISE EXCEPTION 'a letter takes the right mark-attendance' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE absence_letter SET given_on = today(of_chapter), given_by = acting_person(), way = CASE WHEN by_mail THEN 'mail' ELSE 'hand' END
     WHERE absence_letter.chapter_id = of_chapter AND absence_letter.id = letter AND absence_letter.given_on IS NULL
    RETURNING * INTO given;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF by_mail THEN
        SELECT coalesce(membership.email, person.email) INTO address
          FROM membership JOIN person ON person.id = membership.person_id
         WHERE membership.chapter_id = of_chapter AND membership.id = given.membership_id;
        IF address IS NULL THEN
            RAISE EXCEPTION 'nobody knows an e-mail of this member'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_goes_to_an_address', TABLE = 'absence_letter';
        END IF;
        PERFORM post_mail(given.person_id, address, given.subject, given.body);
    END IF;
    RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION app.draft_absence_letter, app.give_absence_letter TO chapterhouse_app;
