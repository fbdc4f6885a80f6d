import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Whom to meet next, and what members tell of themselves.
struct PlannerRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "planner", needs: .recordOwnSlips, use: plan)
        routes.inChapter(.get, "dance-card", needs: .seeRoster, use: danceCard)
        routes.inChapter(.get, "members/{id}/profile", needs: .seeRoster, use: show)
        routes.inChapter(.put, "members/{id}/profile", needs: .recordOwnSlips, use: tell)
    }

    func plan(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let partners = try await context.acting(in: database).run(
            .partners(of: context.owner.membership, in: context.chapter.id)
        )
        return Response(json: partners) { partner, writer in
            writer.member("member", number: Int(partner.id.number))
            writer.member("name", partner.name)
            writer.member("seat", partner.seat)
            writer.member("last_met", partner.lastMet?.description)
            writer.member("open_referrals", number: partner.waiting)
            writer.member("sphere", partner.sphere)
            writer.member("is_on_leave", partner.isOnLeave)
        }
    }

    func danceCard(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["on"])
        let on = try parameters.value("on", LocalDate.self, "a date such as 2026-10-28")
        let (members, today) = try await context.acting(in: database).run(
            .roster(of: context.chapter.id, on: nil),
            .today(in: context.chapter.id)
        )
        let names = Dictionary(members.map { ($0.id, $0.name) }) { one, _ in one }
        let pairs = DanceCard(members.map(\.id)).pairs(inWeekOf: on ?? today)
        return Response(json: pairs) { pair, writer in
            writer.member("first", names[pair.0])
            writer.member("second", names[pair.1])
        }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let (id, chapter) = (try context.memberID, context.chapter.id)
        let (member, profile) = try await context.acting(in: database).run(
            .member(id, in: chapter),
            .profile(toldBy: id, in: chapter)
        )
        guard member != nil else { throw Problem.notFound }
        return Response(object: { (profile ?? Profile()).write(to: &$0) })
    }

    /// Nobody tells of another.
    func tell(_ request: Request, context: ChapterContext) async throws -> Response {
        let (id, owner) = (try context.memberID, try context.owner)
        guard try await context.acting(in: database).run(.member(id, in: context.chapter.id)) != nil else {
            throw Problem.notFound
        }
        guard id == owner.membership else {
            throw Problem(
                status: .forbidden,
                kind: "forbidden",
                detail: "A profile is told by its member, and by nobody else."
            )
        }
        var body = try await Body(request)
        let profile = try body.profile()
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(
                .tell(profile, of: owner.membership, owner.person, in: context.chapter.id)
            )
            return .nothing
        }
    }
}

extension ChapterContext {
    fileprivate var memberID: Membership.ID {
        get throws {
            guard let id = parameters.get("id").flatMap({ Membership.ID($0) }) else { throw Problem.notFound }
            return id
        }
    }
}

extension Body {
    /// In a form a purpose is a box to tick: `purpose.leads`.
    mutating func profile() throws -> Profile {
        var profile = Profile(
            goals: try paragraphs("goals"),
            accomplishments: try paragraphs("accomplishments"),
            interests: try paragraphs("interests"),
            networks: try paragraphs("networks"),
            skills: try paragraphs("skills"),
            idealReferral: try paragraphs("ideal_referral")
        )
        let known = Profile.Purpose.allCases
        if var ticked = try object("purpose") {
            for purpose in known where try ticked.bool(purpose.rawValue) == true {
                profile.purposes.append(purpose)
            }
            try ticked.end()
        }
        for (place, text) in (try texts("purposes", atMost: known.count) ?? []).enumerated() {
            guard let purpose = Profile.Purpose(rawValue: text) else {
                throw wrong(
                    "purposes/\(place)",
                    "give one of \(known.map(\.rawValue).joined(separator: ", "))"
                )
            }
            if !profile.purposes.contains(purpose) { profile.purposes.append(purpose) }
        }
        try end()
        return profile
    }
}

extension Profile {
    fileprivate func write(to writer: inout JSONWriter) {
        for (field, text) in texts { writer.member(field, text) }
        writer.key("purposes")
        writer.array { writer in
            for purpose in purposes { writer.string(purpose.rawValue) }
        }
    }
}
