import HTTPTypes
import Hummingbird
import Pages
import Printing
import ReferralGroup
import Storage

/// The reports of a chapter in every format, and the records behind their figures.
struct ReportRoutes {
    let database: Database
    let printer: Printer

    /// A report, and which of its tables a format shows that has room for one.
    struct Asked {
        let report: any PrintableReport
        var table: String?
    }

    func add(to routes: inout Routes) {
        add(.monthlyROI, to: &routes, roi)
        add(.attendance, to: &routes, attendance)
        for shape in ReportShape.all {
            add(shape, to: &routes) { try await read(shape, $0, context: $1) }
            guard let table = shape.entries else { continue }
            add(shape, "/entries", to: &routes) { try await entries(table, of: shape, $0, context: $1) }
        }
    }

    /// One route that gives what the reader accepts, and one for each format.
    private func add(
        _ shape: ReportShape,
        _ part: String = "",
        to routes: inout Routes,
        _ read: @escaping @Sendable (Request, ChapterContext) async throws -> Asked
    ) {
        let path = shape.name + part
        routes.inChapter(.get, path, needs: shape.permission) { request, context in
            let format = try ReportFormat(acceptedBy: request)
            return try await Response(read(request, context), as: format, to: request, by: printer)
        }
        for format in ReportFormat.allCases {
            routes.inChapter(.get, "\(path).\(format.rawValue)", needs: shape.permission) {
                try await Response(read($0, $1), as: format, to: $0, by: printer)
            }
        }
    }

    func read(_ shape: ReportShape, _ request: Request, context: ChapterContext) async throws -> Asked {
        let parameters = try QueryParameters(
            request,
            known: Set(["month", "from", "to", "as_of", "table"] + shape.options.map(\.name))
        )
        let acting = context.acting(in: database)
        let asOf = try parameters.asOf()
        let period = try await parameters.period(of: shape.months, in: context.chapter, acting)
        let table = try parameters.table(of: shape)
        let report = try await acting.report(
            shape,
            of: context.chapter,
            in: period,
            asOf: asOf,
            choosing: parameters.choices(of: shape)
        )
        return Asked(report: report, table: table)
    }

    func entries(
        _ table: TableShape,
        of shape: ReportShape,
        _ request: Request,
        context: ChapterContext
    ) async throws -> Asked {
        let parameters = try QueryParameters(
            request,
            known: ["month", "from", "to", "as_of", "member", "figure"]
        )
        let acting = context.acting(in: database)
        let asOf = try parameters.asOf()
        let period = try await parameters.period(of: shape.months, in: context.chapter, acting)
        let report = try await acting.entries(
            table,
            of: shape,
            behind: parameters.figure(of: shape),
            of: parameters.value("member", Membership.ID.self, "a member's id"),
            in: context.chapter,
            during: period,
            asOf: asOf
        )
        return Asked(report: report)
    }

    func roi(_ request: Request, context: ChapterContext) async throws -> Asked {
        Asked(report: try await MonthlyReturnAsked(request, context, database).report)
    }

    func attendance(_ request: Request, context: ChapterContext) async throws -> Asked {
        let parameters = try QueryParameters(request, known: ["month", "from", "to", "as_of"])
        let acting = context.acting(in: database)
        let asOf = try parameters.asOf()
        let period = try await parameters.period(of: 1, in: context.chapter, acting)
        let report = try await acting.attendance(
            of: context.chapter,
            from: period.from,
            to: period.to,
            asOf: asOf
        )
        return Asked(report: report)
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
}
