import Fetching
import HTTPTypes
import Hummingbird
import Identity
import Logging
import Pages
import ReferralGroup
import Storage

/// How a person comes in through an OpenID provider.
///
/// The way there begins by GET, because a form must not lead to another site. It links nothing: an account is linked
/// only in a visit that began with a form at one's own account.
struct ProviderSignIn {
    static let cookie = "__Host-visit"
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.anyone(.get, "sign-in/provider", use: go)
        routes.anyone(.get, "sign-in/provider/callback", use: comeBack)
    }

    func go(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard let provider = doorkeeper.provider else { throw Problem.notFound }
        // Another site signs nobody in.
        if let site = request.headers[OtherSites.fetchSite], site != "same-origin", site != "none" {
            return Response(status: .seeOther, headers: [.location: "/sign-in"])
        }
        return try await explaining(provider, request, context) {
            let visit = try await doorkeeper.visit(provider, for: nil, context.visitor(request))
            var response = Response(status: .seeOther, headers: [.location: visit.place])
            response.setCookie(.visit(visit.state.text, maxAge: 600))
            return response
        }
    }

    func comeBack(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard let provider = doorkeeper.provider else { throw Problem.notFound }
        var response = try await explaining(provider, request, context) {
            try await comeBack(from: provider, request, context)
        }
        response.setCookie(.visit("", maxAge: 0))
        return response
    }

    private func comeBack(
        from provider: Provider,
        _ request: Request,
        _ context: AnyoneContext
    ) async throws -> Response {
        let visitor = context.visitor(request)
        let said = request.uri.queryParameters
        guard let state = said["state"].flatMap({ Secret(String($0)) }),
            let kept = request.cookies[Self.cookie].flatMap({ Secret($0.value) }), kept == state,
            said["iss"].map({ $0.utf8.elementsEqual(provider.issuer.utf8) }) ?? true,
            let visit = try await doorkeeper.endVisit(state, visitor)
        else { return Self.otherVisit(request) }
        guard said["error"] == nil, let code = said["code"].map(String.init), !code.isEmpty else {
            return Self.letNobodyIn(provider, said["error"].map(String.init), request)
        }
        guard
            let claims = try await doorkeeper.claims(for: code, of: visit, state: state, from: provider)
        else { return Self.otherVisit(request) }
        if let person = visit.person { return try await link(claims, to: person, request, context) }
        guard let entry = try await doorkeeper.enter(claims, visitor) else {
            return Response(page: notLinkedPage(provider: provider.name), for: request, status: .forbidden)
        }
        return try await SignIn(doorkeeper: doorkeeper).entered(entry, request, context) { _ in
            notLinkedPage(provider: provider.name)
        }
    }

    /// Links the account to who began the visit, if they are still the one who is signed in.
    private func link(
        _ claims: IDTokenClaims,
        to person: Person.ID,
        _ request: Request,
        _ context: AnyoneContext
    ) async throws -> Response {
        guard let bearer = context.bearer, !bearer.isHalfSignedIn, bearer.person == person else {
            return Self.otherVisit(request)
        }
        let isLinked = try await doorkeeper.acting(bearer, context.visitor(request)).run(
            .linkProvider(issuer: claims.issuer, subject: claims.subject)
        )
        guard isLinked else {
            return Self.refusal(
                request,
                .conflict,
                "This account is somebody else's here",
                "They linked it before you. Whoever it is can unlink it at their own account."
            )
        }
        context.logger.notice("an account of a provider was linked", metadata: ["person": "\(person)"])
        return Response(status: .seeOther, headers: [.location: "/account"])
    }

    /// Turns what goes wrong at a provider into a page that says so; what we were told goes to the log.
    func explaining(
        _ provider: Provider,
        _ request: Request,
        _ context: AnyoneContext,
        _ work: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await work()
        } catch let failure as Fetcher.Failure {
            context.logger.error("the provider cannot be reached", metadata: ["reason": "\(failure.message)"])
            var response = Self.refusal(
                request,
                .serviceUnavailable,
                "\(provider.name) cannot be reached now",
                "Try again in a while, or sign in another way."
            )
            response.headers[.retryAfter] = "30"
            return response
        } catch let refused as IDTokenClaims.Refused {
            context.logger.notice("an ID token was refused", metadata: ["reason": "\(refused.rawValue)"])
            return Self.refusal(
                request,
                .forbidden,
                "You are not signed in",
                Phrase(of: refused.sentence.asSentence)
            )
        } catch let refused as IDTokenKeys.Refused {
            context.logger.error("an ID token was refused", metadata: ["reason": "\(refused.rawValue)"])
            return Self.refusal(
                request,
                .badGateway,
                "You are not signed in",
                Phrase(of: refused.sentence.asSentence)
            )
        } catch let refused as ProviderDocument.Refused {
            context.logger.error(
                "the provider's document was refused",
                metadata: ["reason": "\(refused.sentence)"]
            )
            return Self.nonsense(from: provider, request)
        } catch ProviderTrouble.nonsense(let message) {
            context.logger.error(
                "the provider answers what we cannot use",
                metadata: ["reason": "\(message)"]
            )
            return Self.nonsense(from: provider, request)
        } catch ProviderTrouble.codeRefused {
            return Self.refusal(
                request,
                .forbidden,
                "You are not signed in",
                "\(provider.name) does not stand by its own answer any more. Sign in again."
            )
        }
    }

    private static func otherVisit(_ request: Request) -> Response {
        refusal(
            request,
            .forbidden,
            "This belongs to another attempt",
            "You came back twice, too late, or in another browser than you went. Sign in again."
        )
    }

    private static func nonsense(from provider: Provider, _ request: Request) -> Response {
        refusal(
            request,
            .badGateway,
            "\(provider.name) gives no answer that we can use",
            "Sign in another way, and tell whoever runs this service."
        )
    }

    /// What a provider says in its own words is not repeated: anybody can write that into an address.
    private static func letNobodyIn(_ provider: Provider, _ error: String?, _ request: Request) -> Response {
        let isTheirWish = error == "access_denied"
        return refusal(
            request,
            .forbidden,
            "You are not signed in",
            isTheirWish
                ? "\(provider.name) was not allowed to tell us who you are."
                : "\(provider.name) did not tell us who you are. Sign in again, or another way."
        )
    }

    private static func refusal(
        _ request: Request,
        _ status: HTTPResponse.Status,
        _ title: Phrase,
        _ detail: Phrase
    ) -> Response {
        Response(
            page: problemPage(status: status.code, title: title, detail: detail),
            for: request,
            status: status
        )
    }
}

extension Cookie {
    static func visit(_ value: String, maxAge: Int) -> Cookie {
        Cookie(
            name: ProviderSignIn.cookie,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: true,
            httpOnly: true,
            sameSite: .lax
        )
    }
}

extension String {
    /// With a large letter in front, and a full stop.
    fileprivate var asSentence: String {
        "\(prefix(1).uppercased())\(dropFirst())."
    }
}
