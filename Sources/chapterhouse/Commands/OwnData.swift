import ArgumentParser
import Exchange
import ReferralGroup
import Storage

extension PersonCommands {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write all that is kept about a person to a file, for them.",
            discussion: """
                Of every chapter and every table, as JSON; without passwords and other secrets, without what is others' alone. \
                They can take it themselves, under Account, Privacy. That you did stands in the audit trail, and in their access log.

                Example: chapterhouse person export ines@example.org ines.json
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Who: an e-mail, a number of `person list`, or a full name.") var person: Line
        @Argument(help: "A file, readable by its owner alone; - for the standard output.") var file: String

        func run() async throws {
            let text = person.text
            let path = file == "-" ? nil : file
            try Output.checkRoom(for: path)
            let (found, records) = try await database.withDatabase { opened in
                let shell = opened.acting(as: .system(door: .cli), in: nil)
                let found = try await shell.person(called: text)
                return (found, try await shell.run(.allKept(about: found.id)))
            }
            try await Output.write(to: path, private: true) { write in
                try write(OwnDataFile.json(records, of: found.name, at: Clock.now()) + [UInt8(ascii: "\n")])
            }
            Output.note("\(records.count) records of \(found.name).")
        }
    }
}

extension PrivacyCommands {
    struct AccessLog: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who saw how to reach somebody who is no member.",
            discussion: """
                A visitor, a prospect, a contact or an applicant, by their e-mail or telephone number, in every chapter; once a day for \
                each who looked. Members read who looked at them under Account, Privacy.

                Example: chapterhouse privacy access-log --email karl@example.org
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "Their e-mail; may be repeated.") var email: [EmailAddress] = []
        @Option(help: "Their telephone number; may be repeated.") var phone: [Line] = []
        @OptionGroup var listing: ListingOptions

        func validate() throws {
            guard !email.isEmpty || !phone.isEmpty else {
                throw ValidationError("say who it is, with --email or --phone")
            }
        }

        func run() async throws {
            let (emails, phones) = (email.map(\.description), phone.map(\.text))
            let looks = try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil)
                    .run(.accessLog(ofEmails: emails, phones: phones))
            }
            var rows = Listing(columns: ["at", "chapter", "by", "door", "seen", "name"])
            for look in looks {
                rows.add(
                    .text(look.at.description),
                    .text(look.chapter.description),
                    .text(look.reader ?? "the shell"),
                    .text(look.door),
                    .text(look.seen),
                    Listing.Cell(look.name)
                )
            }
            try rows.print(as: listing.format)
        }
    }
}
