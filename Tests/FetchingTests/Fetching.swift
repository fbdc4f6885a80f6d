import Fetching
import TestSupport
import Testing

@Suite struct `Fetching from a server` {
    let server: OpenIDProvider

    init() throws {
        server = try OpenIDProvider()
    }

    private func address(_ path: String) throws -> WebAddress {
        try #require(WebAddress(server.issuer + path))
    }

    @Test func `brings what the server says, whatever its status`() async throws {
        let answer = try await Fetcher().get(try address(OpenIDProvider.keys))
        #expect(answer.status == 200)
        #expect(try JSON(String(decoding: answer.body, as: UTF8.self))["keys"]?.elements.count == 1)
        #expect(try await Fetcher().get(try address("/nothing")).status == 404)
        #expect(try await Fetcher().post(form: "a=b", to: try address(OpenIDProvider.token)).status == 400)
    }

    @Test func `follows nobody elsewhere`() async throws {
        try server.fail("/x", with: "redirect")
        #expect(try await Fetcher().get(try address("/x")).status == 302)
        #expect(try server.count("/elsewhere") == 0)
    }

    @Test func `takes no more than it has room for`() async throws {
        try server.fail("/x", with: "huge")
        await #expect(throws: Fetcher.Failure.self) { try await Fetcher().get(try address("/x")) }
        let roomy = try await Fetcher(largestBody: 11 << 20).get(try address("/x"))
        #expect(roomy.body.count > 10_000_000)
    }

    @Test func `gives up in time`() async throws {
        try server.fail("/x", with: "hang")
        await #expect(throws: Fetcher.Failure.self) {
            try await Fetcher(milliseconds: 200).get(try address("/x"))
        }
    }

    @Test func `waits no longer once it is cancelled`() async throws {
        try server.fail("/x", with: "hang")
        let address = try address("/x")
        let fetching = Task { try await Fetcher(milliseconds: 600_000).get(address) }
        while try server.count("/x") == 0 { try await Task.sleep(for: .milliseconds(20)) }
        fetching.cancel()
        await #expect(throws: CancellationError.self) { try await fetching.value }
    }

    @Test func `does not pile up`() async throws {
        try server.fail("/x", with: "hang")
        let fetcher = Fetcher(milliseconds: 20_000, places: 1)
        let address = try address("/x")
        let first = Task { try await fetcher.get(address) }
        while try server.count("/x") == 0 { try await Task.sleep(for: .milliseconds(20)) }
        let failure = await #expect(throws: Fetcher.Failure.self) { try await fetcher.get(address) }
        #expect(failure?.message == "too many requests are under way")
        try server.heal()
        #expect(try await first.value.status == 200)
    }
}
