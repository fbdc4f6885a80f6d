-- Whether two members ever thanked each other is found without reading every thanks of a chapter's life: who earned says
-- whom they thanked and when, beside what the thanks says.

ALTER TABLE app.closed_business_earner ADD COLUMN thanked_id bigint, ADD COLUMN closed_on date;

ALTER TABLE app.closed_business_earner DISABLE TRIGGER USER;
UPDATE app.closed_business_earner AS earner
   SET thanked_id = thanks.thanked_id, closed_on = thanks.closed_on
  FROM app.closed_business AS thanks
 WHERE thanks.chapter_id = earner.chapter_id AND thanks.id = earner.closed_business_id;
ALTER TABLE app.closed_business_earner ENABLE TRIGGER USER;

ALTER TABLE app.closed_business_earner ALTER COLUMN closed_on SET NOT NULL;

CREATE INDEX closed_business_earner_by_thanked ON app.closed_business_earner (chapter_id, membership_id, thanked_id, closed_on);
DROP INDEX app.closed_business_earner_by_member;

CREATE FUNCTION app.earner_says_whom_they_thanked() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF TG_TABLE_NAME = 'closed_business' THEN
        UPDATE closed_business_earner SET thanked_id = NEW.thanked_id, closed_on = NEW.closed_on
         WHERE chapter_id = NEW.chapter_id AND closed_business_id = NEW.id;
    ELSE
        SELECT thanks.thanked_id, thanks.closed_on INTO NEW.thanked_id, NEW.closed_on
          FROM closed_business AS thanks
         WHERE thanks.chapter_id = NEW.chapter_id AND thanks.id = NEW.closed_business_id;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER says_whom_they_thanked BEFORE INSERT ON app.closed_business_earner
    FOR EACH ROW EXECUTE FUNCTION app.earner_says_whom_they_thanked();
CREATE TRIGGER earner_says_whom_they_thanked AFTER UPDATE OF thanked_id, closed_on ON app.closed_business
    FOR EACH ROW EXECUTE FUNCTION app.earner_says_whom_they_thanked();
