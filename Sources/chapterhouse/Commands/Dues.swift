import ArgumentParser
import ReferralGroup
import Storage

extension Invoice.Kind: ExpressibleByArgument {}
extension Billing: ExpressibleByArgument {}

struct DuesCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dues",
        abstract: "What members owe and paid.",
        subcommands: [
            Balances.self, Bill.self, Write.self, Pay.self, Statement.self, Invoices.self, Payments.self,
            Cancel.self, VoidPayment.self,
        ]
    )

    struct Balances: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "What each member was invoiced, paid and owes."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "At the end of this day; today without it.") var on: LocalDate?

        func run() async throws {
            let balances = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(.balances(of: session.chapter, on: on))
            }
            var rows = Listing(
                columns: ["member", "invoiced", "paid", "arrears", "due_since", "currency"]
            )
            for balance in balances {
                rows.add(
                    .text(balance.name),
                    .number(balance.invoiced.amount),
                    .number(balance.paid.amount),
                    .number(balance.arrears.amount),
                    Listing.Cell(balance.dueSince?.description),
                    .text(balance.arrears.currency.code)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invoice",
            abstract: "Write an invoice.",
            discussion:
                "Example: chapterhouse dues invoice cedar \"Ines Dane\" --amount 900 --from 2026-10-01 --to 2027-09-30 --due 2026-10-31"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member, by e-mail, full name or id.") var member: String
        @Option(help: "The amount, in the chapter's currency.") var amount: String
        @Option(help: "membership, meetings or other.") var kind = Invoice.Kind.membership
        @Option(help: "The first day that it covers.") var from: LocalDate?
        @Option(help: "The last day that it covers.") var to: LocalDate?
        @Option(help: "The last day to pay without being late; the day of issue without it.")
        var due: LocalDate?
        @Option(help: "The day of issue; today without it.") var date: LocalDate?
        @Option(help: "A note on it.") var note: Line?

        func run() async throws {
            let id = try await options.withChapter(needing: .keepDues) { session in
                let member = try await session.member(member)
                let draft = InvoiceDraft(
                    member: member.id,
                    kind: kind,
                    amount: try session.money(amount, for: "--amount"),
                    from: from,
                    to: to,
                    issuedOn: date,
                    dueOn: due,
                    note: note?.text
                )
                return try await session.database.run(.write(draft, to: member, in: session.chapter.id))
            }
            try Output.line("Invoice \(id) is written.")
        }
    }

    struct Pay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a payment; it settles the oldest invoice first.",
            discussion: "Example: chapterhouse dues pay cedar \"Ines Dane\" --amount 900 --date 2026-10-12"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member, by e-mail, full name or id.") var member: String
        @Option(help: "The amount, in the chapter's currency.") var amount: String
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Option(help: "A note on it.") var note: Line?

        func run() async throws {
            let id = try await options.withChapter(needing: .keepDues) { session in
                let member = try await session.member(member)
                let amount = try session.money(amount, for: "--amount")
                return try await session.database.run(
                    .pay(amount, by: member, on: date, note: note?.text, in: session.chapter.id)
                )
            }
            try Output.line("Payment \(id) is recorded.")
        }
    }

    struct Invoices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Invoices, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "Only of this member.") var member: String?

        func run() async throws {
            let invoices = try await options.withChapter(needing: .seeRoster) { session in
                let id: Membership.ID? = if let member { try await session.member(member).id } else { nil }
                return try await session.database.run(.invoices(of: session.chapter.id, to: id))
            }
            var rows = Listing(
                columns: [
                    "id", "date", "member", "kind", "amount", "currency", "due", "from", "to", "note",
                    "cancelled_on",
                    "cancelled_because",
                ]
            )
            for invoice in invoices {
                rows.add(
                    .text(invoice.id.description),
                    .text(invoice.issuedOn.description),
                    .text(invoice.name),
                    .text(invoice.kind.rawValue),
                    .number(invoice.amount.amount),
                    .text(invoice.amount.currency.code),
                    .text(invoice.dueOn.description),
                    Listing.Cell(invoice.from?.description),
                    Listing.Cell(invoice.to?.description),
                    Listing.Cell(invoice.note),
                    Listing.Cell(invoice.cancelledOn?.description),
                    Listing.Cell(invoice.cancelledBecause)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Payments: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Payments, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "Only of this member.") var member: String?

        func run() async throws {
            let payments = try await options.withChapter(needing: .seeRoster) { session in
                let id: Membership.ID? = if let member { try await session.member(member).id } else { nil }
                return try await session.database.run(.payments(of: session.chapter.id, by: id))
            }
            var rows = Listing(
                columns: [
                    "id", "date", "member", "amount", "currency", "note", "voided_on", "voided_because",
                ]
            )
            for payment in payments {
                rows.add(
                    .text(payment.id.description),
                    .text(payment.paidOn.description),
                    .text(payment.name),
                    .number(payment.amount.amount),
                    .text(payment.amount.currency.code),
                    Listing.Cell(payment.note),
                    Listing.Cell(payment.voidedOn?.description),
                    Listing.Cell(payment.voidedBecause)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cancel an invoice; it stays in the list, and is owed no more.",
            discussion:
                "Example: chapterhouse dues cancel cedar 0f8fad5b-d9cb-469f-a165-70867728950e --reason \"sent twice\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The invoice's id.") var id: SlipID
        @Option(help: "Why.") var reason: Line

        func run() async throws {
            try await options.withChapter(needing: .keepDues) { session in
                guard
                    try await session.database.run(
                        .cancel(id, because: reason.text, in: session.chapter.id)
                    )
                else { throw Unknown.invoice(id) }
            }
            try Output.line("Invoice \(id) is cancelled.")
        }
    }

    struct VoidPayment: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "void",
            abstract: "Void a payment that was recorded in error; it stays in the list, and counts no more.",
            discussion:
                "Example: chapterhouse dues void cedar 0f8fad5b-d9cb-469f-a165-70867728950e --reason \"another member's\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The payment's id.") var id: SlipID
        @Option(help: "Why.") var reason: Line

        func run() async throws {
            try await options.withChapter(needing: .keepDues) { session in
                guard
                    try await session.database.run(.void(id, because: reason.text, in: session.chapter.id))
                else { throw Unknown.payment(id) }
            }
            try Output.line("Payment \(id) is voided.")
        }
    }
}
