"""Pictures of pages, for people to look at."""

# Name, path, who: the most used, as docs/pages.md shows them.
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
]
DARK = {"home", "meeting"}
TALLEST = 1400


def walk(walk):
    for who in dict.fromkeys(who for _, _, who in PAGES):
        for width, scheme, device in (360, "light", walk.phone), (1280, "light", walk.desktop), (360, "dark", walk.phone):
            page = device(scheme=scheme)
            if who:
                walk.sign_in(page, getattr(walk.service, who))
            for name, path, _ in (one for one in PAGES if one[2] == who and (scheme == "light" or one[0] in DARK)):
                with walk.check(f"{name}-{width}-{scheme}.png"):
                    walk.open(page, path)
                    take(page, walk.pictures / f"{name}-{width}-{scheme}.png")


def take(page, file):
    """The page on a screen as tall as it is, up to a bound: what sticks to the lower edge then stands below."""
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
    page.screenshot(path=file)
    page.set_viewport_size(size)
