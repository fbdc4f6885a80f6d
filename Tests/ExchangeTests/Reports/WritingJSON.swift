import Testing

@testable import Exchange

@Suite struct `Writing JSON` {
    @Test func `parts members and elements by commas, and nothing else`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", 1)
            writer.key("b")
            writer.array { writer in
                writer.string("x")
                writer.null()
                writer.object { _ in }
                writer.array { $0.bool(true) }
            }
            writer.member("c", nil)
        }
        #expect(writer.text == #"{"a":1,"b":["x",null,{},[true]],"c":null}"#)
    }

    @Test(arguments: [
        ("a\"b\\c", #""a\"b\\c""#), ("\u{0}\n\r\t\u{1F}", #""\u0000\u000a\u000d\u0009\u001f""#),
        ("\"\u{301}", "\"\\\"\u{301}\""), ("Zoë 猫 👩‍🌾", "\"Zoë 猫 👩‍🌾\""), ("</script>", "\"</script>\""),
    ])
    func `escapes by bytes`(text: String, written: String) {
        var writer = JSONWriter()
        writer.string(text)
        #expect(writer.bytes == Array(written.utf8))
    }
}
