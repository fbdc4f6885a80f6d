import Pages
import ReferralGroup
import Testing

/// The pages of contacts and follow-ups, in every state that has words of its own.
enum SampleFollowUps {
    static func all() throws -> [`Pages as they are`.Page] {
        let member = try SampleChapters.member()
        return SampleChapters.pages(
            try contacts(member) + followUps(member) + planner(member) + introductions(member)
        )
    }

    private static let id = SlipID(high: 1, low: 2)

    /// Every cause, in every way, before, on and after the 28th of October.
    static func agenda() throws -> [FollowUp] {
        let causes: [FollowUp.Cause?] = [nil] + FollowUp.Cause.allCases
        return try causes.enumerated().map { place, cause in
            let channels = FollowUp.Channel.allCases
            return FollowUp(
                id: cause == .cadence ? nil : id,
                cause: cause,
                slip: [.referral, .visitor].contains(cause) ? id : nil,
                contact: [.contact, .cadence].contains(cause) ? id : nil,
                about: cause == nil ? nil : "Bob",
                text: cause == nil ? "Example" : nil,
                channel: channels[place % channels.count],
                dueOn: try SampleNights.day("2026-10-2\(5 + place % 5)"),
                lastOn: cause == .cadence ? try SampleNights.day("2026-01-30") : nil,
                isThisWeek: place != 1
            )
        }
    }

    private static func contact(isFull: Bool) throws -> Contact {
        let day = try SampleNights.day("2026-01-30")
        guard isFull else {
            return Contact(
                id: id,
                card: ContactCard(name: "Bob"),
                back: BackOfCard(metOn: day),
                lastOn: day,
                member: nil
            )
        }
        return Contact(
            id: id,
            card: ContactCard(
                name: "Bob",
                company: "Example",
                profession: "Example",
                phone: "+49 30 1",
                email: "a@example.org"
            ),
            back: BackOfCard(
                metOn: day,
                metWhere: "Example",
                notes: "Example\nBob",
                cadenceDays: 17,
                isShared: true
            ),
            lastOn: day,
            member: "Bob"
        )
    }

    private static func ended() throws -> [EndedFollowUp] {
        try FollowUp.Ending.allCases.map { ending in
            EndedFollowUp(
                id: id,
                about: ending == .done ? "Bob" : nil,
                text: ending == .done ? nil : "Example",
                channel: .lunch,
                endedOn: try SampleNights.day("2026-10-20"),
                ending: ending,
                outcome: ending == .done ? "Example" : nil
            )
        }
    }

    private static func contacts(_ member: Reader) throws -> [SampleChapters.Named] {
        let (full, bare) = (try contact(isFull: true), try contact(isFull: false))
        let today = try SampleNights.day("2026-02-01")
        let late = try SampleNights.day("2026-10-28")
        let shared = SharedContact(id: id, card: full.card, owner: "Bob")
        let wrong = Filled(["name": ""], faults: ["name": "it is missing", "met": "it is missing"])
        let own = ContactQuestion(isFirstPage: false)
        let others = ContactQuestion(part: .shared)
        return [
            ("contacts", contactsPage([full, bare], ContactQuestion(), on: today, for: member)),
            (
                "contacts to be in touch with",
                contactsPage(Array(repeating: full, count: 51), own, on: late, for: member)
            ),
            ("no contact", contactsPage([], ContactQuestion(), on: today, for: member)),
            ("no such contact", contactsPage([], ContactQuestion(text: "Example"), on: today, for: member)),
            ("shared contacts", sharedContactsPage([shared], others, for: member)),
            ("no shared contact", sharedContactsPage([], others, for: member)),
            (
                "no such shared contact",
                sharedContactsPage([], ContactQuestion(part: .shared, text: "Example"), for: member)
            ),
            ("a new contact", newContactPage(for: member)),
            ("a visitor as a contact", newContactPage(visitor: true, wrong, for: member)),
            ("a contact", contactPage(full, try ended(), for: member)),
            ("a bare contact", contactPage(bare, [], for: member)),
            ("a contact changed", changeContactPage(full, for: member)),
            ("a contact changed wrongly", changeContactPage(bare, wrong, for: member)),
        ]
    }

    private static func followUps(_ member: Reader) throws -> [SampleChapters.Named] {
        let today = try SampleNights.day("2026-10-28")
        let wrong = Filled(["due": "soon"], faults: ["due": "it is missing"])
        return [
            ("follow-ups", followUpsPage(try agenda(), try ended(), aWeek: 5, on: today, for: member)),
            ("no follow-up", followUpsPage([], [], aWeek: 5, on: today, for: member)),
            ("a new follow-up", newFollowUpPage(contact: nil, due: today, wrong, for: member)),
            (
                "a new follow-up of a contact",
                newFollowUpPage(contact: try contact(isFull: true), due: today, for: member)
            ),
        ]
            + (try agenda().enumerated().filter { $0.element.id != nil }.map {
                ("follow-up \($0.offset)", followUpPage($0.element, for: member))
            })
    }

    private static func planner(_ member: Reader) throws -> [SampleChapters.Named] {
        let day = try SampleNights.day("2026-10-28")
        let full = Profile(
            goals: "Example",
            accomplishments: "Example",
            interests: "Example\nExample",
            networks: "Example",
            skills: "Example",
            idealReferral: "Example",
            purposes: Profile.Purpose.allCases
        )
        let partners = [nil, day].enumerated().map { place, lastMet in
            Partner(
                id: .init(Int64(place + 2)),
                name: "Bob",
                seat: place == 0 ? nil : "Example",
                lastMet: lastMet,
                waiting: place * 2,
                sphere: place == 0 ? nil : "Example"
            )
        }
        let away = Partner(
            id: .init(9),
            name: "Bob",
            seat: nil,
            lastMet: nil,
            waiting: 0,
            isOnLeave: true
        )
        let passages = [EntryKind.referral, .oneToOne, .testimonial, .introduction].enumerated().map {
            Passage(
                day: day,
                kind: $1,
                isOwn: $1 == .oneToOne ? nil : $0 == 0,
                text: $0 == 0 ? "Example" : nil,
                status: $1 == .referral ? .won : nil
            )
        }
        let appointments = try appointments()
        let other = try SampleChapters.membership()
        let card = DanceCard([.init(1), .init(2), .init(3)])
        let names: [Membership.ID: String] = [.init(1): "Alice", .init(2): "Bob", .init(3): "Bob"]
        return [
            ("planner", plannerPage(partners, appointments, turn: partners[0], for: member)),
            (
                "a need",
                needPage(
                    try SampleSeats.need(),
                    NeedMatch.By.allCases.map {
                        NeedMatch(by: $0, member: .init(1), name: "Bob", about: "Example")
                    },
                    mayAnswer: true,
                    for: member
                )
            ),
            ("a need for nobody", needPage(try SampleSeats.need(), [], mayAnswer: false, for: member)),
            ("planner whose turn is away", plannerPage([away], [], turn: away, for: member)),
            ("empty planner", plannerPage([], [], turn: nil, for: member)),
            (
                "preparation",
                preparationPage(
                    other,
                    theirs: full,
                    own: nil,
                    passages,
                    [appointments[0]],
                    today: day,
                    for: member
                )
            ),
            (
                "bare preparation",
                preparationPage(other, theirs: nil, own: Profile(), [], [], today: day, for: member)
            ),
            (
                "preparation again",
                preparationPage(
                    other,
                    theirs: nil,
                    own: nil,
                    [],
                    [],
                    today: day,
                    SampleChapters.refused("on"),
                    for: member
                )
            ),
            ("profile", profilePage(Filled(full), for: member)),
            ("dance card", danceCardPage(card, names: names, of: .init(1), on: day, for: member)),
            ("empty dance card", danceCardPage(DanceCard([]), names: [:], of: nil, on: day, for: member)),
        ]
    }

    static func appointments() throws -> [Appointment] {
        let (day, time) = (try SampleNights.day("2026-10-29"), try #require(LocalTime("08:30")))
        let startsAt = try #require(Instant("2026-10-29T07:30:00Z"))
        return [(true, false), (true, true), (false, false), (false, true)].flatMap { isInviter, isAccepted in
            [true, false].map { isOver in
                Appointment(
                    id: id,
                    other: .init(2),
                    otherName: "Bob",
                    isInviter: isInviter,
                    startsAt: startsAt,
                    date: day,
                    time: time,
                    minutes: isOver ? 1 : 60,
                    place: isOver ? nil : "Example",
                    topic: isOver ? nil : "Example",
                    isAccepted: isAccepted,
                    isOver: isOver
                )
            }
        }
    }

    private static func introductions(_ member: Reader) throws -> [SampleChapters.Named] {
        let day = try SampleNights.day("2026-10-28")
        let parts: [Introduction.Part] = [.connector, .first, .second]
        var made: [Introduction] = []
        for part in parts {
            for accepts: Bool? in [nil, true, false] {
                made.append(
                    Introduction(
                        id: id,
                        madeOn: day,
                        why: accepts == true ? "Example" : nil,
                        outcome: accepts == false ? "Example" : nil,
                        connector: "Alice",
                        first: .init(name: "Bob", accepts: accepts),
                        second: .init(name: "Bob", accepts: part == .second ? accepts : true),
                        part: part,
                        email: accepts == true ? "a@example.org" : nil,
                        phones: accepts == true ? ["+49 30 1"] : []
                    )
                )
            }
        }
        let wrong = Filled(["outcome": ""], faults: ["outcome": "it is missing"])
        var pages: [SampleChapters.Named] = made.enumerated().map { place, introduction in
            ("introduction \(place)", introductionsPage([introduction], for: member))
        }
        pages.append(("no introduction", introductionsPage([], for: member)))
        pages.append(
            ("an outcome refused", introductionsPage([made[1]], wrong, wrongIn: id, for: member))
        )
        return pages
    }
}
