import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `All that is kept about a person` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fillEveryTable()
    }

    /// A new column that says of whom a row is has to be thought of.
    @Test func `thinks of every column that points to somebody`() async throws {
        let there = try await texts(
            """
            -- Of a membership and its person together, the person counts.
            SELECT DISTINCT relname || '.' || attname
              FROM pg_constraint
              JOIN pg_class ON pg_class.oid = conrelid
              JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[cardinality(conkey)]
             WHERE contype = 'f' AND connamespace = 'app'::regnamespace
               AND confrelid IN ('app.person'::regclass, 'app.membership'::regclass)
            UNION
            SELECT relname || '.' || attname
              FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
             WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
               AND (attname ~ 'person_id|_by$' AND atttypid = 'bigint'::regtype OR attname IN ('about', 'members')
                    OR attname = 'membership_id' AND NOT EXISTS (SELECT FROM pg_attribute AS beside WHERE beside.attrelid = pg_class.oid
                                                                   AND beside.attname = 'person_id' AND NOT beside.attisdropped))
             ORDER BY 1
            """
        )
        let known = try await texts(
            "SELECT place || '.' || column_name FROM app.places_of_people() ORDER BY 1"
        )
        #expect(Set(there).subtracting(known) == [], "columns that nobody thought of")
        let beside = [
            "application.email", "prospect.email", "visitor.email", "closed_business.id", "person.id",
            "referral_step.referral_id",
        ]
        #expect(Set(known).subtracting(there) == Set(beside), "what leads there by another way")
    }

    @Test func `thinks of every amount of money`() async throws {
        let there = try await texts(
            """
            SELECT relname || '.' || attname
              FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
             WHERE relnamespace = 'app'::regnamespace AND attnum > 0 AND NOT attisdropped
               AND atttypid IN ('bigint'::regtype, 'numeric'::regtype) AND attname !~ '_by$'
               AND attname ~ '^(amount|money|cost_.*|.*value.*|dues|fees|spent|received.*|profit|given.*)$'
               AND relname IN (SELECT place FROM app.places_of_people() WHERE whose <> 'nothing')
             ORDER BY 1
            """
        )
        let known = try await texts(
            "SELECT place || '.' || column_name FROM app.places_of_money() ORDER BY 1"
        )
        #expect(there == known)
    }

    @Test func `is found by every column`() async throws {
        let columns = try await texts(
            """
            SELECT place || ' ' || column_name || ' ' || whose || ' ' || as_what
              FROM app.places_of_people() WHERE whose <> 'nothing' ORDER BY 1
            """
        )
        .map { $0.split(separator: " ").map(String.init) }
        let nobody = try await sample.shell.add(
            MemberDraft(name: "Nora North", seat: "Notary", joinedOn: .day("2026-10-01"))
        )
        try await dropRules()
        try await fillWhatChaptersDoNotFill()
        for column in columns {
            let (place, field, whose, role) = (column[0], column[1], column[2], column[3])
            let value =
                switch whose {
                case "people": "ARRAY[\(nobody.person)]::bigint[]"
                case "members": "ARRAY[\(nobody.id)]::bigint[]"
                case "member": "\(nobody.id)"
                case "address": "'nora@example.org'"
                case "earned": "(SELECT closed_business_id FROM closed_business_earner LIMIT 1)"
                case "referral": "(SELECT id FROM referral LIMIT 1)"
                default: "\(nobody.person)"
                }
            // One row becomes hers, and nothing else is.
            try await sample.write(
                """
                BEGIN;
                SET LOCAL session_replication_role = replica;
                UPDATE person SET email = 'nora@example.org' WHERE id = \(nobody.person);
                UPDATE closed_business_earner SET person_id = \(whose == "earned" ? "\(nobody.person)" : "person_id");
                UPDATE referral SET giver_id = \(whose == "referral" ? "\(nobody.id)" : "giver_id");
                \(place == "person" ? "" : "UPDATE \(place) SET \(field) = \(value) WHERE ctid = (SELECT min(ctid) FROM \(place)\(whose == "member" ? " WHERE chapter_id = \(sample.alder.id)" : ""))");
                COMMIT;
                """
            )
            let found = try await sample.shell.run(.allKept(about: nobody.person))
            #expect(found.contains { $0.place == place && $0.role == role }, "\(place).\(field)")
        }
    }

    /// What stays without is marked wherever it stands, and no mark is to be found.
    @Test func `has nothing that is secret, or others' alone`() async throws {
        try await dropRules()
        try await fillWhatChaptersDoNotFill()
        let withheld = try await texts(
            """
            SELECT DISTINCT place || ' ' || attname || ' ' || format_type(atttypid, NULL)
              FROM app.places_of_people()
              JOIN pg_attribute ON attrelid = ('app.' || place)::regclass AND attnum > 0 AND NOT attisdropped
             WHERE whose <> 'nothing' AND without <> '' AND (attname = ANY (string_to_array(ltrim(without, '='), ','))) = (without NOT LIKE '=%')
               -- Others of the same table may go along with another row.
               AND NOT EXISTS (SELECT FROM app.places_of_people() AS other
                                WHERE other.place = places_of_people.place AND other.whose <> 'nothing'
                                  AND (attname = ANY (string_to_array(ltrim(other.without, '='), ','))) = (other.without LIKE '=%'))
             ORDER BY 1
            """
        )
        .map { $0.split(separator: " ", maxSplits: 2).map(String.init) }
        #expect(withheld.count > 30)
        var script = "SET session_replication_role = replica;\n"
        for column in withheld {
            switch column[2] {
            case "bytea":
                script +=
                    "UPDATE \(column[0]) SET \(column[1]) = decode(repeat('5ec2e7', 10), 'hex') || decode(md5(ctid::text), 'hex');\n"
            case "jsonb": script += "UPDATE \(column[0]) SET \(column[1]) = '{\"said\": \"a secret\"}';\n"
            case "text", "app.line", "app.folded":
                script += "UPDATE \(column[0]) SET \(column[1]) = 'a secret';\n"
            default: break
            }
        }
        try await sample.write(script + "RESET session_replication_role;")
        var (said, places) = ("", Set<String>())
        for member in [sample.alice, sample.bob] {
            let records = try await sample.acting(as: member).run(.allKept(about: member.person))
            places.formUnion(records.map(\.place))
            said += records.map(\.json).joined()
        }
        #expect(places.count > 30)
        #expect(!said.contains("a secret") && !said.contains("5ec2e7"))
        // The marks are where they would be found.
        #expect(try await texts("SELECT reason FROM app.application") == ["a secret"])
    }

    @Test func `tells nobody who thanked them`() async throws {
        let passed = try await texts("SELECT id::text FROM app.referral WHERE giver_id = \(sample.alice.id)")
            .first
        let referral = try #require(passed.flatMap { SlipID($0) })
        _ = try await sample.shell.transaction { ledger in
            for earner in [Party.member(sample.bob.id), .outsider(name: "Olga Outside", home: "Far")] {
                _ = try await ledger.record(
                    ThanksDraft(
                        earner: earner,
                        thanked: .member(sample.alice.id),
                        amount: Money(minorUnits: 123_456, currency: sample.alder.currency),
                        referral: earner == .member(sample.bob.id) ? referral : nil,
                        closedOn: .day("2026-10-20")
                    )
                )
            }
        }
        let ofAlice = try await kept(about: sample.alice, in: "closed_business")
        let ofBob = try await kept(about: sample.bob, in: "closed_business")
        let amount = "\"amount\": {\"amount\": \"1234.56\", \"currency\": \"EUR\"}"
        #expect(
            ofAlice.contains { $0.role == "thanked" && $0.json.contains(amount) && !$0.json.contains("Bob") }
        )
        #expect(
            ofAlice.allSatisfy {
                $0.role != "thanked" || !$0.json.contains("\(referral)") && !$0.json.contains("Olga")
            }
        )
        #expect(
            ofBob.contains {
                $0.role == "earner" && $0.json.contains(amount) && $0.json.contains("Alice Archer")
            }
        )
    }

    @Test func `names those whom a row is about, and says when its meeting was`() async throws {
        let passed = try await kept(about: sample.bob, in: "referral")
        #expect(passed.contains { $0.role == "receiver" && $0.json.contains("\"giver\": \"Alice Archer\"") })
        let marks = try await kept(about: sample.bob, in: "mark")
        #expect(marks.contains { $0.json.contains("\"meeting\": \"2026-10-07\"") })
        #expect(marks.allSatisfy { $0.chapter?.description == "alder" })
        // How somebody is reached is for those who are to reach them.
        let prospects = try await kept(about: sample.bob, in: "prospect")
        #expect(
            prospects.contains { $0.json.contains("Paul Prospect") }
                && !prospects.contains { $0.json.contains("+49 30 1") }
        )
    }

    @Test func `is for themselves and the operator's shell, and stands in the trail`() async throws {
        let ofBob = Query<[KeptRecord]>.allKept(about: sample.bob.person)
        for stranger in [sample.alice, sample.charlie] {
            await #expect(throws: PostgresError.self) { try await sample.acting(as: stranger).run(ofBob) }
        }
        _ = try await sample.acting(as: sample.bob).run(ofBob)
        let before = try await sample.acting(as: sample.bob).run(.ownAccessLog(before: nil, limit: 9))
        #expect(!before.contains { $0.seen == "own-data" })
        _ = try await sample.shell.run(ofBob)
        let log = try await sample.acting(as: sample.bob).run(.ownAccessLog(before: nil, limit: 9))
        #expect(log.first?.seen == "own-data" && log.first?.reader == nil && log.count == before.count + 1)
        #expect(
            try await texts(
                """
                SELECT coalesce(person_id::text, 'shell') FROM app.installation_audit_event
                 WHERE action = 'export' AND entity = 'person' AND entity_id = '\(sample.bob.person)' ORDER BY id
                """
            ) == ["\(sample.bob.person)", "shell"]
        )
    }

    private func kept(about member: Membership, in place: String) async throws -> [KeptRecord] {
        try await sample.acting(as: member).run(.allKept(about: member.person)).filter { $0.place == place }
    }

    private func dropRules() async throws {
        try await sample.write(
            """
            DO $$ DECLARE rule record; BEGIN
                FOR rule IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
                             WHERE contype IN ('c', 'x', 'u') AND connamespace = 'app'::regnamespace AND conrelid <> 0
                               AND NOT EXISTS (SELECT FROM pg_constraint AS other WHERE other.conindid = pg_constraint.conindid AND other.contype = 'f') LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.place, rule.conname);
                END LOOP;
            END $$;
            """
        )
    }

    private func fillWhatChaptersDoNotFill() async throws {
        let person = sample.bob.person
        try await sample.write(
            """
            INSERT INTO credential (person_id, password_hash) VALUES (\(person), '$scrypt$x') ON CONFLICT DO NOTHING;
            INSERT INTO second_factor (person_id, secret, confirmed_at) VALUES (\(person), sha256('x'), now()) ON CONFLICT DO NOTHING;
            INSERT INTO recovery_code (person_id, code_hash) VALUES (\(person), sha256('one')) ON CONFLICT DO NOTHING;
            INSERT INTO session (person_id, secret_hash, idle_limit, expires_at) VALUES (\(person), sha256('s'), '1 hour', now() + interval '1 day') ON CONFLICT DO NOTHING;
            INSERT INTO one_time_link (person_id, purpose, email, secret_hash, expires_at)
            VALUES (\(person), 'reset', 'x@example.org', sha256('l'), now() + interval '1 day') ON CONFLICT DO NOTHING;
            INSERT INTO api_token (person_id, name, secret_hash, expires_at) VALUES (\(person), 'x', sha256('t'), now() + interval '1 day') ON CONFLICT DO NOTHING;
            INSERT INTO person_calendar (person_id, secret_hash) VALUES (\(person), sha256('c')) ON CONFLICT DO NOTHING;
            INSERT INTO region (slug, name) VALUES ('far', 'Far');
            INSERT INTO director (region_id, person_id, from_on) SELECT id, \(person), '2026-01-01' FROM region WHERE slug = 'far';
            UPDATE absence_letter SET given_on = drafted_on;
            INSERT INTO provider_account (issuer, subject, person_id) VALUES ('https://id.example.org', 'subject', \(person));
            INSERT INTO mail (person_id, to_address, subject, body) VALUES (\(person), 'x@example.org', 'x', 'x') ON CONFLICT DO NOTHING;
            INSERT INTO mail_wish (person_id, kind, way) VALUES (\(person), 'thanks', 'off') ON CONFLICT DO NOTHING;
            INSERT INTO quiet_hours (person_id, from_time, to_time) VALUES (\(person), '21:00', '07:00') ON CONFLICT DO NOTHING;
            INSERT INTO digest_entry (person_id, for_chapter, kind, facts, entered_at) VALUES (\(person), \(sample.alder.id), 'thanks', '{}', now()) ON CONFLICT DO NOTHING;
            INSERT INTO mail_stop (secret_hash, person_id, made_at) VALUES (sha256('m'), \(person), now());
            INSERT INTO kept_answer (person_id, key, request_hash, status, body) VALUES (\(person), 'one', sha256('x'), 200, '') ON CONFLICT DO NOTHING;
            INSERT INTO access_event (chapter_id, door, person_id, seen, about) VALUES (\(sample.alder.id), 'web', \(person), 'thanks', ARRAY[\(person)]::bigint[]);
            """
        )
    }

    private func texts(_ sql: String) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: SQL(stringLiteral: sql)))
    }
}
