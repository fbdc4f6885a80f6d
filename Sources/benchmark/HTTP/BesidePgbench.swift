import Postgres
import ReferralGroup
import Storage

/// What the way over HTTP leaves of the speed of the statements behind it.
enum BesidePgbench: Measurement {
    static let rows = ["G3", "G4"]

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        do {
            try Wrk.require(installing: !pace.isQuick)
            _ = try Server.chapterhouse()
        } catch let trouble as Trouble {
            return rows.map { .skipped($0, "Over HTTP / pgbench -c 4", because: trouble.description) }
        }
        let readers = try await Readers(ground)
        let ours = try Server.chapterhouse(ground, answering: readers.first(.lookup, to: .ours))
        defer { ours.stop() }
        let scripts = try await Scripts(ground, readers)
        let overHTTP = { (topic: Topic) in Wrk(ours, readers.requests(topic, to: .ours), on: ground).side() }
        for topic in Topic.allCases { _ = try ours.answer(to: readers.first(topic, to: .ours)) }
        return [
            Finding(
                "G3",
                "Lookup over HTTP / pgbench -c 4 with its settings and its query",
                .comparison(
                    try await pace.compare(overHTTP(.lookup), Pgbench(ground, script: scripts.lookup).side())
                ),
                bounds: Finding.Bounds(floor: 0.33, goal: 0.45),
                note: "pgbench authenticates nobody"
            ),
            Finding(
                "G3 authenticated",
                "The same / pgbench -c 4 with everything that a request asks the database",
                .comparison(
                    try await pace.compare(
                        overHTTP(.lookup),
                        Pgbench(ground, script: scripts.authenticatedLookup).side()
                    )
                ),
                note: "One round trip on both sides: the settings, who shows the token, the member"
            ),
            Finding(
                "G4",
                "Monthly ROI report over HTTP / pgbench -c 4 with its settings and its query",
                .comparison(
                    try await pace.compare(overHTTP(.roi), Pgbench(ground, script: scripts.roi).side())
                ),
                bounds: Finding.Bounds(floor: 0.6, goal: 0.9),
                note: "pgbench connects and plans anew in every slice: up to 0.1 s of it"
            ),
            Finding(
                "G4 attendance",
                "Attendance summary, likewise",
                .comparison(
                    try await pace.compare(
                        overHTTP(.attendance),
                        Pgbench(ground, script: scripts.attendance).side()
                    )
                ),
                bounds: Finding.Bounds(floor: 0.6, goal: 0.9)
            ),
        ]
    }

    /// What pgbench runs, for the same chapters.
    private struct Scripts {
        let lookup: String
        let authenticatedLookup: String
        let roi: String
        let attendance: String

        init(_ ground: Ground, _ readers: Readers) async throws {
            let size = ground.size
            guard let slug = Chapter.Slug(size.slug(of: 1)), let hash = Token.hash(of: readers.firstToken),
                let month = Month(size.lastMonth), let asOf = Instant(Readers.asOf(size))
            else { throw Trouble("the ledger has no first chapter or no last month") }
            let actor = try await ground.president()
            let sent = try await Sent.statements(ground) { client in
                let nobody = Database(client).acting(as: .nobody(door: .api), in: nil)
                let (_, found) = try await nobody.run(.bearer(.token(hash), slug: slug), .chapter(slug))
                guard let chapter = found else { throw Trouble("there is no \(slug)") }
                let acting = Database(client).acting(as: actor, in: chapter.id)
                _ = try await acting.run(Query<Membership?>.member(Membership.ID(1), in: chapter.id))
                _ = try await acting.run(.monthlyROI(of: chapter, month: month, asOf: asOf))
                _ = try await acting.attendance(
                    of: chapter,
                    from: month.firstDay,
                    to: month.lastDay,
                    asOf: asOf
                )
            }
            let own = try Settings(actor).script(sent)
            let digits = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let member = try sent.first(with: "membership.renews_on").script("NULL", ":chapter", ":member")
            let bearer = try sent.first(with: "who_shows(").script("'\\x\(digits)'", "'\(slug)'")
            let drawn = "\\set chapter 1 + random(0, \(readers.count - 1)) * \(readers.step)"
            let draw = "\(drawn)\n\\set member (:chapter - 1) * :members + random(1, :members)"
            let segment = { (statements: String...) in
                "\\startpipeline\n\(own)\n\(statements.map { "\($0);" }.joined(separator: "\n"))\n\\endpipeline"
            }
            lookup = "\(draw)\n\(segment(member))\n"
            authenticatedLookup = "\(draw)\n\(segment(bearer, member))\n"
            let (first, last) = ("'\(month.firstDay)'", "'\(month.lastDay)'")
            let instant = "'\(Readers.asOf(size))'"
            roi = """
                \(drawn)
                \(segment(try sent.first(with: "monthly_roi(").script(":chapter", first, instant)))

                """
            attendance = """
                \(drawn)
                \(segment(
                    try sent.first(with: " attendance(").script(":chapter", first, last, instant),
                    try sent.first(with: "summaries_of(").script(":chapter", first, last)
                ))

                """
        }
    }
}
