"""The checks find what is wrong with a page.

A page that nobody has is put together here, once as it should be and once with each fault.
"""

from playwright.sync_api import Error

GOOD = {
    "lang": ' lang="en"',
    "title": "<title>A page</title>",
    "style": "main { padding: 1rem } button { min-height: 3rem; min-width: 3rem } a:focus-visible, button:focus-visible { outline: 3px solid #a60 }",
    "script": "missing()",
    "main": "<h1>A page</h1><p><button>Press</button></p><p>Amid text, <a href='/'>a link</a> is small.</p>",
}
# What is amiss, where, how, and the words of the finding.
FAULTS = [
    ("no language", {"lang": ""}, "html has no lang"),
    ("no title", {"title": "<title></title>"}, "the page has no title"),
    ("two headings", {"main": "<h1>One</h1><h1>Two</h1>"}, "the page has 2 h1"),
    ("a table that is too wide", {"main": "<h1>Wide</h1><table><tr><td><img alt='' width='900' height='9'></table>"}, "wide on 360"),
    ("a button that is too small", {"main": "<h1>Small</h1><button id='tiny'>x</button>", "style": "button { padding: 0; border: 0 }"}, "too small to press"),
    ("a word that is broken", {"main": "<h1>Break</h1><p class='thin'>Sign out</p>", "style": ".thin { width: 2ch; overflow-wrap: anywhere }"}, "is broken"),
    ("letters that are too pale", {"style": "main { color: #bbb; background: #fff }"}, "axe color-contrast"),
    ("a field without a name", {"main": "<h1>Field</h1><input>"}, "axe label"),
    ("style that the policy forbids", {"main": "<h1>Style</h1><p style='margin: 0'>Text</p>"}, "console:"),
    ("script that fails", {"main": "<h1>Script</h1><script src='/assets/amiss.js'></script>"}, "script:"),
]
ORDER = """
const [one, two, three] = document.querySelectorAll("button"), next = new Map([[one, three], [three, two]]);
document.onkeydown = event => { next.get(event.target)?.focus(); if (next.has(event.target)) event.preventDefault(); };
"""
FAULTS_BY_KEYBOARD = [
    ("a focus that does not show", {"style": "button:focus-visible { outline: none }"}, "does not show that it has the focus"),
    ("an order of its own", {"main": "<h1>Order</h1><button>One</button><button>Two</button><button>Three</button><script src='/assets/amiss.js'></script>",
                             "script": ORDER}, "is next on the page"),
    ("a stop that is skipped", {"main": "<h1>Order</h1><button>One</button><button tabindex='1'>Two</button>"}, "does not reach"),
    ("a focus that is covered", {"main": "<h1>Cover</h1><button>One</button><p class='cover'></p>", "style": ".cover { position: fixed; inset: 0; margin: 0 }"},
     "is covered"),
]


def walk(walk):
    phone, without = walk.phone(), walk.phone(script="blocked")
    policy = walk.open(phone, "/sign-in").headers["content-security-policy"]
    page = {}
    for one in phone, without:
        one.context.route("**/faults/page", lambda route: route.fulfill(
            content_type="text/html; charset=utf-8", headers={"content-security-policy": policy}, body=page["html"],
        ))
        one.context.route("**/faults/style.css", lambda route: route.fulfill(content_type="text/css", body=page["style"]))
    phone.context.route("**/assets/amiss.js", lambda route: route.fulfill(content_type="text/javascript", body=page["script"]))

    def findings(check, fault, device=phone):
        parts = GOOD | fault
        page.update(parts, html=(
            f"<!doctype html><html{parts['lang']}><head><meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'>"
            f"{parts['title']}<link rel='stylesheet' href='/faults/style.css'></head><body><main>{parts['main']}</main></body></html>"
        ))
        walk.told.clear()
        device.goto("/faults/page")
        try:
            check(device)
        except AssertionError as found:
            return str(found)
        return ""

    with walk.check("nothing where nothing is amiss"):
        assert not (found := findings(walk.check_page, {}) + findings(walk.by_keyboard, {})), found
    for check, faults in (walk.check_page, FAULTS), (walk.by_keyboard, FAULTS_BY_KEYBOARD):
        for what, fault, words in faults:
            with walk.check(what):
                found = findings(check, fault)
                assert words in found, f"{words!r} is not in what was found: {found or 'nothing'}"
    with walk.check("a page that is wide on nothing but the smallest phone"):
        wide = {"main": "<h1>Wide</h1><img alt='' width='325' height='9'>", "style": "body { margin: 0 }"}
        found = findings(walk.check_page, wide) + findings(lambda device: walk.check_width(device, 320), wide)
        assert found.startswith("the page is 325 wide on 320"), found
    with walk.check("a script that is blocked does nothing, which is no fault"):
        found = findings(walk.check_page, {"main": "<h1>Script</h1><script src='/assets/amiss.js'></script>"}, without)
        assert not found, found
    with walk.check("a connection that is lost, and comes back"):
        with walk.without_connection(without):
            try:
                without.goto("/sign-in")
                lost = False
            except Error as error:
                lost = "ERR_INTERNET_DISCONNECTED" in str(error)
        assert lost, "the page loads all the same"
        walk.overlook(without, "ERR_INTERNET_DISCONNECTED")
        walk.open(without, "/sign-in")
