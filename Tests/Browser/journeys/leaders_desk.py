"""What a leader does at a desk: a wrong file, the right one, and undo; a month closed and opened again.

On a wide screen, the second half of it without script.
"""

import datetime
import re

from playwright.sync_api import expect

HEADING = "From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail\r\n"


def walk(walk):
    service = walk.service
    desk = walk.desktop()
    walk.sign_in(desk, service.president)
    first, second = list(service.members)[:2]
    imports(walk, desk, first, second)
    months(walk, walk.sign_in(walk.desktop(script="off", scheme="dark"), service.president))


def imports(walk, desk, first, second):
    main = desk.get_by_role("main")
    with walk.step("a file is brought in from the imports"):
        walk.open(desk, "/chapters/demo/imports")
        desk.get_by_role("link", name="Bring in a file").click()
        walk.check_page(desk)
    with walk.step("a file that is none of ours is refused in words"):
        send(desk, "picture.xls", b"\x89PNG\r\n\x1a\n not a table at all")
        expect(desk.get_by_role("alert")).to_be_visible()
        walk.check_page(desk)
    with walk.step("one with a name nobody knows says so beside its row"):
        walk.open(desk, "/chapters/demo/imports/new")
        send(desk, "slips.csv", f"{HEADING}Nobody Whom We Know,{second},Referral,Inside,,,\r\n".encode())
        expect(desk.get_by_role("alert")).to_be_visible()
        expect(main).to_contain_text("Nobody Whom We Know")
        walk.check_page(desk)
    with walk.step("the right one shows what would happen, and writes nothing yet"):
        walk.open(desk, "/chapters/demo/imports/new")
        send(desk, "slips.csv", f"{HEADING}{first},{second},Referral,Inside,,,\r\n{first},{second},One to One,,,,\r\n".encode())
        expect(main).to_contain_text("Every row goes in")
        walk.check_page(desk)
    with walk.step("with a button it is in"):
        desk.get_by_role("button", name="Bring it in").click()
        walk.open(desk, "/chapters/demo/imports")
        expect(main.get_by_role("listitem").filter(has_text="slips.csv")).to_have_count(1)
        walk.check_page(desk)
    with walk.step("and with another it is taken back"):
        desk.get_by_role("link", name="Take it back").click()
        walk.check_page(desk)
        main.get_by_role("button").last.click()
        walk.open(desk, "/chapters/demo/imports")
        expect(main).to_contain_text("taken back on")


def months(walk, desk):
    main = desk.get_by_role("main")
    month = datetime.date.today().replace(day=1) - datetime.timedelta(days=1)
    name = month.strftime("%B %Y")
    with walk.step("the month that is over is closed"):
        walk.open(desk, "/chapters/demo/months")
        row = main.get_by_role("listitem").filter(has_text=name)
        row.get_by_role("button", name="Close it").click()
        walk.open(desk, "/chapters/demo/months")
        expect(main.get_by_role("listitem").filter(has_text=name)).to_contain_text("as it was")
    with walk.step("to open it again takes a reason"):
        main.get_by_role("link", name="Open again").click()
        reason = desk.get_by_label("Why it is opened again")
        reason.fill("A slip came late")
        main.get_by_role("button").last.click()
        walk.open(desk, "/chapters/demo/months")
        expect(main.get_by_role("listitem").filter(has_text=re.compile("A slip came late"))).to_have_count(1)


def send(page, name, content):
    page.get_by_label("Meeting of the slips").fill(last_wednesday())
    page.get_by_label("The file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Show what would happen").click()


def last_wednesday():
    """The day of a meeting that was held, some weeks ago."""
    today = datetime.date.today()
    return (today - datetime.timedelta(days=(today.weekday() - 2) % 7 + 21)).isoformat()
