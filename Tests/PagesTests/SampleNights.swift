import Pages
import ReferralGroup
import Testing

/// The pages of a meeting, of a member's desk and of logging, in every state that has words of its own.
enum SampleNights {
    static let everything = Set(Permission.allCases)

    static func all() throws -> [`Pages as they are`.Page] {
        let pages = try meetings() + desks() + forms() + referrals()
        return pages.map { `Pages as they are`.Page(testDescription: $0, html: $1) }
    }

    static func reader(_ permissions: Set<Permission>, isMember: Bool = true) throws -> Reader {
        Reader(
            name: "Alice",
            chapter: .init(slug: try #require(Chapter.Slug("alder")), name: "Alder"),
            permissions: permissions,
            isMember: isMember,
            formToken: FormToken("0123")
        )
    }

    static func day(_ text: String) throws -> LocalDate {
        try #require(LocalDate(text))
    }

    private static func night(
        _ status: Meeting.Status,
        today: String = "2026-10-28",
        isFull: Bool = true
    ) throws -> MeetingNight {
        let meeting = Meeting(
            id: .init(1),
            date: try day("2026-10-28"),
            startsAt: try #require(Instant("2026-10-28T06:00:00Z")),
            minutes: 90,
            kind: .regular,
            status: status,
            place: "South"
        )
        let marks: [Mark?] = isFull ? Mark.allCases : [nil, .present]
        let lines = marks.enumerated().map { number, mark in
            SheetLine(
                member: .init(Int64(number + 1)),
                name: "Bob Baker",
                mark: mark,
                standIn: mark == .substitute ? "Dora Dyer" : nil,
                isOnLeave: false
            )
        }
        let away = SheetLine(member: .init(9), name: "Alice Archer", mark: nil, standIn: nil, isOnLeave: true)
        let readOut = [EntryKind.referral, .thanks, .testimonial].map {
            ReadOut(slip: $0, giver: "Alice", receiver: "Bob", said: "Example", amount: 1200, warmth: 4)
        }
        return MeetingNight(
            meeting: meeting,
            today: try day(today),
            startsAt: LocalTime("07:00"),
            sheet: lines + [away],
            announced: isFull
                ? [AnnouncedAbsence(member: .init(1), standIn: "Dora Dyer", reason: "Example")] : [],
            guests: isFull
                ? [
                    Guest(
                        id: SlipID(high: 1, low: 2),
                        name: "Dora Dyer",
                        company: "Example",
                        inviter: "Bob",
                        came: true
                    )
                ] : [],
            readOut: isFull ? readOut : [],
            programme: isFull
                ? MeetingPart.Part.allCases.map {
                    MeetingPart(part: $0, member: .init(1), name: "Bob", topic: "Example")
                } : [],
            checkIn: nil,
            currency: try #require(Currency("EUR"))
        )
    }

    private static func meetings() throws -> [(String, HTML)] {
        let (leader, member) = (try reader(everything), try reader(Permission.ofMembers))
        var pages: [(String, HTML)] = []
        for status in Meeting.Status.allCases {
            for isFull in [true, false] {
                let night = try night(status, isFull: isFull)
                pages.append(
                    ("\(status) meeting, full: \(isFull)", meetingPage(night, myself: .init(1), for: leader))
                )
            }
        }
        let ahead = try night(.scheduled, today: "2026-10-20")
        pages += [
            ("meeting for a member", meetingPage(try night(.open), myself: .init(1), for: member)),
            ("meeting for another", meetingPage(try night(.open), myself: .init(2), for: member)),
            ("meeting ahead", meetingPage(ahead, myself: .init(2), for: leader)),
            (
                "meeting ahead, nobody away",
                meetingPage(
                    try night(.scheduled, today: "2026-10-20", isFull: false),
                    myself: nil,
                    for: leader
                )
            ),
            ("paper sheet", paperSheetPage(try night(.open), for: leader)),
            ("no sign", doorPage(ahead, sign: nil, for: leader)),
            (
                "sign",
                doorPage(
                    ahead,
                    sign: CheckInSign(
                        address: "0",
                        onTimeUntil: try #require(LocalTime("07:05")),
                        modules: [[true, false], [false, true]]
                    ),
                    for: leader
                )
            ),
            ("meetings", meetingsPage([ahead.meeting], today: try day("2026-10-20"), for: leader)),
            ("no meetings", meetingsPage([], today: try day("2026-10-20"), for: member)),
        ]
        for (mark, isAsked) in [(nil, true), (nil, false), (Mark.late, false)] {
            let page = checkInPage(
                day: try day("2026-10-28"),
                secret: "0",
                mark: mark,
                isAsked: isAsked,
                for: member
            )
            pages.append(("checking in, \(mark?.letter ?? "-") \(isAsked)", page))
        }
        return pages
    }

    private static func desks() throws -> [(String, HTML)] {
        let (euro, reader) = (try #require(Currency("EUR")), try reader(Permission.ofMembers))
        let referrals = try Referral.Step.allCases.map { step in
            DeskReferral(
                id: SlipID(high: 1, low: 2),
                other: "Bob",
                need: "Example",
                warmth: 3,
                status: step,
                passedOn: try day("2026-10-20"),
                prospect: nil,
                isLate: step == .passed
            )
        }
        let full = MemberDesk(
            today: try day("2026-10-28"),
            received: referrals,
            followUps: try SampleFollowUps.agenda(),
            given: referrals,
            thanked: [.init(day: try day("2026-10-20"), money: Money(minorUnits: 1200, currency: euro))],
            year: try (1...12).map {
                .init(month: try #require(Month("2026-\($0 < 10 ? "0" : "")\($0)")), given: $0, received: 1)
            },
            returned: .init(
                cost: Figure(1),
                received: Figure(2),
                net: Figure(1),
                roi: Figure("1.0000"),
                given: nil
            ),
            score: .init(points: 50, colour: "green", nextPart: "Visitors", nextNeeds: 2, nextPoints: 5),
            nextPartner: .init(name: "Bob", lastMet: try day("2026-01-30")),
            absences: .init(used: Figure("1.50") ?? Figure(1), allowed: 3, nextDrop: try day("2027-02-14")),
            nextMeeting: try day("2026-11-04"),
            firstSteps: try FirstSteps.Step.allCases.map { step in
                .init(
                    member: .init(1),
                    name: "Bob",
                    isOwn: step == .profile,
                    done: 1,
                    steps: 8,
                    next: step,
                    nextDue: try day("2026-11-04")
                )
            },
            appointments: try SampleFollowUps.appointments()
        )
        let empty = MemberDesk(
            today: try day("2026-10-28"),
            received: [],
            followUps: [],
            given: [],
            thanked: [],
            year: [],
            returned: nil,
            score: .init(points: nil, colour: "grey", nextPart: nil, nextNeeds: nil, nextPoints: nil),
            nextPartner: .init(name: "Bob", lastMet: nil),
            absences: nil,
            nextMeeting: nil
        )
        let kept = EntryKind.allCases.map { kind in
            ("desk after \(kind.rawValue)", deskPage(full, currency: euro, kept: kind, for: reader))
        }
        return kept + [("empty desk", deskPage(empty, currency: euro, for: reader))]
    }

    private static func forms() throws -> [(String, HTML)] {
        let reader = try reader(everything)
        let choices = LogChoices(
            members: ["Bob Baker"],
            today: try day("2026-10-28"),
            currency: try #require(Currency("EUR")),
            referrals: [(SlipID(high: 1, low: 2), "Example")]
        )
        let wrong = Filled(["need": "Example"], faults: ["": "it is missing", "receiver": "it is missing"])
        return [("everything to log", logPage(for: reader))]
            + EntryKind.allCases.flatMap { kind in
                [
                    ("log \(kind.rawValue)", logFormPage(kind, choices, for: reader)),
                    ("log \(kind.rawValue) again", logFormPage(kind, choices, wrong, for: reader)),
                ]
            }
    }

    private static func referrals() throws -> [(String, HTML)] {
        let reader = try reader(Permission.ofMembers)
        let at = try #require(Instant("2026-10-28T06:00:00Z"))
        return try Referral.Step.allCases.map { status in
            let referral = Referral(
                id: SlipID(high: 1, low: 2),
                giver: "Alice",
                receiver: "Bob",
                unplacedProfession: nil,
                tier: 1,
                need: "Example",
                warmth: 5,
                status: status,
                passedOn: try day("2026-10-20"),
                isProvisional: true
            )
            let prospect = Prospect(
                name: "Dora Dyer",
                company: "Example",
                phone: "+49 30",
                email: "a@example.org"
            )
            let steps = [ReferralStep(step: status, at: at, reason: "Example", by: "Bob")]
            return (
                "referral \(status)",
                referralPage(referral, prospect: prospect, steps: steps, mayMove: true, for: reader)
            )
        }
    }
}
