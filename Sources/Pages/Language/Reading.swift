import ReferralGroup

extension Phrase {
    /// A sentence that was finished where no language is known, by the database or for every format of a report, as
    /// what it says; any other text as it is.
    package init(reading text: String) {
        if let value = Self.measured(text) {
            self = "\(value)"
            return
        }
        let ends = text.split(separator: " to ", maxSplits: 1).map(String.init)
        if ends.count == 2, let first = Month(ends[0]), let last = Month(ends[1]) {
            self = "\(first, .long) to \(last, .long)"
            return
        }
        self.init(text, readBy: Self.templates)
    }

    /// Of two templates that fit, the first is meant.
    init(_ text: String, readBy templates: [Template]) {
        for template in templates {
            guard let values = Self.values(of: text, in: template.parts) else { continue }
            self.init(template.key, values.map(Self.shown))
            return
        }
        self.init(of: text)
    }

    typealias Template = (key: String, parts: [Language.Part])

    /// The sentences with values that come finished; of two that fit, the first is meant.
    package static let finished = """
        {1} of {2} used; the next one drops out on {3}; {4} substitutes, {5} are allowed
        {1} of {2} used; the next one drops out on {3}
        {1} of {2} used; {3} substitutes, {4} are allowed
        {1} of {2} used
        fewer than {1} members
        fewer than {1} years
        {1} members and more
        {1} years and more
        {1} to {2} members
        {1} to {2} years
        12 months to {1}
        thanks of {1} in {2}
        activity of {1} in {2}
        one-to-one of {1} in {2}
        Left out for want of an exchange rate: {1}.
        Import {1} stands for the days from {2} to {3}; no mark or slip of those days is counted twice.
        Import {1} covers {2} to {3}, of which this period holds only a part; its figures are left out.
        Closed as number {1} on {2} by {3}: these are the figures of then.
        Closed as number {1} on {2}: these are the figures of then.
        Restated since: {1}.
        Restated since, in the twelve months: {1}.
        Restated since, since joining: {1}.
        {1} is not a member on {2}
        {1} has not come yet
        {1} cannot thank themselves
        {1} has been here {2} times
        there is no meeting to come on {1}
        {1} used no absences
        {1} ends on {2}
        nobody was a member by {1}
        both are members of {1} on {2}
        a slip of {1} on {2} stands between the two
        {1} has {2} members named {3} on {4}
        the application is {1} since {2}
        the sheet of {1} is sealed
        the sheet of {1} lacks marks: {2}
        the sheet of {1} lacks marks
        the meeting of {1} does not take place
        a meeting that is {1} cannot become {2}
        time zone {1} is not known
        there is no scorecard “{1}”
        there is no comparison by “{1}”
        “{1}” are no bounds by {2}
        there is no chapter “{1}”; see: chapterhouse chapter list
        there is no region “{1}”; see: chapterhouse region list
        nobody here is called “{1}”; see the roster: chapterhouse member list
        nobody here is called “{1}”; did you mean {2}?
        “{1}” may be any of {2}; give the id or the e-mail
        there is no meeting on {1}; schedule it first
        there is no letter {1} that was not given yet
        there is no invoice {1} that stands
        there is no payment {1} that stands
        there is no referral {1}
        there is no visitor {1}
        there is no need {1}
        there is no application {1}
        {1} is not closed
        a password has at least {1} characters, better {2}; a few words that do not belong together are long and easy to remember
        a password has at most {1} bytes; shorten it
        """.split(separator: "\n").map(String.init)

    private static let templates: [Template] = finished.map { ($0, Language.parts(of: $0)) }

    /// What stands in the places of a template, if the text is one of it.
    private static func values(of text: String, in words: [Language.Part]) -> [String]? {
        var rest = text.utf8[...]
        var values: [String] = []
        for (place, part) in words.enumerated() {
            guard case .text(let literal) = part else { continue }
            let isFirst = place == 0
            let isLast = place == words.count - 1
            guard let found = isLast ? rest.lastPlace(of: literal) : rest.firstPlace(of: literal),
                !isFirst || found == rest.startIndex
            else { return nil }
            if !isFirst { values.append(String(decoding: rest[..<found], as: UTF8.self)) }
            rest = rest[rest.index(found, offsetBy: literal.utf8.count)...]
        }
        if case .value? = words.last { values.append(String(decoding: rest, as: UTF8.self)) }
        return values.contains("") ? nil : values
    }

    /// A value as people write it, or several of them in a list.
    private static func shown(_ text: String) -> HTML {
        if let value = measured(text) { return value }
        for separator in ["; ", ", "] where text.contains(separator) {
            return joined(text.split(separator: separator).map { shown(String($0)) }, "\(separator)")
        }
        if wordsOfOurs.contains(text) { return "\(Phrase(of: text))" }
        // What moved since a month was closed: `given +1200.00`.
        let words = text.split(separator: " ")
        if let last = words.last, words.count > 1, let sign = last.utf8.first, [0x2b, 0x2d].contains(sign),
            let number = measured(String(last))
        {
            return "\(Phrase(of: words.dropLast().joined(separator: " "))) \(number)"
        }
        let isRecord = templates.contains { isOfRecord($0.key) && values(of: text, in: $0.parts) != nil }
        return isRecord ? "\(Phrase(reading: text))" : "\(text)"
    }

    /// A record that has no exchange rate stands within a sentence.
    private static func isOfRecord(_ key: String) -> Bool {
        key.utf8.reversed().starts(with: " of {1} in {2}".utf8.reversed())
    }

    /// A day, a month, a moment or a number.
    private static func measured(_ text: String) -> HTML? {
        if let day = LocalDate(text) { return "\(day, .long)" }
        if let month = Month(text) { return "\(month, .long)" }
        if let instant = Instant(text) { return moment(instant) }
        let digits = text.utf8.drop { [0x2b, 0x2d].contains($0) }
        let isNumber =
            !digits.isEmpty && digits.count >= text.utf8.count - 1
            && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
        return isNumber ? "\(Numeral(text))" : nil
    }

    /// Words that stand as values in these sentences; any other may be somebody's name.
    private static let wordsOfOurs: Set<String> = [
        "scheduled", "open", "sealed", "cancelled", "holiday", "accepted", "declined", "withdrawn", "size",
        "weekday", "age",
    ]
}

extension Substring.UTF8View {
    fileprivate func firstPlace(of word: String) -> Index? {
        indices.first { self[$0...].starts(with: word.utf8) }
    }

    /// Where the text ends with it.
    fileprivate func lastPlace(of word: String) -> Index? {
        guard count >= word.utf8.count else { return nil }
        let place = index(endIndex, offsetBy: -word.utf8.count)
        return self[place...].elementsEqual(word.utf8) ? place : nil
    }
}
