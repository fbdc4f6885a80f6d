import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What counts in a month that is closed, and what does not.
@Suite(.freshDatabase)
struct `A closed month` {
    let worked: WorkedMonth
    let shell: ActingDatabase
    let october = LocalDate.day("2026-10-01").month

    init() async throws {
        worked = try await WorkedMonth()
        shell = worked.shell
        let october = october
        _ = try await shell.transaction { try await $0.close(october) }
    }

    @Test func `is not touched by what counts in no month, or in a later one`() async throws {
        try await sheet("2026-10-07", seals: true)
        _ = try await shell.schedule(from: .day("2026-11-04"), to: .day("2026-11-04"), in: worked.chapter)
        try await shell.set([("company", "Berg & Co")], of: worked.ben, in: worked.chapter, from: nil)
        _ = try await shell.run(
            .end(worked.anna.id, on: .day("2026-10-31"), reason: "moved", in: worked.chapter.id)
        )
        try await shell.setPolicy([("meeting-fee", "99.00")], of: worked.chapter, from: .day("2026-11-02"))
        try await shell.set([("margin", "10%")], of: worked.ben, in: worked.chapter, from: .day("2026-11-01"))
        try await learn(on: "2026-11-01")
        #expect(try await changes() == [])
        #expect(try await report().closing?.restated == nil)
    }

    @Test func `knows a sheet that was opened again and changed`() async throws {
        try await sheet("2026-10-14", seals: true)
        try await shell.reopen(try await shell.meeting(on: .day("2026-10-14")), because: "He came")
        _ = try await shell.mark(
            [MarkDraft(member: worked.ben.id, mark: .present)],
            on: try await shell.meeting(on: .day("2026-10-14"))
        )
        // S to P: the fee is due for both; 90 minutes more at 40.00 an hour.
        #expect(try await changes() == ["meeting 2026-10-14 changed"])
        let figures = try await report().closing?.restated?.inMonth.totals.figures
        #expect(figures?.hours.description == "1.50")
        #expect(figures?.time.description == "60.00")
        #expect(figures?.fees.description == "0.00")
        // Net 60.00 less of 573.21: the ROI falls by more, for the cost is 633.21 now: 466.99 / 633.21 − 0.9194.
        #expect(figures?.roi?.description == "-0.1819")
    }

    @Test func `knows rules, members and rates that count in it`() async throws {
        try await shell.setPolicy([("meeting-fee", "20.00")], of: worked.chapter, from: .day("2026-10-20"))
        // It is the first version, which holds before itself: Ben's three meetings and Anna's one, at 5.00 more.
        #expect(try await report().closing?.restated?.inMonth.totals.figures.fees.description == "20.00")
        _ = try await shell.run(
            .end(worked.anna.id, on: .day("2026-10-30"), reason: "moved", in: worked.chapter.id)
        )
        // One day less: 75.00 / 31 = 2.419…
        #expect(try await report().closing?.restated?.inMonth.totals.figures.dues.description == "-2.42")
        try await shell.run(
            Query<Void>(
                "INSERT INTO exchange_rate (currency, into_currency, valid_from, rate) VALUES ('USD', 'EUR', '2026-10-01', 0.9)"
            )
        )
        #expect(
            try await changes() == [
                "membership \(worked.anna.id) changed", "policy 2026-10-20 made", "rate USD/EUR made",
            ]
        )
    }

    @Test func `waits for whoever is in the middle of a slip`() async throws {
        let (shell, october) = (shell, october)
        try await shell.transaction { try await $0.reopen(october, because: "Once more") }
        let draft = EducationDraft(member: worked.ben.id, units: Figure(2), doneOn: .day("2026-10-12"))
        var closing: Task<Int, any Error>?
        try await shell.transaction { ledger in
            _ = try await ledger.record(draft)
            closing = Task { try await shell.transaction { try await $0.close(october).number } }
            #expect(try await worked.scratch.untilSomebodyWaits())
        }
        #expect(try await closing?.value == 2)
        // Ben's 7.75 hours, two more, and Anna's one and a half.
        let report = try await report()
        #expect(report.inMonth.totals.figures.hours.description == "11.25")
        #expect(report.closing?.restated == nil)
    }

    private func sheet(_ day: String, seals: Bool) async throws {
        let meeting = try await shell.meeting(on: .day(day))
        if seals { try await shell.seal(meeting) }
    }

    private func learn(on day: String) async throws {
        let draft = EducationDraft(member: worked.ben.id, units: Figure(1), doneOn: .day(day))
        try await shell.transaction { _ = try await $0.record(draft) }
    }

    private func changes() async throws -> [String] {
        let report = try await report()
        return (report.closing?.restated?.changes ?? []).map { "\($0.entity) \($0.id) \($0.change)" }.sorted()
    }

    private func report() async throws -> MonthlyROI {
        try await shell.monthlyROI(
            of: worked.chapter,
            month: october,
            asOf: nil,
            isLive: false,
            now: SampleChapter.now
        )
    }
}
