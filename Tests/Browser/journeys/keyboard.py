"""The pages are walked through with nothing but the keyboard."""

PAGES = ["/", "/account", "/account/calendar", "/chapters/demo/reports/roi", "/chapters/demo/reports/giving"]


def walk(walk):
    desk = walk.desktop()
    with walk.check("/sign-in"):
        walk.open(desk, "/sign-in")
        walk.by_keyboard(desk)
    with walk.step("the president signs in with Tab and Enter"):
        desk.goto(walk.service.link(walk.service.president))
        button = desk.get_by_role("main").get_by_role("button")
        for _ in range(20):
            desk.keyboard.press("Tab")
            if button.evaluate("button => button === document.activeElement"):
                break
        desk.keyboard.press("Enter")
        desk.wait_for_url("/")
    with walk.check("the first stop skips to the content"):
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        desk.keyboard.press("Tab")
        assert desk.evaluate("document.querySelector('main').contains(document.activeElement)"), "the next stop is not in main"
    for path in PAGES:
        with walk.check(path):
            walk.open(desk, path)
            walk.by_keyboard(desk)
    phone = walk.phone(scheme="dark")
    with walk.check("/ on a phone in the dark"):
        walk.sign_in(phone, walk.service.president)
        walk.by_keyboard(phone)
