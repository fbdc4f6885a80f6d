-- What a chapter comes to in each month that is over, for its region's report: added up together with its return.

-- `thanked` is in minor units of `currency`, in which the region compares its chapters, unrounded. A month without a row
-- lies before the chapter's first record.
CREATE TABLE app.chapter_in_month (
    chapter_id  integer NOT NULL,
    month       date    NOT NULL,
    currency    text    NOT NULL,
    meetings    bigint  NOT NULL,
    expected    bigint  NOT NULL,
    attended    bigint  NOT NULL,
    referrals   bigint  NOT NULL,
    one_to_ones bigint  NOT NULL,
    visitors    bigint  NOT NULL,
    thanked     numeric NOT NULL,
    unconverted bigint  NOT NULL,

    PRIMARY KEY (chapter_id, month)
);

ALTER TABLE app.chapter_in_month ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.chapter_in_month FORCE ROW LEVEL SECURITY;
