/// Somebody a slip names.
package enum Party: Hashable, Sendable {
    case member(Membership.ID)
    /// A person of another chapter; `name` is nil where only their chapter is known.
    case outsider(name: String?, home: String)
    case visitor(name: String)
    case chapter
    /// Somebody of this chapter, nobody knows who: the earner of an imported thanks.
    case unnamedMember

    /// The name of somebody of no chapter.
    package var visitorName: String? {
        if case .visitor(let name) = self { name } else { nil }
    }
}

/// How a slip names somebody at the shell or in a request, before the roster is asked.
package enum PartyName: Hashable, Sendable {
    /// A member by e-mail, full name or id.
    case member(String)
    /// `Name @ Chapter`
    case outsider(name: String, home: String)
    /// `visitor:Name`
    case visitor(String)
    /// `chapter`
    case chapter

    package init?(_ text: String) {
        guard let line = PlainText.line(text), !line.isEmpty else { return nil }
        if line.lowercased() == "chapter" {
            self = .chapter
            return
        }
        if line.lowercased().utf8.starts(with: "visitor:".utf8) {
            guard let name = PlainText.line(String(line.dropFirst(8))), !name.isEmpty else { return nil }
            self = .visitor(name)
            return
        }
        let sides = line.utf8.split(
            separator: UInt8(ascii: "@"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard sides.count == 2, sides[0].last == UInt8(ascii: " ") else {
            self = .member(line)
            return
        }
        guard let name = PlainText.line(String(sides[0]) ?? ""),
            let home = PlainText.line(String(sides[1]) ?? ""),
            !name.isEmpty, !home.isEmpty
        else { return nil }
        self = .outsider(name: name, home: home)
    }
}
