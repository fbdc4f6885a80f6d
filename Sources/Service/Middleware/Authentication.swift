import HTTPTypes
import Hummingbird
import Identity
import ReferralGroup
import Storage

/// Finds out who asks, by what they show, and which chapter they ask about, in one round trip.
///
/// Who shows nothing that is valid goes on as nobody; what a route may know of somebody is said by its context.
struct Authentication: Sendable {
    let database: Database
    /// Whether what an office may do with money takes a second factor.
    let officersNeedSecondFactor: Bool

    func identify(_ request: Request, _ context: AnyoneContext) async throws -> AnyoneContext {
        guard let shown = request.shown else { return context }
        let slug = context.parameters.get("chapter").flatMap { Chapter.Slug($0) }
        var context = context
        context.door =
            switch shown {
            case .token: .api
            case .session: .web
            }
        let nobody = database.acting(
            as: .nobody(door: context.door, requestID: context.id),
            in: nil,
            from: context.clientAddress
        )
        if let slug {
            let (bearer, chapter) = try await nobody.run(.bearer(shown, slug: slug), .chapter(slug))
            (context.bearer, context.chapter) = (bearer, chapter)
        } else {
            context.bearer = try await nobody.run(.bearer(shown, slug: nil))
        }
        if !officersNeedSecondFactor { context.bearer?.awaitsSecondFactor = false }
        if let bearer = context.bearer, bearer.isReadOnly, !request.method.isSafe {
            throw Problem(
                status: .forbidden,
                kind: "read-only-token",
                detail: "This token is for reading only; make one without that limit."
            )
        }
        return context
    }
}

extension Request {
    /// The token of the Authorization header, else the session of the cookie; a header that is wrong is not made up
    /// for by a cookie.
    var shown: Shown? {
        if let header = headers[.authorization] {
            let parts = header.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard parts.count == 2, String(parts[0])?.lowercased() == "bearer" else { return nil }
            return String(parts[1]).flatMap(Token.hash(of:)).map { .token($0) }
        }
        return session.map { .session($0.hash) }
    }

    /// The secret of the session's cookie.
    var session: Secret? {
        cookies[SignIn.cookie].flatMap { Secret($0.value) }
    }
}

extension HTTPRequest.Method {
    /// Whether it asks for nothing to be done.
    var isSafe: Bool {
        self == .get || self == .head || self == .options
    }
}
