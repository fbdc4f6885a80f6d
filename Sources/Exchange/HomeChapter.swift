import ReferralGroup

/// A chapter as the Detail column names it: `ORG Name, Place, Country`.
package struct HomeChapter: Hashable, Sendable {
    /// The name to be matched: the first part, without the organisation's word before it; not folded.
    package let name: String
    /// The parts that follow.
    package let place: String

    /// Nil when the text names nothing.
    package init?(detail: String) {
        let parts = detail.utf8.split(
            separator: UInt8(ascii: ","),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let first = parts.first else { return nil }
        let name = OrganisationWord.dropped(from: Self.line(first))
        guard !name.isEmpty else { return nil }
        self.name = name
        self.place = parts.count > 1 ? Self.line(parts[1]) : ""
    }

    private static func line(_ part: Substring.UTF8View) -> String {
        let text = String(Substring(part))
        return PlainText.line(text) ?? text.trimmed
    }
}

/// The words by which the organisation behind an import format calls itself.
enum OrganisationWord {
    /// As `heading` folds them.
    static let all = ["bni"]

    static func dropped(from name: String) -> String {
        let words = name.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard let word = words.first, all.contains(Substring(word).heading) else { return name }
        return words.count > 1 ? Substring(words[1]).trimmed : ""
    }
}
