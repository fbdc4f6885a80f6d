/// A row that COPY can take into a table.
package protocol CopyEncodable: Sendable {
    /// Adds the value of every column, in the order of the columns that the COPY names.
    func encode(into row: inout CopiedRow) throws(PostgresError)
}

/// A row on its way to the server, in COPY's binary format.
package struct CopiedRow {
    fileprivate var bytes: [UInt8]
    fileprivate var columns = 0

    package mutating func append<Value: PostgresEncodable>(_ value: Value) throws(PostgresError) {
        columns += 1
        let start = bytes.count + 4
        Int32(-1).appendBigEndian(to: &bytes)
        guard try value.encode(into: &bytes) else { return }
        guard let length = Int32(exactly: bytes.count - start) else {
            throw PostgresError(.refused, .numericOutOfRange, "a value is larger than 2 GB")
        }
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: length.bigEndian, toByteOffset: start - 4, as: Int32.self)
        }
    }

    /// Begins a row, encodes it, and then says how many columns it has.
    fileprivate mutating func append(row: some CopyEncodable) throws(PostgresError) {
        let start = bytes.count
        Int16(0).appendBigEndian(to: &bytes)
        columns = 0
        try row.encode(into: &self)
        guard let count = Int16(exactly: columns) else {
            throw PostgresError(.refused, .numericOutOfRange, "a row has too many columns")
        }
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: count.bigEndian, toByteOffset: start, as: Int16.self)
        }
    }
}

extension Array: CopyEncodable where Element == any PostgresEncodable {
    package func encode(into row: inout CopiedRow) throws(PostgresError) {
        for value in self { try row.append(value) }
    }
}

extension Connection {
    private static let header =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    private static let trailer: [UInt8] = [0xFF, 0xFF]
    /// Rows are sent in pieces of about this many bytes.
    private static let piece = 64 << 10

    /// Sends typed rows into `target`, written `table (column, …)`, and returns how many the server took.
    ///
    /// The rows are taken from their source at the pace of the server. A source that fails sends nothing.
    package func copy<Rows: AsyncSequence>(_ rows: Rows, into target: SQL) async throws -> Int
    where Rows.Element: CopyEncodable {
        try target.check()
        _ = try await perform(.copyIn("COPY \(target.text) FROM STDIN (FORMAT binary)"))
        var count = 0
        do {
            var encoded = CopiedRow(bytes: Self.header)
            for try await row in rows {
                try encoded.append(row: row)
                count += 1
                if encoded.bytes.count >= Self.piece {
                    _ = try await perform(.copyData(encoded.bytes))
                    encoded.bytes.removeAll(keepingCapacity: true)
                }
            }
            _ = try await perform(.copyData(encoded.bytes + Self.trailer))
        } catch {
            // The server throws away what it has when COPY ends in failure; the first error is the one that counts.
            _ = try? await perform(.copyEnd("the source failed"))
            throw error
        }
        _ = try await perform(.copyEnd(nil))
        return count
    }

    /// The bytes of `COPY … TO STDOUT`: whole lines, as the server sends them, no faster than they are taken.
    package func copy(_ source: SQL) -> CopiedOut {
        CopiedOut(connection: self, source: source)
    }
}

/// What COPY sends, piece by piece.
///
/// Whoever stops in the midst of it gives up the connection.
package struct CopiedOut: AsyncSequence {
    fileprivate let connection: Connection
    fileprivate let source: SQL

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let connection: Connection
        fileprivate let source: SQL
        private var isUnderWay = false

        fileprivate init(_ copied: CopiedOut) {
            connection = copied.connection
            source = copied.source
        }

        package mutating func next() async throws -> [UInt8]? {
            if !isUnderWay {
                try source.check()
                _ = try await connection.perform(.copyOut("COPY \(source.text) TO STDOUT"))
                isUnderWay = true
            }
            guard case .chunk(let bytes) = try await connection.perform(.copyNext) else { return nil }
            return bytes
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(self)
    }
}
