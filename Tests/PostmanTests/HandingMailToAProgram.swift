import FoundationEssentials
import Glibc
import Postman
import ReferralGroup
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct `Handing mail to a program` {
    @Test func `has the arguments of sendmail and no shell`() async throws {
        let stub = try Stub(#"printf '%s\n' "$@" >arguments; env >environment; cat >mail"#)
        setenv("SENDMAIL_TEST_SECRET", "open-sesame", 1)
        let message = try message(to: "-oQ/tmp/`id`$HOME|'@example.org", body: ".\nHello\n\n.\n.end")
        #expect(await stub.program.send(message) == .accepted)
        let arguments = try stub.text("arguments").split(separator: "\n").map(String.init)
        #expect(arguments == ["-i", "-f", "chapter@example.org", "--", "-oQ/tmp/`id`$HOME|'@example.org"])
        #expect(!(try stub.text("environment")).contains("sesame"))
        let mail = try stub.text("mail")
        #expect(!mail.utf8.contains(0x0d))
        #expect(Array(mail.utf8) == message.bytes.filter { $0 != 0x0d })
        #expect(mail.contains("To: <-oQ/tmp/`id`$HOME|'@example.org>\n"))
    }

    @Test(arguments: [64, 65, 67, 68])
    func `gives up what the program says will never go`(_ code: Int32) async throws {
        let stub = try Stub("cat >/dev/null; echo one >&2; echo unknown user >&2; exit \(code)")
        #expect(
            await stub.program.send(try message()) == .never("\(stub.path) ended with \(code): unknown user")
        )
    }

    @Test(arguments: [1, 2, 70, 71, 72, 73, 74, 75, 76, 79, 255])
    func `tries again what did not go now`(_ code: Int32) async throws {
        let stub = try Stub("cat >/dev/null; exit \(code)")
        #expect(await stub.program.send(try message()) == .later("\(stub.path) ended with \(code)"))
    }

    @Test(arguments: [69, 77, 78])
    func `holds nothing against the mail that is the machine's`(_ code: Int32) async throws {
        let stub = try Stub("cat >/dev/null; exit \(code)")
        #expect(await stub.program.send(try message()) == .unreachable("\(stub.path) ended with \(code)"))
    }

    @Test func `knows nothing where there is no program, or none that ends by itself`() async throws {
        let nowhere = SendmailCommand(path: "/nowhere/sendmail")
        #expect(await nowhere.send(try message()) == .unreachable("/nowhere/sendmail is not there"))
        let killed = try Stub("cat >/dev/null; kill -9 $$")
        #expect(await killed.program.send(try message()) == .later("\(killed.path) was ended"))
        let slow = try Stub("sleep 600")
        let command = SendmailCommand(path: slow.path, limit: .milliseconds(200))
        #expect(await command.send(try message()) == .later("\(slow.path) did not end in time"))
    }

    @Test func `is not brought down by one that does not listen, or talks without end`() async throws {
        let long = try message(body: String(repeating: "Hello, all of you. ", count: 40_000))
        let deaf = try Stub("exit 75")
        guard case .later = await deaf.program.send(long) else {
            Issue.record("it is tried again")
            return
        }
        let talkative = try Stub("cat >/dev/null; yes >&2")
        guard case .later = await talkative.program.send(try message()) else {
            Issue.record("it is tried again")
            return
        }
    }

    private func message(
        to recipient: String = "ines@example.org",
        body: String = "Hello"
    ) throws -> MailMessage {
        try MailMessage(
            from: try #require(Mailbox("Süd <chapter@example.org>")),
            to: recipient,
            subject: "Grüße",
            body: body,
            date: SampleChapter.now,
            id: "7"
        )
    }
}

/// A script that plays sendmail, in a folder of its own; both end with it.
private final class Stub {
    let path: String
    private let folder: String

    init(_ script: String) throws {
        var template = Array("/tmp/sendmailXXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = "\(folder)/sendmail"
        try Data("#!/bin/sh\ncd \(folder)\n\(script)\n".utf8).write(to: URL(filePath: path))
        chmod(path, 0o755)
    }

    deinit {
        for name in ["sendmail", "arguments", "environment", "mail"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    var program: SendmailCommand {
        SendmailCommand(path: path)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
    }
}
