/// What a person sees of their own account.
package struct AccountView: Sendable {
    package struct Device: Sendable {
        package let id: String
        package let agent: String
        package let seen: String
        package let isThisOne: Bool

        package init(id: String, agent: String, seen: String, isThisOne: Bool) {
            self.id = id
            self.agent = agent
            self.seen = seen
            self.isThisOne = isThisOne
        }
    }

    package struct Token: Sendable {
        package let id: String
        package let name: String
        package let expires: String
        package let used: String?

        package init(id: String, name: String, expires: String, used: String?) {
            self.id = id
            self.name = name
            self.expires = expires
            self.used = used
        }
    }

    /// An account at a provider by which one may come in.
    package struct Linked: Sendable {
        package let issuer: String
        package let subject: String
        package let name: String
        package let since: String

        package init(issuer: String, subject: String, name: String, since: String) {
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
    package let email: String
    package let secondFactor: SecondFactor
    package let isSecondFactorWanted: Bool
    /// In how many days what an office of theirs may do with money waits for it; nil where none is missing.
    package let secondFactorIn: Int?
    /// The provider through which people sign in here, if there is one.
    package let provider: String?
    package let linked: [Linked]
    package let devices: [Device]
    package let tokens: [Token]

    package init(
        name: String,
        email: String,
        secondFactor: SecondFactor,
        isSecondFactorWanted: Bool,
        secondFactorIn: Int? = nil,
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
    page(
        title: "Your account",
        """
        <h1>\(account.name)</h1>
        <p class="hint">You sign in as \(account.email).</p>
        \(alert(problem))
        \(notice.map { "<p class=\"note\" role=\"status\">\(say: $0)</p>" } ?? .none)
        <div class="cards">
        <section class="card" id="password">
        <h2>Password</h2>
        <form method="post" action="/account/password">
        \(formToken.field)
        <label for="old">The one you have</label>
        <input id="old" name="old" type="password" autocomplete="current-password" maxlength="1024">
        <label for="new">A new one</label>
        <input id="new" name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="1024" aria-describedby="rule">
        <p class="hint" id="rule">At least 12 characters, better 15. Every other device is signed out, and every token ends.</p>
        <p><button>Change it</button></p>
        </form>
        </section>
        <section class="card" id="e-mail">
        <h2>E-mail</h2>
        <form method="post" action="/account/e-mail">
        \(formToken.field)
        <label for="email">Your new address</label>
        <input id="email" name="email" type="email" autocomplete="email" required maxlength="254">
        <p><button>Send a link there</button></p>
        </form>
        </section>
        \(secondFactor(account, formToken))
        \(linkedAccounts(account, formToken))
        <section class="card" id="devices">
        <h2>Where you are signed in</h2>
        <ul class="plain">\(account.devices.map { device($0, formToken) })</ul>
        <form method="post" action="/account/sessions/end-others">\(formToken.field)<button class="quiet">Sign out everywhere else</button></form>
        <form method="post" action="/sign-out">\(formToken.field)<button>Sign out here</button></form>
        </section>
        <section class="card" id="tokens">
        <h2>Tokens for programs</h2>
        <ul class="plain">\(account.tokens.map { token($0, formToken) })</ul>
        <form method="post" action="/account/tokens">
        \(formToken.field)
        <label for="token-name">What it is for</label>
        <input id="token-name" name="name" required maxlength="80">
        <label for="days">How many days it lasts</label>
        <input id="days" name="days" type="number" value="90" min="1" max="366" required>
        <label><input type="checkbox" name="scope" value="read" checked> for reading only</label>
        <p><button>Make one</button></p>
        </form>
        </section>
        </div>
        """
    )
}

private func secondFactor(_ account: AccountView, _ formToken: FormToken) -> HTML {
    let wanted: HTML =
        account.isSecondFactorWanted
        ? "<p class=\"note\">An operator needs a second factor; without it you have no operator's rights here.</p>"
        : account.secondFactorIn.map { secondFactorNote(in: $0) } ?? .none
    let content: HTML =
        switch account.secondFactor {
        case .none:
            """
            \(wanted)
            <p>An app on your phone shows six digits that change every half minute. Who has your password has not got those.</p>
            <form method="post" action="/account/second-factor">\(formToken.field)<p><button>Set it up</button></p></form>
            """
        case .begun(let key, let uri):
            """
            \(wanted)
            <p>Open <a href="\(uri)">this address</a> on the phone with your app, or type this key into it:</p>
            <p><code class="key-text">\(key)</code></p>
            <form method="post" action="/account/second-factor/confirm">
            \(formToken.field)
            <label for="code">The six digits that it shows now</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10">
            <p><button>It works</button></p>
            </form>
            """
        case .on(let codes):
            """
            <p>It is on. You have <b>\(codes)</b> recovery codes left.</p>
            <form method="post" action="/account/second-factor/remove">
            \(formToken.field)
            <label for="off-code">A code of your app, or a recovery code</label>
            <input id="off-code" name="code" autocomplete="one-time-code" required maxlength="40">
            <p><button class="quiet">Switch it off</button></p>
            </form>
            """
        }
    return "<section class=\"card\" id=\"second-factor\"><h2>Second factor</h2>\(content)</section>"
}

/// For an officer without a second factor: what they need it for, and from when on.
func secondFactorNote(in days: Int) -> HTML {
    let need: HTML =
        switch days {
        case ...0: "You need"
        case 1: "From tomorrow on you need"
        default: "In \(days) days you will need"
        }
    return """
        <p class="note">\(need) a second factor to record slips for others, to import files, and to change members, \
        offices and policy. Attendance and everything else of your office goes on without.</p>
        """
}

private func device(_ device: AccountView.Device, _ formToken: FormToken) -> HTML {
    let end: HTML =
        device.isThisOne
        ? "<span class=\"hint\">this one</span>"
        : "<form method=\"post\" action=\"/account/sessions/\(device.id)/end\">\(formToken.field)<button class=\"quiet\">Sign it out</button></form>"
    return
        "<li><span>\(device.agent)<br><span class=\"hint\">last seen \(device.seen)</span></span> \(end)</li>\n"
}

private func token(_ token: AccountView.Token, _ formToken: FormToken) -> HTML {
    let used = token.used.map { "last used \($0)" } ?? "never used"
    return """
        <li><span>\(token.name)<br><span class="hint">until \(token.expires), \(used)</span></span>
        <form method="post" action="/account/tokens/\(token.id)/end">\(formToken.field)<button class="quiet">End it</button></form></li>

        """
}

/// Where somebody who signed in a while ago shows once more that it is them, before something delicate.
package func provePage(email: String, then place: String, problem: Phrase?, formToken: FormToken) -> HTML {
    page(
        title: "Is it you?",
        """
        <section class="card narrow">
        <h1>Is it still you?</h1>
        \(alert(problem))
        <p>What you want to change lets others in if it is not you. Show it once more.</p>
        <form method="post" action="/account/prove">
        \(formToken.field)
        <input type="hidden" name="then" value="\(place)">
        <input type="hidden" name="email" autocomplete="username" value="\(email)">
        <label for="password">Your password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024" autofocus>
        <p><button>It is me</button></p>
        </form>
        <p class="hint">No password? Sign out, and come in with a new link.</p>
        </section>
        """
    )
}

/// Secrets that are shown once: recovery codes, or a token.
package func shownOncePage(title: String, explanation: String, lines: [String]) -> HTML {
    page(
        title: "\(title)",
        """
        <section class="card narrow">
        <h1>\(title)</h1>
        <p>\(explanation)</p>
        <ul class="secrets">\(lines.map { line -> HTML in "<li><code>\(line)</code></li>\n" })</ul>
        <p><a class="button" href="/account">I have kept it</a></p>
        </section>
        """
    )
}
