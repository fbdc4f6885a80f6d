import Pages
import ReferralGroup
import Testing

/// The way to everything of a chapter, and the pages of its members, in every state that has words of its own.
enum SampleChapters {
    typealias Named = (String, HTML)

    static func all() throws -> [`Pages as they are`.Page] {
        try pages(abouts() + rosters() + members() + forms())
    }

    static func pages(_ named: [Named]) -> [`Pages as they are`.Page] {
        named.map { `Pages as they are`.Page(testDescription: $0, html: $1) }
    }

    static func leader() throws -> Reader {
        try SampleNights.reader(SampleNights.everything)
    }

    static func member() throws -> Reader {
        try SampleNights.reader(Permission.ofMembers)
    }

    /// A form of which two things are refused: itself, and a field.
    static func refused(_ field: String) -> Filled {
        Filled([field: "Example"], faults: ["": "it is missing", field: "it is missing"])
    }

    static func euros(_ cents: Int64) throws -> Money {
        Money(minorUnits: cents, currency: try #require(Currency("EUR")))
    }

    static func chapter(meeting weekday: Weekday?, minutes: Int = 90) throws -> Chapter {
        let time = try #require(LocalTime("07:00"))
        return Chapter(
            id: .init(1),
            slug: try #require(Chapter.Slug("alder")),
            name: "Alder",
            timeZone: "Europe/Berlin",
            currency: try #require(Currency("EUR")),
            locale: "en",
            regular: weekday.map { .init(weekday: $0, time: time, minutes: minutes, place: "South") },
            aliases: []
        )
    }

    static func membership(_ status: Membership.Status = .active, isFull: Bool = true) throws -> Membership {
        Membership(
            id: .init(isFull ? 1 : 2),
            person: .init(1),
            name: isFull ? "Alice Archer" : "Bob Baker",
            email: isFull ? EmailAddress("a@example.org") : nil,
            seat: isFull ? "Example" : nil,
            company: isFull ? "Example" : nil,
            joinedOn: try SampleNights.day("2024-03-01"),
            renewsOn: isFull ? try SampleNights.day("2027-03-01") : nil,
            endedOn: status == .ended ? try SampleNights.day("2026-09-30") : nil,
            status: status
        )
    }

    private static func abouts() throws -> [Named] {
        let (leader, wednesday) = (try leader(), try chapter(meeting: .wednesday))
        var pages: [Named] = try Weekday.allCases.map {
            ("about, \($0)", aboutPage(try chapter(meeting: $0), overview(2), for: leader))
        }
        for role in OfficeRole.allCases {
            let standing = Standing(membership: .init(1), offices: [role])
            let reader = try SampleNights.reader(standing.permissions)
            pages.append(("about, for \(role.rawValue)", aboutPage(wednesday, overview(1), for: reader)))
        }
        let short = try chapter(meeting: .friday, minutes: 1)
        return pages + [
            ("about, not said when", aboutPage(try chapter(meeting: nil), overview(0), for: leader)),
            ("about, a minute", aboutPage(short, overview(1), for: leader)),
            ("about, for a member", aboutPage(wednesday, overview(2), for: try member())),
        ]
    }

    private static func overview(_ count: Int) -> ChapterOverview {
        ChapterOverview(
            members: count,
            overdue: count,
            upcoming: count,
            openSeats: count,
            needs: count,
            offers: count,
            openSheets: count,
            newVisitors: count,
            warmVisitors: count,
            openApplications: count,
            debtors: count,
            isLastMonthOpen: count > 0
        )
    }

    private static func rosters() throws -> [Named] {
        let (leader, member) = (try leader(), try member())
        let statuses = try Membership.Status.allCases.map { try membership($0) }
        let many = [Membership](repeating: try membership(isFull: false), count: 51)
        var pages: [Named] = []
        for part in RosterPart.allCases {
            let question = RosterQuestion(part: part)
            pages += [
                ("members, \(part)", membersPage(statuses, question, for: leader)),
                ("members, \(part), none", membersPage([], question, for: leader)),
            ]
        }
        return pages + [
            ("members, many", membersPage(many, RosterQuestion(page: 2), for: member)),
            ("members, none of that name", membersPage([], RosterQuestion(text: "Bob"), for: member)),
        ]
    }

    private static func members() throws -> [Named] {
        let (leader, member) = (try leader(), try member())
        var pages: [Named] = []
        for status in Membership.Status.allCases {
            for isFull in [true, false] {
                let view = try view(of: membership(status, isFull: isFull), isFull: isFull)
                pages += [
                    ("\(status) member, full: \(isFull)", memberPage(view, for: leader)),
                    ("\(status) member, full: \(isFull), for another", memberPage(view, for: member)),
                ]
            }
        }
        for isFull in [true, false] {
            let view = try view(of: membership(), isFull: isFull, isOneself: true)
            pages.append(("oneself, full: \(isFull)", memberPage(view, for: member)))
        }
        return pages
    }

    private static func view(
        of member: Membership,
        isFull: Bool,
        isOneself: Bool = false
    ) throws -> MemberView {
        let (first, last) = (try SampleNights.day("2026-04-01"), try SampleNights.day("2026-09-30"))
        let terms = OfficeRole.allCases.flatMap { role in
            [last, nil].map {
                Term(id: .init(1), role: role, member: member.id, name: member.name, from: first, to: $0)
            }
        }
        return MemberView(
            member: member,
            profile: try profile(isFull: isFull),
            leaves: isFull
                ? [
                    Leave(from: first, to: last, isMedical: true),
                    Leave(from: first, to: nil, isMedical: false),
                ]
                : [],
            terms: isFull ? terms : [],
            today: try SampleNights.day("2026-10-28"),
            isOneself: isOneself
        )
    }

    static func profile(isFull: Bool) throws -> MemberProfile {
        MemberProfile(
            sponsor: isFull ? "Bob Baker" : nil,
            mentor: isFull ? "Dora Dyer" : nil,
            endCode: isFull ? .other : nil,
            endReason: isFull ? "Example" : nil,
            isTransferred: isFull,
            ownFigures: .init(
                sharesFigures: isFull,
                margin: isFull ? Figure("0.4000") : nil,
                valueOfHour: isFull ? try euros(8000) : nil
            )
        )
    }

    private static func forms() throws -> [Named] {
        let (leader, member) = (try leader(), try member())
        let (alice, bob) = (try membership(), try membership(isFull: false))
        let euro = try #require(Currency("EUR"))
        let noFigures = MemberProfile(
            sponsor: nil,
            mentor: nil,
            endReason: nil,
            isTransferred: false,
            ownFigures: nil
        )
        let seats = [OpenSeat(title: "Example", since: nil, unplaced: 0, value: nil)]
        let steps = try FirstSteps.Step.allCases.enumerated().map { place, step in
            FirstSteps.Progress(
                step: step,
                dueOn: try SampleNights.day(place < 4 ? "2026-10-20" : "2026-11-20"),
                doneOn: place < 2 ? try SampleNights.day("2026-10-19") : nil
            )
        }
        let today = try SampleNights.day("2026-10-28")
        return try [
            (
                "first steps",
                firstStepsPage(steps, of: bob, mentor: "Alice", isOneself: true, on: today, for: member)
            ),
            (
                "first steps of another",
                firstStepsPage(steps, of: bob, mentor: "Alice", isOneself: false, on: today, for: leader)
            ),
            (
                "first steps without a mentor",
                firstStepsPage(steps, of: bob, mentor: nil, isOneself: false, on: today, for: leader)
            ),
            ("change a member", changeMemberPage(bob, noFigures, members: [alice], in: euro, for: leader)),
            ("change oneself", changeMemberPage(alice, profile(isFull: true), in: euro, for: member)),
            (
                "change all of a member again",
                changeMemberPage(alice, profile(isFull: false), refused("margin"), in: euro, for: leader)
            ),
        ]
            + [("", Filled.blank), (" again", refused("reason"))].flatMap { again, filled in
                [
                    ("add a member\(again)", newMemberPage(filled, seats: seats, for: leader)),
                    ("note a leave\(again)", leavePage(alice, filled, for: leader)),
                    ("end a membership\(again)", endMemberPage(alice, filled, for: leader)),
                    ("take back in\(again)", rejoinPage(bob, filled, for: leader)),
                ]
            }
    }
}
