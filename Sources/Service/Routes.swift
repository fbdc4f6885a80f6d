import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage

/// Who may take a route; said where the route is.
package enum Right: Hashable, Sendable, CustomStringConvertible {
    /// Anybody, whether they show who they are or not.
    case anyone
    /// Whoever is signed in, about themselves.
    case oneself
    /// Whoever belongs to the chapter in the address and holds the permission there.
    case inChapter(Permission)
    /// Whoever directs the region in the address today.
    case inRegion
    /// Whoever operates the installation, signed in with a second factor.
    case operators

    package var description: String {
        switch self {
        case .anyone: "anyone"
        case .oneself: "oneself"
        case .inChapter(let permission): permission.rawValue
        case .inRegion: "direct-region"
        case .operators: "operate"
        }
    }
}

/// A route and who may take it.
package struct Route: Sendable {
    package let method: HTTPRequest.Method
    /// As in `/api/v1/chapters/{chapter}/members/{id}`.
    package let path: String
    package let right: Right
    /// The path as requests are held to it.
    let pattern: RouterPath
    let answer: @Sendable (Request, AnyoneContext) async throws -> Response
}

/// The routes of the service: there is no way to add one without a right.
///
/// Who shows what is looked up once a request, before the route is asked or with the first thing it reads; what a
/// route is given of it is in the type of its context.
package struct Routes {
    private let authentication: Authentication
    private let allowances: Allowances
    private let folder: String
    package private(set) var all: [Route] = []

    init(database: Database, officersNeedSecondFactor: Bool, limits: Limits) {
        authentication = Authentication(
            database: database,
            officersNeedSecondFactor: officersNeedSecondFactor
        )
        allowances = Allowances(limits)
        folder = ""
    }

    private init(_ authentication: Authentication, _ allowances: Allowances, folder: String) {
        self.authentication = authentication
        self.allowances = allowances
        self.folder = folder
    }

    /// Adds what `add` adds, below a folder.
    mutating func group(_ folder: String, _ add: (inout Routes) -> Void) {
        var below = Routes(authentication, allowances, folder: "\(self.folder)/\(folder)")
        add(&below)
        all += below.all
    }

    /// A route for which nobody is asked who they are.
    mutating func open(
        _ method: HTTPRequest.Method,
        _ path: String,
        use answer: @escaping @Sendable (Request, AnyoneContext) async throws -> Response
    ) {
        add(method, path, .anyone, answer)
    }

    mutating func anyone(
        _ method: HTTPRequest.Method,
        _ path: String,
        use answer: @escaping @Sendable (Request, AnyoneContext) async throws -> Response
    ) {
        add(method, path, .anyone) { [authentication] request, context in
            try await answer(request, authentication.identify(request, context))
        }
    }

    mutating func oneself(
        _ method: HTTPRequest.Method,
        _ path: String,
        use answer: @escaping @Sendable (Request, PersonContext) async throws -> Response
    ) {
        add(method, path, .oneself) { [authentication, allowances] request, context in
            let person = try PersonContext(context: try await authentication.identify(request, context))
            try allowances.admit(request, context, person.actor.person)
            return try await answer(request, person)
        }
    }

    mutating func inChapter(
        _ method: HTTPRequest.Method,
        _ path: String,
        needs permission: Permission,
        use answer: @escaping @Sendable (Request, ChapterContext) async throws -> Response
    ) {
        add(method, path, .inChapter(permission)) { [authentication, allowances] request, context in
            try await authentication.answer(request, context) { context in
                let member = try ChapterContext(context: context, needs: permission)
                try allowances.admit(request, context, member.actor.person)
                return try await answer(request, member)
            }
        }
    }

    mutating func inRegion(
        _ method: HTTPRequest.Method,
        _ path: String,
        use answer: @escaping @Sendable (Request, DirectorContext) async throws -> Response
    ) {
        add(method, path, .inRegion) { [authentication, allowances] request, context in
            let person = try PersonContext(context: try await authentication.identify(request, context))
            let director = try await DirectorContext(person, authentication.database)
            try allowances.admit(request, context, person.actor.person)
            return try await answer(request, director)
        }
    }

    mutating func operators(
        _ method: HTTPRequest.Method,
        _ path: String,
        use answer: @escaping @Sendable (Request, OperatorContext) async throws -> Response
    ) {
        add(method, path, .operators) { [authentication, allowances] request, context in
            let person = try PersonContext(context: try await authentication.identify(request, context))
            let operating = try OperatorContext(person)
            try allowances.admit(request, context, person.actor.person)
            return try await answer(request, operating)
        }
    }

    private mutating func add(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ right: Right,
        _ answer: @escaping @Sendable (Request, AnyoneContext) async throws -> Response
    ) {
        let below = path.isEmpty ? folder : "\(folder)/\(path)"
        let path = below.isEmpty ? "/" : below
        all.append(
            Route(method: method, path: path, right: right, pattern: RouterPath(path), answer: answer)
        )
    }
}

extension Router<AnyoneContext> {
    /// Opens the routes; one that is there twice is a mistake of ours.
    func open(_ routes: Routes) {
        precondition(
            Set(routes.all.map { "\($0.method) \($0.path)" }).count == routes.all.count,
            "a route is there twice"
        )
        for route in routes.all {
            let answer = route.answer
            on(route.pattern, method: route.method) { request, context in
                try await answer(request, context)
            }
        }
    }
}
