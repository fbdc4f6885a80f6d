import ReferralGroup

/// Introductions in which the reader has a part, the newest first.
package func introductionsPage(
    _ introductions: [Introduction],
    _ filled: Filled = .blank,
    wrongIn wrong: SlipID? = nil,
    for reader: Reader
) -> HTML {
    let rows = introductions.map { introduction -> HTML in
        let isWrong = introduction.id == wrong
        return
            "<li class=\"card\">\(part(introduction, reader))\(ending(introduction, isWrong ? filled : .blank, reader))</li>\n"
    }
    return ownPage(
        "\(say: "Introductions")",
        in: .introductions,
        for: reader,
        rows.isEmpty
            ? nothing(
                "Nobody introduced you yet, and you introduced nobody. Which two of your contacts should know each other?",
                button("\(reader.folder)/log/introduction", "Introduce two")
            )
            : "<ul class=\"cards\">\n\(rows)</ul>\n\(button("\(reader.folder)/log/introduction", "Introduce two"))"
    )
}

private func part(_ made: Introduction, _ reader: Reader) -> HTML {
    let why: HTML = made.why.map { "<p>\($0)</p>\n" } ?? .none
    let day: HTML = "<p class=\"hint\">\(made.madeOn, .long)</p>\n"
    guard let own = made.own, let other = made.other else {
        let sides = [made.first, made.second].map { side -> HTML in
            "<li>\(who("\(side.name ?? "–")"))\(standing(side.accepts))</li>\n"
        }
        return
            "<h2>\(say: "You introduced two")</h2>\n\(day)\(why)<ul class=\"plain\">\n\(sides)</ul>\n"
    }
    let answer: HTML =
        own.accepts == nil
        ? """
        <p class="acts">\(action("\(reader.folder)/introductions/\(made.id)/answer", "Yes, gladly", reader.formToken, fields: accepts(true)))\
        \(action("\(reader.folder)/introductions/\(made.id)/answer", "No, thank you", reader.formToken, style: " class=\"quiet\"", fields: accepts(false)))</p>
        <p class="hint">\(say: "Once both of you say yes you see how to reach each other.")</p>

        """
        : "<p>\(say: "You:") \(standing(own.accepts)) \(say: "The other:") \(standing(other.accepts))</p>\n"
    let ways =
        [made.email.map { email -> HTML in "<a href=\"mailto:\(email)\">\(email)</a>" }].compactMap { $0 }
        + made.phones.map { phone -> HTML in "<a href=\"tel:\(dialled(phone))\">\(phone)</a>" }
    let reach: HTML = ways.isEmpty ? .none : "<p>\(joined(ways, " · "))</p>\n"
    return """
        <h2>\(other.name ?? "–")</h2>
        \(day)<p>\(say: "introduced by \(made.connector ?? "–")")</p>
        \(why)\(answer)\(reach)
        """
}

private func accepts(_ value: Bool) -> HTML {
    "<input type=\"hidden\" name=\"accepts\" value=\"\(value ? "true" : "false")\">"
}

private func standing(_ accepts: Bool?) -> HTML {
    guard let accepts else { return chip("has not answered", .quiet) }
    return accepts ? chip("would like to", .good) : chip("rather not", .quiet)
}

private func ending(_ made: Introduction, _ filled: Filled, _ reader: Reader) -> HTML {
    if let outcome = made.outcome { return "<p>\(say: "What came of it"): \(outcome)</p>\n" }
    let place: HTML = "\(reader.folder)/introductions/\(made.id)/outcome"
    // One form of many on the page: the fields of the others have names of their own.
    guard !filled.isRefused else {
        return form(
            to: place,
            [.line("outcome", "What came of it", isRequired: true, extra: " maxlength=\"200\"")],
            filled,
            button: "Keep",
            formToken: reader.formToken
        )
    }
    return """
        <details class="more"><summary>\(say: "What came of it")</summary>
        <form class="entry" method="post" action="\(place)">\(reader.formToken.field)
        <label for="outcome-\(made.id)">\(say: "What came of it")</label>
        <input id="outcome-\(made.id)" name="outcome" type="text" required maxlength="200">
        <p class="send"><button>\(say: "Keep")</button></p></form></details>

        """
}
