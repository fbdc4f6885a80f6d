import ReferralGroup

/// A single entry that a mail puts into its reader's calendar, or takes out of it (iTIP, RFC 5546).
///
/// Nobody but the reader is named with an address: the mail's sender stands for whoever invites, and answers are given
/// on a page.
package struct CalendarInvitation: Sendable {
    package let event: CalendarEvent
    /// The address that sends the mail, and the name that is shown for it.
    package let sender: (name: String, address: String)
    package let reader: String
    /// Whether the reader has said yes, or invites.
    package let comes: Bool

    package init(event: CalendarEvent, sender: (name: String, address: String), reader: String, comes: Bool) {
        self.event = event
        self.sender = sender
        self.reader = reader
        self.comes = comes
    }

    /// What the entry is for, as the header of the mail says it, too.
    package var method: String {
        event.isCancelled ? "CANCEL" : "REQUEST"
    }

    package var text: String {
        var lines = ContentLines()
        lines.add("BEGIN", "VCALENDAR")
        lines.add("VERSION", "2.0")
        lines.add("PRODID", text: "-//Chapterhouse//Chapterhouse//EN")
        lines.add("CALSCALE", "GREGORIAN")
        lines.add("METHOD", method)
        event.write(to: &lines) { lines in
            lines.add("ORGANIZER;CN=\(ContentLines.quoted(sender.name))", "mailto:\(sender.address)")
            let standing = comes ? "ACCEPTED" : "NEEDS-ACTION"
            lines.add("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=\(standing);RSVP=FALSE", "mailto:\(reader)")
        }
        lines.add("END", "VCALENDAR")
        return String(decoding: lines.bytes, as: UTF8.self)
    }
}
