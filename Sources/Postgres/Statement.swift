/// A statement ready to be sent: its text, and its parameters in the server's binary form.
struct Statement: Sendable {
    let text: String
    let types: [UInt32]
    /// All values behind each other; `lengths` says where each ends, -1 for NULL.
    let bytes: [UInt8]
    let lengths: [Int32]

    /// The protocol counts parameters with 16 bits.
    private static let mostParameters = 65_535

    init(_ sql: SQL) throws(PostgresError) {
        let parameters = sql.parameters
        text = sql.text
        guard !text.utf8.contains(0) else {
            throw PostgresError(.refused, .invalidText, "a statement cannot hold the character U+0000")
        }
        guard parameters.count <= Self.mostParameters else {
            throw PostgresError(.refused, .numericOutOfRange, "a statement has at most 65535 parameters")
        }
        var types: [UInt32] = []
        var bytes: [UInt8] = []
        var lengths: [Int32] = []
        for parameter in parameters {
            let start = bytes.count
            types.append(type(of: parameter).postgresType.oid)
            let isThere: Bool
            do {
                isThere = try parameter.encode(into: &bytes)
            } catch {
                var refused = error
                refused.statement = text
                throw refused
            }
            guard let length = Int32(exactly: bytes.count - start) else {
                throw PostgresError(.refused, .numericOutOfRange, "a parameter is larger than 2 GB")
            }
            lengths.append(isThere ? length : -1)
        }
        self.types = types
        self.bytes = bytes
        self.lengths = lengths
    }

    /// What the server's plan depends on: the text, and the types of the parameters.
    var key: Key {
        Key(text: text, types: types)
    }

    struct Key: Hashable, Sendable {
        let text: String
        let types: [UInt32]
    }
}
