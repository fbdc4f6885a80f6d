extension String {
    /// What somebody sent, told back to them: as much of it as they need to know it again.
    var echo: String {
        // By scalars: a single character may be as long as whoever sends it likes.
        let start = unicodeScalars.prefix(100)
        return start.endIndex == unicodeScalars.endIndex ? self : String(start) + "…"
    }
}
