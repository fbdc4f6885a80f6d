import HTTPTypes
import Hummingbird
import Logging

/// Writes down and counts every request: what was asked of which route, and how it ended; not by whom.
struct RequestLog: RouterMiddleware {
    typealias Context = AnyoneContext
    let metrics: RequestMetrics

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            tell(request, context, response.status.code, response.body.contentLength, since: start)
            return response
        } catch {
            // The client's own doing: the rest of what it sent could not be read.
            tell(request, context, 400, nil, since: start)
            throw error
        }
    }

    private func tell(
        _ request: Request,
        _ context: AnyoneContext,
        _ status: Int,
        _ bytes: Int?,
        since start: ContinuousClock.Instant
    ) {
        let taken = ContinuousClock.now - start
        let route = context.endpointPath.flatMap { $0 == "NotFound" ? nil : $0 }
        metrics.record(method: request.method.rawValue, route: route, status: status, duration: taken)
        var metadata: Logger.Metadata = [
            "method": .string(request.method.rawValue), "status": .stringConvertible(status),
            "route": .string(route ?? "none"),
            "duration_ms": .stringConvertible(Int(taken / .milliseconds(1))),
        ]
        if let bytes { metadata["bytes"] = .stringConvertible(bytes) }
        // An address that is itself a key is known by its route only, and one without a route may be a key mistyped.
        if let route, !route.utf8.contains("{secret}".utf8) { metadata["path"] = .string(request.uri.path) }
        context.logger.info("request", metadata: metadata)
    }
}
