internal import CLibPQ
import Glibc
internal import Synchronization

/// The rows that a statement returned, as libpq keeps them.
///
/// Safe to hand between threads: a PGresult never changes once libpq has returned it, and it is freed exactly once; and
/// where the next column may stand is only a guess, which is checked.
@usableFromInline
package final class QueryResult: @unchecked Sendable {
    let pointer: OpaquePointer
    let columns: Columns
    /// Where the next column to be read is likely to stand: rows are read from the left to the right.
    private let likely = Atomic<Int32>(0)

    init(_ pointer: OpaquePointer, _ columns: Columns?) {
        self.pointer = pointer
        self.columns = columns ?? Columns(of: pointer)
    }

    deinit {
        PQclear(pointer)
    }

    /// Where a column stands; nil where there is none of that name.
    func place(of column: String) -> Int32? {
        let likely = likely.load(ordering: .relaxed)
        guard let place = columns.holds(column, at: likely) ? likely : columns[column] else { return nil }
        self.likely.store(place + 1, ordering: .relaxed)
        return place
    }

    package var count: Int {
        Int(PQntuples(pointer))
    }

    package var rows: some RandomAccessCollection<Row> {
        (0..<count).lazy.map { Row(result: self, index: Int32($0)) }
    }

    /// Whether it holds the same values, byte by byte, as another result of the same statement.
    package func equals(_ other: QueryResult) -> Bool {
        let (rows, columns) = (PQntuples(pointer), PQnfields(pointer))
        guard rows == PQntuples(other.pointer), columns == PQnfields(other.pointer) else { return false }
        for row in 0..<rows {
            for column in 0..<columns {
                let length = PQgetlength(pointer, row, column)
                guard PQgetisnull(pointer, row, column) == PQgetisnull(other.pointer, row, column),
                    length == PQgetlength(other.pointer, row, column),
                    memcmp(
                        PQgetvalue(pointer, row, column),
                        PQgetvalue(other.pointer, row, column),
                        Int(length)
                    ) == 0
                else { return false }
            }
        }
        return true
    }

    /// How many rows the statement inserted, changed or removed.
    package var affected: Int {
        guard let text = PQcmdTuples(pointer) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }
}

extension QueryResult {
    /// The command that was done: `COMMIT`, `INSERT 0 1`.
    var tag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }
}

/// Where each column of a result stands; of several with one name, the first.
struct Columns: Sendable {
    private let places: [String: Int32]
    /// By place; empty for a name that an earlier column has.
    private let names: [String]

    init(of result: OpaquePointer) {
        var places: [String: Int32] = [:]
        names = (0..<PQnfields(result)).map { place in
            guard let name = PQfname(result, place).map({ String(cString: $0) }), places[name] == nil else {
                return ""
            }
            places[name] = place
            return name
        }
        self.places = places
    }

    subscript(name: String) -> Int32? {
        places[name]
    }

    /// Whether that is the first column of the name; quicker than to look for it.
    func holds(_ name: String, at place: Int32) -> Bool {
        names.indices.contains(Int(place)) && names[Int(place)] == name
    }
}
