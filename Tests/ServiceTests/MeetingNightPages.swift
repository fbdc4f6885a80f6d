import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// It is the evening of 1 November 2026; the meeting of 28 October is still open, that of 4 November lies ahead.
@Suite(.sampleDatabase)
struct `A meeting night` {
    static let place = "/chapters/alder/meetings/2026-10-28"
    static let ahead = "/chapters/alder/meetings/2026-11-04"

    let sample: SampleChapter
    let meeting: Meeting

    init() async throws {
        sample = try await SampleChapter()
        _ = try await sample.shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-11-04"),
            in: sample.alder
        )
        meeting = try await sample.shell.meeting(on: .day("2026-10-28"))
    }

    func browser(of member: Membership) async throws -> Browser {
        try await sample.scratch.browser(of: member)
    }

    func sheet() async throws -> [String: String] {
        let lines = try await sample.shell.run(.sheet(of: meeting.id, in: sample.alder.id))
        return Dictionary(
            lines.map { ($0.name, ($0.mark?.letter ?? "-") + ($0.standIn.map { " \($0)" } ?? "")) }
        ) { $1 }
    }

    /// Whoever reads the sign is late from so many minutes from now on; an hour later it is too late.
    func letSignHang(lateIn minutes: Int32) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                UPDATE app.check_in SET on_time_until = now() + make_interval(mins => \(minutes)),
                                        closes_at = now() + make_interval(mins => \(minutes) + 60)
                """
            )
        )
    }

    func key(_ name: String, _ member: Membership) -> String {
        "\(name).\(member.id)"
    }

    @Test func `begins with everybody, then has the exceptions, and is sealed`() async throws {
        var alice = try await browser(of: sample.alice)
        let before = try await alice.get(Self.place)
        #expect(before.status == 200)
        #expect(before.text.contains("0 of 2 marked") && before.text.contains("Everybody is here"))
        #expect(!before.text.contains("Seal the meeting"))
        #expect(try await alice.post("\(Self.place)/everybody").status == 303)
        #expect(try await sheet() == ["Alice Archer": "P", "Bob Baker": "P"])
        let bob = sample.bob
        _ = try await alice.post(
            "\(Self.place)/marks",
            [
                key("mark", bob): "S", key("seen", bob): "P", key("stand_in", bob): "Vera Visitor",
                key("mark", sample.alice): "P", key("seen", sample.alice): "P",
            ]
        )
        #expect(try await sheet() == ["Alice Archer": "P", "Bob Baker": "S Vera Visitor"])
        #expect(try await alice.get(Self.place).text.contains("Seal the meeting"))
        #expect(try await alice.post("\(Self.place)/seal")["Location"] == Self.place)
        let sealed = try await alice.get(Self.place).text
        #expect(sealed.contains("The sheet is sealed") && sealed.contains("Vera Visitor stood in"))
        let refused = try await alice.post(
            "\(Self.place)/marks",
            [key("mark", bob): "A", key("seen", bob): "S"]
        )
        #expect(refused.status == 409 && refused.text.contains("role=\"alert\""))
        #expect(try await alice.post("\(Self.place)/reopen").status == 422)
        #expect(try await alice.post("\(Self.place)/reopen", ["reason": "A slip of the pen"]).status == 303)
        #expect(try await alice.get(Self.place).text.contains("2 of 2 marked"))
    }

    @Test func `never loses a newer mark to a page that is older`() async throws {
        var (one, other) = (try await browser(of: sample.alice), try await browser(of: sample.alice))
        let bob = sample.bob
        _ = try await one.post("\(Self.place)/marks", [key("mark", bob): "L", key("seen", bob): ""])
        let answer = try await other.post(
            "\(Self.place)/marks",
            [key("mark", bob): "A", key("seen", bob): ""]
        )
        #expect(answer.status == 409)
        #expect(answer.text.contains("Somebody else has marked some of them meanwhile"))
        #expect(try await sheet()["Bob Baker"] == "L")
        // A page that shows an older mark and does not touch it changes nothing either.
        let untouched = try await other.post(
            "\(Self.place)/marks",
            [key("mark", bob): "P", key("seen", bob): "P"]
        )
        #expect(untouched.status == 303)
        #expect(try await sheet()["Bob Baker"] == "L")
        // Having seen the newer one, the other may change it.
        _ = try await other.post("\(Self.place)/marks", [key("mark", bob): "A", key("seen", bob): "L"])
        #expect(try await sheet()["Bob Baker"] == "A")
    }

    @Test func `answers the script of its page with the sheet, once for one tap`() async throws {
        var alice = try await browser(of: sample.alice)
        alice.caller.accept = "application/json"
        let bob = sample.bob
        let tap: KeyValuePairs = [key("mark", bob): "P", key("seen", bob): "", "once": "7d3a"]
        let first = try await alice.post("\(Self.place)/marks", tap)
        #expect(first.status == 200)
        #expect(try first.json["expected"] == .number(2))
        #expect(try first.json["marks"]?.elements.map { $0["mark"] } == [.null, .string("P")])
        _ = try await alice.post("\(Self.place)/marks", [key("mark", bob): "A", key("seen", bob): "P"])
        // The same tap again, from a phone that never heard the answer, is no new one.
        let again = try await alice.post("\(Self.place)/marks", tap)
        #expect(again.status == 200 && again.text == first.text)
        #expect(try await sheet()["Bob Baker"] == "A")
        let late = try await alice.post(
            "\(Self.place)/marks",
            [key("mark", bob): "M", key("seen", bob): "P"]
        )
        #expect(late.status == 409)
        #expect(try late.json["marks"]?.elements.last?["was_marked_by_another"] == .truth(true))
    }

    @Test func `says what cannot be a mark`() async throws {
        var alice = try await browser(of: sample.alice)
        for (field, value) in [
            ("mark.x", "P"), ("mark.0", "P"), (key("mark", sample.bob), "Q"), ("mark.", "P"),
        ] {
            #expect(
                try await alice.post("\(Self.place)/marks", fields: [field: value]).status == 422,
                "\(field)"
            )
        }
        let long = String(repeating: "x", count: 201)
        let standIn = try await alice.post(
            "\(Self.place)/marks",
            [key("mark", sample.bob): "S", key("stand_in", sample.bob): long]
        )
        #expect(standIn.status == 422)
        #expect(try await alice.post("\(Self.place)/marks", ["mark.999999": "P"]).status == 303)
        #expect(try await sheet() == ["Alice Archer": "-", "Bob Baker": "-"])
        for day in ["2026-10-27", "2026-13-01", "x"] {
            #expect(try await alice.get("/chapters/alder/meetings/\(day)").status == 404)
        }
    }

    @Test func `shows a member their own part, and nobody's marks`() async throws {
        var alice = try await browser(of: sample.alice)
        _ = try await alice.post(
            "\(Self.place)/marks",
            [key("mark", sample.alice): "M", key("seen", sample.alice): ""]
        )
        var bob = try await browser(of: sample.bob)
        let page = try await bob.get(Self.place)
        #expect(page.status == 200)
        #expect(!page.text.contains("medical") && !page.text.contains("name=\"mark."))
        #expect(try await bob.post("\(Self.place)/marks", [key("mark", sample.bob): "P"]).status == 403)
        #expect(try await bob.get("\(Self.place)/events").status == 403)
        let events = try await alice.get("\(Self.place)/events")
        #expect(events.status == 200 && events.text.hasPrefix("event: sheet\ndata: {"))
        var charlie = try await browser(of: sample.charlie)
        #expect(try await charlie.get(Self.place).status == 404)
    }

    @Test func `knows beforehand who will be away, and why only for who keeps the sheet`() async throws {
        var bob = try await browser(of: sample.bob)
        #expect(
            try await bob.post("\(Self.ahead)/absence", ["stand_in": "Vera Visitor", "reason": "A hospital"])
                .status == 303
        )
        let own = try await bob.get(Self.ahead).text
        #expect(own.contains("You will be away") && own.contains("Vera Visitor comes in your place."))
        #expect(!own.contains("A hospital"))
        var alice = try await browser(of: sample.alice)
        let seen = try await alice.get(Self.ahead).text
        #expect(seen.contains("A hospital") && seen.contains("Vera Visitor comes in their place"))
        #expect(!seen.contains("Everybody is here"), "its day has not come")
        _ = try await bob.post("\(Self.ahead)/absence/withdraw")
        #expect(try await !alice.get(Self.ahead).text.contains("A hospital"))
        let fault = try await bob.post(
            "\(Self.ahead)/absence",
            ["reason": String(repeating: "x", count: 201)]
        )
        #expect(fault.status == 422 && fault.text.contains("role=\"alert\""))
    }

    @Test func `has a sign at the door that marks who reads it, in time and late`() async throws {
        var alice = try await browser(of: sample.alice)
        var bob = try await browser(of: sample.bob)
        #expect(
            try await alice.get("\(Self.place)/door").text.contains("Nobody can check in by themselves yet.")
        )
        _ = try await alice.post("\(Self.place)/door", ["grace": "5"])
        let door = try await alice.get("\(Self.place)/door")
        #expect(door.text.contains("class=\"modules\"") && door.text.contains("In time until 07:05."))
        let secret = try #require(door.text(after: "check-in?sign&#61;", before: "<"))
        try await letSignHang(lateIn: 60)
        let asked = try await bob.get("\(Self.place)/check-in?sign=\(secret)")
        #expect(asked.status == 200)
        #expect(try await sheet()["Bob Baker"] == "-", "a code is followed by machines, too")
        #expect(try await bob.post("\(Self.place)/check-in", ["secret": "\(secret)x"]).status == 422)
        #expect(try await bob.post("\(Self.place)/check-in", ["secret": secret]).text.contains("present"))
        #expect(try await sheet()["Bob Baker"] == "P")
        try await letSignHang(lateIn: -1)
        _ = try await alice.post("\(Self.place)/check-in", ["secret": secret])
        #expect(try await sheet()["Alice Archer"] == "L")
        // A mark that is there stays.
        _ = try await bob.post("\(Self.place)/check-in", ["secret": secret])
        #expect(try await sheet()["Bob Baker"] == "P")
        var charlie = try await browser(of: sample.charlie)
        #expect(try await charlie.post("\(Self.place)/check-in", ["secret": secret]).status == 404)
        _ = try await alice.post("\(Self.place)/door", ["grace": "5"])
        #expect(
            try await bob.post("\(Self.place)/check-in", ["secret": secret]).status == 422,
            "an older sign"
        )
        #expect(try await alice.post("\(Self.place)/door", ["grace": "999"]).status == 422)
        #expect(try await bob.get("\(Self.place)/door").status == 403)
    }

    @Test func `leads from the calendar to the meeting one thinks of`() async throws {
        var bob = try await browser(of: sample.bob)
        #expect(try await bob.get("/chapters/alder/meetings/next")["Location"] == Self.ahead)
        _ = try await sample.shell.mark([], everybodyElse: .present, on: meeting)
        #expect(
            try await bob.get("/chapters/alder/meetings/next")["Location"] == Self.place,
            "it is not sealed"
        )
        let list = try await bob.get("/chapters/alder/meetings").text
        #expect(list.contains("Wednesday, 4 November 2026") && !list.contains("Schedule meetings"))
        var alice = try await browser(of: sample.alice)
        let fields: KeyValuePairs = ["from": "2026-11-05", "to": "2026-11-30"]
        #expect(try await alice.post("/chapters/alder/meetings", fields).status == 303)
        #expect(try await alice.get("/chapters/alder/meetings").text.contains("Wednesday, 25 November 2026"))
        let wrong = try await alice.post(
            "/chapters/alder/meetings",
            ["from": "2026-11-05", "to": "2026-11-01"]
        )
        #expect(wrong.status == 422 && wrong.text.contains("id=\"to-fault\""))
        #expect(try await alice.post("\(Self.ahead)/cancel", ["holiday": "true"]).status == 303)
        #expect(try await alice.get(Self.ahead).text.contains("holiday"))
    }

    @Test func `has a programme, visitors and a sheet of paper`() async throws {
        var alice = try await browser(of: sample.alice)
        _ = try await alice.post(
            "\(Self.place)/programme",
            ["part": "talk", "member": "\(sample.bob.id)", "topic": "Bread <b>and</b> rolls"]
        )
        #expect(try await alice.post("\(Self.place)/programme", ["part": "dance"]).status == 422)
        _ = try await alice.post(
            "/chapters/alder/log/visitor",
            ["name": "Vera Visitor", "date": "2026-10-28", "company": "Vera & Sons"]
        )
        let page = try await alice.get(Self.place)
        #expect(
            page.text.contains("Bread &lt;b&gt;and&lt;/b&gt; rolls") && page.text.contains("Feature talk")
        )
        let visitor = try #require(page.text(after: "name=\"came.", before: "\""))
        _ = try await alice.post("\(Self.place)/visitors", ["came.\(visitor)": "true"])
        #expect(try await alice.get(Self.place).text.contains("value=\"true\" checked>"))
        _ = try await alice.post("\(Self.place)/visitors")
        #expect(try await !alice.get(Self.place).text.contains("value=\"true\" checked>"))
        let paper = try await alice.get("\(Self.place)/paper").text
        #expect(paper.contains("Bob Baker") && paper.contains("Vera &amp; Sons"))
    }
}
