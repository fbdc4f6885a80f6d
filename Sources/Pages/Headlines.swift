import ReferralGroup

/// What a reader sees first: seven figures, and where the members' returns lie.
func headlines(_ report: MonthlyROI) -> HTML {
    let totals = report.inMonth.totals
    let figures = totals.figures
    func money(_ figure: Figure?, _ name: String = "") -> HTML {
        totals.text(figure, name, Numbers.text)
    }
    let outside = money(totals.givenOutside)
    let given: Phrase =
        totals.givenFormer.isZero
        ? "of it \(outside) by thanks from outside"
        : "of it \(outside) by thanks from outside; former members gave \(money(totals.givenFormer)) more"
    let parts: Phrase =
        "dues \(money(figures.dues)), fees \(money(figures.fees)), spent \(money(figures.spent)), time \(money(figures.time))"
    return """
        <dl class="tiles">
        <div class="tile hero"><dt>\(say: "Return on cost")</dt><dd>\(totals.text(figures.roi, "roi", Numbers.percent))</dd>
        <dd class="hint">\(say: spread(totals))</dd>\(spreadStrip(totals))</div>
        \(tile("Received", money(figures.received, "received"), "of it \(money(totals.receivedOutside, "received_outside")) from outside the chapter"))
        \(tile("Cost", money(figures.cost), parts))
        \(tile("Net", money(figures.net, "net"), "profit \(money(figures.profit, "profit")) less the cost"))
        \(tile("Given", money(figures.given), given))
        \(tile("Return on time", totals.text(figures.rot, "rot") { Numbers.rounded($0, to: 2) }, "an hour, over \(money(figures.hours)) hours"))
        \(tile("A seat is worth", money(totals.seatValue), "a year; an open one costs \(money(totals.openSeatMonth)) a month"))
        </dl>
        """
}

/// The same in a line, for the blocks below.
func summary(of totals: MonthlyROI.Totals) -> HTML {
    let figures = totals.figures
    func bold(_ figure: Figure?, _ name: String, _ write: (Figure?) -> Numeral) -> HTML {
        "<b>\(totals.text(figure, name, write))</b>"
    }
    let sentence: Phrase = """
        Cost \(bold(figures.cost, "cost", Numbers.text)), received \(bold(figures.received, "received", Numbers.text)), \
        net \(bold(figures.net, "net", Numbers.text)): a return of \(bold(figures.roi, "roi", Numbers.percent)).
        """
    return "<p>\(say: sentence) <span class=\"hint\">\(say: "Members: \(spread(totals)).")</span></p>"
}

extension MonthlyROI.Totals {
    /// A figure of all, or why there is none: `name` is what the API calls it.
    func text(_ figure: Figure?, _ name: String, _ write: (Figure?) -> Numeral) -> HTML {
        figure == nil && withheld.contains(name) ? "\(say: "fewer than 3")" : "\(write(figure))"
    }
}

private func tile(_ name: Phrase, _ value: HTML, _ hint: Phrase) -> HTML {
    "<div class=\"tile\"><dt>\(say: name)</dt><dd>\(value)</dd><dd class=\"hint\">\(say: hint)</dd></div>"
}

private func spread(_ totals: MonthlyROI.Totals) -> Phrase {
    guard !totals.withheld.contains("median_roi") else { return "median and quartiles: fewer than 3" }
    let quartiles = totals.quartilesROI.map { Numbers.percent($0) }
    guard quartiles.count == 2 else { return "median \(Numbers.percent(totals.medianROI))" }
    return "median \(Numbers.percent(totals.medianROI)), quartiles \(quartiles[0]) and \(quartiles[1])"
}

/// A box from quartile to quartile, the median in it, and the chapter's own return as a dot.
private func spreadStrip(_ totals: MonthlyROI.Totals) -> HTML {
    guard totals.quartilesROI.count == 2, let low = totals.quartilesROI[0]?.approximately,
        let high = totals.quartilesROI[1]?.approximately, let median = totals.medianROI?.approximately,
        let mean = totals.figures.roi?.approximately
    else { return .none }
    let left = min(low, mean, 0)
    let width = max(high, mean, 0) - left
    guard width > 0 else { return .none }
    // Three percent of each side are left for the dot.
    func place(_ value: Double) -> String { percentage((value - left) / width * 94 + 3) }
    let box = percentage((high - low) / width * 94)
    return """
        <dd><svg class="spread" width="100%" height="34" role="img" aria-label="\(say: spread(totals))">
        <line class="axis" x1="0" x2="100%" y1="14" y2="14"/><line class="zero" x1="\(place(0))" x2="\(place(0))" y1="2" y2="26"/>
        <rect class="box" x="\(place(low))" y="6" width="\(box)" height="16" rx="3"/>
        <line class="median" x1="\(place(median))" x2="\(place(median))" y1="6" y2="22"/><circle class="mean" cx="\(place(mean))" cy="14" r="5"/>
        <text x="\(place(0))" y="34" text-anchor="middle">0</text></svg></dd>
        """
}
