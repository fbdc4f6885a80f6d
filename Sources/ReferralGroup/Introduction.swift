/// An introduction in the eyes of somebody who has a part in it.
package struct Introduction: Sendable {
    package let id: SlipID
    package let madeOn: LocalDate
    package let why: String?
    package let outcome: String?
    package let connector: String?
    package let first: Side
    package let second: Side
    /// Whose eyes they are.
    package let part: Part
    /// How to reach the other, once both have accepted.
    package let email: String?
    package let phones: [String]

    package init(
        id: SlipID,
        madeOn: LocalDate,
        why: String?,
        outcome: String?,
        connector: String?,
        first: Side,
        second: Side,
        part: Part,
        email: String?,
        phones: [String]
    ) {
        self.id = id
        self.madeOn = madeOn
        self.why = why
        self.outcome = outcome
        self.connector = connector
        self.first = first
        self.second = second
        self.part = part
        self.email = email
        self.phones = phones
    }

    package enum Part: String, Sendable {
        case connector, first, second
    }

    /// One of the two introduced; who is not of this installation never answers.
    package struct Side: Sendable {
        package let name: String?
        package let accepts: Bool?

        package init(name: String?, accepts: Bool?) {
            self.name = name
            self.accepts = accepts
        }
    }

    /// The side of whoever looks; nil for the connector.
    package var own: Side? {
        switch part {
        case .connector: nil
        case .first: first
        case .second: second
        }
    }

    /// The one whom they shall get to know; nil for the connector.
    package var other: Side? {
        switch part {
        case .connector: nil
        case .first: second
        case .second: first
        }
    }
}
