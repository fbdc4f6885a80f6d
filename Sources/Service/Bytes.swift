import Glibc

extension [UInt8] {
    /// Where a word first stands as a whole in a range; nil where it does not, or has no bytes.
    func place(of word: [UInt8], in range: Range<Int>) -> Int? {
        guard let last = word.last else { return nil }
        return withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            // By its last byte: what is looked for begins with digits or line ends, which are everywhere.
            var end = range.lowerBound + word.count - 1
            while end < range.upperBound, let found = memchr(base + end, Int32(last), range.upperBound - end)
            {
                let place = base.distance(to: found) - word.count + 1
                if memcmp(base + place, word, word.count) == 0 { return place }
                end = place + word.count
            }
            return nil
        }
    }
}
