import Hummingbird
import Pages
import ReferralGroup
import Storage

/// The way to every report.
struct ReportHub {
    func add(to routes: inout Routes) {
        routes.inChapter(.get, "reports", needs: .seeChapterTotals, use: reports)
    }

    func reports(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["month", "from", "to"])
        let shapes = ReportShape.all.filter { context.actor.may($0.permission) }
        do {
            let days = try parameters.reportDays()
            return context.answer(request) { reportHub(shapes, days, for: $0) }
        } catch let problem as Problem {
            let sent = ["month", "from", "to"].map { ($0, parameters.values($0).first ?? "") }
            let filled = Filled(problem, values: Dictionary(sent) { one, _ in one })
            return context.answer(request, status: problem.status) {
                reportHub(shapes, ReportDays(), filled, for: $0)
            }
        }
    }
}

extension QueryParameters {
    /// A month, or a first and a last day; what a form left empty is not said.
    fileprivate func reportDays() throws -> ReportDays {
        let month = try filled("month", Month.self, "give a month such as 2026-10")
        let from = try filled("from", LocalDate.self, "give a date such as 2026-10-01")
        let to = try filled("to", LocalDate.self, "give a date such as 2026-10-31")
        guard month == nil || from == nil && to == nil else {
            throw Problem.unfit("month", "give a month, or the first and the last day, not both")
        }
        guard (from == nil) == (to == nil) else {
            throw Problem.unfit(from == nil ? "from" : "to", "give both days")
        }
        if let from, let to, to < from { throw Problem.unfit("to", "\(to) is before \(from)") }
        return ReportDays(month: month, from: from, to: to)
    }

    private func filled<Value: LosslessStringConvertible>(
        _ name: String,
        _ type: Value.Type,
        _ wanted: Phrase
    ) throws -> Value? {
        guard let text = values(name).first, !text.isEmpty else { return nil }
        guard let value = Value(text) else { throw Problem.field(name, wanted) }
        return value
    }
}
