import Hummingbird
import Logging
import NIOCore
import ReferralGroup
import Storage

/// A request from anyone.
package struct AnyoneContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Who showed something valid, once `Authentication` has looked.
    var bearer: Bearer?
    var chapter: Chapter?
    /// Whether both are known from an earlier request only, and still to be asked about.
    var presumption: Presumption?
    /// By which door they came: the web, unless they showed a token.
    var door = Door.web
    /// The form that was sent, where it was read already for its token.
    var form: FormFields?
    /// The address of whoever asks, behind proxies that are trusted.
    package var clientAddress: String
    /// Whether a trusted proxy says that the client came by https.
    package var cameEncrypted = false

    package init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        clientAddress = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// Where the request comes from, for whoever opens doors.
    func visitor(_ request: Request) -> Doorkeeper.Visitor {
        Doorkeeper.Visitor(
            door: door,
            requestID: id,
            address: clientAddress,
            agent: request.headers[.userAgent].flatMap { PlainText.line($0) },
            logger: logger
        )
    }
}

/// A request from somebody who is signed in, wherever they stand.
struct PersonContext: Sendable {
    let anyone: AnyoneContext
    let bearer: Bearer
    let actor: Actor

    var parameters: Parameters {
        anyone.parameters
    }

    var logger: Logger {
        anyone.logger
    }

    init(context: AnyoneContext) throws {
        guard let bearer = context.bearer else { throw Problem.unauthorized }
        guard !bearer.isHalfSignedIn else { throw Problem.codeWanted }
        anyone = context
        self.bearer = bearer
        actor = Actor(bearer, door: context.door, requestID: context.id)
    }
}

/// A request from somebody who belongs to the chapter in the address and may do there what the route is for.
///
/// A route that takes one cannot be reached by anyone else.
struct ChapterContext: Sendable {
    let anyone: AnyoneContext
    let chapter: Chapter
    let actor: Actor

    var parameters: Parameters {
        anyone.parameters
    }

    init(context: AnyoneContext, needs permission: Permission) throws {
        guard let bearer = context.bearer else { throw Problem.unauthorized }
        guard !bearer.isHalfSignedIn else { throw Problem.codeWanted }
        // A chapter to which one does not belong looks like one that is not there.
        guard let chapter = context.chapter, bearer.standing.belongs else { throw Problem.notFound }
        anyone = context
        self.chapter = chapter
        actor = Actor(bearer, door: context.door, requestID: context.id)
        try actor.demand(permission)
    }
}

/// A request from somebody who directs the region in the address today.
///
/// A route that takes one cannot be reached by anyone else.
struct DirectorContext: Sendable {
    let anyone: AnyoneContext
    let region: Region
    let actor: Actor

    init(_ person: PersonContext, _ database: Database) async throws {
        // A region that one does not direct looks like one that is not there.
        guard let slug = person.parameters.get("region").flatMap({ Chapter.Slug($0) }) else {
            throw Problem.notFound
        }
        let acting = database.acting(as: person.actor, in: nil)
        guard let region = try await acting.run(.directedRegion(slug)) else { throw Problem.notFound }
        anyone = person.anyone
        self.region = region
        actor = person.actor
    }
}

/// A request from somebody who operates the installation.
///
/// A route that takes one cannot be reached by anyone else.
struct OperatorContext: Sendable {
    let anyone: AnyoneContext
    let actor: Actor

    init(_ person: PersonContext) throws {
        // To everybody else there is nothing here.
        guard person.bearer.isOperator else { throw Problem.notFound }
        anyone = person.anyone
        actor = person.actor
    }
}

extension Actor {
    /// Throws what to say to who may not do this, or not yet.
    func demand(_ permission: Permission) throws {
        guard !rights.awaited.contains(permission) else { throw Problem.secondFactorWanted(permission) }
        guard may(permission) else { throw Problem.forbidden(permission) }
    }
}
