/// A file as an import knows it: by its content, not by its name.
package struct ImportedFile: Hashable, Sendable {
    package let name: String
    /// SHA-256 of the bytes.
    package let fingerprint: [UInt8]

    package init(name: String, fingerprint: [UInt8]) {
        self.name = name
        self.fingerprint = fingerprint
    }
}

/// One slip of a weekly export, with names as written.
package struct ImportedSlip: Hashable, Sendable {
    /// The row as a spreadsheet program numbers it, from 1.
    package let line: Int
    package let kind: Kind
    package let from: ImportedName?
    package let to: ImportedName?
    /// The other chapter, without the organisation's word before it, as written.
    package let home: String?

    package init(line: Int, kind: Kind, from: ImportedName?, to: ImportedName?, home: String?) {
        self.line = line
        self.kind = kind
        self.from = from
        self.to = to
        self.home = home
    }

    package enum Kind: Hashable, Sendable {
        case referral(tier: Int)
        case oneToOne
        case thanks(Money)
        case education(units: Figure)
        case visitor
    }
}

/// A name in an export, and to whom it points by the way it is written.
package struct ImportedName: Hashable, Sendable {
    package let text: String
    package let belongs: Belonging

    package init(text: String, belongs: Belonging) {
        self.text = text
        self.belongs = belongs
    }

    package enum Belonging: Hashable, Sendable {
        case here
        /// Bold: of another chapter.
        case elsewhere
        /// The organisation itself, which stands for the chapter.
        case chapter
    }
}

/// The figures of one row of an imported summary.
package struct ImportedFigures: Hashable, Sendable {
    package let present: Int
    package let absent: Int
    package let late: Int
    package let medical: Int
    package let substitute: Int
    package let referralsGivenInside: Int
    package let referralsGivenOutside: Int
    package let referralsReceivedInside: Int
    package let referralsReceivedOutside: Int
    package let visitors: Int
    package let oneToOnes: Int
    /// In the chapter's currency.
    package let thankedFor: Money
    package let education: Figure
    package let testimonials: Int

    package init(
        present: Int,
        absent: Int,
        late: Int,
        medical: Int,
        substitute: Int,
        referralsGivenInside: Int,
        referralsGivenOutside: Int,
        referralsReceivedInside: Int,
        referralsReceivedOutside: Int,
        visitors: Int,
        oneToOnes: Int,
        thankedFor: Money,
        education: Figure,
        testimonials: Int
    ) {
        self.present = present
        self.absent = absent
        self.late = late
        self.medical = medical
        self.substitute = substitute
        self.referralsGivenInside = referralsGivenInside
        self.referralsGivenOutside = referralsGivenOutside
        self.referralsReceivedInside = referralsReceivedInside
        self.referralsReceivedOutside = referralsReceivedOutside
        self.visitors = visitors
        self.oneToOnes = oneToOnes
        self.thankedFor = thankedFor
        self.education = education
        self.testimonials = testimonials
    }
}

/// A row of an imported summary: whose figures, and which.
package struct ImportedSummaryRow: Hashable, Sendable {
    package let line: Int
    package let owner: Owner
    package let figures: ImportedFigures

    package init(line: Int, owner: Owner, figures: ImportedFigures) {
        self.line = line
        self.owner = owner
        self.figures = figures
    }

    package enum Owner: Hashable, Sendable {
        case member(name: String)
        case visitors
        case otherChapters
        /// The file's total less all its rows.
        case formerMembers
    }
}

/// What became of one row of a file.
package struct RowVerdict: Hashable, Sendable {
    package let line: Int
    package let isRefused: Bool
    package let message: String

    package init(line: Int, isRefused: Bool, message: String) {
        self.line = line
        self.isRefused = isRefused
        self.message = message
    }
}

/// What an import did, or would do.
package struct ImportOutcome: Sendable {
    package let result: Result
    package let verdicts: [RowVerdict]
    package let newMembers: [String]

    package init(result: Result, verdicts: [RowVerdict], newMembers: [String]) {
        self.result = result
        self.verdicts = verdicts
        self.newMembers = newMembers
    }

    package enum Result: Hashable, Sendable {
        /// The batch under which the rows stand, and can be undone.
        case imported(batch: Int64)
        /// Everything would go in; nothing was written.
        case wouldImport
        /// The same file was imported before; nothing was written.
        case alreadyImported(batch: Int64)
        /// Some rows cannot go in; nothing was written.
        case refused
    }
}

/// A batch of imported rows.
package struct ImportBatch: Hashable, Sendable {
    package let id: Int64
    package let kind: Kind
    package let file: ImportedFile
    package let from: LocalDate
    package let to: LocalDate
    package let rows: Int
    package let importedAt: Instant
    package let undoneAt: Instant?

    package init(
        id: Int64,
        kind: Kind,
        file: ImportedFile,
        from: LocalDate,
        to: LocalDate,
        rows: Int,
        importedAt: Instant,
        undoneAt: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.file = file
        self.from = from
        self.to = to
        self.rows = rows
        self.importedAt = importedAt
        self.undoneAt = undoneAt
    }

    package enum Kind: String, Sendable, CaseIterable {
        case palms, slips
    }
}

/// A name of a file that the chapter's roster does not settle.
package struct UnsettledName: Hashable, Sendable {
    package let name: String
    /// Those whom it may mean: of the same words, or near to it.
    package let candidates: [Candidate]
    /// Whether it could be one of several members, or nobody's.
    package let isAmbiguous: Bool

    package struct Candidate: Hashable, Sendable {
        package let member: Membership.ID
        package let name: String
        package let joinedOn: LocalDate
        package let endedOn: LocalDate?
    }

    /// What somebody who was asked said.
    package enum Answer: Hashable, Sendable {
        case member(Membership.ID)
        case formerMember
        case nobodyKnows
    }
}

/// Who a written name means: the roster of a chapter, with the names it remembered (domain of imports).
package struct NameBook: Sendable {
    private let entries: [Entry]
    private let links: [FoldedName: Membership.ID]

    package struct Entry: Sendable {
        package let member: Membership.ID
        package let person: Person.ID
        package let name: String
        package let joinedOn: LocalDate
        package let endedOn: LocalDate?

        package init(
            member: Membership.ID,
            person: Person.ID,
            name: String,
            joinedOn: LocalDate,
            endedOn: LocalDate?
        ) {
            self.member = member
            self.person = person
            self.name = name
            self.joinedOn = joinedOn
            self.endedOn = endedOn
        }
    }

    package enum Meaning: Sendable {
        case member(Membership.ID)
        case unsettled(UnsettledName)
    }

    package init(entries: [Entry], links: [FoldedName: Membership.ID]) {
        self.entries = entries
        self.links = links
    }

    /// A remembered answer; else the same name; else the same words in another order; else it must be asked.
    package func meaning(of name: String, on day: LocalDate) -> Meaning {
        let folded = FoldedName(name)
        if let link = links[folded] { return .member(link) }
        for matches in [
            entries.filter { FoldedName($0.name) == folded },
            entries.filter { FoldedName($0.name).words == folded.words },
        ] where !matches.isEmpty {
            guard Set(matches.map(\.person)).count == 1, let match = best(of: matches, on: day) else {
                return .unsettled(
                    UnsettledName(name: name, candidates: matches.map(\.candidate), isAmbiguous: true)
                )
            }
            return .member(match.member)
        }
        let near = entries.filter { Self.isNear(FoldedName($0.name), folded) }
        return .unsettled(UnsettledName(name: name, candidates: near.map(\.candidate), isAmbiguous: false))
    }

    /// Of one person's memberships, the one of that day, else the latest.
    private func best(of matches: [Entry], on day: LocalDate) -> Entry? {
        matches.first { $0.joinedOn <= day && day <= ($0.endedOn ?? .latest) }
            ?? matches.max { $0.joinedOn < $1.joinedOn }
    }

    private static func isNear(_ one: FoldedName, _ other: FoldedName) -> Bool {
        !Set(one.words).isDisjoint(with: other.words)
    }
}

extension NameBook.Entry {
    var candidate: UnsettledName.Candidate {
        UnsettledName.Candidate(member: member, name: name, joinedOn: joinedOn, endedOn: endedOn)
    }
}
