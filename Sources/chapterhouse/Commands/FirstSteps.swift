import ArgumentParser
import ReferralGroup
import Storage

extension MemberCommands {
    struct FirstStepsCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "first-steps",
            abstract: "What a new member does first, by when, and what of it is done.",
            discussion: "Example: chapterhouse member first-steps cedar \"Ines Dane\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "E-mail, full name or id.") var member: String

        func run() async throws {
            let steps = try await options.withChapter(needing: .seeRoster) { session in
                let member = try await session.member(member)
                let steps = try await session.database.run(
                    .firstSteps(of: member.id, in: session.chapter.id)
                )
                guard !steps.isEmpty else {
                    throw Failure(
                        .notAllowed,
                        "the first steps are for \(member.name), their mentor and those who may see reports"
                    )
                }
                return steps
            }
            var rows = Listing(columns: ["step", "due", "done"])
            for progress in steps {
                rows.add(
                    .text(progress.step.rawValue),
                    .text(progress.dueOn.description),
                    Listing.Cell(progress.doneOn?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }
}
