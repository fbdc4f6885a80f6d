import HTTPTypes
import Hummingbird
import NIOCore
import Pages

/// The fields of a form that a browser posted.
struct FormFields {
    static let sizeLimit = 16 << 10
    private(set) var values: [String: String] = [:]

    /// Fields that came otherwise than from a form: in a question.
    init(_ values: [String: String]) {
        self.values = values
    }

    /// Reads `application/x-www-form-urlencoded`; throws where it is something else, too large, no text or says a
    /// field twice.
    init(_ request: Request) async throws {
        guard Self.isForm(request) else {
            throw Problem(
                status: .unsupportedMediaType,
                kind: "media-type",
                detail: "Send a form: Content-Type: application/x-www-form-urlencoded"
            )
        }
        try self.init(body: try await request.body.collect(upTo: Self.sizeLimit).readableBytesView)
    }

    /// Reads what the body of a form says.
    init(body: some Collection<UInt8>) throws {
        for field in body.split(separator: UInt8(ascii: "&")) {
            let parts = field.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let name = Self.text(parts[0]),
                let value = Self.text(parts.count == 2 ? parts[1] : field.prefix(0))
            else {
                throw Problem.field(
                    "form",
                    "its fields have to be text in UTF-8 without NUL, percent-encoded"
                )
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem.field(name.utf8.count <= 40 ? name : "form", "it is given more than once")
            }
        }
    }

    static func isForm(_ request: Request) -> Bool {
        let type = (request.headers[.contentType] ?? "").lowercased().utf8.prefix { $0 != UInt8(ascii: ";") }
        return type.filter { $0 != 0x20 }.elementsEqual("application/x-www-form-urlencoded".utf8)
    }

    /// What every form of ours has beside what it asks for.
    static let own: Set<String> = ["form_token", "once"]

    subscript(name: String) -> String {
        values[name] ?? ""
    }

    private static func text(_ encoded: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var rest = encoded[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
                else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        // scrypt takes a password and the same with a NUL behind it for one; nobody types it.
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
