import ReferralGroup
import Storage

/// What happens in the demo chapter, week by week; the rates a week and member are those of the exports.
struct DemoYear {
    let calendar: DemoCalendar
    let members: [DemoMember]
    private(set) var load = LedgerLoad()
    /// Referrals with the neighbours, which go through both ledgers.
    private(set) var exchanged: [ReferralDraft] = []
    private(set) var exchangedTalks: [OneToOneDraft] = []
    private var dice = Dice(seed: 1985)

    init(calendar: DemoCalendar, members: [DemoMember]) {
        self.calendar = calendar
        self.members = members
    }

    /// The marks of a meeting, and the slips of the week before it.
    mutating func live(through meeting: Meeting) {
        let present = members.filter { $0.isActive(on: meeting.date) }
        mark(present, on: meeting)
        for member in present {
            let others = present.filter { $0.membership.id != member.membership.id }
            guard !others.isEmpty else { continue }
            pass(from: member, to: others, before: meeting)
            talk(member, others, before: meeting)
            thank(member, others, before: meeting)
            learnAndInvite(member, others, before: meeting)
        }
        exchange(present, before: meeting)
    }

    private mutating func mark(_ present: [DemoMember], on meeting: Meeting) {
        for member in present {
            // P 82.6 %, S 11.2 %, M 2.8 %, A 2.3 %, L 1.1 % of the marks in the exports.
            let draw = Double.random(in: 0..<1, using: &dice)
            let mark: Mark =
                draw < 0.826
                ? .present
                : draw < 0.938 ? .substitute : draw < 0.966 ? .medical : draw < 0.989 ? .absent : .late
            let standIn = mark == .substitute ? Cast.visitors.randomElement(using: &dice) : nil
            load.marks.append(
                .init(meeting: meeting.id, member: member.membership.id, mark: mark, standIn: standIn)
            )
        }
    }

    private mutating func pass(from giver: DemoMember, to others: [DemoMember], before meeting: Meeting) {
        // 0.50 inside and 0.91 outside a week and member.
        for _ in 0..<dice.count(rate: 1.41 * giver.zeal) {
            guard let receiver = others.randomElement(using: &dice) else { return }
            let passed = day(before: meeting, for: [giver, receiver])
            let age = calendar.today.daysSinceEpoch - passed.daysSinceEpoch
            let contacted = dice.happens(0.9) ? passed.advanced(by: Int.random(in: 0...6, using: &dice)) : nil
            var status = contacted.map { $0 <= calendar.today } == true ? Referral.Step.contacted : .passed
            var closed: LocalDate?
            if contacted != nil, age > 45, dice.happens(0.8) {
                status = dice.happens(0.45) ? .won : dice.happens(0.75) ? .lost : .declined
                closed = passed.advanced(by: Int.random(in: 10...45, using: &dice))
            }
            load.referrals.append(
                .init(
                    id: newID(),
                    sides: .init(from: giver.membership.id, to: receiver.membership.id),
                    tier: dice.happens(0.36) ? 1 : 2,
                    need: Cast.needs.randomElement(using: &dice) ?? "advice",
                    warmth: [2, 3, 3, 4, 4, 5].randomElement(using: &dice) ?? 3,
                    passedOn: passed,
                    contactedOn: status == .passed ? nil : contacted,
                    closedOn: closed,
                    status: status
                )
            )
        }
    }

    private mutating func talk(_ one: DemoMember, _ others: [DemoMember], before meeting: Meeting) {
        // 2.42 a week and member, each of which counts for two.
        for _ in 0..<dice.count(rate: 1.0 * one.zeal) {
            guard let other = others.randomElement(using: &dice) else { return }
            load.talks.append(
                .init(
                    id: newID(),
                    first: one.membership.id,
                    second: other.membership.id,
                    outsider: nil,
                    metOn: day(before: meeting, for: [one, other]),
                    minutes: [30, 45, 60, 60, 75, 90].randomElement(using: &dice) ?? 60,
                    costs: (
                        Int64.random(in: 0...12, using: &dice) * 50,
                        Int64.random(in: 0...12, using: &dice) * 50
                    )
                )
            )
        }
    }

    private mutating func thank(_ earner: DemoMember, _ others: [DemoMember], before meeting: Meeting) {
        // 133 thanks in 12 exported weeks of about 25 members; amounts with a median of 907.50.
        for _ in 0..<dice.count(rate: 0.42 * earner.zeal) {
            guard let thanked = others.randomElement(using: &dice) else { return }
            let amount = max(500, Int64(dice.amount(median: 9075, spread: 1.5)) * 10)
            let isVisitor = dice.happens(0.04)
            load.thanks.append(
                .init(
                    id: newID(),
                    sides: .init(from: earner.membership.id, to: isVisitor ? nil : thanked.membership.id),
                    visitor: isVisitor ? Cast.visitors.randomElement(using: &dice) : nil,
                    amount: min(amount, 20_000_000),
                    closedOn: day(before: meeting, for: [earner, thanked])
                )
            )
        }
    }

    private mutating func learnAndInvite(
        _ member: DemoMember,
        _ others: [DemoMember],
        before meeting: Meeting
    ) {
        let id = member.membership.id
        for _ in 0..<dice.count(rate: 0.9 * member.zeal) {
            let minutes = [60, 60, 60, 120, 30].randomElement(using: &dice) ?? 60
            load.education.append(
                .init(member: id, day: day(before: meeting, for: [member]), minutes: minutes)
            )
        }
        if dice.happens(0.043 * member.zeal), let other = others.randomElement(using: &dice) {
            load.testimonials.append(
                .init(
                    member: id,
                    other: other.membership.id,
                    day: day(before: meeting, for: [member, other])
                )
            )
        }
        if dice.happens(0.072 * member.zeal), let name = Cast.visitors.randomElement(using: &dice) {
            load.visitors.append(.init(member: id, day: meeting.date, text: name))
        }
        if dice.happens(0.2 * member.zeal) {
            let kind = ["event", "meal", "call", "note"].randomElement(using: &dice) ?? "call"
            let money: Int64 = kind == "event" ? 2500 : kind == "meal" ? 1800 : 0
            let minutes = kind == "event" ? 120 : kind == "meal" ? 75 : 15
            load.activities.append(
                .init(
                    member: id,
                    day: day(before: meeting, for: [member]),
                    minutes: minutes,
                    money: money,
                    text: kind
                )
            )
        }
    }

    /// About two referrals and a one-to-one a week between the two chapters.
    private mutating func exchange(_ present: [DemoMember], before meeting: Meeting) {
        guard let one = present.randomElement(using: &dice),
            let beyond = Cast.hillside.randomElement(using: &dice),
            let currency = Currency("EUR")
        else { return }
        let member = Party.member(one.membership.id)
        let other = Party.outsider(name: beyond.name, home: "Demo Hillside")
        let day = day(before: meeting, for: [one])
        for _ in 0..<dice.count(rate: 2) {
            let isGiven = dice.happens(0.5)
            exchanged.append(
                ReferralDraft(
                    giver: isGiven ? member : other,
                    receiver: isGiven ? other : member,
                    tier: 2,
                    need: Cast.needs.randomElement(using: &dice) ?? "advice",
                    warmth: 3,
                    passedOn: day
                )
            )
        }
        if dice.happens(0.8) {
            let nothing = Money(minorUnits: 0, currency: currency)
            exchangedTalks.append(
                OneToOneDraft(
                    first: member,
                    second: other,
                    metOn: day,
                    minutes: 60,
                    costOfFirst: nothing,
                    costOfSecond: nothing
                )
            )
        }
    }

    /// A day of the week that ends with a meeting, on which all of them are members.
    private mutating func day(before meeting: Meeting, for members: [DemoMember]) -> LocalDate {
        let day = meeting.date.advanced(by: -Int.random(in: 0...6, using: &dice))
        return members.allSatisfy { $0.isActive(on: day) } ? max(day, calendar.first) : meeting.date
    }

    /// A UUID of version 4 from the demo's own dice, so that every demo is the same.
    private mutating func newID() -> SlipID {
        SlipID(
            high: dice.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: dice.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        )
    }
}
