import Postgres
import ReferralGroup

/// A slip with this chapter that stands in another chapter's ledger and not yet in ours.
struct Twin: Sendable, RowDecodable {
    let id: SlipID
    let key: Key

    enum Kind: String, Sendable {
        case referral, thanks
        case oneToOne = "one-to-one"
    }

    /// What two ledgers must agree on to speak of the same slip: the people, the kind, tier and amount.
    struct Key: Hashable, Sendable {
        let kind: Kind
        let home: Chapter.ID
        /// The other chapter's member; nil for an unnamed earner.
        let theirs: FoldedName?
        /// Our member; nil for an unnamed earner.
        let ours: FoldedName?
        /// Whether our side gave or earned.
        let isFromUs: Bool
        let tier: Int?
        let amount: Int64?
    }

    init(row: Row) throws {
        let kind: String = try row["kind"]
        let theirs: String? = try row["theirs"]
        let ours: String? = try row["ours"]
        let tier: Int16? = try row["tier"]
        id = try row["id"]
        key = Key(
            kind: Kind(rawValue: kind) ?? .referral,
            home: try row["other_chapter"],
            theirs: theirs.map { FoldedName($0) },
            ours: ours.map { FoldedName($0) },
            isFromUs: try row["is_from_us"],
            tier: tier.map { Int($0) },
            amount: try row["amount"]
        )
    }
}

extension Twin.Key {
    /// The key under which the other ledger would know an imported slip.
    init(
        kind: Twin.Kind,
        slip: ImportedSlip,
        one: ImportedSide,
        other: ImportedSide?,
        home: Chapter.ID,
        tier: Int?,
        amount: Int64?
    ) {
        let from = slip.from.map { FoldedName($0.text) }
        let to = slip.to.map { FoldedName($0.text) }
        // Of thanks only the thanked is named: one of ours whom they thank, or one of theirs whom we do.
        let isFromUs = kind == .thanks ? one.member == nil : one.member != nil
        self.init(
            kind: kind,
            home: home,
            theirs: isFromUs ? to : from,
            ours: isFromUs ? from : to,
            // A one-to-one has no direction.
            isFromUs: kind == .oneToOne ? false : isFromUs,
            tier: tier,
            amount: amount
        )
    }
}
