"""Every page to which links lead a president can be used by everybody."""

import collections
import re
from urllib.parse import parse_qs, urljoin, urlsplit

from playwright.sync_api import Error

MOST_PAGES = 150
# As narrow as WCAG 1.4.10 has it: a small phone, or a desktop enlarged four times.
NARROWEST = 320
# Of addresses that differ in a date or number only, and of questions to one address, some stand for all.
MOST_OF_A_SHAPE = 1
ELSEWHERE = re.compile(r"^/(api|assets)/|^/sign-out|^/calendar/")


def walk(walk):
    look(walk, "the president", walk.service.president, "/")


def look(walk, who, email, within):
    """Looks at every page below a path: on a phone, then without script, then wide and dark."""
    small = walk.sign_in(walk.phone(), email)
    visited = crawl(walk, small, who, within)
    with walk.check(f"{who} finds pages by following links, and not more than can be looked at"):
        assert 0 < len(visited) < MOST_PAGES, f"{len(visited)} pages"
    with_script = [path for path, has_script in visited if has_script]
    again(walk, walk.phone(script="blocked"), email, f"{who}, without script", first_of_each(with_script))
    again(walk, walk.desktop(scheme="dark"), email, f"{who}, wide and dark", first_of_each(path for path, _ in visited))


def crawl(walk, page, who, within):
    """The paths that were looked at, and whether a script of the service stands on them."""
    waiting, met, visited = collections.deque(["/"]), Limits(), []
    while waiting and len(visited) < MOST_PAGES:
        path = waiting.popleft()
        with walk.check(f"{who}: {path}"):
            if not is_page(walk, page, path):
                continue
            for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
                there = local(link, walk.service.address)
                if there and there.startswith(within) and met.welcomes(there):
                    waiting.append(there)
            visited.append((path, page.evaluate("!!document.querySelector('script[src]')")))
            walk.check_page(page)
            walk.check_width(page, NARROWEST)
    return visited


def again(walk, page, email, how, paths):
    if not paths:
        return
    walk.sign_in(page, email)
    for path in paths:
        with walk.check(f"{how}: {path}"):
            walk.open(page, path)
            walk.check_page(page)


def is_page(walk, page, path):
    """Opens it; a file to keep is only asked whether it is there."""
    try:
        walk.open(page, path)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        status = page.context.request.get(path).status
        assert status == 200, f"{path} is answered with {status}"
        return False
    return True


def local(link, address):
    """The path and question of an address of the service's pages; nothing for others."""
    parts = urlsplit(urljoin(address, link))
    if f"{parts.scheme}://{parts.netloc}" != address or ELSEWHERE.search(parts.path):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def shape(path):
    """An address without the names of days, months and things in it."""
    return "/".join("…" if re.search(r"\d", part) else part for part in urlsplit(path).path.split("/"))


def first_of_each(paths):
    first = {}
    for path in paths:
        first.setdefault((shape(path), frozenset(parse_qs(urlsplit(path).query))), path)
    return list(first.values())


class Limits:
    """Which addresses are new, and not too many of a kind."""

    def __init__(self):
        self.known = {"/"}
        self.paths, self.questions = collections.defaultdict(set), collections.Counter()

    def welcomes(self, path):
        if path in self.known:
            return False
        self.known.add(path)
        parts = urlsplit(path)
        paths = self.paths[shape(path)]
        if parts.path not in paths and len(paths) == MOST_OF_A_SHAPE:
            return False
        paths.add(parts.path)
        if parts.query:
            self.questions[parts.path] += 1
        return self.questions[parts.path] <= MOST_OF_A_SHAPE
