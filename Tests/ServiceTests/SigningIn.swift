import Identity
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Signing in at a browser` {
    static let page = "/chapters/worked-example/reports/roi?month=2026-10&as_of=2026-11-01T08:00:00Z"

    let worked: WorkedMonth
    let browser: Caller

    init() async throws {
        worked = try await WorkedMonth()
        browser = Caller(
            database: worked.scratch.database,
            accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        )
    }

    @Test func `begins with a form`() async throws {
        let answer = try await browser.get("/sign-in")
        #expect(answer.status == 200)
        #expect(answer["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.text.contains("<form method=\"post\" action=\"/sign-in\">"))
        #expect(answer.text.contains("name=\"password\" type=\"password\""))
        #expect(!answer.text.contains("role=\"alert\""))
    }

    @Test func `opens the chapters, and the return as a page`() async throws {
        let browser = try await signedIn(worked.ben)
        // As an officer Ben reads first that he will need a second factor.
        let home = try await browser.get("/")
        #expect(home.status == 200)
        #expect(home.text.contains("Good to see you, Ben Berg"))
        #expect(home.text.contains("href=\"/chapters/worked-example\""))
        #expect(home.text.contains("president"))
        #expect(try await signedIn(worked.anna).get("/")["Location"] == "/chapters/worked-example")
        let report = try await browser.get(Self.page)
        #expect(report.status == 200)
        #expect(report["Content-Type"] == "text/html; charset=utf-8")
        for figure in [
            "2\u{202f}750.50", "1\u{202f}100.20", "640.70", "\u{2212}113.71", "+139.4\u{202f}%", "573.21",
        ] {
            #expect(report.text.contains(">\(figure)<"), "\(figure)")
        }
    }

    @Test func `gives what the member may see and no more`() async throws {
        let report = try await signedIn(worked.anna).get(Self.page)
        #expect(report.text.contains("Fewer than 3 of the others earned"))
        #expect(!report.text.contains("Ben Berg"))
    }

    @Test func `is asked of whoever comes without a cookie`() async throws {
        let all = ["/", Self.page, "/chapters/nowhere/reports/roi"]
        for address in all {
            for cookie in [nil, "__Host-chapterhouse=", "__Host-chapterhouse=wrong", "chapterhouse=x"] {
                var stranger = browser
                stranger.cookie = cookie
                let answer = try await stranger.get(address)
                #expect(answer.status == 303)
                #expect(answer["Location"] == "/sign-in")
            }
        }
    }

    @Test func `shows a chapter one does not belong to as a page that is not there`() async throws {
        let answer = try await signedIn(worked.ben).get("/chapters/nowhere/reports/roi")
        #expect(answer.status == 404)
        #expect(answer["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.text.contains("There is nothing here."))
    }

    @Test func `explains a question that cannot be, with what was typed as text`() async throws {
        let address = "/chapters/worked-example/reports/roi?month=%3Csvg/onload=1%3E"
        let answer = try await signedIn(worked.ben).get(address)
        #expect(answer.status == 400)
        #expect(answer.text.contains("&lt;svg/onload&#61;1&gt;"))
        #expect(!answer.text.contains("<svg/onload"))
    }

    @Test func `ends by signing out, for whoever has kept the cookie, too`() async throws {
        let browser = try await signedIn(worked.ben)
        let answer = try await browser.post("/sign-out")
        #expect(answer.status == 303)
        #expect(answer["Location"] == "/sign-in")
        // Each cookie of ours ends by itself: to clear cookies is to clear those of all services of the domain.
        let cookies = answer.cookies.map { $0.split(separator: "; ").map(String.init) }
        #expect(cookies.map(\.first) == ["__Host-chapterhouse=", "__Host-form=", "__Host-visit="])
        for cookie in cookies {
            #expect(Set(cookie).isSuperset(of: ["Max-Age=0", "Path=/", "Secure", "HttpOnly"]))
        }
        #expect(answer["Clear-Site-Data"] == "\"cache\", \"storage\"")
        #expect(try await browser.get("/")["Location"] == "/sign-in")
    }

    /// The browser with the cookie of a session of the member's.
    private func signedIn(_ member: Membership) async throws -> Caller {
        var browser = browser
        browser.cookie = "__Host-chapterhouse=\(try await worked.scratch.openSession(of: member).text)"
        return browser
    }
}
