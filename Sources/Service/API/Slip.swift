import Pages
import ReferralGroup
import Storage

/// A slip that was read and may be recorded by whoever sent it.
struct Slip {
    let kind: EntryKind
    private let body: Body
    private let draft: Draft

    private enum Draft {
        case referral(ReferralDraft)
        case thanks(ThanksDraft)
        case oneToOne(OneToOneDraft)
        case testimonial(TestimonialDraft)
        case introduction(IntroductionDraft)
        case education(EducationDraft)
        case visitor(VisitorDraft)
        case activity(ActivityDraft)
    }

    /// Reads what is left of a body; throws a problem that names the field, or the right that is missing.
    init(_ kind: EntryKind, in body: Body, of context: ChapterContext, _ acting: ActingDatabase) async throws
    {
        var body = body
        let date = try body.date("date")
        switch kind {
        case .referral: draft = .referral(try await body.referral(of: context, acting, on: date))
        case .thanks: draft = .thanks(try await body.thanks(of: context, acting, on: date))
        case .oneToOne: draft = .oneToOne(try await body.oneToOne(of: context, acting, on: date))
        case .testimonial: draft = .testimonial(try await body.testimonial(of: context, acting, on: date))
        case .introduction: draft = .introduction(try await body.introduction(of: context, acting, on: date))
        case .education: draft = .education(try await body.education(of: context, acting, on: date))
        case .visitor: draft = .visitor(try await body.visitor(of: context, acting, on: date))
        case .activity: draft = .activity(try await body.activity(of: context, acting, on: date))
        }
        try body.end()
        self.kind = kind
        self.body = body
        try mayBeRecorded(by: context)
    }

    /// Of whom it is: of whoever sends it, or of others by those who may.
    private func mayBeRecorded(by context: ChapterContext) throws {
        switch draft {
        case .referral(let draft): try context.mayRecord(for: [draft.giver])
        case .thanks(let draft): try context.mayRecord(for: [draft.earner])
        case .oneToOne(let draft): try context.mayRecord(for: [draft.first, draft.second])
        case .testimonial(let draft): try context.mayRecord(for: [draft.giver])
        case .introduction(let draft): try context.mayRecord(for: [draft.connector])
        case .education(let draft):
            try context.mayRecord(for: [.member(draft.member)], needs: .recordEducationForMembers)
        case .visitor(let draft): try context.mayRegister(draft)
        case .activity(let draft): try context.mayRecord(for: [.member(draft.member)])
        }
    }

    func enter(in transaction: ActingTransaction) async throws -> SlipID {
        switch draft {
        case .referral(let draft):
            return try await beside([.emailKeptOut: "/prospect/email", .phoneKeptOut: "/prospect/phone"]) {
                try await transaction.pass(draft)
            }
        case .thanks(let draft):
            do {
                return try await transaction.record(draft)
            } catch Unknown.referral {
                throw noSuchReferral
            } catch let refused as Refused where refused.rule == .referralOfOthers {
                // Who has no part in a referral does not learn whether it is there.
                throw noSuchReferral
            }
        case .oneToOne(let draft): return try await transaction.record(draft)
        case .testimonial(let draft): return try await transaction.record(draft)
        case .introduction(let draft): return try await transaction.record(draft)
        case .education(let draft): return try await transaction.record(draft)
        case .visitor(let draft): return try await transaction.register(draft)
        case .activity(let draft): return try await transaction.log(draft)
        }
    }

    private var noSuchReferral: Problem {
        body.unfit(
            "referral",
            "there is no such referral, or whoever earned neither gave nor received it, nor was it passed on to them"
        )
    }
}

extension Body {
    fileprivate mutating func referral(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> ReferralDraft {
        let giver = try await party("giver", in: acting, on: date)
        let receiver = try await party("receiver", in: acting, on: date)
        let profession = try line("unplaced_profession")
        guard (receiver == nil) != (profession == nil) else {
            throw wrong("receiver", "give either a receiver or the unplaced_profession")
        }
        let prospect = try prospect()
        return ReferralDraft(
            giver: try giver ?? context.oneself(self, "giver"),
            receiver: receiver,
            unplacedProfession: profession,
            tier: try whole("tier", ReferralRoutes.tiers) ?? 1,
            need: try required(line("need"), "need"),
            warmth: try whole("warmth", ReferralRoutes.warmths) ?? 3,
            openedBy: try line("opened_by"),
            prospect: prospect,
            passedOn: date
        )
    }

    private mutating func prospect() throws -> Prospect? {
        guard var object = try object("prospect") else { return nil }
        let prospect = Prospect(
            name: try object.required(object.line("name"), "name"),
            company: try object.line("company"),
            phone: try object.line("phone"),
            email: try object.value("email", EmailAddress.self, "an e-mail address")?.description
        )
        try object.end()
        return prospect
    }

    fileprivate mutating func thanks(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> ThanksDraft {
        let earner = try await party("earner", in: acting, on: date)
        let thanked = try await party("thanked", in: acting, on: date)
        return ThanksDraft(
            earner: try earner ?? context.oneself(self, "earner"),
            thanked: try required(thanked, "thanked"),
            amount: try required(money("amount", in: context.chapter), "amount"),
            referral: try value("referral", SlipID.self, "the id of a referral"),
            isRepeat: try bool("repeat") ?? false,
            tier: try whole("tier", ReferralRoutes.tiers),
            closedOn: date
        )
    }

    fileprivate mutating func oneToOne(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> OneToOneDraft {
        let first = try await party("first", in: acting, on: date)
        let second = try await party("second", in: acting, on: date)
        let nothing = Money(minorUnits: 0, currency: context.chapter.currency)
        return OneToOneDraft(
            first: try first ?? context.oneself(self, "first"),
            second: try required(second, "second"),
            metOn: date,
            minutes: try whole("minutes", SlipRoutes.minutesOfADay) ?? 60,
            place: try line("place"),
            topics: try paragraphs("topics"),
            costOfFirst: try money("cost_of_first", in: context.chapter) ?? nothing,
            costOfSecond: try money("cost_of_second", in: context.chapter) ?? nothing
        )
    }

    fileprivate mutating func testimonial(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> TestimonialDraft {
        let giver = try await party("giver", in: acting, on: date)
        let receiver = try await party("receiver", in: acting, on: date)
        return TestimonialDraft(
            giver: try giver ?? context.oneself(self, "giver"),
            receiver: try required(receiver, "receiver"),
            text: try line("text"),
            givenOn: date
        )
    }

    fileprivate mutating func introduction(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> IntroductionDraft {
        let connector = try await party("connector", in: acting, on: date)
        let first = try await party("first", in: acting, on: date)
        let second = try await party("second", in: acting, on: date)
        return IntroductionDraft(
            connector: try connector ?? context.oneself(self, "connector"),
            first: try required(first, "first"),
            second: try required(second, "second"),
            why: try line("why"),
            madeOn: date
        )
    }

    fileprivate mutating func education(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> EducationDraft {
        let member = try await member("member", of: context, acting, on: date)
        let hours = try required(text("hours"), "hours")
        guard DecimalShape.hours.fits(hours), let units = Figure(hours) else {
            throw wrong("hours", "give hours in quotes, such as \"1.5\"")
        }
        return EducationDraft(member: member, units: units, title: try line("title"), doneOn: date)
    }

    mutating func visitor(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> VisitorDraft {
        let inviter = try await party("invited_by", in: acting, on: date)
        if case .visitor = inviter { throw unfit("invited_by", "a visitor cannot invite") }
        return VisitorDraft(
            name: try required(line("name"), "name"),
            inviter: try inviter ?? context.oneself(self, "invited_by"),
            kind: try word("kind", VisitKind.self) ?? .first,
            visitOn: date,
            came: try bool("came") ?? false,
            email: try value("email", EmailAddress.self, "an e-mail address")?.description,
            phone: try line("phone"),
            company: try line("company"),
            profession: try line("profession"),
            hasConsented: try bool("consent") ?? false,
            furtherVisitBecause: try line("further_visit_because")
        )
    }

    fileprivate mutating func activity(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on date: LocalDate?
    ) async throws -> ActivityDraft {
        ActivityDraft(
            member: try await member("member", of: context, acting, on: date),
            kind: try required(word("kind", ActivityKind.self), "kind"),
            doneOn: date,
            minutes: try whole("minutes", SlipRoutes.minutesOfADay) ?? 0,
            money: try money("money", in: context.chapter)
                ?? Money(minorUnits: 0, currency: context.chapter.currency),
            isDowntime: try bool("downtime") ?? false,
            purpose: try line("purpose"),
            met: try line("met"),
            lesson: try line("lesson")
        )
    }

    /// A member of the chapter; without one, whoever writes.
    mutating func member(
        _ name: String,
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on day: LocalDate?
    ) async throws -> Membership.ID {
        let named = try await party(name, in: acting, on: day)
        guard case .member(let id) = try named ?? context.oneself(self, name) else {
            throw unfit(name, "give a member's number or name")
        }
        return id
    }
}
