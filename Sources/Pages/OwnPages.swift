import ReferralGroup

/// The parts of a member's own pages.
enum OwnPart: String, CaseIterable {
    case home, followUps, contacts, planner, introductions

    var name: Phrase {
        switch self {
        case .home: "Home"
        case .followUps: "Follow-ups"
        case .contacts: "Contacts"
        case .planner: "Planner"
        case .introductions: "Introductions"
        }
    }

    func address(for reader: Reader) -> HTML {
        switch self {
        case .home: reader.folder
        case .followUps: "\(reader.folder)/follow-ups"
        case .contacts: "\(reader.folder)/contacts"
        case .planner: "\(reader.folder)/planner"
        case .introductions: "\(reader.folder)/introductions"
        }
    }
}

/// A page of what is a member's own, with the way to the rest of it.
func ownPage(
    _ title: HTML,
    in part: OwnPart,
    for reader: Reader,
    above eyebrow: HTML = .none,
    _ content: HTML
) -> HTML {
    let above: HTML = eyebrow.isEmpty ? .none : "<p class=\"eyebrow\">\(eyebrow)</p>\n"
    return page(
        title: title,
        for: reader,
        in: .home,
        """
        \(choices("Yours", OwnPart.allCases.map { ($0.address(for: reader), $0.name, $0 == part) }))
        \(above)<h1>\(title)</h1>
        \(content)
        """
    )
}

func back(to part: OwnPart, for reader: Reader) -> HTML {
    "<a href=\"\(part.address(for: reader))\">\(say: part.name)</a>"
}
