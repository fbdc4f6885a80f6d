/// The mail server that takes what is sent, and how it is reached.
package struct SMTPServer: Sendable {
    /// How the line is kept from other ears.
    package enum Encryption: String, Sendable {
        /// From the first byte: `smtps://`.
        case fromTheStart = "tls"
        /// By STARTTLS, without which nothing is said.
        case required = "starttls"
        case off
    }

    package let host: String
    package let port: Int
    package let user: String?
    package let password: String?
    package var encryption: Encryption
    /// The file of those who may vouch for the server; nil for those the system trusts.
    package var authorities: String?
    /// In milliseconds: a server that does not take the connection, and one that takes too long over all.
    package var connectLimit = 10_000
    package var totalLimit = 60_000
    /// One answer of the server, in whole seconds.
    ///
    /// libcurl takes its leave even after the total limit, and waits for the answer once more.
    package var replyLimit = 30

    /// Reads `smtp://user@host:587` or `smtps://user@host`; the password never stands in it.
    ///
    /// STARTTLS is required, but on this very machine, where nobody else is on the line.
    package init(
        _ url: String,
        password: String? = nil,
        encryption: Encryption? = nil,
        authorities: String? = nil
    ) throws(SMTPServerError) {
        let address = try SMTPAddress(url)
        if address.isEncrypted, let encryption, encryption != .fromTheStart {
            throw SMTPServerError(message: "smtps:// is encrypted from the start; for STARTTLS write smtp://")
        }
        if !address.isEncrypted, encryption == .fromTheStart {
            throw SMTPServerError(message: "for encryption from the start write smtps://")
        }
        if let password, password.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
            throw SMTPServerError(message: "the password holds a control character")
        }
        guard (address.user == nil) == (password == nil) else {
            let missing = password == nil ? "password" : "user"
            throw SMTPServerError(message: "user and password go together; there is no \(missing)")
        }
        host = address.host
        port = address.port
        user = address.user
        self.password = password
        self.authorities = authorities
        let byDefault: Encryption = address.isLoopback ? .off : .required
        self.encryption = address.isEncrypted ? .fromTheStart : encryption ?? byDefault
    }

    /// The address without the password.
    package var url: String {
        let scheme = encryption == .fromTheStart ? "smtps" : "smtp"
        let host = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(scheme)://\(user.map { "\($0)@" } ?? "")\(host):\(port)"
    }
}

/// A setting of the mail server that cannot be used.
package struct SMTPServerError: Error, Sendable {
    package let message: String
}

/// `smtp://user@host:587`, read by bytes.
private struct SMTPAddress {
    let isEncrypted: Bool
    let user: String?
    let host: String
    let port: Int

    var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 < 0x3a })
    }

    init(_ url: String) throws(SMTPServerError) {
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw Self.unreadable }
        var rest: Substring.UTF8View
        if url.hasPrefix("smtps://") {
            (isEncrypted, rest) = (true, url.dropFirst(8).utf8)
        } else if url.hasPrefix("smtp://") {
            (isEncrypted, rest) = (false, url.dropFirst(7).utf8)
        } else {
            throw Self.unreadable
        }
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
            let user = rest[..<at]
            guard !user.contains(UInt8(ascii: ":")) else {
                throw SMTPServerError(
                    message: "the password does not belong in the address, where others read it"
                )
            }
            guard let text = String(user), !text.isEmpty else { throw Self.unreadable }
            self.user = text
            rest = rest[rest.index(after: at)...]
        } else {
            user = nil
        }
        (host, port) = try Self.hostAndPort(Array(rest), byDefault: isEncrypted ? 465 : 587)
    }

    private static func hostAndPort(
        _ bytes: [UInt8],
        byDefault: Int
    ) throws(SMTPServerError) -> (String, Int) {
        var name = bytes[...]
        var digits: ArraySlice<UInt8>?
        if bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")) {
            name = bytes[1..<close]
            let after = bytes[(close + 1)...]
            guard after.isEmpty || after.first == UInt8(ascii: ":") else { throw unreadable }
            if !after.isEmpty { digits = after.dropFirst() }
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            (name, digits) = (bytes[..<colon], bytes[(colon + 1)...])
        }
        let port = digits.map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 } ?? byDefault
        guard !name.isEmpty, name.allSatisfy(isOfHost), (1...65_535).contains(port) else { throw unreadable }
        return (String(decoding: name, as: UTF8.self), port)
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static var unreadable: SMTPServerError {
        SMTPServerError(
            message: "write it like smtp://user@mail.example.org:587 or smtps://user@mail.example.org"
        )
    }
}
