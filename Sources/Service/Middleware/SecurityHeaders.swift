import HTTPTypes
import Hummingbird

/// What every response says about itself, errors included.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = AnyoneContext

    /// Whether people reach us by https, so that browsers shall never try without.
    var isSecure = false

    static let fields: HTTPFields = {
        var fields: HTTPFields = [
            .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
        ]
        if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "no-referrer" }
        return fields
    }()

    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in Self.fields { response.headers[field.name] = field.value }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        // Figures of people are kept by nobody on the way.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
