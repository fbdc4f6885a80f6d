/// What members and the service write beside meetings and slips, in proportion: about 30 members hand in what one chapter
/// with working habits does.
extension Ledger {
    /// Contacts and what is to be done about them, dates, needs, introductions, absences, prospects and further steps.
    func besideSlips(inWeek week: Int) -> String {
        """
        INSERT INTO contact (chapter_id, id, membership_id, person_id, name, folded_name, company, phone, email, met_on, met_where, notes,
                             cadence_days, is_shared, recorded_at)
        \(drawn(6, salt: 80, week)) chapter_id, id, giver, giver, 'Contact ' || throw, 'contact ' || throw, 'Company ' || throw, '+49 30 ' || 1000000 + throw,
               'contact-' || throw || '@example.org', day, 'Trade fair', 'Needs somebody for matter ' || throw, 30 + throw % 60, throw % 5 = 0, day + time '10:00'
          FROM slip ORDER BY weekday, chapter_id, number
        ON CONFLICT DO NOTHING;

        INSERT INTO follow_up (chapter_id, id, membership_id, person_id, text, channel, due_on, ended_on, ending, recorded_at)
        \(drawn(12, salt: 90, week)) chapter_id, id, giver, giver, 'Ask how matter ' || throw || ' went', (ARRAY['call', 'email', 'note', 'coffee'])[1 + throw % 4],
               day + 7, CASE WHEN throw % 5 > 0 THEN day + 6 END, CASE WHEN throw % 5 > 0 THEN 'done' END, day + time '10:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO appointment (chapter_id, id, inviter_id, inviter_person_id, invited_id, invited_person_id, starts_at, minutes, place, accepted_on, recorded_at)
        \(drawn(8, salt: 100, week)) chapter_id, id, giver, giver, other, other, day + 3 + time '12:00', 45, 'Coffee house', day + 1, day + time '10:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO introduction (chapter_id, id, connector_id, first_id, second_name, why, made_on, recorded_at)
        \(drawn(3, salt: 110, week)) chapter_id, id, giver, other, 'Guest ' || throw, 'Both know about matter ' || throw, day, day + time '10:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO posting (chapter_id, id, kind, membership_id, text, posted_on, until, answered_by, answered_on, recorded_at)
        \(drawn(10, salt: 120, week)) chapter_id, id, CASE WHEN throw % 4 > 0 THEN 'need' ELSE 'offer' END, giver, 'Somebody who knows about matter ' || throw, day, day + 28,
               CASE WHEN throw % 4 = 1 THEN other END, CASE WHEN throw % 4 = 1 THEN day + 5 END, day + time '10:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO announced_absence (chapter_id, meeting_id, membership_id, stand_in, announced_at)
        \(drawn(2, salt: 130, week)) chapter_id, (chapter_id - 1) * 10000 + \(week + 1), giver, 'A friend', day - 1 + time '10:00'
          FROM slip ORDER BY weekday, chapter_id, number
        ON CONFLICT DO NOTHING;

        INSERT INTO prospect (chapter_id, referral_id, name, phone, giver_person_id, receiver_person_id)
        \(drawn(Self.referralsAWeek, salt: 10, week)) chapter_id, id, 'Prospect ' || throw, '+49 30 ' || 2000000 + throw, giver, other
          FROM slip WHERE number % 2 = 0 ORDER BY weekday, chapter_id, number;

        INSERT INTO referral_step (chapter_id, referral_id, number, step, at, person_id)
        \(drawn(Self.referralsAWeek, salt: 10, week)) chapter_id, id, 2, 'contacted', day + 2 + time '09:00', other
          FROM slip WHERE throw % 6 > 0 ORDER BY weekday, chapter_id, number;

        INSERT INTO introduction_answer (chapter_id, introduction_id, membership_id, person_id, is_accepted, answered_on)
        \(drawn(3, salt: 110, week)) chapter_id, id, other, other, throw % 4 > 0, day + 2
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO meeting_part (chapter_id, meeting_id, part, membership_id, topic)
        \(drawn(2, salt: 160, week)) chapter_id, (chapter_id - 1) * 10000 + \(week + 1), CASE number WHEN 1 THEN 'talk' ELSE 'door-prize' END, giver, 'Matter ' || throw
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO access_event (chapter_id, at, door, person_id, seen, month, about)
        \(drawn(4, salt: 140, week)) chapter_id, day + time '11:00', 'http', giver, 'monthly-return', date_trunc('month', day::timestamp)::date, ARRAY[other]
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO job (kind, for_chapter, occasion, due_at, next_try_at, done_at)
        \(drawn(1, salt: 150, week)) 'weekly-reminder', chapter_id, day::text, day + time '08:00', day + time '08:00', day + time '08:00'
          FROM slip ORDER BY weekday, chapter_id, number;
        """
    }

    /// What each member has once: a profile, an account's session, what they owe and paid for their last year.
    var aboutMembers: String {
        """
        INSERT INTO profile (chapter_id, membership_id, person_id, goals, skills, ideal_referral, purposes)
        SELECT chapter_id, id, person_id, 'Two projects a month', 'Matter ' || id % 100, 'Who plans matter ' || id % 100, '{leads,trusted-contacts}'
          FROM membership WHERE id % 5 > 0;

        INSERT INTO session (person_id, secret_hash, idle_limit, expires_at, agent)
        SELECT person_id, sha256(id::text::bytea), interval '14 days', now() + interval '30 days', 'A phone' FROM membership;

        INSERT INTO invoice (chapter_id, id, membership_id, person_id, kind, from_on, to_on, amount, currency, issued_on, due_on)
        SELECT chapter_id, md5('invoice:' || id)::uuid, id, person_id, 'membership', date '\(LedgerSize.lastYear)-01-01', date '\(LedgerSize.lastYear)-12-31',
               96000, 'EUR', date '\(LedgerSize.lastYear)-01-02', date '\(LedgerSize.lastYear)-01-16'
          FROM membership;

        INSERT INTO payment (chapter_id, id, membership_id, person_id, amount, currency, paid_on)
        SELECT chapter_id, md5('payment:' || id)::uuid, id, person_id, 96000, 'EUR', date '\(LedgerSize.lastYear)-01-10' + (id % 20)::integer
          FROM membership WHERE id % 10 > 0;

        INSERT INTO application (chapter_id, id, name, folded_name, profession, title, applied_on, decision, decided_on, reason)
        SELECT c, md5('application:' || c || ':' || n)::uuid, 'Applicant ' || n, 'applicant ' || n, 'wish ' || n, 'Wish ' || n,
               date '\(LedgerSize.lastYear)-12-31' - 30 * n, CASE WHEN n > 1 THEN 'declined' END, CASE WHEN n > 1 THEN date '\(LedgerSize.lastYear)-12-31' - 30 * n + 14 END,
               CASE WHEN n > 1 THEN 'The seat is taken' END
          FROM generate_series(1, \(size.chapters)) AS c CROSS JOIN generate_series(1, 6) AS n;

        INSERT INTO mail (person_id, to_address, subject, body, created_at, next_try_at, tries, sent_at)
        SELECT id, email, 'What waits for you', NULL, day, day, 1, day + interval '3 seconds'
          FROM person CROSS JOIN generate_series(timestamptz '\(LedgerSize.lastYear)-12-01', '\(LedgerSize.lastYear)-12-22', interval '7 days') AS day;
        """
    }

    /// What a chapter and its people have besides: regions, people of other chapters, leaves, letters, corrections, ways in.
    var aboutChapters: String {
        """
        INSERT INTO region (slug, name) SELECT 'region-' || n, 'Region ' || n FROM generate_series(0, \(size.chapters / 100)) AS n;
        UPDATE chapter SET region_id = region.id FROM region WHERE region.slug = 'region-' || chapter.id / 100;
        INSERT INTO director (region_id, person_id, from_on)
        SELECT region_id, min(membership.person_id), date '\(LedgerSize.lastYear)-01-01'
          FROM chapter JOIN membership ON membership.chapter_id = chapter.id GROUP BY region_id;

        INSERT INTO outsider (chapter_id, name, folded_name, home, folded_home)
        SELECT c, 'Guest ' || n, 'guest ' || n, 'Elsewhere', 'elsewhere' FROM generate_series(1, \(size.chapters)) AS c CROSS JOIN generate_series(1, 10) AS n;

        INSERT INTO membership_leave (chapter_id, membership_id, kind, first_day, last_day)
        SELECT chapter_id, id, 'medical', date '\(LedgerSize.lastYear)-02-01', date '\(LedgerSize.lastYear)-02-21' FROM membership WHERE id % 30 = 29;

        INSERT INTO absence_letter (chapter_id, id, membership_id, person_id, counted_on, used, allowed, language, subject, body, drafted_on, given_on, way)
        SELECT chapter_id, md5('letter:' || id)::uuid, id, person_id, date '\(LedgerSize.lastYear)-09-30', 3, 3, 'en', 'Your absences',
               'Three of three absences are used.', date '\(LedgerSize.lastYear)-10-01', date '\(LedgerSize.lastYear)-10-08', 'hand'
          FROM membership WHERE id % 5 = 3;

        INSERT INTO slip_correction (chapter_id, id, slip, slip_id, day, corrected_by, reason, members, entry)
        SELECT chapter_id, md5('correction:' || id)::uuid, 'referral', md5('corrected:' || id)::uuid, date '\(LedgerSize.lastYear)-06-01' + (id % 180)::integer,
               person_id, 'Written twice', ARRAY[id], '{"need": "Somebody"}'
          FROM membership WHERE id % 5 = 1;

        INSERT INTO import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows)
        SELECT c, 'slips', 'slips.csv', sha256(c::text::bytea), date '\(size.firstDay)', date '\(size.firstDay)', 0 FROM generate_series(1, \(size.chapters)) AS c;
        INSERT INTO name_link (chapter_id, folded_name, membership_id)
        SELECT chapter_id, 'as written ' || id, id FROM membership WHERE id % 15 = 7;

        INSERT INTO chapter_calendar (chapter_id, secret_hash) SELECT c, sha256(('calendar ' || c)::bytea) FROM generate_series(1, \(size.chapters)) AS c;
        INSERT INTO webhook (chapter_id, address, host, events, secret, made_at)
        SELECT c, 'https://receiver.example/' || c, 'receiver.example', '{meeting.sealed}', sha256(('webhook ' || c)::bytea), now()
          FROM generate_series(1, \(size.chapters), 5) AS c;

        INSERT INTO credential (person_id, password_hash)
        SELECT id, '$scrypt$ln=17,r=8,p=1$' || md5(id::text) || '$' || rtrim(encode(sha256(id::text::bytea), 'base64'), '=') FROM person WHERE id % 2 = 0;
        INSERT INTO second_factor (person_id, secret, begun_at, confirmed_at) SELECT id, sha256(id::text::bytea), now(), now() FROM person WHERE id % 10 = 2;
        INSERT INTO api_token (person_id, name, secret_hash, expires_at)
        SELECT id, 'A program', sha256(('token ' || id)::bytea), now() + interval '90 days' FROM person WHERE id % 15 = 4;
        INSERT INTO mail_wish (person_id, kind, way) SELECT id, 'weekly-reminder', 'digest' FROM person WHERE id % 10 = 6;
        INSERT INTO suppression (kind, hash, since) SELECT 'email', sha256(('nobody ' || id)::bytea), now() FROM person WHERE id % 100 = 50;

        """
    }

    /// How many of the last weeks stand in the audit trail.
    ///
    /// It is kept for ever and read by the day: more of it would only
    /// fill the disk.
    static let weeksOfTrail = 13

    /// From here on a line of the trail for each row, as the triggers of the rows would have written it.
    static let beginTrail = """
        CREATE FUNCTION trail_of_load() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO audit_event (chapter_id, at, door, request_id, action, entity, entity_id, changed, after)
            SELECT (line.entry ->> 'chapter_id')::integer, coalesce(line.entry ->> 'recorded_at', line.entry ->> 'marked_at', line.entry ->> 'at')::timestamptz,
                   'http', md5(line.entry::text), 'insert', TG_TABLE_NAME,
                   coalesce(line.entry ->> 'id', concat_ws('/', line.entry ->> 'meeting_id', line.entry ->> 'membership_id', line.entry ->> 'number')),
                   '{}', line.entry - 'chapter_id'
              FROM (SELECT to_jsonb(written) AS entry FROM written) AS line;
            RETURN NULL;
        END
        $$;
        DO $$
        DECLARE
            place text;
        BEGIN
            FOREACH place IN ARRAY '{\(trailed.joined(separator: ","))}'::text[] LOOP
                EXECUTE format('CREATE TRIGGER trail_of_load AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION trail_of_load()', place);
                EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER trail_of_load', place);
            END LOOP;
        END
        $$
        """

    static let endTrail = "DROP FUNCTION trail_of_load() CASCADE"

    private static let trailed = [
        "mark", "referral", "referral_step", "closed_business", "one_to_one", "education_unit", "testimonial",
        "visitor", "activity",
        "contact", "follow_up", "posting", "appointment", "introduction",
    ]
}
