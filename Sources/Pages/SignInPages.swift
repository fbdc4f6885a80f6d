/// Where a person comes in: with a password, through a provider, or with a link that is sent to them.
package func signInPage(
    email: String,
    problem: Phrase?,
    provider: String? = nil,
    formToken: FormToken
) -> HTML {
    page(
        title: "\(say: "Sign in")",
        isSignedIn: false,
        formToken: formToken,
        """
        <section class="card narrow">
        <h1>\(say: "Sign in")</h1>
        \(alert(problem))
        <form method="post" action="/sign-in">
        \(formToken.field)
        <label for="email">\(say: "Your e-mail")</label>
        <input id="email" name="email" type="email" autocomplete="username" value="\(email)" required maxlength="254"\(email.isEmpty ? " autofocus" : "")>
        <label for="password">\(say: "Your password")</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"\(email.isEmpty ? "" : " autofocus")\(described(by: problem))>
        <p><button>\(say: "Sign in")</button></p>
        </form>
        \(provider.map { "<p><a class=\"button\" href=\"/sign-in/provider\">\(say: "Sign in with \($0)")</a></p>" } ?? .none)
        </section>
        <section class="card narrow">
        <h2>\(say: "Without a password")</h2>
        <p class="hint">\(say: "We send a link to your e-mail. It works once.")</p>
        <form method="post" action="/sign-in/link">
        \(formToken.field)
        <label for="link-email">\(say: "Your e-mail")</label>
        <input id="link-email" name="email" type="email" autocomplete="username" value="\(email)" required maxlength="254">
        <p><button name="purpose" value="sign-in">\(say: "Send me a link")</button>
        <button class="quiet" name="purpose" value="reset">\(say: "I forgot my password")</button></p>
        </form>
        </section>
        """
    )
}

/// What everybody reads who asked for a link, whether the address is known or not.
package func linkSentPage(to email: String) -> HTML {
    let address: HTML = "<b>\(email)</b>"
    return page(
        title: "\(say: "Look into your mail")",
        isSignedIn: false,
        """
        <section class="card narrow">
        <h1>\(say: "Look into your mail")</h1>
        <p>\(say: "If \(address) belongs to somebody here, a link is on its way. It works once, and not for long.")</p>
        <p class="hint">\(say: "Nothing there after some minutes? Look among the unwanted mail, or ask a leader of your chapter under which address they know you.")</p>
        <p><a class="button" href="/sign-in">\(say: "Back")</a></p>
        </section>
        """
    )
}

/// What a link is for, as its page says it.
package enum LinkPage: Sendable {
    case signIn, invitation, reset, email

    fileprivate var title: Phrase {
        switch self {
        case .signIn: "Sign in"
        case .invitation: "Welcome to Chapterhouse"
        case .reset: "Choose a new password"
        case .email: "Your new address"
        }
    }

    fileprivate var button: Phrase {
        switch self {
        case .signIn: "Sign in"
        case .invitation: "Keep this password and come in"
        case .reset: "Keep this password"
        case .email: "Yes, this is my address"
        }
    }

    fileprivate var choosesPassword: Bool {
        self == .invitation || self == .reset
    }
}

/// Where a link leads: nothing happens before the button, for mail programs follow links by themselves.
package func linkPage(
    name: String,
    email: String,
    purpose: LinkPage,
    problem: Phrase?,
    formToken: FormToken
) -> HTML {
    let password: HTML =
        purpose.choosesPassword
        ? """
        <input type="hidden" name="email" autocomplete="username" value="\(email)">
        <label for="password">\(say: "A password for \(email)")</label>
        <input id="password" name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="1024" autofocus aria-describedby="rule">
        <p class="hint" id="rule">\(say: "At least 12 characters, better 15: a few words that do not belong together. Every other device is signed out.")</p>
        """ : .none
    return page(
        title: "\(say: purpose.title)",
        isSignedIn: false,
        """
        <section class="card narrow">
        <p class="eyebrow">\(name)</p>
        <h1>\(say: purpose.title)</h1>
        \(alert(problem))
        <p>\(say: purpose == .email ? "From now on you sign in with \(email)." : "For \(email).")</p>
        <form method="post">
        \(formToken.field)
        \(password)
        <p><button>\(say: purpose.button)</button></p>
        </form>
        </section>
        """
    )
}

/// Where the second factor is asked for.
package func codePage(problem: Phrase?, formToken: FormToken) -> HTML {
    page(
        title: "\(say: "Your code")",
        isSignedIn: false,
        formToken: formToken,
        """
        <section class="card narrow">
        <h1>\(say: "Your code")</h1>
        \(alert(problem))
        <form method="post" action="/sign-in/code">
        \(formToken.field)
        <label for="code">\(say: "The six digits that your app shows, or a recovery code")</label>
        <input id="code" name="code" autocomplete="one-time-code" inputmode="text" required maxlength="40" autofocus\(described(by: problem))>
        <p><button>\(say: "Go on")</button></p>
        </form>
        </section>
        """
    )
}
