import Pages
import ReferralGroup
import Testing

/// The pages of seats, needs and offers, visitors and applications, in every state that has words of its own.
enum SampleSeats {
    private typealias Named = SampleChapters.Named

    static func all() throws -> [`Pages as they are`.Page] {
        let (leader, member) = (try SampleChapters.leader(), try SampleChapters.member())
        return SampleChapters.pages(
            try seats(leader) + postings(leader, member) + visitors(leader, member)
                + applications(leader, member)
                + forms(leader)
        )
    }

    private static let id = SlipID(high: 1, low: 2)

    private static func seats(_ leader: Reader) throws -> [Named] {
        let (euro, day) = (try #require(Currency("EUR")), try SampleNights.day("2026-10-20"))
        let open = [nil, Figure(0), Figure("1200.00")].enumerated().map { number, value in
            OpenSeat(title: "Example", since: number == 0 ? nil : day, unplaced: number, value: value)
        }
        let list = [nil, "Example"].enumerated().map { place, sphere in
            Seat(id: .init(Int64(place)), title: "Example", sphere: sphere, holder: sphere.map { _ in "Bob" })
        }
        let spheres: [Named] = [
            ("spheres", spheresPage(list, nil, for: leader)),
            ("no spheres", spheresPage([], nil, for: leader)),
            ("spheres again", spheresPage(list, SampleChapters.refused("sphere-0"), for: leader)),
        ]
        return spheres
            + [0, 1, 2].map { count in
                let held = (0..<count).map { _ in
                    HeldSeat(title: "Example", member: .init(1), name: "Bob", since: day)
                }
                return (
                    "\(count) seats taken",
                    seatsPage(open: count == 0 ? [] : open, held: held, in: euro, for: leader)
                )
            }
    }

    static func need() throws -> Posting {
        try posting(.need)
    }

    private static func posting(
        _ kind: Posting.Kind,
        isFull: Bool = true,
        until: String? = nil,
        answeredBy: String? = nil,
        isAnswered: Bool = false
    ) throws -> Posting {
        Posting(
            id: id,
            kind: kind,
            member: .init(isFull ? 1 : 2),
            name: "Bob",
            text: "Example",
            profession: isFull ? "Example" : nil,
            postedOn: try SampleNights.day("2026-10-01"),
            until: try until.map(SampleNights.day),
            answeredBy: answeredBy,
            answeredOn: isAnswered ? try SampleNights.day("2026-10-20") : nil
        )
    }

    private static func postings(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let today = try SampleNights.day("2026-10-28")
        let director = try SampleNights.reader(SampleNights.everything, isMember: false)
        let members = [try SampleChapters.membership(), try SampleChapters.membership(isFull: false)]
        var pages: [Named] = []
        for kind in Posting.Kind.allCases {
            let list = try [
                posting(kind), posting(kind, isFull: false, until: "2026-10-27"),
                posting(kind, until: "2026-10-28"), posting(kind, answeredBy: "Alice", isAnswered: true),
                posting(kind, isAnswered: true),
            ]
            let many = [Posting](repeating: list[0], count: 51)
            let (all, searched) = (
                PostingQuestion(kind: kind), PostingQuestion(kind: kind, text: "Example", isFirstPage: false)
            )
            pages += [
                ("\(kind)s", postingsPage(list, all, of: .init(1), on: today, for: member)),
                ("\(kind)s for a leader", postingsPage(list, all, of: nil, on: today, for: leader)),
                ("many \(kind)s", postingsPage(many, searched, of: nil, on: today, for: member)),
                ("no \(kind)", postingsPage([], all, of: nil, on: today, for: member)),
                ("no \(kind) like that", postingsPage([], searched, of: nil, on: today, for: member)),
                ("new \(kind)", newPostingPage(kind, members: members, for: member)),
                ("new \(kind) by a leader", newPostingPage(kind, members: members, for: leader)),
                ("new \(kind) for a member", newPostingPage(kind, members: members, for: director)),
                (
                    "new \(kind) again",
                    newPostingPage(kind, members: members, SampleChapters.refused("text"), for: leader)
                ),
            ]
        }
        let need = try posting(.need)
        return pages + [
            ("answer", answerPage(need, members: members, for: member)),
            (
                "answer again",
                answerPage(need, members: members, SampleChapters.refused("date"), for: member)
            ),
        ]
    }

    static func visitor(
        _ status: VisitorStatus = .visited,
        _ kind: VisitKind = .first,
        isFull: Bool = true,
        answer: Visitor.Answer?
    ) throws -> Visitor {
        try visitor(status, kind, isFull: isFull, answer: answer, came: false)
    }

    private static func visitor(
        _ status: VisitorStatus = .visited,
        _ kind: VisitKind = .first,
        isFull: Bool = true,
        answer: Visitor.Answer? = nil,
        came: Bool = true
    ) throws -> Visitor {
        Visitor(
            id: id,
            name: "Dora Dyer",
            inviter: isFull ? "Alice" : nil,
            inviterID: isFull ? .init(1) : nil,
            kind: kind,
            visitOn: try SampleNights.day("2026-10-28"),
            came: came,
            status: status,
            lostBecause: status == .lost ? "Example" : nil,
            email: isFull ? "a@example.org" : nil,
            phone: isFull ? "+49 30" : nil,
            company: isFull ? "Example" : nil,
            profession: isFull ? "Example" : nil,
            answer: answer,
            visits: isFull ? 2 : 0,
            isSeatHeld: isFull
        )
    }

    private static func visitors(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let all = VisitorQuestion()
        let list = try VisitorStatus.allCases.map { try visitor($0, isFull: $0 != .new) }
        let many = [Visitor](repeating: try visitor(), count: 51)
        let further = VisitorQuestion(status: .visited, text: "Dora", isFirstPage: false)
        let pages: [Named] = try [
            ("visitors", visitorsPage(list, all, for: leader)),
            ("visitors for a member", visitorsPage(list, all, for: member)),
            ("many visitors", visitorsPage(many, further, for: leader)),
            ("no visitors", visitorsPage([], all, for: member)),
            ("no visitors like that", visitorsPage([], further, for: leader)),
            ("visitor again", visitorPage(visitor(), SampleChapters.refused("reason"), for: leader)),
            ("visitor of the chapter", visitorPage(visitor(isFull: false), for: leader)),
        ]
        let answers: [Visitor.Answer] = [
            .comes(consentedAt: Instant(microsecondsSinceEpoch: 1_793_520_000_000_000)),
            .cannotCome(because: nil), .cannotCome(because: "Example"),
        ]
        return try pages
            + answers.enumerated().map { number, answer in
                (
                    "visitor with answer \(number)",
                    visitorPage(try visitor(.new, isFull: false, answer: answer), for: member)
                )
            }
            + VisitorStatus.allCases.map { ("\($0) visitor", visitorPage(try visitor($0), for: leader)) }
            + VisitKind.allCases.map {
                ("visitor as \($0)", visitorPage(try visitor(.visited, $0), for: member))
            }
    }

    private static func application(
        _ decision: MembershipApplication.Decision? = nil,
        isFull: Bool = true,
        membership: Membership.ID? = nil,
        references: Int = 2
    ) throws -> MembershipApplication {
        MembershipApplication(
            id: id,
            name: "Dora Dyer",
            company: isFull ? "Example" : nil,
            email: isFull ? "a@example.org" : nil,
            phone: isFull ? "+49 30" : nil,
            seat: "Example",
            sponsor: isFull ? "Alice" : nil,
            appliedOn: try SampleNights.day("2026-10-20"),
            decision: decision,
            decidedOn: decision == nil ? nil : try SampleNights.day("2026-10-28"),
            reason: decision == .declined ? "Example" : nil,
            membership: membership,
            notes: isFull ? "Example" : nil,
            references: references,
            yes: 2,
            no: 1,
            isSeatHeld: isFull
        )
    }

    private static func applications(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let decisions = [nil] + MembershipApplication.Decision.allCases
        let list = try decisions.map { try application($0, isFull: $0 != .declined) }
        let many = [MembershipApplication](repeating: list[0], count: 101)
        let pages = try decisions.flatMap { decision -> [Named] in
            let view = try view(of: application(decision))
            let name = "application, \(decision?.rawValue ?? "open")"
            return [
                (name, applicationPage(view, for: leader)),
                ("\(name), to see", applicationPage(view, for: member)),
            ]
        }
        return try pages + [
            ("applications", applicationsPage(list, pending: false, page: 1, for: leader)),
            ("many applications", applicationsPage(many, pending: true, page: 2, for: member)),
            ("no applications", applicationsPage([], pending: true, page: 1, for: leader)),
            (
                "application that became a membership",
                applicationPage(view(of: application(.accepted, membership: .init(1))), for: leader)
            ),
            (
                "application of which nothing is known",
                applicationPage(
                    ApplicationView(application(isFull: false), references: [], votes: [], own: nil),
                    problem: SampleChapters.refused("vote"),
                    for: leader
                )
            ),
        ]
    }

    private static func view(of application: MembershipApplication) throws -> ApplicationView {
        let day = try SampleNights.day("2026-10-24")
        return ApplicationView(
            application,
            references: [
                .init(name: "Bob Baker", contact: "Example", checkedOn: day, outcome: "Example"),
                .init(name: "Bob Baker", contact: nil, checkedOn: nil, outcome: nil),
            ],
            votes: MembershipApplication.Vote.allCases.enumerated().map { number, vote in
                .init(member: .init(Int64(number + 1)), name: "Bob", vote: vote)
            },
            own: .init(1)
        )
    }

    private static func forms(_ leader: Reader) throws -> [Named] {
        let members = [try SampleChapters.membership(), try SampleChapters.membership(isFull: false)]
        let seats = [OpenSeat(title: "Example", since: nil, unplaced: 0, value: nil)]
        let committee = Standing(membership: .init(1), offices: [.membershipCommittee])
        let reader = try SampleNights.reader(committee.permissions)
        let pages: [Named] = try [0, 1, 2].map {
            ("decide on \($0) references", decisionPage(try application(references: $0), for: leader))
        }
        return try pages + [
            ("apply", newApplicationPage(members: members, seats: seats, for: leader)),
            (
                "a visitor applies",
                newApplicationPage(visitor(), members: members, seats: seats, for: leader)
            ),
            (
                "apply again",
                newApplicationPage(
                    members: members,
                    seats: seats,
                    SampleChapters.refused("seat"),
                    for: leader
                )
            ),
            ("decide again", decisionPage(application(), SampleChapters.refused("reason"), for: leader)),
            ("note a reference", referencePage(application(), for: leader)),
            (
                "note a reference again",
                referencePage(application(), SampleChapters.refused("name"), for: leader)
            ),
            ("induct", inductionPage(application(.accepted), members: members, for: reader)),
            (
                "induct again",
                inductionPage(
                    application(.accepted),
                    members: members,
                    SampleChapters.refused("member"),
                    for: leader
                )
            ),
        ]
    }
}
