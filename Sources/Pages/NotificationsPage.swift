import ReferralGroup

/// Where a person says what they want to be told of by mail, how, and when not.
package func notificationsPage(
    _ wishes: NoticeWishes,
    _ filled: Filled = .blank,
    notice: Phrase? = nil,
    formToken: FormToken
) -> HTML {
    let kinds = Notice.Kind.allCases.map { kind in
        Field.few(
            kind.field,
            kind.name,
            of: Notice.Way.allCases.map { Choice($0.rawValue, "\(say: $0.name)") },
            preset: wishes.ways[kind]?.rawValue ?? ""
        )
    }
    let hours = [
        Field.line(
            "quiet_from",
            "Nothing is sent from",
            type: "time",
            preset: wishes.quiet?.from.description ?? ""
        ),
        Field.line(
            "quiet_to",
            "until",
            type: "time",
            preset: wishes.quiet?.to.description ?? "",
            hint:
                "By your chapter’s clock; what comes meanwhile waits. Leave both empty to be told at any hour."
        ),
    ]
    return page(
        title: "\(say: "What you are told by mail")",
        """
        <h1>\(say: "What you are told by mail")</h1>
        \(notice.map { "<p class=\"note\" role=\"status\">\(say: $0)</p>" } ?? .none)
        <p class="hint">\(say: "Links to sign in and the like always come at once.")</p>
        \(form(to: "/account/notifications", kinds + hours, filled, button: "Keep it", formToken: formToken))
        <p><a href="/account">\(say: "Your account")</a></p>
        """
    )
}

/// Where a link in a mail leads: a button that stops mails like it; looking stops nothing.
package func stopMailPage(_ kind: Notice.Kind?, address: String, formToken: FormToken) -> HTML {
    page(
        title: "\(say: "Stop these mails")",
        isSignedIn: false,
        formToken: formToken,
        """
        <section class="card narrow">
        <h1>\(say: "Stop these mails")</h1>
        <p>\(say: kind.map { "You are told no more by mail: \($0.name)." } ?? "You are told no more of what your daily digest gathers.")</p>
        <form method="post" action="\(address)">\(formToken.field)<p><button>\(say: "Stop them")</button></p></form>
        </section>
        """
    )
}

/// After the button.
package func mailStoppedPage() -> HTML {
    page(
        title: "\(say: "They are stopped")",
        isSignedIn: false,
        """
        <section class="card narrow">
        <h1>\(say: "They are stopped")</h1>
        <p>\(say: "You can have them again at any time:") <a href="/account/notifications">\(say: "What you are told by mail")</a></p>
        </section>
        """
    )
}

extension Notice.Kind {
    /// Its field in a form, and its member in JSON.
    package var field: String {
        String(rawValue.map { $0 == "-" ? "_" : $0 })
    }

    var name: Phrase {
        switch self {
        case .referral: "A referral passed to you"
        case .introduction: "An introduction: whether you would like to, and when both say yes"
        case .oneToOne: "One-to-ones, with an entry for your calendar"
        case .thanks: "Thanks given to you"
        case .weeklyReminder: "What waits for you, before the meeting"
        case .monthlyReturn: "Your own return of a month"
        case .absenceWarning: "A warning before your absences pass the limit"
        case .officeHandover: "An office that you take over or hand over"
        }
    }
}

extension Notice.Way {
    fileprivate var name: Phrase {
        switch self {
        case .atOnce: "at once"
        case .digest: "in a daily digest"
        case .off: "not at all"
        }
    }
}
