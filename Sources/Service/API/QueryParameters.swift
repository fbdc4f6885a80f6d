import Hummingbird
import HummingbirdCore
import Pages
import ReferralGroup
import Storage

/// The query of an address; a name that is not known is refused, for it is a typing error.
struct QueryParameters {
    private let query: [(name: String, value: String)]

    /// Those in `repeatable` may be given several times.
    init(_ request: Request, known: Set<String>, repeatable: Set<String> = []) throws {
        let known = known.union(repeatable)
        // As forms and most clients write it, a plus is a blank.
        let text = (request.uri.query ?? "").replacing("+", with: "%20")
        query = URI("/?\(text)").queryParameters.map { parameter in
            let (name, value) = (String(parameter.key), String(parameter.value))
            // Of +01:00 it is a plus all the same, escaped or not: an instant has no blank.
            return (name, name == "as_of" ? value.replacing(" ", with: "+") : value)
        }
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
        _ wanted: Phrase
    ) throws -> Value? {
        guard let text = query.first(where: { $0.name == name })?.value else { return nil }
        guard let value = Value(text) else {
            throw Problem.parameter(name, "“\(text.echo)” is not right; give \(wanted)")
        }
        return value
    }

    func month(else fallback: () async throws -> Month) async throws -> Month {
        if let month = try value("month", Month.self, "a month such as 2026-10") { return month }
        return try await fallback()
    }

    /// A month beside other days would say two things of which only one could hold.
    private func refuseMonth() throws {
        guard try value("month", Month.self, "a month such as 2026-10") == nil else {
            throw Problem.unfit("month", "give month, or from and to, not both")
        }
    }

    /// From the month `from` to the month `to`, or `month` alone; without any, the last one.
    func months(in chapter: Chapter, _ acting: ActingDatabase) async throws -> (first: Month, last: Month) {
        let first = try value("from", Month.self, "a month such as 2026-08")
        let last = try value("to", Month.self, "a month such as 2026-10")
        guard (first == nil) == (last == nil) else {
            throw Problem.unfit(first == nil ? "from" : "to", "give both from and to, or month")
        }
        guard let first, let last else {
            let month = try await month(else: { try await acting.lastMonth(in: chapter) })
            return (month, month)
        }
        try refuseMonth()
        guard first <= last else { throw Problem.unfit("to", "\(last) is before \(first)") }
        return (first, last)
    }

    func table(of shape: ReportShape) throws -> String? {
        let table = try value("table", String.self, "the name of a table")
        if let table, !shape.tables.contains(where: { $0.key == table }) {
            let known = shape.tables.map(\.key).joined(separator: ", ")
            throw Problem.parameter("table", "there is no such table; there are \(known)")
        }
        return table
    }

    func figure(of shape: ReportShape) throws -> String? {
        let figure = try value("figure", String.self, "the name of a column")
        if let figure, !shape.figures.contains(figure) {
            let known = shape.figures.joined(separator: ", ")
            throw Problem.parameter("figure", "there is no such column; there are \(known)")
        }
        return figure
    }

    func choices(of shape: ReportShape) throws -> [String] {
        try shape.options.map { option in
            try value(option.name, String.self, Phrase(of: option.meaning)) ?? option.fallback
        }
    }

    func asOf() throws -> Instant {
        try value("as_of", Instant.self, "an instant such as 2026-11-01T08:00:00Z") ?? .now()
    }

    /// From `from` to `to`, or so many months that end with `month`; without any, with the last one.
    func period(of months: Int, in chapter: Chapter, _ acting: ActingDatabase) async throws -> Period {
        let isOfToday = months == 0 && !["month", "from", "to"].contains { !values($0).isEmpty }
        if isOfToday { return Period(try await acting.run(.today(in: chapter.id))) }
        return try await period(of: months, else: { try await acting.lastMonth(in: chapter) })
    }

    func period(of months: Int, else lastMonth: () async throws -> Month) async throws -> Period {
        let from = try value("from", LocalDate.self, "a date such as 2026-10-01")
        let to = try value("to", LocalDate.self, "a date such as 2026-10-31")
        guard (from == nil) == (to == nil) else {
            throw Problem.unfit(from == nil ? "from" : "to", "give both from and to, or month")
        }
        if let from, let to {
            try refuseMonth()
            guard let period = Period(from: from, to: to) else {
                throw Problem.unfit("to", "\(to) is before \(from)")
            }
            return period
        }
        return Period(months: months, endingWith: try await month(else: lastMonth))
    }
}

extension ActingDatabase {
    func lastMonth(in chapter: Chapter) async throws -> Month {
        try await run(.today(in: chapter.id)).month.advanced(by: -1)
    }
}
