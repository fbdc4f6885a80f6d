-- What an import needs to know of other chapters' ledgers, and how it is undone.

-- Slips between the acting chapter and others that stand in the others' ledgers, on the days asked for, and not
-- in its own: the twins that an imported slip may turn out to have. Names are folded; a null earner is unnamed.
CREATE OR REPLACE FUNCTION app.twins(others integer[], from_day date, to_day date)
    RETURNS TABLE (kind text, id uuid, other_chapter integer, theirs text, ours text, is_from_us boolean, tier smallint, amount bigint, day date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
    SELECT 'referral', slip.id, slip.chapter_id, member.folded_name, outsider.folded_name,
           slip.giver_outsider_id IS NOT NULL, slip.tier, NULL::bigint, slip.passed_on
      FROM referral AS slip
      JOIN outsider ON outsider.chapter_id = slip.chapter_id AND outsider.id = coalesce(slip.giver_outsider_id, slip.receiver_outsider_id)
      JOIN membership AS member ON member.chapter_id = slip.chapter_id AND member.id = coalesce(slip.giver_id, slip.receiver_id)
     WHERE may('import-files') AND slip.chapter_id = ANY (others) AND slip.passed_on BETWEEN from_day AND to_day AND outsider.home_chapter = acting_chapter()
       AND NOT EXISTS (SELECT FROM referral AS own WHERE own.chapter_id = acting_chapter() AND own.id = slip.id)
    UNION ALL
    SELECT 'thanks', slip.id, slip.chapter_id, thanked.folded_name, outsider.folded_name,
           slip.earner_outsider_id IS NOT NULL, NULL::smallint, slip.amount, slip.closed_on
      FROM closed_business AS slip
      JOIN outsider ON outsider.chapter_id = slip.chapter_id AND outsider.id = coalesce(slip.earner_outsider_id, slip.thanked_outsider_id)
      LEFT JOIN membership AS thanked ON thanked.chapter_id = slip.chapter_id AND thanked.id = slip.thanked_id
     WHERE may('import-files') AND slip.chapter_id = ANY (others) AND slip.closed_on BETWEEN from_day AND to_day AND outsider.home_chapter = acting_chapter()
       AND NOT EXISTS (SELECT FROM closed_business AS own WHERE own.chapter_id = acting_chapter() AND own.id = slip.id)
    UNION ALL
    SELECT 'one-to-one', slip.id, slip.chapter_id, member.folded_name, outsider.folded_name, false, NULL, NULL, slip.met_on
      FROM one_to_one AS slip
      JOIN outsider ON outsider.chapter_id = slip.chapter_id AND outsider.id = slip.second_outsider_id
      JOIN membership AS member ON member.chapter_id = slip.chapter_id AND member.id = slip.first_id
     WHERE may('import-files') AND slip.chapter_id = ANY (others) AND slip.met_on BETWEEN from_day AND to_day AND outsider.home_chapter = acting_chapter()
       AND NOT EXISTS (SELECT FROM one_to_one AS own WHERE own.chapter_id = acting_chapter() AND own.id = slip.id)
$$;

-- Takes every row of a batch back, in this chapter only. False where there is no such batch, or it is undone.
-- What others lean on since is refused by its foreign key, and nothing is taken back.
CREATE OR REPLACE FUNCTION app.undo_import(batch bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    here integer := acting_chapter();
    people bigint[];
BEGIN
    IF NOT may('import-files') THEN
        RAISE EXCEPTION 'undoing an import takes the right import-files' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE import_batch SET undone_at = now() WHERE chapter_id = here AND id = batch AND undone_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM closed_business_earner AS earner USING closed_business AS thanks
     WHERE earner.chapter_id = here AND thanks.chapter_id = here AND thanks.id = earner.closed_business_id AND thanks.import_batch_id = batch;
    DELETE FROM closed_business WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM referral_step AS step USING referral
     WHERE step.chapter_id = here AND referral.chapter_id = here AND referral.id = step.referral_id AND referral.import_batch_id = batch;
    DELETE FROM prospect USING referral
     WHERE prospect.chapter_id = here AND referral.chapter_id = here AND referral.id = prospect.referral_id AND referral.import_batch_id = batch;
    DELETE FROM referral WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM one_to_one WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM education_unit WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM testimonial WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM visitor WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM imported_summary_line WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM imported_summary WHERE chapter_id = here AND import_batch_id = batch;
    DELETE FROM name_link WHERE chapter_id = here AND import_batch_id = batch;
    -- A person of another chapter stays as long as a slip names them, whichever file named them first.
    DELETE FROM outsider
     WHERE chapter_id = here
       AND import_batch_id IN (SELECT import_batch.id FROM import_batch WHERE chapter_id = here AND undone_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM referral AS slip WHERE slip.chapter_id = here AND outsider.id IN (slip.giver_outsider_id, slip.receiver_outsider_id))
       AND NOT EXISTS (SELECT FROM closed_business AS slip WHERE slip.chapter_id = here AND outsider.id IN (slip.earner_outsider_id, slip.thanked_outsider_id))
       AND NOT EXISTS (SELECT FROM one_to_one AS slip WHERE slip.chapter_id = here AND outsider.id = slip.second_outsider_id)
       AND NOT EXISTS (SELECT FROM testimonial AS slip WHERE slip.chapter_id = here AND outsider.id IN (slip.giver_outsider_id, slip.receiver_outsider_id))
       AND NOT EXISTS (SELECT FROM visitor AS slip WHERE slip.chapter_id = here AND outsider.id = slip.inviter_outsider_id);
    WITH gone AS (DELETE FROM membership WHERE chapter_id = here AND import_batch_id = batch RETURNING person_id)
    SELECT array_agg(person_id) INTO people FROM gone;
    -- A person without a login whom no membership names any more came with the file and goes with it.
    DELETE FROM person
     WHERE id = ANY (people) AND email IS NULL
       AND NOT EXISTS (SELECT FROM membership WHERE membership.person_id = person.id)
       AND NOT EXISTS (SELECT FROM person AS merged WHERE merged.merged_into = person.id)
       AND NOT EXISTS (SELECT FROM person_calendar WHERE person_calendar.person_id = person.id)
       AND NOT EXISTS (SELECT FROM api_token WHERE api_token.person_id = person.id);
    RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION app.twins, app.undo_import TO chapterhouse_app;
