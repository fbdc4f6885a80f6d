-- Every unique index of a chapter's table holds its chapter_id, so that it can be split over several servers
-- (Schema/Distributed). The hash of a secret of 256 bits is one of its kind without an index that says so.
DROP INDEX app.chapter_calendar_by_secret;
CREATE UNIQUE INDEX chapter_calendar_by_secret ON app.chapter_calendar (secret_hash, chapter_id);
DROP INDEX app.visitor_link_by_secret;
CREATE UNIQUE INDEX visitor_link_by_secret ON app.visitor_link (secret_hash, chapter_id);
