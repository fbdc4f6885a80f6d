import Pages
import ReferralGroup
import Testing

/// Inviting somebody, and what their link shows, in every state that has words of its own.
enum SampleInvitations {
    private typealias Named = SampleChapters.Named
    private static let address = "/invitation/x"

    static func all() throws -> [`Pages as they are`.Page] {
        SampleChapters.pages(try inviting() + answering())
    }

    private static func inviting() throws -> [Named] {
        let (leader, member) = (try SampleChapters.leader(), try SampleChapters.member())
        let office = try SampleNights.reader(SampleNights.everything, isMember: false)
        let known = try SampleSeats.visitor(answer: nil)
        func choices(_ visitor: Visitor? = nil, own: Membership.ID? = .init(1)) throws -> InvitationChoices {
            InvitationChoices(
                meetings: [try meeting()],
                members: [try SampleChapters.membership()],
                visitor: visitor,
                own: own
            )
        }
        let none = InvitationChoices(meetings: [], members: [], visitor: nil, own: nil)
        return try [
            ("invite", invitePage(choices(), for: member)),
            ("invite by a leader", invitePage(choices(known), for: leader)),
            ("invite in an office", invitePage(choices(own: nil), for: office)),
            ("invite again", invitePage(choices(), SampleChapters.refused("name"), for: leader)),
            ("invite to nothing", invitePage(none, for: member)),
            ("invite to nothing yet", invitePage(none, for: leader)),
            ("invited", invitedPage(made(invitation(), wasMailed: true), for: leader)),
            ("invited by link", invitedPage(made(invitation(isFull: false), wasMailed: false), for: member)),
        ]
    }

    private static func meeting() throws -> Meeting {
        Meeting(
            id: .init(1),
            date: try SampleNights.day("2026-10-28"),
            startsAt: Instant(microsecondsSinceEpoch: 1_793_520_000_000_000),
            minutes: 90,
            kind: .regular,
            status: .scheduled,
            place: nil
        )
    }

    private static func made(_ invitation: Invitation, wasMailed: Bool) throws -> MadeInvitation {
        MadeInvitation(
            visitor: SlipID(high: 1, low: 2),
            invitation: invitation,
            address: "Example",
            wasMailed: wasMailed
        )
    }

    private static func answering() throws -> [Named] {
        let token = FormToken("0123")
        let instant = Instant(microsecondsSinceEpoch: 1_793_520_000_000_000)
        let answers: [(String, Visitor.Answer?)] = [
            ("no answer", nil), ("a yes", .comes(consentedAt: instant)),
            ("a no", .cannotCome(because: "Example")),
        ]
        let refused = SampleChapters.refused("consent")
        return try answers.map { name, answer in
            (
                "invitation with \(name)",
                registrationPage(
                    try invitation(answer: answer, isFull: answer != nil),
                    address: address,
                    formToken: token
                )
            )
        } + [
            (
                "invitation again",
                registrationPage(try invitation(), address: address, refused, formToken: token)
            ),
            (
                "invitation declined again",
                registrationPage(
                    try invitation(),
                    address: address,
                    declining: SampleChapters.refused("reason"),
                    formToken: token
                )
            ),
            (
                "invitation of who is here",
                registrationPage(
                    try invitation(answer: answers[1].1, came: true),
                    address: address,
                    formToken: token
                )
            ),
            (
                "invitation to nothing",
                registrationPage(try invitation(isCalledOff: true), address: address, formToken: token)
            ),
        ]
    }

    private static func invitation(
        answer: Visitor.Answer? = nil,
        isFull: Bool = true,
        came: Bool = false,
        isCalledOff: Bool = false
    ) throws -> Invitation {
        let begins = try #require(LocalTime("07:00"))
        return Invitation(
            chapterName: "Alder",
            inviter: isFull ? "Alice" : nil,
            greeting: isFull ? "Example" : nil,
            day: try SampleNights.day("2026-10-28"),
            begins: isFull ? begins : nil,
            minutes: isFull ? 90 : nil,
            place: isFull ? "Example" : nil,
            isCalledOff: isCalledOff,
            registration: VisitorRegistration(
                name: "Dora Dyer",
                company: isFull ? "Example" : nil,
                profession: isFull ? "Example" : nil,
                email: isFull ? "a@example.org" : nil,
                phone: isFull ? "+49 30" : nil
            ),
            answer: answer,
            came: came,
            isSeatHeld: isFull
        )
    }

    /// With a text wherever somebody may have written one.
    static func letters(
        saying text: String,
        in language: String = "en"
    ) throws -> [(name: String, letter: VisitorLetter)] {
        let (day, begins) = (try #require(LocalDate("2026-11-04")), try #require(LocalTime("07:00")))
        return [false, true].flatMap { isReminder in
            [text, nil].map { known in
                (
                    "\(isReminder ? "reminder" : "invitation") \(known == nil ? "of the chapter" : "by somebody")",
                    VisitorLetter(
                        isReminder: isReminder,
                        visitor: text,
                        chapterName: text,
                        inviter: known,
                        greeting: known,
                        day: day,
                        begins: begins,
                        place: known,
                        language: language,
                        secret: text
                    )
                )
            }
        }
    }
}
