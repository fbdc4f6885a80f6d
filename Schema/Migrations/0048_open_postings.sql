-- What is answered and what is still open, however many needs were posted before.

CREATE INDEX posting_by_answer ON app.posting (chapter_id, answered_on) WHERE answered_on IS NOT NULL;
-- By the last day on which it is open: never, for one that nobody answered and that has no end.
CREATE INDEX posting_by_last_day ON app.posting (chapter_id, kind, coalesce(least(until, answered_on - 1), 'infinity'));
