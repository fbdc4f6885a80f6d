import Postgres
import ReferralGroup

/// Something that a webhook is to be told, in the hands of a node for two minutes.
package struct DueDelivery: Sendable, RowDecodable {
    package let chapter: Chapter.ID
    package let id: Int64
    package let webhook: SlipID
    package let address: String
    /// What signs it: 32 bytes each, the newest first.
    package let secrets: [[UInt8]]
    package let event: SlipID
    /// The bytes to send, the same at every try.
    package let body: String
    /// 1 at first.
    package let attempt: Int16

    package init(row: Row) throws {
        chapter = try row["chapter_id"]
        id = try row["id"]
        webhook = try row["webhook_id"]
        address = try row["address"]
        let (secret, former): (Bytes, Bytes?) = (try row["secret"], try row["former_secret"])
        secrets = [secret.bytes] + (former.map { [$0.bytes] } ?? [])
        event = try row["event_id"]
        body = try row["body"]
        attempt = try row["tries"]
    }
}

/// What became of a try.
package enum ToldWebhook: String, Sendable {
    case delivered, later
    case givenUp = "given-up"
    /// The webhook is told nothing any more.
    case off
}

private let webhookColumns: SQL = """
    id, address, events, made_at, former_until, failing_since, off_at, off_because,
    (SELECT member.name FROM membership AS member
      WHERE member.chapter_id = webhook.chapter_id AND member.person_id = webhook.made_by
      ORDER BY member.joined_on DESC LIMIT 1) AS made_by
    """

extension Query<[Webhook]> {
    /// Those of a chapter, in the order in which they were added.
    package static func webhooks(of chapter: Chapter.ID) -> Self {
        Query(
            "SELECT \(webhookColumns) FROM webhook WHERE chapter_id = \(chapter) ORDER BY made_at, id"
        )
    }
}

extension Query<Webhook?> {
    package static func webhook(_ id: SlipID, of chapter: Chapter.ID) -> Self {
        Query("SELECT \(webhookColumns) FROM webhook WHERE chapter_id = \(chapter) AND id = \(id)")
    }
}

extension Query<[WebhookDelivery]> {
    /// What a webhook was told or is to be told, the newest first.
    package static func deliveries(of webhook: SlipID, in chapter: Chapter.ID, limit: Int = 50) -> Self {
        Query(
            """
            SELECT id, event_id, kind, created_at, tries, next_try_at, tried_at, answered, last_trouble, delivered_at, given_up_at
              FROM webhook_delivery WHERE chapter_id = \(chapter) AND webhook_id = \(webhook)
             ORDER BY id DESC LIMIT \(Int64(limit))
            """
        )
    }
}

extension Query<SlipID> {
    /// Adds a webhook of the acting chapter.
    package static func makeWebhook(
        at address: String,
        host: String,
        events: [Webhook.Event],
        secret: [UInt8]
    ) -> Self {
        Query(
            value:
                "SELECT make_webhook(\(address), \(host), \(events.map(\.rawValue)), \(Bytes(secret)))"
        )
    }
}

extension Query<Bool> {
    /// Gives a webhook of the acting chapter a new secret; false where there is no such webhook.
    package static func renewWebhook(_ id: SlipID, secret: [UInt8]) -> Self {
        Query(value: "SELECT renew_webhook(\(id), \(Bytes(secret)))")
    }

    package static func switchWebhook(_ id: SlipID, on isOn: Bool) -> Self {
        Query(value: "SELECT switch_webhook(\(id), \(isOn))")
    }

    package static func removeWebhook(_ id: SlipID) -> Self {
        Query(value: "SELECT remove_webhook(\(id))")
    }

    /// Tells a webhook something to try it.
    package static func pingWebhook(_ id: SlipID) -> Self {
        Query(value: "SELECT ping_webhook(\(id))")
    }

    /// Lets a delivery be tried again now; false where there is none that was not delivered.
    package static func retryDelivery(_ delivery: Int64, of webhook: SlipID) -> Self {
        Query(value: "SELECT retry_webhook_delivery(\(webhook), \(delivery))")
    }
}

extension Query<DueDelivery?> {
    /// Takes what is due away from all other nodes; with `onlyAnswering`, of webhooks that answered the last time.
    package static func takeDelivery(onlyAnswering: Bool) -> Self {
        Query(
            """
            SELECT chapter_id, id, webhook_id, address, secret, former_secret, event_id, body, tries
              FROM take_webhook_delivery(\(onlyAnswering))
            """
        )
    }
}

extension Query<ToldWebhook?> {
    /// Notes the status that came, or what went wrong; nil where another has it meanwhile, or it is gone.
    package static func told(_ delivery: DueDelivery, status: Int?, trouble: WebhookTrouble?) -> Self {
        Query<String?>(
            value: """
                SELECT webhook_was_told(\(delivery.chapter), \(delivery.id), \(delivery.attempt),
                                        \(status.map { Int16(clamping: $0) }), \(trouble?.rawValue))
                """
        ).map { $0.flatMap(ToldWebhook.init(rawValue:)) }
    }
}

extension ActingDatabase {
    /// Says that there is something to tell, or may be: at the start, and after the connection was lost.
    package var webhookEvents: some AsyncSequence<Void, Never> & Sendable {
        client.notifications(on: ["webhook"]).map { _ in () }
    }
}

extension Webhook: RowDecodable {
    package init(row: Row) throws {
        let (events, because): ([String], String?) = (try row["events"], try row["off_because"])
        try self.init(
            id: row["id"],
            address: row["address"],
            events: events.compactMap(Event.init(rawValue:)),
            madeAt: row["made_at"],
            madeBy: row["made_by"],
            formerSecretUntil: row["former_until"],
            failingSince: row["failing_since"],
            offAt: row["off_at"],
            offBecause: because.flatMap(Ending.init(rawValue:))
        )
    }
}

extension WebhookDelivery: RowDecodable {
    package init(row: Row) throws {
        let (answered, tries): (Int16?, Int16) = (try row["answered"], try row["tries"])
        try self.init(
            id: row["id"],
            event: row["event_id"],
            kind: row["kind"],
            createdAt: row["created_at"],
            tries: Int(tries),
            nextTryAt: row["next_try_at"],
            triedAt: row["tried_at"],
            answered: answered.map { Int($0) },
            lastTrouble: row["last_trouble"],
            deliveredAt: row["delivered_at"],
            givenUpAt: row["given_up_at"]
        )
    }
}
