import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// One-to-ones, testimonials, introductions, education, visitors and activities; and slips of every kind at once.
struct SlipRoutes {
    static let minutesOfADay = 0...1440
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "one-to-ones", needs: .seeChapterReports, use: oneToOnes)
        routes.inChapter(.post, "one-to-ones", needs: .recordOwnSlips, use: recordOneToOne)
        routes.inChapter(.get, "testimonials", needs: .seeChapterReports, use: testimonials)
        routes.inChapter(.post, "testimonials", needs: .recordOwnSlips, use: recordTestimonial)
        routes.inChapter(.get, "introductions", needs: .seeChapterReports, use: introductions)
        routes.inChapter(.post, "introductions", needs: .recordOwnSlips, use: recordIntroduction)
        routes.inChapter(.get, "education", needs: .seeChapterReports, use: education)
        routes.inChapter(.post, "education", needs: .recordOwnSlips, use: recordEducation)
        routes.inChapter(.get, "visitors", needs: .seeVisitors, use: visitors)
        routes.inChapter(.post, "visitors", needs: .recordOwnSlips, use: registerVisitor)
        routes.inChapter(.get, "activities", needs: .seeChapterReports, use: activities)
        routes.inChapter(.post, "activities", needs: .recordOwnSlips, use: logActivity)
        routes.inChapter(.post, "slips", needs: .recordOwnSlips, use: enterMany)
    }

    func oneToOnes(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .oneToOnes(of: $0, $1) }) { line, writer in
            writer.member("first", line.who)
            writer.member("second", line.other)
            writer.member("minutes", number: line.measure.flatMap { Int($0) })
            writer.member("place", line.note)
        }
    }

    func recordOneToOne(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.oneToOne, request, in: database)
    }

    func testimonials(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .testimonials(of: $0, $1) }) { line, writer in
            writer.member("giver", line.who)
            writer.member("receiver", line.other)
            writer.member("text", line.note)
        }
    }

    func recordTestimonial(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.testimonial, request, in: database)
    }

    func introductions(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .introductions(of: $0, $1) }) { line, writer in
            writer.member("connector", line.who)
            writer.member("first", line.other)
            writer.member("second", line.measure)
            writer.member("why", line.note)
        }
    }

    func recordIntroduction(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.introduction, request, in: database)
    }

    func education(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .education(of: $0, $1) }) { line, writer in
            writer.member("member", line.who)
            writer.member("hours", line.measure)
            writer.member("title", line.note)
        }
    }

    func recordEducation(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.education, request, in: database)
    }

    func visitors(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .visitors(of: $0, $1) }) { line, writer in
            writer.member("name", line.who)
            writer.member("invited_by", line.other)
            writer.member("kind", line.measure)
            writer.member("status", line.note)
        }
    }

    func registerVisitor(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.visitor, request, in: database)
    }

    func activities(_ request: Request, context: ChapterContext) async throws -> Response {
        try await list(request, context, { .activities(of: $0, $1) }) { line, writer in
            writer.member("member", line.who)
            writer.member("kind", line.other)
            writer.member("minutes", number: line.measure.flatMap { Int($0) })
            writer.member("purpose", line.note)
        }
    }

    func logActivity(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enter(.activity, request, in: database)
    }

    /// Many slips of any kind: all of them, or none.
    func enterMany(_ request: Request, context: ChapterContext) async throws -> Response {
        try await context.enterMany(request, in: database)
    }

    private func list(
        _ request: Request,
        _ context: ChapterContext,
        _ query: (Chapter.ID, LedgerSlice) -> LedgerQuery,
        _ write: (LedgerLine, inout JSONWriter) -> Void
    ) async throws -> Response {
        let portion = try Portion(request)
        let lines = try await context.acting(in: database).run(query(context.chapter.id, portion.slice))
        return Response(lines, of: portion, request, id: \.id) { line, writer in
            writer.member("id", line.id.description)
            writer.member("date", line.day.description)
            write(line, &writer)
        }
    }
}
