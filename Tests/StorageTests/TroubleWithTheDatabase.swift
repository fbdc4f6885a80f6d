import Postgres
import Storage
import Testing

@Suite struct `Trouble with the database` {
    /// What a server, its disk, its pooler and its standby say when they cannot serve.
    @Test(arguments: [
        "08006", "08P01", "25006", "28000", "3D000", "40001", "40P01", "53100", "53300", "55P03", "57014",
        "57P01", "57P03", "58030",
    ])
    func `that passes is no fault of ours`(_ state: String) throws {
        let trouble = try #require(DatabaseTrouble(PostgresError(.server, SQLState(rawValue: state), "no")))
        #expect(trouble.kind == .busy || trouble.kind == .unreachable)
    }

    @Test(arguments: ["0A000", "25P02", "42P01", "42601", "XX000"])
    func `that does not pass is`(_ state: String) throws {
        let error = PostgresError(.server, SQLState(rawValue: state), "no")
        #expect(DatabaseTrouble(error)?.kind == .bug)
    }
}
