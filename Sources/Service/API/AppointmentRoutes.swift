import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// One-to-ones to come: who invites whom, and what the other says.
struct AppointmentRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "appointments", needs: .recordOwnSlips, use: list)
        routes.inChapter(.post, "appointments", needs: .recordOwnSlips, use: invite)
        routes.inChapter(.get, "appointments/{id}", needs: .recordOwnSlips, use: show)
        routes.inChapter(.put, "appointments/{id}/acceptance", needs: .recordOwnSlips, use: accept)
        routes.inChapter(.delete, "appointments/{id}", needs: .recordOwnSlips, use: callOff)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let appointments = try await context.acting(in: database).run(
            .ownAppointments(in: context.chapter.id)
        )
        return Response(json: appointments) { $0.write(to: &$1) }
    }

    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try context.entryID
        let appointments = try await context.acting(in: database).run(
            .ownAppointments(in: context.chapter.id)
        )
        guard let appointment = appointments.first(where: { $0.id == id }) else { throw Problem.notFound }
        return Response(object: { appointment.write(to: &$0) })
    }

    func invite(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let owner = try context.owner.membership
        let acting = context.acting(in: database)
        let other = try await body.party("with", in: acting, on: nil)
        let invited = try body.required(other, "with").member(of: body, "with")
        let draft = try body.appointment()
        return try await context.write(request, body.bytes, in: database) { transaction in
            .made(
                try await transaction.run(.invite(invited, by: owner, to: draft, in: context.chapter.id)),
                at: request.place
            )
        }
    }

    func accept(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try context.entryID
        return try await context.write(request, [], in: database) { transaction in
            guard try await transaction.run(.accept(id, in: context.chapter.id)) else {
                throw Problem.notFound
            }
            return .nothing
        }
    }

    func callOff(_ request: Request, context: ChapterContext) async throws -> Response {
        _ = try QueryParameters(request, known: [])
        let id = try context.entryID
        guard try await context.acting(in: database).run(.callOff(id, in: context.chapter.id)) else {
            throw Problem.notFound
        }
        return Response(status: .noContent)
    }
}

extension Body {
    mutating func appointment() throws -> AppointmentDraft {
        let draft = AppointmentDraft(
            date: try required(date("on"), "on"),
            time: try required(value("time", LocalTime.self, "a time such as 08:30"), "time"),
            minutes: try whole("minutes", 5...1440) ?? 60,
            place: try line("place"),
            topic: try line("topic")
        )
        try end()
        return draft
    }
}

extension Appointment {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("member", number: Int(other.number))
        writer.member("name", otherName)
        writer.member("part", isInviter ? "inviter" : "invited")
        writer.member("starts_at", startsAt.description)
        writer.member("date", date.description)
        writer.member("time", time.description)
        writer.member("minutes", minutes)
        writer.member("place", place)
        writer.member("topic", topic)
        writer.member("is_accepted", isAccepted)
        writer.member("is_over", isOver)
    }
}
