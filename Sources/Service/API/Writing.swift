import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import ReferralGroup
import Storage

extension ChapterContext {
    /// Does a write in one transaction; under an Idempotency-Key once, however often it is asked for.
    func write(
        _ request: Request,
        _ body: [UInt8],
        in database: Database,
        _ work: (ActingTransaction) async throws -> KeptAnswer
    ) async throws -> Response {
        let key = try request.headers[.idempotencyKey].map { text in
            let whole = Array("\(request.method) \(request.uri.path)\n".utf8) + body
            guard let key = IdempotencyKey(text, of: whole) else {
                throw Problem(
                    status: .badRequest,
                    kind: "idempotency-key",
                    detail: "Idempotency-Key: give 1 to 200 visible characters, such as a UUID"
                )
            }
            return key
        }
        return Response(try await acting(in: database).once(key, work))
    }

    func acting(in database: Database) -> ActingDatabase {
        acting(as: actor, in: database)
    }

    /// As `actor`, who is whoever asks with other rights than all they have.
    func acting(as actor: Actor, in database: Database) -> ActingDatabase {
        var acting = database.acting(as: actor, in: chapter.id)
        acting.presumption = anyone.presumption
        return acting
    }

    /// Whether they act for themselves, or hold the right to act for others.
    func mayRecord(for parties: [Party?], needs permission: Permission = .recordSlipsForMembers) throws {
        guard !actor.may(permission) else { return }
        guard let own = actor.membership, parties.contains(.member(own)) else {
            return try actor.demand(permission)
        }
    }

    /// The membership of whoever writes about themselves.
    func oneself(_ body: Body, _ name: String) throws -> Party {
        guard let own = actor.membership else {
            throw body.wrong(name, "it is missing, and you are no member")
        }
        return .member(own)
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .accept
}

extension KeptAnswer {
    /// Something was made: its id, and where it is found.
    static func made(_ id: some CustomStringConvertible, at place: String) -> KeptAnswer {
        var writer = JSONWriter()
        writer.object { $0.member("id", "\(id)") }
        return KeptAnswer(status: 201, location: "\(place)/\(id)", body: writer.text)
    }
}

extension Response {
    init(_ answer: KeptAnswer) {
        var headers: HTTPFields = [:]
        if let location = answer.location { headers[.location] = location }
        guard !answer.body.isEmpty else {
            self.init(status: .init(code: answer.status), headers: headers)
            return
        }
        headers[.contentType] = "application/json; charset=utf-8"
        self.init(
            status: .init(code: answer.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
        )
    }
}

extension Request {
    /// The address without what follows the question mark, as a place for what is made below it.
    var place: String {
        uri.path
    }
}
