"""An operator is asked in, sets up a second factor, and looks after chapters and people."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import expect

IN_EVERY_MANNER = True
PAGES = ["chapters", "chapters/new", "people", "people/invite", "mail", "jobs", "versions"]
NARROWEST = 320


def walk(walk):
    hands, device, number = walk.hands, walk.traveller(), walk.number
    main = device.get_by_role("main")
    email = f"olga{number}@demo.invalid"
    invite(walk, device, email)
    with walk.step("without a second factor there is nothing for an operator"):
        walk.open(device, "/operator/chapters", 404)
        walk.overlook(device, "404")
    set_up(walk, device, hands)
    with walk.check("the codes to recover with are on a page that everybody can use"):
        walk.check_page(device)
    for path in PAGES:
        with walk.check(f"then /operator/{path} is there, and everybody can use it"):
            walk.open(device, f"/operator/{path}")
            walk.check_page(device)
            walk.check_width(device, NARROWEST)
    with walk.step("a chapter in a zone that there is not stays a form, which says so"):
        walk.open(device, "/operator/chapters/new")
        for name, text in [("name", "Juniper Yard"), ("slug", f"juniper-yard-{number}"), ("time_zone", "Europe/Atlantis")]:
            hands.write(main.locator(f"[name={name}]"), text)
        hands.press(main.get_by_role("button", name="Create it"))
        expect(main.locator("[name=time_zone]")).to_have_attribute("aria-invalid", "true")
        expect(main.locator("[name=name]")).to_have_value("Juniper Yard")
    with walk.check("on a page that everybody can use"):
        walk.overlook(device, "422")
        walk.check_page(device)
    with walk.step("mended, it is made"):
        hands.write(main.locator("[name=time_zone]"), "Europe/Berlin")
        hands.press(main.get_by_role("button", name="Create it"))
        expect(main.get_by_text(f"juniper-yard-{number}")).to_be_visible()
    with walk.step("somebody is asked in, and gets a mail"):
        walk.open(device, "/operator/people/invite")
        hands.write(main.locator("[name=email]"), f"pia{number}@demo.invalid")
        hands.write(main.locator("[name=name]"), "Pia Peer")
        hands.press(main.get_by_role("button", name="Invite"))
        expect(main.get_by_role("status")).to_contain_text(f"pia{number}@demo.invalid")
    with walk.check("which waits among the mails"):
        walk.open(device, "/operator/mail")
        expect(main.get_by_text(f"pia{number}@demo.invalid")).to_be_visible()


def invite(walk, device, email):
    walk.service.tell("person", "invite", email, "--name", "Olga Ober", "--operator")
    walk.sign_in(device, email)


def set_up(walk, device, hands):
    """The second factor of who is signed in."""
    part = device.locator("#second-factor")
    with walk.step("the account says that they want one, and begins it"):
        walk.open(device, "/account")
        expect(part).to_contain_text("An operator needs a second factor")
        hands.press(part.get_by_role("button"))
        expect(part.locator("code")).to_be_visible()
    with walk.check("with a key on a page that everybody can use"):
        walk.check_page(device)
    with walk.step("six digits of the app confirm it"):
        hands.write(part.locator("[name=code]"), digits(part.locator("code").inner_text()))
        hands.press(part.get_by_role("button"))
        expect(device.locator("form[action='/account/second-factor/confirm']")).to_have_count(0)


def digits(key):
    """What an app with this key shows now (RFC 6238)."""
    key = base64.b32decode(key.replace(" ", "").upper() + "=" * (-len(key.replace(" ", "")) % 8))
    code = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    place = code[-1] & 15
    return f"{(struct.unpack('>I', code[place:place + 4])[0] & 0x7fffffff) % 1_000_000:06}"
