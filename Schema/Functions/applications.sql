-- Notes what somebody said who was asked about an applicant; whoever notes the next one at the same time waits for its
-- number.
CREATE OR REPLACE FUNCTION app.note_reference(
    of_chapter integer, of_application uuid, asked text, reached_by text, asked_on date, said text
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
BEGIN
    PERFORM FROM application WHERE chapter_id = of_chapter AND id = of_application FOR NO KEY UPDATE;
    INSERT INTO application_reference (chapter_id, application_id, number, name, contact, checked_on, outcome)
    SELECT of_chapter, of_application, coalesce(max(number), 0) + 1, asked, reached_by, coalesce(asked_on, today(of_chapter)), said
      FROM application_reference
     WHERE chapter_id = of_chapter AND application_id = of_application;
END
$$;

GRANT EXECUTE ON FUNCTION app.note_reference TO chapterhouse_app;
