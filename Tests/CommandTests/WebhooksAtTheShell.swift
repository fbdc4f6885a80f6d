import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `A webhook at the shell` {
    var shell: Shell

    init() async throws {
        let scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: SampleChapter.now)
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        try await shell.enter(`The worked month`.commands)
    }

    @Test func `is added, tried, switched and taken away`() async throws {
        let secret = try await shell.print(
            "webhook add worked-example https://example.org/hook --event member.left --event referral.passed"
        )
        #expect(secret.hasPrefix("whsec_") && secret.utf8.count == 51)
        let list = "webhook list worked-example --format json"
        let hook = try #require(try JSON(try await shell.print(list)).elements.first)
        let id = try #require(hook["id"]?.string)
        #expect(hook["events"]?.string == "referral.passed member.left")
        #expect(try await shell.print("webhook list worked-example").contains("https://example.org/hook"))
        #expect(try await shell.print("webhook ping worked-example \(id)").contains("on its way"))
        let told = try JSON(try await shell.print("webhook deliveries worked-example \(id) --format json"))
        let number = try #require(told.elements.first?["id"]?.number.map { Int($0) })
        #expect(try await shell.print("webhook retry worked-example \(id) \(number)").contains("tried again"))
        #expect(try await shell.run("webhook retry worked-example \(id) \(number + 1)").status == 65)
        let renewed = try await shell.print("webhook renew worked-example \(id)")
        #expect(renewed.hasPrefix("whsec_") && renewed != secret)
        #expect(try await shell.print("webhook off worked-example \(id)").contains("is off"))
        #expect(try await shell.run("webhook ping worked-example \(id)").status == 65)
        #expect(try await shell.print("webhook on worked-example \(id)").contains("is on"))
        #expect(try await shell.print("webhook remove worked-example \(id)").contains("taken away"))
        #expect(try await shell.run("webhook remove worked-example \(id)").status == 65)
        #expect(try JSON(try await shell.print(list)).elements.isEmpty)
    }

    @Test func `is added by whoever looks after the chapter's policy`() async throws {
        let command = "webhook add worked-example https://example.org/hook"
        #expect(try await shell.run("\(command) --as anna@example.org").status == 77)
        #expect(try await shell.run("\(command) --as ben@example.org").status == 0)
    }

    @Test func `is on the public internet, or in a network that the operator opened`() async throws {
        let command = "webhook add worked-example https://10.1.2.3/hook"
        let refused = try await shell.run(command)
        #expect(refused.status == 65 && refused.errors.contains("public internet"))
        #expect(try await shell.run("webhook add worked-example https://0x0a010203/hook").status == 65)
        var shell = shell
        shell.environment["CHAPTERHOUSE_WEBHOOK_NETWORKS"] = "fd00::/64, 10.1.0.0/16"
        #expect(try await shell.run(command).status == 0)
    }

    @Test(arguments: [
        ("CHAPTERHOUSE_WEBHOOK_NETWORKS", "10.1.2.3/16"), ("CHAPTERHOUSE_WEBHOOK_NETWORKS", "intranet"),
        ("CHAPTERHOUSE_WEBHOOK_CA_FILE", "/nowhere/ca"),
    ])
    func `has settings that are refused where they cannot be used`(
        _ name: String,
        _ value: String
    ) async throws {
        var shell = shell
        shell.environment[name] = value
        let ending = try await shell.run("config check")
        #expect(ending.status == 78 && ending.errors.contains(name))
    }

    @Test(.timeLimit(.minutes(20)))
    func `is told by the service, in a process of its own`() async throws {
        let server = try WebhookReceiver()
        var shell = shell
        shell.environment["CHAPTERHOUSE_WEBHOOK_NETWORKS"] = "127.0.0.0/8"
        shell.environment["CHAPTERHOUSE_WEBHOOK_CA_FILE"] = server.authorities
        let secret = try await shell.print("webhook add worked-example \(server.url)")
        let list = try JSON(try await shell.print("webhook list worked-example --format json"))
        let id = try #require(list.elements.first?["id"]?.string)
        _ = try await shell.run("webhook ping worked-example \(id)")
        let ending = try await shell.pipe(
            """
            "$chapterhouse" serve --listen 127.0.0.1:0 & service=$!
            tries=0
            while "$chapterhouse" webhook deliveries worked-example \(id) --format csv | grep -q waits && [ $tries -lt 200 ]; do
                tries=$((tries + 1)); sleep 0.1
            done
            kill -TERM $service; wait $service; echo "ended with $?"
            """
        )
        #expect(ending.output == "ended with 0\n", "\(ending.errors)")
        #expect(!ending.errors.contains("whsec_") && !ending.errors.contains("/hook"))
        #expect(try server.signatures(of: secret.filter { $0 != "\n" }) == [1])
    }
}
