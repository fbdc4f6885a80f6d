import ReferralGroup

/// What shows the service that a form stood on one of its own pages.
package struct FormToken: Sendable {
    package let text: String
    /// What makes a form that is sent twice count once.
    package let once: String

    package init(_ text: String, once: String = "") {
        self.text = text
        self.once = once
    }

    var field: HTML {
        let once: HTML = once.isEmpty ? .none : "<input type=\"hidden\" name=\"once\" value=\"\(once)\">"
        return "<input type=\"hidden\" name=\"form_token\" value=\"\(text)\">\(once)"
    }
}

/// What somebody has written into a form, and what is wrong with it.
package struct Filled: Sendable {
    fileprivate let values: [String: String]
    /// What to mend, by the field; under no name what concerns the whole form.
    fileprivate let faults: [String: Phrase]

    package init(_ values: [String: String] = [:], faults: [String: Phrase] = [:]) {
        self.values = values
        self.faults = faults
    }

    /// A form that nobody has sent yet.
    package static let blank = Filled()

    var isRefused: Bool {
        !faults.isEmpty
    }

    package subscript(name: String) -> String {
        values[name] ?? ""
    }

    /// What is wrong, before the form: read out at once, and a way to each field.
    func summary(naming labels: [(name: String, label: Phrase)]) -> HTML {
        guard !faults.isEmpty else { return .none }
        let known = labels.compactMap { field in
            faults[field.name].map { fault -> HTML in
                "<li><a href=\"#\(field.name)\">\(say: field.label)</a>: \(say: fault)</li>\n"
            }
        }
        let others = faults.filter { fault in !labels.contains { $0.name == fault.key } }
            .sorted { $0.key < $1.key }.map { fault -> HTML in "<li>\(say: fault.value)</li>\n" }
        return """
            <div class="alert" role="alert" tabindex="-1" id="faults"><p><b>\(say: "Nothing was kept yet.")</b></p><ul>
            \(known)\(others)</ul></div>

            """
    }

    fileprivate func fault(of name: String) -> (attributes: HTML, note: HTML) {
        guard let fault = faults[name] else { return (.none, .none) }
        return (
            " aria-invalid=\"true\" aria-describedby=\"\(name)-fault\"",
            "<p class=\"fault\" id=\"\(name)-fault\">\(say: fault)</p>\n"
        )
    }
}

/// A field of a form: its label, its control, and what is wrong with what was written.
struct Field {
    let name: String
    let label: Phrase
    private let control: (_ value: String, _ attributes: HTML) -> HTML
    private let hint: Phrase?
    /// What stands in it before anybody writes.
    private let preset: String

    private init(
        _ name: String,
        _ label: Phrase,
        hint: Phrase?,
        preset: String,
        control: @escaping (String, HTML) -> HTML
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.preset = preset
        self.control = control
    }

    /// One line; `extra` are further attributes.
    static func line(
        _ name: String,
        _ label: Phrase,
        type: String = "text",
        preset: String = "",
        hint: Phrase? = nil,
        isRequired: Bool = false,
        extra: HTML = .none
    ) -> Field {
        Field(name, label, hint: hint, preset: preset) { value, attributes in
            "<input id=\"\(name)\" name=\"\(name)\" type=\"\(type)\" value=\"\(value)\"\(isRequired ? " required" : .none)\(extra)\(attributes)>"
        }
    }

    /// Somebody: a name that is completed from the members of the page while it is typed.
    static func person(_ name: String, _ label: Phrase, hint: Phrase? = nil) -> Field {
        line(name, label, hint: hint, extra: " list=\"members\" autocomplete=\"off\"")
    }

    static func hidden(_ name: String, _ value: String) -> Field {
        var field = Field(name, "", hint: nil, preset: value) { value, _ in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        field.isHidden = true
        return field
    }

    static func day(
        _ name: String,
        _ label: Phrase,
        preset: LocalDate? = nil,
        isRequired: Bool = false
    ) -> Field {
        line(name, label, type: "date", preset: preset?.description ?? "", isRequired: isRequired)
    }

    /// A whole number, with the keys of a telephone.
    static func number(
        _ name: String,
        _ label: Phrase,
        _ range: ClosedRange<Int>,
        preset: Int? = nil,
        hint: Phrase? = nil
    ) -> Field {
        line(
            name,
            label,
            type: "number",
            preset: preset.map { "\($0)" } ?? "",
            hint: hint,
            extra: " min=\"\(range.lowerBound)\" max=\"\(range.upperBound)\" inputmode=\"numeric\""
        )
    }

    /// An amount of money; people write points or commas.
    static func amount(
        _ name: String,
        _ label: Phrase,
        in currency: Currency,
        hint: Phrase? = nil,
        isRequired: Bool = false
    )
        -> Field
    {
        line(
            name,
            "\(label), in \(currency)",
            hint: hint,
            isRequired: isRequired,
            extra: " inputmode=\"decimal\" autocomplete=\"off\""
        )
    }

    static func text(_ name: String, _ label: Phrase, hint: Phrase? = nil) -> Field {
        Field(name, label, hint: hint, preset: "") { value, attributes in
            "<textarea id=\"\(name)\" name=\"\(name)\" rows=\"4\"\(attributes)>\(value)</textarea>"
        }
    }

    /// One of a list, from a list that opens.
    static func choice(
        _ name: String,
        _ label: Phrase,
        of choices: [Choice],
        preset: String = "",
        hint: Phrase? = nil,
        isRequired: Bool = false
    ) -> Field {
        Field(name, label, hint: hint, preset: preset) { value, attributes in
            let options = choices.map { choice -> HTML in
                "<option value=\"\(choice.value)\"\(choice.value == value ? " selected" : .none)>\(choice.name)</option>\n"
            }
            return
                "<select id=\"\(name)\" name=\"\(name)\"\(isRequired ? " required" : .none)\(attributes)>\n\(options)</select>"
        }
    }

    /// One of a few, all in sight.
    static func few(_ name: String, _ label: Phrase, of choices: [Choice], preset: String = "") -> Field {
        var field = Field(name, label, hint: nil, preset: preset) { value, attributes in
            let options = choices.enumerated().map { place, choice -> HTML in
                """
                <label class="few"><input type="radio" name="\(name)" value="\(choice.value)"\
                \(place == 0 ? " id=\"\(name)\"" : .none)\(choice.value == value ? " checked" : .none)\(attributes)> <span>\(choice.name)</span></label>

                """
            }
            return "\(options)"
        }
        field.isGroup = true
        return field
    }

    static func tick(_ name: String, _ label: Phrase, hint: Phrase? = nil) -> Field {
        var field = Field(name, label, hint: hint, preset: "") { value, attributes in
            "<input id=\"\(name)\" name=\"\(name)\" type=\"checkbox\" value=\"true\"\(value == "true" ? " checked" : .none)\(attributes)>"
        }
        field.isTick = true
        return field
    }

    private var isGroup = false
    private var isTick = false
    private var isHidden = false

    func html(in filled: Filled) -> HTML {
        let (attributes, note) = filled.fault(of: name)
        // A box that was not ticked is not sent: what was refused says all there is to say.
        let value = filled.values[name] ?? (filled.isRefused ? "" : preset)
        let hint = hint.map { hint -> HTML in "<p class=\"hint\">\(say: hint)</p>\n" } ?? .none
        if isHidden { return control(value, attributes) }
        if isGroup {
            return
                "<fieldset><legend>\(say: label)</legend>\n\(control(value, attributes))\(hint)\(note)</fieldset>\n"
        }
        if isTick {
            return
                "<p class=\"tick\"><label>\(control(value, attributes)) \(say: label)</label></p>\n\(hint)\(note)"
        }
        return "<label for=\"\(name)\">\(say: label)</label>\n\(control(value, attributes))\n\(hint)\(note)"
    }
}

/// Something to choose: what is sent, and what is read.
struct Choice {
    let value: String
    let name: HTML

    init(_ value: some CustomStringConvertible, _ name: HTML) {
        self.value = value.description
        self.name = name
    }
}

/// A form that is posted, with what is wrong above it and one button below.
func form(
    to address: HTML,
    _ fields: [Field],
    _ filled: Filled,
    button: Phrase,
    more: [Field] = [],
    formToken: FormToken
) -> HTML {
    let folded: HTML =
        more.isEmpty
        ? .none
        : """
        <details class="more"><summary>\(say: "More")</summary>
        \(more.map { $0.html(in: filled) })</details>

        """
    return """
        <form class="entry" method="post" action="\(address)">
        \(formToken.field)
        \(filled.summary(naming: (fields + more).map { ($0.name, $0.label) }))\(fields.map { $0.html(in: filled) })\(folded)\
        <p class="send"><button>\(say: button)</button></p>
        </form>

        """
}

/// One thing a button does.
func action(
    _ address: HTML,
    _ button: Phrase,
    _ formToken: FormToken,
    style: HTML = " class=\"quiet\"",
    fields: HTML = .none
)
    -> HTML
{
    "<form method=\"post\" action=\"\(address)\">\(formToken.field)\(fields)<button\(style)>\(say: button)</button></form>"
}

/// Phrases as a list in a sentence.
func listed(_ phrases: [Phrase], apart separator: HTML = ", ") -> HTML {
    joined(phrases.map { "\(say: $0)" }, separator)
}

func joined(_ parts: [HTML], _ separator: HTML) -> HTML {
    "\(parts.enumerated().map { place, part -> HTML in place == 0 ? part : "\(separator)\(part)" })"
}

/// What a field is told by whose form was refused.
func described(by problem: Phrase?) -> HTML {
    problem == nil ? .none : " aria-invalid=\"true\" aria-describedby=\"problem\""
}

func alert(_ problem: Phrase?) -> HTML {
    problem.map { "<p class=\"alert\" role=\"alert\" id=\"problem\">\(say: $0)</p>" } ?? .none
}

/// What there is to say where a list has nothing: why, and what to do about it.
func nothing(_ sentence: Phrase, _ next: HTML = .none) -> HTML {
    "<div class=\"empty\"><p>\(say: sentence)</p>\(next)</div>\n"
}
