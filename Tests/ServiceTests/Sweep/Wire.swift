import TestSupport
import Testing

/// A request as it goes over the wire, on a connection of its own.
struct WireQuestion: Hashable, Sendable {
    let method: String
    let address: String
    var headers: [String] = []
    var body = ""

    func send(to port: Int) async throws -> RawClient {
        let client = try RawClient(port: port)
        var lines = ["\(method) \(address) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        lines += headers
        if !body.isEmpty {
            lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        }
        await client.send((lines + ["", body]).joined(separator: "\r\n"))
        return client
    }

    /// Waits for the answer, which has to be a whole one.
    func ask(_ port: Int) async throws -> WireAnswer {
        let text = try await send(to: port).readToEnd()
        let answer = try #require(text, "\(method) \(address): no answer ever came")
        return try #require(WireAnswer(answer), "\(method) \(address) was answered in part: \(answer)")
    }

    /// Asks until the service can serve; a minute is a deadline against a hang.
    func insist(_ port: Int) async throws -> WireAnswer {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let answer = try await ask(port)
            guard answer.status == 503 || answer.status == 409, ContinuousClock.now < deadline else {
                return answer
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// An answer that came as a whole.
struct WireAnswer: Sendable {
    let status: Int
    let type: String
    let body: String

    /// Nil for what is no answer, or less than one.
    init?(_ text: String) {
        let parts = text.components(separatedBy: "\r\n\r\n", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let lines = parts[0].components(separatedBy: "\r\n")
        guard lines[0].hasPrefix("HTTP/1.1 "), let status = Int(lines[0].dropFirst(9).prefix(3)) else {
            return nil
        }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.components(separatedBy: ": ", maxSplits: 1)
            fields[pair[0].lowercased()] = pair.count == 2 ? pair[1] : ""
        }
        guard Int(fields["content-length"] ?? "0") == parts[1].utf8.count else { return nil }
        (self.status, type, body) = (status, fields["content-type"] ?? "", parts[1])
    }

    /// The last part of a problem's type; nil for what is none.
    var problem: String? {
        get throws {
            guard type.hasPrefix("application/problem+json") else { return nil }
            return try JSON(body)["type"]?.string?.split(separator: "/").last.map(String.init)
        }
    }

    /// Whether it says as it should that the service cannot serve now.
    var isUnavailable: Bool {
        get throws {
            guard status == 503 else { return false }
            return try problem == "unavailable" || problem == nil && body.hasSuffix("</html>\n")
        }
    }

    /// Without what stands in forms by chance.
    var bodyWithoutTokens: String {
        ["form_token", "once"].reduce(body) { text, name in
            text.components(separatedBy: "name=\"\(name)\" value=\"").enumerated().map { place, part in
                place == 0 ? part : String(part.drop { $0 != "\"" })
            }.joined()
        }
    }

    /// What two answers have in common that say the same: a problem has the id of its own request.
    var meaning: String {
        get throws {
            guard let problem = try problem else { return "\(status) \(type) \(bodyWithoutTokens)" }
            return "\(status) \(problem) \(try JSON(body)["detail"]?.string ?? "")"
        }
    }
}

extension String {
    /// By bytes: to Swift, `\r\n` is one character.
    fileprivate func components(separatedBy mark: String, maxSplits: Int = .max) -> [String] {
        var (parts, start, place) = ([String](), utf8.startIndex, utf8.startIndex)
        let mark = Array(mark.utf8)
        while place < utf8.endIndex, parts.count < maxSplits {
            guard utf8[place...].starts(with: mark) else {
                place = utf8.index(after: place)
                continue
            }
            parts.append(String(decoding: utf8[start..<place], as: UTF8.self))
            place = utf8.index(place, offsetBy: mark.count)
            start = place
        }
        return parts + [String(decoding: utf8[start...], as: UTF8.self)]
    }
}
