internal import CLibPQ

/// One row of a result; its columns are read by name or by place.
public struct Row {
    @usableFromInline let result: QueryResult
    @usableFromInline let index: Int32

    init(result: QueryResult, index: Int32) {
        self.result = result
        self.index = index
    }

    @inlinable
    public subscript<Value: PostgresDecodable>(_ column: String) -> Value {
        get throws {
            try value(of: cell(column), named: column)
        }
    }

    @inlinable
    public subscript<Value: PostgresDecodable>(_ column: Int) -> Value {
        get throws {
            try value(of: cell(column), named: "\(column)")
        }
    }

    @inlinable
    func value<Value: PostgresDecodable>(
        of cell: Cell,
        named column: @autoclosure () -> String
    ) throws -> Value {
        do {
            // The bytes are the result's.
            return try withExtendedLifetime(result) {
                guard let bytes = cell.bytes else { return try Value(null: cell.type) }
                return try Value(bytes, type: cell.type)
            }
        } catch let failure as DecodingFailure {
            throw DecodingFailure(column: column(), reason: failure.reason)
        }
    }

    /// What stands in a column, as it came; good for as long as the result is there.
    @usableFromInline
    struct Cell {
        /// Nil for NULL.
        @usableFromInline let bytes: UnsafeRawBufferPointer?
        @usableFromInline let type: UInt32
    }

    @usableFromInline
    func cell(_ column: String) throws -> Cell {
        guard let place = result.place(of: column) else { throw DecodingFailure(noColumn: column) }
        return cell(at: place)
    }

    @usableFromInline
    func cell(_ column: Int) throws -> Cell {
        guard column >= 0, column < Int(PQnfields(result.pointer)) else {
            throw DecodingFailure(noColumn: "\(column)")
        }
        return cell(at: Int32(column))
    }

    private func cell(at place: Int32) -> Cell {
        let type = PQftype(result.pointer, place)
        guard PQgetisnull(result.pointer, index, place) == 0,
            let bytes = PQgetvalue(result.pointer, index, place)
        else {
            return Cell(bytes: nil, type: type)
        }
        let length = Int(PQgetlength(result.pointer, index, place))
        return Cell(bytes: UnsafeRawBufferPointer(start: bytes, count: length), type: type)
    }
}

/// What can be made of a row.
package protocol RowDecodable: Sendable {
    init(row: Row) throws
}

/// A value of the server that is not what the program expects there: a bug, or a corrupted connection.
public struct DecodingFailure: Error {
    public let column: String
    public let reason: String

    @usableFromInline
    init(column: String = "", reason: String) {
        self.column = column
        self.reason = reason
    }

    init(noColumn column: String) {
        self.init(column: column, reason: "the result has no such column")
    }
}
