/// Whom the service may connect to where somebody else chose the address: the public internet, and networks of the operator.
package struct Reach: Sendable {
    private let own: [IPNetwork]

    /// The ports at which somebody may listen.
    package static let ports: Set<UInt16> = [443, 8443]

    package init(own: [IPNetwork] = []) {
        self.own = own
    }

    var hasNetworks: Bool {
        !own.isEmpty
    }

    package func permits(_ address: IPAddress) -> Bool {
        own.contains { $0.contains(address) } || Self.isPublic(address)
    }

    private static func isPublic(_ address: IPAddress) -> Bool {
        if address.bytes.count == 4 { return !notPublic.contains { $0.contains(address) } }
        // The last four bytes are an address of IPv4, which somebody translates.
        if translated.contains(address) {
            return IPAddress(bytes: Array(address.bytes.suffix(4))).map(isPublic) ?? false
        }
        // IPv4 in disguise, loopback, link-local, unique local and multicast are all outside of what is given out.
        return givenOut.contains(address) && !notPublic.contains { $0.contains(address) }
    }

    private static let givenOut = network("2000::/3")
    private static let translated = network("64:ff9b::/96")

    /// What the registries of special addresses list, and where clouds tell a machine its secrets.
    private static let notPublic = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    ].map(network)

    private static func network(_ text: String) -> IPNetwork {
        guard let network = IPNetwork(text) else { preconditionFailure("\(text) is no network") }
        return network
    }
}
