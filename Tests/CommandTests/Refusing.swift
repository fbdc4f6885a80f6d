import Glibc
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// A command that is refused: how it ends, and what has to be said.
struct Refused: Sendable, CustomTestStringConvertible {
    let command: String
    let status: Int32
    let words: [String]

    init(_ command: String, _ status: Int32, _ words: String...) {
        self.command = command
        self.status = status
        self.words = words
    }

    var testDescription: String { command }
}

/// Whatever a leader gets wrong, a sentence says so, a number says so, and nothing has changed.
@Suite(.sampleDatabase)
struct `Refusing` {
    let scratch: ScratchDatabase
    let shell: Shell
    let sample: SampleChapter
    let before: Digest

    /// Alder on 1 November 2026: Alice the roofer, Bob the baker, Dora since the 20th of October; on the sheet of
    /// the 7th only Alice has a mark.
    init() async throws {
        scratch = try ScratchDatabase.current
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        sample = try await SampleChapter()
        let alder = sample.shell
        _ = try await alder.add(.sample("Dora Dent", seat: "Florist", joinedOn: "2026-10-20"))
        _ = try await alder.schedule(
            from: .day("2026-10-07"),
            to: .day("2026-10-07"),
            kind: .regular,
            at: nil,
            minutes: nil,
            place: nil,
            in: sample.alder
        )
        let meeting = try await alder.meeting(on: .day("2026-10-07"))
        _ = try await alder.mark(
            [MarkDraft(member: sample.alice.id, mark: .present, standIn: nil)],
            everybodyElse: nil,
            on: meeting
        )
        before = try await Digest(of: scratch.superuser)
    }

    @Test(arguments: [
        Refused(#"member add alder "Carl Cole" --seat roofer --joined 2026-10-01"#, 65, "holds this seat"),
        Refused(
            #"member add alder "Carl Cole" --seat " ROOFER " --joined 2026-10-01"#,
            65,
            "holds this seat"
        ),
        Refused(#"member add alder "Carl Cole" --email alice@example.org"#, 65, "is a member"),
        Refused(#"member add alder "Carl Cole" --email alice@@example.org"#, 64, "alice@@example.org"),
        Refused(#"member add alder "Carl Cole" --joined 0026-10-01"#, 65, "between 1900 and 2999"),
        Refused(#"member add alder " ""#, 64, "name"),
        Refused("member add alder \"Carl\u{7} Cole\"", 64, "name"),
        Refused(#"member end alder "Bob Baker" --on 2026-03-31"#, 65, "before"),
        Refused(#"member set alder "Bob Baker" margin=140%"#, 65, "margin"),
        Refused(#"member set alder "Bob Baker" shoe-size=44"#, 65, "shoe-size", "margin"),
    ])
    func `changes of the roster`(_ refused: Refused) async throws {
        try await expect(refused)
    }

    @Test(arguments: [
        Refused(#"attendance mark alder 2026-10-07 "Dora Dent=P""#, 65, "Dora Dent", "2026-10-07"),
        Refused(#"attendance mark alder 2026-10-07 "Charlie Carver=P""#, 65, "Charlie Carver"),
        Refused(#"attendance mark alder 2026-10-07 "Bob Baker=X""#, 65, "“X” is no mark"),
        Refused(#"attendance mark alder 2026-10-07 "Bob Baker=P:Karl Kurz""#, 65, "S:"),
        Refused(#"attendance mark alder 2026-10-08 --all P"#, 65, "no meeting on 2026-10-08"),
        Refused("meeting seal alder 2026-10-07", 65, "Bob Baker", "needs a mark"),
        Refused("meeting cancel alder 2026-10-07", 65, "with marks is not called off"),
        Refused("meeting schedule alder --from 2026-02-30", 64, "2026-02-30"),
        Refused("meeting schedule alder --from 2026-10-07 --to 9999-12-31", 64, "ten years"),
        Refused("meeting schedule alder --from 2026-11-04 --minutes 99999999999999999999", 64, "--minutes"),
        Refused("meeting schedule alder --from 2026-11-04 --at 24:01", 64, "24:01"),
    ])
    func `what concerns a meeting`(_ refused: Refused) async throws {
        try await expect(refused)
    }

    @Test(arguments: [
        Refused(
            #"referral pass alder --from "Alice Archer" --to alice@example.org --need "a roof" --date 2026-10-07"#,
            65,
            "to themselves"
        ),
        Refused(
            #"referral pass alder --from "Alise Archer" --to "Bob Baker" --need "a roof""#,
            65,
            "“Alise Archer”",
            "did you mean Alice Archer"
        ),
        Refused(
            #"referral pass alder --from "Alice Archer" --to "Bob Baker" --need "a roof" --date 2026-11-02"#,
            65,
            "not come yet"
        ),
        Refused(
            #"referral pass alder --from "Alice Archer" --to "Bob Baker" --need "a roof" --warmth 6"#,
            65,
            "warmth is 1 to 5"
        ),
        Refused(
            #"referral pass alder --from "Alice Archer" --to "Dora Dent" --need "a roof" --date 2026-10-07"#,
            65,
            "Dora Dent",
            "2026-10-07"
        ),
        Refused(
            #"referral pass alder --from "Otto Orr @ Elsewhere" --to "Vera Vale @ Elsewhere" --need "a roof""#,
            65,
            "member of this chapter"
        ),
        Refused(
            #"referral move alder 0198c5a0-0000-7000-8000-000000000000 won"#,
            65,
            "no referral"
        ),
        Refused(#"one-to-one record alder "Alice Archer" "Alice Archer""#, 65, "of two people"),
        Refused(
            #"one-to-one record alder "Alice Archer" "Bob Baker" --cost-a=-4.50"#,
            65,
            "--cost-a",
            "not negative"
        ),
        Refused(
            #"one-to-one record alder "Alice Archer" "Bob Baker" --date 2026-02-30"#,
            64,
            "2026-02-30"
        ),
    ])
    func `slips between members`(_ refused: Refused) async throws {
        try await expect(refused)
    }

    @Test(arguments: [
        "-5.00", "99999999999999999999", "10000000000000.01", "1e3", "1.005", "1,200.00", "NaN", "５",
        "0x10", " 5", "--5",
    ])
    func `an amount that is none`(_ amount: String) async throws {
        try await expect(
            Refused(
                #"thanks record alder --earner "Alice Archer" --thanked "Bob Baker" --amount="\#(amount)""#,
                65,
                "--amount",
                "“\(amount)”",
                "EUR"
            )
        )
    }

    @Test(arguments: [
        Refused(
            "chapter create alder --name Alder --time-zone Europe/Berlin --currency EUR",
            65,
            "another chapter has this short name"
        ),
        Refused(
            "chapter create atlantis --name Atlantis --time-zone Europe/Atlantis --currency EUR",
            65,
            "time zone"
        ),
        Refused(
            "chapter create atlantis --name Atlantis --time-zone EST5EDT4,M3.2.0,M11.1.0 --currency EUR",
            65,
            "time zone"
        ),
        Refused(
            "chapter create atlantis --name Atlantis --time-zone Europe/Berlin --currency ZZZ",
            65,
            "ZZZ"
        ),
        Refused(
            "chapter create Alder!! --name Alder --time-zone Europe/Berlin --currency EUR",
            64,
            "Alder!!"
        ),
        Refused("chapter policy alder --set membership-fee=-900.00", 65, "membership-fee"),
        Refused("chapter policy alder --set membership-fee=99999999999999999999", 65, "membership-fee"),
        Refused("chapter policy alder --set months-covered=0", 65, "months"),
        Refused("chapter show nowhere", 65, "no chapter “nowhere”", "chapter list"),
        Refused("report roi alder --month 2026-13", 64, "2026-13"),
        Refused("report attendance alder --from 2026-10-31 --to 2026-10-01", 64, "before"),
        Refused("report roi alder --output /nonexistent/roi.csv", 73, "/nonexistent/roi.csv"),
        Refused("need post alder bob@example.org --text Oven --until 2026-01-01", 65, "ends"),
        Refused(
            "introduction record alder bob@example.org --of bob@example.org --to alice@example.org",
            65,
            "a third"
        ),
        Refused("scorecard show alder lights-1999", 65, "scorecard list"),
        Refused("scorecard keep alder ours /nowhere.json", 66, "cannot be read"),
        Refused("report scorecard alder --choose scheme=lights-1999", 65, "scorecard list"),
        Refused("report scorecard alder --choose colour=red", 64, "scheme=lights-2025"),
        Refused("report giving alder --table others", 64, "members"),
        Refused("report giving alder --figure deposits", 64, "--entries"),
        Refused("report giving alder --entries --figure deposit", 64, "giving_ratio, deposits, withdrawals"),
        Refused("report giving alder --from 2026-10-01", 64, "--to"),
        Refused("chapter lisst", 64, "lisst"),
    ])
    func `what concerns a chapter`(_ refused: Refused) async throws {
        try await expect(refused)
    }

    @Test(arguments: [
        Refused("region create south --name South --as alice@example.org", 77, "leave --as away"),
        Refused(#"member add alder "Carl Cole" --as bob@example.org"#, 77, "Bob Baker may not"),
        Refused(
            #"thanks record alder --earner "Alice Archer" --thanked "Bob Baker" --amount 5 --as bob@example.org"#,
            77,
            "Bob Baker may record only their own"
        ),
        Refused("member list alder --as charlie@example.org", 65, "no chapter “alder”"),
        Refused("report roi alder --as charlie@example.org", 65, "no chapter “alder”"),
        Refused("member list alder --as nobody@example.org", 77, "nobody@example.org"),
    ])
    func `who has no right to it`(_ refused: Refused) async throws {
        try await expect(refused)
    }

    @Test
    func `text that is not UTF-8`() async throws {
        let name = Array("Carl".utf8) + [0xFF, 0xFE] + Array("Cole".utf8)
        let ending = try await shell.run(["member", "add", "alder"].map { Array($0.utf8) } + [name])
        try await expect(ending, Refused("member add alder Carl��Cole", 65, "UTF-8", "argument 4"))
    }

    private func expect(_ refused: Refused) async throws {
        try await expect(try await shell.run(refused.command), refused)
    }

    private func expect(_ ending: Shell.Ending, _ refused: Refused) async throws {
        #expect(ending.status == refused.status, "\(ending.errors)")
        for word in refused.words { #expect(ending.errors.contains(word), "\(ending.errors)") }
        #expect(ending.output == "")
        #expect(try await Digest(of: scratch.superuser).changes(since: before) == [])
    }
}
