import Testing

/// What two readers of the same bytes could take for different requests.
@Suite
struct `A request within a request` {
    private static let head = "POST /sign-in HTTP/1.1\r\nHost: a\r\n"
    private static let smuggled = "GET /sign-in/code HTTP/1.1\r\nHost: a\r\n\r\n"

    /// All of it as it is sent.
    static let all =
        (lengths + codings + lines).map { head + $0 + smuggled }
        + beginnings.map { "\($0)\r\nHost: a\r\n\r\n\(smuggled)" } + bodies

    static let lengths: [String] = [
        // The length says one thing and the coding another, in either order.
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\nG\r\n0\r\n\r\n",
        // Two lengths, or what is none.
        "Content-Length: 0\r\nContent-Length: 43\r\n\r\n", "Content-Length: 43\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0, 43\r\n\r\n", "Content-Length: 5, 5\r\n\r\nabcde",
        "Content-Length: +5\r\n\r\nabcde",
        "Content-Length: 0x5\r\n\r\nabcde", "Content-Length: 5 5\r\n\r\nabcde", "Content-Length: \r\n\r\n",
        "Content-Length: 5\u{0b}\r\n\r\nabcde", "Content-Length: \u{0665}\r\n\r\nabcde",
        "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length : 5\r\n\r\nabcde",
        "Content-Length: 1e1\r\n\r\nabcde",
    ]

    static let codings: [String] = [
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\u{0b}\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u{0b}chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", "Transfer-Encoding: ;chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding:\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\nab\n0\n\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
    ]

    static let lines: [String] = [
        // A header that goes on in the next line, a line that ends in half of an end.
        "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", "X: y\r\n\tz\r\n\r\n",
        "X: y\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "X: y\n\n", ": y\r\n\r\n", "X y\r\n\r\n",
        "X\u{0}: y\r\n\r\n", "X: \u{7f}\r\n\r\n", "\u{e9}: y\r\n\r\n", "X(: y\r\n\r\n",
    ]

    static let beginnings: [String] = [
        "GET\t/sign-in HTTP/1.1",
        "GET /sign-in HTTP/1.1 ",
        "GET /sign-in\tHTTP/1.1", "GET /sign-in HTTP/1.1x", "GET /sign-in HTTP/2.0", "GET /sign-in HTTP/0.9",
        "GET /sign-in", "get /sign-in HTTP/1.1", "G\u{e9}T /sign-in HTTP/1.1", "GET /sign-in http/1.1",
        "GET /a b HTTP/1.1", "OPTIONS * HTTP/1.1", "GET /sign-in#x HTTP/1.1", "PRI * HTTP/2.0",
    ]

    /// Requests whose body looks like one, and is as long as they say.
    static let bodies: [String] = [
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: \(smuggled.utf8.count)\r\n\r\n\(smuggled)",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "\(String(smuggled.utf8.count, radix: 16))\r\n\(smuggled)\r\n0\r\n\r\n",
    ]

    @Test(arguments: lengths + codings + lines)
    func `is not answered`(_ rest: String) async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            await client.send(Self.head + rest + Self.smuggled)
            let answer = await client.readToEnd()
            try expectRefusal(answer, [400, 413])
            #expect(answer?.components(of: "HTTP/1.1 ") == 1)
        }
    }

    @Test(arguments: beginnings)
    func `begins with a line that is one`(_ line: String) async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            await client.send("\(line)\r\nHost: a\r\n\r\n" + Self.smuggled)
            let answer = await client.readToEnd()
            try expectRefusal(answer, [400, 505])
            #expect(answer?.components(of: "HTTP/1.1 ") == 1)
        }
    }

    @Test func `is no rest of a body that nobody read`() async throws {
        // It is skipped, and the one behind it is answered.
        try await serving { port in
            for request in Self.bodies {
                let client = try RawClient(port: port)
                await client.send(request + "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let answer = try #require(await client.readToEnd())
                let statuses = answer.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
                #expect(statuses == ["404", "404"], "\(answer)")
            }
        }
    }
}
