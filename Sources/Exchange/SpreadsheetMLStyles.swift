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
        let isBold = inheritedBold(id)
        resolved[id] = isBold
        return isBold
    }

    /// What a cell without a style has.
    static let standard = "Default"

    private func inheritedBold(_ id: String) -> Bool {
        var next: String? = id
        var seen: Set<String> = []
        while let id = next, seen.insert(id).inserted, let style = styles[id] {
            if let isBold = style.isBold { return isBold }
            next = style.parent ?? (id == Self.standard ? nil : Self.standard)
        }
        return false
    }
}
