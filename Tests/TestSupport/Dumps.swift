import Glibc
import TestCluster

extension ScratchDatabase {
    /// Everything the database holds, as pg_dump writes it, byte for byte.
    package func dump() throws -> [UInt8] {
        let path = "/tmp/chapterhouse-dump-\(getpid())-\(name)"
        defer { unlink(path) }
        try ChildProcess.run(
            [
                "\(try Cluster.findBinaries())/pg_dump", "--file=\(path)",
                "--dbname=\(try address(role: "postgres"))",
            ],
            output: "\(path).log"
        )
        defer { unlink("\(path).log") }
        guard let file = fopen(path, "re") else { throw NoDump() }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part.prefix(count) }
        return bytes
    }

    /// Does something in a database that a dump was restored into.
    package static func restored<Value>(
        _ dump: [UInt8],
        _ work: (ScratchDatabase) async throws -> Value
    ) async throws -> Value {
        let server = try TestServer.shared
        let copy = ScratchDatabase(server, name: try await server.createDatabase(), cast: nil)
        let path = "/tmp/chapterhouse-dump-\(getpid())-\(copy.name)"
        guard let file = fopen(path, "we") else { throw NoDump() }
        _ = dump.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
        fclose(file)
        defer {
            unlink(path)
            unlink("\(path).log")
        }
        try ChildProcess.run(
            [
                "\(try Cluster.findBinaries())/psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1",
                "--dbname=\(try copy.address(role: "postgres"))", "--file=\(path)",
            ],
            output: "\(path).log"
        )
        let value = try await work(copy)
        try await copy.remove()
        return value
    }

    /// There was none.
    private struct NoDump: Error {}
}
