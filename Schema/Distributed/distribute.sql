-- Turns a fresh schema into one that Citus splits over several servers, by chapter. `database migrate --distributed` runs it
-- as the owner, where the extension is; a second time it does what a newer schema has brought.
SET LOCAL citus.enable_unsafe_triggers = on;

DO $$
DECLARE
    listed record;
BEGIN
    FOR listed IN SELECT * FROM app.distribution() AS listed WHERE listed.kind <> 'local' ORDER BY listed.place LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = ('app.' || listed.name)::regclass);
        IF listed.kind = 'reference' THEN
            PERFORM create_reference_table(('app.' || listed.name)::regclass);
        ELSE
            -- Columns of one type share their shards: all of a chapter is on one server.
            PERFORM create_distributed_table(('app.' || listed.name)::regclass, 'chapter_id');
        END IF;
    END LOOP;
END
$$;
