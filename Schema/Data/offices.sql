-- The offices of a chapter; `OfficeRole` holds the same words, and what each may do.

INSERT INTO app.office_kind (role, title, records_money)
VALUES ('president',            'President',            true),
       ('vice-president',       'Vice-President',       true),
       ('secretary-treasurer',  'Secretary/Treasurer',  true),
       ('membership-committee', 'Membership Committee', false),
       ('visitor-host',         'Visitor Host',         false),
       ('education',            'Education',            false),
       ('mentor',               'Mentor',               false),
       ('events',               'Events',               false)
    ON CONFLICT (role) DO UPDATE SET title = excluded.title, records_money = excluded.records_money
 WHERE (office_kind.title, office_kind.records_money) <> (excluded.title, excluded.records_money);
