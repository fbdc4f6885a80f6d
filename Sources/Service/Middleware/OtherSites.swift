import HTTPTypes
import Hummingbird
import Identity
import Pages

/// Refuses what another site makes a browser send.
///
/// A browser says by `Sec-Fetch-Site` or `Origin` where a request comes from. One that says neither, such as curl,
/// shows the token that stood in the form; a program with an Authorization header sends no cookie by itself.
struct OtherSites: RouterMiddleware {
    typealias Context = AnyoneContext
    static let formCookie = "__Host-form"
    static let header = HTTPField.Name("X-Form-Token") ?? .accept

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        guard !request.method.isSafe, request.headers[.authorization] == nil else {
            return try await next(request, context)
        }
        var context = context
        if let site = request.headers[Self.fetchSite] {
            guard site == "same-origin" || site == "none" else { throw Self.refusal }
        } else if let origin = request.headers[.origin] {
            guard let host = request.head.authority, Self.host(of: origin) == host.lowercased() else {
                throw Self.refusal
            }
        } else if let shown = request.headers[Self.header] {
            guard request.isFormToken(shown) else { throw Self.refusal }
        } else if !request.isStopOfMail {
            // Only a form can carry its token within; with anything else a session has to show it in the header.
            guard request.session == nil || FormFields.isForm(request) else { throw Self.refusal }
            if FormFields.isForm(request) {
                let form = try await FormFields(request)
                guard request.isFormToken(form["form_token"]) else { throw Self.refusal }
                context.form = form
            }
        }
        return try await next(request, context)
    }

    static let refusal = Problem(
        status: .forbidden,
        kind: "other-site",
        detail: "This came from another site, or without the token of its form; load the page again."
    )

    /// `https://chapterhouse.example.org:8443` is at the host `chapterhouse.example.org:8443`.
    private static func host(of origin: String) -> String? {
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[1].isEmpty ? parts[2].lowercased() : nil
    }

    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .accept
}

extension Request {
    /// What a form carries to show that the page it stands on was read by this browser; nil for one without cookies.
    var formToken: String? {
        guard let secret = session ?? cookies[OtherSites.formCookie].flatMap({ Secret($0.value) }) else {
            return nil
        }
        return secret.formToken
    }

    /// Whether a mail program stops mails in the name of a reader it does not sign in (RFC 8058): the secret in the
    /// address is all it shows, and all that the route goes by.
    fileprivate var isStopOfMail: Bool {
        session == nil && uri.path.utf8.starts(with: "/mail/stop/".utf8)
    }

    func isFormToken(_ text: String) -> Bool {
        formToken.map { $0 == text } ?? false
    }
}

extension Secret {
    /// Follows from the secret, and does not give it away.
    var formToken: String {
        fingerprint(of: "form \(text)")
    }
}
