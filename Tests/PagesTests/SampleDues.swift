import Pages
import ReferralGroup
import Testing

/// The pages of dues and imports, in every state that has words of its own.
enum SampleDues {
    private typealias Named = SampleChapters.Named

    static func all() throws -> [`Pages as they are`.Page] {
        let (leader, member) = (try SampleChapters.leader(), try SampleChapters.member())
        return SampleChapters.pages(
            try dues(leader, member) + bills(leader) + lists(leader, member) + forms(leader) + imports(leader)
        )
    }

    private static func invoices() throws -> [Invoice] {
        let day = try SampleNights.day("2026-10-01")
        return try Invoice.Kind.allCases.flatMap { kind in
            try [true, false].map { isFull in
                Invoice(
                    id: SlipID(high: 1, low: 2),
                    member: .init(1),
                    name: "Alice Archer",
                    kind: kind,
                    from: isFull ? day : nil,
                    to: isFull && kind == .membership ? try SampleNights.day("2027-09-30") : nil,
                    amount: try SampleChapters.euros(90000),
                    issuedOn: day,
                    dueOn: try SampleNights.day("2026-10-15"),
                    note: isFull ? "Example" : nil,
                    cancelledOn: isFull ? nil : day,
                    cancelledBecause: isFull || kind == .other ? nil : "Example"
                )
            }
        }
    }

    private static func payments() throws -> [Payment] {
        try [true, false].map { isFull in
            Payment(
                id: SlipID(high: 1, low: 2),
                member: .init(1),
                name: "Alice Archer",
                amount: try SampleChapters.euros(90000),
                paidOn: try SampleNights.day("2026-10-10"),
                note: isFull ? "Example" : nil,
                voidedOn: isFull ? nil : try SampleNights.day("2026-10-11"),
                voidedBecause: isFull ? nil : "Example"
            )
        }
    }

    private static func balance(of member: Int64) throws -> Balance {
        Balance(
            member: .init(member),
            name: "Alice Archer",
            invoiced: try SampleChapters.euros(180000),
            paid: try SampleChapters.euros(90000),
            arrears: try SampleChapters.euros(member == 1 ? 45000 : 0),
            dueSince: member == 1 ? try SampleNights.day("2026-10-15") : nil
        )
    }

    private static func dues(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let today = try SampleNights.day("2026-10-28")
        let balances = [try balance(of: 1), try balance(of: 2)]
        let (invoices, payments) = (try invoices(), try payments())
        let full = DuesView(balances: balances, invoices: invoices, payments: payments)
        let long = DuesView(
            balances: [balances[0]],
            invoices: [Invoice](repeating: invoices[0], count: DuesView.pageLength + 1),
            payments: [Payment](repeating: payments[0], count: DuesView.pageLength + 1)
        )
        let none = DuesView(balances: [], invoices: [], payments: [])
        let vicePresident = Standing(membership: .init(1), offices: [.vicePresident])
        let reader = try SampleNights.reader(vicePresident.permissions)
        let alice = try SampleChapters.membership()
        return [
            ("dues", duesPage(full, own: .init(1), today: today, for: leader)),
            ("dues to see", duesPage(full, own: .init(2), today: today, for: reader)),
            ("dues of a member", duesPage(long, own: .init(1), today: today, for: member)),
            ("many dues", duesPage(long, own: nil, today: today, for: leader)),
            ("no dues", duesPage(none, own: nil, today: today, for: leader)),
            ("no dues of a member", duesPage(none, own: .init(1), today: today, for: member)),
            ("statement", statementPage(full, try entries(), of: alice, today: today, for: leader)),
            ("statement of nothing", statementPage(none, [], of: alice, today: today, for: leader)),
            ("own statement", statementPage(none, try entries(), of: alice, today: today, for: member)),
        ]
    }

    private static func entries() throws -> [StatementEntry] {
        let day = try SampleNights.day("2026-10-01")
        return try StatementEntry.What.allCases.flatMap { what in
            try [true, false].map { isFull in
                StatementEntry(
                    day: day,
                    what: what,
                    kind: isFull ? .membership : nil,
                    from: isFull ? day : nil,
                    to: nil,
                    note: isFull ? "Example" : nil,
                    amount: try SampleChapters.euros(-90000),
                    balance: try SampleChapters.euros(90000)
                )
            }
        }
    }

    private static func bills(_ leader: Reader) throws -> [Named] {
        let day = try SampleNights.day("2026-10-01")
        let euro = try #require(Currency("EUR"))
        func line(isBilled: Bool, meetings: Int?) throws -> BillLine {
            BillLine(
                member: .init(1),
                name: "Alice Archer",
                from: day,
                to: day,
                meetings: meetings,
                amount: try SampleChapters.euros(90000),
                isBilled: isBilled
            )
        }
        let open = [try line(isBilled: false, meetings: nil), try line(isBilled: true, meetings: 1)]
        let many = [try line(isBilled: false, meetings: 3), try line(isBilled: false, meetings: 2)]
        let shown = try [open, many, [line(isBilled: true, meetings: nil)], []].map { lines in
            BillPreview(draft: BillDraft(what: .meetings, from: day, to: day), lines: lines, currency: euro)
        }
        return [
            ("bill everybody", newBillPage(.blank, preview: nil, for: leader)),
            ("bill everybody again", newBillPage(SampleChapters.refused("to"), preview: nil, for: leader)),
        ] + shown.enumerated().map { ("bill \($0)", newBillPage(.blank, preview: $1, for: leader)) }
    }

    private static func lists(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let today = try SampleNights.day("2026-10-28")
        let (invoices, payments) = (try invoices(), try payments())
        let manyInvoices = [Invoice](repeating: invoices[0], count: DuesView.pageLength + 1)
        let manyPayments = [Payment](repeating: payments[0], count: DuesView.pageLength + 1)
        return [
            ("invoices", invoicesPage(invoices, isFirst: true, today: today, for: leader)),
            ("many invoices", invoicesPage(manyInvoices, isFirst: false, today: today, for: member)),
            ("no invoices", invoicesPage([], isFirst: true, today: today, for: leader)),
            ("payments", paymentsPage(payments, isFirst: true, for: leader)),
            ("many payments", paymentsPage(manyPayments, isFirst: false, for: member)),
            ("no payments", paymentsPage([], isFirst: true, for: leader)),
        ]
    }

    private static func forms(_ leader: Reader) throws -> [Named] {
        let members = [try SampleChapters.membership(), try SampleChapters.membership(isFull: false)]
        let (invoice, payment) = (try invoices()[0], try payments()[0])
        let euro = try #require(Currency("EUR"))
        return [("", Filled.blank), (" again", SampleChapters.refused("because"))].flatMap { again, filled in
            [
                ("write an invoice\(again)", newInvoicePage(members, filled, in: euro, for: leader)),
                ("record a payment\(again)", newPaymentPage(members, filled, in: euro, for: leader)),
                ("cancel an invoice\(again)", cancelInvoicePage(invoice, filled, for: leader)),
                ("void a payment\(again)", voidPaymentPage(payment, filled, for: leader)),
            ]
        }
    }

    private static func batch(
        _ kind: ImportBatch.Kind,
        rows: Int,
        isUndone: Bool = false
    ) throws -> ImportBatch {
        let at = try #require(Instant("2026-11-02T10:00:00Z"))
        return ImportBatch(
            id: 3,
            kind: kind,
            file: ImportedFile(name: "Example", fingerprint: []),
            from: try SampleNights.day("2026-10-01"),
            to: try SampleNights.day("2026-10-28"),
            rows: rows,
            importedAt: at,
            undoneAt: isUndone ? at : nil
        )
    }

    private static func imports(_ leader: Reader) throws -> [Named] {
        let list = try [
            batch(.palms, rows: 1), batch(.slips, rows: 2), batch(.slips, rows: 2, isUndone: true),
        ]
        let many = [ImportBatch](repeating: list[0], count: 101)
        let results: [ImportOutcome.Result] = [
            .wouldImport, .imported(batch: 3), .alreadyImported(batch: 3), .refused,
        ]
        let previews = results.flatMap { result in
            (0...2).map { count -> Named in
                let verdicts = (0..<count).map {
                    RowVerdict(line: $0 + 1, isRefused: result == .refused, message: "it is missing")
                }
                let names = [String](repeating: "Bob Baker", count: count)
                let outcome = ImportOutcome(result: result, verdicts: verdicts, newMembers: names)
                let preview = ImportPreview(
                    fileName: "Example",
                    outcome: outcome,
                    fields: [("kind", "slips")]
                )
                return ("import of \(count), \(result)", importPreviewPage(preview, for: leader))
            }
        }
        let verdicts = (KnownWords.verdicts + rows).enumerated().map {
            RowVerdict(line: $0 + 1, isRefused: true, message: $1)
        }
        let refused = ImportPreview(
            fileName: "Example",
            outcome: ImportOutcome(result: .refused, verdicts: verdicts, newMembers: []),
            fields: []
        )
        return previews + [
            ("import of every row", importPreviewPage(refused, for: leader)),
            ("imports", importsPage(list, page: 1, for: leader)),
            ("many imports", importsPage(many, page: 2, for: leader)),
            ("no imports", importsPage([], page: 1, for: leader)),
            ("bring in", newImportPage(for: leader)),
            ("bring in again", newImportPage(SampleChapters.refused("file"), for: leader)),
            ("take an import of a row back", undoImportPage(list[0], for: leader)),
            (
                "take an import back again",
                undoImportPage(list[1], SampleChapters.refused("file"), for: leader)
            ),
        ]
    }

    /// Each sentence of a row that names somebody.
    private static let rows = [
        "Bob Baker: known", "Bob Baker: new member since 2026-10-01",
        "referral, tier 1: Alice Archer → Bob Baker",
        "referral, tier 2: Bob, also in the other chapter's ledger", "one-to-one: Alice → Bob",
        "one-to-one: Alice → Bob, also in the other chapter's ledger",
        "thanks of 120.00 EUR: Alice → Bob",
        "thanks of 120.00 EUR: Bob, also in the other chapter's ledger",
        "education, 1.5 hours: Alice", "visitor: Alice → Dora Dyer", "both sides are Bob",
        "the cell 2 is empty", "no row of the file needs former=“Bob”",
        "nobody of this chapter is called “Bob”. Similar names: Bob Baker, Alice. If they left: former=“Bob”",
        "nobody of this chapter is called “Bob”. If they left: former=“Bob”",
        "“Bob” may be any of Bob Baker, Alice; bring it in at the operator's shell, which asks who is meant and remembers it",
    ]
}
