import Glibc

/// Runs libFuzzer over one of `Fuzzed.all`, which CHAPTERHOUSE_FUZZ names; see deploy/fuzz.
@main struct Fuzz {
    static func main() {
        guard let named = getenv("CHAPTERHOUSE_FUZZ").map({ String(cString: $0) }), let fuzzed = fuzzed(named)
        else {
            for fuzzed in Fuzzed.all { print(fuzzed.name) }
            return
        }
        taken = fuzzed.take
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer? = CommandLine.unsafeArgv
        exit(runFuzzer(&count, &arguments, take))
    }

    private static func fuzzed(_ name: String) -> Fuzzed? {
        Fuzzed.all.first { $0.name == name }
    }
}

/// Written once, before anything runs that reads it.
nonisolated(unsafe) private var taken: ([UInt8]) throws -> Void = { _ in }

private func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try taken(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
        fatalError("\(error)")
    }
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
