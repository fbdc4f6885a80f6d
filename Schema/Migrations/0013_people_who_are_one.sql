-- Two records of one person become one. The other stays behind, empty, so that the audit trail goes on naming somebody.

ALTER TABLE app.person
    ADD COLUMN merged_into bigint REFERENCES app.person,
    ADD CONSTRAINT merged_person_is_nobody CHECK (
        merged_into IS NULL OR (merged_into <> id AND disabled_at IS NOT NULL AND email IS NULL AND NOT is_operator)
    );

CREATE INDEX person_by_merged_into ON app.person (merged_into) WHERE merged_into IS NOT NULL;
