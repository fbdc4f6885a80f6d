/// Somebody whom the installation knows.
package struct KnownPerson: Sendable {
    package let id: Person.ID
    package let name: String
    package let email: EmailAddress?
    package let isOperator: Bool
    package let isDisabled: Bool

    package init(id: Person.ID, name: String, email: EmailAddress?, isOperator: Bool, isDisabled: Bool) {
        self.id = id
        self.name = name
        self.email = email
        self.isOperator = isOperator
        self.isDisabled = isDisabled
    }
}

/// What an installation runs on.
package struct Versions: Sendable {
    /// Of PostgreSQL.
    package let database: String
    /// The newest one that was applied, and when.
    package let migration: String
    package let appliedAt: Instant

    package init(database: String, migration: String, appliedAt: Instant) {
        self.database = database
        self.migration = migration
        self.appliedAt = appliedAt
    }
}
