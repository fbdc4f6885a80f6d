/// A statement that a connection has prepared, or is about to.
///
/// Only the loop's thread touches it.
final class Prepared {
    /// What the server calls it.
    let name: String
    let text: String
    let types: [UInt32]
    /// The columns of its results, once there was one: the server does not let them change.
    var columns: Columns?
    fileprivate(set) var usedAt: UInt64 = 0

    fileprivate init(_ sql: SQL, name: String) {
        self.name = name
        text = sql.text
        types = sql.parameters.map(\.type)
    }

    fileprivate func isPlan(of sql: SQL) -> Bool {
        types.count == sql.parameters.count && zip(types, sql.parameters).allSatisfy { $0 == $1.type }
    }
}

/// The statements that one connection has prepared, by their text; the one unused for longest makes room.
struct StatementCache {
    /// Of one text there are as many as there are combinations of types it is used with.
    private var entries: [String: [Prepared]] = [:]
    private var count = 0
    private var clock: UInt64 = 0
    private let capacity: Int
    /// Names the server still holds and nobody will use again.
    private var retired: [String] = []

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    mutating func find(_ sql: SQL) -> Prepared? {
        guard let prepared = entries[sql.text]?.first(where: { $0.isPlan(of: sql) }) else { return nil }
        clock += 1
        prepared.usedAt = clock
        return prepared
    }

    /// Adds a statement under a new name; the one unused for longest may have to go for it.
    mutating func add(_ sql: SQL) -> Prepared {
        if count >= capacity, let oldest = entries.values.joined().min(by: { $0.usedAt < $1.usedAt }) {
            retire(oldest)
        }
        clock += 1
        count += 1
        let prepared = Prepared(sql, name: "s\(clock)")
        prepared.usedAt = clock
        entries[sql.text, default: []].append(prepared)
        return prepared
    }

    /// Forgets a statement that the server does not have.
    mutating func remove(_ prepared: Prepared) {
        guard let place = entries[prepared.text]?.firstIndex(where: { $0 === prepared }) else { return }
        entries[prepared.text]?.remove(at: place)
        if entries[prepared.text]?.isEmpty == true { entries[prepared.text] = nil }
        count -= 1
    }

    /// Gives up a statement that the server still has.
    mutating func retire(_ prepared: Prepared) {
        remove(prepared)
        retired.append(prepared.name)
    }

    /// Gives up all of them.
    mutating func retireAll() {
        retired += entries.values.joined().map(\.name)
        entries.removeAll()
        count = 0
    }

    var hasRetired: Bool {
        !retired.isEmpty
    }

    mutating func takeRetired() -> [String] {
        defer { retired.removeAll() }
        return retired
    }

    mutating func removeAll() {
        entries.removeAll()
        retired.removeAll()
        count = 0
    }
}
