"""The three scorecards of the domain page (§6 and Exactly, 19), recomputed."""

from fractions import Fraction

from domain import THERE, name_order, ratio, shown


def from_on(*steps):
    return [(lambda value, bound=Fraction(bound): value >= bound, points) for bound, points in steps]


def above(bound, points):
    return [(lambda value: value > Fraction(bound), points)]


def up_to(*steps):
    return [(lambda value, bound=bound: value <= bound, points) for bound, points in steps]


FIVE = from_on((1, 20), ("3/4", 15), ("1/2", 10), ("1/4", 5))
EUROS_2025 = above(0, 1) + from_on((20_000, 2), (50_000, 3), (150_000, 4), (300_000, 5))
# Name, what is counted, per what, and its steps; None where they depend on the currency.
CARDS = {
    "weekly-five": [
        ("Attendance", "attended", "week", FIVE), ("Referrals", "referrals", "week", FIVE), ("One-to-ones", "one_to_ones", "week", FIVE),
        ("Education", "education", "week", FIVE), ("Visitors", "visitors", "month", FIVE),
    ],
    "lights-2025": [
        ("Attendance", "attended", "held", from_on(("95/100", 10), ("88/100", 5))),
        ("One-to-ones", "one_to_ones", "week", FIVE),
        ("Referrals", "referrals", "week", from_on(("5/4", 25), (1, 20), ("3/4", 15), ("1/2", 10), ("1/4", 5))),
        ("Visitors", "visitors", "window", from_on((5, 25), (4, 20), (3, 15), (2, 10), (1, 5))),
        ("Thanked for", "thanked_for", "window", None),
        ("Education", "education", "week", above("1/2", 10) + above(0, 5)),
        ("Sponsored new members", "sponsored", "window", from_on((1, 5))),
    ],
    "lights-2012": [
        ("Absences", "absent", "window", up_to((0, 15), (1, 10), (2, 5))),
        ("Referrals", "referrals", "week", from_on(("6/5", 20), (1, 15), ("3/4", 10), ("1/2", 5))),
        ("Thanked for", "thanked_for", "window", from_on((5000, 15), (2500, 10), (1000, 5))),
        ("Visitors", "visitors", "week", from_on(("1/2", 20), ("1/4", 15), ("1/6", 10), ("1/12", 5))),
        ("Testimonials", "testimonials", "week", from_on(("3/40", 10)) + above(0, 5)),
        ("Never late", "late", "window", up_to((0, 5))),
        ("Trainings", "trainings", "window", from_on((3, 15), (2, 10), (1, 5))),
    ],
}


def scorecard(figures, first, last, scheme):
    """Rows of members by score, and rows of their parts by name."""
    through = min(last, figures.as_of)
    counted = figures.counted(first, last)
    rows, parts = [], []
    for member in sorted(figures.chapter.memberships, key=name_order):
        if member.joined > through or (member.ended or through) < first:
            continue
        row = counted[member.id]
        weeks = len({
            meeting.day.isocalendar()[:2] for meeting in figures.meetings
            if first <= meeting.day <= last and figures.is_held(meeting, member) and member.id in meeting.marks
        })
        weeks = min(weeks, 26)
        did = {
            "attended": sum(row[mark] for mark in THERE), "absent": row["absent"], "late": row["late"],
            "referrals": row["referrals_given_inside"] + row["referrals_given_outside"], "one_to_ones": row["one_to_ones"],
            "visitors": row["visitors"], "education": row["education"], "testimonials": row["testimonials"],
            "thanked_for": row["thanked_for"] / 10**figures.decimals,
            "trainings": sum(
                meeting.kind == "training" and first <= meeting.day <= last and member.has(meeting.day)
                and meeting.marks.get(member.id) in ("present", "late") for meeting in figures.meetings
            ),
            "sponsored": sum(one.sponsor == member.id and first <= one.joined <= through for one in figures.chapter.memberships),
        }
        bases = {"week": Fraction(weeks), "month": Fraction(weeks * 12, 52), "held": row["held"], "window": Fraction(1)}
        card = [part(name, Fraction(did[metric]), metric, per, bases[per], steps, figures) for name, metric, per, steps in CARDS[scheme]]
        score = sum(one["points"] for one in card) if weeks else None
        cheapest = min(
            (one for one in card if one["next_needs"] is not None and weeks),
            key=lambda one: (one["next_needs"], -one["next_points"]), default=None,
        )
        about = {"member": {"id": member.id, "name": member.name}}
        rows.append(about | {
            "score": score,
            "colour": "grey" if score is None or score < 30 else "red" if score < 50 else "yellow" if score < 70 else "green",
            "weeks": weeks, "next_part": cheapest and cheapest["part"], "next_needs": cheapest and cheapest["next_needs"],
            "next_points": cheapest and cheapest["next_points"],
        })
        parts += [about | one for one in card]
    rows.sort(key=lambda row: -1 if row["score"] is None else row["score"], reverse=True)
    return {"members": rows, "parts": parts}


def part(name, amount, metric, per, base, steps, figures):
    note = None
    if steps is None:
        steps = EUROS_2025 if figures.chapter.currency == "EUR" else []
        note = None if steps else "there are no bands of money for the chapter’s currency"

    def earned(amount, base):
        value = ratio(amount, base)
        return max((points for reaches, points in steps if value is not None and reaches(value)), default=0)

    points, most = earned(amount, base), max((points for _, points in steps), default=0)
    following = min((step for _, step in steps if step > points), default=None)
    needs = None
    if following is not None and base and metric not in ("absent", "late"):
        if metric == "thanked_for":
            needs = 1
        else:
            needs = next(more for more in range(1, 2000) if earned(amount + more, base + (more if per == "held" else 0)) >= following)
    return {
        "part": name, "counted": shown(amount, figures.decimals if metric == "thanked_for" else 2), "base": shown(base, 2), "value": shown(ratio(amount, base), 4), "points": points,
        "most": most, "next_needs": needs, "next_points": None if needs is None else following - points, "note": note,
    }
