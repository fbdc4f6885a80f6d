import Glibc

/// A fresh folder of a test.
struct Folder {
    struct CannotBeMade: Error {}

    let path: String

    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        var template = Array("\(parent)/chapterhouse-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CannotBeMade() }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a file into the folder and returns its path.
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let path = "\(path)/\(name)"
        guard let file = fopen(path, "wb") else { throw CannotBeMade() }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw CannotBeMade() }
        return path
    }

    func remove() {
        guard let entries = opendir(path) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    /// Where the tests stand in the project.
    static var ofTests: String {
        var folders = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        folders.removeLast(2)
        return folders.joined(separator: "/")
    }
}
