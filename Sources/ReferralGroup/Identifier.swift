/// The number by which one kind of record is known; that of another kind does not fit in its place.
package struct Identifier<Record, Number: FixedWidthInteger & Sendable>: Hashable, Sendable, Comparable,
    LosslessStringConvertible
{
    package let number: Number

    package init(_ number: Number) {
        self.number = number
    }

    package init?(_ text: String) {
        guard let number = Number(text), number > 0 else { return nil }
        self.number = number
    }

    package var description: String {
        "\(number)"
    }

    package static func < (one: Self, other: Self) -> Bool {
        one.number < other.number
    }
}
