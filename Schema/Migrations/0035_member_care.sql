-- What the first year and the renewal of a membership ask of those who look after a member.

ALTER TABLE app.follow_up
    ADD COLUMN member_id bigint,
    ADD FOREIGN KEY (chapter_id, member_id) REFERENCES app.membership (chapter_id, id),
    DROP CONSTRAINT follow_up_cause_is_known,
    ADD CONSTRAINT follow_up_cause_is_known CHECK (
        cause IN ('referral', 'visitor', 'one-to-one', 'introduction', 'contact', 'three-months', 'seven-months', 'renewal')
    ),
    DROP CONSTRAINT follow_up_comes_of_a_slip,
    ADD CONSTRAINT follow_up_comes_of_a_slip CHECK (
        (coalesce(cause, '') IN ('referral', 'visitor', 'one-to-one', 'introduction')) = (slip_id IS NOT NULL)
        AND (coalesce(cause, '') IN ('three-months', 'seven-months', 'renewal')) = (member_id IS NOT NULL)
    );

CREATE INDEX follow_up_by_member ON app.follow_up (chapter_id, member_id) WHERE member_id IS NOT NULL;
DROP TRIGGER audit ON app.follow_up;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.follow_up
    FOR EACH ROW EXECUTE FUNCTION app.record_change(
        'id', 'membership_id,person_id,slip_id,contact_id,member_id,text,channel,due_on,ended_on,outcome'
    );
