import ArgumentParser
import ReferralGroup
import Storage

struct ChapterCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chapter",
        abstract: "Chapters and what each decided about itself.",
        subcommands: [Create.self, List.self, Show.self, Policy.self, Calendar.self, Restore.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a chapter.",
            discussion: """
                Example: chapterhouse chapter create cedar --name Cedar --time-zone Europe/Berlin --currency EUR \
                --weekday wednesday --at 07:00 --minutes 90 --place "Hotel Krone"
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Its short name: small letters, digits and hyphens.") var slug: Chapter.Slug
        @Option(help: "Its name.") var name: Line
        @Option(help: "An IANA time zone, Europe/Berlin.") var timeZone: String
        @Option(help: "An ISO 4217 code, EUR.") var currency: Currency
        @Option(help: "The weekday of the regular meeting.") var weekday: Weekday?
        @Option(help: "Its time on the clock there, 07:00.") var at: LocalTime?
        @Option(help: "Its length in minutes.") var minutes = 90
        @Option(help: "Where it is held.") var place: Line?
        @Option(help: "The region's short name.") var region: Chapter.Slug?
        @Option(help: "A BCP 47 language, en or de-AT.") var locale = "en"
        @Option(help: "Another name under which exports know the chapter; may be given several times.")
        var alias: [Line] = []

        func validate() throws {
            guard (1...1440).contains(minutes) else { throw ValidationError("--minutes: between 1 and 1440") }
            guard (weekday == nil) == (at == nil) else {
                throw ValidationError("--weekday and --at belong together: give both, or neither")
            }
        }

        func run() async throws {
            let draft = ChapterDraft(
                slug: slug,
                name: name.text,
                timeZone: timeZone,
                currency: currency,
                locale: locale,
                weekday: weekday,
                time: at,
                minutes: minutes,
                place: place?.text,
                region: region,
                aliases: alias.map(\.text)
            )
            let chapter = try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).create(draft)
            }
            try Output.line(
                "Chapter \(chapter.name) is \(chapter.slug), in \(chapter.timeZone), counting in \(chapter.currency)."
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The chapters of this installation.")

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let chapters = try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).run(.chapters)
            }
            var rows = Listing(columns: ["slug", "name", "time_zone", "currency", "weekday", "at"])
            for chapter in chapters {
                rows.add(
                    .text(chapter.slug.description),
                    .text(chapter.name),
                    .text(chapter.timeZone),
                    .text(chapter.currency.code),
                    Listing.Cell(chapter.regular?.weekday.rawValue),
                    Listing.Cell(chapter.regular?.time.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One chapter.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let chapter = try await options.withChapter(needing: .seeRoster) { $0.chapter }
            var rows = Listing(columns: ["field", "value"])
            rows.add(.text("slug"), .text(chapter.slug.description))
            rows.add(.text("name"), .text(chapter.name))
            rows.add(.text("time_zone"), .text(chapter.timeZone))
            rows.add(.text("currency"), .text(chapter.currency.code))
            rows.add(.text("locale"), .text(chapter.locale))
            rows.add(.text("weekday"), Listing.Cell(chapter.regular?.weekday.rawValue))
            rows.add(.text("at"), Listing.Cell(chapter.regular?.time.description))
            rows.add(.text("minutes"), Listing.Cell((chapter.regular?.minutes).map { "\($0)" }))
            rows.add(.text("place"), Listing.Cell(chapter.regular?.place))
            rows.add(
                .text("aliases"),
                Listing.Cell(chapter.aliases.isEmpty ? nil : chapter.aliases.joined(separator: ", "))
            )
            try rows.print(as: listing.format)
        }
    }

    struct Policy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "What a chapter decided: fees, the value of an hour, the absence rule. Shows it, or sets it from a day on.",
            discussion:
                "Example: chapterhouse chapter policy cedar --set membership-fee=900.00 --set months-covered=12 --from 2026-10-01"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "key=value; may be given several times.") var set: [Setting] = []
        @Option(help: "The first day on which it holds; today without it.") var from: LocalDate?

        func run() async throws {
            let settings = try await options.withChapter(needing: set.isEmpty ? .seeRoster : .manageMembers) {
                session in
                if !set.isEmpty {
                    try await session.database.setPolicy(
                        set.map { ($0.key, $0.value) },
                        of: session.chapter,
                        from: from
                    )
                }
                return try await session.database.policy(of: session.chapter, on: from)
            }
            var rows = Listing(columns: ["key", "value"])
            for setting in settings { rows.add(.text(setting.key), .text(setting.value)) }
            try rows.print(as: listing.format)
        }
    }
}
