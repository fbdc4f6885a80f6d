import Postgres
import ReferralGroup

extension Query<[Partner]> {
    /// The other members of today, whom somebody never met or not for the longest time first; then of their own sphere, then
    /// by open referrals.
    package static func partners(of member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            WITH self AS (
                SELECT id, person_id FROM membership
                 WHERE chapter_id = \(chapter)
                   AND person_id = (SELECT person_id FROM membership WHERE chapter_id = \(chapter) AND id = \(member))
            ), other AS (
                SELECT now.id, now.name, now.folded_name, seat.title, past.id AS any_id,
                       CASE WHEN seat.sphere IN (SELECT mine.sphere FROM membership AS me
                                                   JOIN seat AS mine ON mine.chapter_id = me.chapter_id AND mine.id = me.seat_id
                                                  WHERE me.chapter_id = \(chapter) AND me.id = \(member)) THEN seat.sphere END AS sphere,
                       EXISTS (SELECT FROM membership_leave AS leave
                                WHERE leave.chapter_id = \(chapter) AND leave.membership_id = now.id
                                  AND today(\(chapter)) BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity')) AS is_on_leave
                  FROM membership AS now
                  JOIN membership AS past ON past.chapter_id = now.chapter_id AND past.person_id = now.person_id
                  LEFT JOIN seat ON seat.chapter_id = now.chapter_id AND seat.id = now.seat_id
                 WHERE now.chapter_id = \(chapter) AND today(\(chapter)) BETWEEN now.joined_on AND coalesce(now.ended_on, 'infinity')
                   AND now.person_id NOT IN (SELECT person_id FROM self)
            ), met AS (
                SELECT other.id, max(talk.met_on) AS last_met
                  FROM other CROSS JOIN self
                  JOIN one_to_one AS talk ON talk.chapter_id = \(chapter)
                   AND (talk.first_id = self.id AND talk.second_id = other.any_id OR talk.first_id = other.any_id AND talk.second_id = self.id)
                 GROUP BY other.id
            ), waiting AS (
                SELECT other.id, count(*) AS referrals
                  FROM other CROSS JOIN self
                  JOIN referral ON referral.chapter_id = \(chapter) AND referral.status NOT IN ('won', 'lost', 'declined')
                   AND (referral.receiver_id = self.id AND referral.giver_id = other.any_id
                        OR referral.receiver_id = other.any_id AND referral.giver_id = self.id)
                 GROUP BY other.id
            )
            SELECT DISTINCT ON (met.last_met, other.sphere IS NULL, coalesce(waiting.referrals, 0), other.folded_name, other.id)
                   other.id, other.name, other.title, met.last_met, coalesce(waiting.referrals, 0) AS waiting, other.sphere, other.is_on_leave
              FROM other
              LEFT JOIN met ON met.id = other.id
              LEFT JOIN waiting ON waiting.id = other.id
             ORDER BY met.last_met NULLS FIRST, other.sphere IS NULL, coalesce(waiting.referrals, 0) DESC, other.folded_name, other.id
            """
        )
    }
}

extension Query<[Passage]> {
    /// What passed between two members, the newest first; who earned what is nobody's here.
    package static func passages(
        between member: Membership.ID,
        and other: Membership.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            WITH self AS (
                SELECT id FROM membership WHERE chapter_id = \(chapter)
                   AND person_id = (SELECT person_id FROM membership WHERE chapter_id = \(chapter) AND id = \(member))
            ), other AS (
                SELECT id FROM membership WHERE chapter_id = \(chapter)
                   AND person_id = (SELECT person_id FROM membership WHERE chapter_id = \(chapter) AND id = \(other))
            )
            SELECT * FROM (
                SELECT passed_on AS day, 'referral' AS kind, giver_id IN (SELECT id FROM self) AS is_own, need AS text, status
                  FROM referral
                 WHERE chapter_id = \(chapter)
                   AND (giver_id IN (SELECT id FROM self) AND receiver_id IN (SELECT id FROM other)
                        OR giver_id IN (SELECT id FROM other) AND receiver_id IN (SELECT id FROM self))
                UNION ALL
                SELECT met_on, 'one-to-one', NULL, coalesce(topics, place), NULL
                  FROM one_to_one
                 WHERE chapter_id = \(chapter)
                   AND (first_id IN (SELECT id FROM self) AND second_id IN (SELECT id FROM other)
                        OR first_id IN (SELECT id FROM other) AND second_id IN (SELECT id FROM self))
                UNION ALL
                SELECT given_on, 'testimonial', giver_id IN (SELECT id FROM self), text, NULL
                  FROM testimonial
                 WHERE chapter_id = \(chapter)
                   AND (giver_id IN (SELECT id FROM self) AND receiver_id IN (SELECT id FROM other)
                        OR giver_id IN (SELECT id FROM other) AND receiver_id IN (SELECT id FROM self))
                UNION ALL
                SELECT made_on, 'introduction', connector_id IN (SELECT id FROM self), why, NULL
                  FROM introduction
                 WHERE chapter_id = \(chapter)
                   AND (connector_id IN (SELECT id FROM self) AND (first_id IN (SELECT id FROM other) OR second_id IN (SELECT id FROM other))
                        OR connector_id IN (SELECT id FROM other) AND (first_id IN (SELECT id FROM self) OR second_id IN (SELECT id FROM self)))
            ) AS passed
             ORDER BY day DESC, kind
             LIMIT 12
            """
        )
    }
}

extension Query<Profile?> {
    package static func profile(toldBy member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT goals, accomplishments, interests, networks, skills, ideal_referral, purposes FROM profile
             WHERE chapter_id = \(chapter) AND membership_id = \(member)
            """
        )
    }
}

extension Query<Void> {
    package static func tell(
        _ profile: Profile,
        of member: Membership.ID,
        _ person: Person.ID,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO profile (chapter_id, membership_id, person_id, goals, accomplishments, interests, networks, skills, ideal_referral, purposes)
            VALUES (\(chapter), \(member), \(person), \(profile.goals), \(profile.accomplishments), \(profile.interests),
                    \(profile.networks), \(profile.skills), \(profile.idealReferral), \(profile.purposes.map(\.rawValue)))
            ON CONFLICT (chapter_id, membership_id) DO UPDATE
               SET goals = EXCLUDED.goals, accomplishments = EXCLUDED.accomplishments, interests = EXCLUDED.interests,
                   networks = EXCLUDED.networks, skills = EXCLUDED.skills, ideal_referral = EXCLUDED.ideal_referral,
                   purposes = EXCLUDED.purposes, changed_at = now()
            """
        )
    }
}

extension Partner: RowDecodable {
    package init(row: Row) throws {
        let waiting: Int64 = try row["waiting"]
        try self.init(
            id: row["id"],
            name: row["name"],
            seat: row["title"],
            lastMet: row["last_met"],
            waiting: Int(waiting),
            sphere: row["sphere"],
            isOnLeave: row["is_on_leave"]
        )
    }
}

extension Passage: RowDecodable {
    package init(row: Row) throws {
        let status: String? = try row["status"]
        try self.init(
            day: row["day"],
            kind: row.word("kind"),
            isOwn: row["is_own"],
            text: row["text"],
            status: status.map { _ in try row.word("status") }
        )
    }
}

extension Profile: RowDecodable {
    package init(row: Row) throws {
        let purposes: [String] = try row["purposes"]
        try self.init(
            goals: row["goals"],
            accomplishments: row["accomplishments"],
            interests: row["interests"],
            networks: row["networks"],
            skills: row["skills"],
            idealReferral: row["ideal_referral"],
            purposes: purposes.compactMap { Purpose(rawValue: $0) }
        )
    }
}
