"""What a journey has in hand: devices to walk with, ways to sign in, and checks that are counted."""

import contextlib
import dataclasses
import itertools
import re

from checks import axe_findings, focus_findings, layout_findings
from hands import Keyboard, Pointer

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PATIENCE = 15_000
# Of what went wrong; Playwright tells at length how it waited.
MOST_LINES = 40
# With one chapter alone that is home; with several, or something to be told first, there is a page before it.
HOME = re.compile(r"^https?://[^/]+/(chapters/demo)?$")
SCRIPTS = re.compile(r"/assets/[^?]*\.js(\?|$)")


@dataclasses.dataclass(frozen=True)
class Manner:
    """How somebody goes on a journey: on a small or a wide screen, by day or at night, with script or without, and with
    which hands."""

    size: dict
    scheme: str
    script: str
    hands: Pointer | Keyboard

    def __str__(self):
        return f"{self.size['viewport']['width']} px, {self.scheme}, script {self.script}, {self.hands.name}"


# The first and the last have nothing in common: between them every kind of screen, scheme, script and hands is met.
EVERY_MANNER = [
    Manner(*one) for one in itertools.product([PHONE, DESKTOP], ["light", "dark"], ["on", "off"], [Pointer(), Keyboard()])
]
MANNERS = [EVERY_MANNER[0], EVERY_MANNER[-1]]


class JourneyEnded(Exception):
    """What the rest of a journey stands on did not hold."""


class Outcome:
    """What was checked, as it is printed and counted."""

    def __init__(self):
        self.passed = self.failed = 0

    def succeed(self, what):
        self.passed += 1
        print(f"  ✓ {what}", flush=True)

    def fail(self, what, why):
        self.failed += 1
        lines = str(why).strip().splitlines()[:MOST_LINES] or [type(why).__name__]
        print(f"  ✗ {what}", *(f"      {line}" for line in lines), sep="\n", flush=True)


class Walk:
    def __init__(self, browser, service, outcome, pictures=None, manner=MANNERS[0], number=0):
        self.browser, self.service, self.outcome, self.pictures = browser, service, outcome, pictures
        self.manner, self.hands = manner, manner.hands
        # Which walk of this journey it is, for what may be there once only.
        self.number = number
        self.contexts, self.complaints, self.told, self.scriptless = [], {}, set(), set()

    def traveller(self):
        """A device in the manner of this walk."""
        return self.device(self.manner.size, self.manner.scheme, self.manner.script)

    @property
    def has_script(self):
        return self.manner.script == "on"

    def phone(self, **wishes):
        return self.device(PHONE, **wishes)

    def desktop(self, **wishes):
        return self.device(DESKTOP, **wishes)

    def device(self, size, scheme="light", script="on", language="en"):
        """A page of a browser of its own; its script is `on`, `off`, or `blocked`: that of the service fails to load,
        and the browser shows what it shows without, and can still be asked by script."""
        context = self.browser.new_context(
            **size, base_url=self.service.address, color_scheme=scheme, locale=language, java_script_enabled=script != "off",
            timezone_id="Europe/Berlin", reduced_motion="reduce",
            # A proxy of a test has a certificate that it signed itself.
            ignore_https_errors=self.service.address.startswith("https://"),
        )
        context.set_default_timeout(PATIENCE)
        if script == "blocked":
            context.route(SCRIPTS, lambda route: route.abort())
        self.contexts.append(context)
        page = context.new_page()
        if script == "off":
            self.scriptless.add(page)
        self.listen(page)
        return page

    def listen(self, page):
        heard, documents = self.complaints.setdefault(page, []), set()

        def remember(request):
            if request.is_navigation_request():
                documents.add(request.url)

        def hear(message):
            place = message.location.get("url", "")
            # The status of a document is for the journey to judge.
            is_status = message.text.startswith("Failed to load resource: the server responded") and place in documents
            is_wanted = message.text.startswith("Failed to load resource: net::ERR_FAILED") and SCRIPTS.search(place)
            if message.type == "error" and not is_status and not is_wanted:
                heard.append(f"console: {message.text} ({place})")

        page.on("request", remember)
        page.on("console", hear)
        page.on("pageerror", lambda error: heard.append(f"script: {error}"))

    @contextlib.contextmanager
    def without_connection(self, page):
        page.context.set_offline(True)
        try:
            yield
        finally:
            page.context.set_offline(False)

    def overlook(self, page, words):
        """Forgets complaints that a journey means to cause, such as those of a lost connection."""
        self.complaints[page][:] = [one for one in self.complaints[page] if words not in one]

    def sign_in(self, page, email):
        page.goto(self.service.link(email))
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(HOME)
        return page

    def open(self, page, path, status=200):
        answer = page.goto(path)
        assert answer.status == status, f"{path} is answered with {answer.status}, and not {status}"
        return answer

    @contextlib.contextmanager
    def check(self, what):
        """Counts what holds within; the journey goes on in any case."""
        try:
            yield
        except Exception as error:
            self.outcome.fail(what, error)
        else:
            self.outcome.succeed(what)

    @contextlib.contextmanager
    def step(self, what):
        """Counts what holds within; without it the journey ends."""
        failed = self.outcome.failed
        with self.check(what):
            yield
        if self.outcome.failed > failed:
            self.picture_failure(what)
            raise JourneyEnded

    def picture_failure(self, what):
        """What each device shows, where pictures are wanted."""
        if not self.pictures:
            return
        name = re.sub(r"\W+", "-", what)[:80].strip("-")
        for number, page in enumerate(self.complaints):
            with contextlib.suppress(Exception):
                page.screenshot(path=self.pictures / f"failed-{name}-{number}.png")

    def check_page(self, page):
        """Everybody can use this page: axe-core, its width, its targets, its frame, and nothing in the console.

        Where no script may run, axe-core cannot: `every_page` has it look at what is served without.
        """
        findings = layout_findings(page)
        if page not in self.scriptless:
            findings += axe_findings(page)
        # Asked last: by now the browser has told whatever it complains about.
        findings += self.complaints[page]
        self.complaints[page].clear()
        self.refuse(findings)

    def check_width(self, page, width):
        """Nothing sticks out where a screen is so narrow, or so much enlarged."""
        size = page.viewport_size
        page.set_viewport_size({"width": width, "height": size["height"]})
        findings = [one for one in layout_findings(page) if " wide on " in one]
        page.set_viewport_size(size)
        self.refuse(findings)

    def refuse(self, findings):
        """Fails for findings, and tells each once in a journey."""
        new = [one for one in dict.fromkeys(findings) if one not in self.told]
        known = len(set(findings)) - len(new)
        self.told.update(new)
        if known:
            new.append(f"{known} of those told above")
        assert not findings, "\n".join(new)

    def by_keyboard(self, page):
        """Everything can be reached with the tab key, in the order of the page, and shows that it was."""
        findings = focus_findings(page)
        assert not findings, "\n".join(findings)

    def conclude(self):
        left = [one for heard in self.complaints.values() for one in heard]
        with self.check("nothing else was complained about in a console"):
            assert not left, "\n".join(dict.fromkeys(left))

    def end(self):
        for context in self.contexts:
            context.close()
