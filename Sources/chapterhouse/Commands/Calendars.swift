import ArgumentParser
import ReferralGroup
import Service
import Storage

extension PersonCommands {
    struct Calendar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "The address at which a person's phone subscribes to the meetings of their chapters: since when there is one, a new one, none.",
            discussion: "Example: chapterhouse person calendar ines@example.org --renew"
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The person's e-mail.") var email: EmailAddress
        @OptionGroup var wish: CalendarWish

        func run() async throws {
            let baseURL = try Settings.read().publicURL
            let done = try await database.withDatabase { [wish] opened in
                let shell = opened.acting(as: .system(door: .cli), in: nil)
                return try await wish.fulfil(.person(try await shell.person(email).id), shell, baseURL)
            }
            try done.tell("of \(email)")
        }
    }
}

extension ChapterCommands {
    struct Calendar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "The address at which anybody subscribes to the chapter's meetings: since when there is one, a new one, none.",
            discussion: "Example: chapterhouse chapter calendar cedar --renew"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var wish: CalendarWish

        func run() async throws {
            let baseURL = try Settings.read().publicURL
            let (chapter, done) = try await options.withChapter(needing: .manageMembers) { [wish] session in
                let chapter = session.chapter
                return (chapter, try await wish.fulfil(.chapter(chapter.id), session.database, baseURL))
            }
            try done.tell("of \(chapter.name)")
        }
    }
}

/// What is to become of the address of a calendar.
struct CalendarWish: ParsableArguments {
    @Flag(help: "Make a new address; the one before leads nowhere then.") var renew = false
    @Flag(help: "Take it away.") var end = false

    func validate() throws {
        guard !(renew && end) else { throw ValidationError("--renew or --end: give one of them") }
    }

    func fulfil(
        _ owner: CalendarOwner,
        _ acting: ActingDatabase,
        _ baseURL: String
    ) async throws -> CalendarDone {
        if renew { return .renewed(try await acting.renewCalendar(of: owner, at: baseURL).address) }
        if end { return try await acting.run(.endCalendar(of: owner)) ? .ended : .none }
        return try await acting.run(.calendarMade(of: owner)).map { .made($0) } ?? .none
    }
}

/// What became of it.
enum CalendarDone: Sendable {
    case made(Instant)
    case renewed(String)
    case ended
    case none

    func tell(_ whose: String) throws {
        switch self {
        case .made(let since): try Output.line("The calendar \(whose) has an address since \(since).")
        case .renewed(let address):
            Output.note("The address of the calendar \(whose). It is shown only now:")
            try Output.line(address)
        case .ended: try Output.line("The address of the calendar \(whose) leads nowhere now.")
        case .none: try Output.line("The calendar \(whose) has no address; make one with --renew.")
        }
    }
}
