import ReferralGroup

/// What the words of the monthly return mean, with their formulas.
let legend: HTML = """
    <section id="words" class="legend"><h2>\(say: "What the words mean")</h2>
    <dl>
    \(words)<dt>\(say: "Median, quartiles")</dt><dd>\(say: "half of the members stand below the median, a quarter below the first quartile, three quarters below the other; in the drawing, the box reaches from one quartile to the other, the line in it is the median, and the dot is the chapter")</dd>
    <dt>\(say: "A seat is worth")</dt><dd>\(say: "what members gave in the last 12 months, divided by how many were active on average at the ends of the months, not on leave; an open seat costs a twelfth of it a month")</dd>
    <dt>–</dt><dd>\(say: "nothing to divide by, or private: what a member earned is theirs to show")</dd>
    <dt>\(say: "Fewer than 3")</dt><dd>\(say: "a sum of so few would tell what one of them earned")</dd>
    </dl></section>
    """

private let words = ReportShape.monthlyROI.tables.prefix(1).flatMap(\.columns).filter { !$0.meaning.isEmpty }
    .map { column -> HTML in "<dt>\(Phrase(of: column.heading))</dt><dd>\(Phrase(of: column.meaning))</dd>\n"
    }
