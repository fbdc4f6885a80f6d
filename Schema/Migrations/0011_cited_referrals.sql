-- Thanks cite a referral that concerns whoever earned: one they gave or received, or that came to them by others.

-- `has_part_in` stands in Functions/ledgers.sql. An earner of this chapter is named after the thanks are written, one
-- of another chapter with them: hence a trigger on either table.
CREATE FUNCTION app.thanks_cite_a_referral_of_their_earner() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    thanks closed_business;
    member bigint;
BEGIN
    IF TG_TABLE_NAME = 'closed_business_earner' THEN
        SELECT * INTO thanks FROM closed_business WHERE chapter_id = NEW.chapter_id AND id = NEW.closed_business_id;
        member := NEW.membership_id;
    ELSE
        thanks := NEW;
    END IF;
    IF thanks.referral_id IS NOT NULL
       AND NOT has_part_in(thanks.chapter_id, thanks.referral_id, member, thanks.earner_outsider_id, thanks.closed_on)
    THEN
        RAISE EXCEPTION 'whoever earned has no part in the referral'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'thanks_cite_a_referral_of_their_earner', TABLE = 'closed_business';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER thanks_cite_a_referral_of_their_earner AFTER INSERT ON app.closed_business_earner
    FOR EACH ROW EXECUTE FUNCTION app.thanks_cite_a_referral_of_their_earner();
CREATE CONSTRAINT TRIGGER thanks_cite_a_referral_of_their_earner AFTER INSERT ON app.closed_business
    FOR EACH ROW WHEN (NEW.referral_id IS NOT NULL AND NEW.earner_outsider_id IS NOT NULL)
    EXECUTE FUNCTION app.thanks_cite_a_referral_of_their_earner();
