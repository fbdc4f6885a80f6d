/// What a reader accepts, as RFC 9110, section 12.5.1, has it.
struct Acceptance {
    private struct Range {
        let type: String
        let subtype: String
        /// In thousandths.
        let liking: Int

        /// How exactly it says what it is about.
        var precision: Int { (type == "*" ? 0 : 1) + (subtype == "*" ? 0 : 1) }
    }

    private let ranges: [Range]

    /// Of the fields of a request; what is no media range is passed over.
    init(_ fields: [String]) {
        ranges = fields.joined(separator: ",").utf8.split(separator: UInt8(ascii: ",")).compactMap { range in
            let parts = range.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
                String(decoding: $0.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
            }
            let type = parts[0].split(separator: "/", omittingEmptySubsequences: false)
            guard type.count == 2, !type[0].isEmpty, !type[1].isEmpty, type[0] != "*" || type[1] == "*" else {
                return nil
            }
            let weight = parts.dropFirst().first { $0.utf8.starts(with: "q=".utf8) }
            let liking = weight.map { Self.thousandths($0.dropFirst(2)) } ?? 1000
            return Range(type: String(type[0]), subtype: String(type[1]), liking: liking)
        }
    }

    /// How welcome a type is: 1000 at most, and 0 where it is not at all.
    ///
    /// Who says nothing takes anything.
    func liking(for mediaType: String) -> Int {
        guard !ranges.isEmpty else { return 1000 }
        let parts = mediaType.split(separator: "/")
        let fitting = ranges.filter {
            ($0.type == "*" || $0.type == parts[0]) && ($0.subtype == "*" || $0.subtype == parts[1])
        }
        let precision = fitting.map(\.precision).max()
        return fitting.filter { $0.precision == precision }.map(\.liking).max() ?? 0
    }

    /// `0.5` is 500; what is no weight is none.
    private static func thousandths(_ weight: Substring) -> Int {
        let parts = weight.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, whole == "0" || whole == "1" else { return 0 }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.utf8.count <= 3, decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return 0
        }
        let value = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count)) ?? 0
        return min((whole == "1" ? 1000 : 0) + value, 1000)
    }
}
