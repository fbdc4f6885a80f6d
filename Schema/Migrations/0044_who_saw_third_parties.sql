-- The access log also says who saw how to reach people who are no members, and who was given all that is kept about somebody.

ALTER TABLE app.access_event
    -- Whose contact data those were: ids of visitors, contacts and applications, and of the referrals of prospects.
    ADD COLUMN records uuid[] NOT NULL DEFAULT '{}',
    DROP CONSTRAINT access_concerns_somebody,
    ADD CONSTRAINT access_concerns_somebody CHECK (cardinality(about) + cardinality(records) > 0),
    DROP CONSTRAINT access_is_to_something_known,
    ADD CONSTRAINT access_is_to_something_known
        CHECK (seen IN ('monthly-return', 'thanks', 'quality', 'matrix', 'time', 'own-data', 'visitor', 'prospect', 'card', 'application'));

-- Whether somebody has seen a record today is asked with every look at it.
CREATE INDEX access_event_by_reader ON app.access_event (chapter_id, person_id, at) WHERE cardinality(records) > 0;
