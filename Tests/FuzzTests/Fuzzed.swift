/// Something that reads or writes what others send: any bytes must give a value or a refusal, and hold what is said of it.
struct Fuzzed: Sendable {
    let name: String
    let take: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, _ take: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.take = take
    }

    static let all = files + figures + names + secrets + requests + rows + escapers
}

/// What was promised of any bytes, and did not hold.
struct Broken: Error, CustomStringConvertible {
    let description: String
}

func hold(_ promise: Bool, _ what: @autoclosure () -> String) throws {
    guard promise else { throw Broken(description: what()) }
}

/// A refusal, of whatever kind, is an answer as good as a value.
func whatComes<Value>(of read: () throws -> Value) -> Value? {
    do {
        return try read()
    } catch {
        return nil
    }
}

extension [UInt8] {
    /// The bytes as text, those that are none replaced.
    var asText: String {
        String(decoding: self, as: UTF8.self)
    }
}

/// Holds that what is written of a value reads as the same value.
func goesRound<Value: LosslessStringConvertible & Equatable>(_ type: Value.Type, _ text: String) throws {
    guard let value = Value(text) else { return }
    try hold(Value(value.description) == value, "\(Value.self) \(value) is another when it is read again")
}
