import ReferralGroup

/// What a person sees of their own account.
package struct AccountView: Sendable {
    package struct Device: Sendable {
        package let id: String
        /// Nil for a program that does not say what it is.
        package let agent: String?
        package let seen: Instant
        package let isThisOne: Bool

        package init(id: String, agent: String?, seen: Instant, isThisOne: Bool) {
            self.id = id
            self.agent = agent
            self.seen = seen
            self.isThisOne = isThisOne
        }
    }

    package struct Token: Sendable {
        package let id: String
        package let name: String
        package let isReadOnly: Bool
        package let expires: Instant
        package let used: Instant?

        package init(id: String, name: String, isReadOnly: Bool = false, expires: Instant, used: Instant?) {
            self.id = id
            self.name = name
            self.isReadOnly = isReadOnly
            self.expires = expires
            self.used = used
        }
    }

    /// An account at a provider by which one may come in.
    package struct Linked: Sendable {
        package let issuer: String
        package let subject: String
        package let name: String
        package let since: Instant

        package init(issuer: String, subject: String, name: String, since: Instant) {
            self.issuer = issuer
            self.subject = subject
            self.name = name
            self.since = since
        }
    }

    package enum SecondFactor: Sendable {
        case none
        /// Begun: the key in base32, and the address that an app understands.
        case begun(key: String, uri: String)
        case on(recoveryCodes: Int)
    }

    package let name: String
    package let email: String?
    package let secondFactor: SecondFactor
    package let isSecondFactorWanted: Bool
    /// In how many days what an office of theirs may do with money waits for it; nil where none is missing.
    package let secondFactorIn: Int?
    /// In which they read.
    package let language: Language
    /// The provider through which people sign in here, if there is one.
    package let provider: String?
    package let linked: [Linked]
    package let devices: [Device]
    package let tokens: [Token]

    package init(
        name: String,
        email: String?,
        secondFactor: SecondFactor,
        isSecondFactorWanted: Bool,
        secondFactorIn: Int? = nil,
        language: Language = .english,
        provider: String? = nil,
        linked: [Linked] = [],
        devices: [Device],
        tokens: [Token]
    ) {
        self.name = name
        self.email = email
        self.secondFactor = secondFactor
        self.isSecondFactorWanted = isSecondFactorWanted
        self.secondFactorIn = secondFactorIn
        self.language = language
        self.provider = provider
        self.linked = linked
        self.devices = devices
        self.tokens = tokens
    }
}

/// A person's own account: how they sign in, and where they are signed in.
package func accountPage(
    _ account: AccountView,
    notice: Phrase? = nil,
    problem: Phrase? = nil,
    formToken: FormToken
) -> HTML {
    let signsInAs: Phrase =
        account.email.map { "You sign in as \($0)." } ?? "You sign in as nobody: you have no e-mail."
    return page(
        title: "\(say: "Your account")",
        """
        <h1>\(account.name)</h1>
        <p class="hint">\(say: signsInAs)</p>
        \(alert(problem))
        \(notice.map { "<p class=\"note\" role=\"status\">\(say: $0)</p>" } ?? .none)
        <div class="cards">
        <section class="card" id="password">
        <h2>\(say: "Password")</h2>
        <form method="post" action="/account/password">
        \(formToken.field)
        <label for="old">\(say: "The one you have")</label>
        <input id="old" name="old" type="password" autocomplete="current-password" maxlength="1024">
        <label for="new">\(say: "A new one")</label>
        <input id="new" name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="1024" aria-describedby="rule">
        <p class="hint" id="rule">\(say: "At least 12 characters, better 15. Every other device is signed out, and every token ends.")</p>
        <p><button>\(say: "Change it")</button></p>
        </form>
        </section>
        <section class="card" id="e-mail">
        <h2>\(say: "E-mail")</h2>
        <form method="post" action="/account/e-mail">
        \(formToken.field)
        <label for="email">\(say: "Your new address")</label>
        <input id="email" name="email" type="email" autocomplete="email" required maxlength="254">
        <p><button>\(say: "Send a link there")</button></p>
        </form>
        </section>
        \(languageCard(account, formToken))
        <section class="card" id="notifications">
        <h2>\(say: "Mail")</h2>
        <p>\(say: "What you are told, how, and at what hours not.")</p>
        <p><a class="button quiet" href="/account/notifications">\(say: "Choose")</a></p>
        </section>
        \(secondFactor(account, formToken))
        \(linkedAccounts(account, formToken))
        <section class="card" id="calendar">
        <h2>\(say: "Calendar")</h2>
        <p>\(say: "The meetings of your chapters, in the calendar of your phone.")</p>
        <p><a class="button quiet" href="/account/calendar">\(say: "Subscribe")</a></p>
        </section>
        <section class="card" id="privacy">
        <h2>\(say: "Privacy")</h2>
        <p>\(say: "Who looked at your private figures, who may, and what is kept about you.")</p>
        <p><a class="button quiet" href="/account/privacy">\(say: "Look")</a></p>
        </section>
        <section class="card" id="devices">
        <h2>\(say: "Where you are signed in")</h2>
        <ul class="plain">\(account.devices.map { device($0, formToken) })</ul>
        <form method="post" action="/account/sessions/end-others">\(formToken.field)<button class="quiet">\(say: "Sign out everywhere else")</button></form>
        <form method="post" action="/sign-out">\(formToken.field)<button>\(say: "Sign out here")</button></form>
        </section>
        <section class="card" id="tokens">
        <h2>\(say: "Tokens for programs")</h2>
        <ul class="plain">\(account.tokens.map { token($0, formToken) })</ul>
        <form method="post" action="/account/tokens">
        \(formToken.field)
        <label for="token-name">\(say: "What it is for")</label>
        <input id="token-name" name="name" required maxlength="80">
        <label for="days">\(say: "How many days it lasts")</label>
        <input id="days" name="days" type="number" value="90" min="1" max="366" required>
        <label><input type="checkbox" name="scope" value="read" checked> \(say: "for reading only")</label>
        <p><button>\(say: "Make one")</button></p>
        </form>
        </section>
        </div>
        """
    )
}

private func languageCard(_ account: AccountView, _ formToken: FormToken) -> HTML {
    let choices = Language.all.map { Choice($0.code, "\($0.name)") }
    let field = Field.choice("language", "Pages are written in", of: choices, preset: account.language.code)
    return """
        <section class="card" id="languages">
        <h2>\(say: "Language")</h2>
        \(form(to: "/account/language", [field], .blank, button: "Change it", formToken: formToken))
        </section>
        """
}

private func secondFactor(_ account: AccountView, _ formToken: FormToken) -> HTML {
    let wanted: HTML =
        account.isSecondFactorWanted
        ? "<p class=\"note\">\(say: "An operator needs a second factor; without it you have no operator's rights here.")</p>"
        : account.secondFactorIn.map { secondFactorNote(in: $0) } ?? .none
    let content: HTML =
        switch account.secondFactor {
        case .none:
            """
            \(wanted)
            <p>\(say: "An app on your phone shows six digits that change every half minute. Who has your password has not got those.")</p>
            <form method="post" action="/account/second-factor">\(formToken.field)<p><button>\(say: "Set it up")</button></p></form>
            """
        case .begun(let key, let uri):
            """
            \(wanted)
            <p>\(say: "Open \(link(to: uri)) on the phone with your app, or type this key into it:")</p>
            <p><code class="key-text">\(key)</code></p>
            <form method="post" action="/account/second-factor/confirm">
            \(formToken.field)
            <label for="code">\(say: "The six digits that it shows now")</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10">
            <p><button>\(say: "It works")</button></p>
            </form>
            """
        case .on(let codes):
            """
            <p>\(say: "It is on. You have \(count: codes) recovery codes left.")</p>
            <form method="post" action="/account/second-factor/remove">
            \(formToken.field)
            <label for="off-code">\(say: "A code of your app, or a recovery code")</label>
            <input id="off-code" name="code" autocomplete="one-time-code" required maxlength="40">
            <p><button class="quiet">\(say: "Switch it off")</button></p>
            </form>
            """
        }
    return "<section class=\"card\" id=\"second-factor\"><h2>\(say: "Second factor")</h2>\(content)</section>"
}

private func link(to uri: String) -> HTML {
    "<a href=\"\(uri)\">\(say: "this address")</a>"
}

/// For an officer without a second factor: what they need it for, and from when on.
func secondFactorNote(in days: Int) -> HTML {
    let need: Phrase =
        switch days {
        case ...0:
            "You need a second factor to record slips for others, to import files, and to change members, offices and policy."
        case 1:
            "From tomorrow on you need a second factor to record slips for others, to import files, and to change members, offices and policy."
        default:
            "In \(days) days you will need a second factor to record slips for others, to import files, and to change members, offices and policy."
        }
    return """
        <p class="note">\(say: need) \(say: "Attendance and everything else of your office goes on without.")</p>
        """
}

private func device(_ device: AccountView.Device, _ formToken: FormToken) -> HTML {
    let end: HTML =
        device.isThisOne
        ? "<span class=\"hint\">\(say: "this one")</span>"
        : "<form method=\"post\" action=\"/account/sessions/\(device.id)/end\">\(formToken.field)<button class=\"quiet\">\(say: "Sign it out")</button></form>"
    let agent: HTML = device.agent.map { "\($0)" } ?? "\(say: "a program without a name")"
    return
        "<li><span>\(agent)<br><span class=\"hint\">\(say: "last seen \(moment(device.seen))")</span></span> \(end)</li>\n"
}

private func token(_ token: AccountView.Token, _ formToken: FormToken) -> HTML {
    let name: HTML = token.isReadOnly ? "\(say: "\(token.name), for reading")" : "\(token.name)"
    let use: Phrase =
        token.used.map { "until \(moment(token.expires)), last used \(moment($0))" }
        ?? "until \(moment(token.expires)), never used"
    return """
        <li><span>\(name)<br><span class="hint">\(say: use)</span></span>
        <form method="post" action="/account/tokens/\(token.id)/end">\(formToken.field)<button class="quiet">\(say: "End it")</button></form></li>

        """
}

/// Where somebody who signed in a while ago shows once more that it is them, before something delicate.
package func provePage(email: String, then place: String, problem: Phrase?, formToken: FormToken) -> HTML {
    page(
        title: "\(say: "Is it you?")",
        """
        <section class="card narrow">
        <h1>\(say: "Is it still you?")</h1>
        \(alert(problem))
        <p>\(say: "What you want to change lets others in if it is not you. Show it once more.")</p>
        <form method="post" action="/account/prove">
        \(formToken.field)
        <input type="hidden" name="then" value="\(place)">
        <input type="hidden" name="email" autocomplete="username" value="\(email)">
        <label for="password">\(say: "Your password")</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024" autofocus\(described(by: problem))>
        <p><button>\(say: "It is me")</button></p>
        </form>
        <p class="hint">\(say: "No password? Sign out, and come in with a new link.")</p>
        </section>
        """
    )
}

/// Secrets that are shown once: recovery codes, or a token.
package func shownOncePage(title: Phrase, explanation: Phrase, lines: [String]) -> HTML {
    page(
        title: "\(say: title)",
        """
        <section class="card narrow">
        <h1>\(say: title)</h1>
        <p>\(say: explanation)</p>
        <ul class="secrets">\(lines.map { line -> HTML in "<li><code>\(line)</code></li>\n" })</ul>
        <p><a class="button" href="/account">\(say: "I have kept it")</a></p>
        </section>
        """
    )
}
