import FoundationEssentials
import HTTPTypes
import Hummingbird
import Identity

@testable import Exchange
@testable import Service

extension Fuzzed {
    static let requests = [
        Fuzzed("json") { bytes in
            guard let value = whatComes(of: { try JSONValue(bytes) }) else { return }
            _ = value.whole
            // Foundation's reader, which is another, takes it for the same.
            let other = whatComes { try JSONDecoder().decode(Tree.self, from: Data(bytes)) }
            if let other { try hold(other.isSame(as: value), "Foundation reads another value") }
        },
        Fuzzed("form") { bytes in
            guard let form = whatComes(of: { try FormFields(body: bytes) }) else { return }
            try hold(
                !form.values.contains { $0.key.utf8.contains(0) || $0.value.utf8.contains(0) },
                "NUL in a form"
            )
        },
        Fuzzed("multipart") { bytes in
            // The first line is the type, the rest the body.
            let line = bytes.prefix { $0 != 0x0A }
            guard let boundary = MultipartForm.boundary(in: Array(line).asText) else { return }
            guard let parts = MultipartForm.parts(of: Array(bytes.dropFirst(line.count + 1)), at: boundary)
            else {
                return
            }
            for part in parts {
                try hold(part.content.count <= bytes.count, "a part is larger than its form")
                _ = part.text
            }
        },
        Fuzzed("head") { bytes in
            let text = bytes.asText
            if RequestTarget.isAcceptable(text) {
                try hold(text.utf8.first == UInt8(ascii: "/") && !text.hasPrefix("//"), "\(text) is no path")
                try hold(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "blanks in a path")
                try hold(!text.utf8.prefix { $0 != 0x3F }.lowercasedContains("%00"), "NUL in a path")
            }
            var request = HTTPRequest(method: .get, scheme: "http", authority: "example.org", path: "/")
            request.headerFields[.cookie] = text
            let cookies = Request(head: request, body: RequestBody(buffer: ByteBuffer())).cookies
            _ = cookies[SignIn.cookie].flatMap { Secret($0.value) }
            if let network = TrustedProxies.Network(text) {
                try hold(TrustedProxies.Network(network.description) != nil, "\(network) is no network")
            }
            _ = TrustedProxies(["127.0.0.0/8"].compactMap(TrustedProxies.Network.init))
                .client(of: "127.0.0.1", forwardedFor: [text])
        },
    ]
}

extension Sequence<UInt8> {
    fileprivate func lowercasedContains(_ text: String) -> Bool {
        Array(self).asText.lowercased().contains(text)
    }
}

/// JSON as Foundation reads it.
private indirect enum Tree: Decodable {
    case null
    case bool(Bool)
    case number
    case string(String)
    case array([Tree])
    case object([String: Tree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let found = whatComes(of: { try value.decode(Bool.self) }) {
            self = .bool(found)
        } else if let found = whatComes(of: { try value.decode(String.self) }) {
            self = .string(found)
        } else if let found = whatComes(of: { try value.decode([Tree].self) }) {
            self = .array(found)
        } else if let found = whatComes(of: { try value.decode([String: Tree].self) }) {
            self = .object(found)
        } else {
            self = .number
        }
    }

    func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null), (.number, .number): true
        case (.bool(let one), .bool(let other)): one == other
        case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
        case (.array(let one), .array(let other)):
            one.count == other.count && zip(one, other).allSatisfy { $0.isSame(as: $1) }
        case (.object(let one), .object(let other)):
            one.count == other.count
                && one.allSatisfy { key, value in other[key].map { value.isSame(as: $0) } ?? false }
        default: false
        }
    }
}
