/// Parameters in the form that libpq wants them, in room that is used again for every statement.
struct Arguments {
    private(set) var types: [UInt32] = []
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    /// 1 for binary, which they all are.
    private var formats: [Int32] = []
    /// What values without bytes point at: nothing at all would be NULL.
    private static let nothing: [UInt8] = [0]

    /// Lends the parameters of `sql`; what is lent ends with `body`.
    mutating func lend<Value>(
        _ sql: SQL,
        to body: (
            Int32, UnsafePointer<UInt32>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        types.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        while formats.count < sql.parameters.count { formats.append(1) }
        return (sql.values.isEmpty ? Self.nothing : sql.values).withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            var offset = 0
            for parameter in sql.parameters {
                types.append(parameter.type)
                values.append(parameter.length < 0 ? nil : base.map { $0 + min(offset, bytes.count - 1) })
                lengths.append(max(0, parameter.length))
                offset += Int(max(0, parameter.length))
            }
            return body(Int32(sql.parameters.count), types, values, lengths, formats)
        }
    }
}
