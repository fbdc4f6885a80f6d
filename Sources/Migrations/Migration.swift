import Glibc

/// One numbered step of a schema: `0003_meetings.sql`.
package struct Migration: Hashable, Sendable {
    package let number: Int
    package let name: String
    package let sql: String
}

/// A file that is applied again whenever its text changes: functions, views, rows that ship.
package struct Repeatable: Hashable, Sendable {
    /// Its path below the folder: `Reports/monthly_roi.sql`.
    package let name: String
    package let sql: String
}

/// A schema as a folder holds it.
package struct SchemaFolder: Sendable {
    package let migrations: [Migration]
    package let repeatables: [Repeatable]

    /// Reads `Migrations`, numbered and without gaps, then the other folders in the order given.
    package init(path: String, repeatableFolders: [String]) throws {
        var migrations: [Migration] = []
        for file in try Self.files(in: path + "/Migrations") {
            guard let number = Int(file.prefix(4)), file.utf8.count > 9, file.dropFirst(4).first == "_" else {
                throw SchemaFolderError(
                    message: "Migrations/\(file): a migration is named like 0001_what_it_does.sql"
                )
            }
            guard number == migrations.count + 1 else {
                throw SchemaFolderError(
                    message: "Migrations/\(file): number \(migrations.count + 1) is missing before it"
                )
            }
            let sql = try Self.text(of: "\(path)/Migrations/\(file)")
            migrations.append(
                Migration(number: number, name: String(file.dropFirst(5).dropLast(4)), sql: sql)
            )
        }
        guard !migrations.isEmpty else {
            throw SchemaFolderError(message: "\(path)/Migrations holds no migration")
        }
        self.migrations = migrations
        repeatables = try repeatableFolders.flatMap { folder in
            try Self.files(in: "\(path)/\(folder)").map { file in
                Repeatable(name: "\(folder)/\(file)", sql: try Self.text(of: "\(path)/\(folder)/\(file)"))
            }
        }
    }

    private static func files(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else {
            throw SchemaFolderError(message: "\(folder) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.utf8.reversed().starts(with: ".sql".utf8.reversed()) { names.append(name) }
        }
        return names.sorted()
    }

    package static func text(of path: String) throws -> String {
        guard let file = fopen(path, "rb") else {
            throw SchemaFolderError(message: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard ferror(file) == 0, let text = String(validating: bytes, as: UTF8.self) else {
            throw SchemaFolderError(message: "\(path) cannot be read as UTF-8")
        }
        return text
    }
}

package struct SchemaFolderError: Error {
    package let message: String

    package init(message: String) {
        self.message = message
    }
}
