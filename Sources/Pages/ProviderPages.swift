/// On the page of an account: the accounts elsewhere by which one may come in.
func linkedAccounts(_ account: AccountView, _ formToken: FormToken) -> HTML {
    guard account.provider != nil || !account.linked.isEmpty else { return .none }
    let link: HTML =
        account.provider.map {
            """
            <form method="post" action="/account/provider">\(formToken.field)<p><button class="quiet">\(say: "Link your account at \($0)")</button></p></form>
            """
        } ?? .none
    return """
        <section class="card" id="provider">
        <h2>\(say: "Accounts elsewhere")</h2>
        <p class="hint">\(say: "Who can sign in there can sign in here.")</p>
        <ul class="plain">\(account.linked.map { linkedAccount($0, formToken) })</ul>
        \(link)
        </section>
        """
}

private func linkedAccount(_ linked: AccountView.Linked, _ formToken: FormToken) -> HTML {
    """
    <li><span>\(linked.name)<br><span class="hint">\(say: "\(linked.subject), since \(moment(linked.since))")</span></span>
    <form method="post" action="/account/provider/unlink">\(formToken.field)
    <input type="hidden" name="issuer" value="\(linked.issuer)"><input type="hidden" name="subject" value="\(linked.subject)">
    <button class="quiet">\(say: "Unlink it")</button></form></li>

    """
}

/// The way to a provider, for who wants to link an account.
package func onwardPage(provider: String, address: String) -> HTML {
    page(
        title: "\(say: "On to \(provider)")",
        """
        <section class="card narrow">
        <h1>\(say: "On to \(provider)")</h1>
        <p>\(say: "Sign in there with the account that you want to use here. From then on it lets you in.")</p>
        <p><a class="button" href="\(address)" rel="noreferrer">\(say: "Go on to \(provider)")</a></p>
        <p class="hint"><a href="/account">\(say: "Rather not")</a></p>
        </section>
        """
    )
}

/// For somebody whose account at a provider belongs to nobody here.
package func notLinkedPage(provider: String) -> HTML {
    page(
        title: "\(say: "Not linked yet")",
        isSignedIn: false,
        """
        <section class="card narrow">
        <h1>\(say: "Nobody here has linked this account")</h1>
        <p>\(say: "You are who you say at \(provider), but we do not know who that is here. Sign in with your password or a link by mail; then link the account at “Your account”. From then on it lets you in.")</p>
        <p><a class="button" href="/sign-in">\(say: "Sign in another way")</a></p>
        </section>
        """
    )
}
