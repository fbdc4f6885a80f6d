import Hummingbird
import Pages
import ReferralGroup
import Storage

/// Of which sphere each seat of the chapter is.
struct SeatPages {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "seats/spheres", needs: .manageMembers, use: show)
        routes.inChapter(.post, "seats/spheres", needs: .manageMembers, use: keep)
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        return try await show(request, context, nil)
    }

    private func show(
        _ request: Request,
        _ context: ChapterContext,
        _ refused: Filled?
    ) async throws -> Response {
        let seats = try await context.acting(in: database).run(.seats(of: context.chapter.id))
        return context.answer(request) { spheresPage(seats, refused, for: $0) }
    }

    func keep(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.keep(request, in: database) { body in
            let seats = try await context.acting(in: database).run(.seats(of: context.chapter.id))
            var changed: [(Seat.ID, String?)] = []
            for seat in seats where body.has("sphere-\(seat.id)") {
                let sphere = try body.line("sphere-\(seat.id)")
                if sphere != seat.sphere { changed.append((seat.id, sphere)) }
            }
            try body.end()
            return changed
        } write: { changed, transaction in
            for (seat, sphere) in changed {
                _ = try await transaction.run(.put(seat, into: sphere, in: context.chapter.id))
            }
            return "\(context.folder)/seats"
        } orElse: {
            try await show(request, context, $0)
        }
    }
}
