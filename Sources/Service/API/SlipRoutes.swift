import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// One-to-ones, testimonials, introductions, education, visitors and activities; and slips of every kind at once.
struct SlipRoutes {
    static let minutesOfADay = 0...1440
    let database: Database

    func add(to routes: inout Routes) {
        for ledger in SlipLedger.all {
            routes.inChapter(.get, ledger.folder, needs: .seeRoster) { request, context in
                try await list(ledger, request, context)
            }
            routes.inChapter(.post, ledger.folder, needs: .recordOwnSlips) { request, context in
                try await context.enter(ledger.kind, request, in: database)
            }
            routes.inChapter(.get, "\(ledger.folder)/{id}", needs: .seeRoster) { request, context in
                try await show(ledger, request, context)
            }
        }
        routes.inChapter(.post, "slips", needs: .recordOwnSlips, use: enterMany)
    }

    /// All of the chapter's to who may see them, to others their own.
    private func list(
        _ ledger: SlipLedger,
        _ request: Request,
        _ context: ChapterContext
    ) async throws -> Response {
        let portion = try Portion(request)
        let lines = try await context.acting(in: database).run(
            ledger.lines(context.chapter.id, portion.slice, context.ownOnly(unless: ledger.wholeTo))
        )
        return Response(lines, of: portion, request, id: \.id) { ledger.write($0, to: &$1) }
    }

    private func show(
        _ ledger: SlipLedger,
        _ request: Request,
        _ context: ChapterContext
    ) async throws -> Response {
        let line = try await context.entry(request, in: database) {
            try ledger.lines(context.chapter.id, $0, context.ownOnly(unless: ledger.wholeTo))
        }
        return Response(object: { ledger.write(line, to: &$0) })
    }

    /// Many slips of any kind: all of them, or none.
    func enterMany(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enterMany(request, in: database)
    }
}

extension ChapterContext {
    /// Whose entries alone they may see; nil for who may see the chapter's.
    ///
    /// Throws for who may not, and is no member who could have any of their own.
    func ownOnly(unless permission: Permission = .seeChapterReports) throws -> Membership.ID? {
        guard !actor.may(permission) else { return nil }
        guard let membership = actor.membership else { throw Problem.forbidden(permission) }
        return membership
    }

    /// The entry of a list that the address names, with the eyes of whoever asks for the list.
    func entry<Entry: Sendable>(
        _ request: Request,
        in database: Database,
        _ list: (LedgerSlice) throws -> ListQuery<Entry>
    ) async throws -> Entry {
        _ = try QueryParameters(request, known: [])
        guard let id = parameters.get("id").flatMap({ SlipID($0) }),
            let entry = try await acting(in: database).run(list(.one(id))).first
        else { throw Problem.notFound }
        return entry
    }
}
