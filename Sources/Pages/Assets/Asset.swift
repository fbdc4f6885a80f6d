/// A file that every page may ask for.
package struct Asset: Sendable {
    package let name: String
    package let type: String
    package let text: String

    package static let all = [
        Asset(name: "chapterhouse.css", type: "text/css; charset=utf-8", text: styleSheet),
        Asset(name: "chapterhouse.js", type: "text/javascript; charset=utf-8", text: script),
        Asset(name: "chapterhouse.svg", type: "image/svg+xml; charset=utf-8", text: sign),
    ]
}

/// A house whose roof is two hands that meet.
private let sign = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="8" fill="#1f5f5b"/>
    <path d="M5 17 16 7l11 10" fill="none" stroke="#f4c95d" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>
    <path d="M9 18v7h5v-5h4v5h5v-7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linejoin="round"/>
    </svg>

    """
