import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import ReferralGroup
import Storage

/// How a browser comes in: it shows a token once, and keeps it in a cookie that scripts cannot read.
struct SignIn {
    /// Bound to this host and to secure connections; browsers count this machine's own address as one.
    static let cookie = "__Host-chapterhouse"
    let database: Database

    func add(to router: Router<AnyoneContext>) {
        router.get("", use: home)
        router.get("sign-in", use: form)
        router.post("sign-in", use: enter)
        router.post("sign-out", use: leave)
    }

    /// The chapters of whoever is signed in.
    func home(_ request: Request, context: AnyoneContext) async throws -> Response {
        guard let hash = request.token.flatMap(Token.hash(of:)) else { throw Problem.unauthorized }
        let nobody = database.acting(as: .nobody(door: .web, requestID: context.id), in: nil)
        let chapters = try await nobody.run(.chapters(ofBearer: hash))
        guard let first = chapters.first else { throw Problem.unauthorized }
        let links = chapters.compactMap { chapter in
            chapter.slug.map {
                ChapterLink(slug: $0.description, name: chapter.name ?? $0.description, roles: chapter.roles)
            }
        }
        return Response(page: homePage(name: first.personName, chapters: links))
    }

    func form(_ request: Request, context: AnyoneContext) async throws -> Response {
        Response(page: signInPage(problem: nil))
    }

    func enter(_ request: Request, context: AnyoneContext) async throws -> Response {
        // A form of another site would say so.
        if let site = request.headers[Self.fetchSite], site != "same-origin", site != "none" {
            throw Problem.forbidden("to sign in from another site")
        }
        let body = try await request.body.collect(upTo: 4096)
        let fields = Array(body.readableBytesView).split(separator: UInt8(ascii: "&")).map { Array($0) }
        let prefix = Array("token=".utf8)
        guard
            let text = fields.first(where: { $0.starts(with: prefix) }).map({
                String(decoding: $0.dropFirst(prefix.count), as: UTF8.self)
            }),
            let hash = Token.hash(of: text),
            let bearer = try await database.acting(as: .nobody(door: .web, requestID: context.id), in: nil)
                .run(.bearer(hash: hash, slug: nil))
        else {
            return Response(
                page: signInPage(
                    problem: "This is no valid token. Make one with: chapterhouse person token create"
                ),
                status: .unprocessableContent
            )
        }
        context.logger.info("signed in", metadata: ["person": "\(bearer.person)"])
        var response = Response(status: .seeOther, headers: [.location: "/"])
        response.setCookie(
            Cookie(name: Self.cookie, value: text, path: "/", secure: true, httpOnly: true, sameSite: .lax)
        )
        return response
    }

    func leave(_ request: Request, context: AnyoneContext) async throws -> Response {
        var response = Response(status: .seeOther, headers: [.location: "/sign-in"])
        response.setCookie(
            Cookie(
                name: Self.cookie,
                value: "",
                maxAge: 0,
                path: "/",
                secure: true,
                httpOnly: true,
                sameSite: .lax
            )
        )
        return response
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .accept
}
