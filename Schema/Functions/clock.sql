-- The present, for every rule that asks for it: what the tests stop. When a row was written goes by now().
CREATE OR REPLACE FUNCTION app.this_instant() RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN now();

GRANT EXECUTE ON FUNCTION app.this_instant() TO chapterhouse_app;
