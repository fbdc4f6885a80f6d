import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Months that are harder than the worked one, each computed by hand from the domain page (§6, Exactly, 1 to 9).
@Suite(.freshDatabase)
struct `Worked examples of the monthly return` {
    let scratch: ScratchDatabase

    init() async throws {
        scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
    }

    /// October 2026, 900.00 for 12 months, 15.00 for every meeting, an hour is worth 40.00.
    ///
    ///     Wednesdays 7 P, 14 P, 21 not opened, 28 A; on leave from the 10th to the 25th
    ///     dues  75.00                     through the leave
    ///     fees  15.00 × (7, 28) = 30.00   nothing is held for a member on leave
    ///     hours (90 + 90) / 60 = 3.00     the 14th took its time all the same; 28 was an absence
    ///     cost  75 + 30 + 3 × 40 = 225.00, and nothing came of it: ROI −1
    @Test func `a leave in mid-month`() async throws {
        let chapter = try await found("elm", ["meeting-fee-due-for": "every"])
        let anna = try await chapter.shell.add(.sample("Anna Alt"))
        try await chapter.shell.run(
            .leave(
                of: anna.id,
                from: .day("2026-10-10"),
                to: .day("2026-10-25"),
                isMedical: false,
                in: chapter.of.id
            )
        )
        try await chapter.mark(anna, [("07", .present), ("14", .present), ("28", .absent)])
        let line = try await chapter.line("Anna Alt")
        #expect(line.cells == ["75.00", "30.00", "3.00", "120.00", "225.00", "0.00", "-225.00", "-1.0000"])
        #expect(line.meetingsHeld == 2)
    }

    /// From the 16th on 1 200.00 instead of 900.00, 20.00 a meeting instead of 15.00, 50.00 an hour instead of 40.00.
    ///
    ///     dues  75 × 15/31 + 100 × 16/31 = 36.290… + 51.612… = 87.903…
    ///     fees  15.00 (7th) + 20.00 (28th) = 35.00
    ///     time  1.5 × 40 + 1.5 × 50 = 135.00
    ///     cost  257.903…; received 300.00 on the 20th at a margin of 50 % from that day on, 100 % before
    ///     profit 100.00 (5th) + 300.00 × 50 % = 250.00; net −7.903…; ROI −7.903…/257.903… = −0.03064…
    @Test func `a policy and a margin that change in mid-month`() async throws {
        let chapter = try await found("elm")
        try await chapter.shell.setPolicy(
            [("membership-fee", "1200.00"), ("meeting-fee", "20.00"), ("value-of-hour", "50.00")],
            of: chapter.of,
            from: .day("2026-10-16")
        )
        let anna = try await chapter.shell.add(.sample("Anna Alt"))
        try await chapter.shell.set(
            [("margin", "50%")],
            of: anna,
            in: chapter.of,
            from: .day("2026-10-20")
        )
        try await chapter.mark(anna, [("07", .present), ("28", .late)])
        try await chapter.thank(earner: .member(anna.id), stranger, "100.00", on: "2026-10-05")
        try await chapter.thank(earner: .member(anna.id), stranger, "300.00", on: "2026-10-20")
        let line = try await chapter.line("Anna Alt")
        #expect(
            line.cells == ["87.90", "35.00", "3.00", "135.00", "257.90", "400.00", "-7.90", "-0.0306"]
        )
        #expect(line.figures.profit?.description == "250.00")
    }

    /// Until the 14th in Elm at 900.00, from the 15th on in Fir at 600.00; a row in each.
    ///
    ///     Elm  75 × 14/31 = 33.870…    Fir  50 × 17/31 = 27.419…
    ///     thanked for 80.00 on the 10th and 90.00 on the 20th: each in the chapter of its day
    @Test func `a transfer between chapters`() async throws {
        let elm = try await found("elm")
        let fir = try await found("fir", ["membership-fee": "600.00"])
        let anna = try await elm.shell.add(.sample("Anna Alt"))
        let there = try await elm.shell.transfer(anna, to: fir.of, on: .day("2026-10-14"), seat: nil)
        try await elm.thank(earner: stranger, .member(anna.id), "80.00", on: "2026-10-10")
        try await fir.thank(earner: stranger, .member(there.id), "90.00", on: "2026-10-20")
        let (left, joined) = try await (elm.line("Anna Alt"), fir.line("Anna Alt"))
        #expect(left.figures.dues.description == "33.87" && left.figures.given.description == "80.00")
        #expect(joined.figures.dues.description == "27.42" && joined.figures.given.description == "90.00")
        #expect(joined.payback == nil)
    }

    /// Ben left on 30 September; Anna thanks him in October: in nobody's row, and in the totals apart.
    @Test func `a former member who is thanked`() async throws {
        let elm = try await found("elm", ["membership-fee": "0"])
        let anna = try await elm.shell.add(.sample("Anna Alt"))
        let ben = try await elm.shell.add(.sample("Ben Berg"))
        _ = try await elm.shell.run(.end(ben.id, on: .day("2026-09-30"), reason: nil, in: elm.of.id))
        try await elm.thank(earner: .member(anna.id), .member(ben.id), "500.00", on: "2026-10-05")
        let report = try await elm.report()
        #expect(report.inMonth.members.map(\.name) == ["Anna Alt"])
        #expect(report.inMonth.totals.figures.given.description == "0.00")
        #expect(report.inMonth.totals.givenFormer.description == "500.00")
        #expect(report.inMonth.totals.figures.received?.description == "500.00")
        #expect(report.inMonth.totals.receivedOutside?.description == "500.00")
    }

    /// Since the 16th in a chapter that counts in yen: 12 000 for 12 months, 1 500 an hour, a margin of 33.3 %.
    ///
    ///     dues 1000 × 16/31 = 516.129…    time 1.5 × 1500 = 2250    cost 2766.129…
    ///     profit 10 000 × 33.3 % = 3330    net 563.870…    ROI 0.20384…    ROT 3330 / 1.5 = 2220
    @Test func `a currency without decimals`() async throws {
        let elm = try await found(
            "elm",
            ["membership-fee": "12000", "meeting-fee": "0", "value-of-hour": "1500"],
            currency: "JPY"
        )
        let anna = try await elm.shell.add(.sample("Anna Alt", joinedOn: "2026-10-16"))
        try await elm.shell.set([("margin", "33.3%")], of: anna, in: elm.of, from: .day("2026-10-16"))
        try await elm.mark(anna, [("28", .present)])
        try await elm.thank(earner: .member(anna.id), stranger, "10000", on: "2026-10-20")
        let line = try await elm.line("Anna Alt")
        #expect(line.cells == ["516", "0", "1.50", "2250", "2766", "10000", "564", "0.2038"])
        #expect(line.figures.rot?.description == "2220.0000")
    }

    /// In dinars of a thousand fils: 100.000 for 12 months is 8.3333…; thanked for 0.001.
    ///
    ///     dues 8.333…    fees 1.250    cost 9.583…    received 10.000    net 0.416…    ROI 0.04347…
    @Test func `a currency with three decimals`() async throws {
        let elm = try await found(
            "elm",
            ["membership-fee": "100.000", "meeting-fee": "1.250", "value-of-hour": "0"],
            currency: "KWD"
        )
        let anna = try await elm.shell.add(.sample("Anna Alt"))
        try await elm.mark(anna, [("28", .present)])
        try await elm.thank(earner: .member(anna.id), stranger, "10.000", on: "2026-10-20")
        try await elm.thank(earner: stranger, .member(anna.id), "0.001", on: "2026-10-20")
        let line = try await elm.line("Anna Alt")
        #expect(line.cells == ["8.333", "1.250", "1.50", "0.000", "9.583", "10.000", "0.417", "0.0435"])
        #expect(line.figures.given.description == "0.001")
    }

    /// A member of a single day, the 29th of a February with 29: 75 × 1/29 = 2.586…, and of one with 28 there is none.
    @Test func `a leap day`() async throws {
        let elm = try await found("elm")
        _ = try await elm.shell.add(.sample("Anna Alt", joinedOn: "2028-02-29"))
        let line = try await elm.line("Anna Alt", month: "2028-02", asOf: "2028-03-01T08:00:00Z")
        #expect(line.figures.dues.description == "2.59")
        let march = try await elm.line("Anna Alt", month: "2028-03", asOf: "2028-04-01T08:00:00Z")
        #expect(march.figures.dues.description == "75.00")
    }

    /// Clocks go back on Sunday, 25 October 2026, a day of 25 hours that counts from its first to its last minute.
    ///
    /// A meeting lasts as long as it was scheduled for.
    ///
    ///     as of 23:59 on the 25th, +01:00   dues 75 × 25/31 = 60.483…    1.5 hours
    ///     as of 23:59 on the 24th, +02:00   dues 75 × 24/31 = 58.064…    none
    @Test func `a day of twenty-five hours`() async throws {
        let elm = try await found("elm", weekday: .sunday, at: "02:30")
        let anna = try await elm.shell.add(.sample("Anna Alt"))
        try await elm.mark(anna, [("25", .present)])
        let after = try await elm.line("Anna Alt", asOf: "2026-10-25T22:59:59Z")
        #expect(after.figures.dues.description == "60.48" && after.figures.hours.description == "1.50")
        let before = try await elm.line("Anna Alt", asOf: "2026-10-24T21:59:59Z")
        #expect(before.figures.dues.description == "58.06" && before.figures.hours.description == "0.00")
    }

    /// Nothing to divide by: no ROI and no ROT, paid back in the month in which Anna joined.
    @Test func `a member whom it cost nothing`() async throws {
        let elm = try await found("elm", ["membership-fee": "0", "meeting-fee": "0", "value-of-hour": "0"])
        let anna = try await elm.shell.add(.sample("Anna Alt", joinedOn: "2026-10-16"))
        try await elm.thank(earner: .member(anna.id), stranger, "100.00", on: "2026-10-20")
        let line = try await elm.line("Anna Alt")
        #expect(line.cells == ["0.00", "0.00", "0.00", "0.00", "0.00", "100.00", "100.00", "–"])
        #expect(line.figures.rot == nil)
        #expect(line.payback?.description == "2026-10")
    }

    /// Median and quartiles are her own return; a seat is worth what she gave, over one member and one month.
    ///
    ///     dues 75.00, fees 15.00, time 60.00: cost 150.00; received 300.00: net 150.00, ROI 1
    ///     given 120.00 in the one month since the chapter’s first membership: a seat 120.00 a year, 10.00 a month
    @Test func `a chapter with one member`() async throws {
        let elm = try await found("elm")
        let anna = try await elm.shell.add(.sample("Anna Alt", joinedOn: "2026-10-01"))
        try await elm.mark(anna, [("28", .present)])
        try await elm.thank(earner: .member(anna.id), stranger, "300.00", on: "2026-10-20")
        try await elm.thank(earner: stranger, .member(anna.id), "120.00", on: "2026-10-21")
        let totals = try await elm.report().inMonth.totals
        #expect(totals.members == 1)
        #expect(totals.figures.roi?.description == "1.0000")
        #expect(totals.medianROI?.description == "1.0000")
        #expect(totals.quartilesROI.map { $0?.description } == ["1.0000", "1.0000"])
        #expect(totals.seatValue?.description == "120.00" && totals.openSeatMonth?.description == "10.00")
    }

    /// August to October, Anna since 16 August: a ratio of several months is that of their sums.
    ///
    ///     dues 75 × 16/31 + 75 + 75 = 188.709…    fees 15.00    hours 1.50    time 60.00    cost 263.709…
    ///     received 100.00 (August) + 300.00 (October)    net 136.290…    ROI 0.51681…
    ///     August: cost 38.709…, net 61.290…, paid back at once
    @Test func `several months`() async throws {
        let elm = try await found("elm")
        let anna = try await elm.shell.add(.sample("Anna Alt", joinedOn: "2026-08-16"))
        try await elm.mark(anna, [("28", .present)])
        try await elm.thank(earner: .member(anna.id), stranger, "100.00", on: "2026-08-20")
        try await elm.thank(earner: .member(anna.id), stranger, "300.00", on: "2026-10-20")
        let several = try await elm.report(since: "2026-08")
        let line = try #require(several.inMonth.members.first)
        #expect(
            line.cells == ["188.71", "15.00", "1.50", "60.00", "263.71", "400.00", "136.29", "0.5168"]
        )
        #expect(line.payback?.description == "2026-08" && line.meetingsHeld == 1)
        #expect(several.months == "2026-08 to 2026-10")
        let one = try await elm.report()
        #expect(one.inMonth.members.first?.figures.received?.description == "300.00")
        // What the report says beside the months asked for, it says of the last of them.
        #expect(several.trailing.totals.figures.net == one.trailing.totals.figures.net)
        #expect(several.inMonth.totals.seatValue == one.inMonth.totals.seatValue)
    }

    /// A member of a chapter that is not in the installation.
    private var stranger: Party {
        .outsider(name: "Greta Gill", home: "Far Chapter")
    }

    /// A chapter with the fees of the worked month, but for what is said otherwise.
    private func found(
        _ slug: String,
        _ policy: [String: String] = [:],
        currency: String = "EUR",
        weekday: Weekday = .wednesday,
        at time: String = "07:00"
    ) async throws -> ExampleChapter {
        let installation = scratch.database.acting(as: .system(door: .cli), in: nil)
        let chapter = try await installation.create(
            .sample(slug, timeZone: "Europe/Berlin", currency: currency, weekday: weekday, at: time)
        )
        let shell = scratch.database.acting(as: .system(door: .cli), in: chapter.id)
        let usual = [
            "membership-fee": "900.00", "months-covered": "12", "meeting-fee": "15.00",
            "value-of-hour": "40.00",
        ]
        let settings = usual.merging(policy) { $1 }.map { (key: $0.key, value: $0.value) }
        try await shell.setPolicy(settings, of: chapter, from: .day("2026-01-01"))
        _ = try await shell.schedule(from: .day("2026-10-01"), to: .day("2026-10-31"), in: chapter)
        return ExampleChapter(of: chapter, shell: shell)
    }
}

private struct ExampleChapter {
    let of: Chapter
    let shell: ActingDatabase

    /// Marks of days of October 2026.
    func mark(_ member: Membership, _ marks: [(String, Mark)]) async throws {
        for (day, mark) in marks {
            let meeting = try await shell.meeting(on: .day("2026-10-\(day)"))
            _ = try await shell.mark([MarkDraft(member: member.id, mark: mark)], on: meeting)
        }
    }

    func thank(earner: Party, _ thanked: Party, _ amount: String, on day: String) async throws {
        let money = try #require(Money(amount, in: of.currency))
        let draft = ThanksDraft(earner: earner, thanked: thanked, amount: money, closedOn: .day(day))
        _ = try await shell.transaction { try await $0.record(draft) }
    }

    func report(
        since: String? = nil,
        month: String = "2026-10",
        asOf: String? = nil
    ) async throws -> MonthlyROI {
        let month = try #require(Month(month))
        let asOf = asOf.flatMap { Instant($0) } ?? SampleChapter.now
        guard let since else { return try await shell.run(.monthlyROI(of: of, month: month, asOf: asOf)) }
        let first = try #require(Month(since))
        return try await shell.run(.monthlyROI(of: of, since: first, month: month, asOf: asOf))
    }

    func line(_ name: String, month: String = "2026-10", asOf: String? = nil) async throws -> MonthlyROI.Line
    {
        let members = try await report(month: month, asOf: asOf).inMonth.members
        return try #require(members.first { $0.name == name })
    }
}

extension MonthlyROI.Line {
    /// Dues, fees, hours, time, cost, received, net and ROI.
    fileprivate var cells: [String] {
        [
            figures.dues, figures.fees, figures.hours, figures.time, figures.cost, figures.received,
            figures.net,
            figures.roi,
        ].map { $0?.description ?? "–" }
    }
}
