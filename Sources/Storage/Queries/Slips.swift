import Postgres
import ReferralGroup

// The changes of the ledger. A slip between two chapters of the installation is entered in both, in one transaction.
extension ActingTransaction {
    /// Passes a referral; its first step is *passed*.
    package func pass(_ draft: ReferralDraft) async throws -> SlipID {
        let chapter = try ledger()
        let giver = try await side(draft.giver, as: "giver", in: chapter)
        let receiver = try await draft.receiver.asyncMap { try await side($0, as: "receiver", in: chapter) }
        let id = try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO referral (chapter_id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id,
                                          unplaced_profession, tier, need, warmth, opened_by, passed_on)
                    VALUES (\(chapter), \(giver.member), \(giver.outsider), \(receiver?.member), \(receiver?.outsider),
                            \(draft.unplacedProfession.map { FoldedName($0) }), \(Int16(clamping: draft.tier)), \(draft.need),
                            \(Int16(clamping: draft.warmth)), \(draft.openedBy), coalesce(\(draft.passedOn), today(\(chapter))))
                    RETURNING id
                    """
            )
        )
        let step = Query<Void>(
            """
            INSERT INTO referral_step (chapter_id, referral_id, number, step, person_id)
            VALUES (\(chapter), \(id), 1, 'passed', acting_person())
            """
        )
        if let prospect = draft.prospect {
            try await run(
                step,
                .insert(prospect, of: id, giver: giver.member, receiver: receiver?.member, in: chapter),
                .enterTwin("referral", id),
                .tell("referral", id)
            )
        } else {
            try await run(step, .enterTwin("referral", id), .tell("referral", id))
        }
        return id
    }

    /// Records closed business, with thanks.
    package func record(_ draft: ThanksDraft) async throws -> SlipID {
        let chapter = try ledger()
        let earner = try await side(draft.earner, as: "earner", or: [.unnamedMember], in: chapter)
        let thanked = try await namedSide(draft.thanked, as: "thanked", or: [.chapter], in: chapter)
        if let referral = draft.referral {
            guard
                try await run(
                    Query<Bool>(
                        value:
                            "SELECT EXISTS (SELECT FROM referral WHERE chapter_id = \(chapter) AND id = \(referral))"
                    )
                )
            else { throw Unknown.referral(referral) }
        }
        let id = try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO closed_business (chapter_id, earner_outsider_id, thanked_id, thanked_outsider_id, thanked_visitor,
                                                 thanked_chapter, amount, currency, closed_on, is_repeat, tier, referral_id)
                    VALUES (\(chapter), \(earner.outsider), \(thanked.member), \(thanked.outsider), \(draft.thanked.visitorName),
                            \(draft.thanked == .chapter), \(draft.amount.minorUnits), \(draft.amount.currency),
                            coalesce(\(draft.closedOn), today(\(chapter))), \(draft.isRepeat), \(draft.tier.map { Int16(clamping: $0) }),
                            \(draft.referral))
                    RETURNING id
                    """
            )
        )
        if let member = earner.member {
            let named = try await run(
                Query<Int>(
                    """
                    INSERT INTO closed_business_earner (chapter_id, closed_business_id, membership_id, person_id)
                    SELECT \(chapter), \(id), id, person_id FROM membership WHERE chapter_id = \(chapter) AND id = \(member)
                    """
                ) { $0.affected }
            )
            guard named == 1 else { throw Unknown.member("\(member)", candidates: []) }
        }
        try await run(.enterTwin("thanks", id), .tell("thanks", id))
        return id
    }

    /// Records a one-to-one: one record that counts for both.
    package func record(_ draft: OneToOneDraft) async throws -> SlipID {
        let chapter = try ledger()
        var (one, other) = (
            try await side(draft.first, as: "first", in: chapter),
            try await side(draft.second, as: "second", in: chapter)
        )
        var costs = (draft.costOfFirst, draft.costOfSecond)
        if one.member == nil { (one, other, costs) = (other, one, (costs.1, costs.0)) }
        guard let first = one.member else {
            throw Refused(rule: .referralOutside, detail: "neither of the two is")
        }
        let id = try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO one_to_one (chapter_id, first_id, second_id, second_outsider_id, met_on, minutes, place, topics,
                                            cost_of_first, cost_of_second, currency)
                    VALUES (\(chapter), \(first), \(other.member), \(other.outsider), coalesce(\(draft.metOn), today(\(chapter))),
                            \(draft.minutes.map { Int16(clamping: $0) }), \(draft.place), \(draft.topics), \(costs.0.minorUnits), \(costs.1.minorUnits),
                            \(costs.0.currency))
                    RETURNING id
                    """
            )
        )
        try await run(.enterTwin("one-to-one", id))
        return id
    }

    package func record(_ draft: EducationDraft) async throws -> SlipID {
        let chapter = try ledger()
        return try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO education_unit (chapter_id, membership_id, units, title, done_on)
                    VALUES (\(chapter), \(draft.member), \(draft.units), \(draft.title), coalesce(\(draft.doneOn), today(\(chapter))))
                    RETURNING id
                    """
            )
        )
    }

    package func record(_ draft: TestimonialDraft) async throws -> SlipID {
        let chapter = try ledger()
        let giver = try await side(draft.giver, as: "giver", in: chapter)
        let receiver = try await side(draft.receiver, as: "receiver", in: chapter)
        let id = try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO testimonial (chapter_id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, text, given_on)
                    VALUES (\(chapter), \(giver.member), \(giver.outsider), \(receiver.member), \(receiver.outsider), \(draft.text),
                            coalesce(\(draft.givenOn), today(\(chapter))))
                    RETURNING id
                    """
            )
        )
        try await run(.enterTwin("testimonial", id))
        return id
    }

    package func record(_ draft: IntroductionDraft) async throws -> SlipID {
        let chapter = try ledger()
        let connector = try await side(draft.connector, as: "connector", in: chapter)
        let first = try await namedSide(draft.first, as: "first", in: chapter)
        let second = try await namedSide(draft.second, as: "second", in: chapter)
        let id = try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO introduction (chapter_id, connector_id, connector_outsider_id, first_id, first_outsider_id, first_name,
                                              second_id, second_outsider_id, second_name, why, made_on)
                    VALUES (\(chapter), \(connector.member), \(connector.outsider),
                            \(first.member), \(first.outsider), \(draft.first.visitorName),
                            \(second.member), \(second.outsider), \(draft.second.visitorName),
                            \(draft.why), coalesce(\(draft.madeOn), today(\(chapter))))
                    RETURNING id
                    """
            )
        )
        try await run(.enterTwin("introduction", id), .tell("introduction", id))
        return id
    }

    package func register(_ draft: VisitorDraft) async throws -> SlipID {
        let chapter = try ledger()
        let inviter = try await side(draft.inviter, as: "inviter", or: [.chapter], in: chapter)
        return try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO visitor (chapter_id, name, folded_name, inviter_id, inviter_outsider_id, kind, visit_on, came, status,
                                         email, phone, company, profession, folded_profession, has_consented, further_visit_because)
                    VALUES (\(chapter), \(draft.name), \(FoldedName(draft.name)), \(inviter.member), \(inviter.outsider),
                            \(draft.kind.rawValue), coalesce(\(draft.visitOn), today(\(chapter))), \(draft.came),
                            \(draft.came ? "visited" : "new"), \(watched: draft.email), \(watched: draft.phone), \(draft.company), \(draft.profession),
                            \(draft.profession.map { FoldedName($0) }), \(draft.hasConsented), \(draft.furtherVisitBecause))
                    RETURNING id
                    """
            )
        )
    }

    /// Logs what somebody did; their contacts whom it names, divided by commas, they met again.
    package func log(_ draft: ActivityDraft) async throws -> SlipID {
        let chapter = try ledger()
        let id = try await run(
            Query<SlipID>(
                value: """
                    INSERT INTO activity (chapter_id, membership_id, kind, done_on, minutes, money, currency, is_downtime, purpose, met, lesson)
                    VALUES (\(chapter), \(draft.member), \(draft.kind.rawValue), coalesce(\(draft.doneOn), today(\(chapter))),
                            \(Int16(clamping: draft.minutes)), \(draft.money.minorUnits), \(draft.money.currency), \(draft.isDowntime),
                            \(draft.purpose), \(draft.met), \(draft.lesson))
                    RETURNING id
                    """
            )
        )
        if let met = draft.met {
            let names = met.split(separator: ",").map { FoldedName(String($0)).text }
            try await run(
                Query<Void>(
                    """
                    INSERT INTO activity_contact (chapter_id, activity_id, contact_id, person_id)
                    SELECT contact.chapter_id, \(id), contact.id, contact.person_id
                      FROM membership
                      JOIN contact ON contact.chapter_id = membership.chapter_id AND contact.person_id = membership.person_id
                     WHERE membership.chapter_id = \(chapter) AND membership.id = \(draft.member)
                       AND contact.folded_name = ANY (\(names)) AND contact.erased_at IS NULL
                    """
                )
            )
        }
        return id
    }

    func ledger() throws -> Chapter.ID {
        guard let chapter else { throw Unknown.chapter("") }
        return chapter
    }

    /// A party that may be somebody of no chapter: the slip has their name in words.
    private func namedSide(
        _ party: Party,
        as role: String,
        or others: [Party] = [],
        in chapter: Chapter.ID
    ) async throws -> (member: Membership.ID?, outsider: Int64?) {
        guard party.visitorName == nil else { return (nil, nil) }
        return try await side(party, as: role, or: others, in: chapter)
    }

    /// A party as a slip's row names it; a person of another chapter gets a line among the outsiders.
    private func side(
        _ party: Party,
        as role: String,
        or others: [Party] = [],
        in chapter: Chapter.ID
    ) async throws -> (member: Membership.ID?, outsider: Int64?) {
        switch party {
        case .member(let member): return (member, nil)
        case .visitor, .chapter, .unnamedMember:
            guard others.contains(party) else { throw Unknown.party(party, as: role) }
            return (nil, nil)
        case .outsider(let name, let home):
            let known = try await run(.chapters(knownAs: FoldedName(home)))
            let other = known.count == 1 && known.first?.id != chapter ? known.first : nil
            let outsider = try await run(
                .outsider(
                    named: name,
                    home: other?.name ?? home,
                    homeChapter: other?.id,
                    batch: nil,
                    in: chapter
                )
            )
            return (nil, outsider)
        }
    }
}

extension Unknown {
    fileprivate static func party(_ party: Party, as role: String) -> Unknown {
        let name =
            switch party {
            case .visitor(let name): "visitor:\(name)"
            case .chapter: "chapter"
            default: ""
            }
        return .value(name, of: role, wanted: "a member, or Name @ Chapter")
    }
}

extension Optional {
    fileprivate func asyncMap<Other>(_ transform: (Wrapped) async throws -> Other) async throws -> Other? {
        if let self { try await transform(self) } else { nil }
    }
}

extension Query<Int64> {
    /// The line of a person of another chapter among the outsiders; a nil name stands for somebody of that chapter.
    static func outsider(
        named name: String?,
        home: String,
        homeChapter: Chapter.ID?,
        batch: Int64?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                SELECT outsider_of(\(chapter), \(name), \(name.map { FoldedName($0) }), \(home), \(FoldedName(home)), \(homeChapter), \(batch))
                """
        )
    }
}

extension Query<Void> {
    /// Enters the slip in the other chapter's ledger.
    fileprivate static func enterTwin(_ kind: String, _ id: SlipID) -> Self {
        Query("SELECT enter_twin(\(kind), \(id))")
    }

    /// Posts a mail to whom the slip is for.
    fileprivate static func tell(_ kind: String, _ id: SlipID) -> Self {
        Query("SELECT tell_of_slip(\(kind), \(id))")
    }

    fileprivate static func insert(
        _ prospect: Prospect,
        of referral: SlipID,
        giver: Membership.ID?,
        receiver: Membership.ID?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO prospect (chapter_id, referral_id, name, company, phone, email, giver_person_id, receiver_person_id)
            VALUES (\(chapter), \(referral), \(prospect.name), \(prospect.company), \(watched: prospect.phone), \(watched: prospect.email),
                    (SELECT person_id FROM membership WHERE chapter_id = \(chapter) AND id = \(giver)),
                    (SELECT person_id FROM membership WHERE chapter_id = \(chapter) AND id = \(receiver)))
            """
        )
    }
}

extension Query<Bool> {
    /// Moves a referral, in both ledgers where there are two; false where there is none.
    package static func move(_ referral: SlipID, to step: Referral.Step, reason: String?) -> Self {
        Query(value: "SELECT move_referral(\(referral), \(step.rawValue), \(reason))")
    }

    /// Moves a visitor along, coming counts as having come; false where there is none.
    package static func move(
        _ visitor: SlipID,
        to status: VisitorStatus,
        reason: String?,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            UPDATE visitor SET status = \(status.rawValue), lost_because = \(reason), came = came OR \(status == .visited)
             WHERE chapter_id = \(chapter) AND id = \(visitor)
            """
        ) { $0.affected > 0 }
    }
}
