import ReferralGroup

extension AttendanceSummary {
    /// The report in the words of the API, on one line.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("chapter", chapter.description)
            writer.member("from", from.description)
            writer.member("to", to.description)
            writer.member("currency", currency.code)
            writer.member("as_of", asOf.description)
            writer.key("members")
            writer.array { writer in
                for row in rows where row.kind == .member { writer.object { row.write(to: &$0) } }
            }
            writer.key("others")
            writer.array { writer in
                for row in rows where row.kind != .member { writer.object { row.write(to: &$0) } }
            }
            writer.key("total")
            writer.object { total.write(to: &$0) }
            writer.key("summaries")
            writer.array { writer in
                for summary in summaries { writer.object { summary.write(to: &$0) } }
            }
        }
        return writer.bytes
    }

    package var csv: String {
        var writer = CSVWriter(header: ["kind", "member_id", "name"] + Row.words)
        for row in rows + [total] {
            writer.append(
                [
                    .text(row.kind.rawValue), row.member.map { .number($0.description) } ?? .empty,
                    .text(row.name),
                ]
                    + row.cells.map { $0.map { .number($0) } ?? .empty }
            )
        }
        return writer.text
    }

    /// For a terminal, with what the columns mean and which days an import stands for.
    package var table: String {
        var table = TextTable(
            headings: [
                "", "P", "A", "L", "M", "S", "RGI", "RGO", "RRI", "RRO", "V", "1-2-1", "TYFCB", "CEU", "T",
                "Held", "Rate",
            ],
            numbers: Set(1...16)
        )
        for row in rows { table.add([row.name] + row.cells.map { $0 ?? "–" }) }
        table.addRule()
        table.add([total.name] + total.cells.map { $0 ?? "–" })
        var lines = [
            "\(chapterName), attendance and slips from \(from) to \(to), in \(currency), as of \(asOf)", "",
            table.text,
        ]
        lines += summaries.map(\.sentence)
        lines += [
            "P present, A absent, L late, M medical, S substitute; Rate = (P + L + S) / meetings held.",
            "RGI, RGO referrals given inside and outside; RRI, RRO received; V visitors who came; 1-2-1 one-to-ones;",
            "TYFCB business for which they were thanked; CEU hours of education; T testimonials given.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}

extension AttendanceSummary.Row {
    fileprivate static let words = [
        "present", "absent", "late", "medical", "substitute", "referrals_given_inside",
        "referrals_given_outside",
        "referrals_received_inside", "referrals_received_outside", "visitors", "one_to_ones", "thanked_for",
        "education",
        "testimonials", "held", "rate",
    ]

    fileprivate var cells: [String?] {
        figures.map { $0?.description }
    }

    private var figures: [Figure?] {
        let marks = [present, absent, late, medical, substitute]
        let referrals = [
            referralsGivenInside, referralsGivenOutside, referralsReceivedInside, referralsReceivedOutside,
        ]
        let counts = marks + referrals + [visitors, oneToOnes]
        return counts.map { Figure($0) } + [thankedFor, education, Figure(testimonials), Figure(held), rate]
    }

    fileprivate func write(to writer: inout JSONWriter) {
        if let member {
            writer.key("member")
            writer.object { writer in
                writer.member("id", Int(member.number))
                writer.member("name", name)
            }
        } else if kind != .total {
            writer.member("kind", kind.rawValue)
            writer.member("name", name)
        }
        for (word, figure) in zip(Self.words, figures) {
            writer.key(word)
            // Money is a string, everything else a number.
            switch (word, figure) {
            case (_, nil): writer.null()
            case ("thanked_for", let figure?): writer.string(figure)
            case (_, let figure?): writer.number(figure)
            }
        }
    }
}

extension AttendanceSummary.ImportedSummary {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("import", Int(batch))
        writer.member("from", from.description)
        writer.member("to", to.description)
        writer.key("used")
        writer.bool(isUsed)
        writer.member("note", sentence)
    }
}
