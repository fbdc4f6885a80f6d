-- Leadership (domain page §6, Exactly 15 and 18): who served how long, and who left once they had stepped down.

-- In how many calendar months somebody had a day in any office.
CREATE OR REPLACE FUNCTION app.months_served(of_chapter integer, since date, through date) RETURNS TABLE (membership_id bigint, months bigint)
    LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT served.membership_id,
           sum((extract(year FROM upper(run)) - extract(year FROM lower(run))) * 12 + extract(month FROM upper(run)) - extract(month FROM lower(run)))::bigint
      FROM (SELECT office.membership_id,
                   range_agg(daterange(date_trunc('month', greatest(office.from_on, since)::timestamp)::date,
                                       (date_trunc('month', least(office.to_on, through)::timestamp) + interval '1 month')::date)) AS runs
              FROM office
             WHERE office.chapter_id = of_chapter AND office.from_on <= through AND coalesce(office.to_on, 'infinity') >= since
             GROUP BY office.membership_id) AS served
     CROSS JOIN LATERAL unnest(served.runs) AS run
     GROUP BY served.membership_id;
END
$$;

-- A row for each member; those who never held an office have served no month.
CREATE OR REPLACE FUNCTION app.leadership_members(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (
        is_total boolean, member_id bigint, member_name text, months_in_office bigint, months_since_joining bigint, roles text[],
        last_day date, left_after_stepping_down boolean
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH term AS (
        SELECT office.membership_id, array_agg(DISTINCT office.role ORDER BY office.role) AS roles,
               max(least(office.to_on, membership.ended_on)) FILTER (WHERE least(office.to_on, membership.ended_on) <= through) AS last_day,
               bool_or(membership.ended_on <= through AND membership.ended_on - least(office.to_on, membership.ended_on) BETWEEN 0 AND 90) AS has_left
          FROM office
          JOIN membership ON membership.chapter_id = of_chapter AND membership.id = office.membership_id
         WHERE office.chapter_id = of_chapter AND office.from_on <= through
         GROUP BY office.membership_id
    ), summed AS (
        SELECT grouping(member.id) = 1 AS is_total, member.id, min(member.name) AS name, min(member.folded_name) AS folded_name,
               coalesce(bool_or(member.is_listed), true) AS is_listed,
               coalesce(sum(served.months), 0)::bigint AS months, coalesce(sum(ever.months), 0)::bigint AS all_months
          FROM reported_members(of_chapter, from_day, through) AS member
          LEFT JOIN months_served(of_chapter, from_day, through) AS served ON served.membership_id = member.id
          LEFT JOIN months_served(of_chapter, '-infinity', through) AS ever ON ever.membership_id = member.id
         GROUP BY GROUPING SETS ((member.id), ())
    )
    SELECT summed.is_total, summed.id, CASE WHEN NOT summed.is_total THEN summed.name END, summed.months, summed.all_months,
           CASE WHEN NOT summed.is_total THEN coalesce(term.roles, '{}') END, term.last_day,
           CASE WHEN NOT summed.is_total
                THEN coalesce(term.has_left, false)
                     AND NOT EXISTS (SELECT FROM membership AS further
                                      WHERE further.transferred_from_chapter = of_chapter AND further.transferred_from = summed.id) END
      FROM summed
      LEFT JOIN term ON term.membership_id = summed.id
     WHERE summed.is_total OR summed.is_listed
     ORDER BY summed.is_total, summed.folded_name, summed.id;
END
$$;

-- Every term with a day in the period, for whoever sees the roster.
CREATE OR REPLACE FUNCTION app.leadership_terms(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (role text, member_id bigint, member_name text, from_on date, to_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through date := last_day_counted(of_chapter, to_day, as_of);
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() OR NOT may('see-roster') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT kind.title, member.id, member.name::text, office.from_on, office.to_on
      FROM office
      JOIN office_kind AS kind ON kind.role = office.role
      JOIN membership AS member ON member.chapter_id = of_chapter AND member.id = office.membership_id
     WHERE office.chapter_id = of_chapter AND office.from_on <= through AND coalesce(office.to_on, 'infinity') >= from_day
     ORDER BY kind.title, office.from_on, member.folded_name, member.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.leadership_members, app.leadership_terms TO chapterhouse_app;
