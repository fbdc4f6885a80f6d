import ReferralGroup

/// Something that takes place from one moment to another, as programs for calendars read it.
package struct CalendarEvent: Sendable {
    /// The same whenever it is written, and no other event's anywhere: `meeting-7@chapter.example.org`.
    package let id: String
    package let startsAt: Instant
    package let minutes: Int
    package let title: String
    package let place: String?
    /// What is to be known of it, a line each.
    package let notes: [String]
    /// Where more of it is found.
    package let address: String?
    package let isCancelled: Bool
    /// Whether whoever has it in their calendar is busy then.
    package let takesTime: Bool
    /// How often it was changed, and when last.
    package let changes: Int
    package let changedAt: Instant

    package init(
        id: String,
        startsAt: Instant,
        minutes: Int,
        title: String,
        place: String? = nil,
        notes: [String] = [],
        address: String? = nil,
        isCancelled: Bool = false,
        takesTime: Bool = true,
        changes: Int = 0,
        changedAt: Instant
    ) {
        self.id = id
        self.startsAt = startsAt
        self.minutes = minutes
        self.title = title
        self.place = place
        self.notes = notes
        self.address = address
        self.isCancelled = isCancelled
        self.takesTime = takesTime
        self.changes = changes
        self.changedAt = changedAt
    }

    /// What a one-to-one is called wherever it stands: in the mail that puts it there, and in the calendar of each.
    package static func id(ofAppointment id: String, at baseURL: String) -> String {
        "one-to-one-\(id)@\(host(of: baseURL))"
    }

    /// The host of an address, with its port: `chapter.example.org`.
    package static func host(of baseURL: String) -> String {
        let parts = baseURL.split(separator: "/", maxSplits: 2)
        return parts.count > 1 ? String(parts[1]) : baseURL
    }

    /// `people` are the lines that say whose it is and who comes.
    func write(to lines: inout ContentLines, people: (inout ContentLines) -> Void = { _ in }) {
        lines.add("BEGIN", "VEVENT")
        lines.add("UID", text: id)
        lines.add("DTSTAMP", changedAt.inCalendar)
        lines.add("SEQUENCE", "\(changes)")
        lines.add("DTSTART", startsAt.inCalendar)
        lines.add("DTEND", startsAt.advanced(byMinutes: minutes).inCalendar)
        lines.add("STATUS", isCancelled ? "CANCELLED" : "CONFIRMED")
        lines.add("TRANSP", takesTime && !isCancelled ? "OPAQUE" : "TRANSPARENT")
        lines.add("SUMMARY", text: title)
        if let place { lines.add("LOCATION", text: place) }
        if !notes.isEmpty { lines.add("DESCRIPTION", text: notes.joined(separator: "\n")) }
        if let address { lines.add("URL", address) }
        people(&lines)
        lines.add("END", "VEVENT")
    }
}

extension Instant {
    /// `20261101T080000Z`: to the second, in UTC.
    fileprivate var inCalendar: String {
        String(
            decoding: description.utf8.prefix(19).filter {
                $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":")
            } + [UInt8(ascii: "Z")],
            as: UTF8.self
        )
    }

    fileprivate func advanced(byMinutes minutes: Int) -> Instant {
        let (later, overflow) = microsecondsSinceEpoch.addingReportingOverflow(
            Int64(Int32(clamping: minutes)) * 60_000_000
        )
        return overflow ? self : Instant(microsecondsSinceEpoch: later)
    }
}
