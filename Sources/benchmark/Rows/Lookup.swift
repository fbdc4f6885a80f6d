import Postgres
import ReferralGroup
import Storage

/// A member by key, joined to the chapter: in process on the shared connections, and in pgbench.
enum Lookup: Measurement {
    static let rows = ["G1", "G2"]
    static let callers = 32

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        let actor = try await ground.president()
        let settings = Settings(actor)
        let sent = try await Sent.statements(ground) { client in
            _ = try await client.run(after: [settings.sql(in: 1)], .foundMember(1, in: 1))
            let acting = Database(client).acting(as: actor, in: Chapter.ID(1))
            _ = try await acting.run(Query<Membership?>.member(Membership.ID(1), in: Chapter.ID(1)))
        }
        let scripts = try Scripts(sent, settings: settings)

        let four = ground.client { $0.sharedConnections = 4 }
        let two = ground.client { $0.sharedConnections = 2 }
        let own = ground.client(role: Ground.superuser) { $0.sharedConnections = 4 }
        let inSegment = Pgbench(ground, script: scripts.segment).side()
        let (ours, size) = (side("ours", four, settings, ground.size), ground.size)
        let acting = Database(two)
        let bounds = Finding.Bounds(floor: 1.2, goal: 1.7)
        let findings = [
            Finding(
                "G1",
                "Lookup in process, 32 callers, 4 shared connections / pgbench -c 4",
                .comparison(
                    try await pace.compare(ours, Pgbench(ground, script: scripts.transaction).side())
                ),
                bounds: bounds,
                note:
                    "pgbench sends `BEGIN`, settings, query, `COMMIT`: settings that end with a transaction need one"
            ),
            Finding(
                "G1 segment",
                "The same / pgbench -c 4 with settings and query in one `\\startpipeline`",
                .comparison(try await pace.compare(ours, inSegment)),
                bounds: bounds,
                note: "One round trip on both sides"
            ),
            Finding(
                "G1 without settings",
                "Without settings and row-level security on either side",
                .comparison(
                    try await pace.compare(
                        side("ours", own, nil, size),
                        Pgbench(ground, role: Ground.superuser, script: scripts.bare).side()
                    )
                )
            ),
            Finding(
                "G1 two connections",
                "The same as G1 segment with 2 shared connections, as the service has them",
                .comparison(try await pace.compare(side("ours", two, settings, size), inSegment))
            ),
            Finding(
                "G1 as Storage asks",
                "`ActingDatabase.run(.member)`, 2 shared connections / pgbench -c 4 with the same statements",
                .comparison(
                    try await pace.compare(
                        .asking("ours", callers: callers) { dice in
                            let chapter = dice.upTo(size.chapters)
                            let id = Membership.ID(
                                Int64(size.membership(dice.upTo(size.members), in: chapter))
                            )
                            let home = Chapter.ID(Int32(chapter))
                            let found = try await acting.acting(as: actor, in: home).run(
                                Query<Membership?>.member(id, in: home)
                            )
                            guard found?.id == id else { throw Trouble("member \(id) was not found") }
                        },
                        Pgbench(ground, script: scripts.asStorageAsks).side()
                    )
                )
            ),
            Finding(
                "G2",
                "The same as G1 / pgbench -c 4 with 20 in a `\\startpipeline`",
                .comparison(
                    try await pace.compare(
                        ours,
                        Pgbench(ground, unitsPerTransaction: 20, script: scripts.twenty).side()
                    )
                ),
                bounds: Finding.Bounds(floor: 0.4, goal: 0.6),
                note: "pgbench's twenty are one transaction, ours twenty"
            ),
        ]
        for client in [four, two, own] { await client.shutdown() }
        return findings
    }

    /// Callers who look up members of chapters by chance.
    static func side(
        _ name: String,
        _ client: PostgresClient,
        _ settings: Settings?,
        _ size: LedgerSize
    ) -> Side {
        .asking(name, callers: callers) { dice in
            let chapter = dice.upTo(size.chapters)
            let id = size.membership(dice.upTo(size.members), in: chapter)
            let before = settings.map { [$0.sql(in: chapter)] } ?? []
            let found = try await client.run(after: before, .foundMember(id, in: chapter))
            guard found.id == Int64(id) else { throw Trouble("member \(id) was not found") }
        }
    }

    /// What pgbench runs.
    private struct Scripts {
        let segment: String
        let transaction: String
        let bare: String
        let twenty: String
        let asStorageAsks: String

        init(_ sent: [Sent], settings: Settings) throws {
            let own = try settings.script(sent)
            let lookup = try sent.first(with: "chapter.slug").script(":chapter", ":member") + ";"
            let roster =
                try sent.first(with: "membership.renews_on").script("NULL", ":chapter", ":member") + ";"
            let draw = """
                \\set chapter random(1, :chapters)
                \\set member (:chapter - 1) * :members + random(1, :members)
                """
            segment = "\(draw)\n\\startpipeline\n\(own)\n\(lookup)\n\\endpipeline\n"
            transaction = "\(draw)\nBEGIN;\n\(own)\n\(lookup)\nCOMMIT;\n"
            bare = "\(draw)\n\(lookup)\n"
            let one = "\(draw)\n\(own)\n\(lookup)\n"
            twenty = "\\startpipeline\n\(String(repeating: one, count: 20))\\endpipeline\n"
            asStorageAsks = "\(draw)\n\\startpipeline\n\(own)\n\(roster)\n\\endpipeline\n"
        }
    }
}

/// What a lookup finds.
struct FoundMember: Sendable, RowDecodable {
    let id: Int64
    let name: String
    let company: String?
    let joinedOn: LocalDate
    let chapter: String

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        company = try row["company"]
        joinedOn = try row["joined_on"]
        chapter = try row["slug"]
    }
}

extension Query<FoundMember> {
    /// Names its tables in full, so that it is the same for every role.
    static func foundMember(_ id: Int, in chapter: Int) -> Self {
        Query(
            """
            SELECT membership.id, membership.name, membership.company, membership.joined_on, chapter.slug
              FROM app.membership JOIN app.chapter ON chapter.id = membership.chapter_id
             WHERE membership.chapter_id = \(Int32(chapter)) AND membership.id = \(Int64(id))
            """
        )
    }
}
