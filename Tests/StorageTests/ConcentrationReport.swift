import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of the twelve months to October 2026, by hand.
///
///     Alice  400.00
///     Bob    120.00 and 200.00 USD, worth 0.90 since July: 300.00; 10.00 CHF, for which there is no rate
///     Carla  200.00, and 999.00 on a day after she left, in nobody’s row
///     Dora   100.00, and 500.00 a day before these
///     all  1 000.00: the first three gave 900.00, the first two more than half; mean 250.00
///     median (200 + 300) / 2; quartiles at 0.75 and 2.25 of 100, 200, 300, 400: 175.00 and 325.00
@Suite(.sampleDatabase)
struct `The concentration report` {
    let sample: SampleChapter
    let carla: Membership
    let dora: Membership

    init() async throws {
        sample = try await SampleChapter()
        let (alice, bob, alder) = (sample.alice, sample.bob, sample.alder.id)
        carla = try await sample.shell.add(.sample("Carla Cook", joinedOn: "2024-01-01"))
        dora = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2024-01-01"))
        try await sample.thank(alice.id, by: bob, 40_000, on: "2026-10-06")
        try await sample.thank(bob.id, by: alice, 12_000, on: "2026-10-06")
        try await sample.thank(carla.id, by: alice, 20_000, on: "2026-06-30")
        try await sample.thank(dora.id, by: alice, 10_000, on: "2026-05-05")
        try await sample.write(
            """
            INSERT INTO exchange_rate VALUES ('USD', 'EUR', '2026-01-01', 0.8), ('USD', 'EUR', '2026-07-01', 0.9),
                                             ('USD', 'EUR', '2026-10-08', 0.7);
            INSERT INTO closed_business (chapter_id, thanked_id, amount, currency, closed_on)
            VALUES (\(alder), \(bob.id), 20000, 'USD', '2026-10-07'), (\(alder), \(bob.id), 1000, 'CHF', '2026-10-07'),
                   (\(alder), \(carla.id), 99900, 'EUR', '2026-07-01'), (\(alder), \(dora.id), 50000, 'EUR', '2025-10-31')
            """
        )
        _ = try await sample.shell.run(.end(carla.id, on: .day("2026-06-30"), reason: nil, in: alder))
    }

    @Test func `tells what came from the first three`() async throws {
        #expect(
            try await sample.report(.concentration).rows("summary") == [
                [
                    "1000.00", "4", "4", "0.9000", "2", "250.00", "250.00", "175.00", "325.00",
                    "thanks of 2026-10-07 in CHF",
                ]
            ]
        )
    }

    @Test func `puts who gave most first`() async throws {
        let report = try await sample.report(.concentration)
        #expect(
            try report.rows("members") == [
                ["Alice Archer", "1", "1", "400.00", "0.4000", "0.4000"],
                ["Bob Baker", "2", "3", "300.00", "0.3000", "0.7000"],
                ["Carla Cook", "3", "1", "200.00", "0.2000", "0.9000"],
                ["Dora Dyer", "4", "1", "100.00", "0.1000", "1.0000"],
            ]
        )
        #expect(try report.words("members")["Total"] == ["–", "6", "1000.00", "1.0000", "–"])
    }

    @Test func `shows what was said in another currency, the rate, and of which day it is`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        let behind = try await sample.entries(of: .concentration, as: bob).map {
            $0[2...6].joined(separator: " ")
        }
        #expect(
            Set(behind) == [
                "2026-10-06 120.00 – – –", "2026-10-07 180.00 200.00 USD 0.9 2026-07-01",
                "2026-10-07 – 10.00 CHF – –",
            ]
        )
    }

    @Test func `is null where nobody gave`() async throws {
        let report = try await sample.report(.concentration, from: "2026-01-01", to: "2026-01-31")
        #expect(
            try report.rows("summary") == [
                ["0.00", "2", "0", "–", "–", "0.00", "0.00", "0.00", "0.00", ""]
            ]
        )
    }

    @Test func `shows a member their own row and what all come to, and a stranger nothing`() async throws {
        let report = try await sample.report(.concentration, as: try await sample.acting(as: sample.bob))
        #expect(try report.rows("members").map { $0[0] } == ["Bob Baker"])
        #expect(try report.words("members")["Total"]?[2] == "1000.00")
        #expect(try await sample.report(.concentration, as: sample.birchShell).isEmpty)
    }
}
