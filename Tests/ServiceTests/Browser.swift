import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// A browser, which keeps its cookies and says that its forms come from pages of ours.
struct Browser: Sendable {
    static let sessionCookie = "__Host-chapterhouse"
    static let formCookie = "__Host-form"

    var caller: Caller
    private(set) var cookies: [String: String] = [:]

    init(_ database: Database, session: Secret? = nil) {
        caller = Caller(database: database, accept: "text/html,application/xhtml+xml,*/*;q=0.8")
        cookies[Self.sessionCookie] = session?.text
    }

    /// The secret of the session, if there is one.
    var session: String? {
        cookies[Self.sessionCookie]
    }

    @discardableResult
    mutating func get(_ address: String) async throws -> Answer {
        try await keeping { try await $0.get(address) }
    }

    @discardableResult
    mutating func post(
        _ address: String,
        _ fields: KeyValuePairs<String, String> = [:],
        site: String? = "same-origin",
        origin: String? = nil
    ) async throws -> Answer {
        try await post(address, encoded(fields), site: site, origin: origin)
    }

    /// Sends fields that are encoded already.
    @discardableResult
    mutating func post(
        _ address: String,
        _ form: String,
        site: String? = "same-origin",
        origin: String? = nil
    ) async throws -> Answer {
        try await keeping { try await $0.post(address, form: form, site: site, origin: origin) }
    }

    /// The same with fields in any order.
    @discardableResult
    mutating func post(_ address: String, fields: [String: String]) async throws -> Answer {
        let form = encoded(fields.map { ($0.key, $0.value) })
        return try await keeping {
            try await $0.post(address, form: form, site: "same-origin", origin: nil)
        }
    }

    /// Sends a form with a file, or one that holds a file already.
    @discardableResult
    mutating func send(
        _ parts: [(name: String, value: String)],
        to address: String,
        fileName: String? = nil
    ) async throws -> Answer {
        let body = parts.map { part in
            let file = part.name == "file" ? "; filename=\"\(fileName ?? "slips.csv")\"" : ""
            return
                "--b\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n\(part.value)\r\n"
        }.joined()
        var headers: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "same-origin"
        let sent = headers
        return try await keeping {
            try await $0.send(.post, address, headers: sent, body: .init(string: "\(body)--b--\r\n"))
        }
    }

    private mutating func keeping(_ work: (Caller) async throws -> Answer) async throws -> Answer {
        var caller = caller
        caller.cookie =
            cookies.isEmpty
            ? nil : cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
        let answer = try await work(caller)
        for cookie in answer.cookies {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", omittingEmptySubsequences: false)
            let (name, value) = (String(pair[0]), String(pair.dropFirst().joined(separator: "=")))
            cookies[name] = value.isEmpty ? nil : value
        }
        return answer
    }
}

/// Fields as a browser writes them, with every byte that is not a letter or a digit percent-encoded.
func encoded(_ fields: some Sequence<(key: String, value: String)>) -> String {
    func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let letter = UnicodeScalar(byte)
            let isPlain = letter.isASCII && (letter.properties.isAlphabetic || ("0"..."9").contains(letter))
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(Character(letter)) : "%" + (byte < 16 ? "0" : "") + digits
        }.joined()
    }
    return fields.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
}

extension Answer {
    /// What stands in the page between two texts, at its first place.
    func text(after start: String, before end: String) -> String? {
        guard let from = text.firstRange(of: start)?.upperBound,
            let to = text[from...].firstRange(of: end)?.lowerBound
        else { return nil }
        return String(text[from..<to])
    }

    /// The token that the forms of the page carry.
    var formToken: String? {
        text(after: "name=\"form_token\" value=\"", before: "\"")
    }
}

extension Router<AnyoneContext>.RouteDescription {
    /// Where it leads, in Alder, with a number and a secret that nobody has.
    var address: String {
        "\(path)".replacing("{chapter}", with: "alder").replacing("{id}", with: "999999")
            .replacing("{secret}", with: Secret().text)
    }

    var isOfTheAPI: Bool {
        address.hasPrefix("/api/")
    }

    /// Whether it is for others than a president: the committee, the treasurer, operators.
    var isOfOtherOffices: Bool {
        address.contains("/applications") || address.contains("/dues/") || address.hasPrefix("/operator")
    }

    /// Whether it may do something.
    var isUnsafe: Bool {
        method != .get && method != .head && method != .options
    }
}

extension Caller {
    /// Asks a route with its own method, as a page of ours would; with nothing in the body.
    func ask(_ route: Router<AnyoneContext>.RouteDescription) async throws -> Answer {
        var headers: HTTPFields = [:]
        if route.isUnsafe {
            headers[.contentType] = "application/x-www-form-urlencoded"
            headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "same-origin"
        }
        return try await send(route.method, route.address, headers: headers)
    }
}

extension ScratchDatabase {
    static let password = "four odd umbrella clouds"

    /// Gives somebody a password, at the cost of the pool.
    func setPassword(
        _ password: String = password,
        of member: Membership,
        hashing: HashingPool = .cheap
    ) async throws {
        let hash = try await hashing.hash(Password(choosing: password, context: []))
        try await acting(as: member).run(.setPassword(hash: hash.text, keeping: nil))
    }

    /// Opens a session for somebody, as if they had come in just now.
    func openSession(of member: Membership, isProved: Bool = true) async throws -> Secret {
        let secret = Secret()
        _ = try await nobody.run(
            .openSession(
                of: member.person,
                hash: secret.hash,
                isProved: isProved,
                agent: "a browser",
                address: "192.0.2.7"
            )
        )
        return secret
    }

    /// A browser in which somebody is signed in.
    func browser(of member: Membership) async throws -> Browser {
        Browser(database, session: try await openSession(of: member))
    }

    /// Sets up a second factor, and returns its key and the recovery codes.
    func setSecondFactor(of member: Membership) async throws -> (OneTimePassword, [RecoveryCode]) {
        let (password, codes) = (OneTimePassword(), RecoveryCode.ten())
        let themselves = acting(as: member)
        #expect(try await themselves.run(.beginSecondFactor(secret: password.key)))
        #expect(
            try await themselves.run(
                .confirmSecondFactor(recoveryCodes: codes.map(\.hash), keeping: nil)
            )
        )
        return (password, codes)
    }

    func acting(as member: Membership) -> ActingDatabase {
        database.acting(as: .themselves(member.person, door: .web), in: nil)
    }

    var nobody: ActingDatabase {
        database.acting(as: .nobody(door: .web), in: nil)
    }
}
