import Pages
import ReferralGroup
import Testing

/// The pages of regions, operators and the hub of reports, in every state that has words of its own.
enum SampleOperators {
    private typealias Named = SampleChapters.Named

    static func all() throws -> [`Pages as they are`.Page] {
        let reader = Reader(name: "Alice", formToken: FormToken("0123"))
        return SampleChapters.pages(
            try hubs() + regions(reader) + chapters(reader) + people(reader) + mails(reader) + jobs(reader)
        )
    }

    private static func hubs() throws -> [Named] {
        let leader = try SampleChapters.leader()
        let (from, to) = (try SampleNights.day("2026-10-01"), try SampleNights.day("2026-10-28"))
        let month = try #require(Month("2026-10"))
        return [
            ("reports", reportHub(ReportShape.all, ReportDays(), for: leader)),
            ("reports of a month", reportHub(ReportShape.all, ReportDays(month: month), for: leader)),
            ("reports of days", reportHub(ReportShape.all, ReportDays(from: from, to: to), for: leader)),
            ("no reports", reportHub([], ReportDays(), SampleChapters.refused("month"), for: leader)),
        ]
    }

    private static func regions(_ reader: Reader) throws -> [Named] {
        let slug = try #require(Chapter.Slug("south"))
        let chapters = try ([nil] + Weekday.allCases).map { try SampleChapters.chapter(meeting: $0) }
        return [
            ("region", regionPage(slug: slug, name: "South", chapters: chapters, for: reader)),
            ("empty region", regionPage(slug: slug, name: "South", chapters: [], for: reader)),
        ]
    }

    private static func chapters(_ reader: Reader) throws -> [Named] {
        let list = try ([nil] + Weekday.allCases).map { try SampleChapters.chapter(meeting: $0) }
        let many = [Chapter](repeating: list[0], count: 101)
        let south = [RegionLink(slug: "south", name: "South")]
        let refused = SampleChapters.refused("slug")
        let facts = Versions(
            database: "17.2",
            migration: "0014",
            appliedAt: try #require(Instant("2026-11-02T10:00:00Z"))
        )
        return [
            ("chapters", chaptersPage(list, matching: "", page: 1, for: reader)),
            ("many chapters", chaptersPage(many, matching: "alder", page: 2, for: reader)),
            ("no chapters", chaptersPage([], matching: "", page: 1, for: reader)),
            ("no chapters of that name", chaptersPage(list, matching: "Birch", page: 1, for: reader)),
            ("create a chapter", newChapterPage(regions: south, for: reader)),
            ("create a chapter again", newChapterPage(regions: [], refused, for: reader)),
            ("versions", versionsPage(program: "1.0", facts, for: reader)),
        ]
    }

    private static func people(_ reader: Reader) throws -> [Named] {
        let email = try #require(EmailAddress("a@example.org"))
        let known = [(email, false, false), (email, true, true), (nil, false, false)].map {
            KnownPerson(id: .init(1), name: "Bob Baker", email: $0, isOperator: $1, isDisabled: $2)
        }
        let many = [KnownPerson](repeating: known[0], count: 51)
        return [
            ("people", peoplePage(known, matching: "", page: 1, notice: "it is missing", for: reader)),
            ("many people", peoplePage(many, matching: "Bob", page: 2, for: reader)),
            ("no people", peoplePage([], matching: "Birch", page: 1, for: reader)),
            ("invite", invitePage(for: reader)),
            ("invite again", invitePage(email: "a@example.org", SampleChapters.refused("name"), for: reader)),
        ]
    }

    private static func mails(_ reader: Reader) throws -> [Named] {
        let at = try #require(Instant("2026-11-02T10:00:00Z"))
        let mails = [(0, nil), (1, nil), (2, "Example"), (9, "Example")].map { tries, trouble in
            MailRecord(
                id: 1,
                to: "a@example.org",
                subject: "Example",
                createdAt: at,
                tries: tries,
                nextTryAt: at,
                lastTrouble: trouble,
                sentAt: nil,
                givenUpAt: tries == 9 ? at : nil
            )
        }
        return [
            ("mails", mailPage(mails, for: reader)), ("one mail", mailPage([mails[0]], for: reader)),
            ("no mail", mailPage([], for: reader)),
        ]
    }

    private static func jobs(_ reader: Reader) throws -> [Named] {
        let at = try #require(Instant("2026-11-02T10:00:00Z"))
        let kinds = KindOfWork.allCases
        let jobs = JobRecord.Standing.allCases.enumerated().flatMap { place, standing in
            kinds.map { kind in
                JobRecord(
                    id: 1,
                    kind: kind.rawValue,
                    chapter: place == 0 ? nil : "alder",
                    occasion: "2026-11-02",
                    dueAt: at,
                    tries: standing == .failed ? 2 : 0,
                    nextTryAt: at,
                    lastTrouble: standing == .givenUp ? "Example" : nil,
                    doneAt: [.done, .skipped].contains(standing) ? at : nil,
                    skippedBecause: standing == .skipped ? JobRecord.reasonsToSkip[place % 2] : nil,
                    givenUpAt: standing == .givenUp ? at : nil
                )
            }
        }
        return [("jobs", jobsPage(jobs, for: reader)), ("no jobs", jobsPage([], for: reader))]
    }
}
