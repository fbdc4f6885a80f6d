/// A summary's members held against its Total, column by column.
///
/// Total also counts members who left during the period and stand in no row of their own. So a difference is
/// what they did; it is reported and explained, never corrected.
package struct Reconciliation: Hashable, Sendable {
    package let lines: [Line]

    /// One column.
    package struct Line: Hashable, Sendable {
        package let column: SummaryColumn
        package let members: ExactDecimal
        package let visitors: ExactDecimal
        package let organisation: ExactDecimal
        package let total: ExactDecimal
        /// What former members did, Total less all rows it adds; negative only where the file contradicts itself.
        ///
        /// Total adds `Visitors` and the organisation in every column but P. Their P is the number of meetings,
        /// nobody's attendance, and Total leaves it out: with it, former members of three of the four exports at
        /// hand would have attended fewer than zero meetings (-8, -16 and -21).
        package let formerMembers: ExactDecimal
    }
}

extension SummaryFile {
    /// Nil where the file has no Total, or numbers too large to add.
    package var reconciliation: Reconciliation? {
        guard let total else { return nil }
        var lines: [Reconciliation.Line] = []
        for column in SummaryColumn.allCases {
            var members: ExactDecimal? = .zero
            for member in self.members { members = members?.adding(member.figures[column]) }
            let visitors = visitors?.figures[column] ?? .zero
            let organisation = organisation?.figures[column] ?? .zero
            guard let members, let beyond = total.figures[column].subtracting(members) else { return nil }
            let former =
                column == .present ? beyond : beyond.subtracting(visitors)?.subtracting(organisation)
            guard let former else { return nil }
            lines.append(
                Reconciliation.Line(
                    column: column,
                    members: members,
                    visitors: visitors,
                    organisation: organisation,
                    total: total.figures[column],
                    formerMembers: former
                )
            )
        }
        return Reconciliation(lines: lines)
    }
}
