import ArgumentParser
import Crypto
import Logging
import Service
import ServiceLifecycle
import Subprocess

@main
struct Chapterhouse: AsyncParsableCommand {
    func run() async throws {}
}
