import ReferralGroup

extension MonthlyROI {
    /// The report in the words of the API, on one line.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("chapter", chapter.description)
            if since != month { writer.member("since", since.description) }
            writer.member("month", month.description)
            writer.member("currency", currency.code)
            writer.member("as_of", asOf.description)
            writer.key("closed")
            if let closing { writer.object { closing.write(to: &$0) } } else { writer.null() }
            inMonth.write(to: &writer, isMonth: true)
            for (name, block) in [("trailing", trailing), ("since_joining", sinceJoining)] {
                writer.key(name)
                writer.object { block.write(to: &$0, isMonth: false) }
            }
        }
        return writer.bytes
    }

    /// Of the CSV, and of the notes below it.
    static let columns =
        [
            "block", "member_id", "member", "dues", "fees", "spent", "hours", "time", "cost", "received",
            "profit", "given", "net", "roi", "rot", "payback", "referrals_given", "referrals_received",
            "one_to_ones", "meetings_held",
        ] + Totals.columns

    /// One row per member and block, and the total of each block.
    package var csv: String {
        var writer = CSVWriter(header: Self.columns)
        for (name, block) in [("month", inMonth), ("trailing", trailing), ("since_joining", sinceJoining)] {
            for line in block.members {
                writer.append(
                    [.text(name), .number(line.member.description), .text(line.name)] + line.figures.fields
                        + [
                            line.payback.map { .text($0.description) } ?? .empty,
                            .number("\(line.referralsGiven)"), .number("\(line.referralsReceived)"),
                            .number("\(line.oneToOnes)"), .number("\(line.meetingsHeld)"),
                        ] + [CSVWriter.Field](repeating: .empty, count: Totals.columns.count)
                )
            }
            writer.append(
                [.text(name), .empty, .text("Total")] + block.totals.figures.fields
                    + [.empty, .empty, .empty, .empty, .empty] + block.totals.besides
            )
        }
        for row in closing?.rows ?? [] { writer.append(row) }
        return writer.text
    }

    /// The month for a terminal, with what the columns mean.
    package var table: String {
        var table = TextTable(
            headings: [
                "Member", "Dues", "Fees", "Spent", "Hours", "Time", "Cost", "Received", "Profit", "Given",
                "Net", "ROI", "ROT", "Payback",
            ],
            numbers: Set(1...12)
        )
        for line in inMonth.members {
            table.add([line.name] + line.figures.cells + [line.payback?.description ?? "–"])
        }
        table.addRule()
        table.add(["\(inMonth.totals.members) members"] + inMonth.totals.figures.cells + [""])
        table.add(["12 months"] + trailing.totals.figures.cells + [""])
        table.add(["Since joining"] + sinceJoining.totals.figures.cells + [""])
        let totals = inMonth.totals
        func shown(_ figure: Figure?) -> String { figure?.description ?? "–" }
        var lines = [
            "\(chapterName), return for \(months), in \(currency), as of \(asOf)", "", table.text,
            "Median ROI \(shown(totals.medianROI)), quartiles \(totals.quartilesROI.map(shown).joined(separator: " and ")).",
            "From outside the chapter: received \(shown(totals.receivedOutside)), given \(totals.givenOutside); given by former members \(totals.givenFormer).",
            "A seat is worth \(shown(totals.seatValue)) a year; an open one costs \(shown(totals.openSeatMonth)) a month.",
            "",
            "Cost = dues + meeting fees + money spent + hours at the value of an hour. Profit = received × margin.",
            "Net = profit − cost. ROI = net / cost. ROT = profit / hours. Payback: the month in which the net since joining reached zero.",
        ]
        if !totals.withheld.isEmpty {
            lines.append(
                "Fewer than 3 of the others earned, so these are withheld: \(totals.withheld.joined(separator: ", "))."
            )
        }
        if !totals.unconverted.isEmpty {
            lines.append(
                "Left out for want of an exchange rate: \(totals.unconverted.joined(separator: "; "))."
            )
        }
        lines += closing?.lines ?? []
        return lines.joined(separator: "\n") + "\n"
    }
}

extension MonthlyROI.Block {
    fileprivate func write(to writer: inout JSONWriter, isMonth: Bool) {
        writer.key("members")
        writer.array { writer in
            for line in members { writer.object { line.write(to: &$0) } }
        }
        writer.key("totals")
        writer.object { totals.write(to: &$0, isMonth: isMonth) }
    }
}

extension MonthlyROI.Line {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("member")
        writer.object { writer in
            writer.member("id", Int(member.number))
            writer.member("name", name)
        }
        figures.write(to: &writer)
        writer.member("payback", payback?.description)
        writer.member("referrals_given", referralsGiven)
        writer.member("referrals_received", referralsReceived)
        writer.member("one_to_ones", oneToOnes)
        writer.member("meetings_held", meetingsHeld)
    }
}

extension MonthlyROI.Figures {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member(money: "dues", dues)
        writer.member(money: "fees", fees)
        writer.member(money: "spent", spent)
        writer.member(money: "hours", hours)
        writer.member(money: "time", time)
        writer.member(money: "cost", cost)
        writer.member(money: "received", received)
        writer.member(money: "profit", profit)
        writer.member(money: "given", given)
        writer.member(money: "net", net)
        writer.member(ratio: "roi", roi)
        writer.member(ratio: "rot", rot)
    }

    private var all: [Figure?] {
        [dues, fees, spent, hours, time, cost, received, profit, given, net, roi, rot]
    }

    var fields: [CSVWriter.Field] {
        all.map { $0.map { .number($0.description) } ?? .empty }
    }

    fileprivate var cells: [String] {
        all.map { $0?.description ?? "–" }
    }
}

extension MonthlyROI.Totals {
    static let columns = [
        "members", "received_outside", "given_outside", "given_former", "median_roi", "lower_quartile_roi",
        "upper_quartile_roi", "seat_value", "open_seat_month", "withheld", "unconverted",
    ]

    /// What stands in no member's row, as the last fields of the CSV.
    var besides: [CSVWriter.Field] {
        let (lower, upper) = (quartilesROI.first ?? nil, quartilesROI.last ?? nil)
        let figures = [
            receivedOutside, givenOutside, givenFormer, medianROI, lower, upper, seatValue, openSeatMonth,
        ]
        return [.number("\(members)")] + figures.map { $0.map { .number($0.description) } ?? .empty }
            + [withheld, unconverted].map { $0.isEmpty ? .empty : .list($0) }
    }

    func write(to writer: inout JSONWriter, isMonth: Bool) {
        writer.member("members", members)
        figures.write(to: &writer)
        writer.member(money: "received_outside", receivedOutside)
        writer.member(money: "given_outside", givenOutside)
        writer.member(money: "given_former", givenFormer)
        writer.member(ratio: "median_roi", medianROI)
        writer.key("quartiles_roi")
        writer.array { writer in
            for quartile in quartilesROI {
                if let quartile { writer.number(quartile) } else { writer.null() }
            }
        }
        writer.key("withheld")
        writer.array { writer in for name in withheld { writer.string(name) } }
        writer.key("unconverted")
        writer.array { writer in for record in unconverted { writer.string(record) } }
        guard isMonth else { return }
        writer.member(money: "seat_value", seatValue)
        writer.member(money: "open_seat_month", openSeatMonth)
    }
}
