import Crypto
import Postgres
import ReferralGroup

/// What a write is answered with, kept as long as the one who asked may ask again.
package struct KeptAnswer: Sendable, RowDecodable {
    /// The status of HTTP.
    package let status: Int
    /// Where what was made is found.
    package let location: String?
    /// JSON.
    package let body: String

    package init(status: Int, location: String? = nil, body: String) {
        self.status = status
        self.location = location
        self.body = body
    }

    package init(row: Row) throws {
        status = try row["status"]
        location = try row["location"]
        body = try row["body"]
    }
}

/// A key under which a person asks for one thing, once.
package struct IdempotencyKey: Sendable {
    let text: String
    let requestHash: [UInt8]

    /// Nil for a key of no length, or of more than 200 bytes, or with characters that no header should have.
    package init?(_ text: String, of request: [UInt8]) {
        guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return nil
        }
        self.text = text
        requestHash = Array(SHA256.hash(data: request))
    }
}

/// Why a key cannot be used.
package enum IdempotencyTrouble: Error, Sendable {
    /// The first request with it is still at work.
    case stillRunning
    /// It was used for another request.
    case usedForAnother
}

extension ActingDatabase {
    /// Does `work` in one transaction and keeps its answer; under a key that was used already, only answers.
    package func once(
        _ key: IdempotencyKey?,
        _ work: (ActingTransaction) async throws -> KeptAnswer
    ) async throws -> KeptAnswer {
        guard let key, let person = actor.person else { return try await transaction(work) }
        return try await transaction { transaction in
            let (isFree, kept) = try await transaction.run(
                Query<Bool>(
                    value:
                        "SELECT pg_try_advisory_xact_lock(hashtextextended(\("\(person) \(key.text)"), 10))"
                ),
                Query<FormerAnswer?>(
                    """
                    SELECT request_hash = \(Bytes(key.requestHash)) AS is_same, status, location, body
                      FROM kept_answer WHERE person_id = \(person) AND key = \(key.text)
                    """
                )
            )
            guard isFree else { throw IdempotencyTrouble.stillRunning }
            if let kept {
                guard kept.isSame else { throw IdempotencyTrouble.usedForAnother }
                return kept.answer
            }
            let answer = try await work(transaction)
            try await transaction.run(
                Query<Void>(
                    """
                    INSERT INTO kept_answer (person_id, key, request_hash, status, location, body)
                    VALUES (\(person), \(key.text), \(Bytes(key.requestHash)), \(Int16(clamping: answer.status)), \(answer.location), \(answer.body))
                    """
                ),
                Query<Void>(
                    "DELETE FROM kept_answer WHERE person_id = \(person) AND kept_at < now() - interval '1 day'"
                )
            )
            return answer
        }
    }
}

private struct FormerAnswer: RowDecodable {
    let isSame: Bool
    let answer: KeptAnswer

    init(row: Row) throws {
        isSame = try row["is_same"]
        answer = try KeptAnswer(row: row)
    }
}
