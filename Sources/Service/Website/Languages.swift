import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// In which language people read: at their account for good, before they sign in for this browser.
struct Languages {
    let doorkeeper: Doorkeeper

    func add(to routes: inout Routes) {
        routes.anyone(.post, "language", use: choose)
        routes.oneself(.post, "account/language", use: keep)
    }

    func choose(_ request: Request, context: AnyoneContext) async throws -> Response {
        let language = try await language(request, context)
        let place = context.bearer?.isHalfSignedIn == true ? "/sign-in/code" : "/sign-in"
        var response = Response(status: .seeOther, headers: [.location: place])
        response.setCookie(.language(language))
        return response
    }

    func keep(_ request: Request, context: PersonContext) async throws -> Response {
        let language = try await language(request, context.anyone)
        let acting = doorkeeper.database.acting(as: context.actor, in: nil)
        try await acting.run(.setLanguage(language.code))
        var response = Response(status: .seeOther, headers: [.location: "/account"])
        response.setCookie(.language(language))
        return response
    }

    private func language(_ request: Request, _ context: AnyoneContext) async throws -> Language {
        let form = try await request.form(context)
        guard let language = Language.all.first(where: { $0.code == form["language"] }) else {
            throw Problem.field("language", "there is no such language here")
        }
        return language
    }
}

extension Doorkeeper {
    /// The language that a person chose, if there is it here.
    func language(of person: Person.ID, _ visitor: Visitor) async throws -> Language? {
        let themselves = Actor.themselves(person, door: visitor.door, requestID: visitor.requestID)
        let known = try await database.acting(as: themselves, in: nil).run(.oneself)
        return known.language.flatMap { Language(code: $0) }
    }
}

extension Request {
    /// In what language to answer: as its cookie says, else as the browser asks, else English.
    var language: Language {
        cookies[Cookie.languageName].flatMap { Language(code: $0.value) }
            ?? headers[.acceptLanguage].flatMap { Language(accepting: $0) } ?? .english
    }
}

extension Cookie {
    static let languageName = "__Host-language"

    /// The language of whoever uses this browser, for a year.
    static func language(_ language: Language) -> Cookie {
        Cookie(
            name: languageName,
            value: language.code,
            maxAge: 366 * 24 * 3600,
            path: "/",
            secure: true,
            httpOnly: true,
            sameSite: .lax
        )
    }
}
