import FoundationEssentials
import TestSupport
import Testing

/// Settings in the environment, in a file and among systemd's credentials.
@Suite struct `Setting what holds` {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/settings.md")

    private let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID())")

    /// What `config check` says with this file and these credentials, in this environment.
    private func check(
        file: String? = nil,
        credentials: [String: String]? = nil,
        environment: [String: String] = [:],
        _ command: String = "config check --format json"
    ) async throws -> Shell.Ending {
        let manager = FileManager.default
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        var shell = Shell(database: "")
        shell.environment = environment
        // Where a command goes on that should not, it meets nothing of this machine.
        shell.environment["CHAPTERHOUSE_HOME"] = folder.path
        if let file {
            let path = folder.appending(path: "chapterhouse.conf")
            try Data(file.utf8).write(to: path)
            shell.environment["CHAPTERHOUSE_CONFIG"] = path.path
        }
        if let credentials {
            let directory = folder.appending(path: "credentials")
            try manager.createDirectory(at: directory, withIntermediateDirectories: true)
            for (name, text) in credentials { try Data(text.utf8).write(to: directory.appending(path: name)) }
            shell.environment["CREDENTIALS_DIRECTORY"] = directory.path
        }
        return try await shell.run(command)
    }

    private func row(_ name: String, of ending: Shell.Ending) throws -> (value: String?, from: String?) {
        let row = try JSON(ending.output).elements.first { $0["setting"]?.string == name }
        return (row?["value"]?.string, row?["from"]?.string)
    }

    @Test func `the environment comes before the file, and the file before credentials`() async throws {
        let ending = try await check(
            file: """
                # A comment, and an empty line.

                  CHAPTERHOUSE_BASE_URL = https://of-the-file.example.org\t
                CHAPTERHOUSE_MAIL_FROM=Cedar <cedar@example.org>
                """,
            credentials: [
                "base-url": "https://of-a-credential.example.org\n",
                "mail-from": "birch@example.org\n", "connections": "12\n",
            ],
            environment: ["CHAPTERHOUSE_BASE_URL": "https://of-the-environment.example.org"]
        )
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(
            try row("CHAPTERHOUSE_BASE_URL", of: ending) == (
                "https://of-the-environment.example.org", "environment"
            )
        )
        let sender = try row("CHAPTERHOUSE_MAIL_FROM", of: ending)
        #expect(sender.value == "Cedar <cedar@example.org>")
        #expect(sender.from?.hasSuffix("/chapterhouse.conf") == true)
        let connections = try row("CHAPTERHOUSE_CONNECTIONS", of: ending)
        #expect(connections.value == "12")
        #expect(connections.from?.hasSuffix("/credentials") == true)
        #expect(try row("CHAPTERHOUSE_LISTEN", of: ending) == (nil, nil))
    }

    @Test func `an empty value takes back what is said further down`() async throws {
        let ending = try await check(
            file: "CHAPTERHOUSE_SENDMAIL=/nowhere/sendmail",
            environment: ["CHAPTERHOUSE_SENDMAIL": ""]
        )
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try row("CHAPTERHOUSE_SENDMAIL", of: ending) == ("", "environment"))
    }

    @Test func `no secret is shown, wherever it is from`() async throws {
        let ending = try await check(
            file: """
                CHAPTERHOUSE_SMTP_URL=smtp://cedar:second-secret@mail.example.org:587
                CHAPTERHOUSE_MAIL_FROM=cedar@example.org
                """,
            credentials: ["suppression-key": "third-secret-third-secret-third-secret\n"],
            environment: [
                "CHAPTERHOUSE_DATABASE_URL": "postgresql://app:first-secret@db/chapterhouse",
                "CHAPTERHOUSE_OPENID_CLIENT_SECRET": "fourth-secret",
            ]
        )
        // A password in the address is refused, and where it stands in there nobody knows.
        #expect(try row("CHAPTERHOUSE_SMTP_URL", of: ending).value == "(set)")
        #expect(try row("CHAPTERHOUSE_DATABASE_URL", of: ending).value == "(set)")
        #expect(try row("CHAPTERHOUSE_SUPPRESSION_KEY", of: ending).value == "(set)")
        #expect(try row("CHAPTERHOUSE_OPENID_CLIENT_SECRET", of: ending).value == "(set)")
        #expect(!(ending.output + ending.errors).contains("-secret"))
    }

    @Test(arguments: [
        ("CHAPTERHOUSE_BASEURL=https://a.example.org", "there is no setting CHAPTERHOUSE_BASEURL"),
        ("LANG=de", "there is no setting LANG"), ("CHAPTERHOUSE_BASE_URL", "not like NAME=value"),
        ("export CHAPTERHOUSE_CONNECTIONS=12", "there is no setting export CHAPTERHOUSE_CONNECTIONS"),
        ("CHAPTERHOUSE_BASE_URL=\"https://a.example.org\"", "without quotes"),
        ("CHAPTERHOUSE_CONNECTIONS='12'", "without quotes"),
        ("CHAPTERHOUSE_CONNECTIONS=12 # many", "a line of its own"),
        ("CHAPTERHOUSE_SCHEMA=/srv/schema", "from the environment alone"),
        ("CHAPTERHOUSE_CONFIG=/etc/other", "from the environment alone"),
        ("CHAPTERHOUSE_CONNECTIONS=12\nCHAPTERHOUSE_CONNECTIONS=13", "was set above already"),
    ])
    func `a line that is not right is refused, and said by its number`(
        line: String,
        reason: String
    ) async throws {
        let file = "# first\n\(line)\n"
        for command in ["config check", "chapter list"] {
            let ending = try await check(file: file, command)
            #expect(ending.status == 78)
            #expect(ending.errors.contains(reason))
            #expect(ending.errors.contains("chapterhouse.conf line \(line.contains("\n") ? 3 : 2): "))
        }
    }

    @Test(arguments: [
        ("CHAPTERHOUSE_LISTEN", "8080"), ("CHAPTERHOUSE_ADMIN_LISTEN", "127.0.0.1:99999"),
        ("CHAPTERHOUSE_TRUSTED_PROXIES", "127.0.0.1, proxy"), ("CHAPTERHOUSE_CONNECTIONS", "0"),
        ("CHAPTERHOUSE_CONNECTIONS_OF_ONE", "many"), ("CHAPTERHOUSE_FILES_OF_ONE", "1000001"),
        ("CHAPTERHOUSE_SEARCHES_OF_ONE", "-1"), ("CHAPTERHOUSE_DRAIN", "601"),
    ])
    func `a value that is none is refused by the name of its setting`(
        name: String,
        value: String
    ) async throws {
        let ending = try await check(environment: [name: value])
        #expect(ending.status == 78)
        #expect(ending.errors.contains("\(name): “"))
    }

    @Test func `what nobody knows is refused in the environment and among credentials`() async throws {
        var ending = try await check(
            environment: ["CHAPTERHOUSE_BASEURL": "https://a.example.org"],
            "chapter list"
        )
        #expect(ending.status == 78)
        #expect(ending.errors.contains("CHAPTERHOUSE_BASEURL: there is no such setting"))
        ending = try await check(credentials: ["smtp-pasword": "x"], "chapter list")
        #expect(ending.status == 78)
        #expect(ending.errors.contains("credentials/smtp-pasword: there is no such setting"))
        ending = try await check(environment: ["CHAPTERHOUSE_BASEURL": "x"], "--help")
        #expect(ending.status == 0)
    }

    @Test(arguments: ["/nowhere/chapterhouse.conf", "/"])
    func `a file that was named and cannot be read is said`(path: String) async throws {
        let ending = try await check(environment: ["CHAPTERHOUSE_CONFIG": path], "chapter list")
        #expect(ending.status == 78)
        #expect(ending.errors.contains("\(path) cannot be read: "))
    }

    @Test func `a file of bytes that are no text is refused`() async throws {
        let path = folder.appendingPathExtension("conf")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data([0x43, 0xff, 0x3d, 0x0a]).write(to: path)
        let ending = try await check(environment: ["CHAPTERHOUSE_CONFIG": path.path], "chapter list")
        #expect(ending.status == 78)
        #expect(ending.errors.contains("is not UTF-8"))
    }

    @Test func `the example explains every setting and sets none`() async throws {
        let example = try await check("config example").output
        #expect(try await check(file: example, "config check").status == 0)
        let known = try JSON(try await check().output).elements.compactMap { $0["setting"]?.string }
        #expect(known.count > 30)
        let explained = example.split(separator: "\n").filter {
            $0.hasPrefix("#CHAPTERHOUSE_") && $0.hasSuffix("=")
        }
        #expect(explained.count == known.count - 2)
        for name in known where name != "CHAPTERHOUSE_SCHEMA" && name != "CHAPTERHOUSE_CONFIG" {
            #expect(explained.contains("#\(name)="))
        }
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        for name in known { #expect(page.contains("`\(name)`"), "docs/settings.md says nothing of \(name)") }
    }
}

/// What `up` and `serve` have options for as well.
@Suite(.freshDatabase, .timeLimit(.minutes(20)))
struct `Setting how the service serves` {
    /// Starts the service, asks where it says it is, and ends it.
    private static let scene = """
        import os, re, subprocess, sys, urllib.request
        service = subprocess.Popen([os.environ["chapterhouse"], "serve", *sys.argv[1:]],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            for line in service.stderr:
                if ready := re.match("Ready at (http://.*/)", line):
                    print("ready", ready[1])
                    print(urllib.request.urlopen(ready[1] + "sign-in").status)
                    break
        finally:
            service.terminate()
            service.wait(60)
        """

    private func serve(_ options: String, listen: String) async throws -> String {
        var shell = Shell(database: try ScratchDatabase.current.address(role: "chapterhouse_app"))
        shell.environment = ["CHAPTERHOUSE_LISTEN": listen, "scene": Self.scene]
        return try await shell.pipe("python3 -c \"$scene\" \(options)").output
    }

    @Test func `a setting holds where the command line says nothing`() async throws {
        let said = try await serve("", listen: "127.0.0.2:0")
        #expect(said.contains("ready http://127.0.0.2:"))
        #expect(said.contains("200"))
        #expect(
            try await serve("--listen 127.0.0.3:0", listen: "127.0.0.2:0").contains("ready http://127.0.0.3:")
        )
    }
}
