import ReferralGroup
import Storage
package import Testing

/// Runs `work`, which is to be refused by this rule, and returns what the database said of it.
@discardableResult
package func expectRefusal(
    _ rule: Refusal,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Void
) async -> String {
    do {
        try await work()
        Issue.record("nothing refused it", sourceLocation: sourceLocation)
    } catch let refused as Refused {
        #expect(refused.rule == rule, sourceLocation: sourceLocation)
        return refused.detail ?? ""
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return ""
}
