import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage

/// Finds out who asks, by the token they show, and which chapter they ask about, in one round trip.
struct Authentication: RouterMiddleware {
    typealias Context = AnyoneContext
    let database: Database

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        guard let hash = request.token.flatMap(Token.hash(of:)) else { throw Problem.unauthorized }
        let slug = context.parameters.get("chapter").flatMap { Chapter.Slug($0) }
        var context = context
        let nobody = database.acting(as: .nobody(door: .api, requestID: context.id), in: nil)
        if let slug {
            let (bearer, chapter) = try await nobody.run(.bearer(hash: hash, slug: slug), .chapter(slug))
            (context.bearer, context.chapter) = (bearer, chapter)
        } else {
            context.bearer = try await nobody.run(.bearer(hash: hash, slug: nil))
        }
        return try await next(request, context)
    }
}

extension Request {
    /// The bearer token of the Authorization header, else that of the cookie a browser got when signing in.
    var token: String? {
        if let header = headers[.authorization] {
            let parts = header.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard parts.count == 2, String(parts[0])?.lowercased() == "bearer" else { return nil }
            return String(parts[1])
        }
        return cookies[SignIn.cookie]?.value
    }
}
