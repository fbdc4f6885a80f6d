-- A month that was closed: its return as it was, numbered and dated, and what changed since.

CREATE TABLE app.closed_month (
    chapter_id       integer     NOT NULL REFERENCES app.chapter,
    -- 1, 2, 3 … in a chapter, whichever month; a month closed again has a new one.
    number           integer     NOT NULL,
    month            date        NOT NULL,
    -- The moment as of which the return is.
    closed_at        timestamptz NOT NULL,
    -- Null is the operator's shell.
    closed_by        bigint,
    currency         text        NOT NULL REFERENCES app.currency,
    -- The last change (closed_month_change) that the return knows.
    last_change      bigint      NOT NULL,
    -- Of what was closed before, and of this with that: a chain.
    previous_sha256  bytea,
    sha256           bytea       NOT NULL,
    reopened_at      timestamptz,
    reopened_by      bigint,
    reopened_because text,

    PRIMARY KEY (chapter_id, number),
    CONSTRAINT month_is_closed_once EXCLUDE (chapter_id WITH =, month WITH =) WHERE (reopened_at IS NULL),
    CONSTRAINT closed_month_begins_on_its_first_day CHECK (extract(day FROM month) = 1),
    CONSTRAINT closed_month_has_a_sha256 CHECK (octet_length(sha256) = 32),
    CONSTRAINT reopening_needs_a_reason CHECK (reopened_at IS NULL OR btrim(coalesce(reopened_because, '')) <> '')
);

SELECT app.guard('app.closed_month', 'number');
GRANT SELECT ON app.closed_month TO chapterhouse_app;

-- A member's figures in a block of the return, unrounded, as `roi_lines` had them: the columns are its columns.
CREATE TABLE app.closed_month_line (
    chapter_id         integer NOT NULL,
    number             integer NOT NULL,
    block              text    NOT NULL,
    -- No reference: a member whom an import brought may go with it, and the report stays.
    membership_id      bigint  NOT NULL,
    name               text    NOT NULL,
    folded_name        text    NOT NULL,
    dues               numeric NOT NULL,
    fees               numeric NOT NULL,
    spent              numeric NOT NULL,
    minutes            numeric NOT NULL,
    time_value         numeric NOT NULL,
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

    PRIMARY KEY (chapter_id, number, block, membership_id),
    FOREIGN KEY (chapter_id, number) REFERENCES app.closed_month (chapter_id, number)
);

-- What a block says beside its lines, as `roi_blocks` had it.
CREATE TABLE app.closed_month_block (
    chapter_id     integer NOT NULL,
    number         integer NOT NULL,
    block          text    NOT NULL,
    given_former   numeric NOT NULL,
    unconverted    text[]  NOT NULL,
    -- How many members there were at the ends of how many months, for the value of a seat.
    active_members bigint,
    active_months  bigint,

    PRIMARY KEY (chapter_id, number, block),
    FOREIGN KEY (chapter_id, number) REFERENCES app.closed_month (chapter_id, number)
);

-- A record that counts in a month which is closed, and was made, changed or taken back after that.
CREATE TABLE app.closed_month_change (
    chapter_id integer     NOT NULL REFERENCES app.chapter,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- From which day on it counts.
    day        date        NOT NULL,
    entity     text        NOT NULL,
    entity_id  text        NOT NULL,
    action     text        NOT NULL,
    person_id  bigint,

    PRIMARY KEY (chapter_id, id),
    CONSTRAINT change_is_made_changed_or_taken_back CHECK (action IN ('made', 'changed', 'taken-back'))
);

-- What members earned is theirs: the functions that show a closed month decide what of it, as they do of a live one.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY '{closed_month_line,closed_month_block,closed_month_change}'::text[] LOOP
        EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE app.%I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format(
            'CREATE POLICY shell ON app.%I FOR SELECT TO chapterhouse_app
                 USING (chapter_id = NULLIF(current_setting(''app.chapter_id'', true), '''')::integer AND app.may(''everything''))',
            kept
        );
        EXECUTE format('GRANT SELECT ON app.%I TO chapterhouse_app', kept);
    END LOOP;
END
$$;

-- Notes what changes under closed months. Whoever closes holds the chapter, and so does whoever writes what counts: a
-- record is in the stored return, or among the changes. `counted_parts` (Functions/closed_months.sql) knows what counts.
CREATE FUNCTION app.note_changes_of_closed_months() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM chapter WHERE id IN (SELECT chapter_id FROM made) FOR KEY SHARE;
        IF EXISTS (SELECT FROM closed_month AS closed WHERE closed.chapter_id IN (SELECT chapter_id FROM made) AND closed.reopened_at IS NULL) THEN
            INSERT INTO closed_month_change (chapter_id, day, entity, entity_id, action, person_id)
            SELECT made.chapter_id, part.day, part.entity, part.id, 'made', acting_person()
              FROM made CROSS JOIN LATERAL counted_parts(TG_TABLE_NAME, to_jsonb(made)) AS part
             WHERE is_in_a_closed_month(made.chapter_id, part.day);
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM FROM chapter WHERE id IN (SELECT chapter_id FROM gone) FOR KEY SHARE;
        IF EXISTS (SELECT FROM closed_month AS closed WHERE closed.chapter_id IN (SELECT chapter_id FROM gone) AND closed.reopened_at IS NULL) THEN
            INSERT INTO closed_month_change (chapter_id, day, entity, entity_id, action, person_id)
            SELECT gone.chapter_id, part.day, part.entity, part.id, 'taken-back', acting_person()
              FROM gone CROSS JOIN LATERAL counted_parts(TG_TABLE_NAME, to_jsonb(gone)) AS part
             WHERE is_in_a_closed_month(gone.chapter_id, part.day);
        END IF;
    ELSE
        PERFORM FROM chapter WHERE id IN (SELECT chapter_id FROM made) FOR KEY SHARE;
        IF EXISTS (SELECT FROM closed_month AS closed WHERE closed.chapter_id IN (SELECT chapter_id FROM made) AND closed.reopened_at IS NULL) THEN
            INSERT INTO closed_month_change (chapter_id, day, entity, entity_id, action, person_id)
            SELECT part.chapter_id, min(part.day), part.entity, part.id, 'changed', acting_person()
              FROM ((SELECT gone.chapter_id, part.* FROM gone CROSS JOIN LATERAL counted_parts(TG_TABLE_NAME, to_jsonb(gone)) AS part
                     EXCEPT ALL
                     SELECT made.chapter_id, part.* FROM made CROSS JOIN LATERAL counted_parts(TG_TABLE_NAME, to_jsonb(made)) AS part)
                    UNION ALL
                    (SELECT made.chapter_id, part.* FROM made CROSS JOIN LATERAL counted_parts(TG_TABLE_NAME, to_jsonb(made)) AS part
                     EXCEPT ALL
                     SELECT gone.chapter_id, part.* FROM gone CROSS JOIN LATERAL counted_parts(TG_TABLE_NAME, to_jsonb(gone)) AS part)
                   ) AS part
             WHERE is_in_a_closed_month(part.chapter_id, part.day)
             GROUP BY part.chapter_id, part.entity, part.id;
        END IF;
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    counting text;
BEGIN
    FOREACH counting IN ARRAY '{referral,closed_business,closed_business_earner,one_to_one,activity,education_unit,meeting,mark,
                                membership,membership_leave,membership_valuation,policy}'::text[] LOOP
        EXECUTE format(
            'CREATE TRIGGER closed_months_know_what_is_made AFTER INSERT ON app.%I REFERENCING NEW TABLE AS made
                 FOR EACH STATEMENT EXECUTE FUNCTION app.note_changes_of_closed_months()', counting);
        EXECUTE format(
            'CREATE TRIGGER closed_months_know_what_changes AFTER UPDATE ON app.%I REFERENCING OLD TABLE AS gone NEW TABLE AS made
                 FOR EACH STATEMENT EXECUTE FUNCTION app.note_changes_of_closed_months()', counting);
        EXECUTE format(
            'CREATE TRIGGER closed_months_know_what_goes AFTER DELETE ON app.%I REFERENCING OLD TABLE AS gone
                 FOR EACH STATEMENT EXECUTE FUNCTION app.note_changes_of_closed_months()', counting);
    END LOOP;
END
$$;

-- A rate belongs to no chapter, and counts in each whose currency it is into.
CREATE FUNCTION app.note_rates_of_closed_months() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    rate exchange_rate := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    PERFORM FROM chapter WHERE currency = rate.into_currency ORDER BY id FOR KEY SHARE;
    INSERT INTO closed_month_change (chapter_id, day, entity, entity_id, action, person_id)
    SELECT chapter.id, rate.valid_from, 'rate', rate.currency || '/' || rate.into_currency,
           CASE TG_OP WHEN 'INSERT' THEN 'made' WHEN 'UPDATE' THEN 'changed' ELSE 'taken-back' END, acting_person()
      FROM chapter
     WHERE chapter.currency = rate.into_currency AND is_in_a_closed_month(chapter.id, rate.valid_from);
    RETURN NULL;
END
$$;

CREATE TRIGGER closed_months_know_the_rates AFTER INSERT OR UPDATE OR DELETE ON app.exchange_rate
    FOR EACH ROW EXECUTE FUNCTION app.note_rates_of_closed_months();
