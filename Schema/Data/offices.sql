-- The offices of a chapter; `OfficeRole` holds the same words, and what each may do.

INSERT INTO app.office_kind (role, title)
VALUES ('president',            'President'),
       ('vice-president',       'Vice-President'),
       ('secretary-treasurer',  'Secretary/Treasurer'),
       ('membership-committee', 'Membership Committee'),
       ('visitor-host',         'Visitor Host'),
       ('education',            'Education'),
       ('mentor',               'Mentor'),
       ('events',               'Events')
    ON CONFLICT (role) DO UPDATE SET title = excluded.title WHERE office_kind.title <> excluded.title;
