import FoundationEssentials
import Testing

/// What fuzzing began with and what it found, without libFuzzer: see deploy/fuzz.
@Suite struct `Whatever bytes come` {
    @Test(arguments: Fuzzed.all.map(\.name))
    func `are read or refused, as those that were kept`(name: String) throws {
        let fuzzed = try #require(Fuzzed.all.first { $0.name == name })
        let folder = "\(#filePath.split(separator: "/").dropLast().joined(separator: "/"))/corpus/\(name)"
        let files = try FileManager.default.contentsOfDirectory(atPath: "/\(folder)")
        #expect(!files.isEmpty)
        for file in files.sorted() {
            let bytes = try Data(contentsOf: URL(filePath: "/\(folder)/\(file)"))
            #expect(throws: Never.self, "\(file)") { try fuzzed.take(Array(bytes)) }
        }
        for bytes in shortTexts { try fuzzed.take(bytes) }
    }

    /// Every byte alone, and beside each of a few that mean something.
    private var shortTexts: [[UInt8]] {
        let signs = Array("\"'<&;,:=%\\-.0\r\n\t ".utf8) + [0, 0x7F, 0x80, 0xCC, 0xEF, 0xFF]
        return [[]] + (0...255).flatMap { byte in [[byte]] + signs.flatMap { [[byte, $0], [$0, byte]] } }
    }
}
