"""Calendars to subscribe to.

A president makes an address for her own calendar, then one for the chapter's, and ends both.
"""

import re
import urllib.error
import urllib.request

from playwright.sync_api import expect

PAGES = ["/account/calendar", "/chapters/demo/calendar"]


def walk(walk):
    service, hands = walk.service, walk.hands
    for number, path in enumerate(PAGES):
        device = walk.desktop(scheme="dark", language="de") if number else walk.phone()
        main = device.get_by_role("main")
        with walk.step(f"{path} is opened by who may"):
            walk.sign_in(device, service.president)
            walk.open(device, path)
        with walk.step("an address is made, and shown with a code to read"):
            hands.press(main.locator(f"form[action='{path}'] button"))
            expect(main.get_by_role("img")).to_be_visible()
            address = main.locator("code").inner_text()
            place = re.search("/calendar/.*", address)[0]
        with walk.check("on a page that everybody can use"):
            walk.check_page(device)
        with walk.check("it is the same that a phone is asked to subscribe to"):
            link = main.locator("a[href^='webcal:']").get_attribute("href")
            assert link == "webcal:" + address.split(":", 1)[1], link
        with walk.check("a program reads it without signing in"):
            assert read(service.address + place).startswith("BEGIN:VCALENDAR\r\n")
        with walk.step("it is not shown again"):
            walk.open(device, path)
            expect(main).not_to_contain_text(place)
        with walk.check("on a page that everybody can use, either"):
            walk.check_page(device)
        with walk.step("and ended"):
            hands.press(main.locator(f"form[action='{path}/end'] button"))
            expect(main.locator(f"form[action='{path}'] button")).to_be_visible()
        with walk.check("it leads nowhere then"):
            assert read(service.address + place) == 404


def read(address):
    """What is found there, or the status where nothing is."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code
