-- Seats (domain page §3, Seat and Referral): which professions the chapter lacks, what that costs, and who held which.

-- Open on the last day of the period: seats that nobody holds, and professions that a referral of the period lacked and
-- no seat names. A referral that nobody could take is worth what one that somebody took brought on average: both are known
-- in the chapter, so that nothing is withheld.
CREATE OR REPLACE FUNCTION app.seats_open(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (seat text, open_since date, unplaced bigint, value numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    through  date := last_day_counted(of_chapter, to_day, as_of);
    home     text := (SELECT chapter.currency FROM chapter WHERE chapter.id = of_chapter);
    digits   integer := decimals_of(of_chapter);
    given    numeric;
    referred bigint;
BEGIN
    IF of_chapter IS DISTINCT FROM acting_chapter() THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(converted(thanks.amount, thanks.currency, home, thanks.closed_on)), 0) INTO given
      FROM closed_business AS thanks
      JOIN membership AS thanked ON thanked.chapter_id = of_chapter AND thanked.id = thanks.thanked_id
                                AND thanks.closed_on BETWEEN thanked.joined_on AND coalesce(thanked.ended_on, 'infinity')
     WHERE thanks.chapter_id = of_chapter AND thanks.closed_on BETWEEN from_day AND through;
    SELECT count(*) INTO referred
      FROM referral
      JOIN membership AS giver ON giver.chapter_id = of_chapter AND giver.id = referral.giver_id
                              AND referral.passed_on BETWEEN giver.joined_on AND coalesce(giver.ended_on, 'infinity')
     WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN from_day AND through AND referral.unplaced_profession IS NULL;
    RETURN QUERY
    WITH lacking AS (
        SELECT referral.unplaced_profession AS profession, count(*) AS referrals
          FROM referral
         WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN from_day AND through AND referral.unplaced_profession IS NOT NULL
         GROUP BY referral.unplaced_profession
    ), held AS (
        SELECT membership.seat_id, bool_or(coalesce(membership.ended_on, 'infinity') >= through) AS is_taken, max(membership.ended_on) + 1 AS open_since
          FROM membership
         WHERE membership.chapter_id = of_chapter AND membership.seat_id IS NOT NULL AND membership.joined_on <= through
         GROUP BY membership.seat_id
    )
    SELECT coalesce(seat.title, lacking.profession)::text, held.open_since, coalesce(lacking.referrals, 0),
           printed_amount(quotient(coalesce(lacking.referrals, 0) * given, referred), digits)
      FROM (SELECT * FROM seat WHERE seat.chapter_id = of_chapter) AS seat
      FULL JOIN lacking ON lacking.profession = seat.profession
      LEFT JOIN held ON held.seat_id = seat.id
     WHERE NOT coalesce(held.is_taken, false)
     ORDER BY coalesce(lacking.referrals, 0) DESC, coalesce(seat.profession, lacking.profession);
END
$$;

-- Who held which seat until the last day of the period, for whoever sees the roster.
CREATE OR REPLACE FUNCTION app.seats_history(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (seat text, member_id bigint, member_name text, from_on date, to_on date)
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
    SELECT seat.title::text, member.id, member.name::text, member.joined_on, member.ended_on
      FROM membership AS member
      JOIN seat ON seat.chapter_id = of_chapter AND seat.id = member.seat_id
     WHERE member.chapter_id = of_chapter AND member.joined_on <= through
     ORDER BY seat.profession, member.joined_on, member.id;
END
$$;

-- The referrals for which a seat is open, the oldest first.
CREATE OR REPLACE FUNCTION app.seats_entries(of_chapter integer, from_day date, to_day date, as_of timestamptz)
    RETURNS TABLE (member_id bigint, member_name text, figure text, day date, seat text, record text)
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
    SELECT giver.id, giver.name::text, 'unplaced', referral.passed_on, coalesce(seat.title, referral.unplaced_profession)::text, referral.id::text
      FROM referral
      JOIN membership AS giver ON giver.chapter_id = of_chapter AND giver.id = referral.giver_id
      LEFT JOIN seat ON seat.chapter_id = of_chapter AND seat.profession = referral.unplaced_profession
     WHERE referral.chapter_id = of_chapter AND referral.passed_on BETWEEN from_day AND through AND referral.unplaced_profession IS NOT NULL
       AND NOT EXISTS (SELECT FROM membership AS holder
                        WHERE holder.chapter_id = of_chapter AND holder.seat_id = seat.id
                          AND through BETWEEN holder.joined_on AND coalesce(holder.ended_on, 'infinity'))
       AND (may('see-chapter-reports') OR giver.person_id = acting_person())
     ORDER BY referral.passed_on, giver.folded_name, giver.id, referral.id;
END
$$;

GRANT EXECUTE ON FUNCTION app.seats_open, app.seats_history, app.seats_entries TO chapterhouse_app;
