import ReferralGroup

/// A report as a page that stands alone, to be kept, sent and printed: its style is in it, and nothing leads out of it.
package func reportDocument(_ report: Report) -> HTML {
    let (title, purpose) = (Phrase(of: report.shape.title), Phrase(of: report.shape.purpose))
    let moment = moment(report.asOf)
    let asOf: HTML =
        "<time datetime=\"\(report.asOf)\" data-foot=\"\(say: "as of \(moment)")\">\(moment)</time>"
    return """
        <!doctype html>
        <html lang="\(HTML.languageCode)">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="Chapterhouse">
        <title>\(report.chapterName), \(title), \(report.period.said)</title>
        <style>
        \(HTML(stringLiteral: documentStyleSheet))</style>
        </head>
        <body>
        <main>
        <p class="chapter">\(report.chapterName)</p>
        <h1>\(title)</h1>
        <p>\(purpose)</p>
        <p class="hint">\(say: "\(report.period.said). All amounts in \(report.currency). As of \(asOf).")</p>
        \(sections(of: report, on: .paper))
        <section class="legend"><h2>\(say: "How this was computed")</h2>
        <dl>
        \(computation(of: report))
        <dt>–</dt><dd>\(say: "nothing to divide by, or not the reader’s to see")</dd>
        </dl></section>
        </main>
        </body>
        </html>

        """
}
