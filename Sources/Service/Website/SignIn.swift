import HTTPTypes
import Hummingbird
import Identity
import Logging
import Pages
import ReferralGroup
import Storage

/// How a person comes in at a browser, and goes out.
struct SignIn {
    /// Bound to this host and to secure connections; browsers count this machine's own address as one.
    static let cookie = "__Host-chapterhouse"
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.anyone(.get, "sign-in", use: form)
        routes.anyone(.post, "sign-in", use: enter)
        routes.anyone(.post, "sign-in/link", use: sendLink)
        routes.anyone(.get, "sign-in/link/{secret}", use: link)
        routes.anyone(.post, "sign-in/link/{secret}", use: followLink)
        routes.anyone(.get, "sign-in/code", use: codeForm)
        routes.anyone(.post, "sign-in/code", use: enterCode)
        routes.anyone(.post, "sign-out", use: leave)
    }

    func form(_ request: Request, context: AnyoneContext) async throws -> Response {
        answer(request) { page(formToken: $0) }
    }

    func enter(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await request.form(context)
        do {
            return try await entered(
                doorkeeper.enter(
                    email: form["email"],
                    password: form["password"],
                    context.visitor(request)
                ),
                request,
                context
            ) {
                page(
                    email: form["email"],
                    problem:
                        "The address or the password is not right. Try again, or have a link sent to you.",
                    formToken: $0
                )
            }
        } catch let problem as Problem where problem.status == .tooManyRequests {
            return answer(request, status: problem.status, retryAfter: problem.retryAfter) {
                page(email: form["email"], problem: problem.detail, formToken: $0)
            }
        }
    }

    /// The same answer whether the address is somebody's or not.
    func sendLink(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await request.form(context)
        let purpose: LinkPurpose = form["purpose"] == "reset" ? .reset : .signIn
        try await doorkeeper.sendLink(purpose, to: form["email"], context.visitor(request))
        return answer(request) { _ in linkSentPage(to: form["email"]) }
    }

    func link(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard let link = try await followed(request, context) else { return brokenLink(request) }
        return answer(request) {
            linkPage(
                name: link.name,
                email: link.email.description,
                purpose: link.purpose.page,
                problem: nil,
                formToken: $0
            )
        }
    }

    func followLink(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await request.form(context)
        guard let secret = context.secret, let link = try await followed(request, context) else {
            return brokenLink(request)
        }
        let visitor = context.visitor(request)
        var hash: PasswordHash?
        if link.purpose == .reset || link.purpose == .invitation {
            // The password is judged, and hashed, before the link is used up.
            do {
                hash = try await doorkeeper.hashed(
                    form["password"],
                    context: [link.name, link.email.description]
                )
            } catch let problem as Problem where problem.status == .unprocessableContent {
                return answer(request, status: problem.status) {
                    linkPage(
                        name: link.name,
                        email: link.email.description,
                        purpose: link.purpose.page,
                        problem: problem.detail,
                        formToken: $0
                    )
                }
            }
        }
        switch try await doorkeeper.follow(link, secret, password: hash, visitor) {
        case .wasQuicker: return brokenLink(request)
        case .changedAddress: return Response(status: .seeOther, headers: [.location: "/account"])
        case .cameIn(let entry):
            return try await entered(entry, request, context) { page(formToken: $0) }
        }
    }

    func codeForm(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard context.bearer?.isHalfSignedIn == true else {
            return Response(status: .seeOther, headers: [.location: "/"])
        }
        return answer(request) { codePage(problem: nil, formToken: $0) }
    }

    func enterCode(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await request.form(context)
        guard let bearer = context.bearer, bearer.isHalfSignedIn else {
            return Response(status: .seeOther, headers: [.location: "/sign-in"])
        }
        return try await entered(
            doorkeeper.enter(code: form["code"], of: bearer, context.visitor(request), now: .now()),
            request,
            context
        ) {
            codePage(
                problem: "This code is not right, or it was used before. Wait for the next one.",
                formToken: $0
            )
        }
    }

    func leave(_ request: Request, context: AnyoneContext) async throws -> Response {
        _ = try await request.form(context)
        if let bearer = context.bearer, let session = bearer.session {
            _ = try await doorkeeper.acting(bearer, context.visitor(request)).run(.endSession(session))
            context.logger.notice("signed out", metadata: ["person": "\(bearer.person)"])
        }
        var response = Response(status: .seeOther, headers: [.location: "/sign-in"])
        response.setCookie(.session("", maxAge: 0))
        response.setCookie(.form("", maxAge: 0))
        response.setCookie(.visit("", maxAge: 0))
        // Not "cookies": those of every other service below the same domain would go with ours.
        response.headers[Self.clearSiteData] = "\"cache\", \"storage\""
        return response
    }

    private func page(email: String = "", problem: Phrase? = nil, formToken: FormToken) -> HTML {
        signInPage(
            email: email,
            problem: problem,
            provider: doorkeeper.provider?.name,
            formToken: formToken
        )
    }

    private func followed(_ request: Request, _ context: AnyoneContext) async throws -> OneTimeLink? {
        guard let secret = context.secret else { return nil }
        return try await doorkeeper.link(secret, context.visitor(request))
    }

    private func brokenLink(_ request: Request) -> Response {
        Response(
            page: problemPage(
                status: 404,
                title: "This link does not work any more",
                detail:
                    "It was used, a newer one was sent, or its time is over. Ask for another at the page to sign in."
            ),
            for: request,
            status: .notFound
        )
    }

    /// What came of a wish to come in, as an answer; a session that was there before ends.
    func entered(
        _ entry: Doorkeeper.Entry,
        _ request: Request,
        _ context: AnyoneContext,
        orElse page: (FormToken) -> HTML
    ) async throws -> Response {
        let (secret, place): (Secret, String)
        var language: Language?
        switch entry {
        case .refused: return answer(request, status: .unprocessableContent, page)
        case .entered(let proved, let person):
            (secret, place) = (proved, "/")
            language = try await doorkeeper.language(of: person, context.visitor(request))
        case .awaitsCode(let half): (secret, place) = (half, "/sign-in/code")
        }
        if let bearer = context.bearer, let old = bearer.session {
            _ = try await doorkeeper.acting(bearer, context.visitor(request)).run(.endSession(old))
        }
        var response = Response(status: .seeOther, headers: [.location: place])
        response.setCookie(.session(secret))
        response.setCookie(.form("", maxAge: 0))
        if let language { response.setCookie(.language(language)) }
        return response
    }

    private static let clearSiteData = HTTPField.Name("Clear-Site-Data") ?? .accept
}

/// A page with a form, for a browser that has a cookie for it, or gets one; `session` is the new secret of its session.
func answer(
    _ request: Request,
    status: HTTPResponse.Status = .ok,
    retryAfter: Int? = nil,
    session: Secret? = nil,
    _ page: (FormToken) -> HTML
) -> Response {
    let known = session?.formToken ?? request.formToken
    let fresh = known == nil ? Secret() : nil
    let token = known ?? fresh?.formToken ?? ""
    var response = Response(page: page(FormToken(token)), for: request, status: status)
    if let session { response.setCookie(.session(session)) }
    if let fresh { response.setCookie(.form(fresh.text, maxAge: 24 * 3600)) }
    if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
    return response
}

extension Request {
    /// The fields of a form that stood on a page of ours.
    func form(_ context: AnyoneContext) async throws -> FormFields {
        if let form = context.form { return form }
        return try await FormFields(self)
    }
}

extension AnyoneContext {
    /// The secret of a link, in the address.
    var secret: Secret? {
        parameters.get("secret").flatMap { Secret($0) }
    }
}

extension Cookie {
    static func session(_ secret: Secret) -> Cookie {
        .session(secret.text, maxAge: 30 * 24 * 3600)
    }

    static func session(_ value: String, maxAge: Int) -> Cookie {
        Cookie(
            name: SignIn.cookie,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: true,
            httpOnly: true,
            sameSite: .lax
        )
    }

    static func form(_ value: String, maxAge: Int) -> Cookie {
        Cookie(
            name: OtherSites.formCookie,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: true,
            httpOnly: true,
            sameSite: .lax
        )
    }
}

extension LinkPurpose {
    fileprivate var page: LinkPage {
        switch self {
        case .signIn: .signIn
        case .invitation: .invitation
        case .reset: .reset
        case .email: .email
        }
    }
}
