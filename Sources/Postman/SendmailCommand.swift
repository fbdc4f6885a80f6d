import Exchange
import Glibc
import Subprocess
import SystemPackage

/// Whoever takes a mail from us: a server, or a program of this machine.
package protocol MailCarrier: Sendable {
    func send(_ message: MailMessage) async -> SMTPAnswer
}

extension SMTPServer: MailCarrier {}

/// The program `sendmail`, as Postfix, Exim and others bring it: a mail goes in, and a number says what became of it.
package struct SendmailCommand: MailCarrier {
    package let path: String
    private let limit: Duration

    /// Takes at most `limit`; who takes longer may have sent it all the same.
    package init(path: String, limit: Duration = .seconds(60)) {
        self.path = path
        self.limit = limit
    }

    package func send(_ message: MailMessage) async -> SMTPAnswer {
        await withTaskGroup(of: SMTPAnswer.self) { tasks in
            tasks.addTask { await hand(message) }
            tasks.addTask { [limit] in
                do { try await Task.sleep(for: limit) } catch {}
                return .later("\(path) did not end in time")
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? .later("\(path) was not asked")
        }
    }

    /// No shell reads the arguments, and nothing of ours is in the environment, which may hold passwords.
    private func hand(_ message: MailMessage) async -> SMTPAnswer {
        guard let mail = FileInMemory.descriptor(of: Self.lines(of: message)) else {
            return .unreachable("the system has no file left")
        }
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))]
        do {
            let result = try await run(
                .path(FilePath(path)),
                arguments: ["-i", "-f", message.sender.address, "--", message.recipient],
                environment: .custom(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]),
                workingDirectory: "/",
                platformOptions: options,
                input: .fileDescriptor(FileDescriptor(rawValue: mail), closeAfterSpawningProcess: true),
                output: .discarded,
                error: .string(limit: 1 << 16)
            )
            return judge(result.terminationStatus, said: result.standardError)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .unreachable("\(path) is not there")
        } catch {
            return .later("\(path) could not be asked")
        }
    }

    /// Lines end with a line feed here: a carriage return would become part of them.
    private static func lines(of message: MailMessage) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(message.bytes.count)
        for (place, byte) in message.bytes.enumerated() {
            let next = place + 1 < message.bytes.count ? message.bytes[place + 1] : 0
            if byte != 0x0d || next != 0x0a { lines.append(byte) }
        }
        return lines
    }

    /// What the numbers of sysexits.h say about the mail, and what about the machine.
    private func judge(_ status: TerminationStatus, said: String) -> SMTPAnswer {
        guard case .exited(let code) = status else { return .later("\(path) was ended") }
        let last = said.split(whereSeparator: \.isNewline).last.map { line in
            ": " + String(decoding: line.utf8.prefix(300).filter { $0 >= 0x20 && $0 != 0x7f }, as: UTF8.self)
        }
        let words = "\(path) ended with \(code)\(last ?? "")"
        switch code {
        case EX_OK: return .accepted
        case EX_USAGE, EX_DATAERR, EX_NOUSER, EX_NOHOST: return .never(words)
        case EX_UNAVAILABLE, EX_NOPERM, EX_CONFIG: return .unreachable(words)
        default: return .later(words)
        }
    }
}
