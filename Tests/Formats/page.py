"""Says what a browser would make of a page, as JSON: page.py FILE"""

import html.parser
import json
import sys


class Page(html.parser.HTMLParser):
    """The elements and attributes of a page, and the cells of its tables."""

    def __init__(self):
        super().__init__()
        self.elements, self.attributes, self.tables, self.open = [], [], [], None

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += [f"{tag} {name}" for name, _ in attributes]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
            self.open = tag

    def handle_endtag(self, tag):
        if tag == self.open:
            self.open = None

    def handle_data(self, data):
        if self.open:
            self.tables[-1][-1][-1] += data


page = Page()
with open(sys.argv[1], encoding="utf-8") as file:
    page.feed(file.read())
print(json.dumps({"elements": page.elements, "attributes": page.attributes, "tables": page.tables}))
