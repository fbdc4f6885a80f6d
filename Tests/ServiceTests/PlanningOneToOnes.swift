import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Planning one-to-ones` {
    static let base = "/api/v1/chapters/alder"
    static let folder = "/chapters/alder"

    let sample: SampleChapter
    let bob: Caller
    let dora: Membership
    let eve: Membership

    init() async throws {
        sample = try await SampleChapter()
        bob = try await sample.caller(sample.bob)
        dora = try await sample.shell.add(.sample("Dora Dyer", seat: "Dyer"))
        eve = try await sample.shell.add(.sample("Eve Elm"))
        let nothing = Money(minorUnits: 0, currency: sample.alder.currency)
        let (bob, alice, dora) = (sample.bob.id, sample.alice.id, dora.id)
        _ = try await sample.shell.transaction { ledger in
            for (other, day) in [(alice, "2026-05-06"), (alice, "2026-10-07"), (dora, "2026-09-02")] {
                _ = try await ledger.record(
                    OneToOneDraft(
                        first: .member(other == alice ? bob : other),
                        second: .member(other == alice ? other : bob),
                        metOn: .day(day),
                        minutes: 60,
                        costOfFirst: nothing,
                        costOfSecond: nothing
                    )
                )
            }
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: .member(alice),
                    receiver: .member(bob),
                    tier: 1,
                    need: "Rolls for a wedding",
                    warmth: 3,
                    passedOn: .day("2026-10-20")
                )
            )
        }
    }

    @Test func `begins with who was never met, then longest ago`() async throws {
        #expect(
            try await bob.get("\(Self.base)/planner").text
                == #"[{"member":\#(eve.id),"name":"Eve Elm","seat":null,"last_met":null,"open_referrals":0,"sphere":null,"is_on_leave":false},{"member":\#(dora.id),"name":"Dora Dyer","seat":"Dyer","last_met":"2026-09-02","open_referrals":0,"sphere":null,"is_on_leave":false},{"member":\#(sample.alice.id),"name":"Alice Archer","seat":"Roofer","last_met":"2026-10-07","open_referrals":1,"sphere":null,"is_on_leave":false}]"#
        )
        // Who is no member today is nobody to meet.
        _ = try await sample.shell.run(
            .end(eve.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        #expect(!(try await bob.get("\(Self.base)/planner").text.contains("Eve")))
    }

    @Test func `goes on with one's own sphere, and leaves out who is on leave`() async throws {
        let frida = try await sample.shell.add(.sample("Frida Fuchs", seat: "Florist"))
        _ = try await sample.shell.add(.sample("Anton Auer"))
        let treasurer = try await sample.caller(sample.alice)
        let place = "\(Self.base)/seats"
        let seats = try await bob.get(place).json.elements
        for name in ["Baker", "Florist"] {
            let id = try #require(seats.first { $0["seat"] == .string(name) }?["id"]?.number)
            let sphere = #"{"sphere": "Weddings"}"#
            #expect(try await treasurer.json(.put, "\(place)/\(Int(id))/sphere", sphere).status == 204)
            #expect(
                try await bob.json(.put, "\(place)/\(Int(id))/sphere", sphere).isProblem(403) == "forbidden"
            )
        }
        #expect(try await treasurer.json(.put, "\(place)/999999/sphere", "{}").isProblem(404) == "not-found")
        // Frida first of those who were never met, though Anton and Eve come before her by name.
        let planned = try await bob.get("\(Self.base)/planner").json.elements
        #expect(
            planned.prefix(3).map { $0["name"] } == [
                .string("Frida Fuchs"), .string("Anton Auer"), .string("Eve Elm"),
            ]
        )
        #expect(planned.prefix(2).map { $0["sphere"] } == [.string("Weddings"), .null])
        try await sample.shell.run(
            .leave(
                of: frida.id,
                from: .day("2026-10-31"),
                to: .day("2026-11-02"),
                isMedical: false,
                in: sample.alder.id
            )
        )
        #expect(try await bob.get("\(Self.base)/planner").json.elements.first?["is_on_leave"] == .truth(true))
        var browser = try await sample.browser(of: sample.bob)
        let list = try await browser.get("\(Self.folder)/planner").text
        #expect(!list.contains("both: Weddings") && list.contains("Anton Auer"))
    }

    @Test func `spheres are written on one page`() async throws {
        var alice = try await sample.browser(of: sample.alice)
        let place = "\(Self.folder)/seats/spheres"
        let seat = try #require(
            try await sample.shell.run(.seats(of: sample.alder.id)).first { $0.title == "Baker" }
        )
        try await alice.fill(place, ["sphere-\(seat.id)": "Weddings"]).leads(to: "\(Self.folder)/seats")
        #expect(try await alice.get(place).text.contains("value=\"Weddings\""))
        try await alice.fill(place, ["sphere-\(seat.id)": String(repeating: "a", count: 500)])
            .mends("sphere-\(seat.id)")
        try await alice.fill(place, ["sphere-\(seat.id)": ""]).leads(to: "\(Self.folder)/seats")
        #expect(try await sample.shell.run(.seats(of: sample.alder.id)).allSatisfy { $0.sphere == nil })
    }

    @Test func `a profile is told by its member, and read by the chapter`() async throws {
        let place = "\(Self.base)/members/\(sample.bob.id)/profile"
        #expect(
            try await bob.json(.put, place, #"{"goals": "Two ovens", "purposes": ["camaraderie", "leads"]}"#)
                .status == 204
        )
        let alice = try await sample.caller(sample.alice)
        #expect(
            try await alice.get(place).text
                == #"{"goals":"Two ovens","accomplishments":null,"interests":null,"networks":null,"skills":null,"ideal_referral":null,"purposes":["camaraderie","leads"]}"#
        )
        #expect(try await alice.json(.put, place, "{}").isProblem(403) == "forbidden")
        let wrong = try await bob.json(.put, place, #"{"purposes": ["fame"]}"#)
        #expect(wrong.status == 422 && wrong.text.contains("/purposes/0"), "\(wrong.text)")
        #expect(try await alice.get("\(Self.base)/members/999999/profile").isProblem(404) == "not-found")
    }

    @Test func `as pages, from the list to the talk`() async throws {
        var browser = try await sample.browser(of: sample.bob)
        let list = try await browser.get("\(Self.folder)/planner").text
        #expect(
            list.contains("Eve Elm") && list.contains("never met yet") && list.contains("Your turn this week")
        )
        try await browser.fill(
            "\(Self.folder)/profile",
            ["skills": "Sourdough", "purpose.leads": "true", "goals": String(repeating: "a", count: 2001)]
        ).mends("goals")
        try await browser.fill(
            "\(Self.folder)/profile",
            ["skills": "Sourdough\r\nRye", "purpose.leads": "true", "goals": ""]
        ).leads(to: "\(Self.folder)/planner")
        let sheet = try await browser.get("\(Self.folder)/planner/\(sample.alice.id)").text
        #expect(
            sheet.contains("Sourdough") && sheet.contains("Rolls for a wedding")
                && sheet.contains("New business")
        )
        #expect(sheet.contains("/log/one-to-one?second=Alice%20Archer"))
        #expect(try await browser.get("\(Self.folder)/planner/\(sample.bob.id)").status == 404)
        var other = try await sample.browser(of: sample.alice)
        #expect(try await other.get("\(Self.folder)/planner/\(sample.bob.id)").text.contains("Sourdough"))
        let card = try await browser.get("\(Self.folder)/dance-card").text
        #expect(card.contains("after 3 weeks") && card.contains("26 October 2026"))
    }
}
