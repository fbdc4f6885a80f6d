internal import CLibPQ

/// A connection string taken apart for a program of PostgreSQL's, whose arguments anybody on the machine can read.
package struct ConnectionParameters: Sendable {
    /// What libpq takes from the environment, the password too.
    package let environment: [String: String]
    /// A connection string of the rest, in which there is no secret.
    package let rest: String

    /// Nil where libpq cannot read the connection string.
    package init?(_ address: String) {
        guard let options = PQconninfoParse(address, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var environment: [String: String] = [:]
        var rest: [String] = []
        var option = options
        while let keyword = option.pointee.keyword {
            defer { option += 1 }
            guard let value = option.pointee.val.map({ String(cString: $0) }) else { continue }
            if let variable = option.pointee.envvar {
                environment[String(cString: variable)] = value
            } else if option.pointee.dispchar.map({ String(cString: $0) }) != "*" {
                let escaped = value.split(separator: "\\", omittingEmptySubsequences: false).joined(
                    separator: "\\\\"
                )
                .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
                rest.append("\(String(cString: keyword))='\(escaped)'")
            }
        }
        self.environment = environment
        self.rest = rest.joined(separator: " ")
    }
}
