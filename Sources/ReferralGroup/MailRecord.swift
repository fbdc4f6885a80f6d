/// What is kept of a mail, without its text.
package struct MailRecord: Sendable {
    package let id: Int64
    package let to: String
    package let subject: String
    package let createdAt: Instant
    package let tries: Int
    package let nextTryAt: Instant
    package let lastTrouble: String?
    package let sentAt: Instant?
    package let givenUpAt: Instant?

    package init(
        id: Int64,
        to: String,
        subject: String,
        createdAt: Instant,
        tries: Int,
        nextTryAt: Instant,
        lastTrouble: String?,
        sentAt: Instant?,
        givenUpAt: Instant?
    ) {
        self.id = id
        self.to = to
        self.subject = subject
        self.createdAt = createdAt
        self.tries = tries
        self.nextTryAt = nextTryAt
        self.lastTrouble = lastTrouble
        self.sentAt = sentAt
        self.givenUpAt = givenUpAt
    }
}
