import ArgumentParser
import Logging
import Postman
import ReferralGroup
import Storage

struct MailCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "What waits to be sent, and sending it.",
        subcommands: [Queue.self, Send.self]
    )

    struct Queue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The mails that wait, oldest first, and what is in their way.",
            discussion: "Example: chapterhouse mail queue --all --format csv"
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions
        @Flag(help: "Those that were sent or given up as well.") var all = false

        func run() async throws {
            let mails = try await database.withDatabase { [all] opened in
                try await opened.acting(as: .system(door: .cli), in: nil).run(.mails(withDone: all))
            }
            var rows = Listing(
                columns: ["id", "to", "subject", "created_at", "tries", "next_try_at", "trouble"]
                    + (all ? ["sent_at", "given_up_at"] : [])
            )
            for mail in mails {
                let isDone = mail.sentAt != nil || mail.givenUpAt != nil
                let done = [
                    Listing.Cell(mail.sentAt?.description), Listing.Cell(mail.givenUpAt?.description),
                ]
                rows.rows.append(
                    [
                        .number("\(mail.id)"), .text(mail.to), .text(mail.subject),
                        .text(mail.createdAt.description), .number("\(mail.tries)"),
                        Listing.Cell(isDone ? nil : mail.nextTryAt.description),
                        Listing.Cell(mail.lastTrouble),
                    ] + (all ? done : [])
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try every mail that is due, now; what became of each is printed.",
            discussion: "Example: chapterhouse mail send --all"
        )

        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Also those that wait for a later try.") var all = false

        func run() async throws {
            let settings = try Settings.read()
            guard let mail = settings.mail else {
                throw Failure(
                    .configuration,
                    "there is no mail server; name one with CHAPTERHOUSE_SMTP_URL, or a program with CHAPTERHOUSE_SENDMAIL, and CHAPTERHOUSE_MAIL_FROM"
                )
            }
            let unsent = try await database.withDatabase { [all] opened in
                if all { _ = try await opened.acting(as: .system(door: .cli), in: nil).run(.hurryMail()) }
                let postman = Postman(
                    database: opened,
                    server: mail.carrier,
                    sender: mail.sender,
                    baseURL: settings.publicURL,
                    logger: DatabaseOptions.quietLogger
                )
                var unsent = 0
                while let delivery = try await postman.deliverNext() {
                    try Output.line(delivery.line)
                    if delivery.outcome != .sent { unsent += 1 }
                }
                return unsent
            }
            if unsent > 0 {
                throw Failure(.tryAgain, "\(unsent) could not be sent; see: chapterhouse mail queue --all")
            }
        }
    }
}

extension Postman.Delivery {
    fileprivate var line: String {
        switch outcome {
        case .sent: "\(mail.id) to \(mail.to): sent"
        case .delayed(let until, let trouble, _):
            "\(mail.id) to \(mail.to): not sent, \(until.map { "tried again at \($0)" } ?? "another has it") (\(trouble))"
        case .givenUp(let trouble): "\(mail.id) to \(mail.to): given up (\(trouble))"
        }
    }
}
