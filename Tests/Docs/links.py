#!/usr/bin/env python3
"""Holds every link of our pages to a file that is there, and to a heading of it.

    links.py
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)\s]+)\)|\b(?:src|href)=\"([^\"]+)\"")


def without_code(text):
    """What is shown as it would be typed leads nowhere."""
    return re.sub(r"(?ms)^```.*?^```$", "", text)


def anchors(page):
    """The names that GitHub gives to a page's headings."""
    found = set()
    for heading in re.findall(r"(?m)^#+ (.*)$", without_code(page.read_text())):
        words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        found.add(re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return found


def faults(page):
    for match in LINK.finditer(without_code(page.read_text())):
        link = match[1] or match[2]
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        there = page.parent / path if path else page
        if not there.exists():
            yield f"{page.relative_to(ROOT)}: there is no {link}"
        elif anchor and there.suffix == ".md" and anchor not in anchors(there):
            yield f"{page.relative_to(ROOT)}: {path or 'the page'} has no heading #{anchor}"


def main():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    wrong = [fault for page in pages for fault in faults(page)]
    print("\n".join([*wrong, f"{len(pages)} pages, {len(wrong)} links lead nowhere"]))
    return bool(wrong) or not pages


if __name__ == "__main__":
    sys.exit(main())
