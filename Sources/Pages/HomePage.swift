/// A chapter on the page that opens first.
package struct ChapterLink: Sendable {
    package let slug: String
    package let name: String
    package let roles: [String]
    /// In how many days what these may do with money waits for a second factor; nil where none is missing.
    package let secondFactorIn: Int?

    package init(slug: String, name: String, roles: [String], secondFactorIn: Int? = nil) {
        self.slug = slug
        self.name = name
        self.roles = roles
        self.secondFactorIn = secondFactorIn
    }
}

/// A region on the page that opens first.
package struct RegionLink: Sendable {
    package let slug: String
    package let name: String

    package init(slug: String, name: String) {
        self.slug = slug
        self.name = name
    }
}

/// The chapters of whoever signed in, and the regions they direct.
package func homePage(name: String, chapters: [ChapterLink], regions: [RegionLink] = []) -> HTML {
    let cards = chapters.map { chapter -> HTML in
        let offices = listed(chapter.roles.map { Phrase(of: $0) })
        let roles: Phrase = chapter.roles.isEmpty ? "You are a member." : "You are \(offices)."
        // A director sees what a chapter comes to, and nothing personal.
        let sees: HTML = chapter.roles == ["director"] ? "/reports" : .none
        return """
            <li class="card"><h2>\(chapter.name)</h2><p class="hint">\(say: roles)</p>
            <p><a class="button" href="/chapters/\(chapter.slug)\(sees)">\(say: "Go in")</a></p></li>

            """
    }
    let directed = regions.map { region -> HTML in
        """
        <li class="card"><h2>\(region.name)</h2><p class="hint">\(say: "You direct this region.")</p>
        <p><a class="button" href="/regions/\(region.slug)/reports/region">\(say: "Compare its chapters")</a></p></li>

        """
    }
    let list: HTML =
        chapters.isEmpty && regions.isEmpty
        ? "<p>\(say: "You belong to no chapter today. A leader of yours can add you.")</p>"
        : "<ul class=\"cards\">\(directed)\(cards)</ul>"
    let wanted: HTML =
        chapters.compactMap(\.secondFactorIn).min().map {
            """
            \(secondFactorNote(in: $0))
            <p><a class="button" href="/account#second-factor">\(say: "Set it up, in two minutes")</a></p>

            """
        } ?? .none
    return page(
        title: "\(say: "Your chapters")",
        "<h1>\(say: "Good to see you, \(name)")</h1>\n\(wanted)\(list)"
    )
}
