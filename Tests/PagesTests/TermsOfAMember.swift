import Pages
import ReferralGroup
import Testing

@Suite struct `The terms of a member` {
    @Test(arguments: [
        ("2026-04-01", "2026-10-27", false), ("2026-04-01", "2026-10-28", true), ("2026-10-28", nil, true),
        ("2026-10-29", nil, false), ("2026-10-29", "2027-03-31", false),
    ])
    func `are in office from the first day to the last`(from: String, to: String?, isHeld: Bool) throws {
        let member = try SampleChapters.membership()
        let term = Term(
            id: .init(1),
            role: .mentor,
            member: member.id,
            name: member.name,
            from: try SampleNights.day(from),
            to: try to.map(SampleNights.day)
        )
        let view = MemberView(
            member: member,
            profile: try SampleChapters.profile(isFull: false),
            leaves: [],
            terms: [term],
            today: try SampleNights.day("2026-10-28"),
            isOneself: false
        )
        let page = memberPage(view, for: try SampleChapters.member()).text
        #expect(page.contains("in office") == isHeld)
    }
}
