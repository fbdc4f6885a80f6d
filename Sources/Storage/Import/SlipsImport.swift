import Postgres
import ReferralGroup

extension Importer {
    /// Enters the slips of one meeting; the k-th slip of two people takes the id that the k-th of them has in the
    /// other chapter's ledger, so that both ledgers tell one story.
    package func importSlips(
        _ slips: [ImportedSlip],
        of file: ImportedFile,
        meeting: LocalDate,
        formers: [String],
        isRehearsal: Bool
    ) async throws -> ImportOutcome {
        try await importing(
            file,
            as: .slips,
            from: meeting,
            to: meeting,
            rows: slips.count,
            isRehearsal: isRehearsal
        ) {
            transaction,
            batch in
            var entry = try await SlipsImport(
                self,
                transaction,
                batch: batch,
                meeting: meeting,
                formers: formers,
                slips
            )
            for slip in slips { try await entry.enter(slip) }
            entry.refuseUnusedFormers(formers)
            return ImportEntries(verdicts: entry.verdicts, newMembers: entry.names.newMembers)
        }
    }
}

/// One file of slips on its way into the ledger.
private struct SlipsImport {
    let transaction: ActingTransaction
    let chapter: Chapter
    let batch: Int64
    let meeting: LocalDate
    let advice: ImportAdvice
    var names: NamesOfAFile
    var twins: [Twin.Key: [SlipID]]
    /// Chapters of the installation, by the folded name that the file uses.
    let homes: [FoldedName: Chapter]
    var verdicts: [RowVerdict] = []

    init(
        _ importer: Importer,
        _ transaction: ActingTransaction,
        batch: Int64,
        meeting: LocalDate,
        formers: [String],
        _ slips: [ImportedSlip]
    ) async throws {
        self.transaction = transaction
        self.batch = batch
        self.meeting = meeting
        chapter = importer.chapter
        advice = importer.advice
        names = try await NamesOfAFile(
            transaction: transaction,
            chapter: chapter.id,
            batch: batch,
            on: meeting,
            formers: formers,
            ask: importer.ask
        )
        var homes: [FoldedName: Chapter] = [:]
        for name in Set(slips.compactMap(\.home).map { FoldedName($0) }) {
            let known = try await transaction.run(.chapters(knownAs: name))
            // A name that two chapters bear names neither.
            if let home = known.first, known.count == 1, home.id != importer.chapter.id { homes[name] = home }
        }
        self.homes = homes
        let others = homes.values.map(\.id)
        let found = try await transaction.run(
            .twins(in: others, from: meeting.advanced(by: -6), to: meeting.advanced(by: 6))
        )
        twins = Dictionary(grouping: found, by: \.key).mapValues { $0.map(\.id) }
    }

    mutating func enter(_ slip: ImportedSlip) async throws {
        switch slip.kind {
        case .referral(let tier): try await enterReferral(slip, tier: tier)
        case .oneToOne: try await enterOneToOne(slip)
        case .thanks(let amount): try await enterThanks(slip, amount: amount)
        case .education(let units): try await enterEducation(slip, units: units)
        case .visitor: try await enterVisitor(slip)
        }
    }

    mutating func refuseUnusedFormers(_ formers: [String]) {
        for former in formers where !names.usedFormers.contains(FoldedName(former)) {
            refuse(0, "no row of the file needs \(advice.former(former))")
        }
    }

    private mutating func enterReferral(_ slip: ImportedSlip, tier: Int) async throws {
        guard let (giver, receiver) = try await sides(of: slip) else { return }
        let twin = takeTwin(.referral, slip, giver, receiver, tier: tier)
        try await transaction.run(
            .importReferral(
                id: twin,
                giver: giver,
                receiver: receiver,
                tier: tier,
                on: meeting,
                batch: batch,
                in: chapter.id
            )
        )
        accept(slip, "referral, tier \(tier)", twin)
    }

    private mutating func enterOneToOne(_ slip: ImportedSlip) async throws {
        guard let (one, other) = try await sides(of: slip) else { return }
        let twin = takeTwin(.oneToOne, slip, one, other)
        let (first, second) = one.member == nil ? (other, one) : (one, other)
        guard let member = first.member else { return refuse(slip.line, "no side of it is of this chapter") }
        try await transaction.run(
            .importOneToOne(
                id: twin,
                first: member,
                second: second,
                on: meeting,
                currency: chapter.currency,
                batch: batch,
                in: chapter.id
            )
        )
        accept(slip, "one-to-one", twin)
    }

    private mutating func enterThanks(_ slip: ImportedSlip, amount: Money) async throws {
        guard let to = slip.to else { return refuse(slip.line, "nobody is thanked: the cell To is empty") }
        guard let thanked = try await side(to, of: slip) else { return }
        var earner: Int64?
        if thanked.member != nil, let home = slip.home {
            earner = try await outsider(nil, home: home)
        }
        let twin = takeTwin(.thanks, slip, thanked, nil, amount: amount.minorUnits)
        try await transaction.run(
            .importThanks(
                id: twin,
                thanked: thanked,
                earner: earner,
                amount: amount,
                on: meeting,
                batch: batch,
                in: chapter.id
            )
        )
        accept(slip, "thanks of \(amount.amount) \(amount.currency)", twin)
    }

    private mutating func enterEducation(_ slip: ImportedSlip, units: Figure) async throws {
        guard let from = slip.from, let side = try await side(from, of: slip) else { return }
        guard let member = side.member else {
            return refuse(slip.line, "education is of a member of this chapter")
        }
        try await transaction.run(
            .importEducation(of: member, units: units, on: meeting, batch: batch, in: chapter.id)
        )
        accept(slip, "education, \(units) hours", nil)
    }

    private mutating func enterVisitor(_ slip: ImportedSlip) async throws {
        guard let from = slip.from, let inviter = try await side(from, of: slip) else { return }
        guard let visitor = slip.to.flatMap({ PlainText.line($0.text) }), !visitor.isEmpty else {
            return refuse(slip.line, "the visitor has no name: the cell To is empty")
        }
        try await transaction.run(
            .importVisitor(named: visitor, inviter: inviter, on: meeting, batch: batch, in: chapter.id)
        )
        accept(slip, "visitor", nil)
    }

    /// Both people of a slip, at least one of this chapter and not the same one.
    private mutating func sides(of slip: ImportedSlip) async throws -> (ImportedSide, ImportedSide)? {
        guard let from = slip.from, let to = slip.to else {
            refuse(slip.line, "the cell \(slip.from == nil ? "From" : "To") is empty")
            return nil
        }
        let one = try await side(from, of: slip)
        let other = try await side(to, of: slip)
        guard let one, let other else { return nil }
        guard one.member != nil || other.member != nil else {
            refuse(slip.line, "no side of it is of this chapter")
            return nil
        }
        guard one.member == nil || one.member != other.member else {
            refuse(slip.line, "both sides are \(from.text)")
            return nil
        }
        guard !one.isChapter, !other.isChapter else {
            refuse(slip.line, "the organisation can neither pass nor receive it")
            return nil
        }
        return (one, other)
    }

    private mutating func side(_ name: ImportedName, of slip: ImportedSlip) async throws -> ImportedSide? {
        switch name.belongs {
        case .chapter: return .chapter
        case .elsewhere: return .outsider(try await outsider(name.text, home: slip.home))
        case .here:
            switch try await names.member(named: name.text) {
            case .member(let member): return .member(member)
            case .unsettled(let unknown):
                refuse(slip.line, unknown.refusal(advice))
                return nil
            }
        }
    }

    private func outsider(_ name: String?, home: String?) async throws -> Int64 {
        let known = home.flatMap { homes[FoldedName($0)] }
        return try await transaction.run(
            .outsider(
                named: name.flatMap(PlainText.line),
                home: known?.name ?? home ?? "",
                homeChapter: known?.id,
                batch: batch,
                in: chapter.id
            )
        )
    }

    private mutating func takeTwin(
        _ kind: Twin.Kind,
        _ slip: ImportedSlip,
        _ one: ImportedSide,
        _ other: ImportedSide?,
        tier: Int? = nil,
        amount: Int64? = nil
    ) -> SlipID? {
        guard let home = slip.home.flatMap({ homes[FoldedName($0)] }) else { return nil }
        let key = Twin.Key(
            kind: kind,
            slip: slip,
            one: one,
            other: other,
            home: home.id,
            tier: tier,
            amount: amount
        )
        guard let id = twins[key]?.first else { return nil }
        twins[key]?.removeFirst()
        return id
    }

    private mutating func accept(_ slip: ImportedSlip, _ what: String, _ twin: SlipID?) {
        let between = [slip.from?.text, slip.to?.text].compactMap(\.self).joined(separator: " → ")
        let story = twin == nil ? "" : ", also in the other chapter's ledger"
        verdicts.append(RowVerdict(line: slip.line, isRefused: false, message: "\(what): \(between)\(story)"))
    }

    private mutating func refuse(_ line: Int, _ why: String) {
        verdicts.append(RowVerdict(line: line, isRefused: true, message: why))
    }
}

/// One side of an imported slip.
enum ImportedSide: Hashable, Sendable {
    case member(Membership.ID)
    case outsider(Int64)
    case chapter

    var member: Membership.ID? {
        if case .member(let member) = self { member } else { nil }
    }

    var outsider: Int64? {
        if case .outsider(let outsider) = self { outsider } else { nil }
    }

    var isChapter: Bool {
        self == .chapter
    }
}
