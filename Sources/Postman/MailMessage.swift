import FoundationEssentials
import ReferralGroup

/// A mail as it goes over the line (RFC 5322): in plain text, and beside it in HTML where there is some.
package struct MailMessage: Sendable {
    package let sender: Mailbox
    package let recipient: String
    /// The header and the body, every line ended by CR LF.
    package let bytes: [UInt8]

    /// Refuses what would begin a header of its own, and addresses that no server is sure to understand.
    ///
    /// `stoppedAt` is where one click stops mails like it (RFC 8058).
    package init(
        from sender: Mailbox,
        to recipient: String,
        subject: String,
        body: String,
        html: String? = nil,
        calendar: (method: String, text: String)? = nil,
        stoppedAt: String? = nil,
        date: Instant,
        id: String
    ) throws(MailMessageError) {
        try Self.check(subject, .subject)
        try Self.check(id, .messageID)
        try Self.check(stoppedAt ?? "", .stopping)
        try Self.checkAddress(recipient, .recipient)
        try Self.checkAddress(sender.address, .sender)
        try Self.check(sender.name ?? "", .sender)
        let domain = sender.address.utf8.split(separator: UInt8(ascii: "@")).last.flatMap { String($0) }
        var header = [
            "From: \(sender.header)",
            "To: <\(recipient)>",
            "Subject: \(EncodedWords.text(subject, after: "Subject: ".utf8.count))",
            "Date: \(date.mailDate)",
            "Message-ID: <\(id)@\(domain ?? "localhost")>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
        if let stoppedAt {
            header += [
                "List-Unsubscribe: <\(stoppedAt)>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            ]
        }
        self.sender = sender
        self.recipient = recipient
        var parts = [Self.part("plain", body)]
        if let html { parts.append(Self.part("html", html)) }
        if let calendar {
            try Self.check(calendar.method, .calendar)
            parts.append(Self.part("calendar; method=\(calendar.method)", calendar.text))
        }
        bytes = Self.lines(header) + (parts.count == 1 ? parts[0] : Self.alternatives(parts, id))
    }

    /// One text and its own header.
    private static func part(_ kind: String, _ text: String) -> [UInt8] {
        lines(["Content-Type: text/\(kind); charset=utf-8", "Content-Transfer-Encoding: quoted-printable"])
            + lineEnd + QuotedPrintable.encode(text)
    }

    /// The same in several ways, the best one last; between them a line that no quoted-printable text has.
    private static func alternatives(_ parts: [[UInt8]], _ id: String) -> [UInt8] {
        let boundary = "=_\(id)"
        return lines(["Content-Type: multipart/alternative; boundary=\"\(boundary)\""])
            + parts.flatMap { lines(["", "--\(boundary)"]) + $0 } + lines(["", "--\(boundary)--"])
    }

    private static func lines(_ texts: [String]) -> [UInt8] {
        texts.flatMap { Array($0.utf8) + lineEnd }
    }

    static let lineEnd: [UInt8] = [0x0d, 0x0a]

    private static func check(_ text: String, _ field: MailMessageError.Field) throws(MailMessageError) {
        guard text.utf8.allSatisfy({ $0 != 0x0d && $0 != 0x0a && $0 != 0 }) else {
            throw MailMessageError(field: field, reason: .lineBreakOrNUL)
        }
    }

    private static func checkAddress(
        _ text: String,
        _ field: MailMessageError.Field
    ) throws(MailMessageError) {
        try check(text, field)
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw MailMessageError(field: field, reason: .notASCII)
        }
        guard EmailAddress(text) != nil else { throw MailMessageError(field: field, reason: .noAddress) }
    }
}

/// Why a mail cannot be written at all.
package struct MailMessageError: Error, Hashable, CustomStringConvertible {
    package enum Field: String, Sendable {
        case sender, recipient, subject
        case messageID = "message id"
        case stopping = "address that stops it"
        case calendar = "calendar's method"
    }

    package enum Reason: String, Sendable {
        case lineBreakOrNUL = "holds a line break or NUL"
        case notASCII = "has letters that not every mail server takes"
        case noAddress = "is no address"
        case unknownKind = "is of a kind that this program does not know"
    }

    package let field: Field
    package let reason: Reason

    package init(field: Field, reason: Reason) {
        self.field = field
        self.reason = reason
    }

    package var description: String {
        "the \(field.rawValue) \(reason.rawValue)"
    }
}

/// Who sends: `chapter@example.org`, or `Cedar <chapter@example.org>`.
package struct Mailbox: Sendable, Hashable, LosslessStringConvertible {
    package let name: String?
    package let address: String

    package init?(_ text: String) {
        guard let line = PlainText.line(text) else { return nil }
        let bytes = Array(line.utf8)
        guard bytes.last == UInt8(ascii: ">"), let open = bytes.lastIndex(of: UInt8(ascii: "<")) else {
            guard let address = EmailAddress(line)?.description, address.utf8.allSatisfy({ $0 < 0x80 })
            else { return nil }
            self.name = nil
            self.address = address
            return
        }
        let inner = String(decoding: bytes[(open + 1)..<(bytes.count - 1)], as: UTF8.self)
        guard let address = EmailAddress(inner)?.description, address.utf8.allSatisfy({ $0 < 0x80 }) else {
            return nil
        }
        let name = PlainText.line(String(decoding: bytes[..<open], as: UTF8.self)) ?? ""
        self.name = name.isEmpty ? nil : name
        self.address = address
    }

    package var description: String {
        name.map { "\($0) <\(address)>" } ?? address
    }

    fileprivate var header: String {
        guard let name else { return "<\(address)>" }
        return "\(EncodedWords.phrase(name, after: "From: ".utf8.count)) <\(address)>"
    }
}

extension Instant {
    /// `Sat, 21 Nov 2026 08:00:00 +0000`.
    fileprivate var mailDate: String {
        let text = description.utf8
        let date = LocalDate(String(decoding: text.prefix(10), as: UTF8.self)) ?? .earliest
        let time = String(decoding: text.dropFirst(11).prefix(8), as: UTF8.self)
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        // 1 January 1970 was a Thursday.
        let weekday = weekdays[((date.daysSinceEpoch % 7) + 7) % 7]
        let (year, month, day) = date.parts
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(time) +0000"
    }
}
