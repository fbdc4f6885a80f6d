-- Erasing people and third parties: when it was done, so that it is done again after an old backup was restored.

ALTER TABLE app.person ADD COLUMN erased_at timestamptz;

-- An erasure that was done: ids, nothing that is of the one who was erased.
CREATE TABLE app.erasure (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- What it is called in the journal outside, which outlives this database.
    number    uuid        NOT NULL DEFAULT gen_random_uuid(),
    at        timestamptz NOT NULL,
    -- Null is a third party.
    person_id bigint      REFERENCES app.person,
    -- When the person's record was made: after a restore another may have the number by then.
    made_at   timestamptz,
    -- Visitors, prospects, contacts and applications: [{"place": "visitor", "chapter": 1, "id": "0191…"}].
    rows      jsonb       NOT NULL,
    CONSTRAINT erasure_is_noted_once UNIQUE (number)
);

-- The functions alone read and write it.
ALTER TABLE app.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.erasure FORCE ROW LEVEL SECURITY;

-- As before, but that erase_traces() may take a name out of a sealed sheet, and nothing else.
CREATE OR REPLACE FUNCTION app.mark_fits_its_meeting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = app, pg_temp
AS $$
DECLARE
    line    mark := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    sheet   meeting;
    member  membership;
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('app.erasing', true) = 'on' THEN
        IF to_jsonb(OLD) - 'stand_in' = to_jsonb(NEW) - 'stand_in' THEN
            RETURN NULL;
        END IF;
    END IF;
    SELECT * INTO sheet FROM meeting WHERE chapter_id = line.chapter_id AND id = line.meeting_id FOR SHARE;
    IF TG_NAME = 'sealed_sheet_is_closed' AND sheet.status = 'sealed' THEN
        RAISE EXCEPTION 'the sheet of % is sealed', sheet.local_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sealed_sheet_is_closed', TABLE = 'mark';
    END IF;
    IF TG_NAME = 'mark_is_for_a_meeting_that_takes_place' AND sheet.status IN ('cancelled', 'holiday') THEN
        RAISE EXCEPTION 'the meeting of % does not take place', sheet.local_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_is_for_a_meeting_that_takes_place', TABLE = 'mark';
    END IF;
    IF TG_NAME = 'mark_is_for_a_member_of_the_day' THEN
        SELECT * INTO member FROM membership WHERE chapter_id = line.chapter_id AND id = line.membership_id;
        IF NOT daterange(member.joined_on, member.ended_on, '[]') @> sheet.local_date THEN
            RAISE EXCEPTION '% is not a member on %', member.name, sheet.local_date
                USING ERRCODE = 'check_violation', CONSTRAINT = 'mark_is_for_a_member_of_the_day', TABLE = 'mark';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
