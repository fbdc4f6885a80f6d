import Fetching
import Hummingbird
import Identity
import Pages
import ReferralGroup
import Storage

/// A webhook about to be added.
struct WebhookDraft: Sendable {
    let address: ReceiverAddress
    let events: [Webhook.Event]
}

extension Body {
    /// What an API's body, or a form with a box for each event, says of a webhook.
    mutating func webhook(within reach: Reach) throws -> WebhookDraft {
        let text = try required(self.text("address"), "address")
        var events: [Webhook.Event] = []
        for word in try texts("events", atMost: Webhook.Event.allCases.count) ?? [] {
            guard let event = Webhook.Event(rawValue: word) else {
                throw wrong(
                    "events",
                    "give some of \(Webhook.Event.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            events.append(event)
        }
        if isForm {
            for event in Webhook.Event.allCases where try bool(event.field) ?? false { events.append(event) }
        }
        try end()
        let address: ReceiverAddress
        do throws(ReceiverAddress.Fault) {
            address = try ReceiverAddress(text, within: reach)
        } catch {
            throw unfit("address", error.reason)
        }
        guard !events.isEmpty else {
            throw isForm ? wrong("", "choose what it is told") : wrong("events", "give at least one")
        }
        return WebhookDraft(address: address, events: Webhook.Event.allCases.filter(events.contains))
    }
}

extension ReceiverAddress.Fault {
    fileprivate var reason: Phrase {
        switch self {
        case .shape:
            "give an address such as https://example.org/hook, at port 443 or 8443, with nobody before the host and nothing behind a #"
        case .notPublic: "it is not on the public internet"
        }
    }
}

extension ActingDatabase {
    /// Adds a webhook; its secret is shown once.
    package func makeWebhook(
        at address: ReceiverAddress,
        events: [Webhook.Event]
    ) async throws -> (id: SlipID, secret: String) {
        let secret = SigningSecret()
        let id = try await run(
            .makeWebhook(at: address.text, host: address.host, events: events, secret: secret.bytes)
        )
        return (id, secret.text)
    }

    /// Gives a webhook a new secret, which is shown once; nil where there is no such webhook.
    package func renewWebhook(_ id: SlipID) async throws -> String? {
        let secret = SigningSecret()
        return try await run(.renewWebhook(id, secret: secret.bytes)) ? secret.text : nil
    }
}
