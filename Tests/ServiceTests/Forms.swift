import HTTPTypes
import Hummingbird
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Form fields` {
    static let type = "application/x-www-form-urlencoded"
    let caller: Caller

    init() async throws {
        caller = Caller(database: try await SampleChapter().database)
    }

    @Test(arguments: [
        ("email=a%40example.org", "a@example.org"), ("email=a@example.org", "a@example.org"),
        ("email=a+b", "a b"), ("email=a%2Bb", "a+b"), ("email=a%2bb", "a+b"), ("email=", ""), ("email", ""),
        ("", ""), ("&&&", ""), ("email=a=b==", "a&#61;b&#61;&#61;"), ("=x&email=y", "y"),
        ("email=%C3%A4", "\u{e4}"), ("email=\u{e4}", "\u{e4}"), ("email=%F0%9F%8F%A1", "\u{1f3e1}"),
        ("%65mail=x", "x"), ("Email=x", ""), ("email=%3Cb%3E", "&lt;b&gt;"), ("email=%2541", "%41"),
        ("email=a%26purpose%3Dreset", "a&amp;purpose&#61;reset"),
    ])
    func `are decoded`(_ form: String, _ shown: String) async throws {
        let answer = try await send(form)
        #expect(answer.status == 200)
        #expect(answer.text(after: "If <b>", before: "</b>") == shown)
    }

    @Test(arguments: [
        "email=%", "email=%4", "email=%zz", "email=%+1", "email=%-1", "email=% 1", "%=x", "email=%ff",
        "email=%C0%AE", "email=%ED%A0%80", "email=%F4%90%80%80", "email=%C3", "email=x%00", "%00=x",
        "email=\0", "email=%C3&x=%A4",
    ])
    func `are text`(_ form: String) async throws {
        #expect(try await send(form).isProblem(422) == "field")
    }

    @Test(arguments: [
        "email=a&email=b", "email=a&email=a", "email&email", "email=a&e%6Dail=b", "email=a&x=1&%65mail=b",
        "=a&=b",
        "form_token=a&form_token=b",
    ])
    func `are said once`(_ form: String) async throws {
        #expect(try await send(form).isProblem(422) == "field")
    }

    @Test func `are not more than 16 KB`() async throws {
        let most = "email=" + String(repeating: "x", count: 16 << 10 - 6)
        #expect(most.utf8.count == 16 << 10)
        #expect(try await send(most).status == 200)
        try await send(most + "x").isProblem(413)
        try await send(String(repeating: "&", count: 1 << 20)).isProblem(413)
        #expect(try await send(String(repeating: "&", count: 16 << 10)).status == 200)
        try await send(String(repeating: "a&", count: 8 << 10)).isProblem(422)
        let many = (0..<2000).map { "f\($0)=\($0 % 10)" }.joined(separator: "&")
        #expect(try await send(many).status == 200)
    }

    @Test(arguments: [
        nil, "", "application/json", "text/plain", "multipart/form-data; boundary=x",
        "application/x-www-form",
        "application/x-www-form-urlencodedx", "text/plain; application/x-www-form-urlencoded", "\u{e4}",
    ])
    func `come as a form`(_ type: String?) async throws {
        #expect(try await send("email=a", type: type).isProblem(415) == "media-type")
    }

    @Test(arguments: [
        "application/x-www-form-urlencoded; charset=utf-8", "APPLICATION/X-WWW-FORM-URLENCODED",
        "application/x-www-form-urlencoded;charset=UTF-8", "application/x-www-form-urlencoded ;x",
    ])
    func `come as a form, however that is written`(_ type: String) async throws {
        #expect(try await send("email=a", type: type).status == 200)
    }

    @discardableResult
    private func send(_ form: String, type: String? = Self.type) async throws -> Answer {
        var headers: HTTPFields = [try #require(HTTPField.Name("Sec-Fetch-Site")): "same-origin"]
        headers[.contentType] = type
        return try await caller.send(.post, "/sign-in/link", headers: headers, body: ByteBuffer(string: form))
    }
}
