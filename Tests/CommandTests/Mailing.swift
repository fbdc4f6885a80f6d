import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Mailing` {
    let scratch: ScratchDatabase
    let mailServer: MailServer
    var shell: Shell

    init() throws {
        scratch = try .current
        mailServer = try MailServer()
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
        shell.environment = [
            "CHAPTERHOUSE_SMTP_URL": "smtp://127.0.0.1:\(mailServer.port)",
            "CHAPTERHOUSE_MAIL_FROM": "Cedar <chapter@example.org>",
        ]
    }

    @Test func `what waits is listed, sent, and then listed no more`() async throws {
        try await post("Grüße, =1+1")
        for command in ["mail queue", "mail queue --all"] {
            let rows = try JSON(try await shell.print(command + " --format json")).elements
            #expect(rows.map { $0["subject"]?.string } == ["Grüße, =1+1"])
            #expect(try await shell.print(command + " --format csv").contains("ines@example.org"))
            #expect(try await shell.print(command).contains("ines@example.org"))
        }
        #expect(try await shell.print("mail send") == "1 to ines@example.org: sent\n")
        #expect(try mailServer.delivered().map { $0.headers["From"] } == ["Cedar <chapter@example.org>"])
        #expect(try JSON(try await shell.print("mail queue --format json")).elements.isEmpty)
        let done = try JSON(try await shell.print("mail queue --all --format json")).elements
        #expect(done.first?["sent_at"]?.string != nil)
        #expect(try await shell.print("mail send") == "")
    }

    @Test func `what could not be sent is said, and ends with 75`() async throws {
        try await post("Later")
        try await post("Never")
        try mailServer.answer("550 5.1.1 nobody here", at: .recipient, times: 1)
        let ending = try await shell.run("mail send")
        #expect(ending.status == 75)
        #expect(ending.output.contains("1 to ines@example.org: given up (550 5.1.1 nobody here)\n"))
        #expect(ending.output.contains("2 to ines@example.org: sent\n"))
        #expect(ending.errors.contains("mail queue --all"))
    }

    @Test func `what waits for a later try is sent when the operator says so`() async throws {
        try await post("Hello")
        try mailServer.answer("450 4.2.0 come back later", at: .data, times: 1)
        #expect(try await shell.run("mail send").status == 75)
        #expect(try await shell.print("mail queue").contains("come back later"))
        #expect(try await shell.print("mail send") == "")
        #expect(try await shell.print("mail send --all") == "1 to ines@example.org: sent\n")
    }

    @Test(.timeLimit(.minutes(20)))
    func `the service sends by itself, and ends when it is told to`() async throws {
        try await post("Hello")
        let ending = try await shell.pipe(
            """
            "$chapterhouse" serve --listen 127.0.0.1:0 & service=$!
            tries=0
            while "$chapterhouse" mail queue --format csv | grep -q Hello && [ $tries -lt 200 ]; do
                tries=$((tries + 1)); sleep 0.1
            done
            kill -TERM $service; wait $service; echo "ended with $?"
            """
        )
        #expect(ending.output == "ended with 0\n", "\(ending.errors)")
        #expect(try mailServer.delivered().count == 1)
    }

    @Test func `settings are printed without their secrets`() async throws {
        var shell = shell
        shell.environment["CHAPTERHOUSE_SMTP_URL"] = "smtp://ines@mail.example.org"
        shell.environment["CHAPTERHOUSE_SMTP_PASSWORD"] = "open-sesame"
        let ending = try await shell.run("config check --format json")
        #expect(ending.status == 0)
        #expect(ending.output.contains("smtp://ines@mail.example.org:587"))
        #expect(!ending.output.contains("sesame"))
    }

    @Test(arguments: [
        ("CHAPTERHOUSE_SMTP_URL", "smtp://ines:open-sesame@mail.example.org"),
        ("CHAPTERHOUSE_SMTP_URL", "smtp://ines@mail.example.org"), ("CHAPTERHOUSE_SMTP_TLS", "maybe"),
        ("CHAPTERHOUSE_MAIL_FROM", "nobody"), ("CHAPTERHOUSE_BASE_URL", "example.org"),
        ("CHAPTERHOUSE_SMTP_PASSWORD_FILE", "/nowhere/password"),
        ("CHAPTERHOUSE_SMTP_CA_FILE", "/nowhere/ca"), ("CHAPTERHOUSE_SENDMAIL", "/bin/true"),
        ("CHAPTERHOUSE_OFFICERS_SECOND_FACTOR", "no"), ("CHAPTERHOUSE_PREPARED_STATEMENTS", "no"),
    ])
    func `a setting that cannot be used is named, and ends with 78`(
        _ name: String,
        _ value: String
    ) async throws {
        var shell = shell
        shell.environment[name] = value
        for command in ["config check", "mail send"] {
            let ending = try await shell.run(command)
            #expect(ending.status == 78, "\(command)")
            #expect(ending.errors.contains(name), "\(command)")
            #expect(!(ending.output + ending.errors).contains("sesame"), "\(command)")
        }
    }

    @Test func `a program may take the mail instead of a server`() async throws {
        var shell = shell
        shell.environment["CHAPTERHOUSE_SMTP_URL"] = nil
        shell.environment["CHAPTERHOUSE_SENDMAIL"] = "/bin/true"
        #expect(
            try await shell.print("config check --format csv").contains("CHAPTERHOUSE_SENDMAIL,/bin/true")
        )
        try await post("Hello")
        #expect(try await shell.print("mail send") == "1 to ines@example.org: sent\n")
        for wrong in ["/nowhere/sendmail", "true", "/bin/true -t", "/etc/passwd"] {
            shell.environment["CHAPTERHOUSE_SENDMAIL"] = wrong
            let ending = try await shell.run("mail send")
            #expect(ending.status == 78 && ending.errors.contains("CHAPTERHOUSE_SENDMAIL"), "\(wrong)")
        }
    }

    @Test func `without a mail server there is nothing to send with`() async throws {
        let shell = Shell(database: shell.database)
        let ending = try await shell.run("mail send")
        #expect(ending.status == 78)
        #expect(ending.errors.contains("CHAPTERHOUSE_SMTP_URL"))
    }

    private func post(_ subject: String) async throws {
        let address = try #require(EmailAddress("ines@example.org"))
        _ = try await scratch.database.acting(as: .system(door: .cli), in: nil)
            .run(.postMail(to: address, subject: subject, body: "Hello"))
    }
}
