import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Printing
import ReferralGroup
import Storage

/// The reports of a region in every format, and its months as they come.
struct RegionRoutes {
    let database: Database
    let printer: Printer

    func add(to routes: inout Routes) {
        for shape in ReportShape.ofRegions {
            routes.inRegion(.get, shape.name) { request, context in
                let format = try ReportFormat(acceptedBy: request)
                return try await answer(shape, as: format, request, context: context)
            }
            for format in ReportFormat.allCases {
                routes.inRegion(.get, "\(shape.name).\(format.rawValue)") {
                    try await answer(shape, as: format, $0, context: $1)
                }
            }
        }
        routes.inRegion(.get, "region/months.csv", use: months)
    }

    private func answer(
        _ shape: ReportShape,
        as format: ReportFormat,
        _ request: Request,
        context: DirectorContext
    ) async throws -> Response {
        let acting = database.acting(as: context.actor, in: nil)
        let asked = try await acting.report(shape, of: context.region, as: request)
        return try await Response(asked, as: format, to: request, by: printer)
    }

    /// Every chapter and month, sent no faster than it is taken.
    func months(_ request: Request, context: DirectorContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["month", "from", "to", "as_of"])
        let acting = database.acting(as: context.actor, in: nil)
        let period = try await parameters.period(of: 12, else: acting.lastMonthInUTC)
        let months = try await acting.months(of: context.region, in: period, asOf: parameters.asOf())
        let name = "\(context.region.slug)-region-months-\(period.from)-to-\(period.to).csv"
        return Response(
            status: .ok,
            headers: [
                .contentType: ReportFormat.csv.contentType,
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: ResponseBody { writer in
                var csv = CSVWriter(ReportShape.monthsOfRegion)
                for try await rows in months {
                    for row in rows { csv.append(row, of: ReportShape.monthsOfRegion) }
                    try await writer.write(ByteBuffer(bytes: csv.take()))
                }
                try await writer.write(ByteBuffer(bytes: csv.take()))
                try await writer.finish(nil)
            }
        )
    }
}

extension ActingDatabase {
    /// A report of a region, as the parameters of an address ask for it.
    func report(
        _ shape: ReportShape,
        of region: Region,
        as request: Request
    ) async throws -> ReportRoutes.Asked {
        let parameters = try QueryParameters(
            request,
            known: Set(["month", "from", "to", "as_of", "table"] + shape.options.map(\.name))
        )
        let table = try parameters.table(of: shape)
        let report = try await report(
            shape,
            of: region,
            in: parameters.period(of: shape.months, else: lastMonthInUTC),
            asOf: parameters.asOf(),
            choosing: parameters.choices(of: shape)
        )
        return ReportRoutes.Asked(report: report, table: table)
    }

    func lastMonthInUTC() async throws -> Month {
        try await run(.todayInUTC).month.advanced(by: -1)
    }
}
