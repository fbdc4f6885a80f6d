import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The walls between chapters` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fillEveryTable()
    }

    @Test func `stand around every table of a chapter`() async throws {
        let open = try await names(
            """
            SELECT relname::text FROM pg_class
             WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)
             ORDER BY relname
            """
        )
        // What anybody may read: no row of these is of a person, or of what happens in a chapter.
        #expect(
            open == [
                "chapter", "currency", "exchange_rate", "letter_template", "office_kind", "region",
                "scorecard",
            ]
        )
        #expect(try await tablesOfChapters().count >= 24)
    }

    @Test func `hide every row from somebody who said nothing`() async throws {
        for table in try await tablesOfChapters() + [
            "person", "person_calendar", "installation_audit_event", "mail", "job",
        ] {
            let count = SQL(stringLiteral: "SELECT count(*) FROM app.\(table)")
            #expect(try await sample.scratch.superuser.run(Query<Int>(value: count)) > 0, "\(table) is empty")
            #expect(try await sample.scratch.service.run(Query<Int>(value: count)) == 0, "\(table) is open")
        }
    }

    @Test func `leave what opens something to the functions alone`() async throws {
        for table in [
            "credential", "second_factor", "recovery_code", "one_time_link", "provider_visit", "throttle",
            "digest_entry", "mail_stop",
        ] {
            for actor in [Actor.system(door: .cli), .themselves(sample.alice.person, door: .web)] {
                let acting = sample.database.acting(as: actor, in: nil)
                await refused(.insufficientPrivilege) {
                    let sql = SQL(stringLiteral: "SELECT count(*) FROM app.\(table)")
                    _ = try await acting.run(Query<Int>(value: sql))
                }
            }
        }
        for column in ["session.secret_hash", "mail.body", "webhook.secret", "webhook.former_secret"] {
            let parts = column.split(separator: ".")
            let shell = sample.database.acting(as: .system(door: .cli), in: nil)
            await refused(.insufficientPrivilege) {
                let sql = SQL(stringLiteral: "SELECT count(\(parts[1])) FROM app.\(parts[0])")
                _ = try await shell.run(Query<Int>(value: sql))
            }
        }
        let alder = sample.shell
        for table in Self.ofReportsAlone {
            await refused(.insufficientPrivilege) {
                let sql = SQL(stringLiteral: "SELECT count(*) FROM app.\(table)")
                _ = try await alder.run(Query<Int>(value: sql))
            }
        }
        for (table, columns) in [("session", "ended_at = NULL"), ("mail", "to_address = 'x@example.org'")] {
            let shell = sample.database.acting(as: .system(door: .cli), in: nil)
            await refused(.insufficientPrivilege) {
                try await shell.run(Query<Void>(SQL(stringLiteral: "UPDATE app.\(table) SET \(columns)")))
            }
        }
    }

    @Test func `show a session to its person and the operator's shell`() async throws {
        let nobody = sample.database.acting(as: .nobody(door: .web), in: nil)
        _ = try await nobody.run(
            .openSession(
                of: sample.bob.person,
                hash: [UInt8](repeating: 1, count: 32),
                isProved: true,
                agent: nil,
                address: nil
            )
        )
        let count = Query<Int>(value: "SELECT count(*) FROM session")
        for (actor, seen) in [
            (Actor.nobody(door: .web), 0), (.themselves(sample.alice.person, door: .web), 0),
            (.themselves(sample.bob.person, door: .web), 1), (.system(door: .cli), 1),
        ] {
            #expect(try await sample.database.acting(as: actor, in: nil).run(count) == seen)
        }
        #expect(try await sample.acting(as: sample.alice).run(count) == 0, "a president is no owner")
    }

    @Test func `hide every row from the other chapter`() async throws {
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        for table in try await tablesOfChapters() {
            let ours = SQL(
                stringLiteral: "SELECT count(*) FROM app.\(table) WHERE chapter_id = \(sample.alder.id)"
            )
            #expect(try await charlie.run(Query<Int>(value: ours)) == 0, "\(table) shows what is Alder's")
        }
        #expect(
            try await charlie.run(.roster(of: sample.birch.id, on: nil)).map(\.name) == ["Charlie Carver"]
        )
    }

    @Test func `hide them from the operator's shell in another chapter, too`() async throws {
        for table in try await tablesOfChapters() {
            let ours = SQL(
                stringLiteral: "SELECT count(*) FROM app.\(table) WHERE chapter_id = \(sample.alder.id)"
            )
            #expect(
                try await sample.birchShell.run(Query<Int>(value: ours)) == 0,
                "\(table) shows what is Alder's"
            )
        }
    }

    @Test func `keep rows from being put over them`() async throws {
        let alder = sample.alder.id
        await refused(.insufficientPrivilege) {
            try await sample.birchShell.run(
                Query<Void>(
                    "INSERT INTO seat (chapter_id, profession, title) VALUES (\(alder), 'spy', 'Spy')"
                )
            )
        }
        await refused(.insufficientPrivilege) {
            try await sample.birchShell.run(Query<Void>("UPDATE membership SET chapter_id = \(alder)"))
        }
        await refused(.insufficientPrivilege) {
            try await sample.birchShell.run(
                Query<Void>(
                    """
                    INSERT INTO audit_event (chapter_id, door, action, entity, entity_id, changed)
                    VALUES (\(alder), 'cli', 'insert', 'mark', '1/1', '{mark}')
                    """
                )
            )
        }
    }

    @Test func `end with the transaction for which they were opened`() async throws {
        _ = try await sample.shell.run(.roster(of: sample.alder.id, on: nil))
        let left = try await sample.scratch.service.run(
            Query<String?>(value: "SELECT NULLIF(current_setting('app.chapter_id', true), '')")
        )
        #expect(left == nil)
    }

    @Test func `are in the keys, too, which even a superuser cannot pass`() async throws {
        let (alder, charlie) = (sample.alder.id, sample.charlie.id)
        await refused(.foreignKeyViolation) {
            try await sample.scratch.superuser.run(
                Query<Void>(
                    """
                    INSERT INTO app.mark (chapter_id, meeting_id, membership_id, mark)
                    SELECT \(alder), id, \(charlie), 'present' FROM app.meeting WHERE chapter_id = \(alder)
                    """
                )
            )
        }
        await refused(.foreignKeyViolation) {
            try await sample.scratch.superuser.run(
                Query<Void>(
                    """
                    INSERT INTO app.office (chapter_id, membership_id, person_id, role, from_on)
                    VALUES (\(alder), \(sample.alice.id), \(sample.bob.person), 'mentor', '2026-10-01')
                    """
                )
            )
        }
    }

    @Test func `lead every key, every unique constraint and every reference`() async throws {
        let unled = try await names(
            """
            SELECT conrelid::regclass || ' ' || conname
              FROM pg_constraint
              JOIN pg_attribute AS wall ON wall.attrelid = conrelid AND wall.attname = 'chapter_id' AND NOT wall.attisdropped
             WHERE connamespace = 'app'::regnamespace
               AND (contype IN ('p', 'u', 'x')
                    OR contype = 'f' AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = confrelid AND attname = 'chapter_id'))
               AND (conkey[1] <> wall.attnum
                    OR contype = 'f' AND confkey[1] <> (SELECT attnum FROM pg_attribute WHERE attrelid = confrelid AND attname = 'chapter_id'))
             ORDER BY 1
            """
        )
        #expect(unled == [])
    }

    /// What reports store for themselves: nobody else reads it.
    private static let ofReportsAlone = [
        "chapter_in_month", "chapter_to_date", "months_added_up", "return_to_date",
    ]

    private func tablesOfChapters() async throws -> [String] {
        try await allTablesOfChapters().filter { !Self.ofReportsAlone.contains($0) }
    }

    private func allTablesOfChapters() async throws -> [String] {
        try await names(
            """
            SELECT relname::text
              FROM pg_class
              JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'chapter_id' AND NOT attisdropped
             WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p')
             ORDER BY relname
            """
        )
    }

    private func names(_ sql: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: sql))
    }
}

/// Runs `work`, which the server is to refuse with this condition.
func refused(
    _ state: SQLState,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Void
) async {
    let error = await #expect(throws: PostgresError.self, sourceLocation: sourceLocation) { try await work() }
    #expect(error?.state == state, sourceLocation: sourceLocation)
}
