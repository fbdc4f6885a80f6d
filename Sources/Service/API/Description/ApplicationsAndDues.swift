import HTTPTypes
import ReferralGroup

extension ApplicationRoutes {
    static let description = Resource(
        "Applications",
        "Who wants a seat: references, votes of the committee, the decision. Confidential.",
        at: "chapters/{chapter}/applications",
        schemas: [
            "Application": .answer([
                "id": .slipID, "date": .date, "name": .text, "seat": .text,
                "seat_held": .truth.saying("Whether a member holds the seat today."),
                "company": .text.orNull,
                "email": .text.orNull, "phone": .text.orNull, "sponsor": .text.orNull, "references": .count,
                "yes": .count, "no": .count, "decision": .word(MembershipApplication.Decision.self).orNull,
                "decided_on": .date.orNull, "reason": .text.orNull, "member": .id.orNull,
                "notes": .text.orNull,
            ])
        ],
        [
            .get(
                "",
                "listApplications",
                "Applications, newest first",
                [.query("pending", .truth, "Only those that nobody decided yet.")],
                answers: .json(.list(of: .named("Application")))
            ),
            .write(
                .post,
                "",
                "openApplication",
                "Open an application",
                .draft(
                    needs: ["name": .line, "seat": .line],
                    takes: [
                        "company": .line, "email": .line, "phone": .line, "sponsor": .named("Party"),
                        "date": .date, "notes": .line,
                    ]
                ),
                example: ["name": "Karl Kurz", "seat": "Roofer", "sponsor": 12],
                answers: .made(links: [.init(name: "readApplication")])
            ),
            .get("{id}", "readApplication", "One application", answers: .json(.named("Application"))),
            .write(
                .post,
                "{id}/references",
                "noteReference",
                "Note what somebody said who was asked about the applicant",
                .draft(needs: ["name": .line], takes: ["contact": .line, "date": .date, "outcome": .line]),
                example: ["name": "Ines Dane", "outcome": "Would hire him again"],
                answers: .nothing
            ),
            .write(
                .put,
                "{id}/vote",
                "voteOnApplication",
                "Give one's own vote",
                .draft(needs: ["vote": .word(MembershipApplication.Vote.self)], takes: [:]),
                example: ["vote": "yes"],
                answers: .nothing
            )
            .saying("Who has an interest of their own says conflict, and does not count; so does a sponsor."),
            .write(
                .put,
                "{id}/decision",
                "decideApplication",
                "Decide it",
                .draft(
                    needs: ["decision": .word(MembershipApplication.Decision.self)],
                    takes: ["reason": .line, "date": .date]
                ),
                example: ["decision": "declined", "reason": "The seat is taken"],
                answers: .nothing
            ),
            .write(
                .put,
                "{id}/induction",
                "inductApplicant",
                "Name the membership that the induction made",
                .draft(
                    needs: ["member": .named("Party")],
                    takes: ["mentor": .named("Party").saying("Who looks after them in their first year.")]
                ),
                example: ["member": 31],
                answers: .nothing
            ),
        ]
    )
}

extension DuesRoutes {
    static let description = Resource(
        "Dues",
        "Invoices and payments: one's own to a member, all to leaders.",
        at: "chapters/{chapter}/dues",
        schemas: [
            "Balance": .answer([
                "member": .named("MemberName"), "invoiced": .named("Money"), "paid": .named("Money"),
                "arrears": .named("Money"),
                "due_since": .date.orNull,
            ]),
            "Invoice": .answer([
                "id": .slipID, "date": .date, "member": .text, "kind": .word(Invoice.Kind.self),
                "amount": .named("Money"), "due": .date, "from": .date.orNull, "to": .date.orNull,
                "note": .text.orNull, "cancelled_on": .date.orNull, "cancelled_because": .text.orNull,
            ]),
            "Payment": .answer([
                "id": .slipID, "date": .date, "member": .text, "amount": .named("Money"),
                "note": .text.orNull,
                "voided_on": .date.orNull, "voided_because": .text.orNull,
            ]),
            "BillLine": .answer([
                "member": .named("MemberName"), "from": .date, "to": .date, "meetings": .count.orNull,
                "amount": .named("Money"), "is_billed": .truth,
            ]),
            "Billed": .answer(["invoices": .count, "total": .named("Money")]),
            "StatementEntry": .answer([
                "date": .date, "entry": .word(StatementEntry.What.self),
                "kind": .word(Invoice.Kind.self).orNull, "from": .date.orNull, "to": .date.orNull,
                "note": .text.orNull, "amount": .named("Money"), "balance": .named("Money"),
            ]),
        ],
        [
            .get(
                "",
                "listBalances",
                "What each member owes",
                [.on],
                answers: .json(.list(of: .named("Balance")))
            ),
            .get(
                "bill",
                "previewBill",
                "What each member is to be billed",
                [
                    .query("for", .word(Billing.self), "What is billed.").required, .from.required,
                    .to.required,
                ],
                answers: .json(.list(of: .named("BillLine")))
            ).mayFail(.unprocessableContent),
            .write(
                .post,
                "bill",
                "billMembers",
                "Write an invoice for every member who has none for these days",
                .draft(
                    needs: ["for": .word(Billing.self), "from": .date, "to": .date],
                    takes: ["date": .date, "due": .date]
                ),
                example: ["for": "term", "from": "2026-10-01", "to": "2027-03-31", "due": "2026-10-31"],
                answers: .json(.named("Billed"))
            )
            .saying(
                "term: the fee of each member's days. renewals: the whole fee, of those who renew then. meetings: each sealed meeting."
            ),
            .get(
                "members/{id}",
                "readStatement",
                "A member's account, entry by entry",
                answers: .json(.list(of: .named("StatementEntry")))
            ).saying("One's own; everybody's to those who may see dues. Below zero the chapter owes."),
            .get(
                "invoices",
                "listInvoices",
                "Invoices, newest first",
                Parameter.portion,
                answers: .page(of: .named("Invoice"))
            ).mayFail(.unprocessableContent),
            .write(
                .post,
                "invoices",
                "writeInvoice",
                "Write an invoice",
                .draft(
                    needs: ["member": .named("Party"), "amount": .named("Money")],
                    takes: [
                        "kind": .word(Invoice.Kind.self), "date": .date, "due": .date, "from": .date,
                        "to": .date, "note": .line,
                    ]
                ),
                example: [
                    "member": 12, "amount": ["amount": "900.00", "currency": "EUR"], "due": "2026-12-31",
                ],
                answers: .made(links: [.init(name: "readInvoice"), .init(name: "cancelInvoice")])
            ),
            .get("invoices/{id}", "readInvoice", "One invoice", answers: .json(.named("Invoice"))),
            .act(.delete, "invoices/{id}", "cancelInvoice", "Cancel an invoice", [because])
                .saying("It stays in the list, and is owed no more."),
            .get(
                "payments",
                "listPayments",
                "Payments, newest first",
                Parameter.portion,
                answers: .page(of: .named("Payment"))
            ).mayFail(.unprocessableContent),
            .write(
                .post,
                "payments",
                "recordPayment",
                "Record a payment",
                .draft(
                    needs: ["member": .named("Party"), "amount": .named("Money")],
                    takes: ["date": .date, "note": .line]
                ),
                example: ["member": 12, "amount": ["amount": "900.00", "currency": "EUR"]],
                answers: .made(links: [.init(name: "readPayment"), .init(name: "voidPayment")])
            ),
            .get("payments/{id}", "readPayment", "One payment", answers: .json(.named("Payment"))),
            .act(
                .delete,
                "payments/{id}",
                "voidPayment",
                "Void a payment that was recorded in error",
                [because]
            )
            .saying("It stays in the list, and counts no more."),
        ]
    )

    private static let because = Parameter.query("because", .line, "The reason.").required
}
