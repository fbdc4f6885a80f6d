import HTTPTypes
import Hummingbird
import Pages

/// Tells who asks an address for what it does not do what it does instead: 405 and Allow.
struct Methods: RouterMiddleware {
    typealias Context = AnyoneContext

    private let routes: [(path: RouterPath, method: HTTPRequest.Method)]

    init(of routes: Routes) {
        self.routes = routes.all.map { ($0.pattern, $0.method) }
    }

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        // What Hummingbird names so matched no route.
        guard context.endpointPath == "NotFound" else { return response }
        let allowed = methods(at: request.uri.path)
        guard !allowed.isEmpty else { return response }
        let problem = Problem(
            status: .methodNotAllowed,
            kind: "method",
            detail: "Here one can: \(allowed.joined(separator: ", "))."
        )
        var refusal = try problem.answer(to: request, context: context)
        refusal.headers[.allow] = allowed.joined(separator: ", ")
        return refusal
    }

    private func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        var found: Set<String> = []
        for route in routes where Self.matches(route.path, parts) { found.insert(route.method.rawValue) }
        if found.contains("GET") { found.insert("HEAD") }
        return found.sorted()
    }

    private static func matches(_ path: RouterPath, _ parts: [Substring]) -> Bool {
        path.count == parts.count && zip(path, parts).allSatisfy { $0 ~= $1 }
    }
}
