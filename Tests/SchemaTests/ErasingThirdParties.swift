import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Erasing somebody who is no member` {
    let sample: SampleChapter
    let traces = Traces()

    init() async throws {
        sample = try await SampleChapter()
        try await sample.fillEveryTable()
        try await sample.write(
            """
            SET session_replication_role = replica;
            UPDATE visitor SET name = '\(traces.name)', folded_name = lower('\(traces.name)'), email = '\(traces.email)';
            UPDATE prospect SET name = 'Z. Strüßmann', phone = '030/901 88 77', email = '\(traces.email)';
            UPDATE contact SET name = '\(traces.name)', folded_name = lower('\(traces.name)'), phone = '+49309018877', notes = 'Knows roofs';
            UPDATE application SET name = '\(traces.name)', folded_name = lower('\(traces.name)'), notes = 'Zoë is a friend';
            UPDATE announced_absence SET stand_in = 'zoë amélie strüßmann';
            UPDATE closed_business SET thanked_id = NULL, thanked_outsider_id = NULL, thanked_visitor = '\(traces.name)';
            INSERT INTO mail (to_address, subject, body, message_id) VALUES ('\(traces.email)', 'Come', 'x', gen_random_uuid());
            RESET session_replication_role
            """
        )
    }

    @Test(arguments: [["zoe.strüßmann@example.org", ""], ["", "0049 30 9018877"]])
    func `leaves no byte of them in a dump, by either`(_ known: [String]) async throws {
        #expect(traces.found(in: try sample.scratch.dump()).isEmpty == false)
        // By the number alone who visited with an address is known by the name that stands beside both.
        let email = known[0].isEmpty ? [] : [known[0]]
        let erased = try await shell.transaction {
            try await $0.eraseThirdParty(emails: email, phones: known[1].isEmpty ? [] : [known[1]])
        }
        #expect(erased?.names.contains(traces.name) == true || erased?.names == ["Z. Strüßmann"])
        if !email.isEmpty { #expect(traces.found(in: try sample.scratch.dump(), hidden: true) == []) }
        let kept = try await texts(
            "SELECT count(*) || ' ' || count(erased_at) FROM app.visitor UNION ALL SELECT need FROM app.referral"
        )
        #expect(kept.contains("Bread"))
    }

    @Test func `keeps what is another's`() async throws {
        try await sample.write(
            "UPDATE contact SET name = 'Olga Ober', folded_name = 'olga ober', phone = '+49 30 1'; UPDATE prospect SET name = 'Paul Prospect', phone = NULL, email = NULL"
        )
        _ = try await shell.transaction { try await $0.eraseThirdParty(emails: [traces.email], phones: []) }
        #expect(try await texts("SELECT name FROM app.contact") == ["Olga Ober"])
        #expect(try await texts("SELECT name FROM app.prospect") == ["Paul Prospect"])
        #expect(try await texts("SELECT name FROM app.visitor") == ["somebody"])
    }

    @Test func `is not for a person of the installation`() async throws {
        _ = await expectRefusal(.erasedAsThirdParty) {
            _ = try await shell.transaction {
                try await $0.eraseThirdParty(emails: ["bob@example.org"], phones: [])
            }
        }
    }

    /// As after a restore of a backup that was made before.
    @Test func `is done again from the journal, which names nobody`() async throws {
        let backup = try sample.scratch.dump()
        _ = try await shell.transaction {
            try await $0.eraseThirdParty(emails: [traces.email], phones: [traces.phone])
        }
        let journal = try await shell.run(.privacyJournal)
        #expect(journal.count == 1)
        #expect(traces.found(in: Array(journal.joined().utf8), hidden: true) == [])
        try await ScratchDatabase.restored(backup) { (restored: ScratchDatabase) async throws -> Void in
            #expect(traces.found(in: try restored.dump()).isEmpty == false)
            #expect(try await again(journal[0], in: restored) == "erased")
            #expect(traces.found(in: try restored.dump(), hidden: true) == [])
            #expect(try await again(journal[0], in: restored) == "known")
        }
    }

    private var shell: ActingDatabase {
        sample.database.acting(as: .system(door: .cli), in: nil)
    }

    private func again(_ line: String, in restored: ScratchDatabase) async throws -> String {
        try await restored.database.acting(as: .system(door: .cli), in: nil)
            .transaction { transaction in try await transaction.eraseAgain(line) }
    }

    private func texts(_ sql: String) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: SQL(stringLiteral: sql)))
    }
}
