import HTTPTypes
import Hummingbird
import Identity
import NIOConcurrencyHelpers
import Pages
import ReferralGroup
import Storage

/// Finds out who asks, by what they show, and which chapter they ask about.
///
/// Who shows nothing that is valid goes on as nobody; what a route may know of somebody is said by its context.
struct Authentication: Sendable {
    let database: Database
    /// Whether what an office may do with money takes a second factor.
    let officersNeedSecondFactor: Bool
    private let acquaintances = Acquaintances()

    init(database: Database, officersNeedSecondFactor: Bool) {
        self.database = database
        self.officersNeedSecondFactor = officersNeedSecondFactor
    }

    /// Answers a question about a chapter, in one round trip where the one who asks was here before.
    ///
    /// They are presumed to be who they were; whether that holds the database is asked with the first thing that is
    /// read. Where it does not, all that was made of it is thrown away, and everything begins anew.
    func answer(
        _ request: Request,
        _ context: AnyoneContext,
        _ answer: (AnyoneContext) async throws -> Response
    ) async throws -> Response {
        guard request.method.isSafe, let shown = request.shown, let slug = context.slug,
            let known = acquaintances[shown, slug]
        else { return try await answer(identify(request, context)) }
        let presumption = Presumption(known.recognition)
        var presumed = context
        presumed.door = shown.door
        presumed.chapter = known.chapter
        presumed.presumption = presumption
        let outcome: Result<Response, any Error>
        do {
            presumed.bearer = try admitted(known.recognition.bearer, request)
            outcome = .success(try await answer(presumed))
        } catch  where DatabaseTrouble(error)?.mayPass == true {
            // It would not answer who they are either, and tells everybody the same.
            throw error
        } catch {
            outcome = .failure(error)
        }
        var nobody = nobody(presumed)
        nobody.presumption = presumption
        if try await nobody.holds() { return try outcome.get() }
        acquaintances[shown, slug] = nil
        return try await answer(identify(request, context))
    }

    func identify(_ request: Request, _ context: AnyoneContext) async throws -> AnyoneContext {
        guard let shown = request.shown else { return context }
        var context = context
        context.door = shown.door
        guard let slug = context.slug else {
            context.bearer = try await nobody(context).run(.bearer(shown, slug: nil))
                .map { try admitted($0, request) }
            return context
        }
        let (recognition, chapter) = try await nobody(context)
            .run(.recognition(shown, slug: slug), .chapter(slug))
        context.chapter = chapter
        context.bearer = try recognition.map { try admitted($0.bearer, request) }
        if let recognition, let chapter { acquaintances[shown, slug] = (recognition, chapter) }
        return context
    }

    private func nobody(_ context: AnyoneContext) -> ActingDatabase {
        database.acting(
            as: .nobody(door: context.door, requestID: context.id),
            in: nil,
            from: context.clientAddress
        )
    }

    private func admitted(_ bearer: Bearer, _ request: Request) throws -> Bearer {
        guard !bearer.isReadOnly || request.method.isSafe else {
            throw Problem(
                status: .forbidden,
                kind: "read-only-token",
                detail: "This token is for reading only; make one without that limit."
            )
        }
        return officersNeedSecondFactor ? bearer : bearer.withoutSecondFactor
    }
}

/// Who asked lately, and about which chapter.
private final class Acquaintances: Sendable {
    typealias Acquaintance = (recognition: Recognition, chapter: Chapter)

    private struct Key: Hashable {
        let shown: Shown
        let slug: Chapter.Slug
    }

    /// A few kilobytes each.
    private static let most = 4096
    private let known = NIOLockedValueBox<[Key: Acquaintance]>([:])

    subscript(shown: Shown, slug: Chapter.Slug) -> Acquaintance? {
        get { known.withLockedValue { $0[Key(shown: shown, slug: slug)] } }
        set {
            known.withLockedValue { known in
                // Whoever is forgotten is asked for once more, and no worse.
                if known.count >= Self.most { known.removeAll() }
                known[Key(shown: shown, slug: slug)] = newValue
            }
        }
    }
}

extension Shown {
    /// A token is for programs, a session for browsers.
    fileprivate var door: Door {
        switch self {
        case .token: .api
        case .session: .web
        }
    }
}

extension AnyoneContext {
    /// The chapter in the address.
    fileprivate var slug: Chapter.Slug? {
        parameters.get("chapter").flatMap { Chapter.Slug($0) }
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
