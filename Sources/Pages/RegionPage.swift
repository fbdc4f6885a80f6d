import ReferralGroup

/// A region, for whoever directs it: its chapters, and the way to their comparison.
package func regionPage(slug: Chapter.Slug, name: String, chapters: [Chapter], for reader: Reader) -> HTML {
    let cards = chapters.map { chapter -> HTML in
        let regular = chapter.regular.map { regular -> HTML in
            "<p class=\"hint\">\(say: "\(regular.weekday.name), \(regular.time)")</p>"
        }
        return """
            <li class="card"><h2><a href="/chapters/\(chapter.slug)/reports">\(chapter.name)</a></h2>
            \(regular ?? .none)</li>

            """
    }
    return page(
        title: "\(name)",
        for: reader,
        """
        <p class="eyebrow">\(say: "Region")</p>
        <h1>\(name)</h1>
        <p class="hint">\(say: "A director sees what chapters come to, and nothing personal.")</p>
        <p>\(button("/regions/\(slug)/reports/region", "Compare its chapters"))</p>
        \(cards.isEmpty ? nothing("No chapter is in this region yet. An operator puts them there.") : "<ul class=\"cards\">\n\(cards)</ul>\n")
        """
    )
}
