import Courier
import Fetching
import ReferralGroup
import TestSupport
import Testing

@Suite
struct `Where a webhook may be` {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.1.2.3",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:93.184.215.14", "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1",
        "2002:5db8:d70e::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
        "ff02::1",
    ])
    func `is not within what is private, or means something of its own`(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!Reach().permits(address))
        let whole = try #require(IPNetwork("\(address)/\(address.bytes.count * 8)"))
        #expect(Reach(own: [whole]).permits(address), "what the operator opened is open")
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "93.184.215.14", "100.63.255.255", "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "2001:200::1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001:829::200e",
        "64:ff9b::93.184.215.14",
    ])
    func `is the public internet`(_ text: String) throws {
        #expect(Reach().permits(try #require(IPAddress(text))))
    }

    @Test(arguments: [
        "10.0.0.0", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8",
        "fd00::/129",
        "fd00::1/64", "localhost/8", "/8", "",
    ])
    func `is opened by networks alone`(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test(arguments: [
        "http://example.org/", "HTTPS://example.org/", "file:///etc/passwd", "gopher://example.org/",
        "https:///hook",
        "https://example.org:80/", "https://example.org:22/", "https://example.org:08443x/",
        "https://example.org:65979/",
        "https://user@example.org/", "https://user:word@example.org/", "https://example.org@10.0.0.1/",
        "https://example.org/#here", "https://exa mple.org/", "https://example.org/\n",
        "https://example.org\\@10.0.0.1/",
        "https://münchen.example/", "https://127.1/", "https://127.0.1/", "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://127.0.0.0x1/", "https://127.000.000.001/",
        "https://127.0.0.1./", "https://./", "https://%6c%6f%63alhost/", "https://[::1%25lo]/",
        "https://[fe80::1%25eth0]/",
        "https://[1.2.3.4]/", "https://[::1/",
    ])
    func `has an address that reads in one way`(_ text: String) {
        let fault = #expect(throws: ReceiverAddress.Fault.self) { try ReceiverAddress(text, within: Reach()) }
        #expect(fault == .shape)
    }

    @Test(arguments: [
        "https://127.0.0.1/", "https://10.1.2.3:8443/hook", "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[fd00::1]:8443/",
        "https://localhost/",
        "https://LOCALHOST:8443/", "https://hook.localhost/", "https://localhost./",
    ])
    func `is not on this machine or network`(_ text: String) {
        let fault = #expect(throws: ReceiverAddress.Fault.self) { try ReceiverAddress(text, within: Reach()) }
        #expect(fault == .notPublic)
    }

    @Test(arguments: [
        "https://example.org/hook?key=1", "https://example.org", "https://example.org:443/",
        "https://example.org:8443/hook",
        "https://1.1.1.1/", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8443/", "https://3com.example/",
        "https://127.0.0.1.example.org/",
    ])
    func `may have any other address`(_ text: String) throws {
        #expect(try ReceiverAddress(text, within: Reach()).text == text)
    }
}

@Suite(.timeLimit(.minutes(5)))
struct `What is connected to` {
    let server: WebhookReceiver

    init() throws {
        server = try WebhookReceiver()
    }

    /// Ways to write the address at which the server does listen.
    private var notations: [String] {
        let parts = server.address.split(separator: ".").compactMap { UInt32($0) }
        let whole = parts.reduce(0) { $0 << 8 | $1 }
        let hexadecimal = String(whole, radix: 16)
        return [
            server.address, "\(server.address).", "\(whole)", "0x\(hexadecimal)",
            "0\(String(whole, radix: 8))",
            parts.map { "0x\(String($0, radix: 16))" }.joined(separator: "."),
            parts.map { "0\(String($0, radix: 8))" }.joined(separator: "."),
            "127.\(whole & 0xff_ffff)", "[::ffff:\(server.address)]",
        ]
    }

    @Test func `is looked at, however the address is written`() async throws {
        for host in notations {
            let answer = await Receiver(authorities: server.authorities)
                .post("{}", to: "https://\(host):8443/hook", headers: [])
            // With a dot at its end it is a name to some resolvers, and leads nowhere.
            #expect(
                [.trouble(.notPublic), host.hasSuffix(".") ? .trouble(.nameUnknown) : nil].contains(answer),
                "\(host)"
            )
        }
        #expect(try server.received().isEmpty)
        // Who opens the network is told: the server was there all along.
        for host in notations.prefix(7) where !host.hasSuffix(".") {
            _ = await receiver.post("{}", to: "https://\(host):8443/hook", headers: [])
        }
        #expect(try server.received().count >= 4)
    }

    @Test func `is looked at after names are resolved`() async throws {
        for name in ["localhost", "LocalHost"] {
            let answer = await Receiver(authorities: server.authorities)
                .post("{}", to: "https://\(name):8443/hook", headers: [])
            #expect(answer == .trouble(.notPublic), "\(name)")
        }
        let nowhere = await receiver.post("{}", to: "https://nowhere.invalid/hook", headers: [])
        #expect(nowhere == .trouble(.nameUnknown))
    }

    @Test func `has one of two ports, and speaks https`() async throws {
        for url in ["https://\(server.address):22/", "https://\(server.address):5432/"] {
            #expect(await receiver.post("{}", to: url, headers: []) == .trouble(.notPublic))
        }
        for url in [
            "http://\(server.address):8443/", "file:///etc/passwd", "gopher://\(server.address):8443/",
        ] {
            #expect(await receiver.post("{}", to: url, headers: []) == .trouble(.broken))
        }
        #expect(try server.received().isEmpty)
    }

    @Test func `is followed nowhere else`() async throws {
        try server.answer(302)
        #expect(await receiver.post("{}", to: server.url, headers: []) == .status(302))
        #expect(try server.received().map(\.path) == ["/hook"])
    }

    @Test func `is trusted for a certificate alone`() async throws {
        let stranger = try WebhookReceiver()
        let answer = await receiver.post("{}", to: stranger.url, headers: [])
        #expect(answer == .trouble(.untrusted))
        #expect(try stranger.received().isEmpty)
    }

    @Test func `is not waited for, nor heard to its end`() async throws {
        try server.be(.huge)
        #expect(await receiver.post("{}", to: server.url, headers: []) == .status(200))
        try server.be(.hang)
        #expect(await receiver.post("{}", to: server.url, headers: []) == .trouble(.late))
        try server.be(.close)
        #expect(await receiver.post("{}", to: server.url, headers: []) == .trouble(.broken))
    }

    private var receiver: Receiver {
        Receiver(reach: .here, authorities: server.authorities, milliseconds: 1500)
    }
}

extension Reach {
    /// The receivers of tests.
    static let here = Reach(own: [IPNetwork("127.0.0.0/8")].compactMap(\.self))
}
