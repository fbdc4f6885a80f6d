import Hummingbird
import Pages
import ReferralGroup
import Storage

/// A member's own network as pages.
struct ContactPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "contacts", needs: .recordOwnSlips, use: list)
        routes.inChapter(.get, "contacts/new", needs: .recordOwnSlips, use: new)
        routes.inChapter(.post, "contacts/new", needs: .recordOwnSlips, use: keep)
        routes.inChapter(.get, "contacts/{id}", needs: .recordOwnSlips, use: show)
        routes.inChapter(.get, "contacts/{id}/card.vcf", needs: .recordOwnSlips) {
            try await $1.card($0, in: database)
        }
        routes.inChapter(.post, "contacts/{id}/touches", needs: .recordOwnSlips, use: touch)
        routes.inChapter(.get, "contacts/{id}/change", needs: .recordOwnSlips, use: showChange)
        routes.inChapter(.post, "contacts/{id}/change", needs: .recordOwnSlips, use: change)
        routes.inChapter(.post, "contacts/{id}/forget", needs: .recordOwnSlips, use: forget)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["part", "q", "after"])
        let after = try parameters.value("after", SlipID.self, "the id of an entry")
        let asked = ContactQuestion(
            part: try parameters.word("part", ContactQuestion.Part.self) ?? .own,
            text: try parameters.searched(),
            isFirstPage: after == nil
        )
        let (chapter, most) = (context.chapter.id, ContactQuestion.pageLength + 1)
        let acting = context.acting(in: database)
        guard asked.part == .own else {
            let cards = try await acting.run(
                .sharedContacts(in: chapter, matching: asked.text, after: after, limit: most)
            )
            return context.answer(request) { sharedContactsPage(cards, asked, for: $0) }
        }
        let (contacts, today) = try await acting.run(
            .contacts(of: context.owner.person, in: chapter, matching: asked.text, after: after, limit: most),
            .today(in: chapter)
        )
        return context.answer(request) { contactsPage(contacts, asked, on: today, for: $0) }
    }

    func new(_ request: Request, context: ChapterContext) async throws -> Response {
        let visitor = try QueryParameters(request, known: ["visitor"])
            .value("visitor", SlipID.self, "the id of a visitor")
        guard let visitor else { return context.answer(request) { newContactPage(for: $0) } }
        guard let known = try await context.visitor(visitor, in: database) else { throw Problem.notFound }
        var values = ["visitor": visitor.description, "name": known.name, "met": known.visitOn.description]
        values["profession"] = known.profession
        values["company"] = known.company
        values["phone"] = known.phone
        values["email"] = known.email
        return context.answer(request) { newContactPage(visitor: true, Filled(values), for: $0) }
    }

    func keep(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try await $0.contact(of: context, in: database)
        } write: { draft, transaction in
            let owner = try context.owner
            let id = try await beside(Self.fields) {
                try await transaction.run(
                    .keep(draft, of: owner.membership, owner.person, in: context.chapter.id)
                )
            }
            return "\(context.folder)/contacts/\(id)"
        } orElse: { filled in
            context.answer(request) { newContactPage(visitor: !filled["visitor"].isEmpty, filled, for: $0) }
        }
    }

    private static let fields: [Refusal: String] = [
        .slipOfTheFuture: "met", .contactWithoutName: "name",
    ]

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await show(request, context, .blank)
    }

    private func show(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled
    ) async throws -> Response {
        let (id, person, chapter) = (try context.entryID, try context.owner.person, context.chapter.id)
        let (contact, history) = try await context.acting(in: database).run(
            .contact(id, of: person, in: chapter),
            .endedFollowUps(of: id, by: person, in: chapter)
        )
        guard let contact else { throw Problem.notFound }
        return context.answer(request) { contactPage(contact, history, filled, for: $0) }
    }

    func touch(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let end = try body.touch()
            try body.end()
            return end
        } write: { end, transaction in
            let (id, owner) = (try context.entryID, try context.owner)
            let touched = try await beside([.slipOfTheFuture: "date"]) {
                try await transaction.run(
                    .touched(id, end, by: owner.membership, owner.person, in: context.chapter.id)
                )
            }
            guard touched != nil else { throw Problem.notFound }
            return "\(context.folder)/contacts/\(id)"
        } orElse: {
            try await show(request, context, $0)
        }
    }

    func showChange(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await showChange(request, context, nil)
    }

    private func showChange(
        _ request: Request,
        _ context: ChapterContext,
        _ filled: Filled?
    ) async throws -> Response {
        let contact = try await context.acting(in: database).run(
            .contact(context.entryID, of: context.owner.person, in: context.chapter.id)
        )
        guard let contact else { throw Problem.notFound }
        return context.answer(request) { changeContactPage(contact, filled, for: $0) }
    }

    func change(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let written = (card: try body.card(), back: try body.backOfCard())
            try body.end()
            return written
        } write: { written, transaction in
            let (id, person) = (try context.entryID, try context.owner.person)
            let isThere = try await beside(Self.fields) {
                try await transaction.run(
                    .change(id, to: written.card, written.back, of: person, in: context.chapter.id)
                )
            }
            guard isThere else { throw Problem.notFound }
            return "\(context.folder)/contacts/\(id)"
        } orElse: {
            try await showChange(request, context, $0)
        }
    }

    func forget(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.end()
        } write: { _, transaction in
            let (id, person) = (try context.entryID, try context.owner.person)
            guard try await transaction.run(.forget(id, of: person, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return "\(context.folder)/contacts"
        } orElse: {
            try await showChange(request, context, $0)
        }
    }
}
