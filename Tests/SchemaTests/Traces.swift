@_spi(_Unicode) import Swift
import TestSupport

/// Somebody with a name that only they have, and the forms in which it, an address and a number may stand.
struct Traces: Sendable {
    let name = "Zoë Amélie Strüßmann"
    let email = "zoe.strüßmann@example.org"
    let phone = "+49 (0)30 901-88 77"

    /// How each form is called, and its bytes.
    var forms: [(label: String, bytes: [UInt8])] {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: name._nfd)
        let decomposed = String(scalars)
        let words = name.split(separator: " ").map(String.init)
        let escaped = name.unicodeScalars.map {
            $0.isASCII ? String($0) : "\\u00" + String($0.value, radix: 16)
        }.joined()
        let percent = name.utf8.map {
            $0 < 0x80 && $0 != 0x20 ? String(UnicodeScalar($0)) : "%" + hex($0).uppercased()
        }.joined()
        let texts: [(String, String)] =
            [
                ("composed", name), ("decomposed", decomposed), ("capitals", name.uppercased()),
                ("small", name.lowercased()),
                ("without accents", "Zoe Amelie Struessmann"), ("last name first", "Strüßmann, Zoë Amélie"),
                ("JSON", escaped), ("percent", percent),
                ("quoted-printable", percent.replacing("%", with: "=")),
                ("HTML", name.unicodeScalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }.joined()),
                ("address", email), ("address in capitals", email.uppercased()),
                ("address in a link", email.replacing("@", with: "%40")),
                ("number as written", phone), ("E.164", "+49309018877"), ("number at home", "030 901 88 77"),
                ("number abroad", "0049-30-9018877"),
            ] + words.map { ("word \($0)", $0) } + words.map { ("word \($0) in capitals", $0.uppercased()) }
        return texts.map { ($0, Array($1.utf8)) }
    }

    /// Forms in which nothing stores them now; a dump shows them all the same, were it so.
    var hiddenForms: [(label: String, bytes: [UInt8])] {
        let own = Array(name.utf8)
        return [
            ("hexadecimal", Array(own.map(hex).joined().utf8)),
            ("hexadecimal address", Array(email.utf8.map(hex).joined().utf8)),
            ("Base64", Array(base64(own).utf8)),
            ("Base64 address", Array(base64(Array(email.utf8)).utf8)),
            ("digits", Array("309018877".utf8)),
            ("reversed", Array(String(name.reversed()).utf8)),
        ]
    }

    /// All of it in one text, which a field may hold.
    var everything: String {
        forms.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: " | ")
    }

    /// The labels of the forms that stand in these bytes.
    func found(in bytes: [UInt8], hidden: Bool = false) -> [String] {
        (hidden ? forms + hiddenForms : forms).filter { form in
            // A dump doubles each backslash.
            let doubled = form.bytes.flatMap { $0 == UInt8(ascii: "\\") ? [$0, $0] : [$0] }
            return contains(bytes, form.bytes) || contains(bytes, doubled)
        }
        .map(\.label)
    }

    private func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            var start = 0
            while let next = all[start...].firstIndex(of: first), next + wanted.count <= all.count {
                if all[next..<next + wanted.count].elementsEqual(wanted) { return true }
                start = next + 1
            }
            return false
        }
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        // Whole groups only: the last one depends on what follows.
        return stride(from: 0, to: bytes.count - bytes.count % 3, by: 3).map { index in
            let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
            return String([18, 12, 6, 0].map { alphabet[group >> $0 & 63] })
        }.joined()
    }
}
