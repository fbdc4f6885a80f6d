import ArgumentParser
import ReferralGroup
import Storage

struct PeriodOptions: ParsableArguments {
    @Option(help: "The first day; a year ago without it.") var from: LocalDate?
    @Option(help: "The last day; without end without it.") var to: LocalDate?

    /// The days that are meant, once the chapter's today is known.
    func slice(upTo today: LocalDate, limit: Int = 100_000) -> LedgerSlice {
        LedgerSlice(from: from ?? today.advanced(by: -365), to: to ?? .latest, limit: limit)
    }
}

/// A listing of the ledger, as five commands show it.
enum LedgerCommand {
    static func print(
        _ options: ChapterOptions,
        _ period: PeriodOptions,
        _ listing: ListingOptions,
        _ columns: [String],
        needing permission: Permission = .seeChapterReports,
        _ query: @escaping @Sendable (Chapter.ID, LedgerSlice) -> LedgerQuery
    ) async throws {
        let lines = try await options.withChapter(needing: permission) { session in
            let slice = period.slice(upTo: try await session.today())
            return try await session.database.run(query(session.chapter.id, slice))
        }
        var rows = Listing(columns: columns)
        for line in lines {
            rows.add(
                .text(line.id.description),
                .text(line.day.description),
                .text(line.who),
                Listing.Cell(line.other),
                Listing.Cell(line.measure),
                Listing.Cell(line.note)
            )
        }
        try rows.print(as: listing.format)
    }
}
