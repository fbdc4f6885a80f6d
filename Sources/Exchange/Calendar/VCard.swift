import ReferralGroup

/// A contact as address books read it: vCard 4.0 (RFC 6350), whose lines are those of iCalendar.
package struct VCard: Sendable {
    package let id: SlipID
    package let card: ContactCard
    /// What stands on the back, in its owner's own copy.
    package let notes: String?

    package init(id: SlipID, card: ContactCard, notes: String? = nil) {
        self.id = id
        self.card = card
        self.notes = notes
    }

    package var bytes: [UInt8] {
        var lines = ContentLines()
        lines.add("BEGIN", "VCARD")
        lines.add("VERSION", "4.0")
        lines.add("PRODID", text: "-//Chapterhouse//Chapterhouse//EN")
        lines.add("UID", "urn:uuid:\(id)")
        lines.add("FN", text: card.name)
        if let company = card.company { lines.add("ORG", text: company) }
        if let profession = card.profession { lines.add("TITLE", text: profession) }
        if let phone = card.phone { lines.add("TEL", text: phone) }
        if let email = card.email { lines.add("EMAIL", text: email) }
        if let notes { lines.add("NOTE", text: notes) }
        lines.add("END", "VCARD")
        return lines.bytes
    }
}
