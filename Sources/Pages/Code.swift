/// A text as a code for phones, drawn; `modules` are its rows, true where it is dark.
func code(_ modules: [[Bool]], label: Phrase) -> HTML {
    let size = modules.count + 8
    var path = ""
    for (row, line) in modules.enumerated() {
        for (column, isDark) in line.enumerated() where isDark {
            path += "M\(column + 4) \(row + 4)h1v1h-1z"
        }
    }
    return """
        <svg class="code" viewBox="0 0 \(size) \(size)" role="img" aria-label="\(say: label)" shape-rendering="crispEdges"><path class="ground" d="M0 0h\(size)v\(size)H0z"/><path class="modules" d="\(path)"/></svg>
        """
}
