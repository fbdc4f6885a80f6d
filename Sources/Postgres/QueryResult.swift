internal import CLibPQ

/// The rows that a statement returned, as libpq keeps them.
///
/// Safe to hand between threads: a PGresult never changes once libpq has returned it, and it is freed exactly once.
package final class QueryResult: @unchecked Sendable {
    let pointer: OpaquePointer
    let columns: Columns

    init(_ pointer: OpaquePointer, _ columns: Columns?) {
        self.pointer = pointer
        self.columns = columns ?? Columns(of: pointer)
    }

    deinit {
        PQclear(pointer)
    }

    package var count: Int {
        Int(PQntuples(pointer))
    }

    package var rows: some RandomAccessCollection<Row> {
        (0..<count).lazy.map { Row(result: self, index: Int32($0)) }
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

    init(of result: OpaquePointer) {
        var places: [String: Int32] = [:]
        for place in 0..<PQnfields(result) {
            guard let name = PQfname(result, place) else { continue }
            let column = String(cString: name)
            if places[column] == nil { places[column] = place }
        }
        self.places = places
    }

    subscript(name: String) -> Int32? {
        places[name]
    }
}
