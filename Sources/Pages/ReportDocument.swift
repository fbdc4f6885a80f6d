import ReferralGroup

/// A report as a page that stands alone, to be kept, sent and printed: its style is in it, and nothing leads out of it.
package func reportDocument(_ report: Report) -> HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="Chapterhouse">
    <title>\(report.chapterName), \(report.shape.title), \(report.period.words)</title>
    <style>
    \(HTML(stringLiteral: documentStyleSheet))</style>
    </head>
    <body>
    <main>
    <p class="chapter">\(report.chapterName)</p>
    <h1>\(report.shape.title)</h1>
    <p>\(report.shape.purpose)</p>
    <p class="hint">\(report.period.words). All amounts in \(report.currency). As of <time datetime="\(report.asOf)">\(moment(report.asOf))</time>.</p>
    \(sections(of: report, on: .paper))
    <section class="legend"><h2>How this was computed</h2>
    <dl>
    <dt>Days</dt><dd>\(report.period.words), days of the chapter’s own time zone</dd>
    \(chosen(in: report))<dt>As of</dt><dd>\(report.asOf): nothing after that day counts</dd>
    <dt>Rounding</dt><dd>each figure once, when it is printed; a column may differ from its total by a unit</dd>
    <dt>–</dt><dd>nothing to divide by, or not the reader’s to see</dd>
    </dl></section>
    </main>
    </body>
    </html>

    """
}
