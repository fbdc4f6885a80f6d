import FoundationEssentials
import Glibc
import TestCluster

/// A real receiver over https that does what it is told: `Tests/Webhooks/receiver.py`, which ends with this object.
///
/// Each has an address of its own within 127.0.0.0/8, for they all listen at one port.
package final class WebhookReceiver: Sendable {
    /// `127.71.3.9`.
    package let address: String
    /// Who vouches for it: it alone.
    package let authorities: String
    private let folder: String
    private let program: Dialogue

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A request as it came.
    package struct Request: Sendable {
        package let path: String
        /// By their names in lower case.
        package let headers: [String: String]
        package let body: String
    }

    package enum Behaviour: String, Sendable {
        case huge, hang, close, heal
    }

    package init() throws {
        address =
            "127.\((1...254).randomElement() ?? 1).\(getpid() % 250 + 1).\((2...254).randomElement() ?? 2)"
        var template = Array("/tmp/receiverXXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no folder") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        authorities = "\(folder)/server.crt"
        let key = "\(folder)/server.key"
        try ChildProcess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=receiver", "-addext",
                "subjectAltName=DNS:localhost,IP:\(address)", "-keyout", key, "-out", authorities,
            ],
            output: "\(folder)/log"
        )
        program = try Dialogue(
            with: [TestPython.path, Dialogue.program("Webhooks/receiver.py"), address, authorities, key]
        )
        guard try program.hear() == "ready" else { throw Failure(description: "the receiver did not start") }
    }

    deinit {
        for file in ["server.crt", "server.key", "both.crt", "log"] { unlink("\(folder)/\(file)") }
        rmdir(folder)
    }

    /// Where it is told things.
    package var url: String {
        "https://\(address):8443/hook"
    }

    /// A file of those who vouch for it and for another one.
    package func authorities(with other: WebhookReceiver) throws -> String {
        let both = try [self, other].map { try Data(contentsOf: URL(filePath: $0.authorities)) }
        let file = "\(folder)/both.crt"
        try (both[0] + both[1]).write(to: URL(filePath: file))
        return file
    }

    /// Answers with this status, so often; for ever without a number.
    package func answer(_ status: Int, times: Int? = nil) throws {
        try tell("answer \(status)\(times.map { " \($0)" } ?? "")")
    }

    package func be(_ behaviour: Behaviour) throws {
        try tell(behaviour.rawValue)
    }

    package func received() throws -> [Request] {
        try JSON(try tell("received")).elements.map { request in
            Request(
                path: request["path"]?.string ?? "",
                headers: request["headers"]?.members.compactMapValues(\.string) ?? [:],
                body: request["body"]?.string ?? ""
            )
        }
    }

    /// How many of the signatures of each request are a secret's, as Python computes them.
    package func signatures(of secret: String) throws -> [Int] {
        try JSON(try tell("verify \(secret)")).elements.map { Int($0.number ?? -1) }
    }

    @discardableResult
    private func tell(_ command: String) throws -> String {
        let answer = try program.ask(command)
        guard !answer.hasPrefix("error") else { throw Failure(description: "\(command): \(answer)") }
        return answer
    }
}
