/// An address that somebody of a chapter enters, to which the service posts: `https://example.org/hook`.
///
/// Whom a name leads to is looked at when it is connected to.
package struct ReceiverAddress: Hashable, Sendable {
    package let text: String
    /// The host, with its port where one is written.
    package let host: String

    /// Why an address cannot be taken.
    package enum Fault: Error, Sendable {
        /// It is not `https://`, has another port, a user or a fragment, or a number that reads in several ways.
        case shape
        /// It says a number that is not on the public internet.
        case notPublic
    }

    package init(_ text: String, within reach: Reach) throws(Fault) {
        guard let address = WebAddress(text), address.isEncrypted else { throw .shape }
        let authority = text.dropFirst("https://".utf8.count).prefix { !"/?".contains($0) }
        let (name, port) = Self.parts(authority)
        guard port.isEmpty || UInt16(port).map({ Reach.ports.contains($0) }) ?? false else { throw .shape }
        if name.hasPrefix("[") {
            guard let number = IPAddress(String(name.dropFirst().dropLast())), number.bytes.count == 16 else {
                throw .shape
            }
            guard reach.permits(number) else { throw .notPublic }
        } else if Self.readsAsNumber(name) {
            guard let number = IPAddress(String(name)) else { throw .shape }
            guard reach.permits(number) else { throw .notPublic }
        } else if !reach.permitsNames(like: name) {
            throw .notPublic
        }
        self.text = text
        host = String(authority)
    }

    private static func parts(_ authority: Substring) -> (name: Substring, port: Substring) {
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        guard let colon = authority[end...].firstIndex(of: ":") else { return (authority, "") }
        return (authority[..<colon], authority[colon...].dropFirst())
    }

    /// Whether C's libraries take a host for a number: 127.1, 0x7f000001, 017700000001.
    private static func readsAsNumber(_ host: Substring) -> Bool {
        guard let last = host.split(separator: ".").last else { return true }
        let isHexadecimal = last.lowercased().hasPrefix("0x") && last.dropFirst(2).allSatisfy(\.isHexDigit)
        return isHexadecimal || last.allSatisfy(\.isNumber)
    }
}

extension Reach {
    /// Names that stand for the machine itself are refused at once where no network of the operator is open.
    fileprivate func permitsNames(like name: Substring) -> Bool {
        guard !hasNetworks else { return true }
        let plain = name.lowercased()
        let isLocal = plain == "localhost" || plain.hasSuffix(".localhost") || plain.hasSuffix(".localhost.")
        return !isLocal && plain != "localhost."
    }
}
