import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Erasing a person` {
    let sample: SampleChapter
    let traces = Traces()

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fillEveryTable()
        try await sample.turn(sample.bob, into: traces)
    }

    /// A new column of words has to be thought of, as has one that an erasure would have to read.
    @Test func `thinks of every column that may hold words`() async throws {
        let there = try await texts(
            """
            SELECT attrelid::regclass::text || '.' || attname
              FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
             WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
               AND (CASE WHEN typbasetype <> 0 THEN typbasetype ELSE pg_type.oid END)::regtype::text IN ('text', 'text[]', 'jsonb', 'json', 'character varying')
             ORDER BY 1
            """
        ).map { $0.hasPrefix("app.") ? String($0.dropFirst(4)) : $0 }
        let known = try await texts(
            "SELECT place || '.' || column_name FROM app.places_of_words() ORDER BY 1"
        )
        #expect(Set(there).subtracting(known) == [], "columns that nobody thought of")
        #expect(Set(known).subtracting(there) == [], "columns that are not there")
    }

    @Test func `leaves no byte of them in a dump`() async throws {
        try await leaveTraces()
        let before = traces.found(in: try sample.scratch.dump())
        #expect(
            before == traces.forms.map(\.label),
            "each form stands somewhere, so that its absence says something"
        )
        try await eraseBob()
        let after = try sample.scratch.dump()
        #expect(traces.found(in: after, hidden: true) == [])
        #expect(String(decoding: after, as: UTF8.self).contains("former member \(sample.bob.person)"))
    }

    @Test func `and each field alone is emptied of each form`() async throws {
        try await leaveTraces()
        try await eraseBob()
        for column in try await texts(
            "SELECT place || '.' || column_name FROM app.places_of_words() WHERE holds <> 'program' ORDER BY 1"
        ) {
            let parts = column.split(separator: ".")
            let said = try await texts(
                "SELECT coalesce(string_agg(\(parts[1])::text, ' '), '') FROM app.\(parts[0])"
            )
            #expect(traces.found(in: Array(said.joined().utf8)) == [], "\(column)")
        }
    }

    @Test func `keeps every report as it was, but for the name`() async throws {
        let reports = reportCalls(in: sample.alder)
        let before = try await lines(of: reports)
        let counts = try await counts()
        try await eraseBob()
        let after = try await lines(of: reports)
        for (report, (was, stands)) in zip(reports, zip(before, after)) {
            let renamed = was.map {
                $0.replacing(traces.name, with: "former member \(sample.bob.person)")
                    .replacing(traces.name.lowercased(), with: "former member \(sample.bob.person)")
            }
            #expect(renamed.sorted() == stands.sorted(), "\(report)")
        }
        #expect(try await self.counts() == counts)
        let whole = try await texts(
            "SELECT (sha256 = app.sha256_of_closed_month(chapter_id, number))::text FROM app.closed_month"
        )
        #expect(whole == ["true"])
    }

    @Test func `changes nothing a second time, and says so in the trail without a name`() async throws {
        try await eraseBob()
        let first = try sample.scratch.dump()
        let again = try await eraseBob()
        #expect(again?.names == [])
        let second = try sample.scratch.dump()
        #expect(traces.found(in: second) == [] && abs(first.count - second.count) < 4000)
        let noted = try await texts(
            "SELECT entity || ' ' || entity_id || ' ' || coalesce(before, after, '{}')::text FROM app.installation_audit_event WHERE action = 'erase'"
        )
        #expect(noted == Array(repeating: "person \(sample.bob.person) {}", count: 2))
    }

    @Test func `leaves another of the same family, and trades, as they are called`() async throws {
        _ = try await sample.shell.add(.sample("Anna Strüßmann", seat: "Florist"))
        try await sample.write("UPDATE referral SET need = 'Anna Strüßmann and Zoë know a baker'")
        try await eraseBob()
        #expect(
            try await texts("SELECT name FROM app.membership WHERE name LIKE 'Anna%'") == ["Anna Strüßmann"]
        )
        #expect(try await texts("SELECT need FROM app.referral") == ["Anna Strüßmann and … know a baker"])
    }

    /// The backup is of a time when they were a member, and knows other records by numbers that came after it.
    @Test func `is done again after a restore`() async throws {
        try await leaveTraces()
        try await sample.write("UPDATE membership SET ended_on = NULL WHERE id = \(sample.bob.id)")
        let backup = try sample.scratch.dump()
        try await sample.write("UPDATE membership SET ended_on = '2026-10-31' WHERE id = \(sample.bob.id)")
        try await eraseBob()
        let journal = try await sample.shell.run(.privacyJournal)
        #expect(journal.count == 1)
        #expect(traces.found(in: Array(journal.joined().utf8), hidden: true) == [])
        try await ScratchDatabase.restored(backup) { (restored: ScratchDatabase) async throws -> Void in
            #expect(traces.found(in: try restored.dump()) == traces.forms.map(\.label))
            let another = try journal[0]
                .replacing("\"made_at\": \"2", with: "\"made_at\": \"1")
                .replacing(Regex(#""rows": \[.*?\]"#), with: #""rows": []"#)
            #expect(another != journal[0])
            #expect(try await again(another, in: restored) == "known")
            #expect(try await again(journal[0], in: restored) == "erased")
            #expect(traces.found(in: try restored.dump(), hidden: true) == [])
            #expect(try await again(journal[0], in: restored) == "known")
        }
    }

    @Test func `comes after leaving, and never takes the last operator`() async throws {
        try await sample.write("UPDATE membership SET ended_on = NULL WHERE id = \(sample.bob.id)")
        let stays = await expectRefusal(.erasedBeforeLeaving) { _ = try await eraseBob() }
        #expect(stays.contains("Alder"))
        try await sample.write(
            "UPDATE membership SET ended_on = '2026-10-31' WHERE id = \(sample.bob.id); UPDATE person SET is_operator = true WHERE id = \(sample.bob.person)"
        )
        _ = await expectRefusal(.erasedLastOperator) { _ = try await eraseBob() }
        try await sample.write("UPDATE person SET is_operator = true WHERE id = \(sample.alice.person)")
        #expect(try await eraseBob() != nil)
    }

    @Test func `is for the operator's shell`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let error = await #expect(throws: PostgresError.self) {
            _ = try await alice.transaction { try await $0.erase(sample.bob.person) }
        }
        #expect(error?.state == .insufficientPrivilege)
    }

    @discardableResult
    private func eraseBob() async throws -> Erased? {
        try await sample.database.acting(as: .system(door: .cli), in: nil)
            .transaction { try await $0.erase(sample.bob.person) }
    }

    /// Puts every form into every field that may hold words of others.
    private func leaveTraces() async throws {
        let columns = try await texts(
            """
            SELECT place || ' ' || column_name || ' ' || holds || ' ' || format_type(atttypid, NULL)
              FROM app.places_of_words()
              JOIN pg_attribute ON attrelid = ('app.' || place)::regclass AND attname = column_name
             WHERE holds IN ('text', 'thing', 'name', 'address') AND place <> 'chapter_scorecard'
             ORDER BY 1
            """
        )
        var script = ""
        for column in columns {
            let words = column.split(separator: " ")
            let (table, field) = (words[0], words[1])
            let said: String =
                switch (words[2], words[3]) {
                case (_, "jsonb"): "jsonb_build_object('said', jsonb_build_array('\(traces.everything)'))"
                case ("address", _): field.contains("mail") ? "'\(traces.email)'" : "'\(traces.phone)'"
                case ("name", _): "'\(traces.name)'"
                case ("thing", _): "'https://by.\(traces.name) at \(traces.email) ' || ctid::text"
                default: "'\(traces.everything)'"
                }
            script += "UPDATE \(table) SET \(field) = \(said);\n"
        }
        try await sample.write(
            """
            SET session_replication_role = replica;
            DO $$ DECLARE rule record; BEGIN
                -- What rules say of a field is said elsewhere; here each field is to hold anything.
                FOR rule IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
                             WHERE contype = 'c' AND connamespace = 'app'::regnamespace AND conrelid <> 0 LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.place, rule.conname);
                END LOOP;
            END $$;
            UPDATE mark SET mark = 'substitute';
            UPDATE meeting SET status = 'sealed', sealed_at = now();
            INSERT INTO kept_answer (person_id, key, request_hash, status, body) VALUES (\(sample.alice.person), 'k', sha256('x'), 200, 'x');
            INSERT INTO digest_entry (person_id, for_chapter, kind, facts, entered_at) VALUES (\(sample.alice.person), \(sample.alder.id), 'thanks', '{}', now());
            UPDATE application SET decision = 'declined', decided_on = applied_on;
            UPDATE mail SET to_address = '\(traces.email.uppercased())';
            UPDATE one_time_link SET email = '\(traces.email)', person_id = \(sample.bob.person);
            UPDATE posting SET membership_id = \(sample.alice.id);
            UPDATE visitor SET status = 'lost', declined_at = now();
            \(script)
            RESET session_replication_role;
            """
        )
        // What is written now has its values in the trail.
        try await sample.write(
            """
            UPDATE payment SET note = note || ' once more';
            UPDATE education_unit SET title = title || '!';
            INSERT INTO provider_account (issuer, subject, person_id) VALUES ('https://id.example.org', '\(traces.email)', \(sample.bob.person));
            """
        )
    }

    private func lines(of reports: [String]) async throws -> [[String]] {
        var lines: [[String]] = []
        for report in reports {
            lines.append(
                try await sample.shell.run(
                    Query<[String]>(
                        values: SQL(stringLiteral: "SELECT to_jsonb(line)::text FROM \(report) AS line")
                    )
                )
            )
        }
        return lines
    }

    /// How many rows there are of what counts.
    private func counts() async throws -> [String] {
        var counts: [String] = []
        for table in [
            "membership", "mark", "referral", "referral_step", "closed_business", "closed_business_earner",
            "one_to_one", "education_unit",
            "testimonial", "visitor", "activity", "introduction", "posting", "prospect", "application",
            "application_vote", "invoice", "payment",
            "closed_month_line", "slip_correction",
        ] {
            counts += try await texts("SELECT '\(table) ' || count(*) FROM app.\(table)")
        }
        return counts
    }

    private func again(_ line: String, in restored: ScratchDatabase) async throws -> String {
        try await restored.database.acting(as: .system(door: .cli), in: nil)
            .transaction { transaction in try await transaction.eraseAgain(line) }
    }

    private func texts(_ sql: String) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: SQL(stringLiteral: sql)))
    }
}

extension SampleChapter {
    /// Calls a member by another name in all that is their own, as a former member.
    func turn(_ member: Membership, into traces: Traces) async throws {
        try await write(
            """
            SET session_replication_role = replica;
            UPDATE person SET name = '\(traces.name)', folded_name = '\(traces.name.lowercased())', given_name = 'Zoë Amélie',
                   family_name = 'Strüßmann', email = lower('\(traces.email)'), phones = ARRAY['\(traces.phone)', '+49309018877']
             WHERE id = \(member.person);
            UPDATE membership SET name = '\(traces.name)', folded_name = '\(traces.name.lowercased())', email = lower('\(traces.email)'), ended_on = '2026-10-31'
             WHERE person_id = \(member.person);
            UPDATE closed_month_line SET name = '\(traces.name)', folded_name = '\(traces.name.lowercased())' WHERE membership_id = \(member.id);
            RESET session_replication_role
            """
        )
    }
}
