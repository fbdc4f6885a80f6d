import Fetching
import Testing

@Suite struct `An address to fetch` {
    @Test(arguments: [
        "https://id.example.org", "https://id.example.org:8443/realms/a?b=c", "https://[2001:db8::1]/x",
        "http://127.0.0.1:9000/x", "http://localhost", "http://[::1]:80/", "https://id.example.org/a@b:c",
    ])
    func `is https, or on this machine`(text: String) {
        #expect(WebAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", "https://", "https:///x", "http://id.example.org", "ftp://127.0.0.1", "file:///etc/passwd",
        "HTTPS://id.example.org", "//id.example.org", "javascript:alert(1)", "https://user@id.example.org",
        "https://user:secret@id.example.org", "http://127.0.0.1@id.example.org",
        "http://127.0.0.1.example.org",
        "http://127.1", "http://localhost.example.org", "http://127.0.0.1:80:90", "https://id.example.org:",
        "https://id.example.org:x", "https://id.example.org:123456", "https://id example.org",
        "https://id.example.org/#x", "https://id.example.org\\@other.example.org",
        "https://id.example.org/\r\nX: y",
        "https://id.example.org/\u{0}", "https://\u{fc}.example.org", "https://[::1", "http://[::1]x/",
        "https://id.example.org/" + String(repeating: "x", count: 2048),
    ])
    func `is nothing else`(text: String) {
        #expect(WebAddress(text) == nil)
    }
}
