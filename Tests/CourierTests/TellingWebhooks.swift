import Courier
import Fetching
import FoundationEssentials
import Logging
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase, .timeLimit(.minutes(10)))
struct `Telling webhooks` {
    let sample: SampleChapter
    let server: WebhookReceiver

    init() async throws {
        sample = try await SampleChapter()
        server = try WebhookReceiver()
    }

    @Test func `says what happened, to whom it wants to know, signed`() async throws {
        let hook = try await add()
        let other = try await sample.birchShell.run(
            .makeWebhook(at: server.url, host: "far", events: Webhook.Event.allCases, secret: secret)
        )
        let referral = try await passReferral()
        #expect(try await courier.deliverNext()?.outcome == .delivered)
        #expect(try await courier.deliverNext() == nil, "Birch hears nothing of Alder")
        let request = try #require(try server.received().first)
        let said = try JSON(request.body)
        #expect(request.headers["content-type"] == "application/json")
        #expect(said["id"]?.string == request.headers["webhook-id"])
        #expect(said["type"]?.string == "referral.passed")
        #expect(said["timestamp"]?.string == "2026-11-01T08:00:00Z")
        #expect(said["chapter"]?.string == "alder")
        #expect(
            said["data"]
                == .object([
                    "referral": .string(referral.description),
                    "giver": .number(Double(sample.alice.id.number)),
                    "receiver": .number(Double(sample.bob.id.number)), "is_placed": .truth(true),
                    "tier": .number(2),
                    "date": .string("2026-10-28"),
                ])
        )
        #expect(!request.body.contains("Paul") && !request.body.contains("Bread"))
        #expect(try server.signatures(of: Self.written(secret)) == [1])
        #expect(try server.signatures(of: Self.written(otherSecret)) == [0])
        #expect(hook != other)
    }

    @Test func `tells of thanks neither who earned nor the referral`() async throws {
        try await add()
        let referral = try await passReferral()
        try await sample.shell.transaction { ledger in
            _ = try await ledger.record(
                ThanksDraft(
                    earner: .member(sample.bob.id),
                    thanked: .member(sample.alice.id),
                    amount: Money(minorUnits: 240_050, currency: sample.alder.currency),
                    referral: referral,
                    closedOn: .day("2026-10-30")
                )
            )
        }
        try await deliverAll()
        let thanks = try #require(try server.received().first { $0.body.contains("thanks.recorded") })
        let data = try #require(try JSON(thanks.body)["data"])
        #expect(Set(data.members.keys) == ["thanks", "thanked", "amount", "is_repeat", "tier", "date"])
        #expect(data["thanked"] == .number(Double(sample.alice.id.number)))
        #expect(data["amount"] == .object(["amount": .string("2400.50"), "currency": .string("EUR")]))
        #expect(!thanks.body.contains(referral.description) && !thanks.body.contains("Bob"))
    }

    @Test func `tells of steps, sheets, and who comes and goes`() async throws {
        try await add()
        let referral = try await passReferral()
        #expect(try await sample.shell.run(.move(referral, to: .contacted, reason: nil)))
        _ = try await sample.shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-10-28"),
            in: sample.alder
        )
        let meeting = try await sample.shell.meeting(on: .day("2026-10-28"))
        _ = try await sample.shell.mark([], everybodyElse: .present, on: meeting)
        try await sample.shell.seal(meeting)
        let dora = try await sample.shell.add(.sample("Dora Dunn", seat: "Tiler", joinedOn: "2026-10-29"))
        _ = try await sample.shell.run(
            .end(dora.id, on: .day("2026-10-31"), reason: "moved away", in: sample.alder.id)
        )
        try await deliverAll()
        let said = try server.received().map { try JSON($0.body) }
        #expect(
            said.compactMap { $0["type"]?.string } == [
                "referral.passed", "referral.moved", "meeting.sealed", "member.joined", "member.left",
            ]
        )
        #expect(said[1]["data"]?["status"]?.string == "contacted")
        #expect(said[2]["data"]?["date"]?.string == "2026-10-28")
        #expect(said[3]["data"]?["date"]?.string == "2026-10-29")
        #expect(said[4]["data"]?["member"] == said[3]["data"]?["member"])
        #expect(said[4]["data"]?["date"]?.string == "2026-10-31")
        #expect(!said.contains { "\($0)".contains("Dora") || "\($0)".contains("away") })
    }

    @Test func `writes nothing where nobody wants to know`() async throws {
        try await add(events: [.memberJoined])
        _ = try await passReferral()
        #expect(try await count("app.webhook_delivery") == 0)
        _ = try await sample.shell.add(.sample("Dora Dunn", seat: "Tiler"))
        #expect(try await count("app.webhook_delivery") == 1)
    }

    @Test func `tells nothing of a transaction that does not happen`() async throws {
        struct Refusing: Error {}
        try await add()
        await #expect(throws: Refusing.self) {
            try await sample.shell.transaction { ledger in
                _ = try await ledger.pass(try referral())
                throw Refusing()
            }
        }
        #expect(try await courier.deliverNext() == nil)
        #expect(try server.received().isEmpty)
    }

    @Test func `does not hold up what a member does`() async throws {
        try await add()
        _ = try await passReferral()
        try server.be(.hang)
        async let slow = Courier(trusting: server.authorities, of: sample.database).deliverNext()
        while try server.received().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        // The receiver has it in hand and says nothing; members go on.
        _ = try await passReferral()
        #expect(try await count("app.webhook_delivery WHERE tries = 0") == 1)
        try server.be(.heal)
        #expect(try await slow?.outcome == .delivered)
    }

    @Test func `says the same again, later and later, and gives up after the eighth try`() async throws {
        let hook = try await add()
        try await ping(hook)
        try server.answer(500)
        var moment = "2026-11-01T08:00:00Z"
        for next in [
            "2026-11-01T08:01:00Z", "2026-11-01T08:06:00Z", "2026-11-01T08:21:00Z", "2026-11-01T09:21:00Z",
            "2026-11-01T13:21:00Z", "2026-11-02T01:21:00Z", "2026-11-03T01:21:00Z",
        ] {
            try await sample.scratch.stopClock(at: try #require(Instant(moment)))
            #expect(try await courier.deliverNext()?.outcome == .later)
            #expect(try await courier.deliverNext() == nil, "not at once")
            #expect(try await deliveries(of: hook).first?.nextTryAt.description == next)
            moment = next
        }
        try await sample.scratch.stopClock(at: try #require(Instant(moment)))
        #expect(try await courier.deliverNext()?.outcome == .givenUp)
        let delivery = try #require(try await deliveries(of: hook).first)
        #expect(delivery.standing == .givenUp && delivery.answered == 500 && delivery.tries == 8)
        let requests = try server.received()
        #expect(requests.count == 8)
        #expect(Set(requests.map(\.body)).count == 1)
        #expect(Set(requests.compactMap { $0.headers["webhook-id"] }) == [delivery.event.description])

        try server.be(.heal)
        #expect(try await sample.shell.run(.retryDelivery(delivery.id, of: hook)))
        #expect(try await courier.deliverNext()?.outcome == .delivered)
        #expect(try await deliveries(of: hook).first?.standing == .delivered)
        #expect(try await !sample.shell.run(.retryDelivery(delivery.id, of: hook)), "it arrived")
    }

    @Test(arguments: [301, 302, 307, 400, 401, 404, 429, 500, 503])
    func `takes nothing but 2xx for an answer`(_ status: Int) async throws {
        try await ping(try await add())
        try server.answer(status)
        #expect(try await courier.deliverNext()?.outcome == .later)
        #expect(try server.received().map(\.path) == ["/hook"])
    }

    @Test func `switches off who is gone`() async throws {
        let hook = try await add()
        try await ping(hook)
        try await ping(hook)
        try server.answer(410)
        #expect(try await courier.deliverNext()?.outcome == .off)
        #expect(try await webhook(hook)?.offBecause == .gone)
        #expect(try await courier.deliverNext() == nil)
        #expect(try await deliveries(of: hook).map(\.standing) == [.givenUp, .givenUp])
        _ = try await passReferral()
        #expect(try await deliveries(of: hook).count == 2, "what happens meanwhile is not told")
        let refused = await #expect(throws: Refused.self) { try await ping(hook) }
        #expect(refused?.rule == .webhookIsOff)

        try server.be(.heal)
        #expect(try await sample.shell.run(.switchWebhook(hook, on: true)))
        try await ping(hook)
        #expect(try await courier.deliverNext()?.outcome == .delivered)
    }

    @Test func `switches off who has failed for seven days`() async throws {
        let hook = try await add()
        try server.answer(503)
        for (moment, outcome) in [
            ("2026-11-01T08:00:00Z", ToldWebhook.later), ("2026-11-08T07:59:59Z", .later),
            ("2026-11-08T08:00:00Z", .off),
        ] {
            try await sample.scratch.stopClock(at: try #require(Instant(moment)))
            try await sample.scratch.superuser.run(Query<Void>("DELETE FROM app.webhook_delivery"))
            try await ping(hook)
            #expect(try await courier.deliverNext()?.outcome == outcome, "\(moment)")
        }
        #expect(try await webhook(hook)?.offBecause == .failing)
    }

    @Test func `forgives who answers once`() async throws {
        let hook = try await add()
        try server.answer(503, times: 1)
        try await ping(hook)
        #expect(try await courier.deliverNext()?.outcome == .later)
        #expect(try await webhook(hook)?.failingSince != nil)
        try await ping(hook)
        #expect(try await courier.deliverNext()?.outcome == .delivered)
        #expect(try await webhook(hook)?.failingSince == nil)
    }

    @Test func `signs with both secrets for a day`() async throws {
        let hook = try await add()
        #expect(try await sample.shell.run(.renewWebhook(hook, secret: otherSecret)))
        try await ping(hook)
        try await deliverAll()
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-02T08:00:00Z")))
        try await ping(hook)
        try await deliverAll()
        #expect(try server.signatures(of: Self.written(secret)) == [1, 0])
        #expect(try server.signatures(of: Self.written(otherSecret)) == [1, 1])
    }

    @Test func `leaves alone what another holds, until its lease ends`() async throws {
        let hook = try await add()
        try await ping(hook)
        try await ping(hook)
        let taken: DueDelivery? = try await installation.run(.takeDelivery(onlyAnswering: false))
        let delivery = try #require(taken)
        #expect(try await courier.deliverNext() == nil, "a webhook is told one thing at a time")
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.webhook SET leased_until = now() - interval '1 second'")
        )
        #expect(try await courier.deliverNext()?.delivery.id == delivery.id)
        // Who was too slow has no say any more.
        #expect(try await installation.run(.told(delivery, status: nil, trouble: .late)) == nil)
        #expect(try await deliveries(of: hook).map(\.standing) == [.waits, .delivered])
    }

    @Test func `forgets after 30 days what is over`() async throws {
        let hook = try await add()
        try await ping(hook)
        try await deliverAll()
        try server.answer(503)
        try await ping(hook)
        try await deliverAll()
        for (moment, left) in [("2026-12-01T08:00:00Z", 2), ("2026-12-01T08:00:01Z", 1)] {
            try await sample.scratch.stopClock(at: try #require(Instant(moment)))
            try await sample.scratch.superuser.run(
                Query<Void>("SELECT app.enter_job('cleaning', NULL, \(moment), app.this_instant())")
            )
            let due: DueJob? = try await installation.run(.takeJob)
            #expect(try await installation.run(.run(try #require(due))))
            #expect(try await deliveries(of: hook).count == left)
        }
    }

    // What the rest has in common.

    let secret = [UInt8](0..<32)
    let otherSecret = [UInt8](repeating: 7, count: 32)

    var courier: Courier {
        Courier(to: server, of: sample.database)
    }

    var installation: ActingDatabase {
        sample.database.acting(as: .system(door: .cli), in: nil)
    }

    @discardableResult
    func add(events: [Webhook.Event] = Webhook.Event.allCases) async throws -> SlipID {
        try await sample.shell.run(.makeWebhook(at: server.url, host: "here", events: events, secret: secret))
    }

    func ping(_ hook: SlipID) async throws {
        #expect(try await sample.shell.run(.pingWebhook(hook)))
    }

    func deliverAll() async throws {
        while try await courier.deliverNext() != nil {}
    }

    func deliveries(of hook: SlipID) async throws -> [WebhookDelivery] {
        try await sample.shell.run(.deliveries(of: hook, in: sample.alder.id))
    }

    func webhook(_ hook: SlipID) async throws -> Webhook? {
        try await sample.shell.run(.webhook(hook, of: sample.alder.id))
    }

    func count(_ what: String) async throws -> Int {
        let sql = SQL(stringLiteral: "SELECT count(*) FROM \(what)")
        return try await sample.scratch.superuser.run(Query<Int>(value: sql))
    }

    func referral() throws -> ReferralDraft {
        ReferralDraft(
            giver: .member(sample.alice.id),
            receiver: .member(sample.bob.id),
            tier: 2,
            need: "Bread",
            warmth: 3,
            prospect: Prospect(name: "Paul Prospect", phone: "+49 30 1"),
            passedOn: .day("2026-10-28")
        )
    }

    func passReferral() async throws -> SlipID {
        try await sample.shell.transaction { try await $0.pass(try referral()) }
    }

    /// A secret as people are shown it.
    static func written(_ bytes: [UInt8]) -> String {
        "whsec_\(Data(bytes).base64EncodedString())"
    }
}

extension Courier {
    /// One that has all the time in the world.
    init(trusting authorities: String, of database: Database) {
        self.init(
            database: database,
            receiver: Receiver(reach: .here, authorities: authorities, milliseconds: 300_000),
            logger: .silent
        )
    }

    init(to server: WebhookReceiver, of database: Database, places: Int = 8, pause: Duration = .seconds(10)) {
        self.init(
            database: database,
            receiver: Receiver(reach: .here, authorities: server.authorities, milliseconds: 2000),
            logger: .silent,
            places: places,
            pause: pause
        )
    }
}
