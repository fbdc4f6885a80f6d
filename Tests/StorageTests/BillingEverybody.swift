import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Billing everybody` {
    let sample: SampleChapter
    /// Dora came in the middle of October.
    let dora: Membership

    init() async throws {
        sample = try await SampleChapter()
        dora = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2026-10-17"))
        try await sample.shell.setPolicy(
            [("membership-fee", "900.00"), ("months-covered", "12"), ("meeting-fee", "15.00")],
            of: sample.alder,
            from: .day("2026-04-01")
        )
    }

    @Test func `takes the dues of each member's days, once`() async throws {
        #expect(
            try await lines(.term, "2026-10-01", "2027-03-31") == [
                "Alice Archer 2026-10-01–2027-03-31 450.00", "Bob Baker 2026-10-01–2027-03-31 450.00",
                // 15 of the 31 days of October, and five months: 75 × 15/31 = 36.29.
                "Dora Dyer 2026-10-17–2027-03-31 411.29",
            ]
        )
        #expect(try await bill(.term, "2026-10-01", "2027-03-31") == "3 1311.29")
        #expect(try await bill(.term, "2026-10-01", "2027-03-31") == "0 0.00")
        #expect(try await bill(.term, "2027-03-31", "2027-09-30") == "0 0.00", "all of them overlap by a day")
        #expect(
            try await lines(.term, "2026-10-01", "2027-03-31").allSatisfy { $0.hasSuffix("already") }
        )
        let invoice = try #require(
            try await sample.shell.run(.invoices(of: sample.alder.id, to: dora.id)).first
        )
        #expect(invoice.kind == .membership && invoice.amount.minorUnits == 41_129)
        #expect(invoice.issuedOn == .day("2026-11-01") && invoice.dueOn == .day("2026-11-15"))
        #expect(try await sample.shell.run(.cancel(invoice.id, because: "left", in: sample.alder.id)))
        #expect(
            try await bill(.term, "2026-10-01", "2027-03-31") == "1 411.29",
            "a cancelled one covers nothing"
        )
    }

    @Test func `takes a fee that changes within the days by the day`() async throws {
        try await sample.shell.setPolicy(
            [("membership-fee", "1200.00")],
            of: sample.alder,
            from: .day("2026-11-16")
        )
        // November: 75 × 15/30 + 100 × 15/30.
        #expect(
            try await lines(.term, "2026-11-01", "2026-11-30").first
                == "Alice Archer 2026-11-01–2026-11-30 87.50"
        )
    }

    @Test func `takes the whole fee of those who renew`() async throws {
        try await sample.write(
            """
            UPDATE membership SET renews_on = '2026-12-15' WHERE id = \(sample.bob.id);
            UPDATE membership SET renews_on = '2026-12-31' WHERE id = \(dora.id);
            UPDATE membership SET renews_on = '2026-12-20', ended_on = '2026-12-19' WHERE id = \(sample.alice.id)
            """
        )
        #expect(
            try await lines(.renewals, "2026-12-01", "2026-12-30") == [
                "Bob Baker 2026-12-15–2027-12-14 900.00"
            ]
        )
        #expect(try await bill(.renewals, "2026-12-01", "2026-12-31") == "2 1800.00")
        #expect(
            try await bill(.term, "2026-12-14", "2026-12-14") == "3 7.26",
            "the day before the first of them renews"
        )
    }

    @Test func `takes the meetings that are due, and waits for their sheets`() async throws {
        let shell = sample.shell
        _ = try await shell.schedule(from: .day("2026-10-14"), to: .day("2026-10-28"), in: sample.alder)
        for (day, bobs) in [
            ("2026-10-14", Mark.present), ("2026-10-21", .absent), ("2026-10-28", .substitute),
        ] {
            let meeting = try await shell.meeting(on: .day(day))
            let line = MarkDraft(
                member: sample.bob.id,
                mark: bobs,
                standIn: bobs == .substitute ? "Stan Inman" : nil
            )
            _ = try await shell.mark([line], everybodyElse: .late, on: meeting)
            if day != "2026-10-28" { try await shell.seal(meeting) }
        }
        await expectRefusal(.billingUnsealedMeetings) {
            _ = try await bill(.meetings, "2026-10-01", "2026-10-31")
        }
        #expect(try await sample.shell.run(.invoices(of: sample.alder.id)).isEmpty)
        #expect(
            try await lines(.meetings, "2026-10-01", "2026-10-31").first
                == "Alice Archer 2026-10-01–2026-10-31 30.00 2",
            "an open sheet does not count yet"
        )
        try await shell.seal(try await shell.meeting(on: .day("2026-10-28")))
        #expect(
            try await lines(.meetings, "2026-10-01", "2026-10-31") == [
                "Alice Archer 2026-10-01–2026-10-31 45.00 3", "Bob Baker 2026-10-01–2026-10-31 30.00 2",
                "Dora Dyer 2026-10-17–2026-10-31 30.00 2",
            ]
        )
        try await shell.setPolicy(
            [("meeting-fee-due-for", "every")],
            of: sample.alder,
            from: .day("2026-04-01")
        )
        #expect(
            try await lines(.meetings, "2026-10-01", "2026-10-31")[1]
                == "Bob Baker 2026-10-01–2026-10-31 45.00 3"
        )
        try await shell.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-10-20"),
                to: .day("2026-10-22"),
                isMedical: true,
                in: sample.alder.id
            )
        )
        #expect(
            try await lines(.meetings, "2026-10-01", "2026-10-31")[1]
                == "Bob Baker 2026-10-01–2026-10-31 30.00 2"
        )
        #expect(try await bill(.meetings, "2026-10-01", "2026-10-31") == "3 105.00")
        #expect(try await bill(.term, "2026-10-01", "2026-10-31") == "3 186.29", "meetings are no membership")
    }

    @Test func `is the treasurer's alone`() async throws {
        let chapter = sample.alder
        for member in [sample.alice, sample.bob] {
            let acting = try await sample.acting(as: member)
            await #expect(throws: PostgresError.self) {
                _ = try await acting.run(.bill(draft(.term, "2026-10-01", "2026-10-31"), in: chapter))
            }
        }
        _ = try await sample.shell.run(
            .appoint(sample.bob, as: .secretaryTreasurer, from: .day("2026-10-01"), to: nil, in: chapter.id)
        )
        let bob = try await sample.acting(as: sample.bob)
        #expect(
            try await bob.run(.bill(draft(.term, "2026-10-01", "2026-10-31"), in: chapter))?.invoices == 3
        )
    }

    @Test(arguments: [("2026-10-02", "2026-10-01"), ("2026-10-01", "2031-10-02")])
    func `refuses days that are no period`(_ from: String, _ to: String) async throws {
        await expectRefusal(.billingDaysImplausible) { _ = try await bill(.term, from, to) }
        await expectRefusal(.billingDaysImplausible) { _ = try await lines(.renewals, from, to) }
    }

    @Test func `is one bill, of two at once`() async throws {
        let (isHeld, hold) = AsyncStream.makeStream(of: Void.self)
        let (chapter, draft) = (sample.alder, draft(.term, "2026-10-01", "2026-10-31"))
        let scratch = sample.scratch
        let second = try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask {
                for await _ in isHeld { break }
                return try await bill(.term, "2026-10-01", "2026-10-31")
            }
            try await sample.shell.transaction { transaction in
                #expect(try await transaction.run(.bill(draft, in: chapter))?.invoices == 3)
                hold.yield()
                try await scratch.untilSomebodyWaits()
            }
            return try await group.next()
        }
        #expect(second == "0 0.00")
    }

    @Test func `shows in an account, entry by entry`() async throws {
        _ = try await bill(.term, "2026-10-01", "2026-10-31")
        let shell = sample.shell
        let chapter = sample.alder
        let paid = Money(minorUnits: 10_000, currency: chapter.currency)
        let payment = try await shell.run(
            .pay(paid, by: sample.bob, on: .day("2026-10-20"), note: "cash", in: chapter.id)
        )
        let invoice = try #require(try await shell.run(.invoices(of: chapter.id, to: sample.bob.id)).first)
        _ = try await shell.run(.cancel(invoice.id, because: "left", in: chapter.id))
        _ = try await shell.run(.void(payment, because: "bounced", in: chapter.id))
        let entries = try await shell.run(.statement(of: sample.bob.id, in: chapter))
        #expect(
            entries.map { "\($0.day) \($0.what) \($0.note ?? "–") \($0.amount.amount) \($0.balance.amount)" }
                == [
                    "2026-10-20 payment cash -100.00 -100.00", "2026-11-01 invoice – 75.00 -25.00",
                    "2026-11-01 cancelled left -75.00 -100.00", "2026-11-01 voided bounced 100.00 0.00",
                ]
        )
        let dora = try await sample.acting(as: dora)
        #expect(try await dora.run(.statement(of: sample.bob.id, in: chapter)).isEmpty)
        #expect(try await dora.run(.statement(of: self.dora.id, in: chapter)).count == 1)
    }

    private func draft(_ what: Billing, _ from: String, _ to: String) -> BillDraft {
        BillDraft(what: what, from: .day(from), to: .day(to), dueOn: .day("2026-11-15"))
    }

    private func bill(_ what: Billing, _ from: String, _ to: String) async throws -> String {
        let billed = try #require(try await sample.shell.run(.bill(draft(what, from, to), in: sample.alder)))
        return "\(billed.invoices) \(billed.total.amount)"
    }

    private func lines(_ what: Billing, _ from: String, _ to: String) async throws -> [String] {
        let lines = try await sample.shell.run(
            .toBeBilled(what, from: .day(from), to: .day(to), in: sample.alder)
        )
        return lines.map { line in
            "\(line.name) \(line.from)–\(line.to) \(line.amount.amount)"
                + (line.meetings.map { " \($0)" } ?? "") + (line.isBilled ? " already" : "")
        }
    }
}
