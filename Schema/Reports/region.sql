-- The region (domain page §1 and §4): its chapters compared, for whoever directs it. Nothing here is of one person: where
-- fewer than 3 people were members, or fewer than 3 chapters make a group, every figure is withheld, and so is a sum from
-- which the withheld ones could be told.

-- The regions that the one who acts directs today, on the wall of a chapter of it or in UTC; to the shell all.
CREATE OR REPLACE FUNCTION app.directed_regions() RETURNS TABLE (id integer, slug text, name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT region.id, region.slug, region.name::text
      FROM region
     WHERE may('everything')
        OR EXISTS (SELECT FROM director
                    WHERE director.region_id = region.id AND director.person_id = acting_person()
                      AND (daterange(director.from_on, director.to_on, '[]') @> (now() AT TIME ZONE 'UTC')::date
                           OR EXISTS (SELECT FROM chapter WHERE chapter.region_id = region.id
                                         AND daterange(director.from_on, director.to_on, '[]') @> today(chapter.id))))
     ORDER BY region.slug;
END
$$;

-- The chapters of a region that the one who acts directs today, each by its own wall; to the shell all.
CREATE OR REPLACE FUNCTION app.directed_chapters(of_region integer) RETURNS SETOF app.chapter
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT chapter.*
      FROM chapter
     WHERE chapter.region_id = of_region
       AND (may('everything')
            OR EXISTS (SELECT FROM director
                        WHERE director.region_id = of_region AND director.person_id = acting_person()
                          AND daterange(director.from_on, director.to_on, '[]') @> today(chapter.id)))
     ORDER BY chapter.slug;
END
$$;

-- The currency of most of its chapters, in which all are compared.
CREATE OR REPLACE FUNCTION app.currency_of_region(of_region integer) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN coalesce((SELECT chapter.currency FROM chapter WHERE chapter.region_id = of_region
                      GROUP BY chapter.currency ORDER BY count(*) DESC, chapter.currency LIMIT 1), 'EUR');
END
$$;

-- Closed business for which somebody was thanked in a chapter, as its attendance summary counts it, in minor units of a
-- currency, unrounded; and the records that no rate converts, which are left out (Exactly, 10).
CREATE OR REPLACE FUNCTION app.thanked_in(of_chapter integer, from_day date, to_day date, through date, wanted text)
    RETURNS TABLE (amount numeric, unconverted bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home  text := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
    slips record;
BEGIN
    SELECT * INTO slips FROM days_of_slips(of_chapter, from_day, to_day);
    RETURN QUERY
    WITH summary AS MATERIALIZED (
        SELECT touching.batch, touching.to_on, stood_for.first_day, stood_for.last_day
          FROM summaries_of(of_chapter, from_day, to_day) AS touching
         CROSS JOIN LATERAL days_of_slips(of_chapter, touching.from_on, touching.to_on) AS stood_for
         WHERE touching.is_used
    ), worth (amount) AS (
        SELECT CASE WHEN thanks.currency = wanted THEN thanks.amount ELSE converted(thanks.amount, thanks.currency, wanted, thanks.closed_on) END
          FROM closed_business AS thanks
         WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN slips.first_day AND slips.last_day AND thanks.closed_on <= through
           AND NOT EXISTS (SELECT FROM summary WHERE thanks.closed_on BETWEEN summary.first_day AND summary.last_day)
        UNION ALL
        SELECT converted(line.thanked_for, home, wanted, summary.to_on)
          FROM imported_summary_line AS line
          JOIN summary ON summary.batch = line.import_batch_id
         WHERE line.chapter_id = of_chapter
    )
    SELECT coalesce(sum(worth.amount), 0), count(*) FILTER (WHERE worth.amount IS NULL) FROM worth;
END
$$;

-- The same currency, as a chapter asks; its own where it belongs to no region.
CREATE OR REPLACE FUNCTION app.currency_of_chapters_region(of_chapter integer) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN (SELECT CASE WHEN chapter.region_id IS NULL THEN chapter.currency ELSE currency_of_region(chapter.region_id) END
              FROM chapter WHERE chapter.id = of_chapter);
END
$$;

-- What a chapter's attendance summary comes to in all, of these days, as of an instant, counted from the records.
CREATE OR REPLACE FUNCTION app.chapter_in_period(of_chapter integer, from_day date, to_day date, as_of timestamptz, wanted text)
    RETURNS TABLE (
        meetings bigint, expected bigint, attended bigint, referrals bigint, one_to_ones bigint, visitors bigint, thanked numeric,
        unconverted bigint
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
    before  text := current_setting('app.chapter_id', true);
BEGIN
    -- The summary tells nothing of a chapter in which nobody acts; whoever calls this has seen who directs it.
    PERFORM set_config('app.chapter_id', of_chapter::text, true);
    RETURN QUERY
    SELECT (SELECT count(*) FROM meeting
             WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status IN ('open', 'sealed')
               AND meeting.local_date BETWEEN from_day AND through),
           line.held, line.present + line.late + line.substitute, line.referrals_given_inside + line.referrals_given_outside,
           line.one_to_ones, line.visitors, thanks.amount, thanks.unconverted
      FROM attendance(of_chapter, from_day, to_day, as_of) AS line
     CROSS JOIN thanked_in(of_chapter, from_day, to_day, through, wanted) AS thanks
     WHERE line.kind = 'total';
    PERFORM set_config('app.chapter_id', coalesce(before, ''), true);
END
$$;

-- The same of each month that ends after one day and by another: what is added up (Schema/Functions/months_added_up.sql).
CREATE OR REPLACE FUNCTION app.chapter_in_months(of_chapter integer, after date, through date, wanted text) RETURNS SETOF app.chapter_in_month
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    first_day date := least(
        (SELECT min(local_date) FROM meeting WHERE chapter_id = of_chapter),
        (SELECT min(passed_on) FROM referral WHERE chapter_id = of_chapter),
        (SELECT min(met_on) FROM one_to_one WHERE chapter_id = of_chapter),
        (SELECT min(closed_on) FROM closed_business WHERE chapter_id = of_chapter),
        (SELECT min(visit_on) FROM visitor WHERE chapter_id = of_chapter),
        (SELECT min(from_on) FROM imported_summary WHERE chapter_id = of_chapter)
    );
BEGIN
    -- A series from no day on would have no end.
    IF first_day IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT of_chapter, month.first_day, wanted, sums.*
      FROM (SELECT first_day::date, (first_day + interval '1 month' - interval '1 day')::date AS last_day
              FROM generate_series(date_trunc('month', greatest(first_day, after + 1)::timestamp), through::timestamp, interval '1 month') AS first_day) AS month
     CROSS JOIN LATERAL chapter_in_period(of_chapter, month.first_day, month.last_day, 'infinity', wanted) AS sums
     ORDER BY month.first_day;
END
$$;

-- A chapter of these days, as of an instant: what its attendance summary comes to in all, and who its members were. Months
-- that are added up are not counted again; how far they are, they, and the records of the other days are read in one
-- statement, of one snapshot.
DROP FUNCTION IF EXISTS app.chapter_figures(integer, date, date, timestamptz, text);
CREATE FUNCTION app.chapter_figures(of_chapter integer, from_day date, to_day date, as_of timestamptz, wanted text)
    RETURNS TABLE (
        members bigint, joined bigint, ended bigint, meetings bigint, expected bigint, attended bigint, referrals bigint,
        one_to_ones bigint, visitors bigint, thanked numeric, unconverted bigint, at_start bigint, stayed bigint
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    RETURN QUERY
    WITH known AS MATERIALIZED (
        SELECT added_up_until(of_chapter, through) AS last_day
         WHERE from_day = date_trunc('month', from_day::timestamp)::date
           AND added_up_until(of_chapter, through) >= from_day
    ), stored AS MATERIALIZED (
        SELECT one.* FROM chapter_in_month AS one, known
         WHERE one.chapter_id = of_chapter AND one.month BETWEEN from_day AND known.last_day
    ), counted_from AS MATERIALIZED (
        -- A summary that was imported of several months is in none of them, and amounts in another currency are no use.
        SELECT coalesce((SELECT known.last_day + 1 FROM known
                          WHERE NOT EXISTS (SELECT FROM stored WHERE stored.currency <> wanted)
                            AND NOT EXISTS (SELECT FROM summaries_of(of_chapter, from_day, known.last_day) AS summary
                                             WHERE date_trunc('month', summary.from_on::timestamp) <> date_trunc('month', summary.to_on::timestamp))),
                        from_day) AS day
    ), part (meetings, expected, attended, referrals, one_to_ones, visitors, thanked, unconverted) AS (
        SELECT stored.meetings, stored.expected, stored.attended, stored.referrals, stored.one_to_ones, stored.visitors, stored.thanked,
               stored.unconverted
          FROM stored, counted_from WHERE stored.month < counted_from.day
        UNION ALL
        SELECT records.*
          FROM counted_from
         CROSS JOIN LATERAL chapter_in_period(of_chapter, counted_from.day, to_day, as_of, wanted) AS records
         WHERE counted_from.day <= to_day
    ), sums AS (
        SELECT coalesce(sum(part.meetings), 0)::bigint AS meetings, coalesce(sum(part.expected), 0)::bigint AS expected,
               coalesce(sum(part.attended), 0)::bigint AS attended, coalesce(sum(part.referrals), 0)::bigint AS referrals,
               coalesce(sum(part.one_to_ones), 0)::bigint AS one_to_ones, coalesce(sum(part.visitors), 0)::bigint AS visitors,
               coalesce(sum(part.thanked), 0) AS thanked, coalesce(sum(part.unconverted), 0)::bigint AS unconverted
          FROM part
    )
    SELECT (SELECT count(*) FROM membership
             WHERE membership.chapter_id = of_chapter AND through BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')),
           (SELECT count(*) FROM membership WHERE membership.chapter_id = of_chapter AND membership.joined_on BETWEEN from_day AND through),
           (SELECT count(*) FROM membership WHERE membership.chapter_id = of_chapter AND membership.ended_on BETWEEN from_day AND through),
           sums.*, stay.at_start, stay.stayed
      FROM sums
     CROSS JOIN (SELECT count(*) FILTER (WHERE stay.was_member) AS at_start,
                        count(*) FILTER (WHERE stay.was_member AND stay.is_member) AS stayed
                   FROM stays(of_chapter, from_day, through) AS stay) AS stay;
END
$$;

-- How many people were members of a chapter on a day of each calendar month, of these days.
CREATE OR REPLACE FUNCTION app.people_by_month(of_chapter integer, from_day date, through date) RETURNS TABLE (month date, people bigint)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT first_day::date, count(DISTINCT membership.person_id)
      FROM generate_series(date_trunc('month', from_day::timestamp), through::timestamp, interval '1 month') AS first_day
      LEFT JOIN membership ON membership.chapter_id = of_chapter
                          AND membership.joined_on <= least(through, (first_day + interval '1 month' - interval '1 day')::date)
                          AND coalesce(membership.ended_on, 'infinity') >= greatest(from_day, first_day::date)
     GROUP BY first_day;
END
$$;

-- Each chapter of a region with its figures, and whether they may be shown: where one or two people were members in one of
-- the months, that month would be theirs, and could be told from the others. Nobody is no secret.
CREATE OR REPLACE FUNCTION app.region_figures(of_region integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        chapter_id integer, slug text, name text, weekday smallint, founded_on date, is_shown boolean,
        members bigint, joined bigint, ended bigint, meetings bigint, expected bigint, attended bigint, referrals bigint,
        one_to_ones bigint, visitors bigint, thanked numeric, unconverted bigint, at_start bigint, stayed bigint
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted text := currency_of_region(of_region);
BEGIN
    RETURN QUERY
    SELECT chapter.id, chapter.slug, chapter.name::text, chapter.weekday,
           (SELECT min(membership.joined_on) FROM membership WHERE membership.chapter_id = chapter.id),
           NOT EXISTS (SELECT FROM people_by_month(chapter.id, from_day, last_day_counted(chapter.id, to_day, as_of)) AS crowd
                        WHERE NOT hides_enough(crowd.people)),
           figures.*
      FROM directed_chapters(of_region) AS chapter
     CROSS JOIN LATERAL chapter_figures(chapter.id, from_day, to_day, as_of, wanted) AS figures
     ORDER BY chapter.slug;
END
$$;

-- Whether what these chapters hold together would tell of one or two people in one of the months.
CREATE OR REPLACE FUNCTION app.tells_of_few(chapters integer[], from_day date, to_day date, as_of timestamptz) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM unnest(chapters) AS hidden (id)
                    CROSS JOIN LATERAL people_by_month(hidden.id, from_day, last_day_counted(hidden.id, to_day, as_of)) AS crowd
                    GROUP BY crowd.month
                   HAVING NOT hides_enough(sum(crowd.people)::bigint));
END
$$;

-- By what chapters are compared: the group of a chapter, and its place among the groups.
CREATE OR REPLACE FUNCTION app.comparison_group(compared_by text, bounds integer[], members bigint, weekday smallint, years integer)
    RETURNS TABLE (place integer, title text)
    LANGUAGE plpgsql IMMUTABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    size    bigint  := CASE compared_by WHEN 'size' THEN members WHEN 'age' THEN years END;
    unit    text    := CASE compared_by WHEN 'size' THEN 'members' ELSE 'years' END;
    passed  integer := (SELECT count(*) FROM unnest(bounds) AS bound WHERE bound <= size);
BEGIN
    IF compared_by = 'weekday' THEN
        RETURN QUERY SELECT coalesce(weekday, 8)::integer,
                            coalesce(('{Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday}'::text[])[weekday], 'no weekday');
    ELSIF size IS NULL THEN
        RETURN QUERY SELECT 1000, 'not known'::text;
    ELSIF passed = 0 THEN
        RETURN QUERY SELECT 0, format('fewer than %s %s', bounds[1], unit);
    ELSIF passed = cardinality(bounds) THEN
        RETURN QUERY SELECT passed, format('%s %s and more', bounds[passed], unit);
    ELSE
        RETURN QUERY SELECT passed, format('%s to %s %s', bounds[passed], bounds[passed + 1] - 1, unit);
    END IF;
END
$$;

-- The bounds between groups, as somebody writes them; without any, those that ship.
CREATE OR REPLACE FUNCTION app.comparison_bounds(compared_by text, written text) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    bounds integer[];
BEGIN
    IF compared_by NOT IN ('size', 'weekday', 'age') THEN
        RAISE EXCEPTION 'there is no comparison by “%”', compared_by
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comparison_is_by_something_known', TABLE = 'chapter';
    END IF;
    IF written IN ('', 'usual') THEN
        RETURN CASE compared_by WHEN 'size' THEN '{10,20,30,40}' WHEN 'age' THEN '{1,3,5,10}' ELSE '{}' END;
    END IF;
    IF compared_by <> 'weekday' AND written ~ '^[0-9]{1,6}(,[0-9]{1,6}){0,19}$' THEN
        bounds := string_to_array(written, ',')::integer[];
        IF bounds[1] > 0 AND bounds = (SELECT array_agg(DISTINCT bound ORDER BY bound) FROM unnest(bounds) AS bound) THEN
            RETURN bounds;
        END IF;
    END IF;
    RAISE EXCEPTION '“%” are no bounds by %', written, compared_by
        USING ERRCODE = 'check_violation', CONSTRAINT = 'bounds_of_a_comparison_ascend', TABLE = 'chapter';
END
$$;

-- A row for each chapter, and what they come to.
CREATE OR REPLACE FUNCTION app.region_chapters(of_region integer, from_day date, to_day date, as_of timestamptz, compared_by text, bounds text)
    RETURNS TABLE (
        is_total boolean, chapter text, name text, "group" text, members bigint, meetings bigint, rate numeric, referrals bigint,
        referrals_per_member numeric, one_to_ones bigint, visitors bigint, thanked_for numeric, thanked_per_member numeric,
        joined bigint, ended bigint, retention numeric, unconverted bigint, withheld text[]
    )
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    limits  integer[] := comparison_bounds(compared_by, bounds);
    digits  integer   := (SELECT decimals FROM currency WHERE code = currency_of_region(of_region));
    private text[]    := '{group,members,meetings,rate,referrals,referrals_per_member,one_to_ones,visitors,thanked_for,thanked_per_member,joined,ended,retention,unconverted}';
BEGIN
    RETURN QUERY
    WITH figures AS MATERIALIZED (
        SELECT * FROM region_figures(of_region, from_day, to_day, as_of)
    ), line AS (
        SELECT figures.slug, figures.name, figures.is_shown AS shows,
               (SELECT placed.title FROM comparison_group(compared_by, limits, figures.members, figures.weekday, whole_years(figures.founded_on, to_day)) AS placed) AS "group",
               figures.members, figures.meetings, figures.expected, figures.attended, figures.referrals, figures.one_to_ones,
               figures.visitors, figures.thanked, figures.joined, figures.ended, figures.at_start, figures.stayed, figures.unconverted
          FROM figures
        UNION ALL
        SELECT NULL, NULL, NOT tells_of_few(array_agg(figures.chapter_id) FILTER (WHERE NOT figures.is_shown), from_day, to_day, as_of), NULL,
               sum(figures.members), sum(figures.meetings), sum(figures.expected), sum(figures.attended), sum(figures.referrals),
               sum(figures.one_to_ones), sum(figures.visitors), sum(figures.thanked), sum(figures.joined), sum(figures.ended),
               sum(figures.at_start), sum(figures.stayed), sum(figures.unconverted)
          FROM figures
        HAVING count(*) > 0
    )
    SELECT line.slug IS NULL, line.slug, line.name, CASE WHEN line.shows THEN line."group" END,
           CASE WHEN line.shows THEN line.members END::bigint, CASE WHEN line.shows THEN line.meetings END::bigint,
           CASE WHEN line.shows THEN printed(quotient(line.attended, line.expected), 4) END,
           CASE WHEN line.shows THEN line.referrals END::bigint,
           CASE WHEN line.shows THEN printed(quotient(line.referrals, line.members), 2) END,
           CASE WHEN line.shows THEN line.one_to_ones END::bigint, CASE WHEN line.shows THEN line.visitors END::bigint,
           CASE WHEN line.shows THEN printed_amount(line.thanked, digits) END,
           CASE WHEN line.shows THEN printed_amount(quotient(line.thanked, line.members), digits) END,
           CASE WHEN line.shows THEN line.joined END::bigint, CASE WHEN line.shows THEN line.ended END::bigint,
           CASE WHEN line.shows THEN printed(quotient(line.stayed, line.at_start), 4) END,
           CASE WHEN line.shows THEN line.unconverted END::bigint,
           CASE WHEN line.shows THEN '{}' ELSE private END
      FROM line
     ORDER BY line.slug IS NULL, line.slug;
END
$$;

-- Chapters in groups. A group of fewer than 3 says how many it has, and nothing more.
CREATE OR REPLACE FUNCTION app.region_groups(of_region integer, from_day date, to_day date, as_of timestamptz, compared_by text, bounds text)
    RETURNS TABLE (
        "group" text, chapters bigint, members bigint, members_per_chapter numeric, rate numeric, referrals_per_member numeric,
        one_to_ones_per_member numeric, visitors_per_chapter numeric, thanked_per_member numeric, retention numeric, withheld text[]
    )
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    limits  integer[] := comparison_bounds(compared_by, bounds);
    digits  integer   := (SELECT decimals FROM currency WHERE code = currency_of_region(of_region));
    private text[]    := '{members,members_per_chapter,rate,referrals_per_member,one_to_ones_per_member,visitors_per_chapter,thanked_per_member,retention}';
BEGIN
    RETURN QUERY
    WITH figures AS MATERIALIZED (
        SELECT * FROM region_figures(of_region, from_day, to_day, as_of)
    ), line AS (
        SELECT placed.place, placed.title, count(*) AS chapters,
               count(*) >= 3 AND NOT tells_of_few(array_agg(figures.chapter_id) FILTER (WHERE NOT figures.is_shown), from_day, to_day, as_of) AS shows,
               sum(figures.members) AS members, sum(figures.expected) AS expected, sum(figures.attended) AS attended,
               sum(figures.referrals) AS referrals, sum(figures.one_to_ones) AS one_to_ones, sum(figures.visitors) AS visitors,
               sum(figures.thanked) AS thanked, sum(figures.at_start) AS at_start, sum(figures.stayed) AS stayed
          FROM figures
         CROSS JOIN LATERAL comparison_group(compared_by, limits, figures.members, figures.weekday, whole_years(figures.founded_on, to_day)) AS placed
         GROUP BY placed.place, placed.title
    )
    SELECT line.title, line.chapters, CASE WHEN line.shows THEN line.members END::bigint,
           CASE WHEN line.shows THEN printed(quotient(line.members, line.chapters), 2) END,
           CASE WHEN line.shows THEN printed(quotient(line.attended, line.expected), 4) END,
           CASE WHEN line.shows THEN printed(quotient(line.referrals, line.members), 2) END,
           CASE WHEN line.shows THEN printed(quotient(line.one_to_ones, line.members), 2) END,
           CASE WHEN line.shows THEN printed(quotient(line.visitors, line.chapters), 2) END,
           CASE WHEN line.shows THEN printed_amount(quotient(line.thanked, line.members), digits) END,
           CASE WHEN line.shows THEN printed(quotient(line.stayed, line.at_start), 4) END,
           CASE WHEN line.shows THEN '{}' ELSE private END
      FROM line
     ORDER BY line.place;
END
$$;

-- Whole years from a day to another.
CREATE OR REPLACE FUNCTION app.whole_years(since date, until date) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN extract(year FROM age(until::timestamp, since::timestamp))::integer;

-- The months of one chapter, as its region's year is sent: chapter by chapter, so that nobody has to hold them all.
CREATE OR REPLACE FUNCTION app.region_months(of_region integer, of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        chapter text, name text, month date, currency text, members bigint, meetings bigint, rate numeric, referrals bigint,
        one_to_ones bigint, visitors bigint, thanked_for numeric, joined bigint, ended bigint, unconverted bigint, withheld text[]
    )
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    home    text    := currency_of_region(of_region);
    digits  integer := (SELECT decimals FROM currency WHERE code = home);
    private text[]  := '{members,meetings,rate,referrals,one_to_ones,visitors,thanked_for,joined,ended,unconverted}';
BEGIN
    RETURN QUERY
    SELECT directed.slug, directed.name::text, crowd.month, home,
           CASE WHEN shows THEN figures.members END, CASE WHEN shows THEN figures.meetings END,
           CASE WHEN shows THEN printed(quotient(figures.attended, figures.expected), 4) END,
           CASE WHEN shows THEN figures.referrals END, CASE WHEN shows THEN figures.one_to_ones END,
           CASE WHEN shows THEN figures.visitors END, CASE WHEN shows THEN printed_amount(figures.thanked, digits) END,
           CASE WHEN shows THEN figures.joined END, CASE WHEN shows THEN figures.ended END,
           CASE WHEN shows THEN figures.unconverted END, CASE WHEN shows THEN '{}' ELSE private END
      FROM directed_chapters(of_region) AS directed
     CROSS JOIN LATERAL people_by_month(directed.id, from_day, last_day_counted(directed.id, to_day, as_of)) AS crowd
     CROSS JOIN LATERAL (SELECT hides_enough(crowd.people) AS shows) AS rule
     CROSS JOIN LATERAL chapter_figures(directed.id, greatest(from_day, crowd.month),
                                        least(to_day, (crowd.month + interval '1 month' - interval '1 day')::date), as_of, home) AS figures
     WHERE directed.id = of_chapter
     ORDER BY crowd.month;
END
$$;

GRANT EXECUTE ON FUNCTION app.directed_regions, app.directed_chapters, app.currency_of_region, app.region_chapters, app.region_groups,
                          app.region_months TO chapterhouse_app;
