import Foundation
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Whoever asked not to be kept is entered by nobody.
@Suite(.sampleDatabase)
struct `Keeping out who asked not to be kept` {
    static let email = "karl.keepout@example.org"
    static let phone = "+49 30 901 23 45"

    let sample: SampleChapter
    let key: SuppressionKey

    init() async throws {
        sample = try await SampleChapter()
        key = try #require(SuppressionKey("a key of more than thirty-two letters"))
        _ = try await shell().run(.keepOut(try known([Self.email, Self.phone])))
    }

    /// Each column that holds an address, by a door to it; a new one fails.
    @Test func `refuses them at every door, and nothing is written`() async throws {
        let there = try await texts(
            """
            SELECT place || '.' || column_name FROM app.places_of_words()
             WHERE holds = 'address' OR place || '.' || column_name IN ('person.email', 'person.phones') ORDER BY 1
            """
        )
        // Nobody enters the numbers of a person yet.
        #expect(Set(there).symmetricDifference(Self.doors.map(\.column)) == ["person.phones"])
        let before = try await rows()
        for door in Self.doors {
            for text in door.column.hasSuffix("email")
                ? [Self.email, "KARL.Keepout@Example.org"] : [Self.phone, "0049 30/9012345", "030 901-23-45"]
            {
                let rule: Refusal = text.contains("@") ? .emailKeptOut : .phoneKeptOut
                await expectRefusal(rule, "\(door.column): \(text)") {
                    try await door.enter(sample, shell(), text)
                }
            }
        }
        #expect(try await rows() == before)
    }

    @Test func `takes everybody else, and everybody where there is no key`() async throws {
        for door in Self.doors {
            let isEmail = door.column.hasSuffix("email")
            try await door.enter(sample, shell(), isEmail ? "karla@example.org" : "+49 30 901 23 46")
        }
        let open = sample.database.acting(as: .system(door: .cli), in: sample.alder.id)
        _ = try await open.run(
            .open(
                MembershipApplicationDraft(name: "Karl", seat: "Cook", email: Self.email),
                in: sample.alder.id
            )
        )
        // Another key knows nobody.
        let other = try #require(SuppressionKey("another key of more than thirty-two"))
        try await shell(other).run(.check(try #require(KnownWhereabouts([Self.email], under: other))))
    }

    @Test func `lets them return`() async throws {
        #expect(try await shell().run(.keepOut(try known([Self.email]))) == 0)
        #expect(try await shell().run(.letReturn(try known([Self.email.uppercased()]))) == 1)
        #expect(try await shell().run(.letReturn(try known([Self.email]))) == 0)
        try await shell().run(.check(try known([Self.email])))
        await expectRefusal(.phoneKeptOut, "the number") {
            try await shell().run(.check(try known(["030 9012345"])))
        }
        #expect(try await shell().run(.keptOut).map(\.kind) == ["phone"])
        #expect(try await shell().run(.keepOut(try known([Self.email]))) == 1)
        #expect(
            try await texts(
                "SELECT action FROM app.installation_audit_event WHERE entity = 'suppression' ORDER BY id"
            )
                == ["keep-out", "keep-out", "let-return", "keep-out"]
        )
    }

    @Test func `says nothing of who it is`() async throws {
        let dump = String(decoding: try sample.scratch.dump(), as: UTF8.self)
        #expect(dump.contains("keep-out"))
        for trace in ["karl.keepout", "309012345", "901 23 45"] { #expect(!dump.contains(trace), "\(trace)") }
        // Whoever tries all numbers there are finds nothing without the key.
        let hashes = try await texts(
            """
            SELECT kind FROM app.suppression
             WHERE hash IN (SELECT sha256(convert_to(said, 'UTF8'))
                              FROM unnest(ARRAY['309012345', 'phone 309012345', '\(Self.email)', 'email \(Self.email)']) AS said)
            """
        )
        #expect(hashes == [])
        let bob = try await sample.acting(as: sample.bob)
        await #expect(throws: PostgresError.self) {
            try await bob.run(.keepOut(try known(["bob@example.org"])))
        }
        #expect(try await bob.run(.keptOut).isEmpty)
        for statement in ["SELECT 1 FROM app.suppression", "DELETE FROM app.suppression"] {
            await #expect(throws: PostgresError.self) {
                try await sample.scratch.service.run(Query<Void>(SQL(stringLiteral: statement)))
            }
        }
    }

    @Test func `holds after a restore, by the journal`() async throws {
        let old = try await shell().run(.privacyJournal)
        #expect(old.count == 2 && old.allSatisfy { $0.contains("\"kept-out\"") && !$0.contains("karl") })
        #expect(try await shell().run(.letReturn(try known([Self.phone]))) == 1)
        // As in the file: the lines of before, then what changed since.
        let journal = old + (try await shell().run(.privacyJournal).filter { !old.contains($0) })
        try await superuser("DELETE FROM app.suppression")
        for line in journal { try await shell().transaction { _ = try await $0.eraseAgain(line) } }
        await expectRefusal(.emailKeptOut, "after a restore") {
            try await shell().run(.check(try known([Self.email])))
        }
        try await shell().run(.check(try known([Self.phone])))
        #expect(try await shell().run(.keptOut).count == 1)
    }

    @Test(
        arguments: [
            "+49 30 901 23 45", "0049 30 9012345", "+49 (0)30 / 901-2345", "030 901 23 45", "+1 212 555 0100",
            "001 2125550100",
            "+352 621 555 010", "+7 495 555 01 00", "+44 20 7946 0958", "+420 601 555 010", "621 555",
            "030/1", "",
        ]
    )
    func `knows a number as erasing does`(_ number: String) async throws {
        let digits = try await texts("SELECT app.own_digits('\(number)')").first ?? ""
        #expect(Whereabouts(number)?.normal == (digits.count >= 5 ? digits : nil))
    }

    /// A way by which an address or a number gets into a column.
    struct Door: Sendable {
        let column: String
        let enter: @Sendable (SampleChapter, ActingDatabase, String) async throws -> Void
    }

    private static let doors: [Door] = [
        Door(column: "application.email") { try await apply($0, $1, email: $2) },
        Door(column: "application.phone") { try await apply($0, $1, phone: $2) },
        Door(column: "application_reference.contact") { sample, shell, text in
            let application = try await shell.run(
                .open(MembershipApplicationDraft(name: "Nora", seat: "Notary"), in: sample.alder.id)
            )
            do {
                try await shell.run(
                    .note(
                        MembershipApplication.Reference(
                            name: "Rita",
                            contact: text,
                            checkedOn: .day("2026-10-20"),
                            outcome: nil
                        ),
                        of: application,
                        in: sample.alder.id
                    )
                )
            } catch {
                try await sample.write("DELETE FROM application WHERE id = '\(application)'")
                throw error
            }
        },
        Door(column: "contact.email") { try await keep($0, $1, ContactCard(name: "Karl", email: $2)) },
        Door(column: "contact.phone") { try await keep($0, $1, ContactCard(name: "Karl", phone: $2)) },
        Door(column: "membership.email") { sample, shell, text in
            try await shell.set([("email", text)], of: sample.bob, in: sample.alder, from: nil)
        },
        Door(column: "person.email") { _, shell, text in
            _ = try await shell.run(
                .invite(try #require(EmailAddress(text)), named: "Karl", asOperator: false)
            )
        },
        Door(column: "prospect.email") { try await pass($0, $1, Prospect(name: "Karl", email: $2)) },
        Door(column: "prospect.phone") { try await pass($0, $1, Prospect(name: "Karl", phone: $2)) },
        Door(column: "visitor.email") { try await register($0, $1, email: $2) },
        Door(column: "visitor.phone") { try await register($0, $1, phone: $2) },
    ]

    private static func apply(
        _ sample: SampleChapter,
        _ shell: ActingDatabase,
        email: String? = nil,
        phone: String? = nil
    ) async throws {
        _ = try await shell.run(
            .open(
                MembershipApplicationDraft(name: "Karl", seat: "Cook", email: email, phone: phone),
                in: sample.alder.id
            )
        )
    }

    private static func keep(
        _ sample: SampleChapter,
        _ shell: ActingDatabase,
        _ card: ContactCard
    ) async throws {
        _ = try await shell.run(
            .keep(ContactDraft(card: card), of: sample.bob.id, sample.bob.person, in: sample.alder.id)
        )
    }

    private static func pass(
        _ sample: SampleChapter,
        _ shell: ActingDatabase,
        _ prospect: Prospect
    ) async throws {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        _ = try await shell.transaction { ledger in
            try await ledger.pass(
                ReferralDraft(
                    giver: .member(alice),
                    receiver: .member(bob),
                    tier: 1,
                    need: "Bread",
                    warmth: 3,
                    prospect: prospect,
                    passedOn: .day("2026-10-08")
                )
            )
        }
    }

    private static func register(
        _ sample: SampleChapter,
        _ shell: ActingDatabase,
        email: String? = nil,
        phone: String? = nil
    ) async throws {
        let inviter = sample.bob.id
        _ = try await shell.transaction { ledger in
            try await ledger.register(
                VisitorDraft(
                    name: "Karl",
                    inviter: .member(inviter),
                    kind: .first,
                    visitOn: .day("2026-10-07"),
                    came: true,
                    email: email,
                    phone: phone
                )
            )
        }
    }

    private func expectRefusal(_ rule: Refusal, _ what: String, _ work: () async throws -> Void) async {
        do {
            try await work()
            Issue.record("\(what) was taken")
        } catch let refused as Refused {
            #expect(refused.rule == rule, "\(what)")
        } catch {
            Issue.record("\(what): \(error)")
        }
    }

    private func rows() async throws -> [String] {
        try await texts(
            """
            SELECT count(*)::text FROM app.application UNION ALL SELECT count(*)::text FROM app.contact
            UNION ALL SELECT count(*)::text FROM app.visitor UNION ALL SELECT count(*)::text FROM app.referral
            UNION ALL SELECT count(*)::text FROM app.prospect UNION ALL SELECT count(*)::text FROM app.person
            UNION ALL SELECT string_agg(email, ' ' ORDER BY id) FROM app.person
            """
        )
    }

    private func known(_ texts: [String]) throws -> KnownWhereabouts {
        try #require(KnownWhereabouts(texts, under: key))
    }

    private func shell(_ other: SuppressionKey? = nil) -> ActingDatabase {
        sample.database.keepingOut(by: other ?? key).acting(as: .system(door: .cli), in: sample.alder.id)
    }

    private func texts(_ sql: String) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: SQL(stringLiteral: sql)))
    }

    private func superuser(_ sql: String) async throws {
        try await sample.scratch.superuser.run(Query<Void>(SQL(stringLiteral: sql)))
    }
}
