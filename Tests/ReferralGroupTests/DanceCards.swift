import ReferralGroup
import Testing

@Suite struct `A dance card` {
    /// 2026-10-28 is a Wednesday, and the 26th the Monday of its week.
    private let day = LocalDate(daysSinceEpoch: 20_754)

    private func card(_ count: Int) -> DanceCard {
        DanceCard((1...max(1, count)).prefix(count).map { Membership.ID(Int64($0 * 7)) })
    }

    @Test(arguments: 2...40)
    func `brings everybody together with everybody once`(_ count: Int) {
        let card = card(count)
        var met: Set<Set<Membership.ID>> = []
        for week in 0..<card.rounds {
            let pairs = card.pairs(inWeekOf: day.advanced(by: week * 7))
            let people = pairs.flatMap { [$0.0, $0.1] }
            #expect(Set(people).count == people.count, "nobody meets two at a time")
            #expect(people.count >= count - 1)
            met.formUnion(pairs.map { [$0.0, $0.1] })
        }
        #expect(met.count == count * (count - 1) / 2)
        #expect(card.rounds == count - (count % 2 == 0 ? 1 : 0))
    }

    @Test func `is the same from Monday to Sunday, before 1970 too`() {
        let card = card(9)
        for start in [day.advanced(by: -2), LocalDate(daysSinceEpoch: -10_000 * 7 - 3)] {
            let partners = (-1...7).map { card.partner(of: .init(14), inWeekOf: start.advanced(by: $0)) }
            #expect(Set(partners[1...7]).count == 1)
            #expect(partners[0] != partners[1] && partners[8] != partners[7])
        }
    }

    @Test func `of nobody and of one is empty`() {
        #expect(card(0).pairs(inWeekOf: day).isEmpty && card(0).rounds == 0)
        #expect(card(1).pairs(inWeekOf: day).isEmpty && card(1).rounds == 0)
    }
}
