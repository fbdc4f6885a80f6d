import Glibc

/// A GET with one header of its own; with a form a POST.
struct Request: Sendable {
    let path: String
    let header: Header
    var form: String?

    struct Header: Sendable {
        let name: String
        let value: String
    }

    /// Asks a server on this machine once; nil where nobody listens yet.
    func answer(from port: Int) throws -> Answer? {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Trouble("no socket is left") }
        defer { close(socket) }
        guard connect(socket, to: port) else { return nil }
        // In the older protocol the end of the answer is the end of the connection, and nothing comes in chunks.
        let head =
            "\(path) HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(header.name): \(header.value)\r\n"
        let text =
            form.map {
                "POST \(head)Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)"
            } ?? "GET \(head)\r\n"
        guard send(socket, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count else {
            return nil
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &chunk, chunk.count, 0), count > 0 { bytes += chunk[..<count] }
        return Answer(bytes)
    }

    private func connect(_ socket: Int32, to port: Int) -> Bool {
        var address = sockaddr_in.loopback(port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// What came back: the status, and what stands behind the empty line.
struct Answer: Sendable {
    let status: Int
    let body: String

    /// Nil for an answer that was cut off.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.ranges(of: "\r\n\r\n").first,
            let status = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2).dropFirst().first,
            let number = Int(String(status) ?? "")
        else { return nil }
        self.status = number
        body = String(text[end.upperBound...])
    }
}

extension sockaddr_in {
    fileprivate static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}

/// A port of this machine on which nobody listens now.
func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw Trouble("no socket is left") }
    defer { close(socket) }
    var address = sockaddr_in.loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
        }
    }
    guard isBound else { throw Trouble("no port is left") }
    return Int(in_port_t(bigEndian: address.sin_port))
}
