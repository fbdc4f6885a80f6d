import Postgres
import ReferralGroup

extension Importer {
    /// Keeps a summary's figures for the days it covers, and makes members of the names nobody knows yet: they
    /// joined on its first day, and have neither seat nor e-mail until somebody gives them one.
    package func importSummary(
        _ rows: [ImportedSummaryRow],
        of file: ImportedFile,
        from: LocalDate,
        to: LocalDate,
        isRehearsal: Bool
    ) async throws -> ImportOutcome {
        try await importing(file, as: .palms, from: from, to: to, rows: rows.count, isRehearsal: isRehearsal)
        {
            transaction,
            batch in
            try await transaction.run(.openSummary(batch: batch, from: from, to: to, in: chapter.id))
            var names = try await NamesOfAFile(
                transaction: transaction,
                chapter: chapter.id,
                batch: batch,
                on: to,
                formers: [],
                ask: ask
            )
            var entries = ImportEntries()
            for row in rows {
                let (verdict, member) = try await settle(row, &names, joiningOn: from)
                entries.verdicts.append(verdict)
                guard !verdict.isRefused else { continue }
                try await transaction.run(
                    .importSummaryLine(row, member: member, batch: batch, in: chapter.id)
                )
            }
            entries.newMembers = names.newMembers
            return entries
        }
    }

    private func settle(
        _ row: ImportedSummaryRow,
        _ names: inout NamesOfAFile,
        joiningOn day: LocalDate
    ) async throws -> (RowVerdict, Membership.ID?) {
        guard case .member(let name) = row.owner else {
            return (RowVerdict(line: row.line, isRefused: false, message: row.owner.title), nil)
        }
        switch try await names.member(named: name) {
        case .member(let member):
            return (RowVerdict(line: row.line, isRefused: false, message: "\(name): known"), member)
        case .unsettled(let unknown) where unknown.isAmbiguous:
            return (RowVerdict(line: row.line, isRefused: true, message: unknown.refusal(advice)), nil)
        case .unsettled:
            let member = try await names.newMember(named: name, joinedOn: day, endedOn: nil)
            return (
                RowVerdict(line: row.line, isRefused: false, message: "\(name): new member since \(day)"),
                member
            )
        }
    }
}

extension ImportedSummaryRow.Owner {
    var title: String {
        switch self {
        case .member(let name): name
        case .visitors: "visitors"
        case .otherChapters: "other chapters and the organisation"
        case .formerMembers: "former members: the total less all rows"
        }
    }
}
