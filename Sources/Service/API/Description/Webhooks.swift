import HTTPTypes
import ReferralGroup

extension WebhookRoutes {
    static let description = Resource(
        "Webhooks",
        "Programs elsewhere that a chapter tells what happens in it, signed by the convention of Standard Webhooks; docs/webhooks.md says what they are told.",
        at: "chapters/{chapter}/webhooks",
        schemas: [
            "Webhook": .answer([
                "id": .slipID, "address": address, "events": events,
                "on": .truth, "made": .instant, "made_by": .text.orNull,
                "former_secret_until": .instant.orNull, "failing_since": .instant.orNull,
                "off_since": .instant.orNull, "off_because": .word(Webhook.Ending.self).orNull,
            ]),
            "WebhookDelivery": .answer([
                "id": .id, "event": .slipID.saying("The same at every try, as webhook-id has it."),
                "type": .word(Webhook.Event.allCases.map(\.rawValue) + ["ping"]), "at": .instant,
                "standing": .word(WebhookDelivery.Standing.self), "tries": .count,
                "tried": .instant.orNull,
                "answered": .count.orNull.saying("The HTTP status of the last try."),
                "trouble": .text.orNull, "next_try": .instant.orNull,
            ]),
            "WebhookSecret": .answer(["secret": secret]),
        ],
        [
            .get("", "listWebhooks", "All of them", answers: .json(.list(of: .named("Webhook")))),
            makeWebhook,
            .get("{id}", "readWebhook", "One of them, without its secret", answers: .json(.named("Webhook"))),
            .act(.delete, "{id}", "removeWebhook", "Take one away, with what it was told"),
            .act(
                .put,
                "{id}/secret",
                "renewWebhookSecret",
                "Give one a new secret",
                answers: .json(.named("WebhookSecret"), "What signs from now on.")
            )
            .saying(
                "The secret is in this answer and nowhere else, so there is no Idempotency-Key. For 24 hours the one before signs as well."
            ),
            .write(
                .put,
                "{id}/switch",
                "switchWebhook",
                "Switch one off, or on again",
                .draft(needs: ["on": .truth]),
                example: ["on": false],
                answers: .nothing
            )
            .saying("What happens while it is off is not told later."),
            .write(
                .post,
                "{id}/ping",
                "pingWebhook",
                "Send one a test event",
                .draft(needs: [:]),
                example: .object([]),
                answers: .nothing
            ),
            .write(
                .post,
                "{id}/retry",
                "retryWebhookDelivery",
                "Try again what was not delivered",
                .draft(needs: ["delivery": .id]),
                example: ["delivery": 12],
                answers: .nothing
            ),
            .get(
                "{id}/deliveries",
                "listWebhookDeliveries",
                "What it was told of late, newest first",
                answers: .json(.list(of: .named("WebhookDelivery")))
            ),
        ]
    )

    /// The secret is in the answer, so there is no Idempotency-Key.
    private static let makeWebhook = Operation(
        method: .post,
        path: "",
        name: "makeWebhook",
        summary: "Add one",
        details:
            "At most 10. The address is on the public internet, at port 443 or 8443. The secret is in this answer and nowhere else, so there is no Idempotency-Key.",
        body: (
            .draft(needs: ["address": address, "events": events.ofSome]),
            ["address": "https://example.org/hook", "events": ["referral.passed"]]
        ),
        answer: .made(
            .answer(["id": .slipID, "secret": secret]),
            links: ["readWebhook", "pingWebhook", "listWebhookDeliveries"].map { .init(name: $0) }
        ),
        problems: [.conflict]
    )

    private static let address = Schema.matching("^https://[!-~]+$").like("https://example.org/hook")
    private static let events = Schema.list(
        of: .word(Webhook.Event.self),
        atMost: Webhook.Event.allCases.count
    )
    private static let secret = Schema.matching("^whsec_[A-Za-z0-9+/]{43}=$")
}
