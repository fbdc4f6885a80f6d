/// The end of the chain through an audit trail, as it was sealed.
package struct AuditHead: Sendable {
    /// A SHA-256, as 64 hexadecimal digits.
    package struct Hash: Sendable {
        package let bytes: [UInt8]

        /// Nil unless these are 64 hexadecimal digits.
        package init?(_ text: String) {
            let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
            let values = digits.compactMap { $0.map(UInt8.init) }
            guard digits.count == 64, values.count == 64 else { return nil }
            bytes = stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
        }
    }

    /// The chapter's short name; nil is the trail of the installation itself.
    package let chapter: String?
    package let entries: Int64
    /// The last entry that the seal is for.
    package let upTo: Int64
    package let hash: String
    package let sealedAt: Instant

    package init(chapter: String?, entries: Int64, upTo: Int64, hash: String, sealedAt: Instant) {
        self.chapter = chapter
        self.entries = entries
        self.upTo = upTo
        self.hash = hash
        self.sealedAt = sealedAt
    }
}

/// What is wrong with an audit trail, and with which entries.
package struct AuditFault: Sendable {
    /// `changed`, `removed`, `inserted`, `cut`, `rewritten` or `unsealed`.
    package let kind: String
    package let first: Int64
    package let last: Int64
    /// When the entry was made, or the seal; nil where that is gone.
    package let at: Instant?

    package init(kind: String, first: Int64, last: Int64, at: Instant?) {
        self.kind = kind
        self.first = first
        self.last = last
        self.at = at
    }
}

/// How far the chain of an audit trail goes.
package struct AuditExtent: Sendable {
    package let entries: Int64
    /// Entries that the next sealing adds.
    package let waiting: Int64
    /// Entries whose values were erased.
    package let erased: Int64
    package let head: String?
    /// Nil where no head was to be looked for.
    package let holdsKnownHead: Bool?

    package init(entries: Int64, waiting: Int64, erased: Int64, head: String?, holdsKnownHead: Bool?) {
        self.entries = entries
        self.waiting = waiting
        self.erased = erased
        self.head = head
        self.holdsKnownHead = holdsKnownHead
    }
}

/// What became of computing an audit trail anew.
package struct VerifiedTrail: Sendable {
    package let chapter: String?
    package let faults: [AuditFault]
    package let extent: AuditExtent

    package var isWhole: Bool { faults.isEmpty && extent.holdsKnownHead != false }

    package init(chapter: String?, faults: [AuditFault], extent: AuditExtent) {
        self.chapter = chapter
        self.faults = faults
        self.extent = extent
    }
}
