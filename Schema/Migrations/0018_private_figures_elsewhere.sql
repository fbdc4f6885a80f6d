-- More reports show what members earned, and say so in the access log; who left is told from who went to another chapter.

ALTER TABLE app.access_event
    DROP CONSTRAINT access_is_to_something_known,
    ADD CONSTRAINT access_is_to_something_known CHECK (seen IN ('monthly-return', 'thanks', 'quality', 'matrix', 'time'));

CREATE INDEX membership_by_origin ON app.membership (transferred_from_chapter, transferred_from) WHERE transferred_from IS NOT NULL;
