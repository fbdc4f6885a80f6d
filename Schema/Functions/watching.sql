-- What whoever watches the installation wants to know of its work: how much waits, since when, and what was given up.

-- Names as in /metrics, without their beginning. Moments are seconds since 1970, null where there was none yet; ages are seconds.
-- Each part is read by an index or bounded: it is asked for every some seconds.
CREATE OR REPLACE FUNCTION app.backlog() RETURNS TABLE (name text, value double precision)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = app, pg_temp
AS $$
BEGIN
    IF NOT may('everything') THEN
        RAISE EXCEPTION 'only the installation itself watches its work' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
        SELECT figure.name, figure.value
          FROM (SELECT count(*) FILTER (WHERE job.next_try_at <= this_instant())::double precision AS due,
                       count(*) FILTER (WHERE job.last_trouble IS NOT NULL)::double precision AS failing,
                       coalesce(extract(epoch FROM this_instant() - min(job.due_at) FILTER (WHERE job.next_try_at <= this_instant())), 0)::double precision AS age
                  FROM job
                 WHERE job.done_at IS NULL AND job.given_up_at IS NULL) AS waiting
         CROSS JOIN LATERAL (VALUES ('jobs_due', waiting.due), ('jobs_failing', waiting.failing), ('jobs_oldest_due_seconds', waiting.age)) AS figure (name, value)
        UNION ALL
        SELECT 'jobs_given_up', count(*)::double precision
          FROM job WHERE job.given_up_at > this_instant() - interval '7 days'
        UNION ALL
        SELECT wanted.kind || '_done_timestamp_seconds', extract(epoch FROM max(job.done_at))::double precision
          FROM (VALUES ('planning'), ('sealing')) AS wanted (kind)
          LEFT JOIN job ON job.kind = wanted.kind AND job.done_at IS NOT NULL
         GROUP BY wanted.kind
        UNION ALL
        SELECT figure.name, figure.value
          FROM (SELECT count(*)::double precision AS number,
                       count(*) FILTER (WHERE mail.last_trouble IS NOT NULL)::double precision AS failing,
                       coalesce(extract(epoch FROM this_instant() - min(mail.created_at) FILTER (WHERE mail.next_try_at <= this_instant() OR mail.tries > 0)), 0)::double precision AS age
                  FROM mail
                 WHERE mail.sent_at IS NULL AND mail.given_up_at IS NULL) AS waiting
         CROSS JOIN LATERAL (VALUES ('mails_waiting', waiting.number), ('mails_failing', waiting.failing), ('mails_oldest_seconds', waiting.age)) AS figure (name, value)
        UNION ALL
        -- Of the latest mails, for there may be years of them.
        SELECT 'mails_given_up', count(*)::double precision
          FROM (SELECT mail.given_up_at FROM mail ORDER BY mail.id DESC LIMIT 5000) AS late
         WHERE late.given_up_at > this_instant() - interval '1 day'
        UNION ALL
        SELECT figure.name, figure.value
          FROM (SELECT count(*) FILTER (WHERE webhook.failing_since IS NOT NULL AND webhook.off_at IS NULL)::double precision AS failing,
                       count(*) FILTER (WHERE webhook.off_at > this_instant() - interval '7 days')::double precision AS off
                  FROM webhook) AS told
         CROSS JOIN LATERAL (VALUES ('webhooks_failing', told.failing), ('webhooks_switched_off', told.off)) AS figure (name, value);
END
$$;

GRANT EXECUTE ON FUNCTION app.backlog TO chapterhouse_app;
