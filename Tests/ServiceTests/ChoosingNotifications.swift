import HTTPTypes
import Identity
import NIOCore
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Choosing what one is told` {
    private static let place = "/account/notifications"
    private static let usual = [
        "referral": "at-once", "thanks": "at-once", "introduction": "at-once", "one_to_one": "at-once",
        "weekly_reminder": "at-once", "monthly_return": "off",
        "absence_warning": "at-once", "office_handover": "at-once",
    ]
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `stands on a page, and is kept`() async throws {
        var bob = try await sample.scratch.browser(of: sample.bob)
        let page = try await bob.get(Self.place)
        #expect(page.status == 200)
        #expect(page.text.contains("name=\"monthly_return\" value=\"off\" checked"))
        var wanted = Self.usual
        wanted["thanks"] = "digest"
        wanted["quiet_from"] = "21:00"
        wanted["quiet_to"] = "07:00"
        let kept = try await bob.post(Self.place, fields: wanted)
        #expect(kept.status == 200 && kept.text.contains("name=\"thanks\" value=\"digest\" checked"))
        #expect(try await wishes(of: sample.bob)["thanks"] == "digest")
        #expect(try await wishes(of: sample.bob)["quiet_from"] == "21:00")
        #expect(try await wishes(of: sample.alice)["thanks"] == "at-once")
        wanted["quiet_to"] = ""
        #expect(try await bob.post(Self.place, fields: wanted).status == 422)
        wanted["quiet_from"] = ""
        #expect(try await bob.post(Self.place, fields: wanted).status == 200)
        #expect(try await wishes(of: sample.bob)["quiet_from"] == nil)
    }

    @Test func `is the same over HTTP, all of it or nothing`() async throws {
        let bob = try await sample.caller(sample.bob)
        #expect(try await wishes(of: sample.bob) == Self.usual)
        for (body, status) in [
            (#"{"referral":"off"}"#, 422), (#"{"nonsense":"off"}"#, 422),
            (
                #"{"referral":"off","thanks":"digest","introduction":"off","one_to_one":"off","weekly_reminder":"off","monthly_return":"digest","absence_warning":"off","office_handover":"off","quiet_from":"22:00","quiet_to":"06:30"}"#,
                204
            ),
            (
                #"{"referral":"now","thanks":"off","introduction":"off","one_to_one":"off","weekly_reminder":"off","monthly_return":"off","absence_warning":"off","office_handover":"off"}"#,
                422
            ),
        ] {
            let answer = try await bob.send(
                .put,
                "/api/v1/me/notifications",
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            )
            #expect(answer.status == status, "\(body): \(answer.text)")
        }
        let kept = try await wishes(of: sample.bob)
        #expect(
            kept["referral"] == "off" && kept["monthly_return"] == "digest" && kept["quiet_to"] == "06:30"
        )
    }

    @Test func `takes one click in a mail, and no sign-in`() async throws {
        let secret = try await told()
        let stranger = Caller(database: sample.database)
        let address = "/mail/stop/\(secret)"
        let page = try await stranger.get(address)
        #expect(page.status == 200 && page.text.contains("<form method=\"post\" action=\"\(address)\">"))
        #expect(try await wishes(of: sample.bob)["referral"] == "at-once", "looking stops nothing")
        // As RFC 8058 has mail programs do it: no cookie, no origin.
        for type in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"] {
            let answer = try await stranger.send(
                .post,
                address,
                headers: [.contentType: type],
                body: ByteBuffer(string: "List-Unsubscribe=One-Click")
            )
            #expect(answer.status == 200, "\(type): \(answer.text)")
        }
        #expect(try await wishes(of: sample.bob)["referral"] == "off")
        #expect(try await wishes(of: sample.bob)["thanks"] == "at-once")
        for unknown in [Secret().text, "x"] {
            #expect(try await stranger.get("/mail/stop/\(unknown)").status == 404)
            let answer = try await stranger.send(.post, "/mail/stop/\(unknown)", headers: [:], body: nil)
            #expect(answer.status == 404, "\(answer.text)")
        }
        // By the button of the page.
        let other = try await told(by: sample.alice, of: sample.bob, kind: "thanks")
        var browser = Browser(sample.database)
        _ = try await browser.get("/mail/stop/\(other)")
        #expect(try await browser.post("/mail/stop/\(other)").status == 200)
        #expect(try await wishes(of: sample.bob)["thanks"] == "off")
    }

    /// The secret in the mail that Bob is told by.
    private func told(
        by alice: Membership? = nil,
        of bob: Membership? = nil,
        kind: String = "referral"
    ) async throws -> String {
        let (alice, bob) = (alice ?? sample.alice, bob ?? sample.bob)
        let amount = Money(minorUnits: 100, currency: sample.alder.currency)
        _ = try await sample.shell.transaction { transaction in
            if kind == "thanks" {
                try await transaction.record(
                    ThanksDraft(
                        earner: .member(alice.id),
                        thanked: .member(bob.id),
                        amount: amount,
                        closedOn: nil
                    )
                )
            } else {
                try await transaction.pass(
                    ReferralDraft(
                        giver: .member(alice.id),
                        receiver: .member(bob.id),
                        tier: 1,
                        need: "A roof",
                        warmth: 1,
                        passedOn: nil
                    )
                )
            }
        }
        return try await sample.scratch.superuser.run(
            Query<String>(
                value: "SELECT facts ->> 'stop' FROM app.mail WHERE kind = \(kind) ORDER BY id DESC LIMIT 1"
            )
        )
    }

    private func wishes(of member: Membership) async throws -> [String: String] {
        let answer = try await sample.caller(member).get("/api/v1/me/notifications")
        return try answer.json.members.compactMapValues(\.string)
    }
}
