import Hummingbird
import Pages
import ReferralGroup
import Storage

/// One-to-ones to come: whom to meet, how to prepare, and what others read of oneself.
struct PlannerPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "planner", needs: .recordOwnSlips, use: plan)
        routes.inChapter(.get, "planner/{id}", needs: .recordOwnSlips, use: prepare)
        routes.inChapter(.get, "dance-card", needs: .seeRoster, use: danceCard)
        routes.inChapter(.get, "profile", needs: .recordOwnSlips, use: showProfile)
        routes.inChapter(.post, "profile", needs: .recordOwnSlips, use: tell)
    }

    func plan(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (own, chapter) = (try context.owner.membership, context.chapter.id)
        let (partners, appointments, today) = try await context.acting(in: database).run(
            .partners(of: own, in: chapter),
            .ownAppointments(in: chapter),
            .today(in: chapter)
        )
        let card = DanceCard(partners.map(\.id) + [own])
        let turn = card.partner(of: own, inWeekOf: today)
        return context.answer(request) { reader in
            plannerPage(partners, appointments, turn: partners.first { $0.id == turn }, for: reader)
        }
    }

    func prepare(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await prepare(request, context: context, .blank)
    }

    func prepare(_ request: Request, context: ChapterContext, _ filled: Filled) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ Membership.ID($0) }) else {
            throw Problem.notFound
        }
        let (own, chapter) = (try context.owner.membership, context.chapter.id)
        let (other, theirs, mine, passages, appointments, today) = try await context.acting(in: database).run(
            .member(id, in: chapter),
            .profile(toldBy: id, in: chapter),
            .profile(toldBy: own, in: chapter),
            .passages(between: own, and: id, in: chapter),
            .ownAppointments(in: chapter),
            .today(in: chapter)
        )
        guard let other, id != own else { throw Problem.notFound }
        return context.answer(request) {
            preparationPage(
                other,
                theirs: theirs,
                own: mine,
                passages,
                appointments.filter { $0.other == id },
                today: today,
                filled,
                for: $0
            )
        }
    }

    func danceCard(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (members, today) = try await context.acting(in: database).run(
            .roster(of: context.chapter.id, on: nil),
            .today(in: context.chapter.id)
        )
        let names = Dictionary(members.map { ($0.id, $0.name) }) { one, _ in one }
        return context.answer(request) {
            danceCardPage(
                DanceCard(members.map(\.id)),
                names: names,
                of: context.actor.membership,
                on: today,
                for: $0
            )
        }
    }

    func showProfile(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let profile = try await context.acting(in: database).run(
            .profile(toldBy: context.owner.membership, in: context.chapter.id)
        )
        return context.answer(request) { profilePage(Filled(profile ?? Profile()), for: $0) }
    }

    func tell(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) {
            try $0.profile()
        } write: { profile, transaction in
            let owner = try context.owner
            try await transaction.run(
                .tell(profile, of: owner.membership, owner.person, in: context.chapter.id)
            )
            return "\(context.folder)/planner"
        } orElse: { filled in
            context.answer(request) { profilePage(filled, for: $0) }
        }
    }
}
