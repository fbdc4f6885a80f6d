import ArgumentParser
import ReferralGroup
import Storage

struct Up: AsyncParsableCommand {
    func run() async throws {}
}
struct Serve: AsyncParsableCommand {
    func run() async throws {}
}
