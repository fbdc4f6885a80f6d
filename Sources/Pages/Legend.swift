/// What the words of the monthly return mean, with their formulas.
let legend: HTML = """
    <section id="words" class="legend"><h2>What the words mean</h2>
    <dl>
    <dt>Dues</dt><dd>the membership fee, shared out over the days of membership</dd>
    <dt>Fees</dt><dd>the meeting fee, for every meeting or only those attended, as the chapter decided</dd>
    <dt>Spent</dt><dd>money that activities and one-to-ones cost</dd>
    <dt>Hours</dt><dd>meetings marked present or late, one-to-ones, activities and education</dd>
    <dt>Time</dt><dd>hours × the value of an hour, the member’s own or else the chapter’s</dd>
    <dt>Cost</dt><dd>dues + fees + spent + time</dd>
    <dt>Received</dt><dd>closed business the member earned</dd>
    <dt>Profit</dt><dd>received × the member’s margin</dd>
    <dt>Given</dt><dd>closed business for which others thanked the member</dd>
    <dt>Net</dt><dd>profit − cost</dd>
    <dt>ROI</dt><dd>return on cost: net / cost; 100% means that the cost came back twice</dd>
    <dt>ROT</dt><dd>return on time: profit / hours, money for an hour</dd>
    <dt>Paid back</dt><dd>the first month at whose end the net since joining was not below zero</dd>
    <dt>Median, quartiles</dt><dd>half of the members stand below the median, a quarter below the first quartile, three quarters below the other; in the drawing, the box reaches from one quartile to the other, the line in it is the median, and the dot is the chapter</dd>
    <dt>A seat is worth</dt><dd>what members gave in the last 12 months, divided by how many they were on average; an open seat costs a twelfth of it a month</dd>
    <dt>–</dt><dd>nothing to divide by, or private: what a member earned is theirs to show</dd>
    <dt>Fewer than 3</dt><dd>a sum of so few would tell what one of them earned</dd>
    </dl></section>
    """
