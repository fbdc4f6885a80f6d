import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What members owe and paid, as pages: their own to members, all to leaders, kept by the treasurer.
struct DuesPages {
    let database: Database
    private static let fields: [Refusal: String] = [
        .invoiceOverNothing: "amount", .paymentOfNothing: "amount", .slipOfTheFuture: "date",
    ]

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "dues", needs: .seeRoster, use: dues)
        routes.inChapter(.get, "dues/members/{id}", needs: .seeRoster, use: statement)
        routes.inChapter(.get, "dues/invoices", needs: .seeRoster, use: invoices)
        routes.inChapter(.get, "dues/invoices/new", needs: .keepDues, use: newInvoice)
        routes.inChapter(.post, "dues/invoices", needs: .keepDues, use: write)
        routes.inChapter(.get, "dues/invoices/{id}/cancel", needs: .keepDues, use: showCancel)
        routes.inChapter(.post, "dues/invoices/{id}/cancel", needs: .keepDues, use: cancel)
        routes.inChapter(.get, "dues/payments", needs: .seeRoster, use: payments)
        routes.inChapter(.get, "dues/payments/new", needs: .keepDues, use: newPayment)
        routes.inChapter(.post, "dues/payments", needs: .keepDues, use: pay)
        routes.inChapter(.get, "dues/payments/{id}/void", needs: .keepDues, use: showVoid)
        routes.inChapter(.post, "dues/payments/{id}/void", needs: .keepDues, use: void)
    }

    func dues(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let slice = LedgerSlice(from: .earliest, to: .latest, limit: DuesView.pageLength + 1)
        let (balances, invoices, payments, today) = try await context.acting(in: database).run(
            .balances(of: context.chapter),
            .invoices(of: context.chapter.id, to: nil, slice),
            .payments(of: context.chapter.id, by: nil, slice),
            .today(in: context.chapter.id)
        )
        let view = DuesView(balances: balances, invoices: invoices, payments: payments)
        return context.answer(request) {
            duesPage(view, own: context.actor.membership, today: today, for: $0)
        }
    }

    func statement(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try context.payer
        let slice = LedgerSlice(from: .earliest, to: .latest, limit: 1000)
        let (member, balances, invoices, payments, entries, today) = try await context.acting(in: database)
            .run(
                .member(id, in: context.chapter.id),
                .balances(of: context.chapter),
                .invoices(of: context.chapter.id, to: id, slice),
                .payments(of: context.chapter.id, by: id, slice),
                .statement(of: id, in: context.chapter),
                .today(in: context.chapter.id)
            )
        guard let member else { throw Problem.notFound }
        let view = DuesView(balances: balances, invoices: invoices, payments: payments)
        return context.answer(request) { statementPage(view, entries, of: member, today: today, for: $0) }
    }

    func invoices(_ request: Request, context: ChapterContext) async throws -> Response {
        let slice = try QueryParameters(request, known: ["after"]).slice(of: DuesView.pageLength)
        let (invoices, today) = try await context.acting(in: database).run(
            .invoices(of: context.chapter.id, slice),
            .today(in: context.chapter.id)
        )
        return context.answer(request) {
            invoicesPage(invoices, isFirst: slice.after == nil, today: today, for: $0)
        }
    }

    func payments(_ request: Request, context: ChapterContext) async throws -> Response {
        let slice = try QueryParameters(request, known: ["after"]).slice(of: DuesView.pageLength)
        let payments = try await context.acting(in: database).run(.payments(of: context.chapter.id, slice))
        return context.answer(request) { paymentsPage(payments, isFirst: slice.after == nil, for: $0) }
    }

    func newInvoice(_ request: Request, context: ChapterContext) async throws -> Response {
        try await form(request, context, .blank, newInvoicePage)
    }

    func write(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try await $0.invoice(of: context, context.acting(in: database))
        } write: { draft, transaction in
            _ = try await beside(Self.fields) {
                try await transaction.run(.write(draft.0, to: draft.1, in: context.chapter.id))
            }
            return "\(context.folder)/dues/members/\(draft.1.id)"
        } orElse: {
            try await form(request, context, $0, newInvoicePage)
        }
    }

    func newPayment(_ request: Request, context: ChapterContext) async throws -> Response {
        try await form(request, context, .blank, newPaymentPage)
    }

    func pay(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try await $0.payment(of: context, context.acting(in: database))
        } write: { draft, transaction in
            _ = try await beside(Self.fields) {
                try await transaction.keep(draft, in: context.chapter.id)
            }
            return "\(context.folder)/dues/members/\(draft.member.id)"
        } orElse: {
            try await form(request, context, $0, newPaymentPage)
        }
    }

    private func form(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled,
        _ page: ([Membership], Filled, Currency, Reader) -> HTML
    ) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let members = try await context.acting(in: database).run(
            .roster(of: context.chapter.id, on: nil, former: true)
        )
        return context.answer(request) { page(members, filled, context.chapter.currency, $0) }
    }

    func showCancel(_ request: Request, context: ChapterContext) async throws -> Response {
        let invoice = try await context.entry(request, in: database) { .invoices(of: context.chapter.id, $0) }
        return context.answer(request) { cancelInvoicePage(invoice, for: $0) }
    }

    func cancel(_ request: Request, context: ChapterContext) async throws -> Response {
        let found = {
            try await context.entry(request, in: database) { .invoices(of: context.chapter.id, $0) }
        }
        return try await context.keep(request, in: database) {
            (invoice: try await found(), reason: try $0.becauseOf())
        } write: { (draft: (invoice: Invoice, reason: String), transaction) in
            guard
                try await transaction.run(
                    .cancel(draft.invoice.id, because: draft.reason, in: context.chapter.id)
                )
            else { throw Self.takenBack }
            return "\(context.folder)/dues/members/\(draft.invoice.member)"
        } orElse: { filled in
            let invoice = try await found()
            return context.answer(request) { cancelInvoicePage(invoice, filled, for: $0) }
        }
    }

    func showVoid(_ request: Request, context: ChapterContext) async throws -> Response {
        let payment = try await context.entry(request, in: database) { .payments(of: context.chapter.id, $0) }
        return context.answer(request) { voidPaymentPage(payment, for: $0) }
    }

    func void(_ request: Request, context: ChapterContext) async throws -> Response {
        let found = {
            try await context.entry(request, in: database) { .payments(of: context.chapter.id, $0) }
        }
        return try await context.keep(request, in: database) {
            (payment: try await found(), reason: try $0.becauseOf())
        } write: { (draft: (payment: Payment, reason: String), transaction) in
            guard
                try await transaction.run(
                    .void(draft.payment.id, because: draft.reason, in: context.chapter.id)
                )
            else { throw Self.takenBack }
            return "\(context.folder)/dues/members/\(draft.payment.member)"
        } orElse: { filled in
            let payment = try await found()
            return context.answer(request) { voidPaymentPage(payment, filled, for: $0) }
        }
    }

    private static let takenBack = Problem(
        status: .conflict,
        kind: "taken-back",
        detail: "It is taken back already."
    )
}

extension Body {
    /// Why something is taken back.
    fileprivate mutating func becauseOf() throws -> String {
        let reason = try required(line("because"), "because")
        try end()
        return reason
    }
}
