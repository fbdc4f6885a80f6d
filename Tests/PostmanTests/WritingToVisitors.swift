import Postgres
import Postman
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Writing to a visitor` {
    let sample: SampleChapter
    let mailServer: MailServer

    init() async throws {
        sample = try await SampleChapter()
        mailServer = try MailServer()
        _ = try await sample.shell.schedule(
            from: .day("2026-11-04"),
            to: .day("2026-11-04"),
            in: sample.alder
        )
    }

    @Test func `says who invites, where and when, and where to answer; and forgets the link`() async throws {
        let secret = String(repeating: "s", count: 43)
        try await invite(secret, greeting: "You asked about <bread>")
        #expect(try await postman().deliverNext()?.outcome == .sent)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.recipient == "karl@example.org")
        #expect(mail.headers["Subject"] == "An invitation to Alder, Wednesday, 4 November 2026")
        #expect(mail.headers["List-Unsubscribe"] == nil)
        for said in [
            "Karl Kurz", "Bob Baker invites you", "4 November 2026", "07:00", "Town hall",
            "You asked about <bread>",
            "https://chapter.example.org/invitation/\(secret)",
        ] { #expect(mail.body.contains(said), "\(said): \(mail.body)") }
        #expect(!mail.body.contains("bob@example.org"))
        let html = try #require(mail.html)
        #expect(html.contains("You asked about &lt;bread&gt;") && html.contains(secret))
        let kept = try await sample.scratch.superuser.run(
            Query<[String]>(values: "SELECT concat(facts, body) FROM app.mail")
        )
        #expect(kept == [""])
    }

    @Test func `is in the chapter's language, and of no use once the meeting has begun`() async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.chapter SET locale = 'de-AT' WHERE slug = 'alder'")
        )
        try await invite("s", greeting: nil)
        #expect(try await postman().deliverNext()?.outcome == .sent)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.headers["Subject"] == "Eine Einladung zu Alder, Mittwoch, 4. November 2026")
        #expect(mail.body.contains("Bob Baker lädt dich zu einem Treffen von Alder ein."))
        try await invite("s", greeting: nil)
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-04T06:00:00Z")))
        #expect(try await postman().deliverNext() == nil)
    }

    @Test func `takes an address`() async throws {
        await expectRefusal(.invitationWithoutAddress) { try await invite("s", email: nil) }
        let mails = try await sample.scratch.superuser.run(
            Query<Int>(value: "SELECT count(*) FROM app.mail")
        )
        #expect(mails == 0)
    }

    private func invite(
        _ secret: String,
        greeting: String? = nil,
        email: String? = "karl@example.org"
    ) async throws {
        let (bob, alder) = (sample.bob.id, sample.alder.id)
        try await sample.shell.transaction { transaction in
            let visitor = VisitorDraft(
                name: "Karl Kurz",
                inviter: .member(bob),
                kind: .first,
                visitOn: .day("2026-11-04"),
                came: false,
                email: email
            )
            let id = try await transaction.visitor(
                of: InvitationDraft(visitor: visitor, greeting: greeting, byMail: true)
            )
            try await transaction.run(
                .invite(
                    id,
                    hash: [UInt8](repeating: UInt8.random(in: 0...255), count: 32),
                    secret: secret,
                    keepingEarlier: false,
                    byMail: true,
                    in: alder
                )
            )
        }
    }

    private func postman() throws -> Postman {
        try Postman(
            database: sample.database,
            server: SMTPServer("smtp://127.0.0.1:\(mailServer.port)"),
            sender: #require(Mailbox("chapter@example.org")),
            baseURL: "https://chapter.example.org",
            logger: .silent
        )
    }
}
