"""An office is handed over at midnight, with nobody's help."""

import datetime
import re
import zoneinfo

from playwright.sync_api import expect

IN_EVERY_MANNER = True
HOME = zoneinfo.ZoneInfo("Europe/Berlin")
ROLE = "secretary-treasurer"


def walk(walk):
    service, hands, number = walk.service, walk.hands, walk.number
    # Each walk goes on from where the one before it left the office: some days later, with the next in line.
    line = [service.officers[ROLE], *service.plain_members]
    leaves, follows = line[number], line[number + 1]
    name = next(one for one, email in service.members.items() if email == follows)
    today = datetime.datetime.now(HOME).date() + datetime.timedelta(days=10 * number)
    tomorrow = today + datetime.timedelta(days=1)
    president, old, new = (walk.traveller() for _ in range(3))
    walk.sign_in(president, service.president)
    walk.sign_in(new, follows)
    walk.open(president, "/chapters/demo/meetings/next")
    sheet = president.url
    service.set_clock(datetime.datetime.combine(today, datetime.time(23, 40), HOME))
    try:
        with walk.step("in the evening the president lets the term end, and another begin on the next day"):
            walk.open(president, "/chapters/demo/offices")
            hands.press(term(president).get_by_role("link", name="End"))
            hands.write(president.get_by_label("Last day"), today.isoformat())
            walk.check_page(president)
            hands.press(president.get_by_role("button", name="End the term"))
            hands.press(president.get_by_role("link", name="Appoint somebody").last)
            hands.choose(president.get_by_label("Office"), ROLE)
            hands.choose(president.get_by_label("Member"), membership(president, name))
            hands.write(president.get_by_label("First day"), tomorrow.isoformat())
            hands.press(president.get_by_role("button", name="Appoint"))
            expect(president.get_by_role("heading", name="To come")).to_be_visible()
            walk.check_page(president)
        walk.sign_in(old, leaves)
        with walk.step("until midnight the old one keeps the sheet, and the new one does not"):
            walk.open(old, sheet)
            expect(marks(old).first).to_be_attached()
            walk.open(new, sheet)
            expect(marks(new)).to_have_count(0)
        service.set_clock(datetime.datetime.combine(tomorrow, datetime.time(0, 1), HOME))
        with walk.step("a minute after midnight it is the other way round, and nobody signed in anew"):
            walk.open(new, sheet)
            expect(marks(new).first).to_be_attached()
            walk.open(old, sheet)
            expect(marks(old)).to_have_count(0)
        with walk.step("the new one reads what they need to know"):
            walk.open(new, "/chapters/demo/offices")
            hands.press(new.get_by_role("link", name="The handover"))
            expect(new.get_by_role("table").first).to_be_visible()
            walk.check_page(new)
        with walk.check("and everybody sees who serves"):
            walk.open(old, "/chapters/demo/offices")
            expect(term(old)).to_contain_text(name)
    finally:
        service.set_clock(datetime.datetime.now(datetime.UTC))


def term(page):
    """Who is secretary today: what is to come stands below."""
    return page.get_by_role("listitem").filter(has_text=re.compile("secretary", re.I)).first


def marks(page):
    return page.locator("#sheet input[type=radio]")


def membership(page, name):
    """What stands for a member in the list to choose from."""
    return page.get_by_label("Member").locator("option", has_text=name).first.get_attribute("value")
