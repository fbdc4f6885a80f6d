import Postgres

/// The rows of a made ledger, the same for the same size.
///
/// They are written in the order in which they would have come about: week by week, chapter by chapter on the day
/// on which it meets, so that a chapter's history is spread over the tables as it is in service.
struct Ledger {
    /// How many referrals a chapter passes in a week; in every third one more.
    static let referralsAWeek = 32

    let size: LedgerSize

    init(_ size: LedgerSize) {
        self.size = size
    }

    /// Writes everything; with `checkingRules`, under every trigger and foreign key that the service works under.
    func load(on connection: Connection, checkingRules: Bool) async throws {
        try await connection.run(
            script: "SET session_replication_role = \(checkingRules ? "origin" : "replica")"
        )
        try await connection.run(script: Self.dice)
        try await connection.run(script: chapters)
        let weeks = size.years * 52 + size.years
        for week in 0..<weeks {
            if week == weeks - Self.weeksOfTrail, !checkingRules {
                try await connection.run(script: Self.beginTrail)
            }
            try await connection.run(script: meetings(inWeek: week))
            try await connection.run(script: slips(inWeek: week))
            try await connection.run(script: besideSlips(inWeek: week))
        }
        if !checkingRules { try await connection.run(script: Self.endTrail) }
        try await connection.run(script: aboutMembers)
        try await connection.run(script: aboutChapters)
        try await connection.run(script: Self.sequences)
        try await connection.run(script: "RESET session_replication_role")
        try await connection.run(script: "VACUUM (ANALYZE)")
        try await connection.run(script: "CHECKPOINT")
    }

    /// A number from 0 to below `sides` that follows from `what` and `salt` alone.
    private static let dice = """
        CREATE FUNCTION pg_temp.dice(what bigint, salt bigint, sides integer) RETURNS integer
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN (hashint8extended(what, salt) & 1073741823) % sides;
        SET search_path = app, pg_temp;
        """

    private var chapters: String {
        """
        INSERT INTO chapter (id, slug, name, folded_name, time_zone, currency, weekday, starts_at, minutes, place)
        OVERRIDING SYSTEM VALUE
        SELECT c, 'chapter-' || c, 'Chapter ' || c, 'chapter ' || c,
               (ARRAY['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Kolkata'])[c % 4 + 1],
               'EUR', c % 5 + 1, '07:00', 90, 'Town hall'
          FROM generate_series(1, \(size.chapters)) AS c;

        INSERT INTO policy (chapter_id, valid_from, membership_fee, meeting_fee, value_of_hour, earned_is_seen_by)
        SELECT c, version.day, version.fee, 1500, 4000, (ARRAY['member', 'leaders', 'chapter'])[c % 3 + 1]
          FROM generate_series(1, \(size.chapters)) AS c
         CROSS JOIN (VALUES (date '\(size.firstDay)', 90000), (date '\(LedgerSize.lastYear)-07-01', 96000)) AS version (day, fee);

        INSERT INTO person (id, name, folded_name, email) OVERRIDING SYSTEM VALUE
        SELECT n, 'Member ' || n, 'member ' || n, 'member-' || n || '@example.org'
          FROM generate_series(1, \(size.chapters * size.members)) AS n;

        INSERT INTO seat (chapter_id, id, profession, title) OVERRIDING SYSTEM VALUE
        SELECT c, (c - 1) * \(size.members) + m, 'profession ' || m, 'Profession ' || m
          FROM generate_series(1, \(size.chapters)) AS c CROSS JOIN generate_series(1, \(size.members)) AS m;

        INSERT INTO membership (chapter_id, id, person_id, name, folded_name, email, seat_id, company, joined_on, renews_on)
        OVERRIDING SYSTEM VALUE
        SELECT c, person.id, person.id, person.name, person.folded_name, person.email, person.id, 'Company ' || person.id,
               date '\(size.firstDay)' - 1, '2999-01-01'
          FROM generate_series(1, \(size.chapters)) AS c
          JOIN person ON person.id BETWEEN (c - 1) * \(size.members) + 1 AND c * \(size.members);

        INSERT INTO membership_valuation (chapter_id, membership_id, valid_from, person_id, margin, value_of_hour)
        SELECT chapter_id, id, joined_on, person_id, 0.2 + pg_temp.dice(id, 1, 7) * 0.1, 3000 + pg_temp.dice(id, 2, 60) * 100
          FROM membership WHERE id % 2 = 0;

        INSERT INTO office (chapter_id, membership_id, person_id, role, from_on)
        SELECT c, id, person_id, held.role, joined_on
          FROM generate_series(1, \(size.chapters)) AS c
         CROSS JOIN (VALUES (1, 'president'), (2, 'secretary-treasurer'), (3, 'membership-committee')) AS held (m, role)
          JOIN membership ON chapter_id = c AND id = (c - 1) * \(size.members) + held.m;

        ANALYZE chapter, policy, person, seat, membership, membership_valuation, office;
        """
    }

    /// One regular meeting a chapter; every twenty-sixth falls on a holiday.
    private func meetings(inWeek week: Int) -> String {
        """
        INSERT INTO meeting (chapter_id, id, starts_at, local_date, minutes, status, place, opened_at) OVERRIDING SYSTEM VALUE
        SELECT id, (id - 1) * 10000 + \(week + 1), (day + starts_at) AT TIME ZONE time_zone, day, minutes,
               \(week % 26 == 25 ? "'holiday'" : "'open'"), place, \(week % 26 == 25 ? "NULL" : "(day + starts_at) AT TIME ZONE time_zone")
          FROM (SELECT chapter.*, \(day(ofWeek: week)) AS day FROM chapter) AS chapter
         WHERE day <= '\(LedgerSize.lastYear)-12-31'
         ORDER BY weekday, id;

        INSERT INTO mark (chapter_id, meeting_id, membership_id, mark, stand_in, marked_at)
        SELECT meeting.chapter_id, meeting.id, membership.id, drawn.mark, CASE WHEN drawn.mark = 'substitute' THEN 'A friend' END, meeting.starts_at
          FROM chapter
          JOIN meeting ON meeting.chapter_id = chapter.id AND meeting.id = (chapter.id - 1) * 10000 + \(week + 1) AND meeting.status = 'open'
          JOIN membership ON membership.chapter_id = chapter.id
         CROSS JOIN LATERAL (SELECT CASE WHEN throw < 85 THEN 'present' WHEN throw < 90 THEN 'absent' WHEN throw < 94 THEN 'late'
                                         WHEN throw < 96 THEN 'medical' ELSE 'substitute' END AS mark
                               FROM (SELECT pg_temp.dice(meeting.id * 10007 + membership.id, 3, 100) AS throw) AS thrown) AS drawn
         ORDER BY chapter.weekday, chapter.id, membership.id;

        UPDATE meeting SET status = 'sealed', sealed_at = opened_at
          FROM chapter
         WHERE meeting.chapter_id = chapter.id AND meeting.id = (chapter.id - 1) * 10000 + \(week + 1) AND meeting.status = 'open';
        """
    }

    /// What members hand in at that meeting: about 140 referrals a chapter and month, and the rest in proportion.
    ///
    /// Sooner or later a referral comes to an end.
    private func slips(inWeek week: Int) -> String {
        """
        INSERT INTO referral (chapter_id, id, giver_id, receiver_id, tier, need, warmth, status, passed_on, recorded_at)
        \(drawn(Self.referralsAWeek + (week % 3 == 0 ? 1 : 0), salt: 10, week)) chapter_id, id, giver, other, 1 + throw % 2, 'Somebody who can help with matter ' || throw, 1 + throw % 5,
               (CASE WHEN day < '\(LedgerSize.lastYear)-07-01' THEN ARRAY['declined', 'lost', 'won', 'won', 'won', 'lost']
                     ELSE ARRAY['passed', 'contacted', 'meeting', 'won', 'won', 'lost'] END)[1 + throw % 6], day, day + time '09:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO referral_step (chapter_id, referral_id, number, step, at, person_id)
        \(drawn(Self.referralsAWeek + (week % 3 == 0 ? 1 : 0), salt: 10, week)) chapter_id, id, 1, 'passed', day + time '09:00', giver
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO closed_business (chapter_id, id, thanked_id, amount, currency, closed_on, is_repeat, tier, recorded_at)
        \(drawn(5, salt: 20, week)) chapter_id, id, other, 5000 + throw * 250, 'EUR', day, throw % 4 = 0, 1 + throw % 2, day + time '09:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO closed_business_earner (chapter_id, closed_business_id, membership_id, person_id, thanked_id, closed_on)
        \(drawn(5, salt: 20, week)) chapter_id, id, giver, giver, other, day FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO one_to_one (chapter_id, id, first_id, second_id, met_on, minutes, place, cost_of_first, cost_of_second, currency, recorded_at)
        \(drawn(8, salt: 30, week)) chapter_id, id, giver, other, day, 30 + throw % 60, 'Coffee house', throw % 900, 0, 'EUR', day + time '09:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO education_unit (chapter_id, id, membership_id, units, title, done_on, recorded_at)
        \(drawn(3, salt: 40, week)) chapter_id, id, giver, 1 + throw % 3, 'A talk', day, day + time '09:00' FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO testimonial (chapter_id, id, giver_id, receiver_id, text, given_on, recorded_at)
        \(drawn(2, salt: 50, week)) chapter_id, id, giver, other, 'Good work', day, day + time '09:00' FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO visitor (chapter_id, id, name, folded_name, inviter_id, visit_on, came, status, recorded_at)
        \(drawn(1, salt: 60, week)) chapter_id, id, 'Visitor ' || throw, 'visitor ' || throw, giver, day, true, 'visited', day + time '09:00'
          FROM slip ORDER BY weekday, chapter_id, number;

        INSERT INTO activity (chapter_id, id, membership_id, kind, done_on, minutes, money, currency, recorded_at)
        \(drawn(4, salt: 70, week)) chapter_id, id, giver, (ARRAY['event', 'meal', 'call', 'note'])[1 + throw % 4], day, 10 + throw % 90, throw % 3000, 'EUR',
               day + time '09:00'
          FROM slip ORDER BY weekday, chapter_id, number;
        """
    }

    /// So many slips for each chapter in a week, between two of its members; the statement goes on with what it takes of
    /// them.
    func drawn(_ count: Int, salt: Int, _ week: Int) -> String {
        """
        WITH slip AS (
            SELECT chapter_id, weekday, number, day, throw,
                   md5(\(salt) || ':' || identity)::uuid AS id,
                   (chapter_id - 1) * \(size.members) + 1 + first AS giver,
                   (chapter_id - 1) * \(size.members) + 1 + (first + 1 + pg_temp.dice(identity, \(salt + 1), \(size.members - 1))) % \(size.members) AS other
              FROM (SELECT chapter.id AS chapter_id, weekday, number, \(day(ofWeek: week)) AS day, identity,
                           pg_temp.dice(identity, \(salt + 2), 1000) AS throw, pg_temp.dice(identity, \(salt + 3), \(size.members)) AS first
                      FROM chapter
                     CROSS JOIN generate_series(1, \(count)) AS number
                     CROSS JOIN LATERAL (SELECT (chapter.id::bigint * 10000 + \(week)) * 100 + number AS identity) AS named) AS thrown
             WHERE day <= '\(LedgerSize.lastYear)-12-31'
        )
        SELECT
        """
    }

    /// The chapter's day of a week; the first week begins on the first Monday.
    func day(ofWeek week: Int) -> String {
        "(date_trunc('week', date '\(size.firstDay)' + 6)::date + \(week * 7) + weekday - 1)"
    }

    private static let sequences = """
        SELECT setval(pg_get_serial_sequence('app.' || name, 'id'), 1000000000)
          FROM unnest(ARRAY['chapter', 'person', 'seat', 'membership', 'meeting', 'office']) AS name;
        """
}
