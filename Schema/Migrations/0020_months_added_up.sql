-- The monthly return's months that are over, added up once, so that a report does not read a chapter's whole history.

-- Sums of each membership from the day it joined to the end of a month, in minor units of the chapter's currency,
-- unrounded. `payback` is the first month at whose end the return was not negative. No foreign key: what is stored of
-- a membership that is no more is forgotten with it.
CREATE TABLE app.return_to_date (
    chapter_id         integer NOT NULL,
    month              date    NOT NULL,
    membership_id      bigint  NOT NULL,
    dues               numeric NOT NULL,
    fees               numeric NOT NULL,
    spent              numeric NOT NULL,
    minutes            numeric NOT NULL,
    minute_value       numeric NOT NULL,
    received           numeric NOT NULL,
    received_outside   numeric NOT NULL,
    profit             numeric NOT NULL,
    given              numeric NOT NULL,
    given_outside      numeric NOT NULL,
    referrals_given    bigint  NOT NULL,
    referrals_received bigint  NOT NULL,
    one_to_ones        bigint  NOT NULL,
    held               bigint  NOT NULL,
    payback            date,

    PRIMARY KEY (chapter_id, month, membership_id)
);

-- The same of what belongs to no membership; only for months that have any of it. `given_former` is the sum from the
-- first record to the end of the month, `unconverted` names what has no rate in it.
CREATE TABLE app.chapter_to_date (
    chapter_id   integer NOT NULL,
    month        date    NOT NULL,
    given_former numeric NOT NULL,
    unconverted  text[]  NOT NULL,

    PRIMARY KEY (chapter_id, month)
);

CREATE INDEX chapter_to_date_by_unconverted ON app.chapter_to_date (chapter_id, month) WHERE unconverted <> '{}';

-- How far a chapter's months are added up: to the last day of one that was over. What is stored of later months counts
-- for nothing.
CREATE TABLE app.months_added_up (
    chapter_id        integer NOT NULL,
    through           date    NOT NULL,
    -- Whether any of it was converted, or could not be.
    has_foreign_money boolean NOT NULL,

    PRIMARY KEY (chapter_id)
);

-- They hold what members earned, and are for the reports' functions alone.
ALTER TABLE app.return_to_date ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.return_to_date FORCE ROW LEVEL SECURITY;
ALTER TABLE app.chapter_to_date ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.chapter_to_date FORCE ROW LEVEL SECURITY;
ALTER TABLE app.months_added_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.months_added_up FORCE ROW LEVEL SECURITY;

-- Every chapter is added up again from a day on: rates changed, or the arithmetic itself did. Who adds up shares lock 0
-- of this class and is waited for; who begins meanwhile is told to leave it.
CREATE FUNCTION app.add_up_again_everywhere(day date DEFAULT '-infinity', only_foreign_money boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'what every chapter''s figures stand on is changed in READ COMMITTED' USING ERRCODE = 'feature_not_supported';
    END IF;
    PERFORM pg_advisory_xact_lock(1919904876, 0);
    UPDATE months_added_up
       SET through = date_trunc('month', day::timestamp)::date - 1
     WHERE through >= day AND (has_foreign_money OR NOT only_foreign_money);
END
$$;
