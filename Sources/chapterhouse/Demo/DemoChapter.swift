import ReferralGroup
import Storage

/// A chapter to look at: 27 members, 18 months to the current one, and a neighbour to exchange referrals with.
///
/// The rates are those of the exports of four real chapters (docs/demo.md): marks, slips a week and member, amounts.
struct DemoChapter {
    static let slug = "demo"
    let database: Database

    /// Makes the demo unless it is there already, and returns whether it was made now.
    func make(telling: @Sendable (String) -> Void) async throws -> Bool {
        guard let slug = Chapter.Slug(Self.slug), let beside = Chapter.Slug("demo-hillside") else {
            return false
        }
        let shell = database.acting(as: .system(door: .cli), in: nil)
        guard try await shell.run(.chapter(slug)) == nil else { return false }
        telling("Loading the demo chapter: 18 months of 27 members.")
        let neighbour = try await found(beside, "Demo Hillside", using: shell)
        let chapter = try await found(slug, "Demo Harbour", using: shell)
        let calendar = DemoCalendar(today: try await shell.run(.today(in: chapter.id)))
        let acting = database.acting(as: .system(door: .cli), in: chapter.id)

        for home in [chapter, neighbour] {
            try await database.acting(as: .system(door: .cli), in: home.id).setPolicy(
                Self.policy,
                of: home,
                from: calendar.first
            )
        }
        try await seatNeighbours(calendar, in: neighbour)
        let members = try await seatMembers(calendar, in: chapter, using: acting)
        let held = try await meetings(calendar, in: chapter, using: acting)
        try await acting.transaction { transaction in
            try await transaction.openMeetings(before: calendar.today, in: chapter.id)
            var year = DemoYear(calendar: calendar, members: members)
            for meeting in held { year.live(through: meeting) }
            try await transaction.load(year.load, in: chapter)
            for draft in year.exchanged { _ = try await transaction.pass(draft) }
            for draft in year.exchangedTalks { _ = try await transaction.record(draft) }
            // The last sheet is left open: somebody has something to seal.
            if let last = held.last { try await transaction.sealMeetings(before: last.date, in: chapter.id) }
            try await tell(of: members, on: calendar.today, in: chapter, transaction)
        }
        return true
    }

    /// What members need, offer and tell of themselves, and whom the leaders know beside the chapter.
    private func tell(
        of members: [DemoMember],
        on today: LocalDate,
        in chapter: Chapter,
        _ transaction: ActingTransaction
    ) async throws {
        for owner in members.prefix(3).map(\.membership) {
            for draft in Cast.network(on: today) {
                _ = try await transaction.run(.keep(draft, of: owner.id, owner.person, in: chapter.id))
            }
        }
        for seat in try await transaction.run(.seats(of: chapter.id)) {
            guard let sphere = Cast.spheres.first(where: { $0.value.contains(seat.title) })?.key else {
                continue
            }
            _ = try await transaction.run(.put(seat.id, into: sphere, in: chapter.id))
        }
        let present = members.filter { $0.isActive(on: today) }.map(\.membership)
        for (member, profile) in zip(present, Cast.profiles) {
            try await transaction.run(.tell(profile, of: member.id, member.person, in: chapter.id))
        }
        for (place, posting) in Cast.postings.enumerated() {
            let member = present[(place * 5 + 2) % present.count].id
            let draft = PostingDraft(
                kind: posting.kind,
                member: member,
                text: posting.text,
                profession: posting.profession,
                postedOn: today.advanced(by: -3 * place - 4)
            )
            let posted = try await transaction.run(.post(draft, in: chapter.id))
            if posting.isAnswered {
                _ = try await transaction.run(
                    .answer(
                        posted,
                        by: present.first { $0.id != member }?.id,
                        on: today.advanced(by: -1),
                        in: chapter.id
                    )
                )
            }
        }
    }

    /// The president of the day, in whose name a newcomer looks around.
    static var president: EmailAddress? {
        Cast.email(of: Cast.harbour[1].name)
    }

    private static let policy = [
        (key: "membership-fee", value: "900.00"), (key: "months-covered", value: "12"),
        (key: "meeting-fee", value: "15.00"),
        (key: "meeting-fee-due-for", value: "attended"), (key: "value-of-hour", value: "40.00"),
        (key: "earned-is-seen-by", value: "leaders"),
    ]

    private func found(
        _ slug: Chapter.Slug,
        _ name: String,
        using shell: ActingDatabase
    ) async throws -> Chapter {
        guard let currency = Currency("EUR") else { throw Failure(.ourBug, "EUR is no currency") }
        return try await shell.create(
            ChapterDraft(
                slug: slug,
                name: name,
                timeZone: "Europe/Berlin",
                currency: currency,
                weekday: .wednesday,
                time: LocalTime("07:00"),
                place: "Old Warehouse, Pier 3"
            )
        )
    }

    private func seatMembers(
        _ calendar: DemoCalendar,
        in chapter: Chapter,
        using acting: ActingDatabase
    ) async throws -> [DemoMember] {
        var dice = Dice(seed: 27)
        var members: [DemoMember] = []
        let first = Cast.harbour.map { (name: $0.name, seat: $0.seat, week: 0) }
        for (index, person) in (first + Cast.newcomers).enumerated() {
            let joined = calendar.first.advanced(by: person.week * 7)
            guard joined <= calendar.today else { continue }
            var member = try await acting.add(
                MemberDraft(
                    name: person.name,
                    email: Cast.email(of: person.name),
                    seat: person.seat,
                    joinedOn: joined,
                    renewsOn: joined.advanced(by: 730)
                )
            )
            if dice.happens(0.7) {
                let margin = Int.random(in: 4...13, using: &dice) * 5
                try await acting.set(
                    [(key: "margin", value: "\(margin)%")],
                    of: member,
                    in: chapter,
                    from: joined
                )
            }
            if let leaver = Cast.leavers.first(where: { $0.index == index }) {
                _ = try await acting.run(
                    .end(
                        member.id,
                        on: calendar.first.advanced(by: leaver.week * 7),
                        reason: "moved away",
                        in: chapter.id
                    )
                )
                member = try await acting.member("\(member.id)")
            }
            members.append(DemoMember(membership: member, dice: &dice))
        }
        let onLeave = members[12].membership
        try await acting.run(
            .leave(
                of: onLeave.id,
                from: calendar.first.advanced(by: 200),
                to: calendar.first.advanced(by: 235),
                isMedical: true,
                in: chapter.id
            )
        )
        for (term, start) in calendar.terms.enumerated() {
            let end = term + 1 < calendar.terms.count ? calendar.terms[term + 1].advanced(by: -1) : nil
            // Leaders change each half-year; the last term's president is the one whom the shell names.
            let shift = calendar.terms.count - 1 - term
            for (place, role) in [
                OfficeRole.president, .vicePresident, .secretaryTreasurer, .visitorHost, .education,
            ].enumerated() {
                let member = members[(place + 1 + shift * 4) % 15].membership
                guard member.endedOn == nil else { continue }
                _ = try await acting.run(.appoint(member, as: role, from: start, to: end, in: chapter.id))
            }
        }
        return members
    }

    private func seatNeighbours(_ calendar: DemoCalendar, in chapter: Chapter) async throws {
        let acting = database.acting(as: .system(door: .cli), in: chapter.id)
        for person in Cast.hillside {
            _ = try await acting.add(
                MemberDraft(
                    name: person.name,
                    email: Cast.email(of: person.name),
                    seat: person.seat,
                    joinedOn: calendar.first
                )
            )
        }
        _ = try await acting.schedule(from: calendar.first, to: calendar.scheduledUntil, in: chapter)
    }

    /// The meetings that were held until today; those of the turn of the year are called off.
    private func meetings(
        _ calendar: DemoCalendar,
        in chapter: Chapter,
        using acting: ActingDatabase
    ) async throws -> [Meeting] {
        _ = try await acting.schedule(from: calendar.first, to: calendar.scheduledUntil, in: chapter)
        let past = try await acting.run(
            .meetings(of: chapter.id, from: calendar.first, to: calendar.today.advanced(by: -1))
        )
        for meeting in past where calendar.isHoliday(meeting.date) {
            try await acting.callOff(meeting, isHoliday: true)
        }
        return past.filter { !calendar.isHoliday($0.date) }
    }
}

/// The days of the demo: 18 months to the current one.
struct DemoCalendar: Sendable {
    let today: LocalDate

    var first: LocalDate {
        today.month.advanced(by: -17).firstDay
    }

    var scheduledUntil: LocalDate {
        today.month.advanced(by: 1).lastDay
    }

    /// First days of the terms: the demo's own, and every first of April and October after it.
    var terms: [LocalDate] {
        let months = (1...17).map { today.month.advanced(by: $0 - 17) }
        return [first] + months.filter { $0.number == 4 || $0.number == 10 }.map(\.firstDay)
    }

    func isHoliday(_ day: LocalDate) -> Bool {
        let (_, month, dayOfMonth) = day.parts
        return month == 12 && dayOfMonth >= 24 || month == 1 && dayOfMonth <= 2
    }
}

/// A member of the demo, and how eager a networker they are.
struct DemoMember: Sendable {
    let membership: Membership
    /// 0.3 to 2, the rate of slips against that of an average member.
    let zeal: Double

    init(membership: Membership, dice: inout Dice) {
        self.membership = membership
        zeal =
            0.3 + 1.7 * Double.random(in: 0..<1, using: &dice) * Double.random(in: 0..<1, using: &dice) + 0.25
    }

    func isActive(on day: LocalDate) -> Bool {
        membership.joinedOn <= day && day <= (membership.endedOn ?? .latest)
    }
}
