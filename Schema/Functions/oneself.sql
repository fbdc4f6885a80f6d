-- What a person may know of themselves, in every chapter at once.

CREATE OR REPLACE FUNCTION app.own_memberships()
    RETURNS TABLE (
        slug text, chapter_name text, id bigint, name text, seat text, company text, joined_on date, renews_on date, ended_on date,
        shares_figures boolean, margin numeric, value_of_hour bigint, currency text
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT chapter.slug, chapter.name::text, membership.id, membership.name::text, seat.title::text, membership.company::text,
               membership.joined_on, membership.renews_on, membership.ended_on, membership.shares_figures,
               (SELECT valuation.margin FROM membership_valuation AS valuation
                 WHERE valuation.chapter_id = membership.chapter_id AND valuation.membership_id = membership.id
                   AND valuation.margin IS NOT NULL AND valuation.valid_from <= today(membership.chapter_id)
                 ORDER BY valuation.valid_from DESC LIMIT 1),
               (SELECT valuation.value_of_hour FROM membership_valuation AS valuation
                 WHERE valuation.chapter_id = membership.chapter_id AND valuation.membership_id = membership.id
                   AND valuation.value_of_hour IS NOT NULL AND valuation.valid_from <= today(membership.chapter_id)
                 ORDER BY valuation.valid_from DESC LIMIT 1),
               chapter.currency
          FROM membership
          JOIN chapter ON chapter.id = membership.chapter_id
          LEFT JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
         WHERE membership.person_id = acting_person()
         ORDER BY membership.joined_on, membership.chapter_id, membership.id;
END
$$;

CREATE OR REPLACE FUNCTION app.own_offices() RETURNS TABLE (slug text, id bigint, role text, from_on date, to_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT chapter.slug, office.id, office.role, office.from_on, office.to_on
          FROM office JOIN chapter ON chapter.id = office.chapter_id
         WHERE office.person_id = acting_person()
         ORDER BY office.from_on, office.chapter_id, office.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.own_memberships, app.own_offices TO chapterhouse_app;
