import Crypto
import Postgres
import ReferralGroup

/// A secret that stands for a person, `chapterhouse_<id>_<secret>`; shown once, only its SHA-256 is kept.
package struct Token: Sendable {
    package let id: Int64
    package let secret: String

    /// 256 random bits, in hexadecimal.
    static func newSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let word = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - word.utf8.count) + word
        }.joined()
    }

    /// The SHA-256 of what a bearer shows, or nil where it is no token at all.
    package static func hash(of bearer: String) -> [UInt8]? {
        let parts = bearer.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("chapterhouse".utf8), parts[2].count == 64 else {
            return nil
        }
        return hash(ofSecret: Array(parts[2]))
    }

    static func hash(ofSecret secret: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: secret))
    }

    package var text: String {
        "chapterhouse_\(id)_\(secret)"
    }
}

/// What is kept of a token.
package struct TokenRecord: Sendable, RowDecodable {
    package let id: Int64
    package let name: String
    package let createdAt: Instant
    package let expiresAt: Instant
    package let lastUsedAt: Instant?
    package let revokedAt: Instant?
    package let isReadOnly: Bool

    package init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        createdAt = try row["created_at"]
        expiresAt = try row["expires_at"]
        lastUsedAt = try row["last_used_at"]
        revokedAt = try row["revoked_at"]
        isReadOnly = try row["scope"] == "read"
    }
}

/// What a person may know of themselves.
package struct OwnPerson: Sendable, RowDecodable {
    package let name: String
    package let email: EmailAddress?
    package let isOperator: Bool
    /// The BCP 47 code of the language they chose; nil where they chose none.
    package let language: String?

    package init(row: Row) throws {
        name = try row["name"]
        email = try row["email"]
        isOperator = try row["is_operator"]
        language = try row["language"]
    }
}

extension Query<OwnPerson> {
    /// The acting person.
    package static var oneself: Self {
        Query("SELECT name, email, is_operator, language FROM person WHERE id = acting_person()")
    }
}

extension Query<[Person]> {
    /// For the operator's shell: everybody, or who has an e-mail.
    package static func people(_ email: EmailAddress? = nil) -> Self {
        Query("SELECT id, name, email FROM people(\(email))")
    }
}

extension Query<[TokenRecord]> {
    package static func tokens(of person: Person.ID) -> Self {
        Query(
            """
            SELECT id, name, created_at, expires_at, last_used_at, revoked_at, scope
              FROM api_token WHERE person_id = \(person) ORDER BY id
            """
        )
    }
}

extension Query<Bool> {
    /// False where there is no such token, or it was revoked before.
    package static func revokeToken(_ id: Int64) -> Self {
        Query("UPDATE api_token SET revoked_at = now() WHERE id = \(id) AND revoked_at IS NULL") {
            $0.affected > 0
        }
    }
}

extension ActingDatabase {
    /// Makes a token that stands for the person for some days.
    package func createToken(
        for person: Person.ID,
        named name: String,
        days: Int,
        isReadOnly: Bool = false
    ) async throws -> Token {
        let secret = Token.newSecret()
        let hash = Token.hash(ofSecret: Array(secret.utf8))
        let id = try await run(
            Query<Int64>(
                value: """
                    INSERT INTO api_token (person_id, name, secret_hash, expires_at, scope)
                    VALUES (\(person), \(name), \(Bytes(hash)), now() + make_interval(days => \(Int32(clamping: days))),
                            \(isReadOnly ? "read" : "everything"))
                    RETURNING id
                    """
            )
        )
        return Token(id: id, secret: secret)
    }
}

extension Person: RowDecodable {
    package init(row: Row) throws {
        try self.init(id: row["id"], name: row["name"], email: row["email"])
    }
}
