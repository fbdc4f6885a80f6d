extension Phrase {
    /// What becomes of a row of an imported file, as the import finished it.
    package init(ofRow text: String) {
        self.init(text, readBy: Self.templatesOfRows)
    }

    /// The sentences with values of such rows; of two that fit, the first is meant.
    package static let finishedOfRows = """
        referral, tier {1}: {2}, also in the other chapter's ledger
        referral, tier {1}: {2}
        one-to-one: {1}, also in the other chapter's ledger
        one-to-one: {1}
        thanks of {1} {2}: {3}, also in the other chapter's ledger
        thanks of {1} {2}: {3}
        education, {1} hours: {2}
        visitor: {1}
        both sides are {1}
        the cell {1} is empty
        no row of the file needs former=“{1}”
        nobody of this chapter is called “{1}”. Similar names: {2}. If they left: former=“{3}”
        nobody of this chapter is called “{1}”. If they left: former=“{2}”
        “{1}” may be any of {2}; bring it in at the operator's shell, which asks who is meant and remembers it
        {1}: new member since {2}
        {1}: known
        """.split(separator: "\n").map(String.init)

    private static let templatesOfRows: [Template] = finishedOfRows.map { ($0, Language.parts(of: $0)) }
}
