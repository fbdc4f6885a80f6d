/// In whose words somebody who imports is told what to do about a name: what works at one door does not at another.
package enum ImportAdvice: Sendable {
    /// Options of a command, and questions at its terminal.
    case shell
    /// Fields of a request.
    case request

    /// How to say that somebody is a former member.
    func former(_ name: String) -> String {
        switch self {
        case .shell: "--former \"\(name)\""
        case .request: "former=“\(name)”"
        }
    }

    /// How to say which of several is meant.
    var whichIsMeant: String {
        switch self {
        case .shell: "answer at the terminal which one is meant"
        case .request: "bring it in at the operator's shell, which asks who is meant and remembers it"
        }
    }
}
