/// A calendar as RFC 5545 has it, the same bytes as long as nothing in it changes.
///
/// Times are written in UTC: why, is decision 47.
package struct CalendarFile: Sendable {
    /// How it is called in the list of somebody's calendars.
    package let name: String
    package let events: [CalendarEvent]

    package init(name: String, events: [CalendarEvent]) {
        self.name = name
        self.events = events
    }

    package var bytes: [UInt8] {
        var lines = ContentLines()
        lines.add("BEGIN", "VCALENDAR")
        lines.add("VERSION", "2.0")
        lines.add("PRODID", text: "-//Chapterhouse//Chapterhouse//EN")
        lines.add("CALSCALE", "GREGORIAN")
        // Once as RFC 7986 has it, and once as most programs read it.
        lines.add("NAME", text: name)
        lines.add("X-WR-CALNAME", text: name)
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        lines.add("X-PUBLISHED-TTL", "PT1H")
        for event in events { event.write(to: &lines) }
        lines.add("END", "VCALENDAR")
        return lines.bytes
    }
}
