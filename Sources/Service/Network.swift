/// The neighbourhood of an address, which one person may hold whole: /64 of IPv6, /24 of IPv4.
struct Network: Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(of address: String) {
        let groups = address.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        // IPv4, by itself or within IPv6.
        if let old = groups.last, old.utf8.contains(UInt8(ascii: ".")) {
            description = old.split(separator: ".").prefix(3).joined(separator: ".")
            return
        }
        // "::" stands for as many zeros as make eight groups.
        guard let gap = groups.firstIndex(of: "") else {
            description = groups.prefix(4).joined(separator: ":")
            return
        }
        let (head, tail) = (groups[..<gap], groups[gap...].filter { !$0.isEmpty })
        let zeros = Array(repeating: "0", count: max(0, 8 - head.count - tail.count))
        description = (head + zeros + tail).prefix(4).joined(separator: ":")
    }
}
