"""First sign-in by link.

A member who was never here follows the link, chooses a password, signs out and comes back.
"""

import re

from playwright.sync_api import expect

from walk import HOME

IN_EVERY_MANNER = True
PASSWORD = "seven lanterns over a quiet harbour"


def walk(walk):
    service = walk.service
    # Whoever has a password from an earlier walk is not new any more.
    email = service.plain_members[-1 - walk.number]
    hands, phone = walk.hands, walk.traveller()
    main = phone.get_by_role("main")

    with walk.step("whoever is not signed in is sent to sign in"):
        walk.open(phone, "/")
        expect(phone).to_have_url(re.compile("/sign-in$"))
        walk.check_page(phone)

    link = service.link(email)
    with walk.step("the link opens a page that says for whom it is"):
        walk.open(phone, link)
        expect(main).to_contain_text(email)
    with walk.check("which everybody can use"):
        walk.check_page(phone)
    with walk.check("and nothing has happened yet: the address is still to be signed in at"):
        other = walk.desktop(scheme="dark")
        walk.open(other, link)
        expect(other.get_by_role("main").get_by_role("button")).to_be_visible()
    with walk.step("its button leads home"):
        hands.press(main.get_by_role("button"))
        expect(phone).to_have_url(HOME)
        expect(main.get_by_role("heading", level=1)).to_be_visible()
    with walk.check("home can be used by everybody"):
        walk.check_page(phone)
    with walk.check("the link used again says that it is spent, and offers a way on"):
        walk.open(other, link, status=404)
        expect(other.get_by_role("main")).to_contain_text("does not work any more")
        expect(other.get_by_role("main").get_by_role("link")).to_be_visible()
        walk.check_page(other)

    with walk.step("a password can be chosen"):
        walk.open(phone, "/account")
        form = phone.locator("form[action='/account/password']")
        hands.write(form.locator("[name=password]"), PASSWORD)
        hands.press(form.get_by_role("button"))
        expect(phone.get_by_role("status")).to_be_visible()
    with walk.check("and the page that says so can be used by everybody"):
        walk.check_page(phone)
    with walk.step("signing out leads back to the page to sign in"):
        walk.open(phone, "/account")
        hands.press(phone.locator("form[action='/sign-out']").get_by_role("button"))
        expect(phone).to_have_url(f"{service.address}/sign-in")
    with walk.check("the way back shows nothing of what was seen before"):
        phone.go_back()
        expect(phone.get_by_text(email)).to_have_count(0)

    with walk.step("a wrong password is refused in words"):
        walk.open(phone, "/sign-in")
        enter(hands, phone, email, "not the password at all")
        expect(phone.get_by_role("alert")).to_contain_text("password")
        expect(phone.locator("#email")).to_have_value(email)
    with walk.check("which are announced: the field that has the focus is described by them"):
        focused = phone.locator(":focus")
        expect(focused).to_have_attribute("name", "password")
        described = (focused.get_attribute("aria-describedby") or "").split()
        alert = phone.get_by_role("alert").get_attribute("id")
        assert alert and alert in described, f"aria-describedby is {described}, and the alert's id {alert!r}"
        expect(focused).to_have_attribute("aria-invalid", "true")
    with walk.check("and the page can be used by everybody"):
        walk.check_page(phone)
    with walk.step("the right one leads home"):
        enter(hands, phone, email, PASSWORD)
        expect(phone).to_have_url(HOME)


def enter(hands, page, email, password):
    form = page.locator("form[action='/sign-in']")
    hands.write(form.locator("[name=email]"), email)
    hands.write(form.locator("[name=password]"), password)
    hands.press(form.get_by_role("button"))
