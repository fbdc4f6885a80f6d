/// What an operator may set, by one name in the environment, in the file of settings and among credentials.
enum SettingName: String, CaseIterable, Sendable {
    case databaseURL = "CHAPTERHOUSE_DATABASE_URL"
    case home = "CHAPTERHOUSE_HOME"
    case serverUser = "CHAPTERHOUSE_SERVER_USER"
    case preparedStatements = "CHAPTERHOUSE_PREPARED_STATEMENTS"
    case erasures = "CHAPTERHOUSE_ERASURES"
    case suppressionKey = "CHAPTERHOUSE_SUPPRESSION_KEY"
    case suppressionKeyFile = "CHAPTERHOUSE_SUPPRESSION_KEY_FILE"
    case baseURL = "CHAPTERHOUSE_BASE_URL"
    case listen = "CHAPTERHOUSE_LISTEN"
    case adminListen = "CHAPTERHOUSE_ADMIN_LISTEN"
    case trustedProxies = "CHAPTERHOUSE_TRUSTED_PROXIES"
    case connections = "CHAPTERHOUSE_CONNECTIONS"
    case connectionsOfOne = "CHAPTERHOUSE_CONNECTIONS_OF_ONE"
    case filesOfOne = "CHAPTERHOUSE_FILES_OF_ONE"
    case searchesOfOne = "CHAPTERHOUSE_SEARCHES_OF_ONE"
    case drain = "CHAPTERHOUSE_DRAIN"
    case officersSecondFactor = "CHAPTERHOUSE_OFFICERS_SECOND_FACTOR"
    case mailFrom = "CHAPTERHOUSE_MAIL_FROM"
    case smtpURL = "CHAPTERHOUSE_SMTP_URL"
    case smtpPassword = "CHAPTERHOUSE_SMTP_PASSWORD"
    case smtpPasswordFile = "CHAPTERHOUSE_SMTP_PASSWORD_FILE"
    case smtpTLS = "CHAPTERHOUSE_SMTP_TLS"
    case smtpCAFile = "CHAPTERHOUSE_SMTP_CA_FILE"
    case sendmail = "CHAPTERHOUSE_SENDMAIL"
    case openIDIssuer = "CHAPTERHOUSE_OPENID_ISSUER"
    case openIDClientID = "CHAPTERHOUSE_OPENID_CLIENT_ID"
    case openIDClientSecret = "CHAPTERHOUSE_OPENID_CLIENT_SECRET"
    case openIDClientSecretFile = "CHAPTERHOUSE_OPENID_CLIENT_SECRET_FILE"
    case openIDName = "CHAPTERHOUSE_OPENID_NAME"
    case openIDCAFile = "CHAPTERHOUSE_OPENID_CA_FILE"
    case webhookNetworks = "CHAPTERHOUSE_WEBHOOK_NETWORKS"
    case webhookCAFile = "CHAPTERHOUSE_WEBHOOK_CA_FILE"
    case weasyPrint = "CHAPTERHOUSE_WEASYPRINT"
    /// Read before there is a file of settings, by parts that know of none: of the environment alone.
    case schema = "CHAPTERHOUSE_SCHEMA"
    /// The file of settings itself.
    case config = "CHAPTERHOUSE_CONFIG"

    static let prefix = "CHAPTERHOUSE_"
    /// What only tests set, and nobody reads here.
    static let prefixOfTests = "CHAPTERHOUSE_TEST_"

    /// Its name without the prefix, in lower case: `smtp`, `password`.
    var words: [String] {
        rawValue.utf8.dropFirst(Self.prefix.utf8.count)
            .split(separator: UInt8(ascii: "_"))
            .map { Substring($0).lowercased() }
    }

    /// The name of the file in the directory of credentials that holds it: `smtp-password`.
    var credential: String {
        words.joined(separator: "-")
    }

    /// Whether it is the environment's alone.
    var isOfTheEnvironment: Bool {
        self == .schema || self == .config
    }

    /// How much of it may be shown.
    var secrecy: Secrecy {
        switch self {
        case .databaseURL, .smtpPassword, .openIDClientSecret, .suppressionKey: .all
        case .smtpURL, .openIDIssuer: .inside
        default: .none
        }
    }

    enum Secrecy {
        case none
        /// A password may stand in it, which is left out where it can be found.
        case inside
        case all
    }

    /// What it says, with an example, for whoever fills in the file.
    var meaning: String {
        switch self {
        case .databaseURL:
            "A PostgreSQL of yours, as postgresql://chapterhouse_app@db/chapterhouse; without it `up` runs one of its own."
        case .home: "The folder of the private PostgreSQL."
        case .serverUser: "Whose the private PostgreSQL is where root runs the command; postgres unless said."
        case .preparedStatements: "on, or off behind a PgBouncer before 1.21 that lends by transaction."
        case .erasures: "The journal of erasures, a file that outlives the backups of a PostgreSQL of yours."
        case .suppressionKey: "The key of the list of those who asked not to be kept, 32 characters at least."
        case .suppressionKeyFile: "A file whose first line is that key."
        case .baseURL:
            "Where people reach the service, as https://chapter.example.org; links in mails begin with it."
        case .listen: "Where the service listens; 127.0.0.1:8080 unless said."
        case .adminListen: "Where machines of yours ask for /livez, /readyz and /metrics, as 127.0.0.1:8081."
        case .trustedProxies:
            "Networks of proxies that are believed, divided by commas, as 127.0.0.1, 10.0.0.0/8."
        case .connections: "How many connections are held at once; 4096 unless said."
        case .connectionsOfOne:
            "How many of them one address may hold that is no trusted proxy; 256 unless said."
        case .filesOfOne:
            "How many files of reports one person may fetch within ten minutes; 300 unless said."
        case .searchesOfOne: "How many searches one person may make within ten minutes; 600 unless said."
        case .drain:
            "How many seconds to go on answering after SIGTERM, as behind a proxy that balances; 0 unless said."
        case .officersSecondFactor:
            "required, or optional: whether what offices may do with money takes a second factor."
        case .mailFrom: "Who sends mail, as Cedar <chapter@example.org>."
        case .smtpURL: "The server that takes mail, as smtp://cedar@mail.example.org:587."
        case .smtpPassword: "Its password."
        case .smtpPasswordFile: "A file whose first line is that password."
        case .smtpTLS: "starttls, tls or off; by the URL unless said."
        case .smtpCAFile: "Who vouches for the mail server, instead of those the system trusts."
        case .sendmail: "A program that takes mail, instead of a server: /usr/sbin/sendmail."
        case .openIDIssuer: "A provider through whom people sign in as well, as https://id.example.org."
        case .openIDClientID: "How the provider knows this service."
        case .openIDClientSecret: "The secret that the provider gave for it."
        case .openIDClientSecretFile: "A file whose first line is that secret."
        case .openIDName: "What the button says the provider is called."
        case .openIDCAFile: "Who vouches for the provider, instead of those the system trusts."
        case .webhookNetworks: "Private networks that webhooks may reach, as 10.1.2.0/24 fd00:1::/64."
        case .webhookCAFile: "Who vouches for webhooks, instead of those the system trusts."
        case .weasyPrint: "The program that makes PDFs; else it is looked for on the search path."
        case .schema: "The folder Schema, for whoever works on it."
        case .config: "The file of settings; empty for none."
        }
    }
}
