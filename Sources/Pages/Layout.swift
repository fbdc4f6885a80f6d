import ReferralGroup

/// Who reads a page, and where they stand: what a page leads to follows from it.
package struct Reader: Sendable {
    package let name: String
    /// The chapter in which they read; nil outside of any.
    package let chapter: Place?
    package let permissions: Set<Permission>
    package let isMember: Bool
    package let formToken: FormToken

    package struct Place: Sendable {
        package let slug: Chapter.Slug
        package let name: String

        package init(slug: Chapter.Slug, name: String) {
            self.slug = slug
            self.name = name
        }
    }

    package init(
        name: String,
        chapter: Place? = nil,
        permissions: Set<Permission> = [],
        isMember: Bool = false,
        formToken: FormToken
    ) {
        self.name = name
        self.chapter = chapter
        self.permissions = permissions
        self.isMember = isMember
        self.formToken = formToken
    }

    func may(_ permission: Permission) -> Bool {
        permissions.contains(permission) || permissions.contains(.everything)
    }
}

/// The parts of a chapter's pages, as the bar of every page names them.
package enum Section: String, Sendable, CaseIterable {
    case home, meetings, log, chapter, reports

    fileprivate var name: Phrase {
        switch self {
        case .home: "Home"
        case .meetings: "Meeting"
        case .log: "Log"
        case .chapter: "Chapter"
        case .reports: "Reports"
        }
    }

    fileprivate func address(in slug: Chapter.Slug) -> HTML {
        switch self {
        case .home: "/chapters/\(slug)"
        case .meetings: "/chapters/\(slug)/meetings/next"
        case .log: "/chapters/\(slug)/log"
        case .chapter: "/chapters/\(slug)/about"
        case .reports: "/chapters/\(slug)/reports"
        }
    }

    /// The strokes of its sign, on a field of 24 by 24.
    fileprivate var strokes: HTML {
        switch self {
        case .home: "M4 11.5 12 5l8 6.5M6.5 10v9h11v-9"
        case .meetings: "M9 6h10M9 12h10M9 18h10M4.5 6l1 1 1.5-2M4.5 12l1 1 1.5-2M4.5 18l1 1 1.5-2"
        case .log: "M12 5v14M5 12h14"
        case .chapter:
            "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3.5 19c.5-3.500 2.500-5 5.500-5s5 1.500 5.500 5M16 11a2.500 2.500 0 1 0-1-4.800M17 14c2 .4 3.200 1.900 3.500 5"
        case .reports: "M5 19V11M12 19V5M19 19v-6"
        }
    }

    fileprivate func isOpen(to reader: Reader) -> Bool {
        switch self {
        case .home, .meetings, .chapter: reader.may(.seeRoster)
        case .log: reader.may(.recordOwnSlips)
        case .reports: reader.may(.seeChapterTotals)
        }
    }

    fileprivate func link(from current: Section?, for reader: Reader, in slug: Chapter.Slug) -> HTML {
        guard isOpen(to: reader) else { return .none }
        let mark: HTML = self == current ? " aria-current=\"page\"" : .none
        return """
            <a class="to-\(rawValue)" href="\(address(in: slug))"\(mark)><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="\(strokes)"/></svg><span>\(say: name)</span></a>

            """
    }
}

/// A whole page around its content, for somebody who is signed in.
package func page(title: HTML, for reader: Reader, in section: Section? = nil, _ content: HTML) -> HTML {
    let slug = reader.chapter?.slug
    let bar: HTML =
        slug.map { slug in
            """
            <nav class="bar" aria-label="\(say: "Chapter")">
            \(Section.allCases.map { $0.link(from: section, for: reader, in: slug) })</nav>

            """
        } ?? .none
    let home: HTML = slug.map { "/chapters/\($0)" } ?? "/"
    return document(
        title: title,
        heading: """
            <a class="wordmark" href="\(home)"><img src="/assets/chapterhouse.svg" alt="" width="28" height="28"> <span>\(reader.chapter?.name ?? "Chapterhouse")</span></a>
            \(bar)<nav class="self" aria-label="\(say: "You")"><a href="/account">\(say: "Account")</a></nav>
            """,
        content
    )
}

/// A report's page: with the bar of its chapter for who reads it there.
func page(title: HTML, ofReportsFor reader: Reader?, _ content: HTML) -> HTML {
    reader.map { page(title: title, for: $0, in: .reports, content) } ?? page(title: title, content)
}

/// A whole page around its content, with nothing of a chapter.
///
/// With a `formToken` whoever is not signed in may choose another language.
func page(title: HTML, isSignedIn: Bool = true, formToken: FormToken? = nil, _ content: HTML) -> HTML {
    let account: HTML =
        isSignedIn
        ? "<nav class=\"self\" aria-label=\"\(say: "You")\"><a href=\"/account\">\(say: "Account")</a></nav>"
        : .none
    return document(
        title: title,
        heading: """
            <a class="wordmark" href="/"><img src="/assets/chapterhouse.svg" alt="" width="28" height="28"> <span>Chapterhouse</span></a>
            \(account)
            """,
        content,
        languages: formToken.map(languages) ?? .none
    )
}

/// A button for each language, in its own.
private func languages(_ formToken: FormToken) -> HTML {
    let buttons = Language.all.map { language -> HTML in
        "<button class=\"quiet\" name=\"language\" value=\"\(language.code)\" lang=\"\(language.code)\">\(language.name)</button>\n"
    }
    return """

        <form class="languages" method="post" action="/language" aria-label="\(say: "Language")">\(formToken.field)
        \(buttons)</form>
        """
}

private func document(title: HTML, heading: HTML, _ content: HTML, languages: HTML = .none) -> HTML {
    """
    <!doctype html>
    <html lang="\(HTML.languageCode)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title) · Chapterhouse</title>
    <link rel="stylesheet" href="/assets/chapterhouse.css">
    <link rel="icon" href="/assets/chapterhouse.svg" type="image/svg+xml">
    <script src="/assets/chapterhouse.js" defer></script>
    </head>
    <body>
    <a class="skip" href="#content">\(say: "Skip to the content")</a>
    <header class="house">
    \(heading)
    </header>
    <main id="content" tabindex="-1">
    \(content)
    </main>
    <footer class="house"><p>\(say: "Chapterhouse: networking done right, all year round.")</p>\(languages)</footer>
    </body>
    </html>

    """
}

/// What went wrong, and the way back.
package func problemPage(status: Int, title: Phrase, detail: Phrase) -> HTML {
    page(
        title: "\(say: title)",
        isSignedIn: false,
        """
        <section class="card narrow">
        <p class="eyebrow">\(status)</p>
        <h1>\(say: title)</h1>
        <p>\(say: detail)</p>
        <p><a class="button" href="/">\(say: "To the start")</a></p>
        </section>
        """
    )
}
