"""What a leader does at a desk: a wrong file, the right one, and undo; a month closed and opened again."""

import datetime

from playwright.sync_api import expect

IN_EVERY_MANNER = True
HEADING = "From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail\r\n"


def walk(walk):
    service = walk.service
    desk = walk.sign_in(walk.traveller(), service.president)
    first, second = list(service.members)[:2]
    imports(walk, desk, first, second)
    months(walk, desk)


def imports(walk, desk, first, second):
    main = desk.get_by_role("main")
    with walk.step("a file is brought in from the imports"):
        walk.open(desk, "/chapters/demo/imports")
        walk.hands.press(desk.get_by_role("link", name="Bring in a file"))
        walk.check_page(desk)
    with walk.step("a file that is none of ours is refused in words"):
        send(walk, desk, "picture.xls", b"\x89PNG\r\n\x1a\n not a table at all")
        expect(desk.get_by_role("alert")).to_be_visible()
        walk.check_page(desk)
    with walk.step("one with a name nobody knows says so beside its row"):
        walk.open(desk, "/chapters/demo/imports/new")
        send(walk, desk, "slips.csv", f"{HEADING}Nobody Whom We Know,{second},Referral,Inside,,,\r\n".encode())
        expect(desk.get_by_role("alert")).to_be_visible()
        expect(main).to_contain_text("Nobody Whom We Know")
        walk.check_page(desk)
    with walk.step("the right one shows what would happen, and writes nothing yet"):
        walk.open(desk, "/chapters/demo/imports/new")
        send(walk, desk, f"slips-{walk.number}.csv", f"{HEADING}{first},{second},Referral,Inside,,,\r\n{first},{second},One to One,,,,\r\n".encode())
        expect(main).to_contain_text("Every row goes in")
        walk.check_page(desk)
    with walk.step("with a button it is in"):
        walk.hands.press(desk.get_by_role("button", name="Bring it in"))
        walk.open(desk, "/chapters/demo/imports")
        expect(main.get_by_role("listitem").filter(has_text=f"slips-{walk.number}.csv")).to_have_count(1)
        walk.check_page(desk)
    with walk.step("and with another it is taken back"):
        walk.hands.press(desk.get_by_role("link", name="Take it back"))
        walk.check_page(desk)
        walk.hands.press(main.get_by_role("button").last)
        walk.open(desk, "/chapters/demo/imports")
        expect(main).to_contain_text("taken back on")


def months(walk, desk):
    main = desk.get_by_role("main")
    month = datetime.date.today().replace(day=1) - datetime.timedelta(days=1)
    name = month.strftime("%B %Y")
    with walk.step("the month that is over is closed"):
        walk.open(desk, "/chapters/demo/months")
        # The newest first: an earlier walk has closed it and opened it again.
        row = main.get_by_role("listitem").filter(has_text=name).first
        walk.hands.press(row.get_by_role("button", name="Close it"))
        walk.open(desk, "/chapters/demo/months")
        expect(row).to_contain_text("as it was")
    with walk.step("to open it again takes a reason"):
        walk.hands.press(main.get_by_role("link", name="Open again"))
        reason = desk.get_by_label("Why it is opened again")
        walk.hands.write(reason, f"A slip came late, {walk.number}")
        walk.hands.press(main.get_by_role("button").last)
        walk.open(desk, "/chapters/demo/months")
        expect(main.get_by_role("listitem").filter(has_text=f"A slip came late, {walk.number}")).to_have_count(1)


def send(walk, page, name, content):
    walk.hands.write(page.get_by_label("Meeting of the slips"), last_wednesday())
    page.get_by_label("The file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    walk.hands.press(page.get_by_role("button", name="Show what would happen"))


def last_wednesday():
    """The day of a meeting that was held, some weeks ago."""
    today = datetime.date.today()
    return (today - datetime.timedelta(days=(today.weekday() - 2) % 7 + 21)).isoformat()
