import ReferralGroup

/// All that is kept about a person, as a file for them and for programs.
package enum OwnDataFile {
    package static let name = "chapterhouse.json"

    /// The records by their tables, in the order in which they come.
    package static func json(_ records: [KeptRecord], of person: String, at instant: Instant) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("person", person)
            writer.member("at", instant.description)
            writer.key("kept")
            writer.object { writer in
                var rest = records[...]
                while let place = rest.first?.place {
                    let ofPlace = rest.prefix { $0.place == place }
                    rest = rest.dropFirst(ofPlace.count)
                    writer.key(place)
                    writer.array { writer in
                        for record in ofPlace { writer.object { record.write(to: &$0) } }
                    }
                }
            }
        }
        return writer.bytes
    }
}

extension KeptRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("chapter", chapter?.description)
        writer.member("as", role)
        writer.key("row")
        writer.json(json)
    }
}
