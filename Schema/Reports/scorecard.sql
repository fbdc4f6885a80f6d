-- Scorecards (domain page §6, Exactly, 19): points for what a member did in the window, part by part, and what would earn
-- more. What is counted is counted as in the attendance summary; values are fractions and compared exactly.

-- `3/40`, `0.5` or `12` as numerator and denominator; null for anything else.
CREATE OR REPLACE FUNCTION app.fraction(value text) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN value ~ '^[0-9]{1,15}(\.[0-9]{1,6})?$' THEN ARRAY[value::numeric, 1]
                WHEN value ~ '^[0-9]{1,9}/[1-9][0-9]{0,8}$'
                THEN ARRAY[split_part(value, '/', 1)::numeric, split_part(value, '/', 2)::numeric] END;

-- What is wrong with a scorecard, in a sentence; null where nothing is.
CREATE OR REPLACE FUNCTION app.scorecard_fault(definition jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path = app, pg_temp
AS $$
DECLARE
    part   jsonb;
    step   jsonb;
    steps  jsonb;
    place  integer := 0;
    word   text;
BEGIN
    IF jsonb_typeof(definition) IS DISTINCT FROM 'object' THEN
        RETURN 'a scorecard is an object with title, parts and colours';
    END IF;
    SELECT key INTO word FROM jsonb_object_keys(definition) AS key WHERE key NOT IN ('title', 'colours', 'parts') LIMIT 1;
    IF word IS NOT NULL THEN
        RETURN format('“%s” is no member of a scorecard: there are title, colours and parts', left(word, 40));
    END IF;
    IF jsonb_typeof(definition -> 'title') IS DISTINCT FROM 'string' OR btrim(definition ->> 'title') = '' THEN
        RETURN 'title: give a name';
    END IF;
    FOREACH word IN ARRAY '{green,yellow,red}'::text[] LOOP
        IF coalesce(definition #>> ARRAY['colours', word], '') !~ '^[0-9]{1,4}$' THEN
            RETURN format('colours: %s is the least number of points, a whole number', word);
        END IF;
    END LOOP;
    IF jsonb_typeof(definition -> 'parts') IS DISTINCT FROM 'array' OR jsonb_array_length(definition -> 'parts') NOT BETWEEN 1 AND 40 THEN
        RETURN 'parts: give a list of 1 to 40 parts';
    END IF;
    FOR part IN SELECT * FROM jsonb_array_elements(definition -> 'parts') LOOP
        place := place + 1;
        IF jsonb_typeof(part) IS DISTINCT FROM 'object' OR jsonb_typeof(part -> 'name') IS DISTINCT FROM 'string' OR btrim(part ->> 'name') = '' THEN
            RETURN format('part %s: give its name', place);
        END IF;
        IF part ->> 'metric' IS NULL OR part ->> 'metric' NOT IN
           ('attended', 'absences', 'lates', 'referrals_given', 'one_to_ones', 'visitors', 'thanked_for', 'education', 'testimonials',
            'trainings', 'sponsored') THEN
            RETURN format('part %s: metric is one of attended, absences, lates, referrals_given, one_to_ones, visitors, thanked_for, education, testimonials, trainings, sponsored', place);
        END IF;
        IF part ->> 'per' IS NULL OR part ->> 'per' NOT IN ('week', 'month', 'held', 'window') THEN
            RETURN format('part %s: per is week, month, held or window', place);
        END IF;
        IF (part -> 'steps' IS NULL) = (part -> 'bands' IS NULL) THEN
            RETURN format('part %s: give either steps, or bands of money by currency', place);
        END IF;
        IF part -> 'bands' IS NOT NULL AND (part ->> 'metric' <> 'thanked_for' OR jsonb_typeof(part -> 'bands') <> 'object') THEN
            RETURN format('part %s: bands are for thanked_for, steps by currency', place);
        END IF;
        FOR steps IN SELECT part -> 'steps' WHERE part -> 'steps' IS NOT NULL
                     UNION ALL SELECT value FROM jsonb_each(coalesce(part -> 'bands', '{}')) LOOP
            IF jsonb_typeof(steps) <> 'array' OR jsonb_array_length(steps) NOT BETWEEN 1 AND 20 THEN
                RETURN format('part %s: give a list of 1 to 20 steps', place);
            END IF;
            FOR step IN SELECT * FROM jsonb_array_elements(steps) LOOP
                IF jsonb_typeof(step) IS DISTINCT FROM 'object'
                   OR num_nonnulls(step ->> 'from', step ->> 'above', step ->> 'upto') <> 1
                   OR fraction(coalesce(step ->> 'from', step ->> 'above', step ->> 'upto')) IS NULL
                   OR coalesce(step ->> 'points', '') !~ '^[0-9]{1,4}$' THEN
                    RETURN format('part %s: a step has points, and from, above or upto, such as {"from": "3/4", "points": 15}', place);
                END IF;
            END LOOP;
        END LOOP;
    END LOOP;
    RETURN NULL;
END
$$;

-- The scorecard of a name on a day: the chapter's own version in force, else the one that ships.
CREATE OR REPLACE FUNCTION app.scorecard_in_force(of_chapter integer, wanted text, day date) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN coalesce(
        (SELECT own.definition FROM chapter_scorecard AS own
          WHERE own.chapter_id = of_chapter AND own.scheme = wanted
          ORDER BY own.valid_from <= day DESC, CASE WHEN own.valid_from <= day THEN own.valid_from END DESC, own.valid_from
          LIMIT 1),
        (SELECT shipped.definition FROM scorecard AS shipped WHERE shipped.scheme = wanted));
END
$$;

-- What each membership did in the window, metric by metric.
CREATE OR REPLACE FUNCTION app.scored_counts(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, weeks bigint, held bigint, metric text, amount numeric)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    RETURN QUERY
    WITH summary AS (
        SELECT attended.* FROM attendance(of_chapter, from_day, to_day, as_of) AS attended WHERE attended.kind = 'member'
    ), marked AS (
        -- ISO weeks with a mark at a held meeting.
        SELECT mark.membership_id, count(DISTINCT date_trunc('week', meeting.local_date::timestamp)) AS weeks
          FROM meeting
          JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id
          JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = mark.membership_id
                                   AND meeting.local_date BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
         WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'regular' AND meeting.status IN ('open', 'sealed')
           AND meeting.local_date BETWEEN from_day AND through
           AND NOT EXISTS (SELECT FROM membership_leave AS leave
                            WHERE leave.chapter_id = of_chapter AND leave.membership_id = member.id
                              AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
           AND NOT EXISTS (SELECT FROM summaries_of(of_chapter, from_day, to_day) AS counted
                            WHERE counted.is_used AND meeting.local_date BETWEEN counted.from_on AND counted.to_on)
         GROUP BY mark.membership_id
    ), imported AS (
        -- A summary does not say in which weeks its marks are: one a week.
        SELECT line.membership_id, sum(line.present + line.absent + line.late + line.medical + line.substitute) AS weeks
          FROM imported_summary_line AS line
          JOIN summaries_of(of_chapter, from_day, to_day) AS counted ON counted.is_used AND counted.batch = line.import_batch_id
         WHERE line.chapter_id = of_chapter AND line.membership_id IS NOT NULL
         GROUP BY line.membership_id
    ), trained AS (
        SELECT mark.membership_id, count(*) AS trainings
          FROM meeting
          JOIN mark ON mark.chapter_id = of_chapter AND mark.meeting_id = meeting.id AND mark.mark IN ('present', 'late')
          JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = mark.membership_id
                                   AND meeting.local_date BETWEEN member.joined_on AND coalesce(member.ended_on, 'infinity')
         WHERE meeting.chapter_id = of_chapter AND meeting.kind = 'training' AND meeting.status IN ('open', 'sealed')
           AND meeting.local_date BETWEEN from_day AND through
         GROUP BY mark.membership_id
    ), sponsored AS (
        SELECT sponsor_id, count(*) AS members
          FROM membership
         WHERE chapter_id = of_chapter AND joined_on BETWEEN from_day AND through AND sponsor_id IS NOT NULL
         GROUP BY sponsor_id
    )
    SELECT summary.membership_id, least(coalesce(marked.weeks, 0) + coalesce(imported.weeks, 0), 26)::bigint, summary.held,
           counted.metric, counted.amount
      FROM summary
      LEFT JOIN marked ON marked.membership_id = summary.membership_id
      LEFT JOIN imported ON imported.membership_id = summary.membership_id
      LEFT JOIN trained ON trained.membership_id = summary.membership_id
      LEFT JOIN sponsored ON sponsored.sponsor_id = summary.membership_id
     CROSS JOIN LATERAL (VALUES
           ('attended', (summary.present + summary.late + summary.substitute)::numeric), ('absences', summary.absent), ('lates', summary.late),
           ('referrals_given', summary.referrals_given_inside + summary.referrals_given_outside),
           ('one_to_ones', summary.one_to_ones), ('visitors', summary.visitors), ('thanked_for', summary.thanked_exactly),
           ('education', summary.education), ('testimonials', summary.testimonials),
           ('trainings', coalesce(trained.trainings, 0)), ('sponsored', coalesce(sponsored.members, 0))
           ) AS counted (metric, amount);
END
$$;

-- Every part of every member's card: what it is worth, and what the next step takes. `needs` are further records, with
-- the weeks unchanged; null where no record helps. A rate without a denominator earns nothing.
CREATE OR REPLACE FUNCTION app.scored_parts(of_chapter integer, from_day date, to_day date, as_of timestamptz, scheme text)
    RETURNS TABLE (
        member_id bigint, weeks bigint, place bigint, name text, metric text, per text, amount numeric, base numeric, points integer,
        most integer, next_points integer, needs numeric, has_steps boolean
    )
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    card jsonb := scorecard_in_force(of_chapter, scheme, last_day_counted(of_chapter, to_day, as_of));
    home text  := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
BEGIN
    IF card IS NULL THEN
        RAISE EXCEPTION 'there is no scorecard “%”', scheme
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scorecard_is_known', TABLE = 'scorecard';
    END IF;
    RETURN QUERY
    WITH part AS (
        SELECT listed.place, listed.part ->> 'name' AS name, listed.part ->> 'metric' AS metric, listed.part ->> 'per' AS per,
               coalesce(listed.part -> 'steps', listed.part -> 'bands' -> home, '[]') AS steps
          FROM jsonb_array_elements(card -> 'parts') WITH ORDINALITY AS listed (part, place)
    ), step AS (
        SELECT part.place, (one ->> 'points')::integer AS points,
               CASE WHEN one ? 'from' THEN 'from' WHEN one ? 'above' THEN 'above' ELSE 'upto' END AS kind,
               fraction(coalesce(one ->> 'from', one ->> 'above', one ->> 'upto')) AS bound
          FROM part CROSS JOIN LATERAL jsonb_array_elements(part.steps) AS one
    ), worth AS (
        SELECT counted.member_id, counted.weeks, part.place, part.name, part.metric, part.per, counted.amount,
               CASE part.per WHEN 'week' THEN counted.weeks WHEN 'month' THEN counted.weeks * 12 WHEN 'held' THEN counted.held ELSE 1 END
               / CASE part.per WHEN 'month' THEN 52::numeric ELSE 1 END AS shown_base,
               -- Both sides times 52, so that months stay whole.
               counted.amount * 52 AS top,
               (CASE part.per WHEN 'week' THEN counted.weeks * 52 WHEN 'month' THEN counted.weeks * 12 WHEN 'held' THEN counted.held * 52
                              ELSE 52 END)::numeric AS bottom
          FROM part
          JOIN scored_counts(of_chapter, from_day, to_day, as_of) AS counted ON counted.metric = part.metric
    ), judged AS (
        SELECT worth.*, step.points, step.kind, step.bound,
               worth.bottom > 0 AND CASE step.kind
                   WHEN 'from'  THEN worth.top * step.bound[2] >= step.bound[1] * worth.bottom
                   WHEN 'above' THEN worth.top * step.bound[2] >  step.bound[1] * worth.bottom
                   ELSE              worth.top * step.bound[2] <= step.bound[1] * worth.bottom END AS is_reached,
               CASE WHEN worth.bottom = 0 OR step.kind = 'upto' THEN NULL
                    WHEN worth.metric = 'thanked_for' THEN 1
                    -- A further meeting is attended and held.
                    WHEN worth.per = 'held' AND step.bound[1] < step.bound[2]
                    THEN ceil((step.bound[1] * worth.bottom - step.bound[2] * worth.top) / ((step.bound[2] - step.bound[1]) * 52))
                    WHEN worth.per = 'held' THEN NULL
                    WHEN step.kind = 'from' THEN ceil((step.bound[1] * worth.bottom - step.bound[2] * worth.top) / (step.bound[2] * 52))
                    ELSE floor((step.bound[1] * worth.bottom - step.bound[2] * worth.top) / (step.bound[2] * 52)) + 1 END AS needs
          FROM worth
          LEFT JOIN step ON step.place = worth.place
    ), earned AS (
        SELECT judged.member_id, judged.weeks, judged.place, judged.name, judged.metric, judged.per, judged.amount, judged.shown_base,
               coalesce(max(judged.points) FILTER (WHERE judged.is_reached), 0) AS points, coalesce(max(judged.points), 0) AS most,
               count(judged.points) > 0 AS has_steps
          FROM judged
         GROUP BY judged.member_id, judged.weeks, judged.place, judged.name, judged.metric, judged.per, judged.amount, judged.shown_base
    )
    SELECT earned.member_id, earned.weeks, earned.place, earned.name, earned.metric, earned.per, earned.amount, earned.shown_base,
           earned.points, earned.most, following.points - earned.points, following.needs, earned.has_steps
      FROM earned
      LEFT JOIN LATERAL (SELECT judged.points, judged.needs FROM judged
                          WHERE judged.member_id = earned.member_id AND judged.place = earned.place AND judged.points > earned.points
                          ORDER BY judged.points LIMIT 1) AS following ON true;
END
$$;

-- A row for each membership that the reader may see: the score, its colour, and the cheapest next step.
CREATE OR REPLACE FUNCTION app.scorecard_members(of_chapter integer, from_day date, to_day date, as_of timestamptz, scheme text)
    RETURNS TABLE (member_id bigint, member_name text, score bigint, colour text, weeks bigint, next_part text, next_needs bigint, next_points bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date  := last_day_counted(of_chapter, to_day, as_of);
    colours jsonb := scorecard_in_force(of_chapter, scheme, through) -> 'colours';
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH part AS MATERIALIZED (
        SELECT * FROM scored_parts(of_chapter, from_day, to_day, as_of, scheme)
    ), card AS (
        SELECT part.member_id, part.weeks, CASE WHEN part.weeks > 0 THEN sum(part.points) END AS score
          FROM part GROUP BY part.member_id, part.weeks
    )
    SELECT member.id, member.name, card.score,
           CASE WHEN card.score >= (colours ->> 'green')::integer THEN 'green' WHEN card.score >= (colours ->> 'yellow')::integer THEN 'yellow'
                WHEN card.score >= (colours ->> 'red')::integer THEN 'red' ELSE 'grey' END,
           card.weeks, cheapest.name, cheapest.needs::bigint, cheapest.next_points::bigint
      FROM reported_members(of_chapter, from_day, through) AS member
      JOIN card ON card.member_id = member.id
      LEFT JOIN LATERAL (SELECT part.name, part.needs, part.next_points FROM part
                          WHERE part.member_id = member.id AND part.needs IS NOT NULL AND card.weeks > 0
                          ORDER BY part.needs, part.next_points DESC, part.place LIMIT 1) AS cheapest ON true
     WHERE member.is_listed
     ORDER BY card.score DESC NULLS LAST, member.folded_name, member.id;
END
$$;

-- The parts of each card.
CREATE OR REPLACE FUNCTION app.scorecard_parts(of_chapter integer, from_day date, to_day date, as_of timestamptz, scheme text)
    RETURNS TABLE (
        member_id bigint, member_name text, part text, counted numeric, base numeric, value numeric, points bigint, most bigint,
        next_needs bigint, next_points bigint, note text
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    digits integer := decimals_of(of_chapter);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT member.id, member.name, part.name, printed(part.amount, CASE part.metric WHEN 'thanked_for' THEN digits ELSE 2 END), printed(part.base, 2), printed(quotient(part.amount, part.base), 4),
           part.points::bigint, part.most::bigint, part.needs::bigint, CASE WHEN part.needs IS NOT NULL THEN part.next_points END::bigint,
           CASE WHEN NOT part.has_steps THEN 'there are no bands of money for the chapter’s currency' END
      FROM scored_parts(of_chapter, from_day, to_day, as_of, scheme) AS part
      JOIN reported_members(of_chapter, from_day, last_day_counted(of_chapter, to_day, as_of)) AS member
           ON member.id = part.member_id AND member.is_listed
     ORDER BY member.folded_name, member.id, part.place;
END
$$;

-- The scorecards that a chapter can use, and whose they are.
CREATE OR REPLACE FUNCTION app.scorecards(of_chapter integer) RETURNS TABLE (scheme text, title text, is_own boolean)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (known.scheme) known.scheme, known.title, known.is_own
      FROM (SELECT own.scheme, own.definition ->> 'title' AS title, true AS is_own, own.valid_from
              FROM chapter_scorecard AS own WHERE own.chapter_id = of_chapter
            UNION ALL
            SELECT shipped.scheme, shipped.definition ->> 'title', false, '-infinity' FROM scorecard AS shipped) AS known
     ORDER BY known.scheme, known.valid_from DESC;
END
$$;

GRANT EXECUTE ON FUNCTION app.scorecard_members, app.scorecard_parts, app.scorecards, app.scorecard_in_force TO chapterhouse_app;
