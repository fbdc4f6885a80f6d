import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import ReferralGroup
import Storage

/// A member's own network, and the cards of it that members share.
struct ContactRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "contacts", needs: .recordOwnSlips, use: list)
        routes.inChapter(.post, "contacts", needs: .recordOwnSlips, use: keep)
        routes.inChapter(.get, "contacts/{id}", needs: .recordOwnSlips, use: show)
        routes.inChapter(.put, "contacts/{id}", needs: .recordOwnSlips, use: change)
        routes.inChapter(.delete, "contacts/{id}", needs: .recordOwnSlips, use: forget)
        routes.inChapter(.post, "contacts/{id}/touches", needs: .recordOwnSlips, use: touch)
        routes.inChapter(.get, "contacts/{id}/card.vcf", needs: .recordOwnSlips) {
            try await $1.card($0, in: database)
        }
        routes.inChapter(.get, "shared-contacts", needs: .seeRoster, use: listShared)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let (after, limit) = try QueryParameters(request, known: ["limit", "after"]).part()
        let contacts = try await context.acting(in: database).run(
            .contacts(of: context.owner.person, in: context.chapter.id, after: after, limit: limit + 1)
        )
        return Response(contacts, atMost: limit, request, id: \.id) { $0.write(to: &$1) }
    }

    func listShared(_ request: Request, context: ChapterContext) async throws -> Response {
        let (after, limit) = try QueryParameters(request, known: ["limit", "after"]).part()
        let cards = try await context.acting(in: database).run(
            .sharedContacts(in: context.chapter.id, after: after, limit: limit + 1)
        )
        return Response(cards, atMost: limit, request, id: \.id) { shared, writer in
            writer.member("id", shared.id.description)
            writer.member("shared_by", shared.owner)
            shared.card.write(to: &writer)
        }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let contact = try await context.acting(in: database).run(
            .contact(context.entryID, of: context.owner.person, in: context.chapter.id)
        )
        guard let contact else { throw Problem.notFound }
        return Response(object: { contact.write(to: &$0) })
    }

    func keep(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let draft = try await body.contact(of: context, in: database)
        let (owner, chapter) = (try context.owner, context.chapter.id)
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(
                try await transaction.run(.keep(draft, of: owner.membership, owner.person, in: chapter)),
                at: request.place
            )
        }
    }

    func change(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let (card, back) = (try body.card(), try body.backOfCard())
        try body.end()
        let (id, owner) = (try context.entryID, try context.owner)
        return try await context.write(request, body.bytes, in: database) { transaction in
            guard
                try await transaction.run(
                    .change(id, to: card, back, of: owner.person, in: context.chapter.id)
                )
            else { throw Problem.notFound }
            return .nothing
        }
    }

    func forget(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (id, owner) = (try context.entryID, try context.owner)
        return try await context.write(request, [], in: database) { transaction in
            guard try await transaction.run(.forget(id, of: owner.person, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return .nothing
        }
    }

    /// Whoever was in touch with somebody says so, planned or not.
    func touch(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let end = try body.touch()
        try body.end()
        let (id, owner) = (try context.entryID, try context.owner)
        return try await context.write(request, body.bytes, in: database) { transaction in
            let touched = try await transaction.run(
                .touched(id, end, by: owner.membership, owner.person, in: context.chapter.id)
            )
            guard touched != nil else { throw Problem.notFound }
            return .nothing
        }
    }
}

extension ChapterContext {
    /// The member who asks: contacts and follow-ups are theirs alone.
    var owner: (membership: Membership.ID, person: Person.ID) {
        get throws {
            guard let membership = actor.membership, let person = actor.person else {
                throw Problem.forbidden(.recordOwnSlips)
            }
            return (membership, person)
        }
    }

    /// What the address names by an id.
    var entryID: SlipID {
        get throws {
            guard let id = parameters.get("id").flatMap({ SlipID($0) }) else { throw Problem.notFound }
            return id
        }
    }
}

extension ChapterContext {
    /// The card in the address for an address book: of an own contact with its back, of another's that is shared without.
    func card(_ request: Request, in database: Database) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try entryID
        let (own, shared) = try await acting(in: database).run(
            .contact(id, of: owner.person, in: chapter.id),
            .sharedContact(id)
        )
        let card =
            own.map { VCard(id: id, card: $0.card, notes: $0.back.notes) }
            ?? shared.map { VCard(id: id, card: $0.card) }
        guard let card else { throw Problem.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/vcard; charset=utf-8", .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"contact.vcf\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: card.bytes))
        )
    }
}

extension KeptAnswer {
    /// It is done, and there is nothing to say.
    static var nothing: KeptAnswer { KeptAnswer(status: 204, body: "") }
}

extension QueryParameters {
    /// Which part of a list in order of name.
    func part() throws -> (after: SlipID?, limit: Int) {
        (try value("after", SlipID.self, "the id of an entry, as the Link header has it"), try limit())
    }
}

extension Response {
    /// A part of a list that may hold one entry too many: then there is a next part.
    init<Entry>(
        _ entries: [Entry],
        atMost limit: Int,
        _ request: Request,
        id: (Entry) -> SlipID,
        _ write: (Entry, inout JSONWriter) -> Void
    ) {
        self.init(json: Array(entries.prefix(limit)), write)
        if entries.count > limit, let last = entries.prefix(limit).last {
            linkNext("limit=\(limit)&after=\(id(last))", at: request)
        }
    }
}

extension Body {
    static let longestText = 2000

    /// Lines of text.
    mutating func paragraphs(_ name: String) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard text.unicodeScalars.count <= Self.longestText, let lines = PlainText.paragraphs(text),
            !lines.isEmpty
        else { throw wrong(name, "give a text of at most \(Self.longestText) characters") }
        return lines
    }

    mutating func contact(of context: ChapterContext, in database: Database) async throws -> ContactDraft {
        let acting = context.acting(in: database)
        let draft = ContactDraft(
            card: try card(),
            back: try backOfCard(),
            member: try await party("member", in: acting, on: nil).map { try $0.member(of: self, "member") },
            visitor: try value("visitor", SlipID.self, "the id of a visitor")
        )
        try end()
        if let visitor = draft.visitor, try await context.visitor(visitor, in: database) == nil {
            throw unfit("visitor", "there is no such visitor, or it is not for you to see them")
        }
        return draft
    }

    mutating func card() throws -> ContactCard {
        ContactCard(
            name: try required(line("name"), "name"),
            company: try line("company"),
            profession: try line("profession"),
            phone: try line("phone"),
            email: try value("email", EmailAddress.self, "an e-mail address")?.description
        )
    }

    mutating func backOfCard() throws -> BackOfCard {
        BackOfCard(
            metOn: try date("met"),
            metWhere: try line("met_where"),
            notes: try paragraphs("notes"),
            cadenceDays: try whole("cadence", BackOfCard.cadences),
            isShared: try bool("shared") ?? false
        )
    }

    /// That somebody was in touch.
    mutating func touch() throws -> FollowUpEnd {
        FollowUpEnd(
            .done,
            channel: try word("channel", FollowUp.Channel.self),
            on: try date("date"),
            outcome: try line("outcome")
        )
    }
}

extension ContactCard {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("name", name)
        writer.member("company", company)
        writer.member("profession", profession)
        writer.member("phone", phone)
        writer.member("email", email)
    }
}

extension Contact {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        card.write(to: &writer)
        writer.member("met", back.metOn?.description)
        writer.member("met_where", back.metWhere)
        writer.member("notes", back.notes)
        writer.member("cadence", number: back.cadenceDays)
        writer.member("shared", back.isShared)
        writer.member("member", member)
        writer.member("last_contact", lastOn.description)
        writer.member("next_contact", nextOn?.description)
    }
}
