"""The two ways in which people use a page: with a pointer or a finger, and with nothing but the keyboard."""

MOST_STOPS = 400
# A group of radio buttons has no more.
MOST_CHOICES = 40
HAS_FOCUS = "element => element === document.activeElement"
# The tab key comes to one button of a group, and the arrows lead to the others.
GROUP_HAS_FOCUS = """element => document.activeElement.type === 'radio' && document.activeElement.name === element.name
    && document.activeElement.form === element.form"""


class Pointer:
    name = "pointer"

    def press(self, locator):
        locator.click()

    def write(self, locator, text):
        locator.fill(text)

    def tick(self, locator):
        locator.check()

    def choose(self, locator, value):
        locator.select_option(value)


class Keyboard:
    name = "keyboard"

    def press(self, locator):
        """A link or a button, or the line that opens a part of the page."""
        reach(locator)
        if locator.evaluate("element => element.tagName === 'SUMMARY'"):
            locator.page.keyboard.press("Enter")
            return
        with locator.page.expect_navigation():
            locator.page.keyboard.press("Enter")

    def write(self, locator, text):
        reach(locator)
        if locator.get_attribute("type") == "date":
            # As a browser in English asks for it: month, day, year.
            year, month, day = text.split("-")
            locator.page.keyboard.type(month + day + year)
            return
        locator.page.keyboard.press("Control+A")
        locator.page.keyboard.press("Delete")
        locator.page.keyboard.type(text)

    def tick(self, locator):
        if locator.is_checked():
            return
        keyboard = locator.page.keyboard
        if locator.get_attribute("type") != "radio":
            reach(locator)
            keyboard.press("Space")
            return
        reach(locator, GROUP_HAS_FOCUS)
        if locator.evaluate(HAS_FOCUS):
            keyboard.press("Space")
        for _ in range(MOST_CHOICES):
            if locator.is_checked():
                return
            keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not come to {locator}")

    def choose(self, locator, value):
        reach(locator)
        for key in ["Home"] + ["ArrowDown"] * MOST_CHOICES:
            locator.page.keyboard.press(key)
            if locator.input_value() == value:
                return
        raise AssertionError(f"the arrow keys do not come to {value} in {locator}")


def reach(locator, is_reached=HAS_FOCUS):
    """Presses the tab key until the focus is there."""
    locator.wait_for()
    for _ in range(MOST_STOPS):
        if locator.evaluate(is_reached):
            return
        locator.page.keyboard.press("Tab")
    raise AssertionError(f"the tab key does not come to {locator}")
