/// A real OpenID provider that does what it is told: `Tests/OpenID/provider.py`, which ends with this object.
package final class OpenIDProvider: Sendable {
    package static let discovery = "/.well-known/openid-configuration"
    package static let token = "/oauth2/token"
    package static let keys = "/jwks"

    /// As it names itself.
    package let issuer: String
    private let program: Dialogue

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// With tokens that are good for so many seconds.
    package init(tokensLast seconds: Int = 3600) throws {
        program = try Dialogue(
            with: [TestPython.path, Dialogue.program("OpenID/provider.py"), "\(seconds)"]
        )
        guard let port = Int(try program.hear()) else {
            throw Failure(description: "the provider did not start")
        }
        issuer = "http://127.0.0.1:\(port)"
    }

    /// Signs in at the page, and returns where the browser is sent.
    package func enter(_ subject: String, at page: String) throws -> String {
        try tell("enter \(subject) \(page)")
    }

    package func deny(at page: String) throws -> String {
        try tell("deny \(page)")
    }

    /// Answers to a path with `garbage`, `huge`, `hang`, `status 500` or `redirect`.
    package func fail(_ path: String, with kind: String) throws {
        try tell("fault \(path) \(kind)")
    }

    /// Says something else in its discovery document.
    package func say(_ name: String, _ json: String) throws {
        try tell("say \(name) \(json)")
    }

    /// Gives every ID token this nonce.
    package func answer(nonce: String) throws {
        try tell("nonce \(nonce)")
    }

    package func want(secret: String) throws {
        try tell("secret \(secret)")
    }

    /// Signs with another key from now on.
    package func rotate() throws {
        try tell("rotate")
    }

    package func heal() throws {
        try tell("heal")
    }

    /// How often a path was asked for.
    package func count(_ path: String) throws -> Int {
        Int(try tell("count \(path)")) ?? -1
    }

    @discardableResult
    private func tell(_ command: String) throws -> String {
        let answer = try program.ask(command)
        guard !answer.hasPrefix("error") else { throw Failure(description: "\(command): \(answer)") }
        return answer
    }
}
