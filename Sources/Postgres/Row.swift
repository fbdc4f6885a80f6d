internal import CLibPQ

/// One row of a result; its columns are read by name or by place.
package struct Row {
    let result: QueryResult
    let index: Int32

    package subscript<Value: PostgresDecodable>(_ column: String) -> Value {
        get throws {
            guard let place = result.columns[column] else {
                throw DecodingFailure(column: column, reason: "the result has no such column")
            }
            return try value(at: place, named: column)
        }
    }

    package subscript<Value: PostgresDecodable>(_ column: Int) -> Value {
        get throws {
            guard column >= 0, column < Int(PQnfields(result.pointer)) else {
                throw DecodingFailure(column: "\(column)", reason: "the result has no such column")
            }
            return try value(at: Int32(column), named: "\(column)")
        }
    }

    private func value<Value: PostgresDecodable>(at place: Int32, named column: String) throws -> Value {
        let type = PQftype(result.pointer, place)
        do {
            guard PQgetisnull(result.pointer, index, place) == 0,
                let bytes = PQgetvalue(result.pointer, index, place)
            else {
                return try Value(null: type)
            }
            let length = Int(PQgetlength(result.pointer, index, place))
            return try Value(UnsafeRawBufferPointer(start: bytes, count: length), type: type)
        } catch let failure as DecodingFailure {
            throw DecodingFailure(column: column, reason: failure.reason)
        }
    }
}

/// What can be made of a row.
package protocol RowDecodable: Sendable {
    init(row: Row) throws
}

/// A value of the server that is not what the program expects there: a bug, or a corrupted connection.
package struct DecodingFailure: Error {
    package let column: String
    package let reason: String

    init(column: String = "", reason: String) {
        self.column = column
        self.reason = reason
    }
}
