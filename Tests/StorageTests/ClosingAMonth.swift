import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// October of the worked example, closed; what comes later, by hand.
@Suite(.freshDatabase)
struct `Closing a month` {
    let worked: WorkedMonth
    let shell: ActingDatabase
    let october = LocalDate.day("2026-10-01").month

    init() async throws {
        worked = try await WorkedMonth()
        shell = worked.shell
    }

    @Test func `keeps the return as it was, and tells what came since`() async throws {
        let before = try await report()
        #expect(before.closing == nil)
        #expect(try await close().number == 1)
        let closed = try await report()
        #expect(closed.closing?.closed.number == 1)
        #expect(closed.closing?.restated == nil)
        expectSame(closed, before)

        try await recordLater()
        let restated = try await report()
        expectSame(restated, before)
        // Ben's margin is 40%: profit 500 × 0.4 = 200, and net as much.
        // ROI: 200 / 573.2096… = 0.3489…; ROT: 200 / 9.25 h = 21.6216…
        // Ben's ROI rises by 200 / 459.50 = 0.4352…, half of it the median, a quarter and three quarters the quartiles.
        // A seat: 1 200 / 2 members at the end of the only month − 1 000 / 2 = 100; a twelfth is 8.33.
        let difference = try #require(restated.closing?.restated?.inMonth)
        let figures = difference.totals.figures
        #expect(words(figures.cost, figures.hours, figures.dues) == ["0.00", "0.00", "0.00"])
        #expect(words(figures.received, figures.profit, figures.net) == ["500.00", "200.00", "200.00"])
        #expect(words(figures.given, figures.roi, figures.rot) == ["200.00", "0.3489", "21.6216"])
        #expect(difference.totals.medianROI?.description == "0.2176")
        #expect(difference.totals.quartilesROI.map { $0?.description } == ["0.1088", "0.3264"])
        #expect(words(difference.totals.seatValue, difference.totals.openSeatMonth) == ["100.00", "8.33"])
        #expect(
            [difference.referralsGiven, difference.referralsReceived, difference.oneToOnes] == [1, 0, 0]
        )
        #expect(difference.totals.members == 0)
        let entries = try #require(restated.closing?.restated?.changes)
        #expect(entries.map(\.entity).sorted() == ["referral", "thanks", "thanks"])
        #expect(Set(entries.map(\.change)) == ["made"])
        #expect(Set(entries.map(\.day.description)) == ["2026-10-15", "2026-10-22"])

        let live = try await report(isLive: true)
        #expect(live.closing == nil)
        #expect(live.inMonth.totals.figures.given.description == "1200.00")
        #expect(live.inMonth.totals.figures.received?.description == "3250.50")
        #expect(try await report(asOf: SampleChapter.now).closing == nil)
    }

    @Test func `shows a member their own row, and no sum that would tell what another earned`() async throws {
        _ = try await close()
        try await recordLater()
        let forAnna = try await report(as: try await acting(worked.anna))
        #expect(forAnna.inMonth.members.map(\.name) == ["Anna Alt"])
        #expect(forAnna.inMonth.members.first?.figures.net?.description == "-113.71")
        #expect(forAnna.inMonth.totals.figures.received == nil)
        let difference = try #require(forAnna.closing?.restated?.inMonth)
        #expect(difference.totals.figures.received == nil && difference.totals.figures.roi == nil)
        #expect(difference.totals.withheld.contains("received"))
        #expect(difference.totals.figures.given.description == "200.00")
        // Ben is president, and only he earned: nobody's figures are hidden from him.
        let forBen = try await report(as: try await acting(worked.ben))
        #expect(forBen.closing?.restated?.inMonth.totals.figures.received?.description == "500.00")
        #expect(try await shell.run(Query<Int>(value: "SELECT count(*) FROM closed_month_line")) == 6)
        for reader in [try await acting(worked.ben), try await acting(worked.anna)] {
            #expect(try await reader.run(Query<Int>(value: "SELECT count(*) FROM closed_month_line")) == 0)
        }
    }

    @Test func `does not tell by a difference what one of many earned`() async throws {
        var members: [Membership] = []
        for name in ["Carl Clay", "Dana Dorn", "Emil Ebel"] {
            members.append(try await shell.add(.sample(name, joinedOn: "2026-10-01")))
        }
        for member in members { try await earn(10_000, member, on: "2026-10-20") }
        _ = try await close()
        let ben = try await acting(worked.ben)
        // Three others earned 100.00 each, and Ben 2 750.50: their sum may be told.
        #expect(try await report(as: ben).inMonth.totals.figures.received?.description == "3050.50")
        try await earn(7_700, members[0], on: "2026-10-21")
        let one = try await report(as: ben)
        #expect(one.inMonth.totals.figures.received?.description == "3050.50")
        #expect(one.closing?.restated?.inMonth.totals.figures.received == nil)
        for member in members[1...] { try await earn(100, member, on: "2026-10-21") }
        let three = try await report(as: ben)
        #expect(three.closing?.restated?.inMonth.totals.figures.received?.description == "79.00")
    }

    @Test func `waits until the month is over, and is done once`() async throws {
        let november = october.advanced(by: 1)
        await expectRefusal(.monthNotOver) { _ = try await close(november) }
        await expectRefusal(.monthWithoutMembers) { _ = try await close(october.advanced(by: -1)) }
        _ = try await close()
        await expectRefusal(.monthClosedAlready) { _ = try await close() }
        #expect(try await shell.run(.closedMonths).map(\.number) == [1])
    }

    @Test func `names the sheets that are not sealed, and does not wait for them`() async throws {
        // The 21st was cancelled; nobody sealed the others.
        #expect(try await close().unsealed == ["2026-10-07", "2026-10-14", "2026-10-28"])
    }

    @Test func `is undone with a reason, and then has a new number`() async throws {
        _ = try await close()
        await expectRefusal(.reopeningWithoutReason) { try await reopen("  ") }
        try await reopen("Two slips were missing")
        #expect(try await report().closing == nil)
        await #expect(throws: Unknown.closedMonth(october)) { try await reopen("Again") }
        try await recordLater()
        #expect(try await close().number == 2)
        let report = try await report()
        #expect(report.closing?.closed.number == 2)
        #expect(report.closing?.restated == nil)
        #expect(report.inMonth.totals.figures.given.description == "1200.00")
        let months = try await shell.run(.closedMonths)
        #expect(months.map(\.number) == [2, 1])
        #expect(months.last?.reopening?.reason == "Two slips were missing")
        let trail = try await shell.run(
            Query<Int>(
                value:
                    "SELECT count(*) FROM audit_event WHERE entity = 'closed_month' AND after ? 'reopened_because'"
            )
        )
        #expect(trail == 1)
    }

    @Test func `is for those who lead`() async throws {
        let anna = try await acting(worked.anna)
        for work in [
            { try await anna.transaction { _ = try await $0.close(october) } },
            { try await anna.transaction { try await $0.reopen(october, because: "I may not") } },
            { _ = try await anna.run(.verifiedMonths) },
        ] as [() async throws -> Void] {
            let error = await #expect(throws: PostgresError.self) { try await work() }
            #expect(error?.state == .insufficientPrivilege)
        }
        try await acting(worked.ben).transaction { _ = try await $0.close(october) }
        #expect(try await anna.run(.closedMonths).map(\.closedBy) == ["Ben Berg"])
    }

    @Test func `shows when what was stored is changed`() async throws {
        _ = try await close()
        try await reopen("To close it again")
        _ = try await close()
        func verified() async throws -> [[Bool]] {
            try await shell.run(.verifiedMonths).map { [$0.isAsStored, $0.isChained] }
        }
        #expect(try await verified() == [[true, true], [true, true]])
        let superuser = worked.scratch.superuser
        try await superuser.run(
            Query<Void>(
                "UPDATE app.closed_month_line SET received = received + 1 WHERE number = 1 AND received > 0"
            )
        )
        #expect(try await verified() == [[false, true], [true, true]])
        // Who changes the sum with it breaks the chain.
        try await superuser.run(
            Query<Void>(
                "UPDATE app.closed_month SET sha256 = app.sha256_of_closed_month(chapter_id, number) WHERE number = 1"
            )
        )
        #expect(try await verified() == [[true, true], [true, false]])
        // Who mends the chain is found out by the next sum, which holds the one before.
        try await superuser.run(
            Query<Void>(
                """
                UPDATE app.closed_month AS next SET previous_sha256 = first.sha256
                  FROM app.closed_month AS first
                 WHERE first.chapter_id = next.chapter_id AND first.number = 1 AND next.number = 2
                """
            )
        )
        #expect(try await verified() == [[true, true], [false, true]])
    }

    private func close(_ month: Month? = nil) async throws -> (number: Int, unsealed: [String]) {
        let month = month ?? october
        return try await shell.transaction { try await $0.close(month) }
    }

    private func reopen(_ reason: String) async throws {
        try await shell.transaction { try await $0.reopen(october, because: reason) }
    }

    private func report(
        as reader: ActingDatabase? = nil,
        asOf: Instant? = nil,
        isLive: Bool = false
    ) async throws -> MonthlyROI {
        try await (reader ?? shell).monthlyROI(
            of: worked.chapter,
            month: october,
            asOf: asOf,
            isLive: isLive,
            now: SampleChapter.now
        )
    }

    private func acting(_ member: Membership) async throws -> ActingDatabase {
        let email = try #require(member.email)
        let bearer: Bearer? = try await shell.run(.actingAs(email, slug: worked.chapter.slug))
        return worked.scratch.database.acting(
            as: Actor(try #require(bearer), door: .api),
            in: worked.chapter.id
        )
    }

    /// Ben earns 500.00, is thanked for 200.00, and passes a referral.
    private func recordLater() async throws {
        let stranger = Party.outsider(name: "Otto Orr", home: "Elsewhere")
        try await earn(50_000, worked.ben, on: "2026-10-15")
        let (ben, currency) = (Party.member(worked.ben.id), worked.chapter.currency)
        try await shell.transaction { ledger in
            _ = try await ledger.record(
                ThanksDraft(
                    earner: stranger,
                    thanked: ben,
                    amount: Money(minorUnits: 20_000, currency: currency),
                    closedOn: .day("2026-10-22")
                )
            )
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: ben,
                    receiver: stranger,
                    tier: 1,
                    need: "a roof",
                    warmth: 3,
                    passedOn: .day("2026-10-15")
                )
            )
        }
    }

    private func earn(_ units: Int64, _ member: Membership, on day: String) async throws {
        let currency = worked.chapter.currency
        try await shell.transaction { ledger in
            _ = try await ledger.record(
                ThanksDraft(
                    earner: .member(member.id),
                    thanked: .visitor(name: "Vera Vale"),
                    amount: Money(minorUnits: units, currency: currency),
                    closedOn: .day(day)
                )
            )
        }
    }

    private func words(_ figures: Figure?...) -> [String?] {
        figures.map { $0?.description }
    }

    private func expectSame(_ one: MonthlyROI, _ other: MonthlyROI) {
        // What the formats are made of.
        let (tables, others) = (one.report.tables.prefix(4), other.report.tables.prefix(4))
        for (table, other) in zip(tables, others) {
            #expect(table.rows.map(\.cells) == other.rows.map(\.cells))
            #expect(table.total?.cells == other.total?.cells)
        }
    }
}
