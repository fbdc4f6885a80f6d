import Postgres
import ReferralGroup
import TestSupport
import Testing

/// Alice of Alder and Charlie of Birch, two chapters of one installation.
@Suite(.sampleDatabase)
struct `A slip entered by hand between two chapters` {
    let shell: Shell

    init() async throws {
        shell = Shell(database: try ScratchDatabase.current.address(role: "chapterhouse_app"))
        _ = try await SampleChapter()
    }

    @Test(arguments: [
        (
            #"referral pass alder --from "Alice Archer" --to "Charlie Carver @ Birch" --need "a table" --date 2026-10-07"#,
            "referral"
        ),
        (#"one-to-one record birch "Charlie Carver" "Alice Archer @ alder" --date 2026-10-07"#, "one-to-one"),
        (
            #"thanks record alder --earner "Alice Archer" --thanked "Charlie Carver @ BIRCH" --amount 5.00 --date 2026-10-07"#,
            "thanks"
        ),
        (
            #"testimonial record birch --from "Charlie Carver" --for "Alice Archer @ Alder" --text "On time" --date 2026-10-07"#,
            "testimonial"
        ),
    ])
    func `stands in both ledgers under one id`(_ command: String, _ noun: String) async throws {
        try await shell.print(command)
        var ids: [JSON?] = []
        for chapter in ["alder", "birch"] {
            let rows = try JSON(
                try await shell.print("\(noun) list \(chapter) --from 2026-01-01 --format json")
            ).elements
            #expect(rows.count == 1, "\(chapter)")
            ids += rows.map { $0["id"] }
        }
        #expect(ids.count == 2)
        #expect(Set(ids.map { $0?.string }).count == 1)
    }

    @Test
    func `is refused where the other chapter does not know its member`() async throws {
        let ending = try await shell.run(
            #"referral pass alder --from "Alice Archer" --to "Nobody Known @ Birch" --need "a table" --date 2026-10-07"#
        )
        #expect(ending.status == 65)
        #expect(ending.errors.contains("Nobody Known"), "\(ending.errors)")
    }
}
