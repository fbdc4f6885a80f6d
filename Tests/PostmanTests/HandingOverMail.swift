import Glibc
import Postman
import TestCluster
import TestSupport
import Testing

/// What the server said is not compared by its words where they are libcurl's.
@Suite
struct `Handing mail to a server` {
    let mailServer: MailServer

    init() throws {
        mailServer = try MailServer()
    }

    @Test func `brings every character over`() async throws {
        let subject = String(repeating: "Grüße an alle, ", count: 12) + "好き"
        let body =
            ".\n..two dots\n\nhttps://example.org/?a=1&b=ä\n" + String(repeating: "long ", count: 400)
            + "\n.\nFrom me\n"
        #expect(try await server().send(try message(subject: subject, body: body)) == .accepted)
        let mail = try #require(try mailServer.delivered().first)
        #expect(mail.sender == "chapter@example.org")
        #expect(mail.recipient == "ines@example.org")
        #expect(mail.headers["Subject"] == subject)
        #expect(mail.headers["From"] == "Süd <chapter@example.org>")
        #expect(mail.headers["Message-ID"] == "<7@example.org>")
        #expect(mail.headers["Auto-Submitted"] == "auto-generated")
        #expect(mail.body == body)
        #expect(mail.longestLine <= 76)
    }

    @Test(arguments: [MailServer.Stage.sender, .recipient, .data])
    func `tells refused for now from refused for good`(_ stage: MailServer.Stage) async throws {
        try mailServer.answer("450 4.2.0 come back later", at: stage, times: 1)
        #expect(try await server().send(try message()) == .later("450 4.2.0 come back later"))
        try mailServer.answer("550 5.1.1 nobody here", at: stage, times: 1)
        #expect(try await server().send(try message()) == .never("550 5.1.1 nobody here"))
        #expect(try mailServer.delivered().isEmpty)
        #expect(try await server().send(try message()) == .accepted)
    }

    @Test func `does not give up a mail for what a server says before it knows of it`() async throws {
        try mailServer.answer("554 5.3.2 no service here", at: .greeting)
        #expect(try await server().send(try message()).isOfServer)
    }

    @Test func `notices that nobody listens`() async throws {
        var server = try SMTPServer("smtp://127.0.0.1:1")
        server.connectLimit = 2000
        #expect(await server.send(try message()).isOfServer)
    }

    // libcurl alone would wait for two minutes more.
    @Test(.timeLimit(.minutes(20)))
    func `waits no longer than its limit, and does not know what became of the mail`() async throws {
        try mailServer.hang()
        var server = try server()
        server.totalLimit = 1000
        server.replyLimit = 1
        let answer = await server.send(try message())
        guard case .later = answer else {
            Issue.record("\(answer)")
            return
        }
    }

    @Test func `does not know what became of a mail whose line was cut`() async throws {
        try mailServer.drop()
        let answer = try await server().send(try message())
        guard case .later = answer else {
            Issue.record("\(answer)")
            return
        }
    }

    @Test func `says nothing where STARTTLS is required and not offered`() async throws {
        let server = try server(encryption: .required)
        #expect(await server.send(try message()).isOfServer)
        #expect(try mailServer.connections() == 1)
        #expect(try mailServer.delivered().isEmpty)
    }

    private func server(encryption: SMTPServer.Encryption? = nil) throws -> SMTPServer {
        try SMTPServer("smtp://127.0.0.1:\(mailServer.port)", encryption: encryption)
    }
}

@Suite
struct `Handing mail to a server that encrypts` {
    let certificate: Certificate
    let mailServer: MailServer

    init() throws {
        certificate = try Certificate()
        mailServer = try MailServer(
            certificate: certificate.file,
            key: certificate.key,
            user: "ines",
            password: "open, sesame"
        )
    }

    @Test func `works when the right authority vouches for it and the password is right`() async throws {
        #expect(try await server(password: "open, sesame").send(try message()) == .accepted)
        #expect(try mailServer.delivered().count == 1)
    }

    @Test func `gives up no mail for a wrong password`() async throws {
        #expect(try await server(password: "open, barley").send(try message()).isOfServer)
        #expect(try mailServer.delivered().isEmpty)
    }

    @Test func `says nothing where nobody it trusts vouches for it`() async throws {
        var server = try server(password: "open, sesame")
        server.authorities = nil
        #expect(await server.send(try message()).isOfServer)
        #expect(try mailServer.delivered().isEmpty)
    }

    private func server(password: String) throws -> SMTPServer {
        try SMTPServer(
            "smtp://ines@localhost:\(mailServer.port)",
            password: password,
            encryption: .required,
            authorities: certificate.file
        )
    }
}

/// A certificate that vouches for `localhost` and for itself; its files end with it.
final class Certificate: Sendable {
    let file: String
    let key: String
    private let folder: String

    init() throws {
        var template = Array("/tmp/certificateXXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        (file, key) = ("\(folder)/server.crt", "\(folder)/server.key")
        let program = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
            "-out", file,
        ]
        try ChildProcess.run(program, output: "\(folder)/log")
    }

    deinit {
        for file in [file, key, "\(folder)/log"] { unlink(file) }
        rmdir(folder)
    }
}

extension SMTPAnswer {
    fileprivate var isOfServer: Bool {
        if case .unreachable = self { true } else { false }
    }
}

private func message(subject: String = "Hello", body: String = "Hello") throws -> MailMessage {
    try MailMessage(
        from: try #require(Mailbox("Süd <chapter@example.org>")),
        to: "ines@example.org",
        subject: subject,
        body: body,
        date: SampleChapter.now,
        id: "7"
    )
}
