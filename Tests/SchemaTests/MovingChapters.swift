import Logging
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A chapter that moves` {
    let sample: SampleChapter
    let logger = Logger(label: "moving", factory: { _ in SwiftLogNoOpLogHandler() })

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fillEveryTable()
    }

    /// A new table of chapters has to be thought of, and stand where its rows can be put back.
    @Test func `thinks of every table, in an order that keeps every reference`() async throws {
        let there = try await texts(
            """
            SELECT DISTINCT relname::text FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
             WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p') AND NOT attisdropped
               AND attname IN ('chapter_id', 'for_chapter', 'trail')
            """
        )
        let known = try await texts("SELECT place FROM app.places_of_chapters()")
        #expect(Set(there) == Set(known) && known.count == Set(known).count)
        let early = try await texts(
            """
            SELECT conname::text FROM pg_constraint
              JOIN app.places_of_chapters() AS child ON conrelid = ('app.' || child.place)::regclass
              JOIN app.places_of_chapters() AS parent ON confrelid = ('app.' || parent.place)::regclass
             WHERE contype = 'f' AND child.stays IS NULL AND (parent.number > child.number OR parent.stays IS NOT NULL)
            """
        )
        #expect(early == [], "references to what comes later, or stays behind")
    }

    @Test func `thinks of every column that names a person`() async throws {
        let known = try await texts(
            """
            SELECT place || '.' || name FROM app.places_of_chapters(), unnest(app.columns_of_persons(place)) AS name
             WHERE stays IS NULL
            """
        )
        let missing = try await texts(
            """
            SELECT place || '.' || column_name FROM app.places_of_people() AS listed
             WHERE place IN (SELECT place FROM app.places_of_chapters() WHERE stays IS NULL)
               AND column_name ~ 'person|_by$' AND whose <> 'member'
            """
        )
        #expect(Set(known) == Set(missing))
        #expect(!known.contains("posting.answered_by"), "that is a membership")
    }

    @Test func `reports there what it reported here, and exports the same again`() async throws {
        try await sample.write(
            """
            UPDATE webhook SET secret = decode(repeat('5e', 32), 'hex');
            UPDATE chapter_calendar SET secret_hash = decode(repeat('5e', 32), 'hex');
            UPDATE visitor_link SET secret_hash = decode(repeat('5e', 32), 'hex')
            """
        )
        let lines = try await exported("alder")
        let text = lines.joined(separator: "\n")
        for secret in [
            "a secret", "a sign", "5e5e5e5e", "example.org/hook", "Charlie", "Birch", "password",
            "is_operator",
        ] {
            #expect(!text.contains(secret), "\(secret)")
        }
        let reports = reportCalls(in: sample.alder)
        let before = try await self.lines(of: reports, sample.scratch, as: "\(sample.alder.id)")
        let dump = try sample.scratch.dump()
        try await ScratchDatabase.restored(dump) { (other: ScratchDatabase) async throws -> Void in
            let count = try await restore(lines, as: "moved", in: other)
            #expect(count.known.count == 2 && count.otherwise == [], "\(count)")
            let id = try await texts("SELECT id::text FROM app.chapter WHERE slug = 'moved'", other)[0]
            // Nothing was made anew: of each table as many rows as before, and the same ones.
            let again = try await exported("moved", other)
            let trail = try await texts(
                "SELECT action FROM app.audit_event WHERE chapter_id = \(id) ORDER BY id DESC LIMIT 2",
                other
            )
            #expect(trail == ["export", "restore"])
            #expect(kept(again) == kept(lines))
            let after = try await self.lines(
                of: reportCalls(in: sample.alder).map {
                    $0.replacing("(\(sample.alder.id),", with: "(\(id),")
                },
                other,
                as: id
            )
            #expect(before.contains { !$0.isEmpty })
            for (report, (was, stands)) in zip(reports, zip(before, after)) {
                #expect(was == stands, "\(report)")
            }
            let verified = try await Installation.verify(
                try other.address(role: "chapterhouse_migrator"),
                logger: logger
            )
            let findings: [String] = verified.flatMap { $0.findings }
            #expect(findings == [])
        }
    }

    @Test(arguments: ["+49 30 1234567", "bob@example.org", "carla@example.org"])
    func `brings nobody back who asked not to be kept`(_ address: String) async throws {
        try await sample.write(
            """
            SET session_replication_role = replica;
            UPDATE prospect SET phone = '030 / 123 45 67', erased_at = NULL, name = 'Paul' WHERE chapter_id = \(sample.alder.id);
            UPDATE contact SET email = 'Carla@example.org' WHERE chapter_id = \(sample.alder.id);
            RESET session_replication_role
            """
        )
        let lines = try await exported("alder")
        let key = try #require(SuppressionKey("a key of more than thirty-two letters"))
        _ = try await restore(lines, as: "before", in: sample.scratch, keepingOutBy: key)
        let known = try #require(KnownWhereabouts([address], under: key))
        _ = try await sample.shell.run(.keepOut(known))
        let refused = await #expect(throws: ChapterNotRestored.self) {
            try await restore(lines, as: "after", in: sample.scratch, keepingOutBy: key)
        }
        #expect(refused?.message.hasPrefix("1 of its addresses and numbers") == true)
        #expect(try await texts("SELECT slug FROM app.chapter WHERE slug = 'after'", sample.scratch) == [])
        #expect(try await restore(lines, as: "without", in: sample.scratch).known.count > 0)
    }

    @Test func `takes numbers of its own, and nobody who is not there`() async throws {
        let lines = try await exported("alder")
        let dump = try sample.scratch.dump()
        try await ScratchDatabase.restored(dump) { (other: ScratchDatabase) async throws -> Void in
            try await other.superuser.run(
                Query<Void>("UPDATE app.person SET email = 'x' || email WHERE email = 'bob@example.org'")
            )
            let restored = try await restore(lines, as: "moved", in: other)
            #expect(restored.known.count == 1 && restored.added >= 1)
            let strangers = try await texts(
                """
                SELECT DISTINCT person_id::text FROM app.audit_event AS e JOIN app.chapter ON chapter.id = e.chapter_id
                 WHERE slug = 'moved' AND person_id = \(sample.bob.person)
                UNION ALL
                SELECT id::text FROM app.membership AS e WHERE person_id = \(sample.bob.person)
                   AND chapter_id = (SELECT id FROM app.chapter WHERE slug = 'moved')
                UNION ALL
                SELECT after ->> 'person_id' FROM app.audit_event AS e WHERE (after ->> 'person_id')::bigint = \(sample.bob.person)
                   AND chapter_id = (SELECT id FROM app.chapter WHERE slug = 'moved')
                """,
                other
            )
            #expect(strangers == [])
            let asleep = try await texts(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'D'",
                other
            )
            #expect(asleep == [], "triggers that were not woken again")
        }
    }

    @Test func `is refused where a closed month is not what was closed`() async throws {
        let lines = try await exported("alder")
        let forged = lines.map {
            $0.hasPrefix("{\"table\" : \"closed_month_line\"")
                ? $0.replacing("\"one_to_ones\": 1", with: "\"one_to_ones\": 2") : $0
        }
        #expect(forged != lines)
        try await ScratchDatabase.restored(try sample.scratch.dump()) {
            (other: ScratchDatabase) async throws -> Void in
            let error = await #expect(throws: ChapterNotRestored.self) {
                _ = try await restore(forged, as: "moved", in: other)
            }
            #expect(error?.message == "its checksums do not hold: closed month 2026-10")
            #expect(try await texts("SELECT slug FROM app.chapter WHERE slug = 'moved'", other) == [])
        }
    }

    /// Whoever writes takes their own table first and the trail last: were the trail locked first, each would wait for the other.
    @Test func `does not wait for those who write into the trail`() async throws {
        let lines = try await exported("alder")
        let dump = try sample.scratch.dump()
        try await ScratchDatabase.restored(dump) { (other: ScratchDatabase) async throws -> Void in
            try await other.superuser.transaction { writer in
                try await writer.run(script: "LOCK TABLE app.audit_event IN ROW EXCLUSIVE MODE")
                async let restored = restore(lines, as: "moved", in: other)
                var (isDone, isWaiting) = (false, false)
                while !isDone && !isWaiting {
                    (isDone, isWaiting) = try await writer.run(
                        Query<Bool>(value: "SELECT EXISTS (SELECT FROM app.chapter WHERE slug = 'moved')"),
                        Query<Bool>(
                            value: """
                                SELECT EXISTS (SELECT FROM pg_locks
                                                WHERE relation = 'app.audit_event'::regclass AND NOT granted)
                                """
                        )
                    )
                }
                #expect(!isWaiting)
                // Lets a restore that waits go on.
                try await writer.run(script: "COMMIT; BEGIN")
                _ = try await restored
            }
        }
    }

    /// Lines without what is another's there: the chapter's name and number, the entry of the restore.
    private func kept(_ lines: [String]) -> [String] {
        lines.filter {
            !$0.hasPrefix("{\"table\" : \"chapter\",") && !$0.contains("\"action\": \"restore\"")
        }
    }

    private func exported(_ slug: String, _ scratch: ScratchDatabase? = nil) async throws -> [String] {
        var lines: [String] = []
        let manifest = try await Installation.export(
            chapter: try #require(Chapter.Slug(slug)),
            of: try (scratch ?? sample.scratch).address(role: "chapterhouse_migrator"),
            release: "0",
            logger: logger,
            manifest: { _ in },
            lines: { lines += $1 }
        )
        _ = try #require(manifest)
        return lines
    }

    private func restore(
        _ lines: [String],
        as slug: String,
        in other: ScratchDatabase,
        keepingOutBy key: SuppressionKey? = nil
    ) async throws
        -> Installation.RestoredChapter
    {
        var counts: [String: Int] = [:]
        for line in lines { counts[String(line.split(separator: "\"")[3]), default: 0] += 1 }
        return try await Installation.restore(
            chapter: Installation.ChapterManifest(
                format: "chapterhouse-chapter",
                version: 1,
                slug: "alder",
                name: "Alder",
                migration: "",
                chapterhouse: "0",
                at: "",
                trail: nil
            ),
            as: slug,
            counts: counts,
            in: try other.address(role: "chapterhouse_migrator"),
            keepingOutBy: key,
            isRehearsal: false,
            logger: logger
        ) { try await $0(lines) }
    }

    private func lines(
        of reports: [String],
        _ scratch: ScratchDatabase,
        as chapter: String
    ) async throws
        -> [[String]]
    {
        var lines: [[String]] = []
        let id = try #require(Int32(chapter))
        for report in reports {
            lines.append(
                try await scratch.superuser.transaction { transaction in
                    try await transaction.run(
                        script:
                            "SET LOCAL search_path = app, pg_temp; SET LOCAL app.chapter_id = '\(id)'; SET LOCAL app.rights = 'everything'"
                    )
                    return try await transaction.run(
                        Query<[String]>(
                            values: SQL(stringLiteral: "SELECT to_jsonb(line)::text FROM \(report) AS line")
                        )
                    )
                }
            )
        }
        return lines
    }

    private func texts(_ sql: String, _ scratch: ScratchDatabase? = nil) async throws -> [String] {
        try await (scratch ?? sample.scratch).superuser.run(Query<[String]>(values: SQL(stringLiteral: sql)))
    }
}
