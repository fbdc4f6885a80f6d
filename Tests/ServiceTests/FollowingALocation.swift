import HTTPTypes
import Identity
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What somebody made is found where the answer says.
@Suite(.sampleDatabase)
struct `Following a Location` {
    static let base = "/api/v1/chapters/alder"
    static let euro = #"{"amount": "12.50", "currency": "EUR"}"#

    /// What a member records of themselves, and a word of it.
    static let slips = [
        ("referrals", #"{"receiver": "Zoe @ Far", "need": "a red roof"}"#, "a red roof"),
        ("thanks", #"{"thanked": "Zoe @ Far", "amount": \#(euro)}"#, "12.50"),
        ("one-to-ones", #"{"second": "Zoe @ Far", "place": "The café"}"#, "The café"),
        ("testimonials", #"{"receiver": "Zoe @ Far", "text": "On time"}"#, "On time"),
        ("introductions", #"{"first": "Zoe @ Far", "second": "visitor:Vera", "why": "Barns"}"#, "Barns"),
        ("education", #"{"hours": "1.5", "title": "Asking"}"#, "Asking"),
        ("visitors", #"{"name": "Lena Lang"}"#, "Lena Lang"),
        ("activities", #"{"kind": "event", "purpose": "Trade fair"}"#, "Trade fair"),
        ("needs", #"{"text": "An oven"}"#, "An oven"),
        ("offers", #"{"text": "Flour"}"#, "Flour"),
    ]
    /// Every member sees these, whoever posted them.
    static let ofAll: Set = ["needs", "offers"]

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `leads a member to what they recorded, and nobody else but who sees all`() async throws {
        let dora = try await sample.caller(try await sample.shell.add(.sample("Dora Dyer")))
        let (alice, bob) = try await (sample.caller(sample.alice), sample.caller(sample.bob))
        let charlie = try await sample.caller(sample.charlie)
        for (folder, body, word) in Self.slips {
            let made = try await bob.json(.post, "\(Self.base)/\(folder)", body)
            #expect(made.status == 201, "\(folder): \(made.text)")
            let address = try #require(made["Location"])
            let seen = try await bob.get(address)
            #expect(seen.status == 200 && seen.text.contains(word), "\(address): \(seen.text)")
            #expect(try seen.json["id"] == made.json["id"])
            // As the list has it, to them and to whoever sees the whole list.
            for reader in [bob, alice] {
                let listed = try await reader.get("\(Self.base)/\(folder)").json.elements
                #expect(try await listed == [reader.get(address).json], "\(folder)")
            }
            #expect(
                try await dora.get("\(Self.base)/\(folder)").json.elements.isEmpty
                    != Self.ofAll.contains(folder)
            )
            if Self.ofAll.contains(folder) {
                #expect(try await dora.get(address).status == 200)
            } else {
                #expect(try await dora.get(address).isProblem(404) == "not-found")
            }
            #expect(try await charlie.get(address).isProblem(404) == "not-found")
            #expect(try await bob.get("\(address)?x=1").isProblem(400) == "parameter")
        }
    }

    @Test func `leads the treasurer and whoever owes to an invoice and a payment`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        _ = try await sample.shell.run(
            .appoint(dora, as: .secretaryTreasurer, from: .day("2026-04-01"), to: nil, in: sample.alder.id)
        )
        let treasurer = try await sample.caller(dora)
        let carla = try await sample.caller(try await sample.shell.add(.sample("Carla Cook")))
        for folder in ["dues/invoices", "dues/payments"] {
            let made = try await treasurer.json(
                .post,
                "\(Self.base)/\(folder)",
                #"{"member": \#(sample.bob.id), "amount": \#(Self.euro), "note": "cash"}"#
            )
            let address = try #require(made["Location"], "\(made.text)")
            for reader in [treasurer, try await sample.caller(sample.bob)] {
                #expect(try await reader.get(address).json["note"] == .string("cash"))
            }
            #expect(try await carla.get(address).isProblem(404) == "not-found")
        }
    }

    @Test func `leads to no other chapter's, which look like none`() async throws {
        let alice = try await sample.caller(sample.alice)
        let foreign = try await sample.papers(of: sample.charlie, in: sample.birchShell)
        let papers = ["dues/invoices": "\(foreign.invoice)", "dues/payments": "\(foreign.payment)"]
        let slips = try await sample.slipsByPlace(of: sample.charlie, in: sample.birchShell)
        for (folder, id) in slips.merging(papers, uniquingKeysWith: { one, _ in one }) {
            let real = try await alice.get("\(Self.base)/\(folder)/\(id)")
            for missing in ["00000000-0000-4000-8000-000000000000", "12", "x"] {
                let none = try await alice.get("\(Self.base)/\(folder)/\(missing)")
                #expect(try real.isProblem(404) == "not-found", "\(folder)")
                #expect(try none.isProblem(404) == "not-found", "\(folder)")
                #expect(try real.json["detail"] == none.json["detail"])
            }
        }
        // An offer is no need.
        let own = try await sample.slipsByPlace(of: sample.bob, in: sample.shell)
        let offer = try #require(own["offers"])
        #expect(try await alice.get("\(Self.base)/offers/\(offer)").status == 200)
        #expect(try await alice.get("\(Self.base)/needs/\(offer)").isProblem(404) == "not-found")
    }

    @Test func `leads to no other chapter's members and slips by what a body names, either`() async throws {
        let alice = try await sample.caller(sample.alice)
        for role in [OfficeRole.secretaryTreasurer, .membershipCommittee] {
            _ = try await sample.shell.run(
                .appoint(sample.alice, as: role, from: .day("2026-04-01"), to: nil, in: sample.alder.id)
            )
        }
        let own = try await sample.slipsByPlace(of: sample.alice, in: sample.shell)
        let foreign = try await sample.slipsByPlace(of: sample.charlie, in: sample.birchShell)
        let application = try await sample.papers(of: sample.alice, in: sample.shell).application
        let need = try #require(own["needs"])
        let money = #""amount": \#(Self.euro)"#
        for (method, place, body) in [
            (HTTPRequest.Method.post, "dues/invoices", #"{"member": ID, \#(money)}"#),
            (.post, "dues/payments", #"{"member": ID, \#(money)}"#),
            (.post, "applications", #"{"name": "Karl Kurz", "seat": "Florist", "sponsor": ID}"#),
            (.put, "applications/\(application)/induction", #"{"member": ID}"#),
            (.post, "absence-letters", #"{"member": ID}"#),
            (.post, "offices", #"{"member": ID, "role": "mentor"}"#),
            (.post, "thanks", #"{"thanked": ID, \#(money)}"#),
            (.post, "one-to-ones", #"{"second": ID}"#), (.post, "testimonials", #"{"receiver": ID}"#),
            (.post, "introductions", #"{"first": ID, "second": "Zoe @ Far"}"#),
            (.post, "education", #"{"member": ID, "hours": "1"}"#),
            (.post, "visitors", #"{"invited_by": ID, "name": "Lena Lang"}"#),
            (.post, "activities", #"{"member": ID, "kind": "event"}"#),
            (.post, "needs", #"{"member": ID, "text": "An oven"}"#),
            (.put, "needs/\(need)/answer", #"{"answered_by": ID}"#),
        ] {
            for id in ["\(sample.charlie.id)", "999999"] {
                let sent = body.replacing("ID", with: id)
                let answer = try await alice.json(method, "\(Self.base)/\(place)", sent)
                #expect(try answer.isProblem(422) == "unfit", "\(place): \(answer.text)")
                #expect(answer.text.contains("there is no member of that number"), "\(place): \(answer.text)")
            }
        }
        for (kind, folder) in [("thanks", "thanks"), ("education", "education"), ("visitor", "visitors")] {
            let real = try #require(foreign[folder])
            for id in [real, "00000000-0000-4000-8000-000000000000"] {
                let sent = #"{"slip": "\#(kind)", "corrects": "\#(id)", "reason": "x"}"#
                let answer = try await alice.json(.post, "\(Self.base)/corrections", sent)
                #expect(try answer.isProblem(422) == "unfit")
                #expect(answer.text.contains("there is no \(kind) of this id"))
            }
        }
        // A letter of Alder, to who leads Birch.
        let letter = try await sample.absenceLetter()
        _ = try await sample.birchShell.run(
            .appoint(sample.charlie, as: .president, from: .day("2026-04-01"), to: nil, in: sample.birch.id)
        )
        let charlie = try await sample.caller(sample.charlie)
        for id in ["\(letter)", "00000000-0000-4000-8000-000000000000"] {
            let place = "/api/v1/chapters/birch/absence-letters/\(id)"
            #expect(try await charlie.get(place).isProblem(404) == "not-found")
            let given = try await charlie.json(.put, "\(place)/delivery", #"{"by": "hand"}"#)
            #expect(try given.isProblem(404) == "not-found")
        }
    }
}
