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
        let start = bytes.count
        Int32(-1).appendBigEndian(to: &bytes)
        guard try value.encode(into: &bytes) else { return }
        guard let length = Int32(exactly: bytes.count - start - 4) else { throw Self.tooLarge }
        length.storeBigEndian(in: &bytes, at: start)
    }

    // What most columns hold, without a generic call for each.

    package mutating func append(_ value: Int16) throws(PostgresError) {
        appendWire((UInt16(0), UInt16(2).bigEndian, value.bigEndian))
    }

    package mutating func append(_ value: Int32) throws(PostgresError) {
        appendWire((UInt32(4).bigEndian, value.bigEndian))
    }

    package mutating func append(_ value: Int64) throws(PostgresError) {
        let high = UInt32(truncatingIfNeeded: value >> 32)
        appendWire((UInt32(8).bigEndian, high.bigEndian, UInt32(truncatingIfNeeded: value).bigEndian))
    }

    package mutating func append(_ text: String) throws(PostgresError) {
        columns += 1
        guard let length = Int32(exactly: text.utf8.count) else { throw Self.tooLarge }
        length.appendBigEndian(to: &bytes)
        _ = try text.encode(into: &bytes)
    }

    /// Appends the bytes of a text.
    ///
    /// The server refuses what is not UTF-8, and U+0000.
    package mutating func append(text: Span<UInt8>) throws(PostgresError) {
        columns += 1
        guard let length = Int32(exactly: text.count) else { throw Self.tooLarge }
        length.appendBigEndian(to: &bytes)
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    private mutating func appendWire<Wire: BitwiseCopyable>(_ column: Wire) {
        columns += 1
        withUnsafeBytes(of: column) { bytes.append(contentsOf: $0) }
    }

    /// Begins a row, encodes it, and then says how many columns it has.
    fileprivate mutating func append<Failure: Error>(
        _ encode: (inout CopiedRow) throws(Failure) -> Void
    ) throws {
        let start = bytes.count
        Int16(0).appendBigEndian(to: &bytes)
        columns = 0
        try encode(&self)
        guard let count = Int16(exactly: columns) else { throw Self.tooWide }
        count.storeBigEndian(in: &bytes, at: start)
    }

    private static var tooLarge: PostgresError {
        PostgresError(.refused, .numericOutOfRange, "a value is larger than 2 GB")
    }

    private static var tooWide: PostgresError {
        PostgresError(.refused, .numericOutOfRange, "a row has too many columns")
    }
}

/// Rows that are sent together.
package struct CopiedRows {
    private var encoded: CopiedRow
    fileprivate var count = 0
    /// Rows are sent in pieces of about this many bytes.
    private static let piece = 128 << 10

    /// Whether the piece is large enough to be sent.
    package var isFull: Bool {
        encoded.bytes.count >= Self.piece
    }

    package mutating func append(_ row: some CopyEncodable) throws {
        try append { encoded throws(PostgresError) in try row.encode(into: &encoded) }
    }

    /// Adds a row whose values `encode` appends one after another.
    ///
    /// After a failure the piece must not be sent.
    package mutating func append<Failure: Error>(
        _ encode: (inout CopiedRow) throws(Failure) -> Void
    ) throws {
        try encoded.append(encode)
        count += 1
    }

    fileprivate init(_ header: [UInt8]) {
        encoded = CopiedRow(bytes: header)
        encoded.bytes.reserveCapacity(Self.piece + Self.piece / 4)
    }

    fileprivate mutating func takePiece() -> [UInt8] {
        let bytes = encoded.bytes
        encoded.bytes = []
        encoded.bytes.reserveCapacity(Self.piece + Self.piece / 4)
        return bytes
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

    /// Sends typed rows into `target`, written `table (column, …)`, and returns how many the server took.
    ///
    /// The rows are taken from their source at the pace of the server. A source that fails sends nothing.
    package func copy<Rows: AsyncSequence>(_ rows: Rows, into target: SQL) async throws -> Int
    where Rows.Element: CopyEncodable {
        var source = rows.makeAsyncIterator()
        return try await copy(into: target) { piece in
            while !piece.isFull {
                guard let row = try await source.next() else { return false }
                try piece.append(row)
            }
            return true
        }
    }

    /// Sends the rows that `fill` adds to one piece after another, until it returns false.
    ///
    /// It should stop when the piece is full. Likewise in all else.
    package func copy(
        into target: SQL,
        filling fill: (inout CopiedRows) async throws -> Bool
    ) async throws -> Int {
        try target.check()
        _ = try await perform(.copyIn("COPY \(target.text) FROM STDIN (FORMAT binary)"))
        var rows = CopiedRows(Self.header)
        do {
            var goesOn = try await fill(&rows)
            while goesOn {
                if rows.isFull {
                    goesOn = try await send(rows.takePiece()) { try await fill(&rows) }
                } else {
                    goesOn = try await fill(&rows)
                }
            }
            _ = try await perform(.copyData(rows.takePiece() + Self.trailer))
        } catch {
            // The server throws away what it has when COPY ends in failure; the first error is the one that counts.
            _ = try? await perform(.copyEnd("the source failed"))
            throw error
        }
        _ = try await perform(.copyEnd(nil))
        return rows.count
    }

    /// Sends a piece while the next one is made.
    private func send(_ piece: [UInt8], while makeNext: () async throws -> Bool) async throws -> Bool {
        async let sent = perform(.copyData(piece))
        let next: Result<Bool, any Error>
        // What cannot be made must not cancel what is on its way: that would cost the connection.
        do { next = .success(try await makeNext()) } catch { next = .failure(error) }
        _ = try await sent
        return try next.get()
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
