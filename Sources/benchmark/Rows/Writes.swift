import Postgres
import ReferralGroup
import Storage

/// A sheet of marks and a referral, with all the rules and the audit trail: as Storage writes them, and in pgbench.
enum Writes: Measurement {
    static let rows = ["G17"]
    private static let callers = 16
    /// Open meetings of the year after the ledger, for each chapter.
    private static let meetings = 52
    /// How many of those are over already, wherever the clock stands.
    static let meetingsInThePast = 40

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        try await schedule(ground)
        let actor = try await ground.president()
        let settings = Settings(actor)
        let client = ground.client()
        let database = Database(client)
        let size = ground.size
        let bounds = Finding.Bounds(floor: 0.5, goal: 0.8)

        let sheet = try await Sent.statements(ground) {
            try await mark(Database($0), actor, size, chapter: 1, meeting: 1)
        }
        let referral = try await Sent.statements(ground) {
            try await pass(Database($0), actor, size, chapter: 1, giver: 1, receiver: 2)
        }
        let findings = [
            Finding(
                "G17 sheet",
                "A sheet of \(size.members) marks with audit, as Storage writes it / the same statements in pgbench -c 4",
                .comparison(
                    try await pace.compare(
                        .asking("ours", callers: callers) { dice in
                            try await mark(
                                database,
                                actor,
                                size,
                                chapter: dice.upTo(size.chapters),
                                meeting: dice.upTo(meetings)
                            )
                        },
                        Pgbench(ground, script: try script(ofSheet: sheet, settings, size)).side()
                    )
                ),
                bounds: bounds,
                note: "fsync on; in process, the route comes on top"
            ),
            Finding(
                "G17 referral",
                "A referral with its first step and audit, likewise",
                .comparison(
                    try await pace.compare(
                        .asking("ours", callers: callers) { dice in
                            let giver = dice.upTo(size.members)
                            try await pass(
                                database,
                                actor,
                                size,
                                chapter: dice.upTo(size.chapters),
                                giver: giver,
                                receiver: giver % size.members + 1
                            )
                        },
                        Pgbench(ground, script: try script(ofReferral: referral, settings)).side()
                    )
                ),
                bounds: bounds,
                note: "Likewise; pgbench takes no row out of a pipeline, so it needs a round trip more"
            ),
        ]
        await client.shutdown()
        return findings
    }

    /// Puts meetings into the calendar whose sheets nobody has marked yet.
    static func schedule(_ ground: Ground) async throws {
        let superuser = ground.client(role: Ground.superuser)
        try await superuser.run(
            Query<Void>(
                """
                INSERT INTO app.meeting (chapter_id, id, starts_at, local_date, minutes) OVERRIDING SYSTEM VALUE
                SELECT id, (id - 1) * 10000 + 5000 + week, day + time '07:00', day, 90
                  FROM app.chapter
                 CROSS JOIN generate_series(1, \(Int32(meetings))) AS week
                 CROSS JOIN LATERAL (SELECT date '2026-01-01' + week * 7 AS day) AS scheduled
                ON CONFLICT DO NOTHING
                """
            ).exclusive
        )
        await superuser.shutdown()
    }

    static func mark(
        _ database: Database,
        _ actor: Storage.Actor,
        _ size: LedgerSize,
        chapter: Int,
        meeting: Int
    ) async throws {
        let drafts = (1...size.members).map { member in
            MarkDraft(
                member: Membership.ID(Int64(size.membership(member, in: chapter))),
                mark: word(ofMember: member),
                standIn: word(ofMember: member) == .substitute ? "A friend" : nil
            )
        }
        let sheet = sheet(ofMeeting: meeting, in: chapter, status: .scheduled)
        let count = try await database.acting(as: actor, in: Chapter.ID(Int32(chapter))).mark(
            drafts,
            on: sheet
        )
        guard count == size.members else { throw Trouble("\(count) marks were set") }
    }

    static func sheet(ofMeeting meeting: Int, in chapter: Int, status: Meeting.Status) -> Meeting {
        Meeting(
            id: Meeting.ID(Int64((chapter - 1) * 10000 + 5000 + meeting)),
            date: .earliest,
            startsAt: Instant(microsecondsSinceEpoch: 0),
            minutes: 90,
            kind: .regular,
            status: status,
            place: nil
        )
    }

    private static func word(ofMember member: Int) -> Mark {
        switch member % 10 {
        case 3: .absent
        case 5: .late
        case 7: .substitute
        default: .present
        }
    }

    static func pass(
        _ database: Database,
        _ actor: Storage.Actor,
        _ size: LedgerSize,
        chapter: Int,
        giver: Int,
        receiver: Int
    ) async throws {
        let draft = ReferralDraft(
            giver: .member(Membership.ID(Int64(size.membership(giver, in: chapter)))),
            receiver: .member(Membership.ID(Int64(size.membership(receiver, in: chapter)))),
            tier: 1,
            need: "A new roof before the winter",
            warmth: 4,
            passedOn: nil
        )
        _ = try await database.acting(as: actor, in: Chapter.ID(Int32(chapter))).transaction {
            try await $0.pass(draft)
        }
    }

    private static func script(
        ofSheet sent: [Sent],
        _ settings: Settings,
        _ size: LedgerSize
    ) throws -> String {
        try sent.holdOnly("BEGIN", "app.asked", "UPDATE meeting", "INSERT INTO mark", "COMMIT")
        let members = (1...size.members).map { ":first + \($0)" }.joined(separator: ", ")
        let words = (1...size.members).map { word(ofMember: $0).rawValue }.joined(separator: ",")
        let friends = (1...size.members).map { word(ofMember: $0) == .substitute ? "\"A friend\"" : "NULL" }
        return """
            \\set chapter random(1, :chapters)
            \\set meeting (:chapter - 1) * 10000 + 5000 + random(1, \(meetings))
            \\set first (:chapter - 1) * :members
            \(try beginning(sent, settings, with: "\(sent.first(with: "UPDATE meeting").script(":chapter", ":meeting"));"))
            \(try sent.first(with: "INSERT INTO mark").script(
                ":chapter", ":meeting", "ARRAY[\(members)]", "'{\(words)}'", "'{\(friends.joined(separator: ","))}'"
            ));
            COMMIT;

            """
    }

    private static func script(ofReferral sent: [Sent], _ settings: Settings) throws -> String {
        try sent.holdOnly(
            "BEGIN",
            "app.asked",
            "INSERT INTO referral (",
            "INSERT INTO referral_step",
            "enter_twin",
            "tell_of_slip",
            "COMMIT"
        )
        return """
            \\set chapter random(1, :chapters)
            \\set one random(1, :members)
            \\set giver (:chapter - 1) * :members + :one
            \\set receiver (:chapter - 1) * :members + mod(:one, :members) + 1
            \(try beginning(sent, settings, with: ""))
            \(try sent.first(with: "INSERT INTO referral (").script(
                ":chapter", ":giver", "NULL", ":receiver", "NULL", "NULL", "1", "'A new roof before the winter'", "4", "NULL",
                "NULL", ":chapter"
            ))
            \\gset
            \\startpipeline
            \(try sent.first(with: "INSERT INTO referral_step").script(":chapter", ":id"));
            \(try sent.first(with: "enter_twin").script("'referral'", ":id"));
            \(try sent.first(with: "tell_of_slip").script("'referral'", ":id"));
            \\endpipeline
            COMMIT;

            """
    }

    /// BEGIN, the settings and what comes first in one round trip, as the client sends them.
    private static func beginning(_ sent: [Sent], _ settings: Settings, with first: String) throws -> String {
        let begin = try sent.first(with: "BEGIN").script()
        return "\\startpipeline\n\(begin);\n\(try settings.script(sent))\n\(first)\n\\endpipeline"
    }
}
