"""A referral from passing to return, seen by giver and receiver.

One passes it in a few touches; the other contacts, wins, and says thanks; both see what became of it.
"""

import re

from playwright.sync_api import expect

IN_EVERY_MANNER = True


def walk(walk):
    service, hands = walk.service, walk.hands
    prospect, need = f"Paula Prospect {walk.number + 1}", f"bridge number {walk.number + 1} over the garden pond"
    giver, receiver = walk.traveller(), walk.traveller()
    gives, takes = service.plain_members[:2]
    name = next(name for name, email in service.members.items() if email == takes)
    walk.sign_in(giver, gives)
    walk.sign_in(receiver, takes)

    with walk.step("from home one touch leads to the form"):
        hands.press(giver.get_by_role("link", name="Pass a referral"))
        expect(giver.get_by_label("To whom")).to_be_visible()
        walk.check_page(giver)
    with walk.step("what is missing is said beside its field, and what was written stays"):
        hands.write(giver.get_by_label("To whom"), "Nobody Whom We Know")
        hands.write(giver.get_by_label("What they need"), need)
        hands.press(giver.get_by_role("button", name="Pass it on"))
        if walk.has_script:
            expect(giver.get_by_role("alert")).to_be_focused()
        else:
            expect(giver.get_by_role("alert")).to_be_visible()
        expect(giver.get_by_label("To whom")).to_have_attribute("aria-invalid", "true")
        expect(giver.get_by_label("What they need")).to_have_value(need)
        walk.check_page(giver)
    with walk.step("mended, it is passed on with the key for it"):
        hands.write(giver.get_by_label("To whom"), name)
        hands.write(giver.get_by_label("Who needs it"), prospect)
        hands.write(giver.get_by_label("Their phone"), "+49 30 1234567")
        giver.keyboard.press("Enter")
        expect(giver.get_by_role("status")).to_contain_text("Kept: a referral.")
        expect(giver.get_by_role("main")).to_contain_text(need)
    with walk.step("it waits for its receiver, who reads whom to call"):
        walk.open(receiver, "/chapters/demo")
        more = receiver.locator("#waiting summary")
        if more.count():
            more.click()
        hands.press(receiver.get_by_role("link", name=re.compile(prospect)))
        expect(receiver.get_by_role("link", name="Call +49 30 1234567")).to_have_attribute("href", "tel:+49301234567")
        walk.check_width(receiver, 360)
    referral = receiver.url
    with walk.step("a referral declined needs a reason"):
        step(hands, receiver, "declined")
        expect(receiver.get_by_role("alert")).to_be_visible()
    with walk.step("the receiver moves it, and the giver sees it move"):
        for word in ("contacted", "won"):
            walk.open(receiver, referral)
            step(hands, receiver, word)
            walk.open(giver, referral)
            expect(giver.locator(".chip").first).to_have_text(word)
        expect(giver.get_by_text("How far has it come?")).to_have_count(0)
        walk.check_page(giver)
    with walk.step("won, it asks for thanks"):
        walk.open(receiver, referral)
        hands.press(receiver.get_by_role("main").get_by_role("link", name="Say thanks"))
        hands.write(receiver.get_by_label("Whom do you thank"), next(one for one, email in service.members.items() if email == gives))
        hands.write(receiver.get_by_label("Amount, in EUR"), "1.234,50")
        hands.press(receiver.get_by_role("button", name="Say thanks"))
        expect(receiver.get_by_role("status")).to_contain_text("Kept: thanks.")
    with walk.step("the giver is thanked at once, and not by name"):
        walk.open(giver, "/chapters/demo")
        expect(giver.get_by_role("main")).to_contain_text("A member thanked you")
        expect(giver.get_by_role("main")).to_contain_text("1 234.50")
        walk.check_page(giver)
    with walk.check("and the return of the one who earned leads to how it is computed"):
        walk.open(receiver, "/chapters/demo")
        hands.press(receiver.get_by_role("link", name="How it is computed"))
        expect(receiver).to_have_url(re.compile("/reports/roi"))
    with walk.check("nobody else reads whom it is about"):
        stranger = walk.phone()
        walk.sign_in(stranger, service.plain_members[2])
        walk.open(stranger, referral, status=404)


def step(hands, page, word):
    hands.tick(page.get_by_label(word, exact=True))
    if word == "declined":
        hands.write(page.get_by_label("Why, where it is declined or lost"), "")
    hands.press(page.get_by_role("button", name="Keep"))
