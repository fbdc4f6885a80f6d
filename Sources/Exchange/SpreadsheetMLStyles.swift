/// The styles of a workbook, of which only the weight of the font is kept.
struct SpreadsheetMLStyles {
    private struct Style {
        var parent: String?
        var isBold: Bool?
    }

    private var styles: [String: Style] = [:]
    private var current = ""
    private var resolved: [String: Bool] = [:]

    mutating func begin(id: String, parent: String?) {
        current = id
        styles[id] = Style(parent: parent)
    }

    /// The font of the style that began last.
    mutating func setBold(_ isBold: Bool) {
        styles[current]?.isBold = isBold
    }

    /// Whether text in a style is bold, looking through its parents; nil for a style that is not defined.
    mutating func isBold(_ id: String) -> Bool? {
        if let known = resolved[id] { return known }
        guard styles[id] != nil else { return id == Self.standard ? false : nil }
        return inheritedBold(id)
    }

    /// What a cell without a style has.
    static let standard = "Default"

    /// Notes what it finds for every style on the way, so that a long line of parents is walked once.
    private mutating func inheritedBold(_ id: String) -> Bool {
        var next: String? = id
        var seen: Set<String> = []
        var found: Bool?
        while found == nil, let id = next, seen.insert(id).inserted, let style = styles[id] {
            found = resolved[id] ?? style.isBold
            next = style.parent ?? (id == Self.standard ? nil : Self.standard)
        }
        for id in seen { resolved[id] = found ?? false }
        return found ?? false
    }
}
