import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Two people who are one` {
    let sample: SampleChapter
    /// Bob once more, as Birch knows him.
    let robert: Membership

    init() async throws {
        sample = try await SampleChapter()
        robert = try await sample.birchShell.add(.sample("Robert Baker", seat: "Baker"))
    }

    /// Everything that names a person; a new column has to be thought of in `merge_people`.
    @Test func `are thought of in every table`() async throws {
        let columns = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT columns.table_name || '.' || column_name
                      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                     WHERE table_schema = 'app' AND table_type = 'BASE TABLE'
                       AND (column_name ~ 'person' OR column_name ~ '_by$' OR column_name IN ('about', 'merged_into'))
                     ORDER BY 1
                    """
            )
        )
        #expect(
            columns == [
                "absence_letter.drafted_by", "absence_letter.given_by", "absence_letter.person_id",
                "access_event.about", "access_event.person_id", "activity_contact.person_id",
                "api_token.person_id",
                "application_vote.person_id", "appointment.invited_person_id",
                "appointment.inviter_person_id",
                "audit_event.person_id",
                "closed_business_earner.person_id", "closed_month.closed_by", "closed_month.reopened_by",
                "closed_month_change.person_id", "contact.person_id", "credential.person_id",
                "digest_entry.person_id", "director.person_id", "erasure.person_id", "follow_up.person_id",
                "import_batch.imported_by",
                "installation_audit_event.person_id", "introduction_answer.person_id", "invoice.person_id",
                "kept_answer.person_id",
                "mail.person_id", "mail_stop.person_id", "mail_wish.person_id",
                "membership.person_id", "membership_valuation.person_id", "office.person_id",
                "one_time_link.person_id", "payment.person_id", "person.merged_into",
                "person_calendar.person_id",
                "policy.earned_is_seen_by",
                "posting.answered_by", "profile.person_id",
                "prospect.giver_person_id",
                "prospect.receiver_person_id", "provider_account.person_id", "provider_visit.person_id",
                "quiet_hours.person_id",
                "recovery_code.person_id", "referral.opened_by", "referral_step.person_id",
                "second_factor.person_id", "session.person_id", "slip_correction.corrected_by",
                "webhook.made_by",
            ]
        )
    }

    @Test func `have the memberships, offices and everything else of both, and nothing is lost`() async throws
    {
        try await fill(sample.bob.person)
        try await fill(robert.person)
        _ = try await sample.birchShell.run(
            .appoint(robert, as: .president, from: .day("2026-04-01"), to: nil, in: sample.birch.id)
        )
        let before = try await counts()
        let merged = try await merge(robert, into: sample.bob)
        #expect(merged.memberships == 1)
        #expect(merged.tokens == 1)
        #expect(merged.providerAccounts == 1)
        #expect(merged.lostEmail?.description == "robert@example.org")
        #expect(merged.lostPassword && merged.lostSecondFactor)
        // Only what a person has once is less by one: a password, a second factor, a calendar, the answer under one key.
        var expected = before
        for table in [
            "credential", "second_factor", "recovery_code", "person_calendar", "kept_answer", "mail_wish",
            "quiet_hours",
        ] {
            expected[table] = (before[table] ?? 0) - 1
        }
        #expect(try await counts() == expected)
        let left = try await sample.scratch.superuser.run(
            Query<[String]>(values: SQL(stringLiteral: Self.namedSomewhere("\(robert.person)")))
        )
        #expect(left == [])
        let email = try #require(sample.bob.email)
        let bearer: Bearer? = try await sample.shell.run(.actingAs(email, slug: sample.birch.slug))
        #expect(bearer?.standing.offices == [.president])
        #expect(try await sample.shell.run(.people()).map(\.id).contains(robert.person) == false)
    }

    @Test func `direct a region once, where both did`() async throws {
        try await superuser(
            """
            INSERT INTO app.region (slug, name) VALUES ('south', 'South'), ('north', 'North')
            """
        )
        for (slug, person, from) in [
            ("south", sample.bob.person, "2026-10-01"), ("south", robert.person, "2026-09-01"),
            ("north", robert.person, "2026-10-01"),
        ] {
            try await superuser(
                """
                INSERT INTO app.director (region_id, person_id, from_on)
                SELECT id, \(person), \(from)::date FROM app.region WHERE slug = \(slug)
                """
            )
        }
        _ = try await merge(robert, into: sample.bob)
        let regions = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT region.slug || ' ' || director.from_on
                      FROM app.director JOIN app.region ON region.id = director.region_id
                     WHERE director.person_id = \(sample.bob.person) ORDER BY 1
                    """
            )
        )
        #expect(regions == ["north 2026-10-01", "south 2026-10-01"])
    }

    @Test func `sign in with what there was, where only the other had it`() async throws {
        try await fill(robert.person)
        try await superuser("UPDATE app.person SET email = NULL WHERE id = \(sample.bob.person)")
        try await superuser(
            "INSERT INTO app.second_factor (person_id, secret) VALUES (\(sample.bob.person), sha256('begun'))"
        )
        let merged = try await merge(robert, into: sample.bob)
        #expect(merged.lostEmail == nil && !merged.lostPassword && !merged.lostSecondFactor)
        let email = try #require(robert.email)
        let record = try await nobody.run(.signIn(of: email))
        #expect(record?.person == sample.bob.person)
        #expect(record?.passwordHash != nil)
        #expect(record?.hasSecondFactor == true)
    }

    @Test func `are signed out, and keep their tokens unless one becomes an operator by it`() async throws {
        for isOperator in [false, true] {
            try await fill(sample.bob.person)
            let installation = sample.database.acting(as: .system(door: .cli), in: nil)
            let email = try #require(EmailAddress("ruth-\(isOperator)@example.org"))
            let other = try await installation.run(.invite(email, named: "Ruth Roe", asOperator: isOperator))
            try await fill(other)
            _ = try await installation.run(.merge(other, into: sample.bob.person))
            let open = try await number("SELECT count(*) FROM app.session WHERE ended_at IS NULL")
            #expect(open == 0)
            let tokens = try await number(
                "SELECT count(*) FROM app.api_token WHERE revoked_at IS NULL AND person_id = \(sample.bob.person)"
            )
            #expect(tokens == (isOperator ? 1 : 2))
            let links = try await number("SELECT count(*) FROM app.one_time_link WHERE ended_at IS NULL")
            #expect(links == 0)
            try await superuser("DELETE FROM app.api_token")
        }
    }

    @Test func `are in the audit trail, which keeps its lines as they were`() async throws {
        let before = try await trail()
        _ = try await merge(robert, into: sample.bob)
        let after = try await trail()
        #expect(Array(after.prefix(before.count)) == before)
        let line = after.dropFirst(before.count).first { $0.contains("merged_into") }
        #expect(line?.contains("\"merged_into\": \(sample.bob.person)") == true)
        let moved = try await number(
            """
            SELECT count(*) FROM app.audit_event
             WHERE chapter_id = \(sample.birch.id) AND entity = 'membership' AND action = 'update' AND 'person_id' = ANY (changed)
            """
        )
        #expect(moved == 1)
        // Who was robert is still said, and leads to who he is.
        let name = try await sample.scratch.superuser.run(
            Query<String>(value: "SELECT name FROM app.person WHERE id = \(robert.person)")
        )
        #expect(name == "Robert Baker")
    }

    @Test func `cannot have been members of one chapter at the same time`() async throws {
        let twin = try await sample.shell.add(.sample("Rob Baker", joinedOn: "2026-10-08"))
        let before = try await trail()
        let detail = await expectRefusal(.memberAlready) { _ = try await merge(twin, into: sample.bob) }
        #expect(detail.contains("both are members of Alder on 2026-10-08"))
        #expect(try await trail() == before)
    }

    @Test func `cannot have thanked one another`() async throws {
        let former = try await sample.shell.add(.sample("Rob Baker", joinedOn: "2026-01-01"))
        _ = try await sample.shell.run(
            .end(former.id, on: .day("2026-03-31"), reason: nil, in: sample.alder.id)
        )
        try await superuser(
            """
            WITH thanks AS (
                INSERT INTO app.closed_business (chapter_id, thanked_id, amount, currency, closed_on)
                VALUES (\(sample.alder.id), \(former.id), 1, 'EUR', '2026-10-01') RETURNING id
            )
            INSERT INTO app.closed_business_earner (chapter_id, closed_business_id, membership_id, person_id)
            SELECT \(sample.alder.id), id, \(sample.bob.id), \(sample.bob.person) FROM thanks
            """
        )
        let detail = await expectRefusal(.thanksToOneself) { _ = try await merge(former, into: sample.bob) }
        #expect(detail.contains("Alder on 2026-10-01"))
    }

    @Test func `become one once, and nobody but the operator makes them one`() async throws {
        _ = try await merge(robert, into: sample.bob)
        await expectState(SQLState(rawValue: "22023")) { _ = try await merge(robert, into: sample.bob) }
        await expectState(SQLState(rawValue: "22023")) { _ = try await merge(sample.bob, into: sample.bob) }
        let president = try await sample.acting(as: sample.alice)
        await expectState(.insufficientPrivilege) {
            _ = try await president.run(.merge(sample.charlie.person, into: sample.bob.person))
        }
        #expect(try await president.run(.people(called: "Bob Baker")).isEmpty)
    }

    private func merge(_ other: Membership, into kept: Membership) async throws -> MergedPeople {
        try await sample.database.acting(as: .system(door: .cli), in: nil)
            .run(.merge(other.person, into: kept.person))
    }

    private func expectState(
        _ state: SQLState,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ work: () async throws -> Void
    ) async {
        let error = await #expect(throws: PostgresError.self, sourceLocation: sourceLocation) {
            try await work()
        }
        #expect(error?.state == state, sourceLocation: sourceLocation)
    }

    /// One of everything that a person may have.
    private func fill(_ person: Person.ID) async throws {
        for statement: SQL in [
            "INSERT INTO app.credential (person_id, password_hash) VALUES (\(person), '$scrypt$x') ON CONFLICT DO NOTHING",
            """
            INSERT INTO app.second_factor (person_id, secret, confirmed_at) VALUES (\(person), sha256('x'), now())
            ON CONFLICT DO NOTHING
            """,
            "INSERT INTO app.recovery_code (person_id, code_hash) VALUES (\(person), sha256('one')) ON CONFLICT DO NOTHING",
            """
            INSERT INTO app.session (person_id, secret_hash, idle_limit, expires_at)
            VALUES (\(person), sha256(gen_random_uuid()::text::bytea), '1 hour', now() + interval '1 day')
            """,
            """
            INSERT INTO app.one_time_link (person_id, purpose, email, secret_hash, expires_at)
            VALUES (\(person), 'reset', 'x@example.org', sha256(gen_random_uuid()::text::bytea), now() + interval '1 day')
            """,
            """
            INSERT INTO app.api_token (person_id, name, secret_hash, expires_at)
            VALUES (\(person), 'x', sha256(gen_random_uuid()::text::bytea), now() + interval '1 day')
            """,
            """
            INSERT INTO app.person_calendar (person_id, secret_hash)
            VALUES (\(person), sha256(gen_random_uuid()::text::bytea)) ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO app.provider_account (issuer, subject, person_id)
            VALUES ('https://id.example.org', gen_random_uuid()::text, \(person))
            """,
            "INSERT INTO app.mail (person_id, to_address, subject, body) VALUES (\(person), 'x@example.org', 'x', 'x')",
            "INSERT INTO app.mail_wish (person_id, kind, way) VALUES (\(person), 'thanks', 'off') ON CONFLICT DO NOTHING",
            "INSERT INTO app.quiet_hours (person_id, from_time, to_time) VALUES (\(person), '21:00', '07:00') ON CONFLICT DO NOTHING",
            """
            INSERT INTO app.digest_entry (person_id, for_chapter, kind, facts, entered_at)
            VALUES (\(person), \(sample.alder.id), 'thanks', '{}', now())
            """,
            """
            INSERT INTO app.mail_stop (secret_hash, person_id, made_at)
            VALUES (sha256(gen_random_uuid()::text::bytea), \(person), now())
            """,
            """
            INSERT INTO app.kept_answer (person_id, key, request_hash, status, body)
            VALUES (\(person), 'one', sha256('x'), 200, '') ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO app.access_event (chapter_id, door, person_id, seen, about)
            VALUES (\(sample.alder.id), 'web', \(person), 'thanks', ARRAY[\(person)]::bigint[])
            """,
        ] {
            try await superuser(statement)
        }
    }

    /// The columns, but for those of the audit trail, in which a person is still named.
    private static func namedSomewhere(_ person: String) -> String {
        """
        SELECT columns.table_name || '.' || column_name
          FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = 'app' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%audit_event'
           AND (column_name ~ 'person' OR column_name ~ 'imported_by' OR column_name IN ('about', 'merged_into'))
           AND query_to_xml(format('SELECT 1 FROM app.%I WHERE %I::text ~ ''\\m\(person)\\M''', table_name, column_name),
                            false, false, '')::text LIKE '%<row%'
        """
    }

    /// How many rows each table holds, but for the audit trail.
    private func counts() async throws -> [String: Int] {
        let lines = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT table_name || ' ' || ((xpath('//n/text()', query_to_xml(
                               format('SELECT count(*) AS n FROM app.%I', table_name), false, true, '')))[1])::text
                      FROM information_schema.tables
                     WHERE table_schema = 'app' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%audit_event'
                    """
            )
        )
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let words = line.split(separator: " ")
                return (String(words[0]), Int(words[1]) ?? 0)
            }
        )
    }

    private func trail() async throws -> [String] {
        try await sample.scratch.superuser.run(
            Query<[String]>(
                values: "SELECT to_jsonb(t)::text FROM app.installation_audit_event AS t ORDER BY id"
            )
        )
    }

    private var nobody: ActingDatabase {
        sample.database.acting(as: .nobody(door: .web), in: nil)
    }

    private func number(_ sql: SQL) async throws -> Int {
        try await sample.scratch.superuser.run(Query<Int>(value: sql))
    }

    private func superuser(_ sql: SQL) async throws {
        try await sample.scratch.superuser.run(Query<Void>(sql))
    }
}
