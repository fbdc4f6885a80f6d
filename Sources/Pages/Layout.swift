/// A whole page around its content.
func page(title: String, isSignedIn: Bool = true, _ content: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title) · Chapterhouse</title>
    <link rel="stylesheet" href="/assets/chapterhouse.css">
    <link rel="icon" href="/assets/chapterhouse.svg" type="image/svg+xml">
    </head>
    <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header class="house">
    <a class="wordmark" href="/"><img src="/assets/chapterhouse.svg" alt="" width="28" height="28"> Chapterhouse</a>
    \(isSignedIn ? signOut : .none)
    </header>
    <main id="content">
    \(content)
    </main>
    <footer class="house"><p>Chapterhouse: networking done right, all year round.</p></footer>
    </body>
    </html>

    """
}

private let signOut: HTML = """
    <nav class="self"><a href="/account">Your account</a></nav>
    """

/// What went wrong, and the way back.
package func problemPage(status: Int, title: String, detail: String) -> HTML {
    page(
        title: title,
        isSignedIn: false,
        """
        <section class="card narrow">
        <p class="eyebrow">\(status)</p>
        <h1>\(title)</h1>
        <p>\(detail)</p>
        <p><a class="button" href="/">To the start</a></p>
        </section>
        """
    )
}

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
        let roles = chapter.roles.isEmpty ? "member" : chapter.roles.joined(separator: ", ")
        return """
            <li class="card"><h2>\(chapter.name)</h2><p class="hint">You are \(roles).</p>
            <p><a class="button" href="/chapters/\(chapter.slug)/reports/roi">Monthly return</a></p></li>

            """
    }
    let directed = regions.map { region -> HTML in
        """
        <li class="card"><h2>\(region.name)</h2><p class="hint">You direct this region.</p>
        <p><a class="button" href="/regions/\(region.slug)/reports/region">Compare its chapters</a></p></li>

        """
    }
    let list: HTML =
        chapters.isEmpty && regions.isEmpty
        ? "<p>You belong to no chapter today. A leader of yours can add you.</p>"
        : "<ul class=\"cards\">\(directed)\(cards)</ul>"
    let wanted: HTML =
        chapters.compactMap(\.secondFactorIn).min().map {
            """
            \(secondFactorNote(in: $0))
            <p><a class="button" href="/account#second-factor">Set it up, in two minutes</a></p>

            """
        } ?? .none
    return page(title: "Your chapters", "<h1>Good to see you, \(name)</h1>\n\(wanted)\(list)")
}
