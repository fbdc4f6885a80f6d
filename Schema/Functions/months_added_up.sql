-- Months that are over are added up by the first report that may write, and again after whoever changes something in
-- them (docs/decisions/0039): a member's return, and what the chapter comes to in its region (docs/decisions/0073).
-- `months_added_up` says how far they count.
--
-- Whoever writes a record shares the chapter's lock until the end of the transaction; whoever adds up takes it alone or
-- leaves it. So nobody adds up while a change is not decided, and a change that comes later sees what was added up.

-- Whatever was added up of a chapter from a day on counts no more.
CREATE OR REPLACE FUNCTION app.add_up_again(of_chapter integer, day date) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1919904876, of_chapter);
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        -- A snapshot from before the lock may not know what was added up since: then the row's own change is refused.
        INSERT INTO months_added_up AS known (chapter_id, through, has_foreign_money) VALUES (of_chapter, '-infinity', false)
            ON CONFLICT (chapter_id) DO UPDATE SET through = least(known.through, date_trunc('month', day::timestamp)::date - 1);
    ELSE
        UPDATE months_added_up SET through = date_trunc('month', day::timestamp)::date - 1
         WHERE chapter_id = of_chapter AND through >= day;
    END IF;
END
$$;

-- Adds up what is over on the chapter's wall, where this transaction may write, has not written yet, and nobody else is
-- writing in the chapter. Else the report reads the records themselves. Who `waits` for the others has written nothing of
-- a chapter: a job of the night.
DROP FUNCTION IF EXISTS app.add_up_months(integer);
CREATE OR REPLACE FUNCTION app.add_up_months(of_chapter integer, waits boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    last_over date := date_trunc('month', today(of_chapter)::timestamp)::date - 1;
    known     months_added_up;
    home      text;
    wanted    text;
BEGIN
    SELECT * INTO known FROM months_added_up WHERE chapter_id = of_chapter;
    IF known.through >= last_over
       OR current_setting('transaction_read_only') = 'on'
       OR current_setting('transaction_isolation') IN ('repeatable read', 'serializable')
    THEN
        RETURN;
    END IF;
    IF waits THEN
        PERFORM pg_advisory_xact_lock_shared(1919904876, 0);
        PERFORM pg_advisory_xact_lock(1919904876, of_chapter);
    ELSIF pg_current_xact_id_if_assigned() IS NOT NULL
          OR NOT pg_try_advisory_xact_lock_shared(1919904876, 0)
          OR NOT pg_try_advisory_xact_lock(1919904876, of_chapter)
    THEN
        RETURN;
    END IF;
    -- Each statement from here on sees all that was committed before the lock was ours, and nothing changes until we commit.
    SELECT * INTO known FROM months_added_up WHERE chapter_id = of_chapter;
    known.through := coalesce(known.through, '-infinity');
    IF known.through >= last_over THEN
        RETURN;
    END IF;
    SELECT currency, currency_of_chapters_region(of_chapter) INTO home, wanted FROM chapter WHERE id = of_chapter;
    IF EXISTS (SELECT FROM chapter_in_month WHERE chapter_id = of_chapter AND currency <> wanted) THEN
        known.through := '-infinity';
    END IF;
    DELETE FROM return_to_date WHERE chapter_id = of_chapter AND month > known.through;
    DELETE FROM chapter_to_date WHERE chapter_id = of_chapter AND month > known.through;
    DELETE FROM chapter_in_month WHERE chapter_id = of_chapter AND month > known.through;
    -- The rows of a month side by side, as they are read.
    INSERT INTO return_to_date SELECT * FROM returns_to_date(of_chapter, known.through, last_over) AS stored ORDER BY stored.month, stored.membership_id;
    INSERT INTO chapter_to_date SELECT * FROM chapters_to_date(of_chapter, known.through, last_over);
    INSERT INTO chapter_in_month SELECT * FROM chapter_in_months(of_chapter, known.through, last_over, wanted);
    INSERT INTO months_added_up AS before (chapter_id, through, has_foreign_money)
    SELECT of_chapter, last_over,
           home <> wanted
           OR EXISTS (SELECT FROM closed_business WHERE chapter_id = of_chapter AND closed_on BETWEEN known.through AND last_over AND currency <> home)
           OR EXISTS (SELECT FROM activity WHERE chapter_id = of_chapter AND done_on BETWEEN known.through AND last_over AND currency <> home)
           OR EXISTS (SELECT FROM one_to_one WHERE chapter_id = of_chapter AND met_on BETWEEN known.through AND last_over AND currency <> home)
        ON CONFLICT (chapter_id) DO UPDATE
           SET through = excluded.through, has_foreign_money = before.has_foreign_money OR excluded.has_foreign_money;
END
$$;

-- The last day of a whole month, at most `through`, until which a chapter's months are added up.
CREATE OR REPLACE FUNCTION app.added_up_until(of_chapter integer, through date) RETURNS date
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN least(coalesce((SELECT known.through FROM months_added_up AS known WHERE known.chapter_id = of_chapter), '-infinity'),
                 date_trunc('month', (through + 1)::timestamp)::date - 1);
END
$$;

-- What is stored otherwise than the records say: nothing, unless a change passed its trigger by.
CREATE OR REPLACE FUNCTION app.months_added_up_wrongly(of_chapter integer) RETURNS TABLE (month date, membership_id bigint, stored text, counted text)
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    known date := (SELECT through FROM months_added_up WHERE chapter_id = of_chapter);
BEGIN
    RETURN QUERY
    SELECT coalesce(stored.month, counted.month), coalesce(stored.membership_id, counted.membership_id), stored::text, counted::text
      FROM (SELECT * FROM return_to_date WHERE chapter_id = of_chapter AND month <= known) AS stored
      FULL JOIN returns_to_date(of_chapter, '-infinity', known) AS counted
             ON counted.month = stored.month AND counted.membership_id = stored.membership_id
     WHERE stored IS DISTINCT FROM counted
    UNION ALL
    SELECT coalesce(stored.month, counted.month), NULL, stored::text, counted::text
      FROM (SELECT * FROM chapter_to_date WHERE chapter_id = of_chapter AND month <= known) AS stored
      FULL JOIN chapters_to_date(of_chapter, '-infinity', known) AS counted ON counted.month = stored.month
     WHERE stored IS DISTINCT FROM counted
    UNION ALL
    -- What is in another currency than the region's counts for nothing.
    SELECT coalesce(stored.month, counted.month), NULL, stored::text, counted::text
      FROM (SELECT * FROM chapter_in_month WHERE chapter_id = of_chapter AND month <= known) AS stored
      FULL JOIN chapter_in_months(of_chapter, '-infinity', known, currency_of_chapters_region(of_chapter)) AS counted ON counted.month = stored.month
     WHERE stored IS DISTINCT FROM counted
       AND NOT EXISTS (SELECT FROM chapter_in_month WHERE chapter_id = of_chapter AND currency <> currency_of_chapters_region(of_chapter));
END
$$;

-- The first day whose slips count otherwise when a meeting of a day comes or goes: the day after the meeting before it
-- (Exactly, 6).
CREATE OR REPLACE FUNCTION app.first_day_of_slips(of_chapter integer, of_meeting date) RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp
AS $$
BEGIN
    RETURN coalesce((SELECT max(local_date) FROM meeting
                      WHERE chapter_id = of_chapter AND kind = 'regular' AND status NOT IN ('cancelled', 'holiday') AND local_date < of_meeting) + 1,
                    '-infinity');
END
$$;

-- Records came, or were taken back. A statement in many chapters at once, as a migration may be, takes the one lock of all.
CREATE OR REPLACE FUNCTION app.records_came_or_went() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    chapters integer[];
    of_chapter integer;
    day      date;
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'referral' THEN SELECT array_agg(DISTINCT chapter_id), min(passed_on) INTO chapters, day FROM touched;
    WHEN 'closed_business' THEN SELECT array_agg(DISTINCT chapter_id), min(closed_on) INTO chapters, day FROM touched;
    WHEN 'closed_business_earner' THEN
        SELECT array_agg(DISTINCT earner.chapter_id), min(thanks.closed_on) INTO chapters, day
          FROM touched AS earner
          JOIN closed_business AS thanks ON thanks.chapter_id = earner.chapter_id AND thanks.id = earner.closed_business_id;
    WHEN 'one_to_one' THEN SELECT array_agg(DISTINCT chapter_id), min(met_on) INTO chapters, day FROM touched;
    WHEN 'activity' THEN SELECT array_agg(DISTINCT chapter_id), min(done_on) INTO chapters, day FROM touched;
    WHEN 'education_unit' THEN SELECT array_agg(DISTINCT chapter_id), min(done_on) INTO chapters, day FROM touched;
    WHEN 'visitor' THEN SELECT array_agg(DISTINCT chapter_id), min(visit_on) INTO chapters, day FROM touched;
    WHEN 'imported_summary' THEN SELECT array_agg(DISTINCT chapter_id), min(from_on) INTO chapters, day FROM touched;
    WHEN 'imported_summary_line' THEN
        SELECT array_agg(DISTINCT line.chapter_id), min(summary.from_on) INTO chapters, day
          FROM touched AS line
          JOIN imported_summary AS summary ON summary.chapter_id = line.chapter_id AND summary.import_batch_id = line.import_batch_id;
    WHEN 'meeting' THEN
        SELECT array_agg(first.chapter_id), min(first_day_of_slips(first.chapter_id, first.day)) INTO chapters, day
          FROM (SELECT chapter_id, min(local_date) AS day FROM touched GROUP BY chapter_id) AS first;
    WHEN 'mark' THEN
        SELECT array_agg(DISTINCT mark.chapter_id), min(meeting.local_date) INTO chapters, day
          FROM touched AS mark
          JOIN meeting ON meeting.chapter_id = mark.chapter_id AND meeting.id = mark.meeting_id;
    END CASE;
    IF cardinality(chapters) > 64 THEN
        PERFORM add_up_again_everywhere(day);
    ELSE
        FOREACH of_chapter IN ARRAY coalesce(chapters, '{}') LOOP
            PERFORM add_up_again(of_chapter, day);
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;

-- A record changed in what a return is made of, or one of those that hold from a day on.
CREATE OR REPLACE FUNCTION app.record_counts_otherwise() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    day date;
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'chapter' THEN
        PERFORM add_up_again(NEW.id, '-infinity');
        RETURN NULL;
    WHEN 'exchange_rate' THEN
        PERFORM add_up_again_everywhere(least(OLD.valid_from, NEW.valid_from), only_foreign_money => true);
        RETURN NULL;
    WHEN 'currency' THEN
        PERFORM add_up_again_everywhere('-infinity', only_foreign_money => true);
        RETURN NULL;
    WHEN 'referral' THEN day := least(OLD.passed_on, NEW.passed_on);
    WHEN 'closed_business' THEN day := least(OLD.closed_on, NEW.closed_on);
    WHEN 'closed_business_earner' THEN
        day := (SELECT min(closed_on) FROM closed_business WHERE chapter_id = NEW.chapter_id AND id IN (OLD.closed_business_id, NEW.closed_business_id));
    WHEN 'one_to_one' THEN day := least(OLD.met_on, NEW.met_on);
    WHEN 'activity', 'education_unit' THEN day := least(OLD.done_on, NEW.done_on);
    WHEN 'visitor' THEN day := least(OLD.visit_on, NEW.visit_on);
    WHEN 'imported_summary' THEN day := least(OLD.from_on, NEW.from_on);
    WHEN 'imported_summary_line' THEN
        day := (SELECT min(from_on) FROM imported_summary WHERE chapter_id = NEW.chapter_id AND import_batch_id IN (OLD.import_batch_id, NEW.import_batch_id));
    WHEN 'meeting' THEN
        day := least(OLD.local_date, NEW.local_date);
        IF (OLD.local_date, OLD.kind, OLD.status IN ('cancelled', 'holiday')) IS DISTINCT FROM (NEW.local_date, NEW.kind, NEW.status IN ('cancelled', 'holiday')) THEN
            day := first_day_of_slips(NEW.chapter_id, day);
        END IF;
    WHEN 'mark' THEN
        day := (SELECT min(local_date) FROM meeting WHERE chapter_id = NEW.chapter_id AND id IN (OLD.meeting_id, NEW.meeting_id));
    WHEN 'membership_leave' THEN day := least(OLD.first_day, NEW.first_day);
    WHEN 'membership_valuation' THEN day := least(OLD.valid_from, NEW.valid_from);
    WHEN 'membership' THEN
        day := CASE WHEN OLD.person_id <> NEW.person_id THEN '-infinity'
                    WHEN OLD.joined_on = NEW.joined_on THEN least(OLD.ended_on, NEW.ended_on)
                    ELSE least(OLD.joined_on, NEW.joined_on) END;
    WHEN 'policy' THEN
        -- The first version holds before itself, too.
        day := least(OLD.valid_from, NEW.valid_from);
        IF NOT EXISTS (SELECT FROM policy WHERE chapter_id = coalesce(NEW.chapter_id, OLD.chapter_id) AND valid_from < day) THEN
            day := '-infinity';
        END IF;
    END CASE;
    PERFORM add_up_again(coalesce(OLD.chapter_id, NEW.chapter_id), day);
    IF OLD.chapter_id <> NEW.chapter_id THEN
        PERFORM add_up_again(NEW.chapter_id, day);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION app.all_records_went() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM add_up_again_everywhere();
    RETURN NULL;
END
$$;

DO $$
DECLARE
    source record;
BEGIN
    -- Records of a day. What is left out of the columns says nothing in the monthly return, nor in the region's report.
    FOR source IN
        SELECT * FROM (VALUES
            ('referral',               '{passed_on,giver_id,receiver_id,unplaced_profession}'::text[]),
            ('closed_business',        '{closed_on,amount,currency,thanked_id,earner_outsider_id}'),
            ('closed_business_earner', '{closed_business_id,membership_id}'),
            ('one_to_one',             '{met_on,first_id,second_id,minutes,cost_of_first,cost_of_second,currency}'),
            ('activity',               '{done_on,membership_id,minutes,money,currency}'),
            ('education_unit',         '{done_on,membership_id,units}'),
            ('meeting',                '{local_date,minutes,kind,status}'),
            ('mark',                   '{meeting_id,membership_id,mark}'),
            ('visitor',                '{visit_on,came,kind}'),
            ('imported_summary',       '{import_batch_id,from_on,to_on}'),
            ('imported_summary_line',  '{import_batch_id,kind,present,absent,late,medical,substitute,referrals_given_inside,
                                         referrals_given_outside,visitors,one_to_ones,thanked_for}')
        ) AS listed (name, columns)
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER adds_up_again_after_insert AFTER INSERT ON app.%1$I REFERENCING NEW TABLE AS touched
                 FOR EACH STATEMENT EXECUTE FUNCTION app.records_came_or_went();
             CREATE OR REPLACE TRIGGER adds_up_again_after_delete AFTER DELETE ON app.%1$I REFERENCING OLD TABLE AS touched
                 FOR EACH STATEMENT EXECUTE FUNCTION app.records_came_or_went();
             CREATE OR REPLACE TRIGGER adds_up_again_after_update AFTER UPDATE ON app.%1$I
                 FOR EACH ROW WHEN ((OLD.chapter_id, %2$s) IS DISTINCT FROM (NEW.chapter_id, %3$s))
                 EXECUTE FUNCTION app.record_counts_otherwise()',
            source.name,
            (SELECT string_agg(format('OLD.%I', name), ', ') FROM unnest(source.columns) AS name),
            (SELECT string_agg(format('NEW.%I', name), ', ') FROM unnest(source.columns) AS name)
        );
    END LOOP;

    -- What holds from a day on; there is little of it.
    FOR source IN
        SELECT * FROM (VALUES
            ('membership',           '{person_id,joined_on,ended_on}'::text[]),
            ('membership_leave',     '{membership_id,first_day,last_day}'),
            ('membership_valuation', '{membership_id,valid_from,margin,value_of_hour}'),
            ('policy',               '{valid_from,membership_fee,months_covered,meeting_fee,meeting_fee_due_for,value_of_hour}')
        ) AS listed (name, columns)
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER adds_up_again AFTER INSERT OR DELETE ON app.%1$I
                 FOR EACH ROW EXECUTE FUNCTION app.record_counts_otherwise();
             CREATE OR REPLACE TRIGGER adds_up_again_after_update AFTER UPDATE ON app.%1$I
                 FOR EACH ROW WHEN ((OLD.chapter_id, %2$s) IS DISTINCT FROM (NEW.chapter_id, %3$s))
                 EXECUTE FUNCTION app.record_counts_otherwise()',
            source.name,
            (SELECT string_agg(format('OLD.%I', name), ', ') FROM unnest(source.columns) AS name),
            (SELECT string_agg(format('NEW.%I', name), ', ') FROM unnest(source.columns) AS name)
        );
    END LOOP;

    FOR source IN
        SELECT unnest('{referral,closed_business,closed_business_earner,one_to_one,activity,education_unit,meeting,mark,visitor,
                        imported_summary,imported_summary_line,membership,membership_leave,membership_valuation,policy,exchange_rate}'::text[]) AS name
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER adds_up_again_after_truncate AFTER TRUNCATE ON app.%I
                 FOR EACH STATEMENT EXECUTE FUNCTION app.all_records_went()',
            source.name
        );
    END LOOP;
END
$$;

CREATE OR REPLACE TRIGGER adds_up_again_after_update AFTER UPDATE ON app.chapter
    FOR EACH ROW WHEN (OLD.currency <> NEW.currency) EXECUTE FUNCTION app.record_counts_otherwise();
CREATE OR REPLACE TRIGGER adds_up_again AFTER INSERT OR UPDATE OR DELETE ON app.exchange_rate
    FOR EACH ROW EXECUTE FUNCTION app.record_counts_otherwise();
CREATE OR REPLACE TRIGGER adds_up_again_after_update AFTER UPDATE ON app.currency
    FOR EACH ROW WHEN (OLD.decimals <> NEW.decimals) EXECUTE FUNCTION app.record_counts_otherwise();

-- The rules above may have changed with this file.
SELECT app.add_up_again_everywhere();
