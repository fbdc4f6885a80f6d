import HTTPTypes
import Hummingbird
import Pages

/// Refuses at once what would only wait behind too much other work.
struct Workload: RouterMiddleware {
    typealias Context = AnyoneContext
    let metrics: RequestMetrics
    let limit: Int

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        let atWork = metrics.begin()
        defer { metrics.end() }
        guard atWork <= limit else {
            throw Problem(
                status: .serviceUnavailable,
                kind: "busy",
                detail: "Too much is asked at the moment; try again.",
                retryAfter: 1
            )
        }
        return try await next(request, context)
    }
}
