import ArgumentParser
import Postman
import Service

struct ConfigCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "The settings: of the environment, of the file, of systemd's credentials.",
        subcommands: [Check.self, Example.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every setting without its secrets and where it is from, and say what is wrong.",
            discussion: "Example: chapterhouse config check --format json"
        )

        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let given = GivenSettings.current
            let settings = Result { try Settings.read(given) }
            let key = Result { try Settings.suppressionKey(given) }
            var rows = Listing(columns: ["setting", "value", "from"])
            for name in SettingName.allCases {
                let found = given.found(name)
                let value = found.map { Self.shown(name, $0.value, settings.value) }
                rows.add(.text(name.rawValue), Listing.Cell(value), Listing.Cell(found?.source))
            }
            try rows.print(as: listing.format)

            var problems = given.problems
            for case let failure as Failure in [settings.trouble, key.trouble] {
                problems.append(failure.message)
            }
            guard problems.isEmpty else {
                throw Failure(.configuration, problems.joined(separator: "\nchapterhouse: "))
            }
            _ = (try settings.get(), try key.get())
        }

        /// Where a password stands in what was refused, nobody knows: none of it is shown.
        private static func shown(_ name: SettingName, _ value: String, _ settings: Settings?) -> String {
            switch name.secrecy {
            case _ where value.isEmpty: ""
            case .none: value
            case .all: "(set)"
            case .inside:
                (name == .smtpURL ? settings?.mail?.server?.url : settings?.provider?.issuer) ?? "(set)"
            }
        }
    }

    struct Example: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a file of settings in which everything is explained and nothing is set.",
            discussion: "Example: chapterhouse config example >/etc/chapterhouse/chapterhouse.conf"
        )

        func run() async throws {
            try Output.line(
                """
                # Settings of Chapterhouse: NAME=value without quotes, comments on lines of their own. What the environment
                # says counts before this file. Secrets may lie beside it, in a file that a name ending in _FILE says,
                # or with systemd (LoadCredential=smtp-password:/path). `chapterhouse config check` shows what holds.
                """
            )
            for name in SettingName.allCases where !name.isOfTheEnvironment {
                try Output.line("\n# \(name.meaning)\n#\(name.rawValue)=")
            }
        }
    }
}

extension Result {
    fileprivate var value: Success? {
        if case .success(let value) = self { value } else { nil }
    }

    fileprivate var trouble: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
