import Exchange
import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Months that are closed: their return is stored as it was.
struct MonthRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.put, "{month}/close", needs: .closeMonths, use: close)
        routes.inChapter(.delete, "{month}/close", needs: .closeMonths, use: reopen)
    }

    /// Every month that was closed, the last first.
    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let months = try await context.acting(in: database).run(.closedMonths)
        return Response(json: months) { $0.write(to: &$1) }
    }

    func close(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let month = try context.month
        return try await context.write(request, [], in: database) { transaction in
            let (number, unsealed) = try await transaction.close(month)
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("number", number)
                writer.key("unsealed")
                writer.array { writer in for day in unsealed { writer.string(day) } }
            }
            return KeptAnswer(status: 200, body: writer.text)
        }
    }

    func reopen(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["reason"])
        guard
            let reason = try parameters.value("reason", String.self, "why").flatMap({
                Body.line($0, atMost: Body.longestLine)
            })
        else {
            throw Problem.parameter("reason", "say in ?reason= in one line why the month is opened again")
        }
        let month = try context.month
        let place = Array("reason=\(reason)".utf8)
        return try await context.write(request, place, in: database) { transaction in
            try await transaction.reopen(month, because: reason)
            return KeptAnswer(status: 204, body: "")
        }
    }
}

extension ChapterContext {
    /// The month in the address.
    var month: Month {
        get throws {
            guard let month = parameters.get("month").flatMap({ Month($0) }) else { throw Problem.notFound }
            return month
        }
    }
}
