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

    @Test(arguments: ["Zoë", "Zoe\u{308}", "猫", "👩‍🌾a", "e\u{301}\u{302}\u{303}x"])
    func `gives a text the columns it takes`(name: String) {
        let columns = ["Zoë": 3, "猫": 2, "👩‍🌾a": 3, "e\u{301}\u{302}\u{303}x": 2][name] ?? 0
        var table = TextTable(headings: ["", ""])
        table.add([name, "|"])
        let rule = table.text.split(separator: "\n").first { $0.hasPrefix("-") }
        #expect(rule.map(String.init) == String(repeating: "-", count: columns) + "  -")
    }
}
