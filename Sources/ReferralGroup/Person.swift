/// One human with one login, member of any number of chapters.
package struct Person: Hashable, Sendable {
    package typealias ID = Identifier<Person, Int64>

    package let id: ID
    package let name: String
    package let email: EmailAddress?

    package init(id: ID, name: String, email: EmailAddress?) {
        self.id = id
        self.name = name
        self.email = email
    }
}

/// An address for mail, in lower case, with one `@` and no blanks or control characters.
package struct EmailAddress: Hashable, Sendable, LosslessStringConvertible {
    package let description: String
    private static let forbidden = Array(" <>()[],;:\\\"".utf8)

    package init?(_ text: String) {
        guard let line = PlainText.line(text), line.utf8.count <= 254 else { return nil }
        let parts = line.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), !parts[1].isEmpty else { return nil }
        guard line.utf8.allSatisfy({ !Self.forbidden.contains($0) }) else { return nil }
        guard parts[1].first != UInt8(ascii: "."), parts[1].last != UInt8(ascii: ".") else { return nil }
        description = line.lowercased()
    }
}
