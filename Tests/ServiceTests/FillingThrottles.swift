import Postgres
import TestSupport

extension `Too many tries` {
    /// Undoes what ran dry meanwhile, however slow the machine is.
    func fill(_ scope: String, _ level: Double) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.throttle SET level = \(level), at = now() WHERE scope = \(scope)")
        )
    }

    /// As if others had filled it: of an account, or of all.
    func fillForAll(_ scope: String, for account: String, _ level: Double) async throws {
        let key = ["password", "link"].contains(scope) ? "" : account
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                INSERT INTO app.throttle (scope, key_hash, level, at) VALUES (\(scope), sha256(\(key)::text::bytea), \(level), now())
                ON CONFLICT (scope, key_hash) DO UPDATE SET level = excluded.level, at = now()
                """
            )
        )
    }

    func pass(seconds: Int32) async throws {
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.throttle SET at = at - make_interval(secs => \(seconds))")
        )
    }

    func level(_ scope: String) async throws -> Double {
        try await sample.scratch.superuser.run(
            Query<Double>(value: "SELECT level FROM app.throttle WHERE scope = \(scope)")
        )
    }
}
