import ReferralGroup

extension MonthlyROI.Closing {
    /// In the words of the API.
    func write(to writer: inout JSONWriter) {
        writer.member("number", closed.number)
        writer.member("closed_at", closed.closedAt.description)
        writer.member("closed_by", closed.closedBy)
        writer.member("sha256", closed.sha256)
        writer.key("restated")
        guard let restated else { return writer.null() }
        writer.object { writer in
            for block in restated.blocks {
                writer.key(block.name)
                writer.object { block.difference.write(to: &$0, isMonth: block.name == "month") }
            }
            writer.key("entries")
            writer.array { writer in
                for change in restated.changes { writer.object { change.write(to: &$0) } }
            }
        }
    }

    /// As rows of the report's CSV, below it.
    var rows: [[CSVWriter.Field]] {
        func note(_ block: String, _ text: String) -> [CSVWriter.Field] {
            [.text(block), .empty, .text(text)]
                + [CSVWriter.Field](repeating: .empty, count: MonthlyROI.columns.count - 3)
        }
        let restated = self.restated
        return [note("closed", sentence)]
            + (restated?.blocks ?? []).map { name, difference in
                [.text("restated_\(name)"), .empty, .text("Restated since")] + difference.fields
            } + (restated?.changes ?? []).map { note("restated_entry", $0.sentence) }
    }

    /// For a terminal, below the report.
    var lines: [String] {
        ["", sentence] + (restated?.sentences ?? []) + (restated?.changes ?? []).map { "  \($0.sentence)" }
    }
}

extension MonthlyROI.Difference {
    fileprivate func write(to writer: inout JSONWriter, isMonth: Bool) {
        totals.write(to: &writer, isMonth: isMonth)
        writer.member("referrals_given", referralsGiven)
        writer.member("referrals_received", referralsReceived)
        writer.member("one_to_ones", oneToOnes)
        writer.member("meetings_held", meetingsHeld)
    }

    fileprivate var fields: [CSVWriter.Field] {
        totals.figures.fields + [.empty]
            + [referralsGiven, referralsReceived, oneToOnes, meetingsHeld].map { .number("\($0)") }
            + totals.besides
    }
}

extension MonthlyROI.Change {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("entity", entity)
        writer.member("id", id)
        writer.member("day", day.description)
        writer.member("change", change)
        writer.member("at", at.description)
    }
}

extension ClosedMonth {
    /// In the words of the API.
    package func write(to writer: inout JSONWriter) {
        writer.member("number", number)
        writer.member("month", month.description)
        writer.member("closed_at", closedAt.description)
        writer.member("closed_by", closedBy)
        writer.member("sha256", sha256)
        writer.member("changes", changes)
        writer.member("reopened_at", reopening?.at.description)
        writer.member("reopened_by", reopening?.by)
        writer.member("reopened_because", reopening?.reason)
    }
}
