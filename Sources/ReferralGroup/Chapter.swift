/// A group of business people, one per profession, who meet every week.
package struct Chapter: Hashable, Sendable {
    package typealias ID = Identifier<Chapter, Int32>

    package let id: ID
    package let slug: Slug
    package let name: String
    /// An IANA name, `Europe/Berlin`; every date of the chapter is a date of this zone.
    package let timeZone: String
    package let currency: Currency
    /// BCP 47: `en`, `de-AT`.
    package let locale: String
    package let regular: RegularMeeting?
    package let aliases: [String]

    package init(
        id: ID,
        slug: Slug,
        name: String,
        timeZone: String,
        currency: Currency,
        locale: String,
        regular: RegularMeeting?,
        aliases: [String]
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.timeZone = timeZone
        self.currency = currency
        self.locale = locale
        self.regular = regular
        self.aliases = aliases
    }

    /// When and where the chapter meets every week.
    package struct RegularMeeting: Hashable, Sendable {
        package let weekday: Weekday
        package let time: LocalTime
        package let minutes: Int
        package let place: String?

        package init(weekday: Weekday, time: LocalTime, minutes: Int, place: String?) {
            self.weekday = weekday
            self.time = time
            self.minutes = minutes
            self.place = place
        }
    }

    /// The short name by which shell and addresses know a chapter: `worked-example`.
    package struct Slug: Hashable, Sendable, LosslessStringConvertible {
        package let description: String

        package init?(_ text: String) {
            let bytes = Array(text.utf8)
            let isLetterOrDigit: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) }
            guard (1...63).contains(bytes.count), bytes.allSatisfy({ isLetterOrDigit($0) || $0 == 45 }) else {
                return nil
            }
            guard let first = bytes.first, let last = bytes.last, isLetterOrDigit(first),
                isLetterOrDigit(last)
            else {
                return nil
            }
            description = text
        }
    }
}
