import TestCluster

/// A Markdown file, of which what stands between two comments is ours: `<!-- name -->` and `<!-- /name -->`.
struct MarkedFile {
    private let path: String
    private let before: Substring
    private let after: Substring
    let content: Substring

    init(_ path: String, mark: String) throws {
        let text = ChildProcess.contents(of: path)
        guard let start = text.ranges(of: "<!-- \(mark) -->").first?.upperBound,
            let end = text[start...].ranges(of: "<!-- /\(mark) -->").first?.lowerBound
        else { throw Trouble("\(path) has no <!-- \(mark) --> with its end") }
        self.path = path
        before = text[..<start]
        content = text[start..<end]
        after = text[end...]
    }

    func write(_ content: String) throws {
        try overwrite(path, with: "\(before)\n\(content)\n\(after)")
    }
}
