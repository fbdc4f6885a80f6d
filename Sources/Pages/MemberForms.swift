import ReferralGroup

/// Where a member is added.
package func newMemberPage(_ filled: Filled = .blank, seats: [OpenSeat], for reader: Reader) -> HTML {
    let titles = seats.map { seat -> HTML in "<option value=\"\(seat.title)\"></option>\n" }
    return chapterPage(
        "Add a member",
        in: .members,
        for: reader,
        above: back(to: .members, for: reader),
        """
        \(form(
            to: "\(reader.folder)/members",
            [
                .line("name", "Name", isRequired: true, extra: " maxlength=\"200\" autocomplete=\"off\""),
                .line("email", "E-mail", type: "email", hint: "By it they come in; they choose a password themselves."),
                .line(
                    "seat",
                    "Seat",
                    hint: "The profession, which nobody else holds. A new one is put on the chapter's list.",
                    extra: " list=\"open-seats\" maxlength=\"200\" autocomplete=\"off\""
                ),
            ],
            filled,
            button: "Add the member",
            more: [
                .line("company", "Company", extra: " maxlength=\"200\""),
                .line("joined", "First day", type: "date", hint: "Today, where nothing is said."),
                .line("renews", "Renews on", type: "date"),
            ],
            formToken: reader.formToken
        ))
        <datalist id="open-seats">
        \(titles)</datalist>
        """
    )
}

/// Where a member or a leader changes what is known: each what is theirs to change.
package func changeMemberPage(
    _ member: Membership,
    _ profile: MemberProfile,
    members: [Membership] = [],
    _ filled: Filled = .blank,
    in currency: Currency,
    for reader: Reader
) -> HTML {
    var fields: [Field] = []
    if reader.may(.manageMembers) {
        fields += [
            .line(
                "seat",
                "Seat",
                preset: member.seat ?? "",
                hint: "Empty for none.",
                extra: " maxlength=\"200\""
            ),
            .line("company", "Company", preset: member.company ?? "", extra: " maxlength=\"200\""),
            .line("renews", "Renews on", type: "date", preset: member.renewsOn?.description ?? ""),
            .choice(
                "mentor",
                "Mentor",
                of: choices(of: members.filter { $0.id != member.id }, none: "Nobody"),
                preset: profile.mentorID.map { "\($0)" } ?? "",
                hint: "Who looks after them in their first year."
            ),
        ]
        if member.email == nil { fields.append(.line("email", "E-mail", type: "email")) }
    }
    if let own = profile.ownFigures {
        fields += [
            .few(
                "shares_figures",
                "May leaders see what you earned, and your return?",
                of: [Choice("true", "\(say: "yes")"), Choice("false", "\(say: "no")")],
                preset: own.sharesFigures ? "true" : "false"
            ),
            .line(
                "margin",
                "Your margin",
                hint: marginHint,
                extra: " inputmode=\"decimal\" autocomplete=\"off\""
            ),
            .amount("value_of_hour", "Value of your hour", in: currency, hint: "Empty leaves it as it is."),
            .line(
                "from",
                "Margin and value of an hour from",
                type: "date",
                hint: "Today, where nothing is said."
            ),
        ]
    }
    return ofMember(
        member,
        "Change \(member.name)",
        for: reader,
        form(
            to: "\(reader.folder)/members/\(member.id)/change",
            fields,
            filled,
            button: "Keep",
            formToken: reader.formToken
        )
    )
}

private let marginHint: Phrase =
    "What is left of 100 you earned, such as 40 %. Nobody else sees it. Empty leaves it as it is."

package func leavePage(_ member: Membership, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    ofMember(
        member,
        "A leave of \(member.name)",
        for: reader,
        """
        <p>\(say: "The seat is kept and the fee goes on; no meeting counts as missed.")</p>
        \(form(
            to: "\(reader.folder)/members/\(member.id)/leave",
            [
                .day("from", "First day", isRequired: true), .day("to", "Last day"),
                .tick("medical", "It is medical", hint: "Only leaders and the member see that."),
            ],
            filled,
            button: "Note the leave",
            formToken: reader.formToken
        ))
        """
    )
}

package func endMemberPage(_ member: Membership, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    ofMember(
        member,
        "End the membership of \(member.name)",
        for: reader,
        delicateForm(
            to: "\(reader.folder)/members/\(member.id)/end",
            """
            <p>\(say: "The seat is open from the day after, and every office ends. What was recorded stays and counts as before.")</p>

            """,
            [
                .line("on", "Last day", type: "date", hint: "Today, where nothing is said."),
                .choice(
                    "code",
                    "Reason",
                    of: [Choice("", "–")] + EndCode.allCases.map { Choice($0.rawValue, "\(say: $0.name)") },
                    hint: "For the retention report; the chapter does not see it.",
                    isRequired: true
                ),
                .line(
                    "reason",
                    "In words",
                    hint: "Another reason takes some.",
                    extra: " maxlength=\"200\""
                ),
            ],
            filled,
            button: "End the membership",
            back: "\(reader.folder)/members/\(member.id)",
            formToken: reader.formToken
        )
    )
}

package func rejoinPage(_ member: Membership, _ filled: Filled = .blank, for reader: Reader) -> HTML {
    ofMember(
        member,
        "Take \(member.name) back in",
        for: reader,
        """
        <p>\(say: "A new membership begins; the old one stays as it was, with its own figures.")</p>
        \(form(
            to: "\(reader.folder)/members/\(member.id)/rejoin",
            [
                .line("joined", "First day", type: "date", hint: "Today, where nothing is said."),
                .line("seat", "Seat", preset: member.seat ?? "", extra: " maxlength=\"200\""),
            ],
            filled,
            button: "Take back in",
            formToken: reader.formToken
        ))
        """
    )
}

private func ofMember(_ member: Membership, _ title: Phrase, for reader: Reader, _ content: HTML) -> HTML {
    chapterPage(
        title,
        in: .members,
        for: reader,
        above: "<a href=\"\(reader.folder)/members/\(member.id)\">\(member.name)</a>",
        content
    )
}
