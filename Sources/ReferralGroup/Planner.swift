/// Somebody whom a member could meet next in a one-to-one.
package struct Partner: Sendable {
    package let id: Membership.ID
    package let name: String
    package let seat: String?
    /// Nil where the two never met in one.
    package let lastMet: LocalDate?
    /// Referrals between the two, either way, that are still open.
    package let waiting: Int
    /// What the two professions have in common; nil where that is nothing.
    package let sphere: String?
    package let isOnLeave: Bool

    package init(
        id: Membership.ID,
        name: String,
        seat: String?,
        lastMet: LocalDate?,
        waiting: Int,
        sphere: String? = nil,
        isOnLeave: Bool = false
    ) {
        self.id = id
        self.name = name
        self.seat = seat
        self.lastMet = lastMet
        self.waiting = waiting
        self.sphere = sphere
        self.isOnLeave = isOnLeave
    }
}

/// Something that passed between two members.
package struct Passage: Sendable {
    package let day: LocalDate
    package let kind: EntryKind
    /// Whether it came from the one who looks; nil of what has no direction.
    package let isOwn: Bool?
    package let text: String?
    /// Of a referral.
    package let status: Referral.Step?

    package init(day: LocalDate, kind: EntryKind, isOwn: Bool?, text: String?, status: Referral.Step?) {
        self.day = day
        self.kind = kind
        self.isOwn = isOwn
        self.text = text
        self.status = status
    }
}

/// Who meets whom in which week, so that everybody meets everybody: a round a week, all year round.
///
/// Nothing of it is kept: the round of a week follows from the week and from who is a member.
package struct DanceCard: Sendable {
    /// In order of their numbers: who joins comes last, and moves as few pairs as can be.
    private let members: [Membership.ID]

    package init(_ members: [Membership.ID]) {
        self.members = members.sorted { $0.number < $1.number }
    }

    /// After so many weeks everybody has met everybody.
    package var rounds: Int {
        members.count < 2 ? 0 : members.count + members.count % 2 - 1
    }

    /// The pairs of the week of a day; with an odd number one member has nobody.
    package func pairs(inWeekOf day: LocalDate) -> [(Membership.ID, Membership.ID)] {
        guard rounds > 0 else { return [] }
        let week = (day.daysSinceEpoch + 3).flooredQuotient(by: 7)
        let round = (week % rounds + rounds) % rounds
        // One stays where they are and the others go round, as at a dance.
        let circle = members.count + members.count % 2
        var places: [Membership.ID?] = members.map { $0 }
        if places.count < circle { places.append(nil) }
        let moving = Array(places.dropFirst())
        let turned = [places[0]] + moving[round...] + moving[..<round]
        return (0..<circle / 2).compactMap { place in
            guard let one = turned[place], let other = turned[circle - 1 - place] else { return nil }
            return (one, other)
        }
    }

    /// Whom a member meets in the week of a day.
    package func partner(of member: Membership.ID, inWeekOf day: LocalDate) -> Membership.ID? {
        for (one, other) in pairs(inWeekOf: day) {
            if one == member { return other }
            if other == member { return one }
        }
        return nil
    }
}

extension Int {
    fileprivate func flooredQuotient(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
