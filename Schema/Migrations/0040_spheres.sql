-- A sphere is what professions have in common whose clients are the same people: building, say, or weddings. Members of one
-- sphere have most to tell each other.

ALTER TABLE app.seat ADD COLUMN sphere app.line;
GRANT UPDATE (sphere) ON app.seat TO chapterhouse_app;
