-- How a name, an address or a number may stand in a text: patterns that find it composed and decomposed, in small and capital
-- letters, without its accents, and as JSON, links, mails and HTML escape it.

-- What stands between the words of a name.
CREATE OR REPLACE FUNCTION app.between_words() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '(?:[\s._,+''’–/-]|%2[0cCdD]|=20|\\u00[aA]0|\\[nrt])';

-- What stands before a word: the beginning, or anything that is no letter of it.
CREATE OR REPLACE FUNCTION app.before_a_word() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '(?<=^|[^[:alnum:]]|[%=][[:xdigit:]]{2}|\\[nrt]|\\u[[:xdigit:]]{4})';

-- What follows a word, and may be the s of a genitive.
CREATE OR REPLACE FUNCTION app.after_a_word() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '(?:[''’]?[sS])?(?![[:alnum:]])';

-- A text so that a pattern finds it as it is, whatever the case of its letters.
CREATE OR REPLACE FUNCTION app.either_case(plain text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT string_agg(CASE WHEN letter ~ '^[a-zA-Z]$' THEN '[' || lower(letter) || upper(letter) || ']'
                           WHEN letter ~ '^[^\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007F]$' THEN letter
                           ELSE '\' || letter END, '' ORDER BY place)
      FROM string_to_table(plain, NULL) WITH ORDINALITY AS one (letter, place)
$$;

-- The forms of one letter.
CREATE OR REPLACE FUNCTION app.letter_forms(letter text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
DECLARE
    written text[];
    plain   text[];
    escaped text[];
BEGIN
    IF letter ~ '^[\u0300-\u036F]$' THEN
        RETURN '(?:' || letter || ')?';
    ELSIF letter !~ '^[[:alnum:]\u00AA-\uFFFF]$' OR letter ~ '^[\u2000-\u206F]$' THEN
        RETURN between_words() || '{0,4}';
    ELSIF ascii(letter) < 128 THEN
        RETURN either_case(letter);
    END IF;
    written := ARRAY(SELECT DISTINCT form FROM unnest(ARRAY[letter, lower(letter), upper(letter)]) AS one (own),
                                             LATERAL (VALUES (normalize(own, NFC)), (normalize(own, NFD))) AS way (form));
    plain := ARRAY(SELECT DISTINCT form
                     FROM unnest(ARRAY[regexp_replace(normalize(letter, NFD), '[\u0300-\u036F]', '', 'g'),
                                       CASE lower(letter) WHEN 'ä' THEN 'ae' WHEN 'ö' THEN 'oe' WHEN 'ü' THEN 'ue' WHEN 'ß' THEN 'ss'
                                                          WHEN 'ø' THEN 'oe' WHEN 'æ' THEN 'ae' WHEN 'œ' THEN 'oe' WHEN 'å' THEN 'aa' END,
                                       CASE lower(letter) WHEN 'ø' THEN 'o' WHEN 'ł' THEN 'l' WHEN 'đ' THEN 'd' END]) AS form
                    WHERE form ~ '^[a-zA-Z]+$');
    -- As its bytes in links and mails, and as its number in JSON and HTML.
    SELECT array_agg(DISTINCT way) INTO escaped
      FROM unnest(written) AS form,
           LATERAL (VALUES
               (regexp_replace(encode(convert_to(form, 'UTF8'), 'hex'), '(..)', '%\1', 'g')),
               (regexp_replace(encode(convert_to(form, 'UTF8'), 'hex'), '(..)', '=\1', 'g')),
               ((SELECT string_agg(CASE WHEN ascii(one) < 128 THEN one ELSE '\u' || lpad(to_hex(ascii(one)), 4, '0') END, '' ORDER BY place)
                   FROM string_to_table(form, NULL) WITH ORDINALITY AS part (one, place))),
               ((SELECT string_agg(CASE WHEN ascii(one) < 128 THEN one ELSE '&#' || ascii(one) || ';' END, '' ORDER BY place)
                   FROM string_to_table(form, NULL) WITH ORDINALITY AS part (one, place))),
               ((SELECT string_agg(CASE WHEN ascii(one) < 128 THEN one ELSE '&#x' || to_hex(ascii(one)) || ';' END, '' ORDER BY place)
                   FROM string_to_table(form, NULL) WITH ORDINALITY AS part (one, place)))) AS written_so (way);
    RETURN '(?:' || array_to_string(written || ARRAY(SELECT either_case(form) FROM unnest(plain || escaped) AS form), '|') || ')';
END
$$;

CREATE OR REPLACE FUNCTION app.word_forms(word text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT string_agg(letter_forms(letter), '' ORDER BY place)
      FROM string_to_table(normalize(word, NFC), NULL) WITH ORDINALITY AS one (letter, place)
$$;

-- A whole name: as it is written, with the last word before the others, and with the first and the last alone.
CREATE OR REPLACE FUNCTION app.name_forms(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT before_a_word() || '(?:' || string_agg(DISTINCT way.pattern, '|') || ')' || after_a_word()
      FROM (SELECT array_agg(word_forms(word) ORDER BY place) AS words
              FROM regexp_split_to_table(btrim(name), '\s+') WITH ORDINALITY AS one (word, place)) AS split,
           LATERAL (VALUES
               (array_to_string(words, between_words() || '{0,4}')),
               (array_to_string(words[cardinality(words)] || words[:cardinality(words) - 1], between_words() || '{0,4}')),
               (array_to_string(ARRAY[words[1], words[cardinality(words)]], between_words() || '{0,4}'))) AS way (pattern)
     WHERE btrim(name) <> '' AND (cardinality(words) > 1 OR way.pattern = words[1])
$$;

-- One word of a name, standing by itself.
CREATE OR REPLACE FUNCTION app.name_word_forms(word text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
    RETURN before_a_word() || word_forms(word) || after_a_word();

CREATE OR REPLACE FUNCTION app.address_forms(address text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT replace(before_a_word(), '^|[^[:alnum:]]', '^|[^[:alnum:]._-]') || string_agg(CASE WHEN letter = '@' THEN '(?:@|%40|=40|\\u0040)'
                                              WHEN letter ~ '^[[:alnum:]\u00AA-\uFFFF]$' THEN letter_forms(letter)
                                              WHEN letter IN ('.', '-', '_') THEN '\' || letter
                                              ELSE '(?:\' || letter || '|[%=]' || either_case(encode(convert_to(letter, 'UTF8'), 'hex')) || ')' END,
                                         '' ORDER BY place) || '(?![[:alnum:]-])'
      FROM string_to_table(normalize(address, NFC), NULL) WITH ORDINALITY AS one (letter, place)
$$;

-- The digits of a telephone number that are its own: without the way abroad, the country and the zero before the area.
CREATE OR REPLACE FUNCTION app.own_digits(telephone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT ltrim(CASE WHEN dialled !~ '^(\+|00)' THEN dialled
                      WHEN digits ~ '^[17]' THEN substr(digits, 2)
                      WHEN digits ~ '^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])' THEN substr(digits, 3)
                      ELSE substr(digits, 4) END, '0')
      FROM (SELECT regexp_replace(regexp_replace(telephone, '\(0\)', '', 'g'), '[^0-9+]|(?<=[0-9])\+', '', 'g') AS dialled) AS number,
           LATERAL (SELECT ltrim(dialled, '+0') AS digits) AS abroad
$$;

-- A telephone number however it is divided, with its country or without. Short numbers are found only as they are written.
CREATE OR REPLACE FUNCTION app.number_forms(telephone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
AS $$
    SELECT CASE WHEN length(digits) >= 6
                THEN '(?<![[:alnum:]])(?:(?:\+|00|%2[bB])?[0-9]{0,3}' || gap || '(?:\(0\)|\(?0)?\)?' || gap || ')' || dialled || '(?![[:alnum:]])'
                ELSE '(?<![[:alnum:]])' || either_case(telephone) || '(?![[:alnum:]])' END
      FROM (SELECT own_digits(telephone) AS digits, '(?:%20|=20|[\s./()+–-]){0,3}' AS gap) AS number,
           LATERAL (SELECT array_to_string(string_to_array(digits, NULL), gap) AS dialled) AS spread
     WHERE digits <> ''
$$;

-- Whether two numbers are one, however they are written.
CREATE OR REPLACE FUNCTION app.same_number(one text, other text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    SET search_path = app, pg_temp
    RETURN length(own_digits(one)) >= 5 AND own_digits(one) = own_digits(other);
