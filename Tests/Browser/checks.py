"""What is asked of every page, whichever it is."""

import pathlib

from axe_playwright_python.sync_playwright import Axe

HERE = pathlib.Path(__file__).resolve().parent
LAYOUT = (HERE / "layout.js").read_text()
FOCUS = (HERE / "focus.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
MOST_OF_A_RULE = 6
# A page with more stops than this is asked about the first of them.
MOST_STOPS = 250


def axe_findings(page):
    """A line for each element that axe-core finds fault with: the rule, how bad, where, and why."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    lines = []
    for rule in found.response["violations"]:
        for node in rule["nodes"][:MOST_OF_A_RULE]:
            reasons = [one["message"] for kind in ("any", "all", "none") for one in node[kind]]
            place = " ".join(map(str, node["target"]))
            lines.append(f"axe {rule['id']} ({rule['impact']}) at {place}: {reasons[0] if reasons else rule['help']}")
        if len(rule["nodes"]) > MOST_OF_A_RULE:
            lines.append(f"axe {rule['id']}: and {len(rule['nodes']) - MOST_OF_A_RULE} more")
    return lines


def layout_findings(page):
    return page.evaluate(LAYOUT)


def focus_findings(page):
    """What the tab key misses, meets in another order, or reaches without showing it."""
    wanted = page.evaluate(f"({FOCUS}).prepare()")[:MOST_STOPS]
    reached, findings = [], []
    # A round more than there are stops: what takes the focus twice or besides shows by then.
    for _ in range(len(wanted) + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate(f"({FOCUS}).look()")
        if stop is None or stop["name"] in reached:
            break
        findings += stop["findings"]
        if not stop["isScroller"]:
            reached.append(stop["name"])
        if len(reached) == MOST_STOPS:
            break
    missed = [name for name in wanted if name not in reached]
    findings += [f"the tab key does not reach {name}" for name in missed]
    order = [name for name in wanted if name in reached]
    for before, after in zip(order, [name for name in reached if name in order]):
        if before != after:
            findings.append(f"the tab key comes to {after} where {before} is next on the page")
            break
    findings += [f"the tab key stops at {name}, which nobody can use" for name in reached if name not in wanted]
    return findings
