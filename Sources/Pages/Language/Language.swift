import ReferralGroup

/// A language in which pages are written: its words, and how it writes numbers, days and what there is several of.
///
/// A further one is a folder like `German`, named in `all`.
package struct Language: Sendable {
    /// BCP 47: `de`.
    package let code: String
    /// As those who speak it say: `Deutsch`.
    package let name: String
    let decimalSign: String
    private let calendar: Calendar
    /// Which of its forms a language takes for so many, a category of Unicode's plural rules: `one`, `other`.
    private let form: @Sendable (Int) -> String
    private let templates: [String: [Part]]
    private let isPseudo: Bool

    /// What stands in a phrase one after the other; text is escaped.
    enum Part: Sendable, Hashable {
        case text(String)
        case value(Int)
    }

    package enum DayStyle: Sendable, Hashable {
        /// `28 October 2026`
        case long
        /// `Wed 28 Oct`
        case short
        /// `Wednesday, 28 October 2026`
        case full
    }

    package enum MonthStyle: Sendable, Hashable {
        /// `October 2026`
        case long
    }

    /// How a language names and orders the parts of a day.
    struct Calendar: Sendable {
        let months: [String]
        let shortMonths: [String]
        /// From Monday.
        let weekdays: [String]
        let shortWeekdays: [String]
        /// What stands behind the number of a day: nothing, or a point.
        let afterDay: String

        fileprivate var disguised: Calendar {
            Calendar(
                months: months.map(Language.accented),
                shortMonths: shortMonths.map(Language.accented),
                weekdays: weekdays.map(Language.accented),
                shortWeekdays: shortWeekdays.map(Language.accented),
                afterDay: afterDay
            )
        }
    }

    /// `catalogue` has a phrase a line, and below it, indented, what it is in this language; several forms begin with
    /// their category, `one: `, `few: `.
    init(
        code: String,
        name: String,
        decimalSign: String,
        calendar: Calendar,
        form: @escaping @Sendable (Int) -> String = { $0 == 1 ? "one" : "other" },
        catalogue: String
    ) {
        self.init(code, name, decimalSign, calendar, form, catalogue, isPseudo: false)
    }

    private init(
        _ code: String,
        _ name: String,
        _ decimalSign: String,
        _ calendar: Calendar,
        _ form: @escaping @Sendable (Int) -> String,
        _ catalogue: String,
        isPseudo: Bool
    ) {
        self.code = code
        self.name = name
        self.decimalSign = decimalSign
        self.calendar = calendar
        self.form = form
        self.isPseudo = isPseudo
        templates = Self.templates(of: catalogue)
    }

    package static let all = [english, german]

    /// The language of a BCP 47 code, of its first part at least.
    package init?(code: String) {
        let first = code.lowercased().utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
        guard let known = Self.all.first(where: { first.elementsEqual($0.code.utf8) }) else { return nil }
        self = known
    }

    /// The first language of an Accept-Language header that there is here, by the weights given.
    package init?(accepting header: String) {
        let wishes = header.utf8.split(separator: UInt8(ascii: ",")).prefix(32).compactMap {
            wish -> (Language, Int)? in
            let parts = wish.split(separator: UInt8(ascii: ";"))
            let code = parts.first.map { $0.filter { $0 != UInt8(ascii: " ") } } ?? []
            guard let language = Language(code: String(decoding: code, as: UTF8.self)) else { return nil }
            return (language, parts.count > 1 ? Self.weight(parts[1]) : 1000)
        }
        var best: (language: Language, weight: Int)?
        for (language, weight) in wishes where weight > best?.weight ?? 0 { best = (language, weight) }
        guard let best else { return nil }
        self = best.language
    }

    /// `q=0.8` as 800; without one, 1000.
    private static func weight(_ text: some Collection<UInt8>) -> Int {
        let digits = text.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.prefix(4)
        guard text.contains(UInt8(ascii: "=")), !digits.isEmpty else { return 1000 }
        return (0..<4).reduce(0) { sum, place in
            sum * 10 + (place < digits.count ? Int(Array(digits)[place] - UInt8(ascii: "0")) : 0)
        }
    }

    /// What a page looks like where every phrase is two fifths longer, in signs that no page of ours has by itself: what
    /// is left as it was came from no catalogue.
    package static let pseudo = Language(
        "en-XA",
        "Pseudo",
        ".",
        english.calendar.disguised,
        english.form,
        englishCatalogue,
        isPseudo: true
    )

    /// Which phrases the language has, for whoever looks what is missing.
    package var phrases: Set<String> {
        Set(templates.keys.map { key in String(key.split(separator: "\u{1}")[0]) })
    }

    /// What is written down of it: a phrase, and one of its forms.
    var entries: [(key: String, parts: [Part])] {
        templates.map { (String($0.key.split(separator: "\u{1}")[0]), $0.value) }
    }

    /// What `phrase` is in this language, else in English.
    func template(for phrase: Phrase) -> [Part] {
        let key = phrase.key
        let known = phrase.count.flatMap { templates["\(key)\u{1}\(form($0))"] } ?? templates[key]
        // Where nothing stands beside it, braces are text that somebody wrote.
        let template = known ?? (phrase.values.isEmpty ? [.text(escaped(key))] : Self.escapedParts(of: key))
        return isPseudo ? Self.disguised(template) : template
    }

    func text(of month: Month) -> String {
        "\(calendar.months[(month.number - 1) % 12]) \(month.year)"
    }

    func text(of day: LocalDate, _ style: DayStyle) -> String {
        let (year, month, ofMonth) = day.parts
        let number = "\(ofMonth)\(calendar.afterDay)"
        let (place, weekday) = ((month - 1) % 12, day.weekday.number - 1)
        switch style {
        case .long: return "\(number) \(calendar.months[place]) \(year)"
        case .short: return "\(calendar.shortWeekdays[weekday]) \(number) \(calendar.shortMonths[place])"
        case .full:
            return "\(calendar.weekdays[weekday]), \(number) \(calendar.months[place]) \(year)"
        }
    }

    private static func templates(of catalogue: String) -> [String: [Part]] {
        var templates: [String: [Part]] = [:]
        var key = ""
        for line in catalogue.split(separator: "\n", omittingEmptySubsequences: true) {
            guard line.utf8.first == UInt8(ascii: " ") else {
                key = String(line)
                continue
            }
            let text = line.drop { $0 == " " }
            let category = ["zero", "one", "two", "few", "many"].first { text.hasPrefix("\($0): ") }
            if let category {
                templates["\(key)\u{1}\(category)"] = escapedParts(
                    of: String(text.dropFirst(category.count + 2))
                )
            } else {
                templates[key] = escapedParts(of: String(text))
            }
        }
        return templates
    }

    private static func escapedParts(of template: String) -> [Part] {
        parts(of: template).map { part in
            if case .text(let text) = part { .text(escaped(text)) } else { part }
        }
    }

    /// `Sealed by {1}` as text and places.
    static func parts(of template: String) -> [Part] {
        var parts: [Part] = []
        var text: [UInt8] = []
        var rest = template.utf8[...]
        while let byte = rest.popFirst() {
            let next = rest.first ?? 0
            if byte == UInt8(ascii: "{"), (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(next),
                rest.dropFirst().first == UInt8(ascii: "}")
            {
                if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                parts.append(.value(Int(next - UInt8(ascii: "1"))))
                rest = rest.dropFirst(2)
            } else {
                text.append(byte)
            }
        }
        if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
        return parts
    }

    /// Each run of words by itself, so that what stands beside them does not hide between.
    private static func disguised(_ parts: [Part]) -> [Part] {
        parts.map { part in
            if case .text(let text) = part { .text(escaped(accented(unescaped(text)))) } else { part }
        }
    }

    fileprivate static func accented(_ text: String) -> String {
        let longer = String(repeating: "~", count: text.count * 2 / 5)
        return "\u{27E6}\(String(text.map { accents[$0] ?? $0 }))\(longer)\u{27E7}"
    }

    private static let accents: [Character: Character] = [
        "A": "Á", "E": "É", "I": "Í", "O": "Ó", "U": "Ú", "e": "é", "i": "í", "o": "ó", "u": "ú", "y": "ý",
        "c": "ç",
        "n": "ñ",
    ]
}
