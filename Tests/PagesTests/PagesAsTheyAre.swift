import Foundation
import Glibc
import Pages
import ReferralGroup
import TestSupport
import Testing

@Suite struct `Pages as they are` {
    struct Page: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let html: HTML

        var text: String { html.text }
    }

    static let pages: [Page] = {
        let token = FormToken("0123")
        let moment = Instant(microsecondsSinceEpoch: 1_793_520_000_000_000)
        let alder = ChapterLink(slug: "alder", name: "Alder", roles: [])
        var all = [
            Page(
                testDescription: "sign in",
                html: signInPage(email: "", problem: nil, formToken: token)
            ),
            Page(
                testDescription: "sign in again",
                html: signInPage(
                    email: "a@example.org",
                    problem: "This is not your password.",
                    formToken: token
                )
            ),
            Page(testDescription: "link sent", html: linkSentPage(to: "a@example.org")),
            Page(
                testDescription: "code",
                html: codePage(problem: "This is not your password.", formToken: token)
            ),
            Page(
                testDescription: "prove",
                html: provePage(email: "", then: "/account", problem: nil, formToken: token)
            ),
            Page(
                testDescription: "shown once",
                html: shownOncePage(
                    title: "Your token",
                    explanation: "A program sends it as: Authorization: Bearer … It is shown only now.",
                    lines: ["1234-5678", "8765-4321"]
                )
            ),
            Page(testDescription: "no chapter", html: homePage(name: "Alice", chapters: [])),
            Page(testDescription: "home", html: homePage(name: "Alice", chapters: [alder, alder])),
            Page(
                testDescription: "home of an officer without a second factor",
                html: homePage(
                    name: "Alice",
                    chapters: [ChapterLink(slug: "alder", name: "Alder", roles: [], secondFactorIn: 9)]
                )
            ),
            Page(
                testDescription: "problem",
                html: problemPage(status: 404, title: "Not Found", detail: "There is nothing here.")
            ),
        ]
        for purpose in [LinkPage.signIn, .invitation, .reset, .email] {
            let page = linkPage(
                name: "Alice",
                email: "a@example.org",
                purpose: purpose,
                problem: "This is not your password.",
                formToken: token
            )
            all.append(Page(testDescription: "link \(purpose)", html: page))
        }
        for factor in [
            AccountView.SecondFactor.none, .begun(key: "ABCD", uri: "otpauth://totp/x?secret=ABCD"),
            .on(recoveryCodes: 9),
        ] {
            let account = AccountView(
                name: "Alice",
                email: "a@example.org",
                secondFactor: factor,
                isSecondFactorWanted: true,
                devices: [
                    .init(id: "1", agent: "a browser", seen: moment, isThisOne: true),
                    .init(id: "2", agent: nil, seen: moment, isThisOne: false),
                ],
                tokens: [
                    .init(id: "1", name: "laptop", expires: moment, used: nil),
                    .init(id: "2", name: "desktop", isReadOnly: true, expires: moment, used: moment),
                ]
            )
            let page = accountPage(
                account,
                notice: "You were signed in nowhere else.",
                problem: "This is not your password.",
                formToken: token
            )
            all.append(Page(testDescription: "account, \(factor)", html: page))
        }
        for isEmpty in [true, false] {
            var sample = SampleReturn()
            sample.isEmpty = isEmpty
            sample.withheld = ["received"]
            sample.unconverted = ["thanks of 2026-10-20 in SEK"]
            do {
                all.append(
                    Page(testDescription: isEmpty ? "empty return" : "return", html: try sample.html())
                )
            } catch {
                Issue.record(error)
            }
        }
        do {
            all += try SamplePages.all() + SampleNights.all() + SampleChapters.all() + SampleSeats.all()
            all += try SampleFollowUps.all()
            all += try SampleOffices.all() + SampleDues.all() + SampleOperators.all()
            all += try SampleCalendars.all() + SampleInvitations.all()
            all += try SampleWebhooks.all()
        } catch {
            Issue.record(error)
        }
        return all
    }()

    @Test(arguments: pages)
    func `close every tag they open, in order`(_ page: Page) {
        let tags = Tags(of: page.text)
        #expect(tags.problems.isEmpty)
        #expect(tags.names.first == "!doctype")
        #expect(tags.names.last == "/html")
        #expect(tags.names.count { $0 == "h1" } == 1)
        #expect(tags.names.count { $0 == "main" } == 1)
    }

    @Test(arguments: pages)
    func `hold nothing that their security policy forbids`(_ page: Page) {
        let tags = Tags(of: page.text)
        #expect(!tags.names.contains { ["style", "iframe", "object", "embed", "base"].contains($0) })
        // A script comes from a file of ours, never within the page.
        #expect(page.text.utf8.count(of: Array("<script".utf8)) == 1)
        #expect(page.text.contains("<script src=\"/assets/chapterhouse.js\" defer></script>"))
        for attribute in tags.attributes {
            let name = attribute.prefix { $0 != "=" }
            #expect(name != "style" && !name.utf8.starts(with: "on".utf8), "\(attribute)")
            guard ["src", "href", "action"].contains(name) else { continue }
            // An app for one-time passwords, a telephone, a mail program, a calendar are asked by a link that a person follows.
            let isOurs =
                ["otpauth://totp/", "tel:", "mailto:", "webcal:"].contains {
                    attribute.hasPrefix("href=\"\($0)")
                }
                || attribute.contains("=\"/") && !attribute.contains("=\"//") || attribute.contains("=\"#")
            #expect(isOurs, "\(attribute)")
        }
    }

    @Test func `name the assets that there are`() {
        let assets = Asset.all.map { "/assets/\($0.name)" }
        for page in Self.pages {
            let named = Tags(of: page.text).attributes.filter { $0.contains("/assets/") }.compactMap {
                $0.split(separator: "\"").last.map(String.init)
            }
            #expect(!named.isEmpty && named.allSatisfy { assets.contains($0) })
        }
    }

    @Test func `have a small style sheet that asks nobody else`() throws {
        let sheet = try #require(Asset.all.first { $0.type.utf8.starts(with: "text/css".utf8) }).text
        #expect(try compressed(sheet) < 20_000)
        #expect(!sheet.contains("@import") && !sheet.contains("url(") && !sheet.contains("expression"))
        #expect(sheet.utf8.count(of: Array("{".utf8)) == sheet.utf8.count(of: Array("}".utf8)))
        for media in ["prefers-color-scheme: dark", "print"] { #expect(sheet.contains(media)) }
    }

    /// How many bytes a text has as browsers ask for it.
    private func compressed(_ text: String) throws -> Int {
        let (gzip, input, output) = (Process(), Pipe(), Pipe())
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = ["-c"]
        (gzip.standardInput, gzip.standardOutput) = (input, output)
        try gzip.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        gzip.waitUntilExit()
        return bytes.isEmpty ? .max : bytes.count
    }

    @Test func `show a small return as it was last agreed`() throws {
        try expectFile("monthly-return.html", holds: try SampleReturn().page())
    }

    /// `UPDATE_EXPECTED=1` writes the file anew; what has changed is then for the review to judge.
    private func expectFile(_ name: String, holds text: String) throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let path = folder.joined(separator: "/") + "/" + name
        if getenv("UPDATE_EXPECTED").map({ String(cString: $0) }) == "1" {
            let file = try #require(fopen(path, "w"))
            fputs(text, file)
            fclose(file)
        }
        let file = try #require(fopen(path, "r"), "\(name) is missing; make it with UPDATE_EXPECTED=1")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        #expect(lines.count == expected.count)
        for (line, wanted) in zip(lines, expected) { #expect(line == wanted) }
    }
}

@Suite struct `Forms` {
    @Test(arguments: `Pages as they are`.pages)
    func `carry the token that shows whose page they stand on`(_ page: `Pages as they are`.Page) {
        let forms = Tags(of: page.text).attributes.count { $0 == "method=\"post\"" }
        #expect(page.text.utf8.count(of: Array("name=\"form_token\" value=\"0123\"".utf8)) == forms)
    }
}
