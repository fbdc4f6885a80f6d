import ArgumentParser
import ReferralGroup
import Storage

struct MeetingCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meeting",
        abstract: "Meetings: scheduled, opened, sealed.",
        subcommands: [Schedule.self, List.self, Show.self, Open.self, Cancel.self, Seal.self, Reopen.self]
    )

    struct Schedule: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the regular meetings of a period into the calendar, or one of another kind.",
            discussion: "Example: chapterhouse meeting schedule cedar --from 2026-10-01 --to 2026-12-31"
        )

        @OptionGroup var options: ChapterOptions
        @Option(help: "The first day, such as 2026-10-01.") var from: LocalDate
        @Option(help: "The last day; the same day without it.") var to: LocalDate?
        @Option(help: "regular, training, social or leadership.") var kind = Meeting.Kind.regular
        @Option(help: "The time on the clock there; the chapter's without it.") var at: LocalTime?
        @Option(help: "The length in minutes; the chapter's without it.") var minutes: Int?
        @Option(help: "The place; the chapter's without it.") var place: Line?

        func validate() throws {
            if let to, to < from { throw ValidationError("--to: \(to) is before --from \(from)") }
            if let minutes, !(1...1440).contains(minutes) {
                throw ValidationError("--minutes: between 1 and 1440")
            }
            if let to, to > from.advanced(by: 3660) {
                throw ValidationError("--to: at most ten years after --from")
            }
        }

        func run() async throws {
            let days = try await options.withChapter(needing: .markAttendance) { session in
                try await session.database.schedule(
                    from: from,
                    to: to ?? from,
                    kind: kind,
                    at: at,
                    minutes: minutes,
                    place: place?.text,
                    in: session.chapter
                )
            }
            if let first = days.first, let last = days.last {
                try Output.line(
                    days.count == 1
                        ? "One meeting, on \(first)." : "\(days.count) meetings, from \(first) to \(last)."
                )
            } else {
                try Output.line("No meeting was added: those days have theirs already.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The meetings of a period.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "The first day, such as 2026-10-01.") var from: LocalDate?
        @Option(help: "The last day, such as 2026-10-31.") var to: LocalDate?

        func run() async throws {
            let meetings = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(
                    .meetings(of: session.chapter.id, from: from ?? .earliest, to: to ?? .latest)
                )
            }
            var rows = Listing(columns: ["date", "kind", "status", "minutes", "starts_at", "place"])
            for meeting in meetings {
                rows.add(
                    .text(meeting.date.description),
                    .text(meeting.kind.rawValue),
                    .text(meeting.status.rawValue),
                    .number("\(meeting.minutes)"),
                    .text(meeting.startsAt.description),
                    Listing.Cell(meeting.place)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One meeting with its sheet.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate

        func run() async throws {
            try await SheetCommand.print(date, options, listing)
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a meeting's sheet; the first mark opens it too.",
            discussion: "Example: chapterhouse meeting open cedar 2026-10-07"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate

        func run() async throws {
            try await options.withChapter(needing: .markAttendance) { session in
                try await session.database.open(try await session.database.meeting(on: date))
            }
            try Output.line("The meeting of \(date) is open.")
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call a meeting off; it counts nowhere.",
            discussion: "Example: chapterhouse meeting cancel cedar 2026-12-23 --holiday"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate
        @Flag(help: "For a holiday.") var holiday = false

        func run() async throws {
            try await options.withChapter(needing: .markAttendance) { session in
                try await session.database.callOff(
                    try await session.database.meeting(on: date),
                    isHoliday: holiday
                )
            }
            try Output.line("The meeting of \(date) is called off.")
        }
    }

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a sheet on which everybody has a mark.",
            discussion: "Example: chapterhouse meeting seal cedar 2026-10-07"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate

        func run() async throws {
            try await options.withChapter(needing: .markAttendance) { session in
                try await session.database.seal(try await session.database.meeting(on: date))
            }
            try Output.line("The sheet of \(date) is sealed.")
        }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a sealed sheet again, with a reason that is kept.",
            discussion:
                "Example: chapterhouse meeting reopen cedar 2026-10-07 --reason \"Ines came after all\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate
        @Option(help: "Why.") var reason: Line

        func run() async throws {
            try await options.withChapter(needing: .markAttendance) { session in
                try await session.database.reopen(
                    try await session.database.meeting(on: date),
                    because: reason.text
                )
            }
            try Output.line("The sheet of \(date) is open again.")
        }
    }
}

struct AttendanceCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attendance",
        abstract: "Marks on a meeting's sheet: P present, A absent, L late, M medical, S substitute.",
        subcommands: [Mark.self, Show.self]
    )

    struct Mark: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mark everybody, then the exceptions.",
            discussion:
                "Example: chapterhouse attendance mark cedar 2026-10-07 --all P \"Ines Dane=A\" \"Gil Vance=S:Karl Kurz\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate
        @Argument(help: "MEMBER=P|A|L|M|S, and after S a colon and who stood in.") var marks: [Setting] = []
        @Option(help: "The mark of everybody expected who has none yet.") var all: ReferralGroup.Mark?

        func validate() throws {
            guard all != nil || !marks.isEmpty else {
                throw ValidationError("Give --all P, or MEMBER=P for some.")
            }
        }

        func run() async throws {
            let count = try await options.withChapter(needing: .markAttendance) { session in
                let meeting = try await session.database.meeting(on: date)
                var lines: [MarkDraft] = []
                for setting in marks {
                    let member = try await session.member(setting.key, on: date)
                    lines.append(try Self.draft(setting, member.id))
                }
                return try await session.database.mark(lines, everybodyElse: all, on: meeting)
            }
            try Output.line(
                count == 1 ? "1 mark on the sheet of \(date)." : "\(count) marks on the sheet of \(date)."
            )
        }

        private static func draft(_ setting: Setting, _ member: Membership.ID) throws -> MarkDraft {
            let parts = setting.value.utf8.split(
                separator: UInt8(ascii: ":"),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let letter = parts.first.flatMap({ String($0) }), let mark = ReferralGroup.Mark(letter)
            else {
                throw Failure(.badData, "\(setting.key): “\(setting.value)” is no mark; give P, A, L, M or S")
            }
            let standIn = parts.count > 1 ? String(parts[1]).flatMap(PlainText.line) : nil
            guard parts.count == 1 || mark == .substitute && standIn?.isEmpty == false else {
                throw Failure(.badData, "\(setting.key): only after S: comes a name, that of who stood in")
            }
            return MarkDraft(member: member, mark: mark, standIn: standIn)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The sheet of a meeting.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "The local date, such as 2026-10-28.") var date: LocalDate

        func run() async throws {
            try await SheetCommand.print(date, options, listing)
        }
    }
}

/// The sheet of a meeting, as two commands show it.
enum SheetCommand {
    static func print(_ date: LocalDate, _ options: ChapterOptions, _ listing: ListingOptions) async throws {
        let (meeting, lines) = try await options.withChapter(needing: .seeRoster) { session in
            let meeting = try await session.database.meeting(on: date)
            return (meeting, try await session.database.run(.sheet(of: meeting.id, in: session.chapter.id)))
        }
        var rows = Listing(columns: ["id", "member", "mark", "stand_in", "on_leave"])
        for line in lines {
            rows.add(
                .number(line.member.description),
                .text(line.name),
                Listing.Cell(line.mark?.letter),
                Listing.Cell(line.standIn),
                .text(line.isOnLeave ? "yes" : "no")
            )
        }
        if listing.format == .table {
            try Output.line(
                "\(meeting.kind.rawValue) meeting of \(meeting.date), \(meeting.status.rawValue), \(meeting.minutes) minutes"
            )
        }
        try rows.print(as: listing.format)
    }
}
