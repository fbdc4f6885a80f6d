/// How many digits a decimal in a body may have, before and behind the point; it has no sign.
struct DecimalShape: Sendable {
    let whole: Int
    let decimals: Int

    /// What every currency fits into; the currency and the largest amount say the rest.
    static let amount = DecimalShape(whole: 14, decimals: 4)
    static let hours = DecimalShape(whole: 4, decimals: 2)

    /// As a regular expression of ECMA-262.
    var pattern: String {
        #"^[0-9]{1,\#(whole)}(\.[0-9]{1,\#(decimals)})?$"#
    }

    func fits(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let allowed = [1...whole, 1...decimals]
        return parts.count <= 2
            && zip(parts, allowed).allSatisfy { part, range in
                range.contains(part.count)
                    && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
    }
}
