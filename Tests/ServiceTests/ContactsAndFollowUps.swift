import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Contacts and follow-ups` {
    static let base = "/api/v1/chapters/alder"
    static let folder = "/chapters/alder"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    /// It is the 1st of November 2026, a Sunday.
    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `are kept, changed, shared and forgotten over HTTP`() async throws {
        let made = try await bob.json(
            .post,
            "\(Self.base)/contacts",
            #"{"name": "Karla Klug", "profession": "Surveyor", "phone": "030 1", "met": "2026-10-31", "notes": "Sails\r\n\nHas a boat ", "cadence": 90}"#
        )
        #expect(made.status == 201, "\(made.text)")
        let id = try #require(try made.json["id"]?.string)
        let place = "\(Self.base)/contacts/\(id)"
        let kept = try await bob.get(place).text
        #expect(
            kept
                == #"{"id":"\#(id)","name":"Karla Klug","company":null,"profession":"Surveyor","phone":"030 1","email":null,"met":"2026-10-31","met_where":null,"notes":"Sails\u000a\u000aHas a boat","cadence":90,"shared":false,"member":null,"last_contact":"2026-10-31","next_contact":"2027-01-29"}"#
        )
        #expect(try await alice.get(place).isProblem(404) == "not-found")
        #expect(try await alice.get("\(Self.base)/contacts").text == "[]")
        #expect(try await alice.get("\(Self.base)/shared-contacts").text == "[]")
        let change =
            #"{"name": "Karla Klug", "email": "karla@example.org", "notes": "Sails", "shared": true}"#
        #expect(try await alice.json(.put, place, change).isProblem(404) == "not-found")
        #expect(try await bob.json(.put, place, change).status == 204)
        #expect(
            try await alice.get("\(Self.base)/shared-contacts").text
                == #"[{"id":"\#(id)","shared_by":"Bob Baker","name":"Karla Klug","company":null,"profession":null,"phone":null,"email":"karla@example.org"}]"#
        )
        #expect(try await bob.send(.delete, place).status == 204)
        #expect(try await bob.get(place).isProblem(404) == "not-found")
        #expect(try await bob.send(.delete, place).isProblem(404) == "not-found")
    }

    @Test(arguments: [
        ("contacts", #"{"name": " "}"#, "/name"), ("contacts", #"{"name": "K", "cadence": 0}"#, "/cadence"),
        ("contacts", #"{"name": "K", "notes": "bell \u0007"}"#, "/notes"),
        ("contacts", #"{"name": "K", "email": "karla"}"#, "/email"),
        ("contacts", #"{"name": "K", "member": "Charlie Carver"}"#, "/member"),
        ("contacts", #"{"name": "K", "visitor": "00000000-0000-4000-8000-000000000000"}"#, "/visitor"),
        ("follow-ups", #"{"due": "2026-11-03"}"#, "/text"), ("follow-ups", #"{"text": "Call"}"#, "/due"),
        ("follow-ups", #"{"text": "Call", "due": "2026-11-03", "channel": "pigeon"}"#, "/channel"),
        (
            "follow-ups",
            #"{"due": "2026-11-03", "contact": "00000000-0000-4000-8000-000000000000"}"#, "/contact"
        ),
    ])
    func `name the field that is not right`(_ place: String, _ body: String, _ pointer: String) async throws {
        let answer = try await bob.json(.post, "\(Self.base)/\(place)", body)
        #expect([400, 422].contains(answer.status), "\(answer.text)")
        #expect(answer.text.contains("\"pointer\":\"\(pointer)\""), "\(answer.text)")
    }

    @Test func `a contact was not met tomorrow, and nobody is their own`() async throws {
        let contacts = "\(Self.base)/contacts"
        #expect(
            try await bob.json(.post, contacts, #"{"name": "K", "met": "2026-11-02"}"#).isProblem(422)
                == "slip_is_not_of_the_future"
        )
        #expect(
            try await bob.json(.post, contacts, #"{"name": "K", "member": "Bob Baker"}"#).isProblem(422)
                == "contact_is_not_oneself"
        )
    }

    @Test func `a follow-up is written down, put off and done, by its member alone`() async throws {
        let made = try await bob.json(
            .post,
            "\(Self.base)/follow-ups",
            #"{"text": "Send the article", "due": "2026-11-01", "channel": "email"}"#
        )
        let id = try #require(try made.json["id"]?.string)
        let place = "\(Self.base)/follow-ups/\(id)"
        #expect(
            try await bob.get("\(Self.base)/follow-ups").text
                == #"[{"id":"\#(id)","due":"2026-11-01","this_week":true,"channel":"email","about":null,"text":"Send the article","cause":null,"slip":null,"contact":null,"last_contact":null}]"#
        )
        #expect(try await alice.get(place).isProblem(404) == "not-found")
        #expect(try await alice.json(.put, "\(place)/end", "{}").isProblem(404) == "not-found")
        #expect(try await bob.json(.put, "\(place)/due", #"{"due": "2026-11-09"}"#).status == 204)
        #expect(try await bob.get(place).text.contains(#""due":"2026-11-09","this_week":false"#))
        #expect(
            try await bob.json(.put, "\(place)/end", #"{"date": "2026-11-02"}"#).isProblem(422)
                == "slip_is_not_of_the_future"
        )
        #expect(try await bob.json(.put, "\(place)/end", #"{"outcome": "Liked it"}"#).status == 204)
        #expect(try await bob.json(.put, "\(place)/end", "{}").isProblem(404) == "not-found")
        #expect(try await bob.get("\(Self.base)/follow-ups").text == "[]")
    }

    @Test func `as pages, a contact is kept, followed up and forgotten`() async throws {
        var browser = try await sample.browser(of: sample.bob)
        try await browser.fill("\(Self.folder)/contacts/new", ["name": ""]).mends("name")
        try await browser.fill("\(Self.folder)/contacts/new", ["name": "K", "met": "2026-11-02"]).mends("met")
        let kept = try await browser.fill(
            "\(Self.folder)/contacts/new",
            [
                "name": "Karla Klug", "notes": "Sails\r\nOften", "cadence": "30", "met": "2026-09-01",
                "shared": "true",
            ]
        )
        let place = try #require(kept.headers[.location])
        #expect(place.hasPrefix("\(Self.folder)/contacts/"))
        // Sixty-one days without a word.
        let home = try await browser.get(Self.folder).text
        #expect(home.contains("Karla Klug") && home.contains("last in touch on 1 Sep"))
        try await browser.fill(
            place,
            sending: "\(place)/touches",
            ["channel": "lunch", "outcome": "Builds next year"]
        ).leads(to: place)
        let page = try await browser.get(place).text
        #expect(page.contains("Builds next year") && page.contains("Sails") && page.contains("1 Dec"))
        #expect(!(try await browser.get(Self.folder).text.contains("Karla Klug")))
        var other = try await sample.browser(of: sample.alice)
        let shared = try await other.get("\(Self.folder)/contacts?part=shared").text
        #expect(shared.contains("Karla Klug") && shared.contains("Bob Baker") && !shared.contains("Sails"))
        try await browser.fill("\(place)/change", ["name": "Karla Klug", "shared": ""]).leads(to: place)
        #expect(!(try await other.get("\(Self.folder)/contacts?part=shared").text.contains("Karla")))
        try await browser.fill("\(place)/change", sending: "\(place)/forget", [:]).leads(
            to: "\(Self.folder)/contacts"
        )
        #expect(try await browser.get(place).status == 404)
    }

    @Test func `as pages, follow-ups are done at a tap, put off, and never more than chosen`() async throws {
        var browser = try await sample.browser(of: sample.bob)
        let list = "\(Self.folder)/follow-ups"
        try await browser.fill("\(list)/new", ["text": "", "due": "2026-11-01"]).mends("text")
        for text in ["Send the article", "Ask about the roof"] {
            try await browser.fill("\(list)/new", ["text": text, "due": "2026-11-01"]).leads(to: list)
        }
        try await browser.fill(list, sending: "\(list)/pace", ["a_week": "0"]).mends("a_week")
        try await browser.fill(list, sending: "\(list)/pace", ["a_week": "1"]).leads(to: list)
        let page = try await browser.get(list)
        let first = try #require(page.text(after: "\(list)/", before: "\">"))
        let second = try #require(page.text(after: ">Later<", before: "/end\"")?.suffix(36))
        try await browser.fill(list, sending: "\(list)/\(first)/end", [:]).leads(to: list)
        try await browser.fill(list, sending: "\(list)/\(second)/due", ["due": "2026-11-08"]).leads(to: list)
        #expect(try await browser.get("\(list)/\(first)").status == 404)
        let one = try await browser.get("\(list)/\(second)").text
        #expect(one.contains("8 Nov"))
        try await browser.fill("\(list)/\(second)", sending: "\(list)/\(second)/end", ["date": "soon"]).mends(
            "date"
        )
        try await browser.fill(
            "\(list)/\(second)",
            sending: "\(list)/\(second)/end",
            ["ending": "dropped", "channel": "call"]
        ).leads(to: list)
        #expect(try await browser.get(list).text.contains("not needed"))
    }

    @Test func `a visitor becomes a contact with what is known of them`() async throws {
        var browser = try await sample.browser(of: sample.bob)
        let visitor = try await sample.shell.transaction { [bob = sample.bob.id] in
            try await $0.register(
                VisitorDraft(
                    name: "Vera Visitor",
                    inviter: .member(bob),
                    kind: .first,
                    visitOn: .day("2026-10-28"),
                    came: true,
                    email: "vera@example.org"
                )
            )
        }
        let place = "\(Self.folder)/contacts/new?visitor=\(visitor)"
        #expect(try await browser.get("\(Self.folder)/visitors/\(visitor)").text.contains(place))
        let form = try await browser.get(place).text
        #expect(form.contains("Vera Visitor") && form.contains("vera@example.org"))
        let kept = try await browser.fill(
            place,
            sending: "\(Self.folder)/contacts/new",
            ["visitor": "\(visitor)", "name": "Vera Visitor", "cadence": "14"]
        )
        #expect(kept.status == 303)
        let contacts = try await sample.shell.run(.contacts(of: sample.bob.person, in: sample.alder.id))
        #expect(contacts.map(\.card.name) == ["Vera Visitor"])
        var other = try await sample.browser(of: sample.alice)
        #expect(
            try await other.get("\(Self.folder)/contacts/new?visitor=00000000-0000-4000-8000-000000000000")
                .status
                == 404
        )
    }

    @Test func `a card goes into an address book, and its back only into its owner's`() async throws {
        let made = try await bob.json(
            .post,
            "\(Self.base)/contacts",
            #"{"name": "Karla; Klug, Zoë", "company": "Klug\\Söhne", "email": "k@example.org", "notes": "Sails\nOften", "shared": true}"#
        )
        let id = try #require(try made.json["id"]?.string)
        let place = "\(Self.base)/contacts/\(id)/card.vcf"
        let own = try await bob.get(place)
        #expect(own["Content-Type"] == "text/vcard; charset=utf-8")
        #expect(
            own.text
                == [
                    "BEGIN:VCARD", "VERSION:4.0", "PRODID:-//Chapterhouse//Chapterhouse//EN",
                    "UID:urn:uuid:\(id)", #"FN:Karla\; Klug\, Zoë"#, #"ORG:Klug\\Söhne"#,
                    "EMAIL:k@example.org",
                    #"NOTE:Sails\nOften"#, "END:VCARD", "",
                ].joined(separator: "\r\n")
        )
        let shared = try await alice.get(place)
        #expect(shared.status == 200 && !shared.text.contains("Sails"))
        #expect(
            try await bob.json(.put, "\(Self.base)/contacts/\(id)", #"{"name": "Karla Klug"}"#).status == 204
        )
        #expect(try await alice.get(place).isProblem(404) == "not-found")
        var browser = try await sample.browser(of: sample.bob)
        #expect(
            try await browser.get("\(Self.folder)/contacts/\(id)/card.vcf").text.contains("FN:Karla Klug")
        )
    }
}
