import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What members owe and paid: their own to members, all to leaders, kept by the treasurer.
struct DuesRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: balances)
        routes.inChapter(.get, "bill", needs: .keepDues, use: toBeBilled)
        routes.inChapter(.post, "bill", needs: .keepDues, use: bill)
        routes.inChapter(.get, "members/{id}", needs: .seeRoster, use: statement)
        routes.inChapter(.get, "invoices", needs: .seeRoster, use: invoices)
        routes.inChapter(.post, "invoices", needs: .keepDues, use: write)
        routes.inChapter(.get, "invoices/{id}", needs: .seeRoster, use: invoice)
        routes.inChapter(.delete, "invoices/{id}", needs: .keepDues, use: cancel)
        routes.inChapter(.get, "payments", needs: .seeRoster, use: payments)
        routes.inChapter(.post, "payments", needs: .keepDues, use: pay)
        routes.inChapter(.get, "payments/{id}", needs: .seeRoster, use: payment)
        routes.inChapter(.delete, "payments/{id}", needs: .keepDues, use: void)
    }

    func balances(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["on"])
        let day = try parameters.value("on", LocalDate.self, "a date such as 2026-10-28")
        let balances = try await context.acting(in: database).run(.balances(of: context.chapter, on: day))
        return Response(json: balances) { $0.write(to: &$1) }
    }

    /// What each member is to be billed, before anything is written.
    func toBeBilled(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["for", "from", "to"])
        guard let what = try parameters.word("for", Billing.self) else {
            throw Problem.parameter("for", "it is missing; give one of term, renewals, meetings")
        }
        let (from, to) = (try parameters.day("from"), try parameters.day("to"))
        let lines = try await context.acting(in: database).run(
            .toBeBilled(what, from: from, to: to, in: context.chapter)
        )
        return Response(json: lines) { $0.write(to: &$1) }
    }

    func bill(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try body.bill()
        return try await context.write(request, body.bytes, in: database) { transaction in
            let billed = try await transaction.bill(draft, in: context.chapter)
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("invoices", billed.invoices)
                writer.member("total", billed.total)
            }
            return KeptAnswer(status: 200, body: writer.text)
        }
    }

    /// A member's account, entry by entry: one's own, and to those who may see dues everybody's.
    func statement(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try context.payer
        let (member, entries) = try await context.acting(in: database).run(
            .member(id, in: context.chapter.id),
            .statement(of: id, in: context.chapter)
        )
        guard member != nil else { throw Problem.notFound }
        return Response(json: entries) { $0.write(to: &$1) }
    }

    func invoices(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let invoices = try await context.acting(in: database).run(
            .invoices(of: context.chapter.id, portion.slice)
        )
        return Response(invoices, of: portion, request, id: \.id) { $0.write(to: &$1) }
    }

    func payments(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let payments = try await context.acting(in: database).run(
            .payments(of: context.chapter.id, portion.slice)
        )
        return Response(payments, of: portion, request, id: \.id) { $0.write(to: &$1) }
    }

    func invoice(_ request: Request, context: ChapterContext) async throws -> Response {
        let invoice = try await context.entry(request, in: database) { .invoices(of: context.chapter.id, $0) }
        return Response(object: { invoice.write(to: &$0) })
    }

    func payment(_ request: Request, context: ChapterContext) async throws -> Response {
        let payment = try await context.entry(request, in: database) { .payments(of: context.chapter.id, $0) }
        return Response(object: { payment.write(to: &$0) })
    }

    func write(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let (draft, member) = try await body.invoice(of: context, context.acting(in: database))
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(
                try await transaction.run(.write(draft, to: member, in: context.chapter.id)),
                at: request.place
            )
        }
    }

    func pay(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let payment = try await body.payment(of: context, context.acting(in: database))
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(try await transaction.keep(payment, in: context.chapter.id), at: request.place)
        }
    }

    func cancel(_ request: Request, context: ChapterContext) async throws -> Response {
        let (id, reason) = try Self.undone(request, context)
        guard try await context.acting(in: database).run(.cancel(id, because: reason, in: context.chapter.id))
        else { throw Problem.notFound }
        return Response(status: .noContent)
    }

    func void(_ request: Request, context: ChapterContext) async throws -> Response {
        let (id, reason) = try Self.undone(request, context)
        guard try await context.acting(in: database).run(.void(id, because: reason, in: context.chapter.id))
        else { throw Problem.notFound }
        return Response(status: .noContent)
    }

    /// What is taken back, and why.
    private static func undone(_ request: Request, _ context: ChapterContext) throws -> (SlipID, String) {
        let parameters = try QueryParameters(request, known: ["because"])
        guard let text = try parameters.value("because", String.self, "a reason") else {
            throw Problem.parameter("because", "it is missing; give the reason")
        }
        guard let reason = Body.line(text, atMost: Body.longestLine) else {
            throw Problem.parameter("because", "give a reason in one line")
        }
        guard let id = context.parameters.get("id").flatMap({ SlipID($0) }) else { throw Problem.notFound }
        return (id, reason)
    }
}

extension ChapterContext {
    /// The member in the address, whose account whoever asks may see.
    var payer: Membership.ID {
        get throws {
            guard let id = parameters.get("id").flatMap({ Membership.ID($0) }) else { throw Problem.notFound }
            if actor.membership != id { try actor.demand(.seeDues) }
            return id
        }
    }
}

extension QueryParameters {
    fileprivate func day(_ name: String) throws -> LocalDate {
        guard let day = try value(name, LocalDate.self, "a date such as 2026-10-28") else {
            throw Problem.parameter(name, "it is missing; give a date such as 2026-10-28")
        }
        return day
    }
}

/// Money that a member paid, about to be recorded.
struct PaymentDraft {
    let member: Membership
    let amount: Money
    let date: LocalDate?
    let note: String?
}

extension ActingTransaction {
    func keep(_ payment: PaymentDraft, in chapter: Chapter.ID) async throws -> SlipID {
        try await run(
            .pay(payment.amount, by: payment.member, on: payment.date, note: payment.note, in: chapter)
        )
    }
}

extension ActingTransaction {
    func bill(_ draft: BillDraft, in chapter: Chapter) async throws -> (invoices: Int, total: Money) {
        try await run(.bill(draft, in: chapter)) ?? (0, Money(minorUnits: 0, currency: chapter.currency))
    }
}

extension Body {
    mutating func bill() throws -> BillDraft {
        let draft = BillDraft(
            what: try required(word("for", Billing.self), "for"),
            from: try required(date("from"), "from"),
            to: try required(date("to"), "to"),
            writtenOn: try date("date"),
            dueOn: try date("due")
        )
        try end()
        return draft
    }

    mutating func invoice(
        of context: ChapterContext,
        _ acting: ActingDatabase
    ) async throws -> (InvoiceDraft, Membership) {
        let date = try date("date")
        let member = try await payer(of: context, acting, on: date)
        let draft = InvoiceDraft(
            member: member.id,
            kind: try word("kind", Invoice.Kind.self) ?? .membership,
            amount: try required(money("amount", in: context.chapter), "amount"),
            from: try self.date("from"),
            to: try self.date("to"),
            issuedOn: date,
            dueOn: try self.date("due"),
            note: try line("note")
        )
        try end()
        return (draft, member)
    }

    mutating func payment(of context: ChapterContext, _ acting: ActingDatabase) async throws -> PaymentDraft {
        let date = try date("date")
        let draft = PaymentDraft(
            member: try await payer(of: context, acting, on: date),
            amount: try required(money("amount", in: context.chapter), "amount"),
            date: date,
            note: try line("note")
        )
        try end()
        return draft
    }

    private mutating func payer(
        of context: ChapterContext,
        _ acting: ActingDatabase,
        on day: LocalDate?
    ) async throws -> Membership {
        let party = try await party("member", in: acting, on: day)
        let id = try required(party, "member").member(of: self, "member")
        guard let member = try await acting.run(.member(id, in: context.chapter.id)) else {
            throw unfit("member", "there is no member of that number")
        }
        return member
    }
}

extension Balance {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("member")
        writer.object { writer in
            writer.key("id")
            writer.number(member.number)
            writer.member("name", name)
        }
        writer.member("invoiced", invoiced)
        writer.member("paid", paid)
        writer.member("arrears", arrears)
        writer.member("due_since", dueSince?.description)
    }
}

extension BillLine {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("member")
        writer.object { writer in
            writer.key("id")
            writer.number(member.number)
            writer.member("name", name)
        }
        writer.member("from", from.description)
        writer.member("to", to.description)
        writer.member("meetings", number: meetings)
        writer.member("amount", amount)
        writer.member("is_billed", isBilled)
    }
}

extension StatementEntry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("date", day.description)
        writer.member("entry", what.rawValue)
        writer.member("kind", kind?.rawValue)
        writer.member("from", from?.description)
        writer.member("to", to?.description)
        writer.member("note", note)
        writer.member("amount", amount)
        writer.member("balance", balance)
    }
}

extension Invoice {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", issuedOn.description)
        writer.member("member", name)
        writer.member("kind", kind.rawValue)
        writer.member("amount", amount)
        writer.member("due", dueOn.description)
        writer.member("from", from?.description)
        writer.member("to", to?.description)
        writer.member("note", note)
        writer.member("cancelled_on", cancelledOn?.description)
        writer.member("cancelled_because", cancelledBecause)
    }
}

extension Payment {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("date", paidOn.description)
        writer.member("member", name)
        writer.member("amount", amount)
        writer.member("note", note)
        writer.member("voided_on", voidedOn?.description)
        writer.member("voided_because", voidedBecause)
    }
}
