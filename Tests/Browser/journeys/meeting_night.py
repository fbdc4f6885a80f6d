"""Meeting night with two phones at once, and a line that is lost and found again.

Two leaders take attendance of the same sheet; none of their marks is lost, and both see the other's.
"""

import re

from playwright.sync_api import expect

# A page looks again every quarter of a minute by itself; what is there sooner it was told of.
SOON = 5_000

# The next answer to a tap is there, and the page gets it when it is let go.
HOLD = """() => {
    const ask = window.fetch;
    window.fetch = async (...words) => {
        window.fetch = ask;
        const answer = await ask(...words);
        await new Promise(done => window.letGo = done);
        return answer;
    };
}"""


def walk(walk):
    service = walk.service
    one, other = walk.phone(), walk.phone(scheme="dark")
    walk.sign_in(one, service.president)
    walk.sign_in(other, service.officers["secretary-treasurer"])
    with walk.step("the meeting whose sheet is open comes first"):
        walk.open(one, "/chapters/demo/meetings/next")
        expect(one.locator("#sheet")).to_be_visible()
    night = one.url
    walk.open(other, night)
    names = [name.inner_text() for name in one.locator("#sheet li legend b").all()]
    assert len(names) > 20

    with walk.check("the page can be used by everybody"):
        walk.check_page(one)
        walk.check_page(other)
    with walk.step("a tap is kept at once, and the other phone shows it"):
        mark(one, names[0], "A")
        expect(saved(one)).to_be_visible()
        expect(radio(other, names[0], "A")).to_be_checked(timeout=SOON)
    with walk.step("two taps at the same time are both kept"):
        mark(one, names[1], "L")
        mark(other, names[2], "M")
        expect(radio(other, names[1], "L")).to_be_checked(timeout=SOON)
        expect(radio(one, names[2], "M")).to_be_checked(timeout=SOON)
    with walk.step("an answer that comes late takes back nothing that came meanwhile"):
        other.evaluate(HOLD)
        mark(other, names[2], "A")
        while not other.evaluate("!!window.letGo"):
            other.wait_for_timeout(20)
        mark(one, names[1], "A")
        expect(radio(other, names[1], "A")).to_be_checked(timeout=SOON)
        other.evaluate("letGo()")
        expect(saved(other)).to_be_visible()
        expect(radio(other, names[2], "A")).to_be_checked(timeout=SOON)
        expect(radio(other, names[1], "A")).to_be_checked(timeout=SOON)
        mark(one, names[1], "L")
        mark(other, names[2], "M")
        expect(radio(other, names[1], "L")).to_be_checked(timeout=SOON)
        expect(radio(one, names[2], "M")).to_be_checked(timeout=SOON)
    with walk.step("a substitute is said who it is"):
        mark(one, names[3], "S")
        field = row(one, names[3]).get_by_label("Who stands in")
        expect(field).to_be_visible()
        field.fill("Vera Visitor")
        field.press("Tab")
        expect(row(other, names[3]).get_by_label("Who stands in")).to_have_value("Vera Visitor", timeout=SOON)

    with walk.step("without a line taps wait, and say so"):
        with walk.without_connection(one):
            mark(one, names[4], "A")
            mark(one, names[5], "L")
            expect(one.locator("[data-saved]")).to_contain_text("Waiting for the line: 2")
            # The other phone marks one of the two meanwhile.
            mark(other, names[5], "M")
            expect(saved(other)).to_be_visible()
    with walk.step("with the line back they are sent, and a newer mark of the other stays"):
        expect(radio(other, names[4], "A")).to_be_checked(timeout=35_000)
        expect(radio(one, names[5], "M")).to_be_checked(timeout=35_000)
        expect(row(one, names[5])).to_have_class(re.compile("other"))
    with walk.step("and that it does is said until the row is marked again, whatever comes meanwhile"):
        for letter in "LA":
            mark(other, names[4], letter)
            expect(radio(one, names[4], letter)).to_be_checked(timeout=SOON)
        expect(row(one, names[5])).to_have_class(re.compile("other"))
        mark(one, names[5], "A")
        expect(row(one, names[5])).not_to_have_class(re.compile("other"))
        mark(one, names[5], "M")
        expect(radio(other, names[5], "M")).to_be_checked(timeout=SOON)
    with walk.step("after a reload every mark is there"):
        for phone in (one, other):
            phone.reload()
            for name, letter in zip(names, "ALMSAM"):
                expect(radio(phone, name, letter)).to_be_checked()
    # What was lost on the way, and what a newer mark stood in the way of, browsers tell in the console.
    walk.overlook(one, "ERR_INTERNET_DISCONNECTED")
    walk.overlook(one, "409 (Conflict)")

    with walk.step("without script the marks are kept with a button"):
        plain = walk.phone(script="off")
        walk.sign_in(plain, service.president)
        walk.open(plain, night)
        for name in names[:6]:
            mark(plain, name, "P")
        plain.get_by_role("button", name="Keep the marks").click()
        expect(radio(plain, names[0], "P")).to_be_checked()
        expect(radio(one, names[0], "P")).to_be_checked(timeout=SOON)
    with walk.step("when everybody has a mark the sheet is sealed, on both phones"):
        everybody = plain.get_by_role("button", name="All others are here")
        if everybody.count():
            everybody.click()
        plain.get_by_role("button", name="Seal the meeting").click()
        expect(plain.get_by_role("main")).to_contain_text("The sheet is sealed")
        expect(one.get_by_role("main")).to_contain_text("The sheet is sealed", timeout=SOON)
    with walk.check("and its page can be used by everybody"):
        walk.check_page(one)
    with walk.step("it is opened again with a reason, and by keyboard alone"):
        one.locator("summary", has_text="Open it again").focus()
        one.keyboard.press("Enter")
        one.get_by_label("Why").fill("A mark was wrong")
        one.keyboard.press("Enter")
        expect(one.locator("#sheet input[type=radio]").first).to_be_attached()

    with walk.step("the sign at the door marks whoever reads it, once they say that they are there"):
        walk.open(one, f"{night}/door")
        one.get_by_role("button", name="Put up the sign").click()
        expect(one.get_by_role("img", name="Code to check in with")).to_be_visible()
        walk.check_page(one)
    with walk.check("the sheet on paper has everybody"):
        walk.open(one, f"{night}/paper")
        expect(one.get_by_role("row", name=names[0])).to_be_visible()
        walk.check_page(one)


def row(page, name):
    return page.locator("#sheet li", has=page.get_by_text(name, exact=True))


def radio(page, name, letter):
    return row(page, name).locator(f"input[type=radio][value={letter}]")


def mark(page, name, letter):
    radio(page, name, letter).check()


def saved(page):
    return page.get_by_text("All is saved", exact=True)
