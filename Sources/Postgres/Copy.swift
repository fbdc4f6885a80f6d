/// COPY in PostgreSQL's binary format.
private enum BinaryCopy {
    static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    static let trailer: [UInt8] = [0xFF, 0xFF]
    /// Rows are sent in pieces of about this many bytes.
    static let piece = 64 << 10

    static func append(_ row: [any PostgresEncodable], to bytes: inout [UInt8]) throws(PostgresError) {
        guard let count = Int16(exactly: row.count) else {
            throw PostgresError(.refused, .numericOutOfRange, "a row has too many columns")
        }
        count.appendBigEndian(to: &bytes)
        for value in row {
            let lengthAt = bytes.count
            Int32(-1).appendBigEndian(to: &bytes)
            guard try value.encode(into: &bytes) else { continue }
            guard let length = Int32(exactly: bytes.count - lengthAt - 4) else {
                throw PostgresError(.refused, .numericOutOfRange, "a value is larger than 2 GB")
            }
            withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(lengthAt..<lengthAt + 4, with: $0) }
        }
    }
}

extension Connection {
    /// Sends typed rows into `target`, written `table (column, …)`; returns how many the server took.
    package func copy<Rows: AsyncSequence>(_ rows: Rows, into target: SQL) async throws -> Int
    where Rows.Element == [any PostgresEncodable] {
        try target.check()
        let target = target.text
        _ = try await perform(.copyIn("COPY \(target) FROM STDIN (FORMAT binary)"))
        var count = 0
        do {
            var bytes = BinaryCopy.header
            for try await row in rows {
                try BinaryCopy.append(row, to: &bytes)
                count += 1
                if bytes.count >= BinaryCopy.piece {
                    _ = try await perform(.copyData(bytes))
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            _ = try await perform(.copyData(bytes + BinaryCopy.trailer))
        } catch {
            // The server throws away what it has when COPY ends in failure; the first error is the one that counts.
            _ = try? await perform(.copyEnd("the source failed"))
            throw error
        }
        _ = try await perform(.copyEnd(nil))
        return count
    }

    /// The bytes of `COPY … TO STDOUT`, one line or row a piece, as the server sends them; `take` sets the pace.
    package func copy(_ source: SQL, to take: ([UInt8]) async throws -> Void) async throws {
        try source.check()
        let source = source.text
        _ = try await perform(.copyOut("COPY \(source) TO STDOUT"))
        while case .chunk(let bytes?) = try await perform(.copyNext) {
            try await take(bytes)
        }
    }
}
