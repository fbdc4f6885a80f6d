import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Passing a referral` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `puts it into the ledger with its first step`() async throws {
        let id = try await pass(draft())
        let referral = try #require(try await referral(id))
        #expect(referral.giver == "Alice Archer")
        #expect(referral.receiver == "Bob Baker")
        #expect(referral.status == .passed)
        #expect(referral.passedOn == .day("2026-10-08"))
        #expect(try await steps(id) == ["passed"])
    }

    @Test func `is dated today on the chapter's wall where no day is named`() async throws {
        let id = try await pass(draft(on: nil))
        #expect(try await referral(id)?.passedOn == .day("2026-11-01"))
    }

    @Test func `to oneself is refused`() async throws {
        await expectRefusal(.referralToOneself) {
            _ = try await pass(draft(from: sample.bob, to: .party(.member(sample.bob.id))))
        }
    }

    @Test func `to nobody, without a missing profession, is refused`() async throws {
        await expectRefusal(.referralReceiver) { _ = try await pass(draft(to: .nobody)) }
    }

    @Test func `that nobody could take names the profession`() async throws {
        let id = try await pass(draft(to: .nobody, unplaced: " Florist "))
        #expect(try await referral(id)?.unplacedProfession == "florist")
    }

    @Test(arguments: [
        (0, 3, Refusal.referralTier), (10, 3, .referralTier), (1, 0, .referralWarmth),
        (1, 6, .referralWarmth),
    ])
    func `has a tier and a warmth that mean something`(
        _ tier: Int,
        _ warmth: Int,
        _ rule: Refusal
    ) async throws {
        await expectRefusal(rule) { _ = try await pass(draft(tier: tier, warmth: warmth)) }
    }

    @Test func `says what is needed`() async throws {
        await expectRefusal(.referralWithoutNeed) { _ = try await pass(draft(need: "  ")) }
    }

    @Test func `by somebody who was no member that day is refused`() async throws {
        let said = await expectRefusal(.slipOfNoMember) { _ = try await pass(draft(on: "2026-03-31")) }
        #expect(said.contains("is not a member on 2026-03-31"))
    }

    @Test(arguments: [Party.chapter, .visitor(name: "Vera Visitor"), .unnamedMember])
    func `to something that is nobody is refused with what to write`(_ receiver: Party) async throws {
        let error = await #expect(throws: Unknown.self) { _ = try await pass(draft(to: .party(receiver))) }
        #expect(error?.message.contains("Name @ Chapter") == true)
    }

    @Test func `is undone as a whole when a part of it is refused`() async throws {
        await expectRefusal(.referralToOneself) {
            try await sample.shell.transaction { ledger in
                _ = try await ledger.pass(draft())
                _ = try await ledger.pass(draft(from: sample.bob, to: .party(.member(sample.bob.id))))
            }
        }
        #expect(
            try await sample.shell.run(.referrals(of: sample.alder.id, .whole)).isEmpty
        )
    }

    @Test func `and moving it keeps every step, the last being its status`() async throws {
        let id = try await pass(draft())
        for (step, reason) in [(Referral.Step.contacted, nil), (.declined, "no budget"), (.won, nil)]
            as [(Referral.Step, String?)]
        {
            #expect(try await sample.shell.run(Query<Bool>.move(id, to: step, reason: reason)))
        }
        #expect(try await referral(id)?.status == .won)
        #expect(try await steps(id) == ["passed", "contacted", "declined", "won"])
        await expectRefusal(.decliningWithoutReason) {
            _ = try await sample.shell.run(Query<Bool>.move(id, to: .declined, reason: " "))
        }
        #expect(try await sample.birchShell.run(Query<Bool>.move(id, to: .lost, reason: nil)) == false)
        #expect(try await referral(id)?.status == .won)
    }

    @Test func `is provisional until its meeting is sealed`() async throws {
        _ = try await sample.shell.schedule(
            from: .day("2026-10-01"),
            to: .day("2026-10-31"),
            in: sample.alder
        )
        let id = try await pass(draft(on: "2026-10-08"))
        for day in ["2026-10-07", "2026-10-21"] { try await hold(.day(day)) }
        #expect(try await referral(id)?.isProvisional == true, "it belongs to the 14th")
        try await hold(.day("2026-10-14"))
        #expect(try await referral(id)?.isProvisional == false)
    }

    private func hold(_ day: LocalDate) async throws {
        let meeting = try await sample.shell.meeting(on: day)
        _ = try await sample.shell.mark([], everybodyElse: .present, on: meeting)
        try await sample.shell.seal(meeting)
    }

    private func draft(
        from giver: Membership? = nil,
        to receiver: Receiver = .bob,
        unplaced: String? = nil,
        tier: Int = 1,
        need: String = "A wedding cake",
        warmth: Int = 3,
        on day: String? = "2026-10-08"
    ) -> ReferralDraft {
        ReferralDraft(
            giver: .member((giver ?? sample.alice).id),
            receiver: receiver.party(sample),
            unplacedProfession: unplaced,
            tier: tier,
            need: need,
            warmth: warmth,
            passedOn: day.map(LocalDate.day)
        )
    }

    private enum Receiver {
        case bob
        case nobody
        case party(Party)

        func party(_ sample: SampleChapter) -> Party? {
            switch self {
            case .bob: .member(sample.bob.id)
            case .nobody: nil
            case .party(let party): party
            }
        }
    }

    private func pass(_ draft: ReferralDraft) async throws -> SlipID {
        try await sample.shell.transaction { try await $0.pass(draft) }
    }

    private func referral(_ id: SlipID) async throws -> Referral? {
        try await sample.shell.run(.referral(id, in: sample.alder.id))
    }

    private func steps(_ id: SlipID) async throws -> [String] {
        try await sample.shell.run(
            Query<[String]>(
                values:
                    "SELECT step FROM referral_step WHERE chapter_id = \(sample.alder.id) AND referral_id = \(id) ORDER BY number"
            )
        )
    }
}

@Suite(.sampleDatabase)
struct `Other slips` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `thanks to oneself are refused`() async throws {
        await expectRefusal(.thanksToOneself) {
            try await thank(.member(sample.bob.id), .member(sample.bob.id))
        }
    }

    @Test(arguments: [(Int64(-1), Refusal.amountNegative), (Money.largest + 1, .amountImplausible)])
    func `thanks of an amount that cannot be are refused`(_ units: Int64, _ rule: Refusal) async throws {
        await expectRefusal(rule) {
            try await thank(.member(sample.bob.id), .member(sample.alice.id), units: units)
        }
    }

    @Test func `thanks between two people of elsewhere are refused`() async throws {
        let stranger = Party.outsider(name: "Greta Gill", home: "Far")
        await expectRefusal(.thanksOutside) { try await thank(stranger, stranger) }
    }

    @Test func `thanks by somebody who is no member that day are refused, to a former member not`()
        async throws
    {
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-09-30"), reason: nil, in: sample.alder.id)
        )
        await expectRefusal(.earnerNotAMember) {
            try await thank(.member(sample.bob.id), .member(sample.alice.id))
        }
        try await thank(.member(sample.alice.id), .member(sample.bob.id))
    }

    @Test func `thanks name the referral only where there is one`() async throws {
        let nowhere = SlipID(high: 1, low: 2)
        await #expect(throws: Unknown.referral(nowhere)) {
            try await thank(.member(sample.bob.id), .member(sample.alice.id), referral: nowhere)
        }
    }

    @Test func `thanks of a member who is not there leave nothing behind`() async throws {
        await #expect(throws: Unknown.self) {
            try await thank(.member(sample.charlie.id), .member(sample.alice.id))
        }
        #expect(
            try await sample.shell.run(.thanks(of: sample.alder.id, .whole)).isEmpty
        )
    }

    @Test func `a one-to-one with oneself is refused, and one of more than a day`() async throws {
        await expectRefusal(.oneToOneWithOneself) {
            try await meet(.member(sample.bob.id), .member(sample.bob.id))
        }
        await expectRefusal(.oneToOneTooLong) {
            try await meet(.member(sample.bob.id), .member(sample.alice.id), minutes: 1441)
        }
    }

    @Test func `a one-to-one is of a member of the chapter, whoever is named first`() async throws {
        try await meet(.outsider(name: "Greta Gill", home: "Far"), .member(sample.bob.id), costs: (100, 250))
        let cost = try await sample.shell.run(
            Query<Int64>(
                value:
                    "SELECT cost_of_first FROM one_to_one WHERE chapter_id = \(sample.alder.id) AND first_id = \(sample.bob.id)"
            )
        )
        #expect(cost == 250)
    }

    @Test func `a testimonial for oneself is refused`() async throws {
        let draft = TestimonialDraft(
            giver: .member(sample.bob.id),
            receiver: .member(sample.bob.id),
            givenOn: .day("2026-10-08")
        )
        await expectRefusal(.testimonialForOneself) {
            try await sample.shell.transaction { _ = try await $0.record(draft) }
        }
    }

    @Test(arguments: [Figure(0), Figure(-1), Figure(1001)])
    func `education of no hours, or too many, is refused`(_ units: Figure) async throws {
        let draft = EducationDraft(member: sample.bob.id, units: units, doneOn: .day("2026-10-08"))
        await expectRefusal(.educationHours) {
            try await sample.shell.transaction { _ = try await $0.record(draft) }
        }
    }

    @Test func `a visitor may be invited for a day to come, and comes, or is lost for a reason`() async throws
    {
        let draft = VisitorDraft(
            name: "Vera Visitor",
            inviter: .member(sample.bob.id),
            kind: .first,
            visitOn: .day("2026-12-02"),
            came: false
        )
        let id = try await sample.shell.transaction { try await $0.register(draft) }
        await expectRefusal(.slipOfTheFuture) { _ = try await move(id, .visited) }
        await expectRefusal(.losingWithoutReason) { _ = try await move(id, .lost) }
        #expect(try await move(id, .lost, "moved away"))
        #expect(
            try await sample.birchShell.run(
                Query<Bool>.move(id, to: .joined, reason: nil, in: sample.birch.id)
            ) == false
        )
    }

    @Test func `a person of elsewhere is one line, however often they are named`() async throws {
        for home in ["Far", "far ", " FAR"] {
            try await meet(.member(sample.bob.id), .outsider(name: "Greta Gill", home: home))
        }
        #expect(
            try await sample.shell.run(
                Query<Int>(value: "SELECT count(*) FROM outsider WHERE chapter_id = \(sample.alder.id)")
            ) == 1
        )
    }

    private func thank(
        _ earner: Party,
        _ thanked: Party,
        units: Int64 = 100,
        referral: SlipID? = nil
    ) async throws {
        let draft = ThanksDraft(
            earner: earner,
            thanked: thanked,
            amount: Money(minorUnits: units, currency: sample.alder.currency),
            referral: referral,
            closedOn: .day("2026-10-08")
        )
        try await sample.shell.transaction { _ = try await $0.record(draft) }
    }

    private func meet(
        _ one: Party,
        _ other: Party,
        minutes: Int = 60,
        costs: (Int64, Int64) = (0, 0)
    ) async throws {
        let draft = OneToOneDraft(
            first: one,
            second: other,
            metOn: .day("2026-10-08"),
            minutes: minutes,
            costOfFirst: Money(minorUnits: costs.0, currency: sample.alder.currency),
            costOfSecond: Money(minorUnits: costs.1, currency: sample.alder.currency)
        )
        try await sample.shell.transaction { _ = try await $0.record(draft) }
    }

    private func move(
        _ visitor: SlipID,
        _ status: VisitorStatus,
        _ reason: String? = nil
    ) async throws -> Bool {
        try await sample.shell.run(Query<Bool>.move(visitor, to: status, reason: reason, in: sample.alder.id))
    }
}
