import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import Pages
import Printing
import Storage

/// Answers every error as a problem: in JSON for programs, as a page for people.
struct Problems: RouterMiddleware {
    typealias Context = AnyoneContext

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // The connection's guard has answered it already.
            throw error
        } catch {
            let problem = Problem(error)
            if problem.status.code >= 500 {
                let trouble = DatabaseTrouble(error)
                // Without a printer the service does all else.
                context.logger.log(
                    level: error is Printer.Trouble ? .warning : .error,
                    "\(trouble?.message ?? (error as? Printer.Trouble)?.reason ?? String(reflecting: type(of: error)))",
                    metadata: [
                        "request_id": "\(context.id)", "state": "\(trouble?.state ?? "")",
                        "statement": "\(trouble?.statement ?? "")",
                    ]
                )
            }
            return try problem.answer(to: request, context: context)
        }
    }
}

extension Problem {
    /// In JSON for programs, as a page for people.
    func answer(to request: Request, context: some RequestContext) throws -> Response {
        guard request.wantsPage else { return try response(from: request, context: context) }
        if status == .unauthorized {
            let place = kind == Problem.codeWanted.kind ? "/sign-in/code" : "/sign-in"
            return Response(status: .seeOther, headers: [.location: place])
        }
        let page = problemPage(
            status: status.code,
            title: Phrase(of: status.reasonPhrase),
            detail: detail
        )
        var response = Response(page: page, for: request, status: status)
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}

extension Request {
    /// Whether a person at a browser asks, and not for the API.
    var wantsPage: Bool {
        !uri.path.utf8.starts(with: "/api/".utf8)
            && (headers[.accept] ?? "").utf8.split(separator: UInt8(ascii: ",")).contains {
                $0.starts(with: "text/html".utf8)
            }
    }
}

extension Response {
    /// A page, in the language of whoever asks.
    init(page: HTML, for request: Request, status: HTTPResponse.Status = .ok) {
        let language = request.language
        self.init(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: language.code],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.text(in: language)))
        )
    }
}
