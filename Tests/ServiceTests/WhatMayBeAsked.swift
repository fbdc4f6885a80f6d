import HTTPTypes
import Hummingbird
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `What may be asked` {
    static let reports = "/api/v1/chapters/alder/reports/"
    static let tooLong = String(repeating: "x", count: 100_000)

    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test func `tells back no more than a line of what it does not understand`() async throws {
        // One character of many scalars is as long as many of one.
        let long = [
            (text: String(repeating: "x", count: 5_000), written: String(repeating: "x", count: 5_000)),
            (
                "a" + String(repeating: "\u{301}", count: 2_500),
                "a" + String(repeating: "%CC%81", count: 2_500)
            ),
        ]
        for (text, written) in long {
            for question in ["roi?month=\(written)", "roi?\(written)=1", "roi?as_of=\(written)"] {
                let answer = try await alice.get(Self.reports + question)
                #expect(try answer.isProblem(400) == "parameter")
                // A name is told as it was written, for it is none of ours.
                let told = question.hasSuffix("=1") ? written : text
                #expect(answer.text.contains(String(told.unicodeScalars.prefix(100)) + "…"))
                #expect(answer.text.utf8.count < 2_000, "\(question.prefix(20))")
            }
            let body = try await alice.json(
                .post,
                "/api/v1/chapters/alder/needs",
                #"{"\#(text)": 1, "text": "x"}"#
            )
            #expect(try body.isProblem(422) == "field")
            #expect(body.text.utf8.count < 2_000)
        }
    }

    @Test func `refuses what it does not understand`() async throws {
        let all = [
            "roi?month=2026-13", "roi?month=2026-00", "roi?month=2026-1", "roi?month=0000-01", "roi?month=",
            "roi?month", "roi?month=2026-10-01", "roi?month=2026-10%00", "roi?month=%00", "roi?month=%ff%fe",
            "roi?month=%c0%ae", "roi?month=%", "roi?month=%zz", "roi?month=２０２６-10",
            "roi?month=2026-10;as_of=x", "roi?month=2026-10&month=2026-10", "roi?monat=2026-10",
            "roi?Month=2026-10", "roi?month=2026-10&x=1", "roi?from=2026-10-01", "roi?%00=1", "roi?%ff=1",
            "roi?=", "roi?=1", "roi?as_of=now", "roi?as_of=2026-11-01", "roi?as_of=2026-11-01T08:00:00",
            "roi?as_of=2026-11-01T25:00:00Z", "roi?as_of=2026-11-01T08:00:00+25:00",
            "roi?as_of=2026-11-01T08:00:00%00", "roi?as_of=99999-11-01T08:00:00Z",
            "attendance?from=2026-02-29&to=2026-03-01",
            "attendance?from=2026-10-01&from=2026-10-01&to=2026-10-02", "attendance?month=2026-13",
            "attendance?form=json", "attendance?month=x&from=2026-10-01&to=2026-10-02",
            "roi?month=x&from=2026-09&to=2026-10", "giving/entries?month=x&from=2026-10-01&to=2026-10-02",
        ]
        for question in all {
            let answer = try await alice.get(Self.reports + question)
            #expect(try answer.isProblem(400) == "parameter")
            #expect(try answer.json["errors"]?.elements.count == 1)
        }
    }

    @Test func `refuses what does not go together`() async throws {
        for question in [
            "from=2026-10-01", "to=2026-10-01", "from=2026-10-02&to=2026-10-01",
            "month=2026-10&from=2026-10-01&to=2026-10-31",
        ] {
            let answer = try await alice.get(Self.reports + "attendance?" + question)
            #expect(try answer.isProblem(422) == "unfit")
            #expect(try answer.json["errors"]?.elements.count == 1)
        }
    }

    @Test func `says which parameter, and what it takes`() async throws {
        let problem = try await alice.get(Self.reports + "roi?month=2026-13").json
        let error = try #require(problem["errors"]?.elements.first)
        #expect(error["pointer"] == .string("month"))
        #expect(error["message"] == .string("month: “2026-13” is not right; give a month such as 2026-10"))
    }

    @Test func `refuses a question of a hundred thousand letters`() async throws {
        for question in ["roi?month=\(Self.tooLong)", "roi?\(Self.tooLong)", "roi?\(Self.tooLong)=1"] {
            try await alice.get(Self.reports + question).isProblem(400)
        }
        let many = String(repeating: "month=2026-10&", count: 10_000)
        try await alice.get(Self.reports + "roi?" + many).isProblem(400)
    }

    @Test func `finds nothing where nothing is`() async throws {
        let all = [
            "/api/v1/chapters/al%00der/reports/roi", "/api/v1/chapters/%ff%fe/reports/roi",
            "/api/v1/chapters/%/reports/roi", "/api/v1/chapters/%00/reports/roi",
            "/api/v1/chapters/Alder/reports/roi", "/api/v1/chapters/alder%2Freports/roi",
            "/api/v1/chapters/alder%27--/reports/roi", "/api/v1/chapters/../alder/reports/roi",
            "/api/v1/chapters/alder/reports", "/api/v1/chapters/alder/reports/roi.xml",
            "/api/v1/chapters/alder/reports/%00", "/api/v1/chapters/\(Self.tooLong)/reports/roi",
            "/api/v1/\(Self.tooLong)", "/api/v2/chapters/alder/reports/roi", "/%00", "/api",
            "/assets/..%2f..%2fetc%2fpasswd", "/assets/",
        ]
        for address in all {
            #expect(try await alice.get(address).isProblem(404) == "not-found")
        }
    }

    @Test func `takes the ends of what it understands`() async throws {
        let all = [
            "attendance?from=2026-10-01&to=2026-10-01", "roi?month=0001-01", "roi?month=9999-12", "roi?",
            "roi?month=%32026-10",
        ]
        for question in all {
            let answer = try await alice.get(Self.reports + question)
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    @Test func `changes nothing by reading`() async throws {
        for method in [.post, .put, .delete, .patch] as [HTTPRequest.Method] {
            let answer = try await alice.send(method, Self.reports + "roi", body: ByteBuffer(string: "{}"))
            #expect((400..<500).contains(answer.status))
        }
    }

    @Test func `is answered with the headers that keep figures private`() async throws {
        let all = [
            "roi?month=2026-10", "roi.csv?month=2026-10", "attendance?month=2026-10",
            "attendance.csv?month=2026-10", "roi?month=2026-13", "nothing", "../../nowhere/reports/roi",
        ]
        for question in all {
            var outsider = alice
            outsider.token = nil
            for caller in [alice, outsider] {
                try expectPrivacy(try await caller.get(Self.reports + question))
            }
        }
    }

    @Test func `is answered with them in a browser, too`() async throws {
        let all = [
            "/", "/sign-in", "/chapters/alder/reports/roi", "/chapters/nowhere/reports/roi", "/nothing",
        ]
        for address in all {
            var browser = alice
            browser.accept = "text/html,application/xhtml+xml"
            try expectPrivacy(try await browser.get(address))
            browser.token = nil
            let answer = try await browser.get(address)
            if answer.status != 303 { try expectPrivacy(answer) }
        }
    }

    @Test func `may be kept only where it says nothing of anybody`() async throws {
        let all = ["/assets/chapterhouse.css", "/assets/chapterhouse.svg"]
        for address in all {
            let answer = try await Caller(database: sample.database).get(address)
            #expect(answer.status == 200)
            #expect(answer["Cache-Control"] == "public, max-age=3600")
            #expect(answer["X-Content-Type-Options"] == "nosniff")
        }
    }

    private func expectPrivacy(_ answer: Answer) throws {
        let policy = try #require(answer["Content-Security-Policy"])
        for directive in [
            "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'",
        ] {
            #expect(policy.contains(directive))
        }
        #expect(!policy.contains("unsafe"))
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["Cache-Control"] == "no-store")
        #expect(answer["Referrer-Policy"] == "no-referrer")
        #expect(
            answer["Content-Type"]?.contains("; charset=utf-8") == true,
            "\(answer["Content-Type"] ?? "none")"
        )
    }
}
