/// A name as it is compared: one blank between words, no case, canonical composition.
///
/// `Ines  DANE ` and `Ines Dane` fold to the same name. Only this type folds; the database keeps what it made.
package struct FoldedName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ name: String) {
        // Composed last: some letters have a composed form in lower case only.
        text = PlainText.words(of: name.lowercased()).joined(separator: " ")
    }

    package var description: String {
        text
    }

    /// The words in an order of their own, so that `Dane Ines` meets `Ines Dane`.
    package var words: [String] {
        text.split(separator: " ").map(String.init).sorted()
    }
}
