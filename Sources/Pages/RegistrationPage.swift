import ReferralGroup

/// What a visitor's own link leads to: who invites them, where and when, and what they may say to it.
///
/// Whoever has the link reads it; of members it names no more than the one who invites.
package func registrationPage(
    _ invitation: Invitation,
    address: String,
    _ filled: Filled = .blank,
    declining: Filled = .blank,
    formToken: FormToken
) -> HTML {
    let greeting: HTML =
        invitation.greeting.map { greeting -> HTML in "<p class=\"note\">“\(greeting)”</p>\n"
        }
        ?? .none
    let forms: HTML =
        invitation.isCalledOff
        ? "<p class=\"alert\">\(say: "This meeting does not take place. Whoever invited you will tell you of another.")</p>"
        : "\(standing(of: invitation))\(registering(invitation, address, filled, formToken))\(notComing(invitation, address, declining, formToken))"
    return page(
        title: "\(say: "An invitation to \(invitation.chapterName)")",
        isSignedIn: false,
        """
        <div class="narrow guest">
        <p class="eyebrow">\(invitation.chapterName)</p>
        <h1>\(say: "Welcome, \(invitation.registration.name)")</h1>
        <p>\(say: invitation.inviter.map { "\($0) invites you to a meeting." } ?? "You are invited to a meeting.")</p>
        \(greeting)<section class="card"><h2>\(invitation.day, .full)</h2>
        \(when(invitation))\(invitation.place.map { place -> HTML in "<p>\(place)</p>" } ?? .none)</section>
        \(forms)
        </div>
        """
    )
}

private func when(_ invitation: Invitation) -> HTML {
    guard let begins = invitation.begins else { return .none }
    let minutes: HTML =
        invitation.minutes.map { minutes -> HTML in " · \(say: "\(count: minutes) minutes")" } ?? .none
    return "<p><b>\(begins)</b>\(minutes)</p>"
}

/// What they said before, and what is to be known of their seat.
private func standing(of invitation: Invitation) -> HTML {
    let said: HTML =
        switch invitation.answer {
        case .comes?:
            "<p class=\"note\" role=\"status\"><b>\(say: "You are expected.")</b> \(say: "Thank you! Until the day of the meeting you can change here what you said.")</p>\n"
        case .cannotCome?:
            "<p class=\"note\" role=\"status\"><b>\(say: "You cannot come this time.")</b> \(say: "Thank you for saying so. Should you find time after all, say here that you come.")</p>\n"
        case nil: .none
        }
    guard invitation.isSeatHeld else { return said }
    return """
        \(said)<p class="note">\(say: "In this chapter each profession has one seat, and yours is held at the moment. You are welcome as a guest all the same.")</p>

        """
}

private func registering(
    _ invitation: Invitation,
    _ address: String,
    _ filled: Filled,
    _ formToken: FormToken
) -> HTML {
    let known = invitation.registration
    let hasAgreed = if case .comes? = invitation.answer { true } else { false }
    return """
        <section><h2>\(say: hasAgreed ? "What you said" : "Will you come?")</h2>
        \(form(
            to: "\(address)",
            [
                .line("name", "Name", preset: known.name, isRequired: true, extra: " maxlength=\"200\" autocomplete=\"name\""),
                .line("company", "Company", preset: known.company ?? "", extra: " maxlength=\"200\" autocomplete=\"organization\""),
                .line("profession", "Profession", preset: known.profession ?? "", extra: " maxlength=\"200\""),
                .line(
                    "email",
                    "E-mail",
                    type: "email",
                    preset: known.email ?? "",
                    hint: "We remind you two working days before.",
                    extra: " autocomplete=\"email\""
                ),
                .line("phone", "Phone", type: "tel", preset: known.phone ?? "", extra: " maxlength=\"200\" autocomplete=\"tel\""),
                .tick(
                    "consent",
                    "I agree that \(invitation.chapterName) keeps this",
                    hint: "What stands above is kept to prepare your visit and to stay in touch. At the meeting all see your name and your company; the rest only whoever invited you, and those who look after visitors in this chapter. It is erased 24 months after your visit, and at any time before that when you ask for it."
                ),
            ],
            hasAgreed && !filled.isRefused ? Filled(["consent": "true"]) : filled,
            button: hasAgreed ? "Change it" : "I will come",
            formToken: formToken
        ))</section>

        """
}

private func notComing(
    _ invitation: Invitation,
    _ address: String,
    _ filled: Filled,
    _ formToken: FormToken
) -> HTML {
    if case .cannotCome? = invitation.answer { return .none }
    guard !invitation.came else { return .none }
    return """
        <details class="more"\(filled.isRefused ? " open" : .none)><summary>\(say: "You cannot come?")</summary>
        \(form(
            to: "\(address)/decline",
            [.line("reason", "Why, if you like to say", extra: " maxlength=\"200\"")],
            filled,
            button: "I cannot come",
            formToken: formToken
        ))</details>

        """
}
