import Testing

@testable import Exchange

@Suite struct `Setting a table` {
    @Test func `aligns words to the left and numbers to the right`() {
        var table = TextTable(headings: ["Member", "Net"], numbers: [1])
        table.add(["Anna", "-113.71"])
        table.addRule()
        table.add(["Both of them", "9.00"])
        #expect(
            table.text == """
                Member            Net
                ------------  -------
                Anna          -113.71
                ------------  -------
                Both of them     9.00

                """
        )
    }

    @Test func `has one line across where there is nothing to sum up`() {
        var table = TextTable(headings: ["Member", "Net"], numbers: [1])
        table.addRule()
        table.add(["All", "0.00"])
        #expect(table.text == "Member   Net\n------  ----\nAll     0.00\n")
    }

    @Test(arguments: ["Zoë", "Zoe\u{308}", "猫", "👩‍🌾a", "e\u{301}\u{302}\u{303}x", "a\u{200D}b"])
    func `gives a text the columns it takes`(name: String) {
        let columns = ["Zoë": 3, "猫": 2, "👩‍🌾a": 3, "e\u{301}\u{302}\u{303}x": 2, "a\u{200D}b": 2][name] ?? 0
        var table = TextTable(headings: ["", ""])
        table.add([name, "|"])
        let rule = table.text.split(separator: "\n").first { $0.hasPrefix("-") }
        #expect(rule.map(String.init) == String(repeating: "-", count: columns) + "  -")
    }

    @Test(arguments: ["a\u{1B}[2Jb", "a\nb", "a\r\nb", "a\u{9B}b", "a\u{202E}b", "a\u{2028}b", "a\u{0}b"])
    func `lets no text command the terminal`(name: String) {
        var table = TextTable(headings: ["Name"])
        table.add([name])
        #expect(table.text.utf8.count { $0 == 0x0A } == 3)
        #expect(
            table.text.unicodeScalars.allSatisfy {
                $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            }
        )
        #expect(table.text.utf8.firstRange(of: "\u{202E}".utf8) == nil)
        #expect(table.text.utf8.firstRange(of: "\u{FFFD}".utf8) != nil)
    }
}
