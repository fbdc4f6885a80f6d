/// How much a made ledger holds, and how its records are called.
///
/// Chapters are numbered from 1, members of a chapter too; the id of a membership, of its person and of its seat
/// is `(chapter - 1) * members + member`.
struct LedgerSize: Sendable, CustomStringConvertible {
    var chapters = 1100
    var members = 30
    var years = 1

    static let quick = LedgerSize(chapters: 6, members: 8, years: 1)

    /// The last year of which there are records; the last day is its 31 December.
    static let lastYear = 2025

    var firstDay: String {
        "\(Self.lastYear - years + 1)-01-01"
    }

    /// The last month of which there are records.
    var lastMonth: String {
        "\(Self.lastYear)-12"
    }

    func slug(of chapter: Int) -> String {
        "chapter-\(chapter)"
    }

    func membership(_ member: Int, in chapter: Int) -> Int {
        (chapter - 1) * members + member
    }

    func email(ofMember member: Int, in chapter: Int) -> String {
        "member-\(membership(member, in: chapter))@example.org"
    }

    var description: String {
        "\(chapters) chapters of \(members) members over \(years) \(years == 1 ? "year" : "years")"
    }
}
