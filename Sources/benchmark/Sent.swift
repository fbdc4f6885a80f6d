import Postgres

/// A statement as the client prepares it, with the types of its parameters.
struct Sent: Sendable, RowDecodable {
    let text: String
    let types: [String]

    init(row: Row) throws {
        text = try row["statement"]
        types = try row["types"]
    }

    /// What a client sends for some work, as the server has it prepared: so pgbench runs the very same text.
    static func statements(
        _ ground: Ground,
        by work: (PostgresClient) async throws -> Void
    ) async throws -> [Sent] {
        let client = ground.client {
            $0.sharedConnections = 1
            $0.exclusiveConnections = 1
        }
        try await work(client)
        let prepared = Query<[Sent]>(
            """
            SELECT statement, parameter_types::text[] AS types FROM pg_prepared_statements
             WHERE statement NOT LIKE '%pg_prepared_statements%'
             ORDER BY prepare_time, length(name), name
            """
        )
        let statements = try await client.run(prepared) + client.run(prepared.exclusive)
        await client.shutdown()
        return statements
    }

    /// The statement for pgbench, with an expression for each parameter; each keeps its type.
    func script(_ expressions: String...) throws -> String {
        guard expressions.count == types.count else {
            throw Trouble("a statement has \(types.count) parameters, not \(expressions.count):\n\(text)")
        }
        // From the last on, so that $1 does not take $10 with it.
        return zip(expressions, types).enumerated().reversed().reduce(text) { text, parameter in
            let (number, (expression, type)) = parameter
            return text.replacing("$\(number + 1)", with: "(\(expression))::\(type)")
        }
    }
}

extension [Sent] {
    /// The one that holds `words`.
    func first(with words: String) throws -> Sent {
        guard let found = first(where: { $0.text.contains(words) }) else {
            throw Trouble("the client sent nothing with \(words)")
        }
        return found
    }

    /// Fails where the client sent anything else, which pgbench would leave out.
    func holdOnly(_ words: String...) throws {
        for statement in self where !words.contains(where: statement.text.contains) {
            throw Trouble("the client sends what pgbench is not told of:\n\(statement.text)")
        }
    }
}
