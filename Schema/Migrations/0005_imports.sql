-- What imports keep beside the slips: summaries of a past that has no slips, and remembered names.

-- The figures of an imported summary stand for the days from `from_on` to `to_on`, both included.
CREATE TABLE app.imported_summary (
    chapter_id      integer NOT NULL,
    import_batch_id bigint  NOT NULL,
    from_on         date    NOT NULL,
    to_on           date    NOT NULL,

    PRIMARY KEY (chapter_id, import_batch_id),
    FOREIGN KEY (chapter_id, import_batch_id) REFERENCES app.import_batch (chapter_id, id),
    CONSTRAINT summary_is_of_days_in_order CHECK (to_on >= from_on),
    CONSTRAINT one_summary_per_day EXCLUDE USING gist (
        chapter_id WITH =, daterange(from_on, to_on, '[]') WITH &&
    )
);

SELECT app.guard('app.imported_summary', 'import_batch_id');
GRANT SELECT, INSERT ON app.imported_summary TO chapterhouse_app;

CREATE TABLE app.imported_summary_line (
    chapter_id      integer       NOT NULL,
    import_batch_id bigint        NOT NULL,
    line            smallint      NOT NULL,
    kind            text          NOT NULL,
    membership_id   bigint,
    present         integer       NOT NULL,
    absent          integer       NOT NULL,
    late            integer       NOT NULL,
    medical         integer       NOT NULL,
    substitute      integer       NOT NULL,
    referrals_given_inside     integer NOT NULL,
    referrals_given_outside    integer NOT NULL,
    referrals_received_inside  integer NOT NULL,
    referrals_received_outside integer NOT NULL,
    visitors        integer       NOT NULL,
    one_to_ones     integer       NOT NULL,
    -- Minor units of the chapter's currency.
    thanked_for     bigint        NOT NULL,
    education       numeric(9, 2) NOT NULL,
    testimonials    integer       NOT NULL,

    PRIMARY KEY (chapter_id, import_batch_id, line),
    FOREIGN KEY (chapter_id, import_batch_id) REFERENCES app.imported_summary (chapter_id, import_batch_id),
    FOREIGN KEY (chapter_id, membership_id)   REFERENCES app.membership (chapter_id, id),
    CONSTRAINT summary_line_is_of_somebody CHECK (
        kind IN ('member', 'former-members', 'visitors', 'other-chapters') AND (kind = 'member') = (membership_id IS NOT NULL)
    )
);

SELECT app.guard('app.imported_summary_line', 'import_batch_id,line');
GRANT SELECT, INSERT ON app.imported_summary_line TO chapterhouse_app;

-- Whom a chapter meant by a name that its roster does not know.
CREATE TABLE app.name_link (
    chapter_id      integer NOT NULL,
    folded_name     text    NOT NULL,
    membership_id   bigint  NOT NULL,
    import_batch_id bigint,

    PRIMARY KEY (chapter_id, folded_name),
    FOREIGN KEY (chapter_id, membership_id)   REFERENCES app.membership (chapter_id, id),
    FOREIGN KEY (chapter_id, import_batch_id) REFERENCES app.import_batch (chapter_id, id)
);

SELECT app.guard('app.name_link', 'membership_id', 'folded_name');
GRANT SELECT, INSERT ON app.name_link TO chapterhouse_app;
