-- Who directs a region, from when to when; both days included, each chapter's on its own wall.

CREATE TABLE app.director (
    region_id integer NOT NULL REFERENCES app.region,
    id        bigint  GENERATED ALWAYS AS IDENTITY,
    person_id bigint  NOT NULL REFERENCES app.person,
    from_on   date    NOT NULL,
    to_on     date,

    PRIMARY KEY (region_id, id),
    CONSTRAINT term_ends_after_it_begins CHECK (to_on >= from_on),
    CONSTRAINT director_is_appointed_once EXCLUDE USING gist (
        region_id WITH =, person_id WITH =, daterange(from_on, to_on, '[]') WITH &&
    )
);

CREATE INDEX director_by_person ON app.director (person_id);

-- It belongs to no chapter: one's own terms, and to the operator's shell all; the functions of regions.sql write it.
ALTER TABLE app.director ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.director FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.director FOR SELECT TO chapterhouse_app
    USING (person_id = NULLIF(current_setting('app.person_id', true), '')::bigint OR app.may('everything'));
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON app.director
    FOR EACH ROW EXECUTE FUNCTION app.record_change('region_id,id', '');
GRANT SELECT ON app.director TO chapterhouse_app;
