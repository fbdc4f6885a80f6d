import Exchange
import Logging
import Pages
import ReferralGroup
import ServiceLifecycle
import Storage

/// Sends what is posted, one mail at a time; several postmen share one outbox and never a mail.
package struct Postman: Service {
    private let outbox: ActingDatabase
    private let server: any MailCarrier
    private let sender: Mailbox
    /// Where people reach the service, as links in mails begin.
    private let baseURL: String
    private let logger: Logger
    private let pause: Duration

    /// What became of one mail.
    package struct Delivery: Sendable {
        package let mail: DueMail
        package let outcome: Outcome
    }

    package enum Outcome: Sendable, Hashable {
        case sent
        /// Tried again then; of a mail that another has taken meanwhile nobody says when.
        case delayed(until: Instant?, trouble: String, isOfServer: Bool)
        case givenUp(trouble: String)
    }

    /// `pause` is how long it waits when nobody tells it of new mail.
    package init(
        database: Database,
        server: any MailCarrier,
        sender: Mailbox,
        baseURL: String,
        logger: Logger,
        pause: Duration = .seconds(10)
    ) {
        outbox = database.acting(as: .system(door: .cli), in: nil)
        self.server = server
        self.sender = sender
        self.baseURL = baseURL
        self.logger = logger
        self.pause = pause
    }

    /// Sends until it is told to stop; the mail under way then is seen to its end.
    package func run() async throws {
        let (wakings, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withThrowingTaskGroup { tasks in
            tasks.addTask {
                for await _ in outbox.mailPostings { waker.yield() }
            }
            tasks.addTask {
                while true {
                    waker.yield()
                    try await Task.sleep(for: pause)
                }
            }
            for await _ in wakings.cancelOnGracefulShutdown() {
                await deliverAll()
            }
            tasks.cancelAll()
        }
    }

    private func deliverAll() async {
        do {
            while !Task.isShuttingDownGracefully, let delivery = try await deliverNext() {
                report(delivery)
                // The next mail would only wait for the same silence.
                if case .delayed(_, _, isOfServer: true) = delivery.outcome { return }
            }
        } catch {
            logger.error(
                "the outbox cannot be read",
                metadata: ["error": "\(DatabaseTrouble(error)?.message ?? "\(error)")"]
            )
        }
    }

    /// Sends the mail that has been due longest, or returns nil where none is.
    package func deliverNext() async throws -> Delivery? {
        guard let mail = try await outbox.run(.takeMail()) else { return nil }
        switch await answer(to: mail) {
        case .accepted:
            try await rememberSent(mail)
            return Delivery(mail: mail, outcome: .sent)
        case .unreachable(let trouble):
            return try await postpone(mail, trouble, isOfServer: true)
        case .later(let trouble):
            return try await postpone(mail, trouble, isOfServer: false)
        case .never(let trouble):
            _ = try await outbox.run(.mailIsNotSent(mail, trouble: trouble, forGood: true))
            return Delivery(mail: mail, outcome: .givenUp(trouble: trouble))
        }
    }

    private func answer(to mail: DueMail) async -> SMTPAnswer {
        do {
            return await server.send(try message(of: mail))
        } catch {
            return .never(error.description)
        }
    }

    /// The same bytes at every try: what it is written from does not change.
    private func message(of mail: DueMail) throws(MailMessageError) -> MailMessage {
        switch mail.text {
        case .asItStands(let subject, let body):
            try MailMessage(
                from: sender,
                to: mail.to,
                subject: subject,
                body: body,
                date: mail.createdAt,
                id: mail.messageID
            )
        case .toWrite(let written):
            try message(of: mail, written)
        case .toVisitor(let visit):
            try message(of: mail, visit.written(at: baseURL), stoppedAt: nil)
        case .unknown:
            throw MailMessageError(field: .subject, reason: .unknownKind)
        }
    }

    private func message(of mail: DueMail, _ written: WrittenMail) throws(MailMessageError) -> MailMessage {
        let letter = written.written(at: baseURL)
        return try message(
            of: mail,
            letter,
            putting: invitation(of: mail, written, letter),
            stoppedAt: written.stopAddress(at: baseURL)
        )
    }

    private func message(
        of mail: DueMail,
        _ letter: LetterText,
        putting entry: CalendarInvitation? = nil,
        stoppedAt stop: String?
    ) throws(MailMessageError) -> MailMessage {
        try MailMessage(
            from: sender,
            to: mail.to,
            subject: letter.subject,
            body: letter.text,
            html: letter.html,
            calendar: entry.map { ($0.method, $0.text) },
            stoppedAt: stop,
            date: mail.createdAt,
            id: mail.messageID
        )
    }

    /// What the mail does to its reader's calendar.
    private func invitation(
        of mail: DueMail,
        _ written: WrittenMail,
        _ letter: LetterText
    ) -> CalendarInvitation? {
        guard let agreed = written.appointment, let words = letter.entry else { return nil }
        let isOff = agreed.news == .calledOff
        let page = written.plannerAddress(at: baseURL)
        return CalendarInvitation(
            event: CalendarEvent(
                id: CalendarEvent.id(ofAppointment: agreed.id, at: baseURL),
                startsAt: agreed.startsAt,
                minutes: agreed.minutes,
                title: words.title,
                place: agreed.place,
                notes: words.notes + [page],
                address: page,
                isCancelled: isOff,
                changes: isOff ? 1 : 0,
                changedAt: mail.createdAt
            ),
            sender: (
                name: agreed.invites ? sender.name ?? sender.address : agreed.other, address: sender.address
            ),
            reader: mail.to,
            comes: agreed.invites || agreed.isAccepted
        )
    }

    /// A database that is away for a moment shall not make the mail arrive twice.
    private func rememberSent(_ mail: DueMail) async throws {
        var attempt = 1
        while true {
            do {
                return try await outbox.run(.mailIsSent(mail))
            } catch  where attempt < 5 {
                try await Task.sleep(for: .seconds(attempt))
                attempt += 1
            }
        }
    }

    private func postpone(_ mail: DueMail, _ trouble: String, isOfServer: Bool) async throws -> Delivery {
        let next = try await outbox.run(.mailIsNotSent(mail, trouble: trouble, forGood: false))
        let isLast = next == nil && mail.attempt >= 8
        return Delivery(
            mail: mail,
            outcome: isLast
                ? .givenUp(trouble: trouble) : .delayed(until: next, trouble: trouble, isOfServer: isOfServer)
        )
    }

    /// Addresses are personal, and servers repeat them in what they say: the log has neither.
    private func report(_ delivery: Delivery) {
        let mail: Logger.Metadata = ["mail": "\(delivery.mail.id)", "try": "\(delivery.mail.attempt)"]
        switch delivery.outcome {
        case .sent: logger.info("sent a mail", metadata: mail)
        case .delayed:
            logger.warning("a mail could not be sent yet; see: chapterhouse mail queue", metadata: mail)
        case .givenUp: logger.error("a mail was given up; see: chapterhouse mail queue --all", metadata: mail)
        }
    }
}
