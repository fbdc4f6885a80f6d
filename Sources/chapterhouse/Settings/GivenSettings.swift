import Configuration
import FoundationEssentials
import SystemPackage

/// What the operator set, and where: the environment before the file of settings, the file before the credentials of systemd.
///
/// The command line comes before all of them: its options are looked at first wherever a setting is.
struct GivenSettings: Sendable {
    /// A place where settings are written down.
    struct Source: Sendable {
        /// For whoever looks for the place: `environment`, or a path.
        let name: String
        let reader: ConfigReader
    }

    /// Where settings are kept unless `CHAPTERHOUSE_CONFIG` says otherwise.
    static let usualFile = FilePath("/etc/chapterhouse/chapterhouse.conf")

    /// Those of this run of the program.
    @TaskLocal static var current = GivenSettings(sources: [], problems: [])

    /// The one that counts first.
    let sources: [Source]
    /// What is written where nobody reads it, each a sentence that names the place.
    let problems: [String]

    /// The value that holds; nil where there is none, or an empty one.
    subscript(_ name: SettingName) -> String? {
        found(name).flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// The value that holds and where it is from; it may be empty, which hides what others say.
    func found(_ name: SettingName) -> (value: String, source: String)? {
        for source in sources {
            if let value = source.reader.string(
                forKey: ConfigKey(name.words),
                isSecret: name.secrecy != .none
            ) {
                return (value, source.name)
            }
        }
        return nil
    }

    /// The process's environment with what else is set laid over it.
    var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        for name in SettingName.allCases { environment[name.rawValue] = self[name] }
        return environment
    }
}

extension GivenSettings {
    /// Reads all there is; what is wrong with it becomes `problems`.
    static func read(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async -> GivenSettings {
        var problems = environment.keys.sorted().compactMap(problem(withVariable:))
        var sources = [source("environment", environment)]

        let named = environment[SettingName.config.rawValue]
        let path = named.map { FilePath($0) } ?? usualFile
        if !path.isEmpty {
            let file = SettingsFile(path, mayBeMissing: named == nil)
            problems += file.problems
            sources.append(source(path.string, file.values))
        }
        if let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty {
            do {
                sources.append(try await credentials(in: FilePath(directory)))
                problems += try unknownCredentials(in: directory)
            } catch {
                problems.append("CREDENTIALS_DIRECTORY: \(directory) cannot be read")
            }
        }
        return GivenSettings(sources: sources, problems: problems)
    }

    private static func problem(withVariable name: String) -> String? {
        guard name.hasPrefix(SettingName.prefix), !name.hasPrefix(SettingName.prefixOfTests),
            SettingName(rawValue: name) == nil
        else { return nil }
        return "\(name): there is no such setting; `chapterhouse config check` lists them"
    }

    private static func source(_ name: String, _ values: [String: String]) -> Source {
        let provider = EnvironmentVariablesProvider(environmentVariables: values, secretsSpecifier: .all)
        return Source(name: name, reader: ConfigReader(provider: provider.prefixKeys(with: "chapterhouse")))
    }

    /// A file for each, as `LoadCredential=` of systemd lays them down.
    private static func credentials(in directory: FilePath) async throws -> Source {
        let provider = try await DirectoryFilesProvider(directoryPath: directory)
        return Source(name: directory.string, reader: ConfigReader(provider: provider))
    }

    private static func unknownCredentials(in directory: String) throws -> [String] {
        let known = Set(SettingName.allCases.filter { !$0.isOfTheEnvironment }.map(\.credential))
        return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            .filter { !known.contains($0) }
            .map { "\(directory)/\($0): there is no such setting; a credential is called like smtp-password" }
    }
}
