-- Third parties are forgotten when their time is over; what is still kept of them is found without reading the rest.
CREATE INDEX visitor_to_forget ON app.visitor (visit_on) WHERE erased_at IS NULL;
CREATE INDEX prospect_to_forget ON app.prospect (chapter_id, referral_id) WHERE erased_at IS NULL;
