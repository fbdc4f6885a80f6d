-- Scheduled work. A planner enters the occasions that have come; a node takes what is due, under a lease; what a job does
-- and the mark that it is done are one transaction. So it is done once, however many nodes there are and however long none
-- was there.

-- Enters a job, unless that occasion was entered before; what is of no use any more is entered as skipped.
CREATE OR REPLACE FUNCTION app.enter_job(
    wanted_kind text, chapter integer, wanted_occasion text, wanted_due timestamptz, wanted_until timestamptz DEFAULT NULL
) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    INSERT INTO job (kind, for_chapter, occasion, due_at, good_until, next_try_at, done_at, skipped_because)
    SELECT wanted_kind, chapter, wanted_occasion, wanted_due, wanted_until, wanted_due,
           CASE WHEN wanted_until <= this_instant() THEN this_instant() END,
           CASE WHEN wanted_until <= this_instant() THEN 'its time was over when it was planned' END
    ON CONFLICT ON CONSTRAINT job_is_entered_once DO NOTHING;
    IF FOUND THEN
        PERFORM pg_notify('job', '');
    END IF;
    RETURN FOUND;
END
$$;

-- The days on which clocks on chapters' walls passed a time of day, after one instant and up to another. A time that a day
-- does not have, or has twice, is read as AT TIME ZONE reads it.
CREATE OR REPLACE FUNCTION app.days_come(at_time time, after timestamptz, through timestamptz)
    RETURNS TABLE (chapter_id integer, time_zone text, day date, due_at timestamptz)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    SELECT chapter.id, zone.name, zone.day, zone.due_at
      FROM (SELECT known.name, come.day::date AS day, (come.day::date + at_time) AT TIME ZONE known.name AS due_at
              FROM (SELECT DISTINCT chapter.time_zone AS name FROM chapter WHERE chapter.status = 'active') AS known
             CROSS JOIN generate_series((after AT TIME ZONE known.name)::date - 1, (through AT TIME ZONE known.name)::date + 1,
                                        interval '1 day') AS come (day)) AS zone
      JOIN chapter ON chapter.time_zone = zone.name AND chapter.status = 'active'
     WHERE zone.due_at > after AND zone.due_at <= through
$$;

-- Every occasion of planned work, after one instant and up to another.
CREATE OR REPLACE FUNCTION app.occasions(after timestamptz, through timestamptz)
    RETURNS TABLE (kind text, for_chapter integer, occasion text, due_at timestamptz, good_until timestamptz)
    LANGUAGE sql STABLE
    SET search_path = app, pg_temp
AS $$
    -- Of the days without a service the last is enough.
    SELECT 'cleaning', NULL::integer, max(come.day)::date::text, max(come.day) AT TIME ZONE 'UTC', NULL::timestamptz
      FROM generate_series(date_trunc('day', after AT TIME ZONE 'UTC') + interval '3 hours', through AT TIME ZONE 'UTC', interval '1 day') AS come (day)
     WHERE come.day AT TIME ZONE 'UTC' > after
    HAVING count(*) > 0
    UNION ALL
    -- Each full hour; of those without a service the last is enough, for it seals all that is there.
    SELECT 'sealing', NULL, to_char(max(come.hour) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), max(come.hour), NULL
      FROM generate_series(date_trunc('hour', after), through, interval '1 hour') AS come (hour)
     WHERE come.hour > after
    HAVING count(*) > 0
    UNION ALL
    -- Each night, where months that are over are not added up; of the nights without a service the last is enough.
    (SELECT DISTINCT ON (come.chapter_id) 'adding-up', come.chapter_id, come.day::text, come.due_at, NULL::timestamptz
       FROM days_come('01:00', after, through) AS come
       LEFT JOIN months_added_up AS known ON known.chapter_id = come.chapter_id
      WHERE coalesce(known.through, '-infinity') < date_trunc('month', come.day::timestamp)::date - 1
      ORDER BY come.chapter_id, come.day DESC)
    UNION ALL
    -- Two days before the chapter meets, in the morning; useless once the meeting has begun.
    SELECT 'weekly-reminder', home.id, come.day::text, come.due_at, (come.day + 2 + coalesce(home.starts_at, '12:00')) AT TIME ZONE come.time_zone
      FROM days_come('08:00', after, through) AS come
      JOIN chapter AS home ON home.id = come.chapter_id AND extract(isodow FROM come.day + 2) = coalesce(home.weekday, 3)
    UNION ALL
    -- On the third, when the last meeting's slips are in; of use until the next one comes.
    SELECT 'monthly-return', come.chapter_id, come.day::text, come.due_at, (come.day + interval '1 month')::date::timestamp AT TIME ZONE come.time_zone
      FROM days_come('09:00', after, through) AS come
     WHERE extract(day FROM come.day) = 3
    UNION ALL
    SELECT 'handover-ahead', office.chapter_id, office.from_on || ' office ' || office.id, come.due_at, office.from_on::timestamp AT TIME ZONE come.time_zone
      FROM days_come('07:00', after, through) AS come
      JOIN office ON office.chapter_id = come.chapter_id AND office.from_on = come.day + 1
    UNION ALL
    SELECT 'handover-today', office.chapter_id, office.from_on || ' office ' || office.id, come.due_at,
           (office.from_on + 14)::timestamp AT TIME ZONE come.time_zone
      FROM days_come('07:00', after, through) AS come
      JOIN office ON office.chapter_id = come.chapter_id AND office.from_on = come.day
    UNION ALL
    -- What the week asks for members; four weeks later nobody is helped by it.
    SELECT 'member-care', come.chapter_id, come.day::text, come.due_at, (come.day + 28)::timestamp AT TIME ZONE come.time_zone
      FROM days_come('06:00', after, through) AS come
     WHERE extract(isodow FROM come.day) = 1
    UNION ALL
    -- Two working days before a meeting to which visitors are expected; useless once it has begun.
    SELECT 'visitor-reminder', come.chapter_id, night.local_date::text, come.due_at, night.starts_at
      FROM days_come('10:00', after, through) AS come
      JOIN meeting AS night ON night.chapter_id = come.chapter_id AND night.local_date BETWEEN come.day + 2 AND come.day + 4
                           AND working_days_before(night.local_date, 2) = come.day AND night.status IN ('scheduled', 'open')
     WHERE EXISTS (SELECT FROM visitor WHERE visitor.chapter_id = come.chapter_id AND visitor.visit_on = night.local_date)
    UNION ALL
    -- Of the evenings without a service the last is enough: it gathers what the others would have.
    (SELECT DISTINCT ON (come.chapter_id) 'daily-digest', come.chapter_id, come.day::text, come.due_at, NULL::timestamptz
       FROM days_come('17:00', after, through) AS come
      WHERE EXISTS (SELECT FROM digest_entry AS entry WHERE entry.for_chapter = come.chapter_id AND entry.entered_at <= come.due_at)
      ORDER BY come.chapter_id, come.day DESC)
$$;

-- Enters the occasions that have come since this was done last; how many were new. Done once a quarter of an hour, by
-- whoever asks first: of two who ask at once the other waits, and finds nothing to do.
CREATE OR REPLACE FUNCTION app.plan_jobs() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    through  timestamptz := date_bin('15 minutes', this_instant(), timestamptz 'epoch');
    quarter  text        := to_char(through AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"');
    before   timestamptz;
    after    timestamptz;
    entered  bigint;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself plans its work' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- A later quarter is no reason to wait for it: it may be of a clock that was ahead.
    IF EXISTS (SELECT FROM job WHERE job.kind = 'planning' AND job.for_chapter IS NULL AND job.occasion = quarter) THEN
        RETURN 0;
    END IF;
    -- Both take their turn here; who comes second sees that it is done.
    INSERT INTO job (kind, occasion, due_at, next_try_at, done_at)
    VALUES ('planning', quarter, through, through, this_instant())
    ON CONFLICT ON CONSTRAINT job_is_entered_once DO NOTHING;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    SELECT job.due_at INTO before FROM job
     WHERE job.kind = 'planning' AND job.for_chapter IS NULL AND job.occasion < quarter
     ORDER BY job.occasion DESC LIMIT 1;
    -- Two days back, for a clock that was put forward, as when a chapter moves; a season at most, for who was away longer.
    after := greatest(coalesce(before, through) - interval '2 days', through - interval '92 days');
    INSERT INTO job (kind, for_chapter, occasion, due_at, good_until, next_try_at, done_at, skipped_because)
    SELECT come.kind, come.for_chapter, come.occasion, come.due_at, come.good_until, come.due_at,
           CASE WHEN come.good_until <= this_instant() THEN this_instant() END,
           CASE WHEN come.good_until <= this_instant() THEN 'its time was over when it was planned' END
      FROM occasions(after, through) AS come
    ON CONFLICT ON CONSTRAINT job_is_entered_once DO NOTHING;
    GET DIAGNOSTICS entered = ROW_COUNT;
    RETURN entered;
END
$$;

-- Takes one job that is due, for ten minutes: longer than a node may take over it. No row when nothing is due. Taking it
-- counts as a try, so that a job which ends its node does not do so for ever.
CREATE OR REPLACE FUNCTION app.take_job()
    RETURNS TABLE (id bigint, kind text, chapter text, occasion text, tries smallint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    due job;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself works by the clock' USING ERRCODE = 'insufficient_privilege';
    END IF;
    LOOP
        SELECT * INTO due FROM job AS waiting
         WHERE waiting.done_at IS NULL AND waiting.given_up_at IS NULL AND waiting.next_try_at <= this_instant()
           AND (waiting.leased_until IS NULL OR waiting.leased_until <= clock_timestamp())
         ORDER BY waiting.next_try_at, waiting.id
         LIMIT 1
           FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF due.good_until <= this_instant() THEN
            UPDATE job SET done_at = this_instant(), leased_until = NULL, skipped_because = 'its time was over before it was done'
             WHERE job.id = due.id;
        ELSIF due.tries >= 8 THEN
            UPDATE job SET given_up_at = this_instant(), leased_until = NULL,
                   last_trouble = coalesce(job.last_trouble, 'its node ended before it knew')
             WHERE job.id = due.id;
        ELSE
            RETURN QUERY
                UPDATE job SET tries = job.tries + 1::smallint, leased_until = clock_timestamp() + interval '10 minutes'
                 WHERE job.id = due.id
                RETURNING job.id, job.kind, (SELECT home.slug FROM chapter AS home WHERE home.id = job.for_chapter), job.occasion, job.tries;
            RETURN;
        END IF;
    END LOOP;
END
$$;

-- Does what a job is about, and marks it as done: both or neither. False where another has taken it meanwhile, or it is done.
CREATE OR REPLACE FUNCTION app.run_job(job_id bigint, of_try smallint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    work job;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself works by the clock' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO work FROM job
     WHERE id = job_id AND tries = of_try AND done_at IS NULL AND given_up_at IS NULL
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('app.chapter_id', coalesce(work.for_chapter::text, ''), true);
    CASE work.kind
        WHEN 'cleaning' THEN
            PERFORM clean_up();
            PERFORM clean_up_webhooks();
            PERFORM forget_third_parties();
        WHEN 'sealing' THEN
            -- After a large load, one batch after the other.
            IF seal_audit_trail() THEN
                PERFORM enter_job('sealing', NULL, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), this_instant());
            END IF;
        WHEN 'adding-up' THEN PERFORM add_up_months(work.for_chapter, waits => true);
        WHEN 'weekly-reminder' THEN PERFORM remind_weekly(work.for_chapter, work.good_until);
        WHEN 'monthly-return' THEN
            PERFORM tell_returns(work.for_chapter, (date_trunc('month', work.occasion::date) - interval '1 month')::date, work.good_until);
        WHEN 'absence-warning' THEN PERFORM warn_of_absences(work.for_chapter, work.occasion::date, work.good_until);
        WHEN 'handover-ahead', 'handover-today' THEN
            PERFORM tell_of_handover(work.for_chapter, split_part(work.occasion, ' ', 3)::bigint, split_part(work.occasion, ' ', 1)::date,
                                     work.kind = 'handover-ahead', work.good_until);
        WHEN 'member-care' THEN PERFORM look_after_members(work.for_chapter, work.occasion::date);
        WHEN 'visitor-reminder' THEN PERFORM remind_visitors(work.for_chapter, work.occasion::date);
        WHEN 'daily-digest' THEN PERFORM send_digests(work.for_chapter);
        ELSE RAISE EXCEPTION 'nobody knows how to do %', work.kind;
    END CASE;
    UPDATE job SET done_at = this_instant(), leased_until = NULL, last_trouble = NULL WHERE id = job_id;
    RETURN true;
END
$$;

-- The try of that number failed: when the next one is, or null where it is given up. A node whose lease went to another has
-- no say any more.
CREATE OR REPLACE FUNCTION app.job_failed(job_id bigint, failed_try smallint, trouble text) RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    -- After the first try, the second, …; the eighth is the last.
    pauses constant interval[] := '{1 minute, 5 minutes, 15 minutes, 1 hour, 4 hours, 12 hours, 12 hours}';
    pause  interval := pauses[failed_try];
    later  timestamptz;
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself works by the clock' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF pause IS NULL THEN
        UPDATE job SET given_up_at = this_instant(), leased_until = NULL, last_trouble = trouble
         WHERE id = job_id AND tries = failed_try AND done_at IS NULL AND given_up_at IS NULL;
        RETURN NULL;
    END IF;
    UPDATE job SET next_try_at = this_instant() + pause, leased_until = NULL, last_trouble = trouble
     WHERE id = job_id AND tries = failed_try AND done_at IS NULL AND given_up_at IS NULL
    RETURNING next_try_at INTO later;
    RETURN later;
END
$$;

-- Lets a job that failed or was given up be tried again now, with all its tries; null: every one. How many there were.
CREATE OR REPLACE FUNCTION app.retry_jobs(only_job bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
DECLARE
    revived bigint;
BEGIN
    IF NOT may('everything') AND NOT may('create-chapters') THEN
        RAISE EXCEPTION 'trying again is for the operator' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE job SET given_up_at = NULL, tries = 0, next_try_at = this_instant()
     WHERE done_at IS NULL AND (only_job IS NULL OR id = only_job)
       AND (given_up_at IS NOT NULL OR tries > 0 AND coalesce(leased_until, '-infinity') <= clock_timestamp());
    GET DIAGNOSTICS revived = ROW_COUNT;
    IF revived > 0 THEN
        PERFORM pg_notify('job', '');
    END IF;
    RETURN revived;
END
$$;

-- Forgets work that was done long ago, by then what stopped its mails, and links of visits that are over. What has an occasion of a day is kept for longer than the planner looks back.
CREATE OR REPLACE FUNCTION app.clean_up() RETURNS void
    LANGUAGE sql
    SET search_path = app, pg_temp
AS $$
    DELETE FROM job
     WHERE done_at < this_instant() - CASE WHEN kind IN ('planning', 'sealing') THEN interval '7 days' ELSE interval '400 days' END
       AND (kind <> 'planning' OR occasion < (SELECT max(newest.occasion) FROM job AS newest WHERE newest.kind = 'planning'));
    DELETE FROM mail_stop WHERE made_at < this_instant() - interval '400 days';
    DELETE FROM visitor_link AS link USING visitor AS guest
     WHERE guest.chapter_id = link.chapter_id AND guest.id = link.visitor_id AND guest.visit_on < (this_instant() - interval '7 days')::date
$$;

GRANT EXECUTE ON FUNCTION app.plan_jobs, app.take_job, app.run_job, app.job_failed, app.retry_jobs TO chapterhouse_app;
