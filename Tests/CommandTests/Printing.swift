import ReferralGroup
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Printing` {
    static let lists = [
        "region list", "chapter list", "chapter show alder", "chapter policy alder", "member list alder",
        "member show alder alice@example.org", "office list alder", "meeting list alder",
        "meeting show alder 2026-10-07", "attendance show alder 2026-10-07", "referral list alder",
        "thanks list alder", "one-to-one list alder", "education list alder", "testimonial list alder",
        "introduction list alder", "need list alder", "offer list alder", "scorecard list alder",
        "visitor list alder", "activity list alder", "import list alder", "audit list alder",
    ]

    let shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        _ = try await SampleChapter()
    }

    /// One of everything, with what makes tables and files crooked.
    static let records = #"""
        region create south --name "South, Old Quay"
        meeting schedule alder --from 2026-10-07
        attendance mark alder 2026-10-07 "Alice Archer=S:Zoë, née Ørn" --all P
        referral pass alder --from "Alice Archer" --to "Bob Baker" --prospect "Karl Kurz" --need "=1+1, a roof" --date 2026-10-07
        thanks record alder --earner "Alice Archer" --thanked "Bob Baker" --amount 0.01 --date 2026-10-07
        one-to-one record alder "Alice Archer" "Otto Orr @ Elsewhere" --date 2026-10-07
        education record alder "Bob Baker" --hours 1.5 --date 2026-10-07
        testimonial record alder --from "Alice Archer" --for "Bob Baker" --text "好きです" --date 2026-10-07
        introduction record alder "Alice Archer" --of "Bob Baker" --to "visitor:Vera Vale" --why "=1+1, both bake" --date 2026-10-07
        need post alder "Bob Baker" --text "An oven, née stove" --profession Fitter --date 2026-10-07
        offer post alder "Alice Archer" --text "@scaffold" --date 2026-10-07
        visitor register alder "Vera Vale" --invited-by "Bob Baker" --date 2026-10-07 --came
        activity record alder "Bob Baker" --kind event --minutes 120 --money 25.00 --date 2026-10-07
        """#

    @Test
    func `a list is the same in JSON, in CSV and as a table`() async throws {
        try await shell.enter(Self.records)
        for command in Self.lists {
            let rows = try JSON(try await shell.print(command + " --format json")).elements
            let csv = try await shell.print(command + " --format csv")
            let table = try await shell.print(command)
            #expect(csv.utf8.split(separator: UInt8(ascii: "\n")).count == rows.count + 1, "\(command)")
            #expect(table.contains("-----"), "\(command)")
            if command != "import list alder" { #expect(!rows.isEmpty, "\(command)") }
            for text in [csv, table] { #expect(!text.utf8.contains(0x1B), "\(command)") }
        }
    }

    @Test
    func `does not speak in colours, not even at a terminal`() async throws {
        let ending = try await shell.pipe(
            #"TERM=xterm-256color script -qec '"$chapterhouse" member list alder; "$chapterhouse" member list x; "$chapterhouse" --help; "$chapterhouse" nonsense' /dev/null < /dev/null"#
        )
        #expect(ending.output.contains("Alice Archer"), "\(ending.errors)")
        #expect(ending.output.contains("no chapter “x”"))
        #expect(!ending.output.utf8.contains(0x1B))
    }

    @Test(arguments: ["member list alder", "report roi alder --format csv", "--help", "report --help"])
    func `ends without a word when its reader has gone`(_ command: String) async throws {
        let ending = try await shell.pipe(
            #"{ sleep 0.2; "$chapterhouse" \#(command); echo "ended with $?" >&2; } | true"#
        )
        #expect(ending.errors == "ended with 0\n")
        let first = try await shell.pipe(#""$chapterhouse" \#(command) | head -1"#)
        #expect(first.errors == "")
        #expect(first.output.utf8.count(where: { $0 == 0x0A }) == 1)
    }

    @Test
    func `says that the disk is full`() async throws {
        let ending = try await shell.pipe(#""$chapterhouse" member list alder > /dev/full"#)
        #expect(ending.status == 74)
        #expect(ending.errors.contains("No space left"), "\(ending.errors)")
    }
}

@Suite
struct `Asking for help` {
    /// No database is needed to learn what the program can do.
    let shell = Shell(database: "host=/nonexistent")

    @Test
    func `works for every command, and shows an example of each that changes something`() async throws {
        var waiting = [""]
        var leaves = 0
        while let command = waiting.popLast() {
            let help = try await shell.print(command.isEmpty ? "--help" : "\(command) --help")
            #expect(help.contains("USAGE: chapterhouse\(command.isEmpty ? "" : " ")\(command)"), "\(command)")
            #expect(!help.utf8.contains(0x1B), "\(command)")
            let deeper = Self.subcommands(in: help)
            waiting += deeper.map { command.isEmpty ? $0 : "\(command) \($0)" }
            guard deeper.isEmpty else { continue }
            leaves += 1
            let isReading = [
                "list", "show", "status", "corrections", "verify", "invoices", "payments", "handover",
            ].contains { command.hasSuffix(" \($0)") }
            #expect(isReading || help.contains("Example: chapterhouse \(command)"), "\(command)")
        }
        #expect(leaves > 50)
    }

    @Test
    func `names the version`() async throws {
        #expect(try await shell.print("--version") == "0.1.0\n")
    }

    @Test(arguments: ["nonsense", "member", "member add", "chapter create", "report roi alder --nonsense"])
    func `is pointed to by a command that is not understood`(_ command: String) async throws {
        let ending = try await shell.run(command)
        // A noun alone prints its help.
        #expect(ending.status == (command == "member" ? 0 : 64))
        #expect((ending.output + ending.errors).contains("help"))
    }

    private static func subcommands(in help: String) -> [String] {
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: "SUBCOMMANDS:") else { return [] }
        return lines[(start + 1)...].prefix { !$0.isEmpty }.compactMap { line in
            guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
            let name = line.dropFirst(2).prefix { $0 != " " }
            return name == "help" ? nil : String(name)
        }
    }
}
