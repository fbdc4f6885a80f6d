import Pages
import ReferralGroup
import Testing

/// The pages of webhooks, in every state that has words of its own.
enum SampleWebhooks {
    static func all() throws -> [`Pages as they are`.Page] {
        let leader = try SampleChapters.leader()
        let (good, deliveries) = (try webhook(), try deliveries())
        let states: [(String, Webhook)] = [
            ("that fails", try webhook(failingSince: moment)),
            ("switched off by hand", try webhook(off: .byHand)), ("that is gone", try webhook(off: .gone)),
            ("that failed too long", try webhook(off: .failing)),
        ]
        let everyWebhook = [good] + states.map(\.1)
        let pages: [(String, HTML)] =
            [
                ("webhooks", webhooksPage(everyWebhook, for: leader)),
                ("no webhooks", webhooksPage([], for: leader)),
                ("new webhook", newWebhookPage(for: leader)),
                (
                    "new webhook, refused",
                    newWebhookPage(
                        Filled(["address": "7"], faults: ["address": "it is not on the public internet"]),
                        for: leader
                    )
                ),
                (
                    "secret of a new webhook",
                    webhookSecretPage("1234+/=", of: good.id, isNew: true, for: leader)
                ),
                (
                    "new secret of a webhook",
                    webhookSecretPage("1234+/=", of: good.id, isNew: false, for: leader)
                ),
                ("webhook", webhookPage(good, deliveries, for: leader)),
                ("webhook that was told nothing", webhookPage(good, [], for: leader)),
                ("taking a webhook away", removeWebhookPage(good, for: leader)),
            ] + states.map { ("webhook \($0)", webhookPage($1, deliveries, for: leader)) }
        return pages.map { `Pages as they are`.Page(testDescription: $0, html: $1) }
    }

    private static let moment = Instant("2026-11-01T08:00:00Z")

    private static func webhook(failingSince: Instant? = nil, off: Webhook.Ending? = nil) throws -> Webhook {
        Webhook(
            id: SlipID(high: 1, low: 2),
            address: "https://1.2.3.4:8443/5?6",
            events: off == nil ? Webhook.Event.allCases : [.referralPassed],
            madeAt: try #require(moment),
            madeBy: off == nil ? "Alice Archer" : nil,
            formerSecretUntil: failingSince,
            failingSince: failingSince,
            offAt: off.flatMap { _ in moment },
            offBecause: off
        )
    }

    private static func deliveries() throws -> [WebhookDelivery] {
        let moment = try #require(moment)
        func delivery(
            _ kind: String,
            tries: Int,
            answered: Int? = nil,
            trouble: String? = nil,
            delivered: Bool = false,
            givenUp: Bool = false
        ) -> WebhookDelivery {
            WebhookDelivery(
                id: 7,
                event: SlipID(high: 3, low: 4),
                kind: kind,
                createdAt: moment,
                tries: tries,
                nextTryAt: moment,
                triedAt: tries > 0 ? moment : nil,
                answered: answered,
                lastTrouble: trouble,
                deliveredAt: delivered ? moment : nil,
                givenUpAt: givenUp ? moment : nil
            )
        }
        return [
            delivery("ping", tries: 0), delivery("ping", tries: 1, answered: 204, delivered: true),
            delivery("thanks.recorded", tries: 8, answered: 500, givenUp: true),
        ]
            + (WebhookTrouble.allCases.map(\.rawValue) + WebhookTrouble.ofTheDatabase).map {
                delivery("meeting.sealed", tries: 2, trouble: $0)
            }
    }
}
