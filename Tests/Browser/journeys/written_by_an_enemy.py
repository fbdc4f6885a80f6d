"""What an enemy wrote into every record is text, and no browser does what it says.

The last walk of all: nothing of the demo's words is left after it.
"""

import re
import subprocess
from pathlib import Path

FILL = Path(__file__).resolve().parents[2] / "Injection" / "fill.sql"
TEXT = "\"'><img src=x onerror=document.title='owned'><svg/onload=\"document.title='owned'\"></script><script>document.title='owned'</script>"
PAGES = [
    "", "/meetings", "/meetings/next", "/members", "/seats", "/postings?kind=need", "/visitors", "/applications", "/offices", "/dues", "/months",
    "/imports", "/policy", "/audit", "/reports", "/reports/roi", "/reports/matrix", "/reports/giving", "/log/referral",
]


def walk(walk):
    service = walk.service
    page = walk.sign_in(walk.phone(), service.president)
    fill = f"SELECT set_config('test.text', $text${TEXT}$text$, false);\n{FILL.read_text()}"
    subprocess.run(
        ["psql", "-h", f"{service.home}/socket", "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "chapterhouse"],
        input=fill, check=True, capture_output=True, text=True,
    )
    with walk.step("it stands on the roster, as text"):
        walk.open(page, "/chapters/demo/members")
        assert page.get_by_role("main").get_by_text(re.compile("onerror=document.title")).count() > 10
    for path in PAGES:
        with walk.check(f"{path or '/'} shows it, and nothing happens"):
            walk.open(page, f"/chapters/demo{path}")
            assert page.title() != "owned"
            assert page.locator("img[src=x], svg[onload], main script").count() == 0
            # Chromium tells in the console what the content security policy refused.
            assert not walk.complaints[page], walk.complaints[page]
