import Postgres
import Postman
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What members do posts mails, and a real mail server does its worst with them.
@Suite(.sampleDatabase)
struct `Telling members` {
    let sample: SampleChapter
    let mailServer: MailServer

    init() async throws {
        sample = try await SampleChapter()
        mailServer = try MailServer()
    }

    @Test func `of a referral says who passed it, and nothing of whom it is about`() async throws {
        try await pass()
        #expect(try await postman().deliverNext()?.outcome == .sent)
        #expect(try await postman().deliverNext() == nil)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.recipient == "bob@example.org")
        #expect(mail.headers["Subject"] == "A referral for you")
        let html = try #require(mail.html)
        for text in [mail.body, html] {
            #expect(text.contains("Alice Archer"))
            #expect(text.contains("https://chapter.example.org/chapters/alder/referrals/"))
            for hidden in ["Paul", "030", "paul@", "roof"] { #expect(!text.contains(hidden), "\(hidden)") }
        }
        #expect(mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        let stop = try #require(mail.headers["List-Unsubscribe"])
        #expect(stop.hasPrefix("<https://chapter.example.org/mail/stop/") && stop.hasSuffix(">"))
        #expect(mail.longestLine <= 998)
        let kept = try await texts(
            "SELECT concat(facts, body) FROM app.mail WHERE facts IS NOT NULL OR body IS NOT NULL"
        )
        #expect(kept == [], "its secret is forgotten")
        let audited = try await texts(
            "SELECT concat(before, after) FROM app.installation_audit_event WHERE entity = 'mail'"
        )
        #expect(!audited.contains { $0.contains("stop") })
    }

    @Test func `of thanks says the amount, and not from whom`() async throws {
        try await thank()
        #expect(try await postman().deliverNext()?.outcome == .sent)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.headers["Subject"] == "A member thanked you")
        #expect(mail.body.contains("1\u{202F}200.00 EUR"))
        #expect(!(mail.body + (mail.html ?? "")).contains("Alice"))
    }

    @Test func `is in their language`() async throws {
        try await change("UPDATE app.person SET language = 'de' WHERE email = 'bob@example.org'")
        try await pass()
        #expect(try await postman().deliverNext()?.outcome == .sent)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.headers["Subject"] == "Eine Empfehlung für dich")
        #expect(mail.body.contains("Alice Archer hat dir in Alder eine Empfehlung gegeben."))
    }

    @Test func `leaves alone who wants it not, is old news, or wrote it down themselves`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let posted: SQL = "SELECT kind FROM app.mail"
        try await pass(by: bob)
        #expect(try await texts(posted) == [])
        try await pass(on: "2026-10-20")
        #expect(try await texts(posted) == [])
        try await wish("off")
        try await pass()
        #expect(try await texts(posted) == [])
    }

    @Test func `ends where a kind is switched off while its mail waits`() async throws {
        try await pass()
        try await wish("off")
        #expect(try await postman().deliverNext() == nil)
        #expect(try await texts("SELECT last_trouble FROM app.mail") == ["its kind was switched off"])
        #expect(try mailServer.delivered().isEmpty)
    }

    @Test func `waits for the end of quiet hours, as no link does`() async throws {
        // It is nine in the morning in Berlin.
        try await change(
            "INSERT INTO app.quiet_hours SELECT id, '21:00', '09:30' FROM app.person WHERE email = 'bob@example.org'"
        )
        try await pass()
        let address = try #require(sample.bob.email)
        _ = try await shell.run(
            .postMail(to: address, person: sample.bob.person, subject: "Your link", body: "…")
        )
        #expect(try await postman().deliverNext()?.outcome == .sent)
        #expect(try await postman().deliverNext() == nil)
        #expect(try mailServer.delivered().map { $0.headers["Subject"] } == ["Your link"])
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-01T08:29:59Z")))
        #expect(try await postman().deliverNext() == nil)
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-01T08:30:00Z")))
        #expect(try await postman().deliverNext()?.outcome == .sent)
    }

    @Test func `is tried again as the very same mail, whatever the server does`() async throws {
        try await pass()
        try mailServer.answer("451 4.7.1 greylisted, come back", at: .recipient, times: 1)
        try await expectLater()
        try mailServer.answer("452 4.3.1 no room", at: .data, times: 1)
        try await expectLater()
        try mailServer.drop()
        try await expectLater()
        try mailServer.heal()
        try mailServer.hang()
        var server = try SMTPServer("smtp://127.0.0.1:\(mailServer.port)")
        server.totalLimit = 1000
        server.replyLimit = 1
        try await expectLater(through: server)
        try mailServer.heal()
        _ = try await shell.run(.hurryMail())
        #expect(try await postman().deliverNext()?.outcome == .sent)
        _ = try await shell.run(.hurryMail())
        #expect(try await postman().deliverNext() == nil)
        // Dropped and hung after DATA it was there already: twice a possible duplicate, as the same mail.
        let mails = try mailServer.delivered()
        #expect(mails.count == 3)
        #expect(Set(mails.map { $0.headers["Message-ID"] }).count == 1)
        #expect(Set(mails.map { $0.body + ($0.html ?? "") }).count == 1)
    }

    @Test func `holds up nothing that members do, and is given up visibly`() async throws {
        try mailServer.answer("550 5.1.1 nobody here", at: .recipient)
        try await pass()
        guard case .givenUp = try await postman().deliverNext()?.outcome else {
            Issue.record("refused for good is given up")
            return
        }
        try await pass()
        #expect(try await texts("SELECT count(*)::text FROM app.referral") == ["2"])
        let record = try #require(try await shell.run(.mailQueue(limit: 10)).last)
        #expect(record.givenUpAt != nil && record.lastTrouble == "550 5.1.1 nobody here")
        #expect(record.subject == "A referral for you")
    }

    @Test(arguments: [
        "\"\u{301} onfocus=x <svg/onload=1> '", "</title><img src=x onerror=alert(1)>", "=?utf-8?B?eA==?=",
    ])
    func `has the tags that we wrote, whatever is in the database`(_ text: String) async throws {
        try await pass()
        #expect(try await postman().deliverNext()?.outcome == .sent)
        try await change("UPDATE app.membership SET name = \(text)")
        try await change("UPDATE app.chapter SET name = \(text)")
        try await pass()
        #expect(try await postman().deliverNext()?.outcome == .sent)
        let mails = try mailServer.delivered().map { Tags(of: $0.html ?? "") }
        #expect(mails.count == 2 && mails[1].problems.isEmpty)
        #expect(mails[0].names == mails[1].names)
        #expect(mails[0].attributes.count == mails[1].attributes.count)
    }

    private func expectLater(through server: SMTPServer? = nil) async throws {
        _ = try await shell.run(.hurryMail())
        let outcome = try await postman(through: server).deliverNext()?.outcome
        guard case .delayed = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
    }

    private func postman(through server: SMTPServer? = nil) throws -> Postman {
        try Postman(
            database: sample.database,
            server: server ?? SMTPServer("smtp://127.0.0.1:\(mailServer.port)"),
            sender: #require(Mailbox("chapter@example.org")),
            baseURL: "https://chapter.example.org",
            logger: .silent
        )
    }

    private var shell: ActingDatabase {
        sample.database.acting(as: .system(door: .cli), in: nil)
    }

    private func pass(by acting: ActingDatabase? = nil, on day: String? = nil) async throws {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        _ = try await (acting ?? sample.shell).transaction {
            try await $0.pass(
                ReferralDraft(
                    giver: .member(alice),
                    receiver: .member(bob),
                    tier: 1,
                    need: "A new roof",
                    warmth: 3,
                    prospect: Prospect(name: "Paul Prospect", phone: "+49 030 1"),
                    passedOn: day.map { .day($0) }
                )
            )
        }
    }

    private func thank() async throws {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        _ = try await sample.shell.transaction {
            try await $0.record(
                ThanksDraft(
                    earner: .member(alice),
                    thanked: .member(bob),
                    amount: Money(minorUnits: 120_000, currency: sample.alder.currency),
                    closedOn: nil
                )
            )
        }
    }

    private func wish(_ way: String) async throws {
        try await change(
            "INSERT INTO app.mail_wish SELECT id, 'referral', \(way) FROM app.person WHERE email = 'bob@example.org'"
        )
    }

    private func change(_ sql: SQL) async throws {
        try await sample.scratch.superuser.run(Query<Void>(sql))
    }

    private func texts(_ sql: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: sql))
    }
}
