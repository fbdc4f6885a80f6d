import HTTPTypes
import Hummingbird
import Identity
import Logging
import Pages
import Postman
import ReferralGroup
import Storage

/// A person's own account: password, address, second factor, accounts elsewhere, sessions, tokens.
struct Account {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.oneself(.get, "", use: show)
        routes.oneself(.get, "prove", use: proveForm)
        routes.oneself(.post, "prove", use: prove)
        routes.oneself(.post, "password", use: changePassword)
        routes.oneself(.post, "e-mail", use: changeEmail)
        routes.oneself(.post, "second-factor", use: beginSecondFactor)
        routes.oneself(.post, "second-factor/confirm", use: confirmSecondFactor)
        routes.oneself(.post, "second-factor/remove", use: removeSecondFactor)
        routes.oneself(.post, "provider", use: visitProvider)
        routes.oneself(.post, "provider/unlink", use: unlinkProvider)
        routes.oneself(.post, "sessions/end-others", use: endOtherSessions)
        routes.oneself(.post, "sessions/{id}/end", use: endSession)
        routes.oneself(.post, "tokens", use: makeToken)
        routes.oneself(.post, "tokens/{id}/end", use: endToken)
    }

    func show(_ request: Request, context: PersonContext) async throws -> Response {
        try await page(request, context)
    }

    func proveForm(_ request: Request, context: PersonContext) async throws -> Response {
        let person = try await acting(context).run(.oneself)
        return answer(request) {
            provePage(email: person.email?.description ?? "", then: "/account", problem: nil, formToken: $0)
        }
    }

    func prove(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        let acting = acting(context)
        let person = try await acting.run(.oneself)
        guard let email = person.email, let session = context.bearer.session,
            try await doorkeeper.isRight(
                password: form["password"],
                of: email,
                context.anyone.visitor(request)
            )
        else {
            return answer(request, status: .unprocessableContent) {
                provePage(
                    email: person.email?.description ?? "",
                    then: "/account",
                    problem: "This is not your password.",
                    formToken: $0
                )
            }
        }
        let secret = Secret()
        guard try await acting.run(.renewSession(session, hash: secret.hash, isProof: true)) else {
            throw Problem.unauthorized
        }
        return .seeAccount(secret)
    }

    func changePassword(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        let acting = acting(context)
        let person = try await acting.run(.oneself)
        guard let email = person.email else {
            throw Problem.field("password", "without an e-mail there is none")
        }
        let record = try await doorkeeper.nobody(context.anyone.visitor(request)).run(.signIn(of: email))
        if record?.passwordHash == nil {
            // Who came in by a link, and never had a password, has only just shown that it is them.
            guard context.isFresh else { return .prove }
        } else if try await !doorkeeper.isRight(
            password: form["old"],
            of: email,
            context.anyone.visitor(request)
        ) {
            return try await page(
                request,
                context,
                problem: "The password you have is another one; nothing was changed."
            )
        }
        let hash: PasswordHash
        do {
            hash = try await doorkeeper.hashed(
                form["password"],
                context: [person.name, email.description]
            )
        } catch let problem as Problem where problem.status == .unprocessableContent {
            return try await page(request, context, problem: problem.detail)
        }
        let secret = Secret()
        try await acting.transaction { transaction in
            try await transaction.run(.setPassword(hash: hash.text, keeping: context.bearer.session))
            try await context.renewSession(secret, transaction)
            try await transaction.post(.passwordChanged, to: email, minutes: 7 * 24 * 60)
        }
        context.logger.notice("a password was changed", metadata: ["person": "\(context.bearer.person)"])
        return try await page(
            request,
            context,
            notice: "Your password is changed. Every other device is signed out, and every token has ended.",
            session: context.bearer.session == nil ? nil : secret
        )
    }

    func changeEmail(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        guard let email = EmailAddress(form["email"]) else {
            return try await page(request, context, problem: "That is no e-mail address.")
        }
        try await doorkeeper.sendEmailLink(to: email, for: context.bearer, context.anyone.visitor(request))
        return try await page(
            request,
            context,
            notice: "A link is on its way to \(email). Your address changes when you follow it."
        )
    }

    func beginSecondFactor(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        _ = try await acting(context).run(.beginSecondFactor(secret: OneTimePassword().key))
        return .seeAccount
    }

    func confirmSecondFactor(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        let isRight = try await doorkeeper.isRight(
            form["code"],
            of: context.bearer,
            context.anyone.visitor(request),
            now: .now()
        )
        let (codes, secret) = (RecoveryCode.ten(), Secret())
        guard isRight,
            try await acting(context).transaction({ transaction in
                let isConfirmed = try await transaction.run(
                    .confirmSecondFactor(recoveryCodes: codes.map(\.hash), keeping: context.bearer.session)
                )
                if isConfirmed { try await context.renewSession(secret, transaction) }
                return isConfirmed
            })
        else {
            return try await page(
                request,
                context,
                problem:
                    "This code is not right. Look whether the clock of your phone is, and try the next one."
            )
        }
        context.logger.notice("a second factor was set up", metadata: ["person": "\(context.bearer.person)"])
        var response = Response(
            page: shownOncePage(
                title: "Your recovery codes",
                explanation:
                    "Each lets you in once when your phone is lost. Keep them on paper; they are shown only now.",
                lines: codes.map(\.text)
            ),
            for: request
        )
        response.setCookie(.session(secret))
        return response
    }

    func removeSecondFactor(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        guard
            try await doorkeeper.isRight(
                form["code"],
                of: context.bearer,
                context.anyone.visitor(request),
                now: .now()
            )
        else {
            return try await page(request, context, problem: "This code is not right, or it was used before.")
        }
        let secret = Secret()
        try await acting(context).transaction { transaction in
            try await transaction.run(.removeSecondFactor)
            try await context.renewSession(secret, transaction)
        }
        context.logger.notice("a second factor was removed", metadata: ["person": "\(context.bearer.person)"])
        return .seeAccount(secret)
    }

    /// Begins the visit that links an account, and shows the way: a form must not lead to another site.
    func visitProvider(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard let provider = doorkeeper.provider else { throw Problem.notFound }
        guard context.isFresh else { return .prove }
        return try await ProviderSignIn(doorkeeper: doorkeeper).explaining(provider, request, context.anyone)
        {
            let visitor = context.anyone.visitor(request)
            let visit = try await doorkeeper.visit(provider, for: context.bearer, visitor)
            var response = Response(
                page: onwardPage(provider: provider.name, address: visit.place),
                for: request
            )
            response.setCookie(.visit(visit.state.text, maxAge: 600))
            return response
        }
    }

    func unlinkProvider(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        guard
            try await acting(context).run(
                .unlinkProvider(issuer: form["issuer"], subject: form["subject"])
            )
        else { throw Problem.notFound }
        context.logger.notice(
            "an account of a provider was unlinked",
            metadata: ["person": "\(context.bearer.person)"]
        )
        return .seeAccount
    }

    func endOtherSessions(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        let ended = try await acting(context).run(.endOtherSessions(but: context.bearer.session))
        return try await page(
            request,
            context,
            notice: ended == 0
                ? "You were signed in nowhere else." : "Signed out in \(count: Int(ended)) other places."
        )
    }

    func endSession(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard let id = context.parameters.get("id").flatMap({ Session.ID($0) }),
            try await acting(context).run(.endSession(id))
        else { throw Problem.notFound }
        return .seeAccount
    }

    func makeToken(_ request: Request, context: PersonContext) async throws -> Response {
        let form = try await request.form(context.anyone)
        guard context.isFresh else { return .prove }
        guard let name = PlainText.line(form["name"]), !name.isEmpty, name.utf8.count <= 200 else {
            return try await page(request, context, problem: "Say in a few words what the token is for.")
        }
        guard let days = Int(form["days"]), (1...366).contains(days) else {
            return try await page(request, context, problem: "A token lasts between 1 and 366 days.")
        }
        guard
            let token = try await doorkeeper.makeToken(
                named: name,
                days: days,
                isReadOnly: form["scope"] == "read",
                for: context
            )
        else {
            return try await page(
                request,
                context,
                problem: "An operator makes tokens with a second factor; set it up first."
            )
        }
        return Response(
            page: shownOncePage(
                title: "Your token",
                explanation: "A program sends it as: Authorization: Bearer … It is shown only now.",
                lines: [token.text]
            ),
            for: request
        )
    }

    func endToken(_ request: Request, context: PersonContext) async throws -> Response {
        _ = try await request.form(context.anyone)
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }),
            try await acting(context).run(.revokeToken(id))
        else { throw Problem.notFound }
        return .seeAccount
    }

    private func acting(_ context: PersonContext) -> ActingDatabase {
        doorkeeper.database.acting(as: context.actor, in: nil)
    }

    private func page(
        _ request: Request,
        _ context: PersonContext,
        notice: Phrase? = nil,
        problem: Phrase? = nil,
        session: Secret? = nil
    ) async throws -> Response {
        let acting = acting(context)
        let (person, factor, sessions, tokens) = try await acting.run(
            .oneself,
            .ownSecondFactor,
            .sessions(of: context.bearer.person),
            .tokens(of: context.bearer.person)
        )
        let linked = try await acting.run(.providerAccounts(of: context.bearer.person))
        let chapters = try await doorkeeper.chapters(of: acting)
        let now = Instant.now()
        let account = AccountView(
            name: person.name,
            email: person.email?.description,
            secondFactor: factor.map { AccountView.SecondFactor($0, of: person) } ?? .none,
            isSecondFactorWanted: person.isOperator && factor?.isConfirmed != true,
            secondFactorIn: chapters.compactMap(\.secondFactorIn).min(),
            language: person.language.flatMap { Language(code: $0) } ?? request.language,
            provider: doorkeeper.provider?.name,
            linked: linked.map { account in
                AccountView.Linked(
                    issuer: account.issuer,
                    subject: account.subject,
                    name: account.issuer == doorkeeper.provider?.issuer
                        ? doorkeeper.provider?.name ?? account.issuer : account.issuer,
                    since: account.linkedAt
                )
            },
            devices: sessions.map { session in
                AccountView.Device(
                    id: session.id.description,
                    agent: session.agent,
                    seen: session.seenAt,
                    isThisOne: session.id == context.bearer.session
                )
            },
            tokens: tokens.filter { $0.revokedAt == nil && $0.expiresAt > now }.map { token in
                AccountView.Token(
                    id: "\(token.id)",
                    name: token.name,
                    isReadOnly: token.isReadOnly,
                    expires: token.expiresAt,
                    used: token.lastUsedAt
                )
            }
        )
        return answer(request, status: problem == nil ? .ok : .unprocessableContent, session: session) {
            accountPage(account, notice: notice, problem: problem, formToken: $0)
        }
    }
}

extension PersonContext {
    /// Whether they showed that it is them within the last quarter of an hour; a token never shows that.
    var isFresh: Bool {
        guard let provedAt = bearer.provedAt else { return false }
        return Instant.now().microsecondsSinceEpoch - provedAt.microsecondsSinceEpoch < 15 * 60 * 1_000_000
    }

    /// Gives the session a new secret, because what it is good for changes; one that has ended meanwhile changes
    /// nothing.
    fileprivate func renewSession(_ secret: Secret, _ transaction: ActingTransaction) async throws {
        guard let session = bearer.session else { return }
        guard try await transaction.run(.renewSession(session, hash: secret.hash, isProof: false)) else {
            throw Problem.unauthorized
        }
    }
}

extension Response {
    fileprivate static var seeAccount: Response {
        Response(status: .seeOther, headers: [.location: "/account"])
    }

    fileprivate static func seeAccount(_ secret: Secret) -> Response {
        var response = seeAccount
        response.setCookie(.session(secret))
        return response
    }

    /// To where somebody shows that it is them.
    static var prove: Response {
        Response(status: .seeOther, headers: [.location: "/account/prove"])
    }
}
