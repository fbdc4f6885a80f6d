import HTTPTypes
import Printing
import ReferralGroup

extension RegionRoutes {
    static let description = Resource(
        "Regions",
        "Chapters compared, for whoever directs their region; nothing is of one person. What would tell of fewer than 3 people or chapters is null.",
        at: "regions/{region}/reports",
        more: described.flatMap(\.schemas),
        described.flatMap(\.operations) + [months]
    )

    private static let described = ReportShape.ofRegions.map { shape in
        let (schemas, operations) = ReportRoutes.describe(shape, [.monthInUTC, .from, .to, .asOf])
        return (schemas: schemas, operations: operations)
    }

    private static let months = Operation.get(
        "region/months.csv",
        "readMonthsOfRegionAsCSV",
        "A row for each chapter and month, sent chapter by chapter",
        [.monthInUTC, .from, .to, .asOf],
        answers: Operation.Answer(
            status: .ok,
            description: "Every chapter and month.",
            contents: [(type: ReportFormat.csv.mediaType, schema: .text)]
        )
    ).mayFail(.unprocessableContent)
}

extension Parameter {
    fileprivate static let monthInUTC = query(
        "month",
        .month,
        "The last month; that before today's without it."
    )
}
