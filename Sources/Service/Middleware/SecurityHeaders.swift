import HTTPTypes
import Hummingbird

/// What every response says about itself, errors included.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = AnyoneContext

    /// Whether people reach us by https, so that browsers shall never try without.
    var isSecure = false

    static func fields(isSecure: Bool) -> HTTPFields {
        var fields = fields
        if isSecure { fields[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        return fields
    }

    private static let fields: HTTPFields = {
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
        for field in Self.fields(isSecure: isSecure) { response.headers[field.name] = field.value }
        // Figures of people are kept by nobody on the way.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
