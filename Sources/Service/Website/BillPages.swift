import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Everybody's invoices for a period: looked at first, then written.
struct BillPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "dues/bill", needs: .keepDues, use: show)
        routes.inChapter(.post, "dues/bill", needs: .keepDues, use: bill)
    }

    /// What everybody is to be billed, once it is said for which days.
    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["for", "from", "to"])
        let sent = ["for", "from", "to"].map { ($0, parameters.values($0).first ?? "") }
        return try await billPage(request, context, Dictionary(sent) { one, _ in one })
    }

    func bill(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.bill()
        } write: { draft, transaction in
            _ = try await beside(Self.fields) {
                try await transaction.bill(draft, in: context.chapter)
            }
            return "\(context.folder)/dues"
        } orElse: { filled in
            try await billPage(
                request,
                context,
                ["for": filled["for"], "from": filled["from"], "to": filled["to"]],
                filled
            )
        }
    }

    private static let fields: [Refusal: String] = [
        .billingDaysImplausible: "to", .billingUnsealedMeetings: "to", .invoiceDueBeforeIssued: "due",
    ]

    /// Refused words stay as they were written, beside what to mend.
    private func billPage(
        _ request: Request,
        _ context: ChapterContext,
        _ asked: [String: String],
        _ refused: Filled? = nil
    ) async throws -> Response {
        guard asked.values.contains(where: { !$0.isEmpty }) else {
            return context.answer(request) { newBillPage(.blank, preview: nil, for: $0) }
        }
        do {
            var body = Body(FormFields(asked))
            let draft = try body.bill()
            let lines = try await beside(Self.fields) {
                try await context.acting(in: database).run(
                    .toBeBilled(draft.what, from: draft.from, to: draft.to, in: context.chapter)
                )
            }
            let preview = BillPreview(draft: draft, lines: lines, currency: context.chapter.currency)
            return context.answer(request) {
                newBillPage(refused ?? Filled(asked), preview: preview, for: $0)
            }
        } catch {
            let problem = Problem(error)
            guard [.unprocessableContent, .conflict, .badRequest].contains(problem.status) else {
                throw error
            }
            let filled = refused ?? Filled(problem, values: asked)
            return context.answer(request, status: problem.status) {
                newBillPage(filled, preview: nil, for: $0)
            }
        }
    }
}
