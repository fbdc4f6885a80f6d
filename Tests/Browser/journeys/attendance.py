"""A leader takes the attendance, seals the sheet, and opens it again with a reason."""

from playwright.sync_api import expect

from journeys.meeting_night import radio, saved

IN_EVERY_MANNER = True


def walk(walk):
    hands, page = walk.hands, walk.sign_in(walk.traveller(), walk.service.president)
    main = page.get_by_role("main")
    with walk.step("today's meeting, or the one whose sheet is open, is one touch away"):
        walk.open(page, "/chapters/demo")
        hands.press(page.locator("nav a[href='/chapters/demo/meetings/next']").first)
        expect(page.locator("#sheet")).to_be_visible()
        walk.check_page(page)
    names = [name.inner_text() for name in page.locator("#sheet li legend b").all()]
    # As far down as makes every walk mark others.
    names, letters = names[6 + 3 * walk.number % 15:][:3], "ALM"
    with walk.step("whoever is not simply there gets a mark by one touch"):
        for name, letter in zip(names, letters):
            hands.tick(radio(page, name, letter))
            if walk.has_script:
                expect(saved(page)).to_be_visible()
        if not walk.has_script:
            hands.press(page.get_by_role("button", name="Keep the marks"))
    with walk.step("everybody else is there"):
        others = main.get_by_role("button", name="All others are here")
        if others.count():
            hands.press(others)
        walk.open(page, page.url.split("#")[0])
        for name, letter in zip(names, letters):
            expect(radio(page, name, letter)).to_be_checked()
    with walk.step("the sheet is sealed"):
        hands.press(main.get_by_role("button", name="Seal the meeting"))
        expect(main).to_contain_text("The sheet is sealed")
        walk.check_page(page)
    with walk.step("and opened again with a reason"):
        hands.press(page.locator("summary", has_text="Open it again"))
        hands.write(page.get_by_label("Why"), "A mark was wrong")
        hands.press(main.get_by_role("button", name="Open it again"))
        expect(page.locator("#sheet input[type=radio]").first).to_be_attached()
