import Exchange
import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage

/// The reports of a chapter, as JSON and CSV.
struct ReportRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        for suffix in ["", ".json", ".csv"] {
            routes.inChapter(.get, "roi\(suffix)", needs: .seeChapterTotals, use: roi)
            routes.inChapter(.get, "attendance\(suffix)", needs: .seeChapterReports, use: attendance)
        }
    }

    func roi(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["month", "as_of"])
        let acting = database.acting(as: context.actor, in: context.chapter.id)
        let asOf =
            try parameters.value("as_of", Instant.self, "an instant such as 2026-11-01T08:00:00Z") ?? .now()
        let month = try await parameters.month(else: { try await acting.lastMonth(in: context.chapter) })
        let report = try await acting.run(.monthlyROI(of: context.chapter, month: month, asOf: asOf))
        return Response(to: request, asOf: asOf, json: report.json, csv: report.csv)
    }

    func attendance(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["month", "from", "to", "as_of"])
        let acting = database.acting(as: context.actor, in: context.chapter.id)
        let asOf =
            try parameters.value("as_of", Instant.self, "an instant such as 2026-11-01T08:00:00Z") ?? .now()
        let from = try parameters.value("from", LocalDate.self, "a date such as 2026-10-01")
        let to = try parameters.value("to", LocalDate.self, "a date such as 2026-10-31")
        guard (from == nil) == (to == nil) else {
            throw Problem.unfit(from == nil ? "from" : "to", "give both from and to, or month")
        }
        let days: (LocalDate, LocalDate)
        if let from, let to {
            guard from <= to else { throw Problem.unfit("to", "\(to) is before \(from)") }
            days = (from, to)
        } else {
            let month = try await parameters.month(else: { try await acting.lastMonth(in: context.chapter) })
            days = (month.firstDay, month.lastDay)
        }
        let report = try await acting.attendance(of: context.chapter, from: days.0, to: days.1, asOf: asOf)
        return Response(to: request, asOf: asOf, json: report.json, csv: report.csv)
    }
}

/// The query of an address; a name that is not known is refused, for it is a typing error.
struct QueryParameters {
    private let query: [(name: String, value: String)]

    /// Those in `repeatable` may be given several times.
    init(_ request: Request, known: Set<String>, repeatable: Set<String> = []) throws {
        let known = known.union(repeatable)
        query = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
        for (name, _) in query {
            guard known.contains(name) else {
                throw Problem.parameter(
                    name,
                    known.isEmpty
                        ? "there are no parameters here"
                        : "there is no such parameter; there are \(known.sorted().joined(separator: ", "))"
                )
            }
            guard repeatable.contains(name) || query.filter({ $0.name == name }).count == 1 else {
                throw Problem.parameter(name, "it is given more than once")
            }
        }
    }

    func values(_ name: String) -> [String] {
        query.filter { $0.name == name }.map(\.value)
    }

    func value<Value: LosslessStringConvertible>(
        _ name: String,
        _ type: Value.Type,
        _ wanted: String
    ) throws -> Value? {
        guard let text = query.first(where: { $0.name == name })?.value else { return nil }
        guard let value = Value(text) else {
            throw Problem.parameter(name, "“\(text)” is not right; give \(wanted)")
        }
        return value
    }

    func month(else fallback: () async throws -> Month) async throws -> Month {
        if let month = try value("month", Month.self, "a month such as 2026-10") { return month }
        return try await fallback()
    }
}

extension ActingDatabase {
    func lastMonth(in chapter: Chapter) async throws -> Month {
        try await run(.today(in: chapter.id)).month.advanced(by: -1)
    }
}

extension Request {
    /// By the suffix of the address, else by what the reader accepts.
    var wantsCSV: Bool {
        if uri.path.utf8.reversed().starts(with: ".csv".utf8.reversed()) { return true }
        return !uri.path.utf8.reversed().starts(with: ".json".utf8.reversed())
            && (headers[.accept] ?? "").utf8.starts(with: "text/csv".utf8)
    }
}

extension Response {
    init(json bytes: [UInt8]) {
        self.init(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// A report as CSV or JSON, as it was asked for.
    fileprivate init(
        to request: Request,
        asOf: Instant,
        json: @autoclosure () -> [UInt8],
        csv: @autoclosure () -> String
    ) {
        if request.wantsCSV {
            let type = "text/csv; charset=utf-8; header=present"
            self.init(report: Array(csv().utf8), type: type, to: request, asOf: asOf)
        } else {
            self.init(report: json(), type: "application/json; charset=utf-8", to: request, asOf: asOf)
        }
        headers[.vary] = "Accept"
    }
}
