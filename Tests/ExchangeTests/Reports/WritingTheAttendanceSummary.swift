import ReferralGroup
import TestSupport
import Testing

@testable import Exchange

@Suite struct `Writing the attendance summary` {
    @Test func `as JSON parts members, others and the total`() throws {
        let json = try String(decoding: summary().json, as: UTF8.self)
        #expect(
            json.hasPrefix(
                #"{"chapter":"cedar","from":"2026-10-01","to":"2026-10-31","currency":"EUR","as_of":"2026-11-01T08:00:00Z","members":[{"member":{"id":7,"name":"Ben Berg"},"present":2,"absent":1,"late":0,"medical":0,"substitute":1,"referrals_given_inside":3,"#
            )
        )
        #expect(
            json.contains(
                #""visitors":1,"one_to_ones":2,"thanked_for":"1200.00","education":1.5,"testimonials":0,"held":4,"rate":0.7500}],"others":["#
            )
        )
        #expect(json.contains(#"[{"kind":"visitors","name":"Visitors","present":0,"#))
        #expect(json.contains(#""total":{"present":2,"#))
        #expect(json.contains(#""held":0,"rate":null}"#))
    }

    @Test func `says which imported summary stands for which days`() throws {
        let json = try String(decoding: summary().json, as: UTF8.self)
        #expect(
            json.contains(
                #""summaries":[{"import":4,"from":"2026-10-01","to":"2026-10-14","used":true,"note":"Import 4 stands for"#
            )
        )
        let table = try summary().table
        #expect(
            table.contains(
                "Import 4 stands for the days from 2026-10-01 to 2026-10-14; no mark or slip of those days is counted twice."
            )
        )
        #expect(
            table.contains(
                "Import 5 covers 2026-10-20 to 2026-11-20, of which this period holds only a part; its figures are left out."
            )
        )
    }

    @Test func `as CSV has one kind of row below the other`() throws {
        let rows = try summary().csv.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
        #expect(rows.count == 4)
        #expect(rows[0].hasPrefix("kind,member_id,name,present,absent,late,medical,substitute,"))
        #expect(rows[1].hasPrefix("member,7,Ben Berg,2,1,0,0,1,3,0,0,0,1,2,1200.00,1.5,0,4,0.7500"))
        #expect(rows[2].hasPrefix("visitors,,Visitors,"))
        #expect(rows[3].hasPrefix("total,,Total,2,"))
    }

    @Test func `as a table has a legend for its letters`() throws {
        let table = try summary().table
        for word in [
            "P present", "RGI, RGO", "RRI, RRO", "V visitors", "1-2-1 one-to-ones", "TYFCB business",
            "CEU hours", "T testimonials",
        ] {
            #expect(table.contains(word))
        }
    }

    private func summary() throws -> AttendanceSummary {
        try AttendanceSummary(
            chapter: #require(Chapter.Slug("cedar")),
            chapterName: "Cedar",
            from: day("2026-10-01"),
            to: day("2026-10-31"),
            currency: #require(Currency("EUR")),
            asOf: #require(Instant("2026-11-01T08:00:00Z")),
            rows: [
                row(.member, "Ben Berg", marks: [2, 1, 0, 0, 1]),
                row(.visitors, "Visitors", marks: [0, 0, 0, 0, 0]),
            ],
            total: row(.total, "Total", marks: [2, 1, 0, 0, 1]),
            summaries: [
                .init(batch: 4, from: day("2026-10-01"), to: day("2026-10-14"), isUsed: true),
                .init(batch: 5, from: day("2026-10-20"), to: day("2026-11-20"), isUsed: false),
            ]
        )
    }

    private func day(_ text: String) throws -> LocalDate {
        try #require(LocalDate(text))
    }

    private func row(
        _ kind: AttendanceSummary.Kind,
        _ name: String,
        marks: [Int]
    ) throws -> AttendanceSummary.Row {
        let isMember = kind == .member
        return try AttendanceSummary.Row(
            kind: kind,
            member: isMember ? Membership.ID(7) : nil,
            name: name,
            present: marks[0],
            absent: marks[1],
            late: marks[2],
            medical: marks[3],
            substitute: marks[4],
            referralsGivenInside: 3,
            referralsGivenOutside: 0,
            referralsReceivedInside: 0,
            referralsReceivedOutside: 0,
            visitors: 1,
            oneToOnes: 2,
            thankedFor: figure("1200.00"),
            education: figure("1.5"),
            testimonials: 0,
            held: isMember ? 4 : 0,
            rate: isMember ? figure("0.7500") : nil
        )
    }
}
