internal import CLibPQ

/// The rows that a statement returned, as libpq keeps them.
///
/// Safe to hand between threads: a PGresult never changes once libpq has returned it, and it is freed exactly once.
package final class QueryResult: @unchecked Sendable {
    let pointer: OpaquePointer
    private let columns: [String: Int32]

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        var columns: [String: Int32] = [:]
        for index in 0..<PQnfields(pointer) {
            guard let name = PQfname(pointer, index) else { continue }
            let column = String(cString: name)
            if columns[column] == nil { columns[column] = index }
        }
        self.columns = columns
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

    func index(of column: String) -> Int32? {
        columns[column]
    }
}

extension QueryResult {
    /// The command that was done: `COMMIT`, `INSERT 0 1`.
    var tag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }
}
