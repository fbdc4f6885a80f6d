import HTTPTypes
import Hummingbird
import NIOCore

/// The machines whose word about where a request came from is taken.
package struct TrustedProxies: Sendable {
    private let networks: [Network]

    package init(_ networks: [Network] = []) {
        self.networks = networks
    }

    /// A range of addresses, `10.0.0.0/8` or `fd00::/8`; an address alone is a range of one.
    package struct Network: Sendable, LosslessStringConvertible {
        package let description: String
        private let address: [UInt8]
        private let bits: Int

        package init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard let first = parts.first, parts.count <= 2, let address = IPAddress.bytes(of: String(first))
            else {
                return nil
            }
            let whole = address.count * 8
            guard let bits = parts.count == 1 ? whole : Int(parts[1]), (0...whole).contains(bits) else {
                return nil
            }
            (description, self.address, self.bits) = (text, address, bits)
        }

        func contains(_ other: [UInt8]) -> Bool {
            guard other.count == address.count else { return false }
            return (0..<bits).allSatisfy { bit in
                (other[bit / 8] ^ address[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        }
    }

    package func trusts(_ address: String) -> Bool {
        guard !networks.isEmpty, let bytes = IPAddress.bytes(of: address) else { return false }
        return networks.contains { $0.contains(bytes) }
    }

    /// The rightmost address that is no proxy of ours; what stands to its left anyone may have written.
    package func client(of peer: String, forwardedFor: [String]) -> String {
        guard trusts(peer) else { return peer }
        var nearest = peer
        let hops = forwardedFor.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
        for hop in hops.reversed() {
            let text = String(decoding: hop.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
            let address = String(text.prefix { $0 != " " && $0 != "\t" })
            guard IPAddress.bytes(of: address) != nil else { return nearest }
            nearest = address
            if !trusts(address) { return address }
        }
        return nearest
    }
}

private enum IPAddress {
    /// Four bytes or sixteen; an IPv4 address written as an IPv6 one is itself again.
    static func bytes(of text: String) -> [UInt8]? {
        guard let address = parsed(text) else { return nil }
        let bytes = address.withSockAddr { Array(UnsafeRawBufferPointer(start: $0, count: $1)) }
        switch address {
        case .v4: return Array(bytes[4..<8])
        case .v6:
            let bytes = Array(bytes[8..<24])
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
            return isMapped ? Array(bytes.suffix(4)) : bytes
        case .unixDomainSocket: return nil
        }
    }

    private static func parsed(_ text: String) -> SocketAddress? {
        do {
            return try SocketAddress(ipAddress: text, port: 0)
        } catch {
            return nil
        }
    }
}

/// Finds out from which address a request came.
struct ClientAddress: RouterMiddleware {
    typealias Context = AnyoneContext
    let proxies: TrustedProxies

    func handle(
        _ request: Request,
        context: AnyoneContext,
        next: (Request, AnyoneContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if proxies.trusts(context.clientAddress) {
            context.clientAddress = proxies.client(
                of: context.clientAddress,
                forwardedFor: request.headers[values: Self.forwardedFor]
            )
            context.cameEncrypted = request.headers[Self.forwardedProto]?.lowercased() == "https"
        }
        return try await next(request, context)
    }

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
    private static let forwardedProto = HTTPField.Name("X-Forwarded-Proto") ?? .via
}
