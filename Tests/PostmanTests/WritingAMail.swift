import Postman
import ReferralGroup
import Testing

@Suite
struct `Writing a mail` {
    private let sender = Mailbox("Chapter Süd <chapter@example.org>")

    @Test func `states who, to whom, what and when, and that no human wrote it`() throws {
        let lines = try lines(of: message(subject: "Your link", body: "Hello"))
        #expect(
            lines == [
                "From: =?utf-8?B?Q2hhcHRlciBTw7xk?= <chapter@example.org>", "To: <ines@example.org>",
                "Subject: Your link", "Date: Sun, 1 Nov 2026 08:00:00 +0000", "Message-ID: <7@example.org>",
                "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
                "Hello", "",
            ]
        )
    }

    @Test(arguments: ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\r", "a\u{0}b", "\r\n\u{301}x"])
    func `refuses what would begin a header of its own`(_ trick: String) {
        let recipient = "ines@example.org" + trick
        #expect(throws: MailMessageError(field: .subject, reason: .lineBreakOrNUL)) {
            try message(subject: "Hello" + trick)
        }
        #expect(throws: MailMessageError(field: .recipient, reason: .lineBreakOrNUL)) {
            try message(to: recipient)
        }
        #expect(throws: MailMessageError(field: .messageID, reason: .lineBreakOrNUL)) {
            try message(id: "7" + trick)
        }
        #expect(Mailbox("Cedar\(trick) <chapter@example.org>") == nil)
        #expect(Mailbox("chapter@example.org\(trick)") == nil)
    }

    @Test(arguments: [
        ("ines@example.org> RCPT TO:<all@example.org", MailMessageError.Reason.notASCII),
        ("ines@example.org>,<all@example.org", .noAddress), ("ines", .noAddress),
        ("inés@example.org", .notASCII),
    ])
    func `refuses an address that is none, or that few servers take`(
        _ address: String,
        _ reason: MailMessageError.Reason
    ) {
        #expect(throws: MailMessageError(field: .recipient, reason: reason)) { try message(to: address) }
    }

    @Test(arguments: [
        "Ein Gruß", "好きです", String(repeating: "Überaus lange ", count: 50), "=?utf-8?B?SGVsbG8=?=",
        String(repeating: "x", count: 700), "👩‍👩‍👧‍👦" + String(repeating: "e\u{301}", count: 60),
    ])
    func `keeps every line of a header short and in ASCII`(_ subject: String) throws {
        let message = try message(subject: subject)
        #expect(message.bytes.allSatisfy { $0 < 0x80 })
        for line in lines(of: message) { #expect(line.utf8.count <= 76) }
    }

    @Test func `keeps every line of a body short, and none begins with a dot`() throws {
        let body = ".\n..\r\n" + String(repeating: ".x", count: 200) + "\rä \n\t\nend= "
        let message = try message(body: body)
        let lines = lines(of: message)
        for line in lines {
            #expect(line.utf8.count <= 76)
            #expect(line.utf8.first != UInt8(ascii: "."))
            #expect(line.utf8.last != UInt8(ascii: " ") && line.utf8.last != UInt8(ascii: "\t"))
        }
        #expect(lines.suffix(4) == ["=C3=A4=20", "=09", "end=3D=20", ""])
    }

    @discardableResult
    private func message(
        to recipient: String = "ines@example.org",
        subject: String = "Hello",
        body: String = "Hello",
        id: String = "7"
    ) throws -> MailMessage {
        try MailMessage(
            from: try #require(sender),
            to: recipient,
            subject: subject,
            body: body,
            date: Instant(microsecondsSinceEpoch: 1_793_520_000_000_000),
            id: id
        )
    }

    /// Divided at CR LF; a bare one of the two makes a line that no test expects.
    private func lines(of message: MailMessage) -> [String] {
        var lines: [[UInt8]] = [[]]
        var last: UInt8 = 0
        for byte in message.bytes {
            if last == 0x0d, byte == 0x0a {
                lines[lines.count - 1].removeLast()
                lines.append([])
            } else {
                lines[lines.count - 1].append(byte)
            }
            last = byte
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }
}

@Suite
struct `Naming a mail server` {
    @Test(arguments: [
        ("smtp://mail.example.org", "smtp://mail.example.org:587", SMTPServer.Encryption.required),
        ("smtps://mail.example.org/", "smtps://mail.example.org:465", .fromTheStart),
        ("smtp://localhost:25", "smtp://localhost:25", .off),
        ("smtp://127.0.0.1:25", "smtp://127.0.0.1:25", .off),
        ("smtp://[::1]:25", "smtp://[::1]:25", .off),
        ("smtp://127.0.0.1.example.org:25", "smtp://127.0.0.1.example.org:25", .required),
    ])
    func `requires encryption of every server but this machine`(
        _ url: String,
        _ full: String,
        _ encryption: SMTPServer.Encryption
    ) throws {
        let server = try SMTPServer(url)
        #expect(server.url == full)
        #expect(server.encryption == encryption)
    }

    @Test func `takes the user in the address and the password elsewhere`() throws {
        let server = try SMTPServer("smtp://ines@example.org@mail.example.org", password: "secret")
        #expect(server.user == "ines@example.org")
        #expect(server.url == "smtp://ines@example.org@mail.example.org:587")
    }

    @Test(arguments: [
        "smtp://ines:secret@mail.example.org", "smtp://ines@mail.example.org", "mail.example.org",
        "http://mail.example.org", "smtp://", "smtp://mail.example.org:0", "smtp://mail.example.org:99999",
        "smtp://mail.example.org/path", "smtp://mail.example.org\r\nX:587", "smtp://[::1", "smtp://a b",
    ])
    func `refuses what is not an address, and passwords in it`(_ url: String) {
        #expect(throws: SMTPServerError.self) { try SMTPServer(url) }
    }

    @Test func `refuses two kinds of encryption at once`() {
        #expect(throws: SMTPServerError.self) { try SMTPServer("smtps://a.example.org", encryption: .off) }
        #expect(throws: SMTPServerError.self) {
            try SMTPServer("smtp://a.example.org", encryption: .fromTheStart)
        }
    }
}
