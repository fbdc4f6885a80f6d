import ReferralGroup

/// What somebody who invites chooses from.
package struct InvitationChoices: Sendable {
    /// The meetings to come that take place.
    package let meetings: [Meeting]
    /// The members of today, for those who invite in another's name.
    package let members: [Membership]
    /// The visitor who is invited again.
    package let visitor: Visitor?
    package let own: Membership.ID?

    package init(meetings: [Meeting], members: [Membership], visitor: Visitor?, own: Membership.ID?) {
        self.meetings = meetings
        self.members = members
        self.visitor = visitor
        self.own = own
    }
}

/// Where somebody is invited to a meeting to come.
package func invitePage(
    _ choices: InvitationChoices,
    _ filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let form: HTML =
        choices.meetings.isEmpty
        ? nothing(
            "No meeting is planned yet to which you could invite.",
            reader.may(.markAttendance)
                ? button("\(reader.folder)/meetings", "All meetings", style: "button quiet") : .none
        )
        : """
        <p>\(say: "Each guest gets a link of their own: there they see where and when, say that they come, and agree to what is kept.")</p>
        \(form(
            to: "\(reader.folder)/visitors/invite",
            fields(choices, reader),
            filled,
            button: "Invite",
            more: furtherFields(choices, reader),
            formToken: reader.formToken
        ))
        """
    return chapterPage(
        "Invite a visitor",
        in: .visitors,
        for: reader,
        above: back(to: .visitors, for: reader),
        form
    )
}

private func fields(_ choices: InvitationChoices, _ reader: Reader) -> [Field] {
    let days = choices.meetings.map { Choice($0.date, "\($0.date, .full)") }
    let visitor = choices.visitor
    return [
        .line("name", "Name", preset: visitor?.name ?? "", isRequired: true, extra: " maxlength=\"200\""),
        .choice("date", "Meeting", of: days, preset: days.first?.value ?? "", isRequired: true),
        .line("email", "E-mail", type: "email", preset: visitor?.email ?? "", hint: "Where you know it."),
        .line(
            "greeting",
            "A line of your own",
            hint: "Why you thought of them; they read it first.",
            extra: " maxlength=\"200\""
        ),
        .tick("by_mail", "Send the invitation to that e-mail"),
    ]
}

private func furtherFields(_ choices: InvitationChoices, _ reader: Reader) -> [Field] {
    let visitor = choices.visitor
    var fields: [Field] = [
        .few(
            "kind",
            "Visit",
            of: VisitKind.allCases.map { Choice($0.rawValue, "\(say: $0.name)") },
            preset: (visitor?.visits ?? 0) > 0 ? VisitKind.second.rawValue : VisitKind.first.rawValue
        ),
        .line("phone", "Phone", type: "tel", preset: visitor?.phone ?? ""),
        .line("company", "Company", preset: visitor?.company ?? "", extra: " maxlength=\"200\""),
        .line("profession", "Profession", preset: visitor?.profession ?? "", extra: " maxlength=\"200\""),
    ]
    if reader.may(.seeVisitors) {
        fields += [
            .choice(
                "invited_by",
                "Invited by",
                of: Pages.choices(of: choices.members, none: choices.own == nil ? "the chapter" : "you")
                    + (choices.own == nil ? [] : [Choice("chapter", "\(say: "the chapter")")]),
                preset: visitor?.inviterID.map { "\($0)" } ?? ""
            ),
            .line(
                "further_visit_because",
                "Why they may come once more",
                hint: "Only where they were here as often as your policy allows.",
                extra: " maxlength=\"200\""
            ),
        ]
    }
    return fields
}

/// An invitation that was just made: its link is shown here, and nowhere else.
package struct MadeInvitation: Sendable {
    package let visitor: SlipID
    package let invitation: Invitation
    package let address: String
    package let wasMailed: Bool

    package init(
        visitor: SlipID,
        invitation: Invitation,
        address: String,
        wasMailed: Bool
    ) {
        self.visitor = visitor
        self.invitation = invitation
        self.address = address
        self.wasMailed = wasMailed
    }

    /// What a messenger takes: plain text with the link.
    fileprivate var message: HTML {
        let invitation = invitation
        let time: HTML = invitation.begins.map { begins -> HTML in ", \(begins)" } ?? .none
        let place: HTML = invitation.place.map { place -> HTML in ", \(place)" } ?? .none
        let greeting: HTML = invitation.greeting.map { greeting -> HTML in "\(greeting)\n\n" } ?? .none
        return """
            \(say: "Hello \(invitation.registration.name),")

            \(greeting)\(say: "I would like you to be my guest at \(invitation.chapterName): \(invitation.day, .full)\(time)\(place). Here you see everything about it, and can say whether you come:")
            \(address)
            """
    }
}

/// The link of a guest, and a text to send it with.
package func invitedPage(_ made: MadeInvitation, for reader: Reader) -> HTML {
    let guest = made.invitation.registration
    let sent: HTML =
        made.wasMailed
        ? "<p class=\"note\">\(say: "A mail with the link is on its way to \(guest.email ?? "").")</p>"
        : .none
    let seat: HTML = made.invitation.isSeatHeld ? heldSeat(of: guest.profession) : .none
    return chapterPage(
        named: "\(say: "\(guest.name) is invited")",
        in: .visitors,
        for: reader,
        above: back(to: .visitors, for: reader),
        """
        \(sent)\(seat)
        <section class="card"><h2>\(say: "Their link")</h2>
        <p class="hint">\(say: "It is shown only now, and is good until the day of the meeting is over. With a new one this one ends.")</p>
        <ul class="secrets"><li><code>\(made.address)</code></li></ul></section>
        <section class="card"><h2>\(say: "A message, ready to send")</h2>
        <label for="message">\(say: "Copy it into the messenger you both use")</label>
        <textarea id="message" rows="12" readonly>\(made.message)</textarea></section>
        <p>\(button("\(reader.folder)/visitors/\(made.visitor)", "I have kept it"))</p>
        """
    )
}

/// That somebody has the profession of a visitor already.
func heldSeat(of profession: String?) -> HTML {
    "<p class=\"note\">\(say: "The seat \(profession ?? "") is held at the moment. They are welcome as a guest; they cannot apply for it.")</p>"
}
