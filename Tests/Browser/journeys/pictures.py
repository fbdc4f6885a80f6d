"""Pictures of pages, for people to look at."""

# Name, path, who.
PAGES = [
    ("sign-in", "/sign-in", None),
    ("home", "/", "president"),
    ("home-of-member", "/", "member"),
    ("account", "/account", "president"),
    ("roi", "/chapters/demo/reports/roi", "president"),
    ("matrix", "/chapters/demo/reports/matrix", "president"),
    ("scorecard", "/chapters/demo/reports/scorecard", "president"),
    ("giving", "/chapters/demo/reports/giving", "president"),
]
TALLEST = 2000


def walk(walk):
    for who in dict.fromkeys(who for _, _, who in PAGES):
        for width, device in (360, walk.phone), (1280, walk.desktop):
            for scheme in "light", "dark":
                page = device(scheme=scheme)
                if who:
                    walk.sign_in(page, getattr(walk.service, who))
                for name, path, _ in (one for one in PAGES if one[2] == who):
                    with walk.check(f"{name}-{width}-{scheme}.png"):
                        walk.open(page, path)
                        take(page, walk.pictures / f"{name}-{width}-{scheme}.png")


def take(page, file):
    width, height = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)})
