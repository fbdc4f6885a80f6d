import HTTPTypes
import Hummingbird
import Pages

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
