import ReferralGroup

/// What the words of the monthly return mean, with their formulas.
let legend: HTML = """
    <section id="words" class="legend"><h2>What the words mean</h2>
    <dl>
    \(words)<dt>Median, quartiles</dt><dd>half of the members stand below the median, a quarter below the first quartile, three quarters below the other; in the drawing, the box reaches from one quartile to the other, the line in it is the median, and the dot is the chapter</dd>
    <dt>A seat is worth</dt><dd>what members gave in the last 12 months, divided by how many were active on average at the ends of the months, not on leave; an open seat costs a twelfth of it a month</dd>
    <dt>–</dt><dd>nothing to divide by, or private: what a member earned is theirs to show</dd>
    <dt>Fewer than 3</dt><dd>a sum of so few would tell what one of them earned</dd>
    </dl></section>
    """

private let words = ReportShape.monthlyROI.tables.prefix(1).flatMap(\.columns).filter { !$0.meaning.isEmpty }
    .map { column -> HTML in "<dt>\(column.heading)</dt><dd>\(column.meaning)</dd>\n" }
