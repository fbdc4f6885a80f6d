-- The first introductions of a member, however many came after them.

DROP INDEX app.introduction_by_connector, app.introduction_by_first, app.introduction_by_second;
CREATE INDEX introduction_by_connector ON app.introduction (chapter_id, connector_id, made_on) WHERE connector_id IS NOT NULL;
CREATE INDEX introduction_by_first ON app.introduction (chapter_id, first_id, made_on) WHERE first_id IS NOT NULL;
CREATE INDEX introduction_by_second ON app.introduction (chapter_id, second_id, made_on) WHERE second_id IS NOT NULL;
