import Crypto
import Postgres
import ReferralGroup

/// The key under which addresses and numbers of people who asked not to be kept are hashed; it is never in the database.
package struct SuppressionKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: SymmetricKey

    /// At least 32 bytes of anything.
    package init?(_ text: String) {
        guard text.utf8.count >= 32 else { return nil }
        key = SymmetricKey(data: Array(text.utf8))
    }

    func hash(of place: Whereabouts) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Array("\(place.kind.rawValue) \(place.normal)".utf8),
                using: key
            )
        )
    }

    package var description: String {
        "a key"
    }

    package var customMirror: Mirror {
        Mirror(self, children: [])
    }
}

/// Where people are reached, by which they are known on the list of those who asked not to be kept.
package struct KnownWhereabouts: Sendable {
    private let kinds: [String]
    private let hashes: [Bytes]

    /// Nil where there is nothing to be known by.
    package init?(_ texts: [String], under key: SuppressionKey) {
        let places = Set(texts.compactMap { Whereabouts($0) })
        guard !places.isEmpty else { return nil }
        kinds = places.map(\.kind.rawValue)
        hashes = places.map { Bytes(key.hash(of: $0)) }
    }

    /// Refuses those who asked not to be kept.
    var check: SQL {
        "SELECT refuse_kept_out(\(kinds), \(hashes))"
    }

    /// How many of them asked not to be kept; for the owner of the schema.
    var keptOut: Query<Int> {
        Query(
            value: """
                SELECT count(*) FROM unnest(\(kinds)::text[], \(hashes)::bytea[]) AS said (kind, hash)
                  JOIN suppression AS known USING (kind, hash) WHERE known.ended_at IS NULL
                """
        )
    }

    /// Keeps them out, or lets them return.
    fileprivate func change(mayReturn: Bool) -> SQL {
        "SELECT keep_out(\(kinds), \(hashes), \(mayReturn))"
    }
}

extension Query<Int> {
    /// Keeps them out from now on; how many were not kept out before.
    package static func keepOut(_ places: KnownWhereabouts) -> Self {
        Query(value: places.change(mayReturn: false))
    }

    /// Lets them be kept again; how many were kept out.
    package static func letReturn(_ places: KnownWhereabouts) -> Self {
        Query(value: places.change(mayReturn: true))
    }
}

extension Query<Void> {
    /// Refused where one of them asked not to be kept.
    package static func check(_ places: KnownWhereabouts) -> Self {
        Query(places.check)
    }
}

/// Somebody who asked not to be kept.
package struct Suppression: Sendable, RowDecodable {
    package let kind: String
    /// The beginning of the hash, in hexadecimal digits.
    package let mark: String
    package let since: Instant

    package init(row: Row) throws {
        kind = try row["kind"]
        mark = try row["mark"]
        since = try row["since"]
    }
}

extension Query<[Suppression]> {
    package static var keptOut: Self {
        Query("SELECT kind, left(encode(hash, 'hex'), 12) AS mark, since FROM kept_out()")
    }
}
