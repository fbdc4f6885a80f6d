-- The chapters of a region, however many others there are.

CREATE INDEX chapter_by_region ON app.chapter (region_id) WHERE region_id IS NOT NULL;
