import Postgres
import ReferralGroup

/// Settles the names of one file, each once, and remembers what it was told.
struct NamesOfAFile {
    let transaction: ActingTransaction
    let chapter: Chapter.ID
    let batch: Int64
    /// The last day on which a former member can have been one.
    let formerUntil: LocalDate
    let ask: @Sendable (UnsettledName) async throws -> UnsettledName.Answer
    private let day: LocalDate
    private let book: NameBook
    private let formers: Set<FoldedName>
    private var settled: [FoldedName: Membership.ID] = [:]
    private var unsettled: [FoldedName: UnsettledName] = [:]
    private(set) var newMembers: [String] = []
    private(set) var usedFormers: Set<FoldedName> = []

    init(
        transaction: ActingTransaction,
        chapter: Chapter.ID,
        batch: Int64,
        on day: LocalDate,
        formers: [String],
        ask: @escaping @Sendable (UnsettledName) async throws -> UnsettledName.Answer
    ) async throws {
        let (entries, links) = try await transaction.run(
            .nameBookEntries(of: chapter),
            .nameLinks(of: chapter)
        )
        self.transaction = transaction
        self.chapter = chapter
        self.batch = batch
        self.day = day
        self.formerUntil = day.advanced(by: -1)
        self.formers = Set(formers.map { FoldedName($0) })
        self.ask = ask
        book = NameBook(
            entries: entries,
            links: Dictionary(links.map { ($0.name, $0.member) }, uniquingKeysWith: { first, _ in first })
        )
    }

    /// The member whom a name means, or why nobody can tell.
    mutating func member(named name: String) async throws -> Settlement {
        let folded = FoldedName(name)
        if let member = settled[folded] { return .member(member) }
        if let name = unsettled[folded] { return .unsettled(name) }
        switch book.meaning(of: name, on: day) {
        case .member(let member):
            settled[folded] = member
            return .member(member)
        case .unsettled(let unknown):
            return try await settle(unknown, folded: folded)
        }
    }

    /// A member who joins with this file.
    mutating func newMember(
        named name: String,
        joinedOn: LocalDate,
        endedOn: LocalDate?
    ) async throws -> Membership.ID {
        let line = PlainText.line(name) ?? name
        let member = try await transaction.run(
            .importMember(named: line, joinedOn: joinedOn, endedOn: endedOn, batch: batch, in: chapter)
        )
        settled[FoldedName(name)] = member
        newMembers.append(line)
        return member
    }

    private mutating func settle(_ unknown: UnsettledName, folded: FoldedName) async throws -> Settlement {
        var answer = UnsettledName.Answer.nobodyKnows
        if formers.contains(folded), !unknown.isAmbiguous {
            usedFormers.insert(folded)
            answer = .formerMember
        } else {
            answer = try await ask(unknown)
        }
        switch answer {
        case .member(let member):
            try await transaction.run(.rememberName(folded, as: member, batch: batch, in: chapter))
            settled[folded] = member
            return .member(member)
        case .formerMember:
            // Nobody knows more of them than that they were a member before.
            return .member(
                try await newMember(named: unknown.name, joinedOn: formerUntil, endedOn: formerUntil)
            )
        case .nobodyKnows:
            unsettled[folded] = unknown
            return .unsettled(unknown)
        }
    }

    enum Settlement {
        case member(Membership.ID)
        case unsettled(UnsettledName)
    }
}

extension UnsettledName {
    /// Why a row with this name was refused, and the way out.
    func refusal(_ advice: ImportAdvice) -> String {
        let names = candidates.map { candidate in
            "\(candidate.name) (id \(candidate.member)\(candidate.endedOn.map { ", until \($0)" } ?? ""))"
        }
        let list = names.joined(separator: ", ")
        if isAmbiguous { return "“\(name)” may be any of \(list); \(advice.whichIsMeant)" }
        let near = names.isEmpty ? "" : " Similar names: \(list)."
        return "nobody of this chapter is called “\(name)”.\(near) If they left: \(advice.former(name))"
    }
}
