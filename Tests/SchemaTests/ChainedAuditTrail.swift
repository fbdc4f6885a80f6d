import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The chain through the audit trail` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await seal()
    }

    @Test func `holds every entry, of chapters and of the installation`() async throws {
        let trails = try await sample.installation.verifiedTrails()
        #expect(trails.map(\.chapter) == [nil, "alder", "birch"])
        for trail in trails {
            #expect(trail.isWhole && trail.extent.waiting == 0 && trail.extent.entries > 0, "\(trail)")
        }
        try await pass(time: 1)
        let later = try await alder()
        #expect(later.isWhole && later.extent.waiting > 0, "what was not sealed yet waits")
        try await seal()
        #expect(try await alder().extent.waiting == 0)
        try await seal()
        #expect(try await alder().extent.entries == later.extent.entries + later.extent.waiting)
    }

    @Test func `goes on in batches where there is much to seal`() async throws {
        try await pass(time: 7)
        var batches = 0
        while try await sample.installation.run(Query<Bool>(value: "SELECT seal_audit_trail(2)")) {
            batches += 1
            #expect(try await alder().faults.isEmpty)
        }
        #expect(batches >= 3)
        #expect(try await alder().extent.waiting == 0)
        #expect(try await sample.installation.verifiedTrails().allSatisfy(\.isWhole))
    }

    @Test(
        arguments: [
            "door = 'web'", "at = at + interval '1 microsecond'", "person_id = 4711", "request_id = 'x'",
            "action = 'delete'", "entity = 'mark'", "entity_id = '99'", "changed = '{}'",
            "before = '{\"status\": \"x\"}'", "after = '{}'", "after = NULL",
        ]
    )
    func `names an entry that was changed`(_ change: String) async throws {
        let id = try await someEntry()
        try await forge("UPDATE app.audit_event SET \(change) WHERE id = \(id)")
        #expect(try await found() == ["changed \(id)-\(id)"])
    }

    @Test func `names an entry that was removed, alone or with its link`() async throws {
        let id = try await someEntry()
        try await forge("DELETE FROM app.audit_event WHERE id = \(id)")
        #expect(try await found() == ["removed \(id)-\(id)"])
        try await forge("DELETE FROM app.audit_link WHERE event_id = \(id)")
        let neighbours = try await ids().filter { $0 < id }.max().map { $0 + 1 }
        let next = try await ids().filter { $0 > id }.min().map { $0 - 1 }
        #expect(try await found() == ["removed \(neighbours ?? 0)-\(next ?? 0)"])
    }

    @Test func `names an entry that was slipped in between`() async throws {
        let id = try await someEntry()
        try await forge("DELETE FROM app.audit_event WHERE id = \(id)")
        try await forge("DELETE FROM app.audit_link WHERE event_id = \(id)")
        try await forge("UPDATE app.audit_link SET position = position - 1 WHERE event_id > \(id)")
        #expect(try await found().contains("changed \(id + 1)-\(id + 1)"), "the chain itself was mended")
        try await copy(as: id)
        #expect(try await found().contains("inserted \(id)-\(id)"))
    }

    @Test func `names what was slipped in at an id that was given out and not used`() async throws {
        try await sample.scratch.superuser.run(Query<Void>("SELECT nextval('app.audit_event_id_seq')"))
        let skipped = try await lastID()
        try await pass(time: 1)
        try await seal()
        #expect(try await found() == [])
        try await copy(as: skipped)
        #expect(try await found() == ["inserted \(skipped)-\(skipped)"])
    }

    @Test func `names entries that changed places`() async throws {
        let (one, other) = (try await someEntry(), try await someEntry() + 1)
        try await forge("ALTER TABLE app.audit_event ALTER id DROP IDENTITY")
        try await forge("UPDATE app.audit_event SET id = -1 WHERE id = \(one)")
        try await forge("UPDATE app.audit_event SET id = \(one) WHERE id = \(other)")
        try await forge("UPDATE app.audit_event SET id = \(other) WHERE id = -1")
        #expect(try await found() == ["changed \(one)-\(one)", "changed \(other)-\(other)"])
    }

    @Test func `names a tail that was cut off, with its links too`() async throws {
        let (id, last) = (try await someEntry(), try await ids().max() ?? 0)
        try await forge("DELETE FROM app.audit_event WHERE id > \(id) AND chapter_id = \(sample.alder.id)")
        #expect(try await found().last == "removed \(last)-\(last)")
        try await forge("DELETE FROM app.audit_link WHERE event_id > \(id) AND trail = \(sample.alder.id)")
        #expect(try await found() == ["cut \(id + 1)-\(last)"])
    }

    @Test func `names what was rewritten together with all the links behind it`() async throws {
        let head = try #require(AuditHead.Hash(try await alder().extent.head ?? ""))
        let id = try await someEntry()
        try await forge("UPDATE app.audit_event SET door = 'web' WHERE id = \(id)")
        let seals = "FROM app.audit_seal WHERE trail = \(sample.alder.id)"
        try await forge("CREATE TABLE app.kept AS SELECT * \(seals)")
        try await forge("DELETE \(seals)")
        try await forge("DELETE FROM app.audit_link WHERE trail = \(sample.alder.id)")
        try await seal()
        #expect(try await found() == [], "it is consistent again")
        let trails = try await sample.installation.verifiedTrails(only: sample.alder.slug, knowing: head)
        #expect(trails.map(\.isWhole) == [false], "who wrote the head down sees it")
        try await forge("DELETE \(seals)")
        #expect(try await found().first?.hasPrefix("unsealed ") == true)
        try await forge("INSERT INTO app.audit_seal SELECT * FROM app.kept")
        #expect(try await found().first?.hasPrefix("rewritten 1-") == true)
    }

    @Test func `stays whole when values are erased, and says of how many`() async throws {
        let id = try await someEntry()
        let erasing = "SELECT app.erase_audit_values(\(sample.alder.id), ARRAY[\(id)], true)"
        #expect(try await sample.scratch.superuser.run(Query<Int64>(value: SQL(stringLiteral: erasing))) == 1)
        let whole = try await alder()
        #expect(whole.isWhole && whole.extent.erased == 1, "\(whole)")
        let left = try await texts(
            """
            SELECT coalesce(before::text, '') || coalesce(after::text, '') || entity_id || coalesce(salt::text, '')
              FROM app.audit_event JOIN app.audit_link ON trail = chapter_id AND event_id = id WHERE id = \(id)
            """
        )
        #expect(left == ["erased"])
        try await forge("UPDATE app.audit_event SET after = '{\"status\": \"other\"}' WHERE id = \(id)")
        #expect(try await found() == ["changed \(id)-\(id)"], "nothing may be put where values were")
        // What is erased before it is sealed is sealed as it is.
        try await pass(time: 1)
        let fresh = try await lastID()
        let early = "SELECT app.erase_audit_values(\(sample.alder.id), ARRAY[\(fresh)])"
        #expect(try await sample.scratch.superuser.run(Query<Int64>(value: SQL(stringLiteral: early))) == 1)
        try await seal()
        #expect(try await found() == ["changed \(id)-\(id)"])
    }

    @Test func `waits for who took an id and has not committed`() async throws {
        let sample = sample
        let before = try await alder().extent.entries
        let (taken, told) = AsyncStream.makeStream(of: Void.self)
        let (release, releaser) = AsyncStream.makeStream(of: Void.self)
        async let late: Void = sample.shell.transaction { transaction in
            try await transaction.run(Query<Void>(.seat("late", in: sample.alder)))
            told.yield()
            for await _ in release { break }
        }
        for await _ in taken { break }
        try await sample.shell.run(Query<Void>(.seat("early", in: sample.alder)))
        async let sealing: Bool = sample.installation.run(.sealAuditTrail)
        for _ in 0..<20 {
            try await Task.sleep(for: .milliseconds(5))
            #expect(try await alder().extent.entries == before, "it went past an entry still to come")
        }
        releaser.yield()
        _ = try await (late, sealing)
        let whole = try await alder()
        #expect(whole.isWhole && whole.extent.entries == before + 2 && whole.extent.waiting == 0, "\(whole)")
    }

    @Test func `is of the installation's own hands alone`() async throws {
        let president = try await sample.acting(as: sample.alice)
        #expect(try await president.run(.auditHeads()).isEmpty)
        await refused(.insufficientPrivilege) { _ = try await president.run(.sealAuditTrail) }
        for statement in [
            "SELECT count(*) FROM audit_link", "SELECT count(*) FROM audit_seal",
            "SELECT erase_audit_values(1, '{1}')",
        ] {
            await refused(.insufficientPrivilege) {
                _ = try await sample.shell.run(Query<Int64>(value: SQL(stringLiteral: statement)))
            }
        }
        for table in ["audit_link", "audit_seal"] {
            for statement in [
                "UPDATE app.\(table) SET hash = hash", "DELETE FROM app.\(table)", "TRUNCATE app.\(table)",
            ] {
                await refused(.insufficientPrivilege) {
                    try await sample.scratch.superuser.run(Query<Void>(SQL(stringLiteral: statement)))
                }
            }
        }
        // With the setting on, values may go, and nothing else.
        await refused(.insufficientPrivilege) {
            try await sample.scratch.superuser.withConnection { connection in
                try await connection.run(
                    script:
                        "SET app.erasing_audit_values = 'on'; UPDATE app.audit_event SET door = 'web', before = NULL, after = NULL"
                )
            }
        }
    }
}

extension `The chain through the audit trail` {
    private func seal() async throws {
        while try await sample.installation.run(.sealAuditTrail) {}
    }

    /// Enters so many things in Alder's trail.
    private func pass(time: Int) async throws {
        for number in 1...time {
            try await sample.shell.run(Query<Void>(.seat("trade \(number)", in: sample.alder)))
        }
    }

    private func alder() async throws -> VerifiedTrail {
        try #require(try await sample.installation.verifiedTrails(only: sample.alder.slug).first)
    }

    private func found() async throws -> [String] {
        try await alder().faults.map { "\($0.kind) \($0.first)-\($0.last)" }
    }

    /// An entry of Alder's with values, and neighbours on both sides.
    private func someEntry() async throws -> Int64 {
        let ids = try await ids()
        return try #require(ids.dropFirst(2).first { ids.contains($0 + 1) && ids.contains($0 - 1) })
    }

    private func ids() async throws -> [Int64] {
        try await sample.scratch.superuser.run(
            Query<[Int64]>(
                values: "SELECT id FROM app.audit_event WHERE chapter_id = \(sample.alder.id) ORDER BY id"
            )
        )
    }

    private func lastID() async throws -> Int64 {
        try await sample.scratch.superuser.run(
            Query<Int64>(value: "SELECT last_value FROM app.audit_event_id_seq")
        )
    }

    /// Puts a likeness of some entry into Alder's trail.
    private func copy(as id: Int64) async throws {
        try await forge(
            """
            INSERT INTO app.audit_event (chapter_id, id, door, action, entity, entity_id, changed)
            OVERRIDING SYSTEM VALUE VALUES (\(sample.alder.id), \(id), 'cli', 'insert', 'seat', '1', '{title}')
            """
        )
    }

    /// As somebody who owns the database can, past every trigger.
    private func forge(_ statement: String) async throws {
        try await sample.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: "BEGIN; SET LOCAL session_replication_role = replica; \(statement); COMMIT"
            )
        }
    }

    private func texts(_ statement: String) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: SQL(stringLiteral: statement)))
    }
}

extension SampleChapter {
    /// The operator's shell in no chapter.
    fileprivate var installation: ActingDatabase {
        database.acting(as: .system(door: .cli), in: nil)
    }
}

extension SQL {
    /// Opens a seat.
    fileprivate static func seat(_ profession: String, in chapter: Chapter) -> SQL {
        "INSERT INTO seat (chapter_id, profession, title) VALUES (\(chapter.id), \(profession), \(profession))"
    }
}
