import HTTPTypes
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// A request of somebody who reads a page with forms, and sends them.
protocol PageContext: Sendable {
    var anyone: AnyoneContext { get }

    func reader(_ formToken: FormToken) -> Reader

    func acting(in database: Database) -> ActingDatabase
}

extension ChapterContext: PageContext {
    func reader(_ formToken: FormToken) -> Reader {
        Reader(
            name: actor.personName ?? "",
            chapter: .init(slug: chapter.slug, name: chapter.name),
            permissions: actor.rights.permissions,
            isMember: actor.membership != nil,
            formToken: formToken
        )
    }
}

extension OperatorContext: PageContext {
    func reader(_ formToken: FormToken) -> Reader {
        Reader(name: actor.personName ?? "", formToken: formToken)
    }

    func acting(in database: Database) -> ActingDatabase {
        database.acting(as: actor, in: nil)
    }
}

extension PageContext {
    func answer(
        _ request: Request,
        status: HTTPResponse.Status = .ok,
        _ page: (Reader) -> HTML
    ) -> Response {
        Service.answer(request, status: status) { token in
            page(reader(FormToken(token.text, once: Secret().text)))
        }
    }

    /// Keeps what a form says, once however often it is sent, and goes on to another page; where something is wrong
    /// with it the form comes again, filled in, with what to mend.
    ///
    /// What `read` makes of the fields, `write` keeps in one transaction; it returns where to go on.
    func keep<Draft>(
        _ request: Request,
        in database: Database,
        read: (inout Body) async throws -> Draft,
        write: (Draft, ActingTransaction) async throws -> String,
        orElse page: (Filled) async throws -> Response
    ) async throws -> Response {
        let form = try await request.form(anyone)
        do {
            var body = Body(form)
            let draft = try await read(&body)
            let key = IdempotencyKey("form-\(form["once"])", of: form.bytes(at: request.uri.path))
            let answer = try await acting(in: database).once(form["once"].isEmpty ? nil : key) {
                transaction in
                KeptAnswer(status: 303, location: try await write(draft, transaction), body: "")
            }
            return .see(answer.location ?? "/")
        } catch {
            let problem = Problem(error)
            guard [.unprocessableContent, .conflict, .badRequest].contains(problem.status) else {
                throw error
            }
            var response = try await page(Filled(form, problem))
            response.status = problem.status
            return response
        }
    }
}

extension Filled {
    /// What somebody sent, and what is wrong with it.
    init(_ form: FormFields, _ problem: Problem) {
        self.init(problem, values: form.values.filter { !FormFields.own.contains($0.key) })
    }

    init(_ problem: Problem, values: [String: String]) {
        var faults: [String: Phrase] = [:]
        let places =
            problem.faults.map { ($0.pointer, $0.detail) }
            + [(problem.pointer ?? "", problem.reason ?? problem.detail)]
        for (pointer, reason) in places where problem.faults.isEmpty || !pointer.isEmpty {
            let name = pointer.split(separator: "/").joined(separator: ".")
            faults[name == "amount.amount" ? "amount" : name] = reason
        }
        self.init(values, faults: faults)
    }
}

extension FormFields {
    /// The fields in order, as what a form says of itself.
    func bytes(at place: String) -> [UInt8] {
        let fields = values.filter { $0.key != "form_token" }.sorted { $0.key < $1.key }
        return Array("\(place)\n".utf8) + fields.flatMap { Array("\($0.key)=\($0.value)\u{0}".utf8) }
    }
}
