import Exchange
import ReferralGroup

extension Fuzzed {
    static let figures = [
        Fuzzed("money") { bytes in
            for code in ["EUR", "JPY", "BHD", "CLF"] {
                guard let currency = Currency(code) else { throw Broken(description: "no currency \(code)") }
                for money in [Money(bytes.asText, in: currency), Money(written: bytes.asText, in: currency)] {
                    guard let money else { continue }
                    try hold(Money(money.amount, in: currency) == money, "\(money.amount) \(code) is another")
                }
            }
        },
        Fuzzed("decimal") { bytes in
            try goesRound(ExactDecimal.self, bytes.asText)
            if let number = ExactDecimal(bytes.asText) {
                _ = number.minorUnits(digits: 4)
                let sum = number.adding(number)?.subtracting(number)
                try hold(sum == nil || sum == number, "\(number) and itself less itself is another")
                _ = number.figure.description
            }
            if let figure = Figure(bytes.asText) {
                try hold(Figure(figure.description) == figure, "figure \(figure) is another")
                _ = figure.percent
            }
            if let part = Figure(percent: bytes.asText) {
                try hold(
                    Figure(percent: part.percent)?.approximately == part.approximately,
                    "\(part.percent)"
                )
            }
        },
        Fuzzed("times") { bytes in
            let text = bytes.asText
            try goesRound(LocalDate.self, text)
            try goesRound(LocalTime.self, text)
            try goesRound(Month.self, text)
            try goesRound(Instant.self, text)
            if let date = LocalDate(text) {
                try hold(date.description.utf8.elementsEqual(text.utf8), "\(text) is written \(date)")
                try hold(
                    date.month.firstDay <= date && date <= date.month.lastDay,
                    "\(date) is outside its month"
                )
            }
            // Numbers as the database may have them.
            var number: Int64 = 0
            for byte in bytes.prefix(8) { number = number << 8 | Int64(byte) }
            let instant = Instant(microsecondsSinceEpoch: number).description
            try hold(
                Instant(instant).map { $0.microsecondsSinceEpoch == number } ?? true,
                "\(number) is \(instant)"
            )
            let day = LocalDate(daysSinceEpoch: 0).advanced(by: Int(number))
            try hold(LocalDate(day.description) == day, "\(day) is another")
            try hold(Month(day.month.advanced(by: Int(number)).description) != nil, "no month")
        },
    ]
}
