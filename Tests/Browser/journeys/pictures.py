"""Pictures of pages, for people to look at."""

import pathlib

from journeys import operators
from service import REGION

# A region shows no figures of fewer than three chapters: those of four exports stand beside the demo's.
EXPORTS = pathlib.Path(__file__).resolve().parents[2] / "Exports"
# Name, path, who: the most used, as docs/pages.md shows them, and what directors and operators see.
PAGES = [
    ("sign-in", "/sign-in", None),
    ("home", "/chapters/demo", "member"),
    ("meeting", "/chapters/demo/meetings/next", "president"),
    ("referral", "/chapters/demo/log/referral", "member"),
    ("thanks", "/chapters/demo/log/thanks", "member"),
    ("chapter", "/chapters/demo/about", "president"),
    ("members", "/chapters/demo/members", "president"),
    ("reports", "/chapters/demo/reports", "president"),
    ("return", "/chapters/demo/reports/roi", "president"),
    ("scorecard", "/chapters/demo/reports/scorecard", "president"),
    ("region", "/regions/harbour-side/reports/region?month=2025-08", "director"),
    ("operator", "/operator/chapters", "operator"),
    ("jobs", "/operator/jobs", "operator"),
]
DARK = {"home", "meeting"}
TALLEST = 1400


def walk(walk):
    prepare(walk.service)
    for who in dict.fromkeys(who for _, _, who in PAGES):
        for width, scheme, device in (360, "light", walk.phone), (1280, "light", walk.desktop), (360, "dark", walk.phone):
            wanted = [one for one in PAGES if one[2] == who and (scheme == "light" or one[0] in DARK)]
            if not wanted:
                continue
            page = device(scheme=scheme)
            if who == "operator":
                # The codes of a second factor are good once: each device is somebody else's.
                operators.invite(walk, page, f"olga{width}@demo.invalid")
                operators.set_up(walk, page, walk.hands)
            elif who:
                walk.sign_in(page, getattr(walk.service, who))
            for name, path, _ in wanted:
                with walk.check(f"{name}-{width}-{scheme}.png"):
                    walk.open(page, path)
                    take(page, walk.pictures / f"{name}-{width}-{scheme}.png")


def prepare(service):
    for export in sorted(EXPORTS.glob("*/Chapter_Summary_PALMS_Report.xls")):
        slug = export.parent.name
        service.tell("chapter", "create", slug, "--name", slug.replace("-", " ").title(), "--time-zone", "Europe/Berlin",
                     "--currency", "EUR", "--weekday", "wednesday", "--at", "07:00")
        service.tell("import", "palms", slug, str(export), "--from", "2025-02-25", "--to", "2025-08-25")
        service.tell("region", "add", REGION, slug)


def take(page, file):
    """The page on a screen as tall as it is, up to a bound: what sticks to the lower edge then stands below."""
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
    page.screenshot(path=file)
    page.set_viewport_size(size)
