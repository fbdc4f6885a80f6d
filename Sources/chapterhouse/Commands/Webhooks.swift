import ArgumentParser
import Fetching
import ReferralGroup
import Service
import Storage

struct WebhookCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Programs elsewhere that a chapter tells what happens in it.",
        subcommands: [
            Add.self, List.self, Deliveries.self, Ping.self, Retry.self, Renew.self, On.self, Off.self,
            Remove.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add one; its secret is printed, once.",
            discussion:
                "Example: chapterhouse webhook add cedar https://example.org/hook --event referral.passed --event thanks.recorded"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The address, https:// at port 443 or 8443.") var address: String
        @Option(
            name: .customLong("event"),
            help: ArgumentHelp(
                "What it is told; may be repeated. There are \(Webhook.Event.allCases.map(\.rawValue).joined(separator: ", ")).",
                valueName: "event"
            )
        )
        var events: [Webhook.Event] = Webhook.Event.allCases

        func run() async throws {
            let address = try address(within: try Settings.read().reach)
            let (id, secret) = try await options.withChapter(needing: .manageMembers) { [events] session in
                try await session.database.makeWebhook(
                    at: address,
                    events: Webhook.Event.allCases.filter(events.contains)
                )
            }
            Output.note("Webhook \(id) is told from now on. This is its secret; it is shown only now:")
            try Output.line(secret)
        }

        private func address(within reach: Reach) throws -> ReceiverAddress {
            do throws(ReceiverAddress.Fault) {
                return try ReceiverAddress(address, within: reach)
            } catch {
                throw Failure(
                    .badData,
                    error == .notPublic
                        ? "“\(address)” is not on the public internet"
                        : "“\(address)” is not like https://example.org/hook, at port 443 or 8443"
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All of them, without their secrets.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let webhooks = try await options.withChapter(needing: .manageMembers) { session in
                try await session.database.run(.webhooks(of: session.chapter.id))
            }
            var rows = Listing(
                columns: [
                    "id", "address", "events", "on", "made_at", "made_by", "failing_since", "off_at",
                    "off_because",
                ]
            )
            for webhook in webhooks {
                rows.add(
                    .text(webhook.id.description),
                    .text(webhook.address),
                    .text(webhook.events.map(\.rawValue).joined(separator: " ")),
                    .text(webhook.isOn ? "yes" : "no"),
                    .text(webhook.madeAt.description),
                    Listing.Cell(webhook.madeBy),
                    Listing.Cell(webhook.failingSince?.description),
                    Listing.Cell(webhook.offAt?.description),
                    Listing.Cell(webhook.offBecause?.rawValue)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Deliveries: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What one was told or is to be told, newest first, and what it answered.",
            discussion: "Example: chapterhouse webhook deliveries cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var which: WebhookOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let deliveries = try await which.withWebhook { session, id in
                try await session.database.run(.deliveries(of: id, in: session.chapter.id, limit: 1000))
            }
            var rows = Listing(
                columns: [
                    "id", "event", "type", "at", "standing", "tries", "answered", "trouble", "next_try",
                ]
            )
            for delivery in deliveries {
                rows.add(
                    .number("\(delivery.id)"),
                    .text(delivery.event.description),
                    .text(delivery.kind),
                    .text(delivery.createdAt.description),
                    .text(delivery.standing.rawValue),
                    .number("\(delivery.tries)"),
                    Listing.Cell(delivery.answered.map { "\($0)" }),
                    Listing.Cell(delivery.lastTrouble),
                    Listing.Cell(delivery.standing == .waits ? delivery.nextTryAt.description : nil)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Ping: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send one a test event; what came of it, webhook deliveries says.",
            discussion: "Example: chapterhouse webhook ping cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var which: WebhookOptions

        func run() async throws {
            try await which.withWebhook { session, id in
                guard try await session.database.run(.pingWebhook(id)) else { throw Unknown.webhook(id) }
            }
            try Output.line("A test event is on its way to webhook \(which.id).")
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let what was not delivered be tried again, now.",
            discussion: "Example: chapterhouse webhook retry cedar 0f8fad5b-d9cb-469f-a165-70867728950e 4711"
        )

        @OptionGroup var which: WebhookOptions
        @Argument(help: "The delivery's id.") var delivery: Int64

        func run() async throws {
            try await which.withWebhook { [delivery] session, id in
                guard try await session.database.run(.retryDelivery(delivery, of: id)) else {
                    throw Unknown.delivery(delivery)
                }
            }
            try Output.line("Delivery \(delivery) is tried again.")
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Give one a new secret, which is printed, once; for 24 hours the one before signs as well.",
            discussion: "Example: chapterhouse webhook renew cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var which: WebhookOptions

        func run() async throws {
            let secret = try await which.withWebhook { session, id in
                guard let secret = try await session.database.renewWebhook(id) else {
                    throw Unknown.webhook(id)
                }
                return secret
            }
            Output.note("The new secret of webhook \(which.id). It is shown only now:")
            try Output.line(secret)
        }
    }

    struct On: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switch one on again.",
            discussion: "Example: chapterhouse webhook on cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var which: WebhookOptions

        func run() async throws {
            try await which.turn(on: true)
            try Output.line("Webhook \(which.id) is on.")
        }
    }

    struct Off: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switch one off; what happens meanwhile is not told later.",
            discussion: "Example: chapterhouse webhook off cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var which: WebhookOptions

        func run() async throws {
            try await which.turn(on: false)
            try Output.line("Webhook \(which.id) is off.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take one away, with what it was told.",
            discussion: "Example: chapterhouse webhook remove cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var which: WebhookOptions

        func run() async throws {
            try await which.withWebhook { session, id in
                guard try await session.database.run(.removeWebhook(id)) else { throw Unknown.webhook(id) }
            }
            try Output.line("Webhook \(which.id) is taken away.")
        }
    }
}

/// A chapter and one of its webhooks.
struct WebhookOptions: ParsableArguments {
    @OptionGroup var options: ChapterOptions
    @Argument(help: "The webhook's id.") var id: SlipID

    /// Runs `work`, once the webhook is seen to be there.
    func withWebhook<Value: Sendable>(
        _ work: @escaping @Sendable (ChapterSession, SlipID) async throws -> Value
    ) async throws -> Value {
        try await options.withChapter(needing: .manageMembers) { [id] session in
            guard try await session.database.run(.webhook(id, of: session.chapter.id)) != nil else {
                throw Unknown.webhook(id)
            }
            return try await work(session, id)
        }
    }

    func turn(on isOn: Bool) async throws {
        try await withWebhook { session, id in
            guard try await session.database.run(.switchWebhook(id, on: isOn)) else {
                throw Unknown.webhook(id)
            }
        }
    }
}

extension Webhook.Event: ExpressibleByArgument {}
