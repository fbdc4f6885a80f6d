import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Closing months at the shell` {
    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(`The worked month`.commands)
    }

    @Test
    func `stores the return, byte for byte, and tells what came since`() async throws {
        #expect(
            try await shell.print("month list worked-example --format csv").utf8.split(separator: 10).count
                == 1
        )
        #expect(
            try await shell.print("month close worked-example 2026-10") == "2026-10 is closed as number 1.\n"
        )
        let report = "report roi worked-example --month 2026-10"
        let stored = try JSON(try await shell.print("\(report) --format json"))
        #expect(stored["closed"]?["number"] == .number(1))
        #expect(stored["closed"]?["restated"] == .null)
        let csv = try await shell.print("\(report) --format csv")
        let referral = "referral pass worked-example --from \"Ben Berg\" --to \"Anna Alt\" --need \"A roof\""
        try await shell.print("\(referral) --prospect \"Paul Prospect\" --warmth 3 --date 2026-10-29")

        let later = try JSON(try await shell.print("\(report) --format json"))
        for part in ["members", "totals", "trailing", "since_joining", "as_of"] {
            #expect(later[part] == stored[part], "\(part)")
        }
        let month = later["closed"]?["restated"]?["month"]
        #expect(month?["referrals_given"] == .number(1) && month?["referrals_received"] == .number(1))
        #expect(month?["net"] == .string("0.00"))
        let entries = later["closed"]?["restated"]?["entries"]?.elements ?? []
        #expect(entries.map { $0["entity"] } == [.string("referral")])
        // The stored rows come first, and have not changed by a byte.
        let restated = try await shell.print("\(report) --format csv")
        #expect(restated.hasPrefix(csv))
        #expect(restated.contains("restated_month,,Restated since,0.00"))
        let table = try await shell.print(report)
        #expect(table.contains("Closed as number 1 on 2"))
        #expect(table.contains("Restated since: referrals given +1, referrals received +1."))
        let live = try JSON(try await shell.print("\(report) --live --format json"))
        #expect(live["closed"] == .null)
        #expect(
            try await shell.print("month verify worked-example") == "One closed month is as it was stored.\n"
        )
    }

    @Test
    func `refuses what cannot be, and says the way out`() async throws {
        func ends(_ line: String, _ status: Int32, _ words: String) async throws {
            let ending = try await shell.run(line)
            #expect(ending.status == status && ending.errors.contains(words), "\(line): \(ending.errors)")
        }
        try await ends("month close worked-example 2026-11", 65, "when it is over")
        try await ends("month close worked-example 2026-13", 64, "2026-13")
        try await ends(
            "month reopen worked-example 2026-10 --reason \"Too soon\"",
            65,
            "2026-10 is not closed"
        )
        try await ends("month close worked-example 2026-10 --as anna@example.org", 77, "close-months")
        try await shell.print("month close worked-example 2026-10 --as ben@example.org")
        try await ends("month close worked-example 2026-10", 65, "open it again first")
        try await ends("month reopen worked-example 2026-10", 64, "--reason")
        #expect(
            try await shell.print("month reopen worked-example 2026-10 --reason \"A sheet was missing\"")
                == "2026-10 is open again.\n"
        )
        let list = try JSON(try await shell.print("month list worked-example --format json")).elements
        #expect(list.first?["closed_by"] == .string("Ben Berg"))
        #expect(list.first?["reopened_because"] == .string("A sheet was missing"))
    }
}
