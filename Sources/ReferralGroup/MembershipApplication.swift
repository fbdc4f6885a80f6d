/// Somebody's wish to hold a seat, from the day it came to the decision and the induction.
///
/// It is confidential: for the committee that decides and the leaders who may see.
package struct MembershipApplication: Sendable {
    package let id: SlipID
    package let name: String
    package let company: String?
    package let email: String?
    package let phone: String?
    /// The seat that is wanted.
    package let seat: String
    /// The name of the member who brought them.
    package let sponsor: String?
    package let appliedOn: LocalDate
    package let decision: Decision?
    package let decidedOn: LocalDate?
    package let reason: String?
    /// The membership that the induction made.
    package let membership: Membership.ID?
    package let notes: String?
    /// How many references were checked.
    package let references: Int
    /// Whoever has an interest of their own, and abstainers, count for neither.
    package let yes: Int
    package let no: Int
    /// Whether a member holds the seat today.
    package let isSeatHeld: Bool

    package init(
        id: SlipID,
        name: String,
        company: String?,
        email: String?,
        phone: String?,
        seat: String,
        sponsor: String?,
        appliedOn: LocalDate,
        decision: Decision?,
        decidedOn: LocalDate?,
        reason: String?,
        membership: Membership.ID?,
        notes: String?,
        references: Int,
        yes: Int,
        no: Int,
        isSeatHeld: Bool = false
    ) {
        self.id = id
        self.name = name
        self.company = company
        self.email = email
        self.phone = phone
        self.seat = seat
        self.sponsor = sponsor
        self.appliedOn = appliedOn
        self.decision = decision
        self.decidedOn = decidedOn
        self.reason = reason
        self.membership = membership
        self.notes = notes
        self.references = references
        self.yes = yes
        self.no = no
        self.isSeatHeld = isSeatHeld
    }

    package enum Decision: String, Sendable, CaseIterable {
        case accepted, declined, withdrawn
    }

    package enum Vote: String, Sendable, CaseIterable {
        /// `conflict`: the member has an interest of their own.
        case yes, no, abstain, conflict
    }

    /// A vote, and whose it is.
    package struct CastVote: Sendable {
        package let member: Membership.ID
        package let name: String
        package let vote: Vote

        package init(member: Membership.ID, name: String, vote: Vote) {
            self.member = member
            self.name = name
            self.vote = vote
        }
    }

    /// Somebody who was asked about the applicant, and what they said.
    package struct Reference: Sendable {
        package let name: String
        package let contact: String?
        /// A local date of the chapter; nil for its today.
        package let checkedOn: LocalDate?
        package let outcome: String?

        package init(name: String, contact: String?, checkedOn: LocalDate?, outcome: String?) {
            self.name = name
            self.contact = contact
            self.checkedOn = checkedOn
            self.outcome = outcome
        }
    }
}

extension MembershipApplicationDraft {
    /// The same of somebody who visited.
    package func of(_ visitor: SlipID?) -> MembershipApplicationDraft {
        MembershipApplicationDraft(
            name: name,
            seat: seat,
            company: company,
            email: email,
            phone: phone,
            sponsor: sponsor,
            visitor: visitor,
            appliedOn: appliedOn,
            notes: notes
        )
    }
}

/// An application about to be opened.
package struct MembershipApplicationDraft: Sendable {
    package let name: String
    package let seat: String
    package let company: String?
    package let email: String?
    package let phone: String?
    package let sponsor: Membership.ID?
    package let visitor: SlipID?
    /// A local date of the chapter; nil for its today.
    package let appliedOn: LocalDate?
    package let notes: String?

    package init(
        name: String,
        seat: String,
        company: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        sponsor: Membership.ID? = nil,
        visitor: SlipID? = nil,
        appliedOn: LocalDate? = nil,
        notes: String? = nil
    ) {
        self.name = name
        self.seat = seat
        self.company = company
        self.email = email
        self.phone = phone
        self.sponsor = sponsor
        self.visitor = visitor
        self.appliedOn = appliedOn
        self.notes = notes
    }
}
