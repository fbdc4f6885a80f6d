import ReferralGroup

/// The programs that a chapter tells what happens in it.
package func webhooksPage(_ webhooks: [Webhook], for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/webhooks"
    let lines = webhooks.map { webhook -> HTML in
        "<li>\(who("<a href=\"\(folder)/\(webhook.id)\">\(webhook.host)</a>", listed(webhook.events.map(\.name), apart: " · ")))\(standing(of: webhook))</li>\n"
    }
    let add = button("\(folder)/new", "Add a webhook")
    return chapterPage(
        "Webhooks",
        in: .policy,
        for: reader,
        above: back(to: .policy, for: reader),
        """
        <p>\(say: "Programs of yours that are told at once what happens in the chapter: a referral is passed, a sheet is sealed. They learn ids, dates and amounts, and nobody’s name; who earned is never told.")</p>
        \(webhooks.isEmpty ? nothing("Nobody is told anything.", add) : "<ul class=\"plain\">\n\(lines)</ul>\n\(add)")
        """
    )
}

private func standing(of webhook: Webhook) -> HTML {
    if !webhook.isOn { return chip("off", .bad) }
    return webhook.failingSince == nil ? chip("on", .good) : chip("fails", .warn)
}

/// Where somebody adds one.
package func newWebhookPage(_ filled: Filled = .blank, for reader: Reader) -> HTML {
    chapterPage(
        "Add a webhook",
        in: .policy,
        for: reader,
        above: backToWebhooks(reader),
        form(
            to: "\(reader.folder)/webhooks/new",
            [
                .line(
                    "address",
                    "Address",
                    type: "url",
                    hint: "An address of the public internet that begins with https://.",
                    isRequired: true,
                    extra: " maxlength=\"2048\" autocomplete=\"off\""
                )
            ] + Webhook.Event.allCases.map { .tick($0.field, $0.name) },
            filled,
            button: "Add",
            formToken: reader.formToken
        )
    )
}

/// The one page that shows a secret.
package func webhookSecretPage(_ secret: String, of id: SlipID, isNew: Bool, for reader: Reader) -> HTML {
    let after: Phrase =
        isNew
        ? "It signs what is told from now on. Give it to your program, and send a test event then."
        : "It signs what is told from now on. For 24 hours the one before signs as well, so that your program can change in peace."
    return chapterPage(
        isNew ? "The webhook is there" : "A new secret",
        in: .policy,
        for: reader,
        above: backToWebhooks(reader),
        """
        <p class="note">\(say: "This is the secret. It is shown only now: whoever has it can write what your program takes for ours.")</p>
        <ul class="secrets"><li><code>\(secret)</code></li></ul>
        <p>\(say: after)</p>
        <p>\(button("\(reader.folder)/webhooks/\(id)", "I have kept it"))</p>
        """
    )
}

/// One of them: what it is told, how that went, and what can be done.
package func webhookPage(
    _ webhook: Webhook,
    _ deliveries: [WebhookDelivery],
    problem: Filled = .blank,
    for reader: Reader
) -> HTML {
    let folder: HTML = "\(reader.folder)/webhooks/\(webhook.id)"
    let lines = deliveries.map { line(of: $0, webhook, folder, reader) }
    let table: HTML =
        deliveries.isEmpty
        ? nothing("It was told nothing yet.")
        : """
        <p class="hint">\(say: "The newest first, those of the last 30 days. What fails is tried up to eight times within two days.")</p>
        <ul class="plain">
        \(lines)</ul>

        """
    return chapterPage(
        named: "\(webhook.host)",
        in: .policy,
        for: reader,
        above: backToWebhooks(reader),
        """
        <p>\(standing(of: webhook))</p>
        \(problem.summary(naming: []))\(note(on: webhook))<p><code>\(webhook.address)</code></p>
        <p>\(say: "Is told: \(listed(webhook.events.map(\.name), apart: " · "))")</p>
        \(origin(of: webhook))
        <div class="row">\(actions(on: webhook, folder, reader))</div>
        <section><h2>\(say: "What it was told")</h2>
        \(table)</section>
        """
    )
}

private func origin(of webhook: Webhook) -> HTML {
    let added: Phrase =
        webhook.madeBy.map { "Added on \(moment(webhook.madeAt)) by \("\($0)" as HTML)." }
        ?? "Added on \(moment(webhook.madeAt))."
    let former = webhook.formerSecretUntil.map { until -> HTML in
        " \(say: "Until \(moment(until)) the former secret signs as well.")"
    }
    return "<p class=\"hint\">\(say: added)\(former ?? .none)</p>"
}

private func note(on webhook: Webhook) -> HTML {
    if let offAt = webhook.offAt, let because = webhook.offBecause {
        let reason: Phrase =
            switch because {
            case .byHand: "Switched off by hand on \(moment(offAt))."
            case .gone:
                "Switched off on \(moment(offAt)): it answered 410, which says that nobody is there any more."
            case .failing:
                "Switched off on \(moment(offAt)): for seven days nothing that it was told was answered as it should be."
            }
        return
            "<p class=\"note\">\(say: reason) \(say: "What happens meanwhile is not told later.")</p>\n"
    }
    return webhook.failingSince.map { since in
        "<p class=\"note\">\(say: "It fails since \(moment(since)). After seven days it is switched off.")</p>\n"
    } ?? .none
}

private func actions(on webhook: Webhook, _ folder: HTML, _ reader: Reader) -> HTML {
    let token = reader.formToken
    let turn =
        webhook.isOn
        ? action("\(folder)/off", "Switch it off", token)
        : action("\(folder)/on", "Switch it on", token, style: .none)
    return """
        \(webhook.isOn ? action("\(folder)/ping", "Send a test event", token, style: .none) : .none)\(turn)\
        \(action("\(folder)/secret", "Make a new secret", token))\
        \(button("\(folder)/remove", "Take it away", style: "button quiet"))
        """
}

private func line(
    of delivery: WebhookDelivery,
    _ webhook: Webhook,
    _ folder: HTML,
    _ reader: Reader
) -> HTML {
    let again: HTML =
        webhook.isOn && delivery.standing != .delivered && delivery.tries > 0
        ? action(
            "\(folder)/retry",
            "Try again",
            reader.formToken,
            fields: "<input type=\"hidden\" name=\"delivery\" value=\"\(delivery.id)\">"
        ) : .none
    return """
        <li>\(who("\(say: Webhook.Event(rawValue: delivery.kind)?.name ?? "Test event")", "\(moment(delivery.createdAt)) · \(outcome(of: delivery))"))\
        <span>\(chip(of: delivery))\(again)</span></li>

        """
}

/// What its last try came to, and when the next one is.
private func outcome(of delivery: WebhookDelivery) -> HTML {
    var parts: [HTML] = []
    if let answered = delivery.answered {
        parts.append("\(say: "answered \("\(answered)" as HTML)")")
    } else if let trouble = delivery.lastTrouble {
        parts.append("\(say: Phrase(of: trouble))")
    }
    if delivery.standing == .waits, delivery.tries > 0 {
        parts.append("\(say: "next try \(moment(delivery.nextTryAt))")")
    }
    return parts.isEmpty ? "\(say: "not tried yet")" : joined(parts, "; ")
}

private func chip(of delivery: WebhookDelivery) -> HTML {
    switch delivery.standing {
    case .delivered: chip("told", .good)
    case .givenUp: chip("given up", .bad)
    case .waits where delivery.tries == 0: chip("waits", .plain)
    case .waits: chip("tried \(count: delivery.tries) times", .warn)
    }
}

/// Before a webhook goes, with what it was told.
package func removeWebhookPage(_ webhook: Webhook, for reader: Reader) -> HTML {
    let folder: HTML = "\(reader.folder)/webhooks/\(webhook.id)"
    return chapterPage(
        "Take a webhook away",
        in: .policy,
        for: reader,
        above: backToWebhooks(reader),
        delicateForm(
            to: "\(folder)/remove",
            """
            <p><code>\(webhook.address)</code></p>
            <p>\(say: "It is told nothing any more, and what it was told is forgotten with its secret.")</p>

            """,
            [],
            .blank,
            button: "Take it away",
            back: folder,
            formToken: reader.formToken
        )
    )
}

private func backToWebhooks(_ reader: Reader) -> HTML {
    "<a href=\"\(reader.folder)/webhooks\">\(say: "Webhooks")</a>"
}

extension Webhook {
    /// `example.org`, of its address.
    fileprivate var host: String {
        String(address.dropFirst("https://".utf8.count).prefix { !"/?".contains($0) })
    }
}

extension Webhook.Event {
    /// The name of its field in a form.
    package var field: String {
        String(rawValue.map { $0 == "." ? "_" : $0 })
    }

    var name: Phrase {
        switch self {
        case .referralPassed: "A referral is passed"
        case .referralMoved: "A referral moves"
        case .thanksRecorded: "Thanks are recorded"
        case .meetingSealed: "A sheet is sealed"
        case .memberJoined: "A member joins"
        case .memberLeft: "A member leaves"
        }
    }
}
