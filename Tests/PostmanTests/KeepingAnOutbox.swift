import Logging
import Postgres
import Postman
import ReferralGroup
import ServiceLifecycle
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Keeping an outbox` {
    let scratch: ScratchDatabase
    let mailServer: MailServer

    init() throws {
        scratch = try .current
        mailServer = try MailServer()
    }

    @Test func `sends what was posted, once, and forgets what it said`() async throws {
        try await post("Your link", body: "https://example.org/secret")
        #expect(try await postman().deliverNext()?.outcome == .sent)
        #expect(try await postman().deliverNext() == nil)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.headers["Subject"] == "Your link")
        #expect(mail.body == "https://example.org/secret\n")
        let record = try #require(try await record())
        #expect(record.to == "ines@example.org")
        #expect(record.sentAt != nil)
        #expect(try await texts("SELECT body FROM app.mail WHERE body IS NOT NULL") == [])
        let kept = try await texts(
            "SELECT concat(before, after) FROM app.installation_audit_event WHERE entity = 'mail'"
        )
        #expect(!kept.contains { $0.contains("secret") || $0.contains("ines") })
    }

    @Test func `posts nothing in a transaction that does not happen`() async throws {
        struct Refusing: Error {}
        await #expect(throws: Refusing.self) {
            try await shell.transaction { transaction in
                _ = try await transaction.run(.postMail(to: try address, subject: "Hello", body: "Hello"))
                throw Refusing()
            }
        }
        #expect(try await postman().deliverNext() == nil)
    }

    @Test func `tries again what was refused for now, as the same mail`() async throws {
        try await post()
        try mailServer.drop()
        guard case .delayed(until: .some, _, isOfServer: false) = try await postman().deliverNext()?.outcome
        else {
            Issue.record("a mail whose line was cut is tried again")
            return
        }
        #expect(try await postman().deliverNext() == nil, "not at once")
        try mailServer.heal()
        #expect(try await shell.run(.hurryMail()) == 1)
        #expect(try await postman().deliverNext()?.outcome == .sent)
        let mails = try mailServer.delivered()
        #expect(mails.count == 2)
        #expect(Set(mails.map { $0.headers["Message-ID"] }).count == 1)
        #expect(Set(mails.map { $0.headers["Date"] }).count == 1)
        #expect(try await record()?.tries == 2)
    }

    @Test func `gives up at once what was refused for good`() async throws {
        try await post()
        try mailServer.answer("550 5.1.1 nobody here", at: .recipient)
        #expect(try await postman().deliverNext()?.outcome == .givenUp(trouble: "550 5.1.1 nobody here"))
        let record = try #require(try await record())
        #expect(record.givenUpAt != nil)
        #expect(record.lastTrouble == "550 5.1.1 nobody here")
        #expect(try await texts("SELECT body FROM app.mail WHERE body IS NOT NULL") == [])
    }

    @Test func `waits longer after every try, and gives up after the eighth`() async throws {
        try await post()
        try mailServer.answer("450 4.2.0 come back later", at: .recipient)
        for minutes in [1, 5, 15, 60, 240, 720, 720] {
            let outcome = try await postman().deliverNext()?.outcome
            guard case .delayed(until: .some, _, _) = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
            let waits = try await texts(
                "SELECT (round(extract(epoch FROM next_try_at - clock_timestamp()) / 60))::text FROM app.mail"
            )
            #expect(waits == ["\(minutes)"])
            _ = try await shell.run(.hurryMail())
        }
        #expect(try await postman().deliverNext()?.outcome == .givenUp(trouble: "450 4.2.0 come back later"))
        #expect(try await record()?.tries == 8)
    }

    @Test func `leaves alone what another holds, until its lease ends`() async throws {
        try await post()
        let taken: DueMail? = try await shell.run(.takeMail())
        let mail = try #require(taken)
        #expect(try await postman().deliverNext() == nil)
        try await change("UPDATE app.mail SET leased_until = now() - interval '1 second'")
        #expect(try await postman().deliverNext()?.outcome == .sent)
        // Who was too slow has no say any more.
        #expect(try await shell.run(.mailIsNotSent(mail, trouble: "late", forGood: true)) == nil)
        #expect(try await record()?.givenUpAt == nil)
    }

    @Test func `does not end sender after sender with one mail`() async throws {
        try await post()
        for _ in 1...8 {
            let taken: DueMail? = try await shell.run(.takeMail())
            #expect(taken != nil)
            try await change("UPDATE app.mail SET leased_until = now() - interval '1 second'")
        }
        #expect(try await postman().deliverNext() == nil)
        #expect(try await record()?.givenUpAt != nil)
    }

    @Test func `sends nothing that nobody wants any more`() async throws {
        try await post()
        try await change("UPDATE app.mail SET good_until = now() - interval '1 second'")
        #expect(try await postman().deliverNext() == nil)
        #expect(try await record()?.givenUpAt != nil)
        #expect(try mailServer.delivered().isEmpty)
    }

    @Test(arguments: ["Hello\r\nBcc: all@example.org", "Hello\n"])
    func `refuses lines in a subject`(_ subject: String) async throws {
        let refused = await #expect(throws: Refused.self) { try await post(subject) }
        #expect(refused?.rule == .textOfSeveralLines)
    }

    @Test func `is closed to all but the operator's shell`() async throws {
        try await post()
        let nobody = scratch.database.acting(as: .nobody(door: .web), in: nil)
        #expect(try await nobody.run(.mails(withDone: true)).isEmpty)
        for query in [
            "SELECT id::text FROM take_mail()", "SELECT mail_is_sent(1)::text", "SELECT hurry_mail()::text",
        ] {
            await #expect(throws: PostgresError.self) {
                try await nobody.run(Query<[String]>(values: SQL(stringLiteral: query)))
            }
        }
        // Not even there anybody reads it without sending it.
        await #expect(throws: PostgresError.self) {
            try await shell.run(Query<[String]>(values: "SELECT body FROM mail"))
        }
    }

    var shell: ActingDatabase {
        scratch.database.acting(as: .system(door: .cli), in: nil)
    }

    private var address: EmailAddress {
        get throws { try #require(EmailAddress("ines@example.org")) }
    }

    private func postman() throws -> Postman {
        try Postman(to: mailServer, of: scratch.database)
    }

    private func post(_ subject: String = "Hello", body: String = "Hello") async throws {
        _ = try await shell.run(.postMail(to: try address, subject: subject, body: body))
    }

    private func record() async throws -> MailRecord? {
        try await shell.run(.mails(withDone: true)).first
    }

    private func texts(_ sql: SQL) async throws -> [String] {
        try await scratch.superuser.run(Query<[String]>(values: sql))
    }

    private func change(_ sql: SQL) async throws {
        try await scratch.superuser.run(Query<Void>(sql))
    }
}

@Suite(.freshDatabase, .timeLimit(.minutes(20)))
struct `Postmen at work` {
    let scratch: ScratchDatabase
    let mailServer: MailServer

    init() throws {
        scratch = try .current
        mailServer = try MailServer()
    }

    @Test func `share an outbox and send each mail once`() async throws {
        let count = 40
        try await post(1...count)
        try await withPostmen(3) { try await waitFor(count) }
        #expect(Set(try mailServer.delivered().map { $0.headers["Subject"] }).count == count)
        #expect(try mailServer.delivered().count == count)
    }

    @Test func `are woken by a mail`() async throws {
        try await withPostmen(1, pause: .seconds(3600)) {
            try await post(1...1)
            try await waitFor(1)
            try await post(2...2)
            try await waitFor(2)
        }
        #expect(try mailServer.delivered().count == 2)
    }

    @Test func `do not burn the tries of many mails on a server that is away`() async throws {
        try await post(1...5)
        try mailServer.answer("421 4.3.2 closing", at: .greeting)
        try await withPostmen(1, pause: .seconds(3600)) {
            while try await records().allSatisfy({ $0.lastTrouble == nil }) { try await pause() }
        }
        // At the start it looks, and when it is told that it listens now, it looks again.
        #expect(try await records().map(\.tries).reduce(0, +) <= 2)
    }

    @Test func `finish the mail under way when they are told to stop`() async throws {
        try await post(1...1)
        try await withPostmen(1) { try await waitFor(1) }
        #expect(try await records().allSatisfy { $0.sentAt != nil })
    }

    /// Runs so many postmen, ends them as a service is ended, and waits for it.
    private func withPostmen(
        _ count: Int,
        pause: Duration = .milliseconds(100),
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let postmen = try (0..<count).map { _ in
            try Postman(to: mailServer, of: scratch.database, pause: pause)
        }
        let group = ServiceGroup(services: postmen, logger: .silent)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await work()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func post(_ numbers: ClosedRange<Int>) async throws {
        let address = try #require(EmailAddress("ines@example.org"))
        for number in numbers {
            _ = try await shell.run(.postMail(to: address, subject: "Mail \(number)", body: "Hello"))
        }
    }

    private func waitFor(_ count: Int) async throws {
        while try mailServer.delivered().count < count { try await pause() }
    }

    private func pause() async throws {
        try await Task.sleep(for: .milliseconds(20))
    }

    private func records() async throws -> [MailRecord] {
        try await shell.run(.mails(withDone: true))
    }

    private var shell: ActingDatabase {
        scratch.database.acting(as: .system(door: .cli), in: nil)
    }
}

extension Postman {
    init(to mailServer: MailServer, of database: Database, pause: Duration = .seconds(10)) throws {
        try self.init(
            database: database,
            server: SMTPServer("smtp://127.0.0.1:\(mailServer.port)"),
            sender: #require(Mailbox("chapter@example.org")),
            baseURL: "https://chapter.example.org",
            logger: .silent,
            pause: pause
        )
    }
}
