import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Entries that were wrong: taken out of the ledger with a reason, and kept.
struct CorrectionRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .correctSlips, use: correct)
    }

    /// All of the chapter's to who may see its reports, to others what named them.
    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["from", "to"])
        let from = try parameters.value("from", LocalDate.self, "a date such as 2026-10-01")
        let to = try parameters.value("to", LocalDate.self, "a date such as 2026-10-31")
        let corrections = try await context.acting(in: database).run(
            .corrections(of: context.chapter.id, from: from ?? .earliest, to: to ?? .latest)
        )
        return Response(json: corrections) { correction, writer in
            writer.member("id", correction.id.description)
            writer.member("slip", correction.kind.rawValue)
            writer.member("corrects", correction.slip.description)
            writer.member("replacement", correction.replacement?.description)
            writer.member("date", correction.day.description)
            writer.member("was", correction.was)
            writer.member("reason", correction.reason)
            writer.member("corrected_by", correction.by)
            writer.member("corrected_at", correction.at.description)
        }
    }

    /// Takes an entry out, and puts another in its place where the body has one.
    func correct(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let kind = try body.required(body.word("slip", EntryKind.self), "slip")
        let wrong = try body.required(body.value("corrects", SlipID.self, "the id of an entry"), "corrects")
        let reason = try body.required(body.line("reason"), "reason")
        var replacement: Slip?
        if var object = try body.object("replacement") {
            guard try object.required(object.word("slip", EntryKind.self), "slip") == kind else {
                throw object.unfit(
                    "slip",
                    "give another \(kind.rawValue), or take this back and record the other"
                )
            }
            replacement = try await Slip(kind, in: object, of: context, context.acting(in: database))
        }
        let left = body
        try left.end()
        let slip = replacement
        return try await context.write(request, body.bytes, in: database) { transaction in
            let entered = try await slip?.enter(in: transaction)
            do {
                let id = try await transaction.correct(kind, wrong, with: entered, because: reason)
                return .corrected(id, with: entered)
            } catch Unknown.slip {
                throw left.unfit("corrects", "there is no \(kind.rawValue) of this id")
            }
        }
    }
}

extension KeptAnswer {
    fileprivate static func corrected(_ id: SlipID, with replacement: SlipID?) -> KeptAnswer {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", id.description)
            writer.member("replacement", replacement?.description)
        }
        return KeptAnswer(status: 201, body: writer.text)
    }
}
