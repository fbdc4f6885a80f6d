import HTTPTypes
import Printing
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `The formats of a report` {
    static let address = "/api/v1/chapters/worked-example/reports/roi"
    static let question = "?month=2026-10&as_of=2026-11-01T08:00:00Z"
    static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    let ben: Caller

    init() async throws {
        let worked = try await WorkedMonth()
        let acting = worked.scratch.database.acting(as: .system(door: .cli), in: worked.chapter.id)
        ben = Caller(database: worked.scratch.database, token: try await acting.token(of: worked.ben))
    }

    @Test func `follow what the reader likes best`() async throws {
        for (accepted, type) in [
            (nil, "application/json"), ("", "application/json"), ("*/*", "application/json"),
            ("application/*", "application/json"), ("text/*", "text/csv"), ("text/csv", "text/csv"),
            ("TEXT/HTML", "text/html"), ("text/html;q=0.5, text/csv;q=0.6", "text/csv"),
            ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"), (Self.xlsx, Self.xlsx),
            ("application/json;q=0, */*", "text/csv"),
            ("application/json; q=0.001, text/csv;q=0", "application/json"),
            ("text/*;q=0.9, text/csv;q=0.1, text/html", "text/html"), ("nonsense", "application/json"),
            ("image/png, text/csv ; q=0.2", "text/csv"),
        ] {
            var ben = ben
            ben.accept = accepted
            let answer = try await ben.get(Self.address + Self.question)
            #expect(answer.status == 200)
            #expect(answer["Content-Type"]?.hasPrefix(type) == true, "\(accepted ?? "nothing")")
            // What people read is in their language.
            let isSaid = type == "text/html" || type == Self.xlsx
            #expect(answer["Vary"] == (isSaid ? "Accept, Cookie, Accept-Language" : "Accept"))
        }
    }

    @Test(arguments: ["image/png", "*/*;q=0", "text/csv;q=0", "text/plain, image/*;q=0.9", "text/csv;q=2"])
    func `are listed to who accepts none`(_ accepted: String) async throws {
        var ben = ben
        ben.accept = accepted
        let answer = try await ben.get(Self.address + Self.question)
        #expect(try answer.isProblem(406) == "not-acceptable")
        for suffix in [".json", ".csv", ".html", ".xlsx", ".pdf"] { #expect(answer.text.contains(suffix)) }
    }

    @Test func `follow the suffix whatever is accepted, and have the names of files`() async throws {
        var ben = ben
        ben.accept = "image/png"
        let name = "attachment; filename=\"worked-example-roi-2026-10"
        for (suffix, type, disposition) in [
            ("json", "application/json; charset=utf-8", nil),
            ("csv", "text/csv; charset=utf-8; header=present", "\(name).csv\""),
            ("html", "text/html; charset=utf-8", "\(name).html\""),
            ("xlsx", Self.xlsx, "\(name).xlsx\""),
        ] {
            let answer = try await ben.get("\(Self.address).\(suffix)\(Self.question)")
            #expect(answer.status == 200 && answer["Content-Type"] == type)
            #expect(answer["Content-Disposition"] == disposition)
        }
    }

    @Test func `are all but PDF without a printer, which one who has it does not need`() async throws {
        let answer = try await ben.get("\(Self.address).pdf\(Self.question)")
        #expect(try answer.isProblem(503) == "no-pdf")
        #expect(answer.text.contains("WeasyPrint") && answer["Retry-After"] == "60")
        let known = try await ben.send(
            .get,
            "\(Self.address).pdf\(Self.question)",
            headers: [.ifNoneMatch: "*"]
        )
        #expect(known.status == 304)
    }

    @Test func `are shown by the browser where they are PDF`() async throws {
        var ben = ben
        ben.printer = Printer(program: TestPython.besides("weasyprint"))
        let answer = try await ben.get("\(Self.address).pdf\(Self.question)")
        #expect(answer.status == 200 && answer.text.hasPrefix("%PDF-"), "\(answer.text.prefix(300))")
        #expect(answer["Content-Type"] == "application/pdf")
        #expect(answer["Content-Disposition"] == "inline; filename=\"worked-example-roi-2026-10.pdf\"")
        #expect(answer["ETag"] != nil)
    }

    @Test func `are those of the entries as well`() async throws {
        let answer = try await ben.get(
            "/api/v1/chapters/worked-example/reports/giving/entries.xlsx?month=2026-10&as_of=2026-11-01T08:00:00Z"
        )
        #expect(answer.text.hasPrefix("PK"))
        let name = "worked-example-giving-entries-2025-11-to-2026-10.xlsx"
        #expect(answer["Content-Disposition"]?.contains(name) == true)
    }
}
