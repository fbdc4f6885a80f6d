import Postgres
import ReferralGroup

extension ActingDatabase {
    /// The one member whom a text names; of several memberships of one person, that of the day (nil: today), else the latest.
    package func member(_ text: String, on day: LocalDate? = nil) async throws -> Membership {
        guard let chapter else { throw Unknown.member(text, candidates: []) }
        guard let line = PlainText.line(text), !line.isEmpty else {
            throw Unknown.member(text, candidates: [])
        }
        let (found, roster, today) = try await run(
            .members(named: line, in: chapter, on: day),
            .roster(of: chapter, on: day),
            .today(in: chapter)
        )
        // An id or an e-mail is meant exactly; it never competes with a name.
        let exact = found.filter { "\($0.id)" == line || $0.email?.description == FoldedName(line).text }
        let matches = exact.isEmpty ? found : exact
        guard Set(matches.map(\.person)).count <= 1 else {
            throw Unknown.ambiguousMember(line, candidates: matches.map { "\($0.name) (id \($0.id))" })
        }
        let wanted = day ?? today
        let current = matches.first { $0.joinedOn <= wanted && wanted <= ($0.endedOn ?? .latest) }
        guard let member = current ?? matches.last else {
            let words = Set(FoldedName(line).words)
            let near = roster.filter { !words.isDisjoint(with: FoldedName($0.name).words) }
            throw Unknown.member(line, candidates: near.prefix(5).map { "\($0.name) (id \($0.id))" })
        }
        return member
    }

    /// Seats a new member; the e-mail finds the person who has it already.
    package func add(_ draft: MemberDraft) async throws -> Membership {
        try await transaction { try await $0.add(draft) }
    }

    /// A new membership of somebody who was a member before.
    package func rejoin(_ former: Membership, seat: String?, joinedOn: LocalDate?) async throws -> Membership
    {
        try await transaction { try await $0.rejoin(former, seat: seat, joinedOn: joinedOn) }
    }

    /// Sets what is known of a member, in the words of the shell.
    package func set(
        _ settings: [(key: String, value: String)],
        of member: Membership,
        in chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        try await transaction { try await $0.set(settings, of: member, in: chapter, from: day) }
    }

    /// Ends the membership here and begins one in the other chapter on the day after.
    package func transfer(
        _ member: Membership,
        to other: Chapter,
        on day: LocalDate?,
        seat: String?
    ) async throws -> Membership {
        guard let here = chapter else { throw Unknown.member(member.name, candidates: []) }
        return try await transaction { transaction in
            let last = try await transaction.run(
                .end(member.id, on: day, because: .transfer, reason: "transferred to \(other.slug)", in: here)
            )
            try await transaction.enter(other.id)
            let draft = MemberDraft(
                name: member.name,
                email: nil,
                seat: seat ?? member.seat,
                company: member.company,
                joinedOn: last.advanced(by: 1)
            )
            let joined = try await transaction.add(draft, as: member.person, after: member, in: other.id)
            try await transaction.run(
                Query<Void>(
                    """
                    UPDATE membership SET transferred_from_chapter = \(here), transferred_from = \(member.id)
                     WHERE chapter_id = \(other.id) AND id = \(joined.id)
                    """
                )
            )
            return joined
        }
    }
}

/// Somebody set what is another's to decide, or what takes the right to manage members.
package struct NotTheirs: Error, Sendable {
    package let setting: MemberSetting
    /// Whether it would be theirs with a second factor.
    package let awaitsSecondFactor: Bool

    package var message: String {
        setting.isPrivate
            ? "\(setting.rawValue) is the member's own to decide"
            : "\(setting.rawValue) is changed by those who may \(Permission.manageMembers.purpose)"
    }
}

extension ActingTransaction {
    /// Sets what is known of a member, in the words of the shell; an empty word takes away what may be missing.
    package func set(
        _ settings: [(key: String, value: String)],
        of member: Membership,
        in chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        for (key, value) in settings {
            guard let setting = MemberSetting(rawValue: key) else {
                throw Unknown.setting(key, known: MemberSetting.allCases.map(\.rawValue))
            }
            guard database.actor.may(set: setting, of: member) else {
                let isAwaited = !setting.isPrivate && database.actor.rights.awaited.contains(.manageMembers)
                throw NotTheirs(setting: setting, awaitsSecondFactor: isAwaited)
            }
            try await set(setting, value, of: member, in: chapter, from: day)
        }
    }

    private func set(
        _ setting: MemberSetting,
        _ value: String,
        of member: Membership,
        in chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        func wrong(_ wanted: String) -> Unknown { .value(value, of: setting.rawValue, wanted: wanted) }
        let line = PlainText.line(value)
        let isEmpty = line?.isEmpty == true
        switch setting {
        case .email:
            guard let email = EmailAddress(value) else { throw wrong("an e-mail address") }
            try await run(Query<Void>("SELECT set_email(\(member.id), \(watched: email))"))
        case .seat:
            guard let line else { throw wrong("a profession") }
            let seat = isEmpty ? nil : try await seat(line, in: chapter.id)
            try await change(member, "seat_id = \(seat)", in: chapter.id)
        case .company:
            guard let line else { throw wrong("one line of text") }
            try await change(member, "company = \(isEmpty ? nil : line)", in: chapter.id)
        case .renews:
            let date = LocalDate(value)
            guard date != nil || isEmpty else { throw wrong("a date such as 2027-10-01") }
            try await change(member, "renews_on = \(date)", in: chapter.id)
        case .mentor:
            let mentor = isEmpty ? nil : try await database.member(value)
            try await change(member, "mentor_id = \(mentor?.id)", in: chapter.id)
        case .sharesFigures:
            guard ["yes", "no"].contains(value) else { throw wrong("yes or no") }
            try await change(member, "shares_figures = \(value == "yes")", in: chapter.id)
        case .margin:
            guard let margin = Figure(percent: value) else {
                throw wrong("a percentage between 0% and 100%, such as 40%")
            }
            try await run(
                .valuation(of: member, margin: margin, valueOfHour: nil, from: day, in: chapter.id)
            )
        case .valueOfHour:
            guard let money = Money(value, in: chapter.currency) else {
                let example = Money(minorUnits: 4000, currency: chapter.currency).amount
                throw wrong("an amount such as \(example)")
            }
            try await run(
                .valuation(of: member, margin: nil, valueOfHour: money.minorUnits, from: day, in: chapter.id)
            )
        }
    }

    private func change(_ member: Membership, _ assignment: SQL, in chapter: Chapter.ID) async throws {
        try await run(
            Query<Void>(
                "UPDATE membership SET \(assignment) WHERE chapter_id = \(chapter) AND id = \(member.id)"
            )
        )
    }

    /// Two statements: the second sees a seat that somebody else listed while the first waited for them.
    fileprivate func seat(_ title: String, in chapter: Chapter.ID) async throws -> Int64 {
        try await run(.list(title, in: chapter), .seat(title, in: chapter)).1
    }

    /// A new membership of somebody who was a member before.
    package func rejoin(_ former: Membership, seat: String?, joinedOn: LocalDate?) async throws -> Membership
    {
        let draft = MemberDraft(
            name: former.name,
            email: nil,
            seat: seat ?? former.seat,
            company: former.company,
            joinedOn: joinedOn
        )
        return try await add(draft, as: former.person, after: former)
    }

    package func add(_ draft: MemberDraft, in other: Chapter.ID? = nil) async throws -> Membership {
        let person = try await run(.person(named: draft.name, email: draft.email))
        return try await add(draft, as: person, after: nil, in: other)
    }

    func add(
        _ draft: MemberDraft,
        as person: Person.ID,
        after former: Membership?,
        in other: Chapter.ID? = nil
    ) async throws -> Membership {
        guard let chapter = other ?? chapter else { throw Unknown.chapter("") }
        var seat: Int64?
        if let title = draft.seat { seat = try await self.seat(title, in: chapter) }
        let id = try await run(.insert(draft, person: person, seat: seat, from: former, in: chapter))
        return try await run(.membership(id, in: chapter))
    }
}
