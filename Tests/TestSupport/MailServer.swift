import TestCluster

/// A real SMTP server that does what it is told: `Tests/Mail/server.py`, which ends with this object.
package final class MailServer: Sendable {
    /// The port of 127.0.0.1 to connect to.
    package let port: Int
    private let program: Dialogue

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A mail as Python's own parser reads what came over the line.
    package struct Delivered: Sendable {
        package let sender: String
        package let recipient: String
        package let headers: [String: String]
        package let body: String
        /// Nil where it is plain text alone.
        package let html: String?
        /// What it puts into the reader's calendar, as PyPI's icalendar reads it: each property by its name.
        package let entry: [String: String]?
        package let longestLine: Int
    }

    /// Where in the talk the server does something unusual.
    package enum Stage: String, Sendable, CaseIterable {
        case greeting, sender, recipient, data
    }

    /// With a certificate and its key it offers STARTTLS; with a user it lets in nobody else.
    package init(
        certificate: String? = nil,
        key: String? = nil,
        user: String? = nil,
        password: String? = nil
    ) throws {
        let arguments = [certificate ?? "-", key ?? "-", user ?? "-", password ?? "-"]
        program = try Dialogue(with: [TestPython.path, Dialogue.program("Mail/server.py")] + arguments)
        guard let port = Int(try program.hear()) else {
            throw Failure(description: "the mail server did not start")
        }
        self.port = port
    }

    /// Answers there with this instead, so often.
    package func answer(_ reply: String, at stage: Stage, times: Int = 1_000_000) throws {
        try tell("answer \(stage.rawValue) \(times) \(reply)")
    }

    /// Takes mail and says nothing to it.
    package func hang() throws {
        try tell("hang")
    }

    /// Takes mail and closes the line instead of saying so.
    package func drop() throws {
        try tell("drop")
    }

    /// Is a good server again.
    package func heal() throws {
        try tell("heal")
    }

    /// How many have connected.
    package func connections() throws -> Int {
        Int(try tell("connections")) ?? -1
    }

    /// What came, in order; of what was refused, nothing.
    package func delivered() throws -> [Delivered] {
        try JSON(try tell("mails")).elements.map { mail in
            Delivered(
                sender: mail["sender"]?.string ?? "",
                recipient: mail["recipient"]?.string ?? "",
                headers: mail["headers"]?.members.compactMapValues(\.string) ?? [:],
                body: mail["body"]?.string ?? "",
                html: mail["html"]?.string,
                entry: mail["entry"].flatMap { $0 == .null ? nil : $0.members.compactMapValues(\.string) },
                longestLine: Int(mail["longest_line"]?.number ?? 0)
            )
        }
    }

    @discardableResult
    private func tell(_ command: String) throws -> String {
        let answer = try program.ask(command)
        guard !answer.hasPrefix("error") else { throw Failure(description: "\(command): \(answer)") }
        return answer
    }
}
