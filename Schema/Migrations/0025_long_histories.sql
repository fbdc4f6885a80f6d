-- Reports of a chapter with ten years behind it: what two members have had with each other, and what has moved since a
-- day, are found without reading the years between.

CREATE INDEX referral_by_giver ON app.referral (chapter_id, giver_id, passed_on) INCLUDE (receiver_id);
CREATE INDEX one_to_one_by_pair ON app.one_to_one (chapter_id, first_id, second_id, met_on);
CREATE INDEX referral_step_by_time ON app.referral_step (chapter_id, at);
CREATE INDEX meeting_not_sealed ON app.meeting (chapter_id, local_date) WHERE status IN ('scheduled', 'open');
CREATE INDEX visitor_not_contacted ON app.visitor (chapter_id, visit_on) WHERE status = 'new';
