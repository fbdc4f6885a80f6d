"""A referral from passing to return, seen by giver and receiver.

One passes it in a few touches; the other contacts, wins, and says thanks; both see what became of it.
"""

import re

from playwright.sync_api import expect

PROSPECT = "Paula Prospect"
NEED = "a bridge over the garden pond"


def walk(walk):
    service = walk.service
    giver, receiver = walk.phone(), walk.phone(scheme="dark", script="off")
    gives, takes = service.plain_members[:2]
    name = next(name for name, email in service.members.items() if email == takes)
    walk.sign_in(giver, gives)
    walk.sign_in(receiver, takes)

    with walk.step("from home one touch leads to the form"):
        giver.get_by_role("link", name="Pass a referral").click()
        expect(giver.get_by_label("To whom")).to_be_visible()
        walk.check_page(giver)
    with walk.step("what is missing is said beside its field, and what was written stays"):
        giver.get_by_label("To whom").fill("Nobody Whom We Know")
        giver.get_by_label("What they need").fill(NEED)
        giver.get_by_role("button", name="Pass it on").click()
        expect(giver.get_by_role("alert")).to_be_focused()
        expect(giver.get_by_label("To whom")).to_have_attribute("aria-invalid", "true")
        expect(giver.get_by_label("What they need")).to_have_value(NEED)
        walk.check_page(giver)
    with walk.step("by keyboard alone it is passed on"):
        giver.get_by_label("To whom").fill(name)
        giver.get_by_label("Who needs it").fill(PROSPECT)
        giver.get_by_label("Their phone").fill("+49 30 1234567")
        giver.keyboard.press("Enter")
        expect(giver.get_by_role("status")).to_contain_text("Kept: a referral.")
        expect(giver.get_by_role("main")).to_contain_text(NEED)
    with walk.step("it waits for its receiver, who reads whom to call"):
        walk.open(receiver, "/chapters/demo")
        more = receiver.locator("#waiting summary")
        if more.count():
            more.click()
        receiver.get_by_role("link", name=re.compile(PROSPECT)).click()
        expect(receiver.get_by_role("link", name="Call +49 30 1234567")).to_have_attribute("href", "tel:+49301234567")
        walk.check_width(receiver, 360)
    referral = receiver.url
    with walk.step("a referral declined needs a reason"):
        step(receiver, "declined")
        expect(receiver.get_by_role("alert")).to_be_visible()
    with walk.step("the receiver moves it, and the giver sees it move"):
        for word in ("contacted", "won"):
            walk.open(receiver, referral)
            step(receiver, word)
            walk.open(giver, referral)
            expect(giver.locator(".chip").first).to_have_text(word)
        expect(giver.get_by_text("How far has it come?")).to_have_count(0)
        walk.check_page(giver)
    with walk.step("won, it asks for thanks"):
        walk.open(receiver, referral)
        receiver.get_by_role("main").get_by_role("link", name="Say thanks").click()
        receiver.get_by_label("Whom do you thank").fill(next(one for one, email in service.members.items() if email == gives))
        receiver.get_by_label("Amount, in EUR").fill("1.234,50")
        receiver.get_by_role("button", name="Say thanks").click()
        expect(receiver.get_by_role("status")).to_contain_text("Kept: thanks.")
    with walk.step("the giver is thanked at once, and not by name"):
        walk.open(giver, "/chapters/demo")
        expect(giver.get_by_role("main")).to_contain_text("A member thanked you")
        expect(giver.get_by_role("main")).to_contain_text("1 234.50")
        walk.check_page(giver)
    with walk.check("and the return of the one who earned leads to how it is computed"):
        walk.open(receiver, "/chapters/demo")
        receiver.get_by_role("link", name="How it is computed").click()
        expect(receiver).to_have_url(re.compile("/reports/roi"))
    with walk.check("nobody else reads whom it is about"):
        stranger = walk.phone()
        walk.sign_in(stranger, service.plain_members[2])
        walk.open(stranger, referral, status=404)


def step(page, word):
    page.get_by_label(word, exact=True).check()
    if word == "declined":
        page.get_by_label("Why, where it is declined or lost").fill("")
    page.get_by_role("button", name="Keep").click()
