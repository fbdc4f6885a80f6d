/// The statements that one connection has prepared, by their text; the one unused for longest makes room.
struct StatementCache {
    private var entries: [Statement.Key: Entry] = [:]
    private var clock: UInt64 = 0
    private var lastName: UInt64 = 0
    private let capacity: Int
    /// Names the server still holds and nobody will use again.
    private var retired: [String] = []

    private struct Entry {
        let name: String
        var usedAt: UInt64
    }

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// The name under which the statement is prepared, or on its way to be.
    mutating func name(of key: Statement.Key) -> String? {
        clock += 1
        entries[key]?.usedAt = clock
        return entries[key]?.name
    }

    /// A new name for a statement; the one unused for longest may have to go for it.
    mutating func add(_ key: Statement.Key) -> String {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt }) {
            retired.append(oldest.value.name)
            entries[oldest.key] = nil
        }
        clock += 1
        lastName += 1
        let name = "s\(lastName)"
        entries[key] = Entry(name: name, usedAt: clock)
        return name
    }

    /// Forgets a statement that was not prepared after all.
    mutating func remove(_ key: Statement.Key) {
        entries[key] = nil
    }

    /// Gives up a statement whose plan no longer fits, though the server still has it.
    mutating func retire(_ key: Statement.Key) {
        if let entry = entries.removeValue(forKey: key) { retired.append(entry.name) }
    }

    mutating func takeRetired() -> [String] {
        defer { retired.removeAll() }
        return retired
    }

    mutating func removeAll() {
        entries.removeAll()
        retired.removeAll()
    }
}
