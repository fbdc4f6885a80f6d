-- How far needs and offers are seen: in the chapter, or by those chapters of its region that let theirs be seen, too.

ALTER TABLE app.policy
    ADD COLUMN needs_are_seen_in text NOT NULL DEFAULT 'chapter',
    ADD CONSTRAINT needs_are_seen_somewhere CHECK (needs_are_seen_in IN ('chapter', 'region'));
