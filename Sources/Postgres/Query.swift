/// A statement and what it returns.
package struct Query<Result: Sendable>: Sendable {
    package let sql: SQL
    /// Where it runs: reports ask for a connection of their own, so that nothing short waits behind them.
    package private(set) var lane = Lane.shared
    let decode: @Sendable (QueryResult) throws -> Result

    package init(_ sql: SQL, decode: @escaping @Sendable (QueryResult) throws -> Result) {
        self.sql = sql
        self.decode = decode
    }

    /// The same query on a connection of its own.
    package var exclusive: Query {
        var query = self
        query.lane = .exclusive
        return query
    }

    /// What it makes of a result of its statement.
    package func decoded(_ result: QueryResult) throws -> Result {
        try decode(result)
    }

    package func map<Other: Sendable>(
        _ transform: @escaping @Sendable (Result) throws -> Other
    ) -> Query<Other> {
        let decode = decode
        var query = Query<Other>(sql) { try transform(decode($0)) }
        query.lane = lane
        return query
    }
}

/// Which connections a query may use.
package enum Lane: Sendable {
    /// Those that many callers share, in pipeline mode.
    case shared
    /// One that nobody else uses meanwhile.
    case exclusive
}

extension Query {
    /// No rows: `Query<Void>`.
    package init(_ sql: SQL) where Result == Void {
        self.init(sql) { _ in }
    }

    /// Any number: `Query<[Referral]>`.
    package init<Value: RowDecodable>(_ sql: SQL) where Result == [Value] {
        self.init(sql) { result in
            var values: [Value] = []
            values.reserveCapacity(result.count)
            for row in result.rows { values.append(try Value(row: row)) }
            return values
        }
    }

    /// At most one: `Query<Member?>`.
    package init<Value: RowDecodable>(_ sql: SQL) where Result == Value? {
        self.init(sql) { result in
            guard result.count <= 1 else {
                throw WrongNumberOfRows(expected: "at most 1", found: result.count)
            }
            return try result.rows.first.map { try Value(row: $0) }
        }
    }

    /// Exactly one: `Query<Referral>`.
    package init(_ sql: SQL) where Result: RowDecodable {
        self.init(sql) { result in
            guard result.count == 1, let row = result.rows.first else {
                throw WrongNumberOfRows(expected: "1", found: result.count)
            }
            return try Result(row: row)
        }
    }

    /// The first column of exactly one row.
    package init(value sql: SQL) where Result: PostgresDecodable {
        self.init(sql) { result in
            guard result.count == 1, let row = result.rows.first else {
                throw WrongNumberOfRows(expected: "1", found: result.count)
            }
            return try row[0]
        }
    }

    /// The first column of at most one row.
    package init<Value: PostgresDecodable>(valueIfAny sql: SQL) where Result == Value? {
        self.init(sql) { result in
            guard result.count <= 1 else {
                throw WrongNumberOfRows(expected: "at most 1", found: result.count)
            }
            return try result.rows.first.flatMap { try $0[0] as Value? }
        }
    }

    /// The first column of every row.
    package init<Value: PostgresDecodable & Sendable>(values sql: SQL) where Result == [Value] {
        self.init(sql) { try $0.rows.map { try $0[0] } }
    }
}

/// A statement returned more or fewer rows than its query promises: a bug.
package struct WrongNumberOfRows: Error {
    package let expected: String
    package let found: Int

    package init(expected: String, found: Int) {
        self.expected = expected
        self.found = found
    }
}
