-- What came of a referral is asked of each by its key.

CREATE INDEX closed_business_by_referral ON app.closed_business (chapter_id, referral_id) WHERE referral_id IS NOT NULL;
