"""Everything that has to work without script does.

A browser that runs none signs in, reads a report, and signs out.
"""

import re

from playwright.sync_api import expect


def walk(walk):
    phone = walk.phone(script="off")
    main = phone.get_by_role("main")

    with walk.step("signing in"):
        walk.sign_in(phone, walk.service.plain_members[2])
        expect(main.get_by_role("heading", level=1)).to_be_visible()
    with walk.step("reading a report that home leads to"):
        main.locator("a[href*='/reports/']").first.click()
        expect(phone).to_have_url(re.compile("/reports/"))
        expect(main.get_by_role("table").first).to_be_visible()
    with walk.step("signing out"):
        walk.open(phone, "/account")
        phone.locator("form[action='/sign-out']").get_by_role("button").click()
        expect(phone).to_have_url(re.compile("/sign-in$"))
    with walk.check("being sent to sign in afterwards"):
        walk.open(phone, "/account")
        expect(phone).to_have_url(re.compile("/sign-in$"))
