import Hummingbird
import Service
import Storage

extension MarkedChapter {
    /// The addresses of all pages there are, and of the reports as pages; those of the chapter with records of its own.
    func pages(in database: Database) -> [String] {
        ChapterhouseService.routes(
            database: database,
            hashing: .cheap,
            baseURL: "https://chapterhouse.example.org"
        )
        .all.filter { $0.method == .get && !$0.path.hasSuffix("/events") && !$0.path.hasPrefix("/assets/") }
        .filter { !$0.path.hasPrefix("/api/") || $0.path.hasSuffix(".html") }
        .map { route in
            var address = route.path.replacing("{chapter}", with: mark).replacing("{region}", with: mark)
                .replacing("{date}", with: "2026-10-28").replacing("{month}", with: "2026-10")
            for (kind, id) in ids { address = address.replacing("\(kind)/{id}", with: "\(kind)/\(id)") }
            return address.contains("/reports/")
                ? address + "?month=2026-10&as_of=2031-01-01T00:00:00Z" : address
        }
    }
}
