import HTTPTypes
import NIOCore
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// It is 1 November 2026, and Dora joined on the 15th of October.
@Suite(.sampleDatabase)
struct `Naming a mentor` {
    static let base = "/api/v1/chapters/alder"
    let sample: SampleChapter
    let dora: Membership

    init() async throws {
        sample = try await SampleChapter()
        dora = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2026-10-15"))
    }

    @Test func `is for leaders, on a page and over HTTP, and shows on both homes`() async throws {
        var (alice, bob) = (
            try await sample.scratch.browser(of: sample.alice),
            try await sample.scratch.browser(of: sample.bob)
        )
        let steps = "/chapters/alder/members/\(dora.id)/first-steps"
        #expect(try await bob.get(steps).status == 403)
        #expect(try await alice.get(steps).text.contains("Nobody is named as mentor yet."))
        let change = "/chapters/alder/members/\(dora.id)/change"
        #expect(try await bob.post(change, ["mentor": "\(sample.bob.id)"]).status == 403)
        let own = try await alice.post(change, ["mentor": "\(dora.id)"])
        #expect(own.status == 422 && own.text.contains("id=\"mentor-fault\""))
        #expect(try await alice.post(change, ["mentor": "\(sample.bob.id)"]).status == 303)
        #expect(try await bob.get(steps).text.contains("Their mentor is Bob Baker."))
        #expect(try await bob.get("/chapters/alder").text.contains("First steps of Dora Dyer: 0 of 8"))
        #expect(try await !alice.get("/chapters/alder").text.contains("First steps of Dora"))
        var herself = try await sample.scratch.browser(of: dora)
        #expect(try await herself.get("/chapters/alder").text.contains("Your first steps: 0 of 8"))
        #expect(try await herself.get(steps).text.contains("Your mentor is Bob Baker"))
        #expect(try await Browser(sample.database).caller.get(steps).status == 303)
        // Of what was named only the field is in the way of somebody's else change.
        #expect(try await alice.post(change, ["company": "Dyes", "mentor": ""]).status == 303)
        #expect(try await bob.get(steps).status == 403)
    }

    @Test func `tells the steps over HTTP, and counts why somebody left`() async throws {
        let (alice, bob) = (try await sample.caller(sample.alice), try await sample.caller(sample.bob))
        let place = "\(Self.base)/members/\(dora.id)"
        let tag = try #require(try await alice.get(place)["ETag"])
        let named = try await alice.send(
            .patch,
            place,
            headers: [.contentType: "application/json", .ifMatch: tag],
            body: ByteBuffer(string: #"{"mentor": "bob@example.org"}"#)
        )
        #expect(named.status == 204, "\(named.text)")
        let steps = try await bob.get("\(place)/first-steps")
        #expect(
            steps.text.hasPrefix(#"[{"step":"profile","due":"2026-10-22","done":null},"#),
            "\(steps.text)"
        )
        let charlie = try await sample.caller(sample.charlie)
        #expect(try await charlie.get("\(place)/first-steps").isProblem(404) == "not-found")
        for (body, status) in [
            (#"{"code": "bored"}"#, 422), (#"{"code": "other"}"#, 422),
            (#"{"on": "2026-10-31", "code": "other", "reason": "A sabbatical"}"#, 200),
        ] {
            let answer = try await alice.json(.post, "\(place)/end", body)
            #expect(answer.status == status, "\(answer.text)")
        }
        var leader = try await sample.scratch.browser(of: sample.alice)
        let page = try await leader.get("/chapters/alder/members/\(dora.id)").text
        #expect(page.contains("other: A sabbatical"))
    }

    @Test func `is part of the induction`() async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.office SET role = 'membership-committee'")
        )
        let application = try await sample.shell.run(
            .open(MembershipApplicationDraft(name: "Dora Dyer", seat: "Dyer"), in: sample.alder.id)
        )
        _ = try await sample.shell.run(
            .decide(application, .accepted, because: nil, on: nil, in: sample.alder.id)
        )
        var alice = try await sample.scratch.browser(of: sample.alice)
        let place = "/chapters/alder/applications/\(application)/induction"
        #expect(try await alice.get(place).text.contains("name=\"mentor\""))
        let fields = ["member": "\(dora.id)", "mentor": "\(sample.bob.id)"]
        #expect(try await alice.post(place, fields: fields).status == 303)
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await bob.run(.firstStepsUnderWay(in: sample.alder.id)).map(\.name) == ["Dora Dyer"])
    }
}
