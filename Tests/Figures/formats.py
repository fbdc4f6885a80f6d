"""Every report of a chapter in every format, read back: the same cells in all of them."""

import csv
import html.parser
import io
import os
import pathlib
import re
import shutil
import subprocess
from decimal import Decimal, InvalidOperation

import openpyxl

# What the wording of each format does to a cell is undone; what is left has to be equal.
SIGNS = str.maketrans({"\u202f": "", "\u00a0": "", "\u2212": "-"})
# On paper thousands and percents stand apart.
PRINTED = re.compile(r"-?(?:\d{1,3}(?:[ \u202f]\d{3})+|\d+)(?:\.\d+)?(?:[ \u202f\u00a0]?%)?")
# So LibreOffice writes a month as CSV, though it shows 2026-10.
MONTH = re.compile(r"(\d\d)/01/(\d{4})")
# On a page days and months are written out.
MONTHS = ("January February March April May June July August September October November December").split()
WRITTEN = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})")
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


class Tables(html.parser.HTMLParser):
    """The rows of each table of a page, without those of the legend."""

    def __init__(self):
        super().__init__()
        self.tables, self.open = [], False

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.tables[-1][-1][-1] += data


def plain(value):
    """A cell of any format as a number, else as its words; None where it is empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # A sheet holds binary numbers of fifteen digits.
        return Decimal(f"{value:.15g}").normalize()
    if isinstance(value, (int, Decimal)):
        return Decimal(value).normalize()
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if isinstance(value, dict):
        return value["name"]
    if isinstance(value, list):
        return "; ".join(value) or None
    text = (value or "").translate(SIGNS).strip()
    if text in ("TRUE", "FALSE"):
        return "yes" if text == "TRUE" else "no"
    if THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if month := MONTH.fullmatch(text):
        return f"{month[2]}-{month[1]}"
    text = WRITTEN.sub(in_digits, text)
    try:
        return (Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)).normalize()
    except InvalidOperation:
        return None if text in ("", "–") else text


def in_digits(written):
    day, name, year = written.groups()
    return f"{year}-{MONTHS.index(name) + 1:02}" + (f"-{int(day):02}" if day else "")


def of_json(name, report):
    """The tables of a report in order, by their words: rows of cells, the total last."""
    if name == "roi":
        return of_return(report)
    if name == "attendance":
        rows = report["members"] + [{key: value for key, value in row.items() if key != "kind"} for row in report["others"]] + [report["total"]]
        return {"members": [[plain(cell) for cell in row.values()] for row in rows]}
    tables = {}
    for word, value in report.items():
        if isinstance(value, list):
            tables[word] = [[plain(cell) for key, cell in row.items() if key != "withheld"] for row in value]
        elif isinstance(value, dict) and word.endswith("_total"):
            total = [plain(cell) for key, cell in value.items() if key != "withheld"]
            tables[word.removesuffix("_total")].append(total)
    return tables


def of_return(report):
    tables, chapter = {}, []
    for word, block in [("month", report), ("trailing", report["trailing"]), ("since_joining", report["since_joining"])]:
        totals = block["totals"]
        figures = [totals[key] for key in ("dues", "fees", "spent", "hours", "time", "cost", "received", "profit", "given", "net", "roi", "rot")]
        tables[word] = [[plain(cell) for cell in row.values()] for row in block["members"]] + [[plain(cell) for cell in figures]]
        besides = [totals[key] for key in ("members", "received_outside", "given_outside", "given_former", "median_roi")]
        chapter.append([plain(cell) for cell in besides + totals["quartiles_roi"] + [totals.get("seat_value"), totals.get("open_seat_month")]])
    return tables | {"chapter": chapter}


def numbers(row):
    return [cell for cell in row if isinstance(cell, Decimal)]


class Formats:
    def __init__(self, service, folder):
        self.service, self.folder, self.cells, self.wrong = service, pathlib.Path(folder), 0, []

    def compare(self, chapter, name, **asked):
        """Holds the other formats of a report to what it says as JSON."""
        tables = of_json(name, self.service.ask(chapter, name, **asked))
        # A page says in words that a table has no rows.
        self.hold(name, "HTML", {word: rows for word, rows in tables.items() if rows}, self.of_html(self.service.fetch(chapter, f"{name}.html", **asked)))
        book = self.folder / f"{name}.xlsx"
        book.write_bytes(self.service.fetch(chapter, f"{name}.xlsx", **asked))
        self.hold(name, "XLSX", tables, self.of_sheets(book, tables))
        if name == "roi":
            # One file: the total of a block goes on with what is the chapter's.
            blocks = [tables[word][:-1] + [tables[word][-1] + row] for word, row in zip(tables, tables["chapter"])]
            text = self.service.fetch(chapter, f"{name}.csv", **asked).decode()
            self.hold(name, "CSV", {"blocks": sum(blocks, [])}, [self.of_csv(text)])
        elif name == "attendance":
            self.hold(name, "CSV", tables, [self.of_csv(self.service.fetch(chapter, f"{name}.csv", **asked).decode())])
        else:
            for word, rows in tables.items():
                text = self.service.fetch(chapter, f"{name}.csv", **asked, table=word).decode()
                self.hold(name, "CSV", {word: rows}, [self.of_csv(text)])
        printed = self.folder / f"{name}.pdf"
        printed.write_bytes(self.service.fetch(chapter, f"{name}.pdf", **asked))
        self.hold_printed(name, tables, printed)
        return book, tables

    def hold(self, name, format, tables, found):
        for (word, rows), others in zip(tables.items(), found, strict=True):
            if [numbers(row) for row in rows] != [numbers(row) for row in others]:
                different = next((pair for pair in zip(rows, others) if numbers(pair[0]) != numbers(pair[1])), (len(rows), len(others)))
                self.wrong.append(f"{name} as {format}, {word}: {different[1]}, and not {different[0]}")
            for row, other in zip(rows, others):
                # A sheet has a month as its first day; a page joins words as people write them.
                words = [cell for cell in row if isinstance(cell, str) and not {cell, f"{cell}-01", cell.replace("; ", ", ")} & set(other)]
                if words:
                    self.wrong.append(f"{name} as {format}, {word}: no {words} in {other}")
                    break
            self.cells += sum(map(len, rows))

    @staticmethod
    def of_html(page):
        reader = Tables()
        reader.feed(page.decode())
        # The first row has the headings.
        return [[list(map(plain, row)) for row in table[1:]] for table in reader.tables]

    @staticmethod
    def of_csv(text):
        rows = list(csv.reader(io.StringIO(text)))
        # A member's number stands before the name.
        names = {place for place, heading in enumerate(rows[0]) if heading.endswith("_id")}
        return [[plain(cell) for place, cell in enumerate(row) if place not in names] for row in rows[1:]]

    @staticmethod
    def of_sheets(path, tables):
        book = openpyxl.load_workbook(path)
        found = []
        for sheet in book.worksheets[:len(tables)]:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            people = {place for place, heading in enumerate(rows[0]) if heading == "No."}
            found.append([[plain(cell) for place, cell in enumerate(row) if place not in people] for row in rows[1:]])
            if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
                found.append(["a formula"])
        return found

    def hold_printed(self, name, tables, path):
        """The numbers of each row stand in one line of the paper, in order."""
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
        lines = [[plain(word.replace(" ", "")) for word in PRINTED.findall(line.replace("\u2212", "-"))] for line in text.splitlines()]
        for word, rows in tables.items():
            for row in rows:
                wanted = numbers(row)
                if wanted and not any(in_order(wanted, line) for line in lines):
                    self.wrong.append(f"{name} as PDF, {word}: no line with {list(map(str, wanted))}")
                self.cells += len(wanted)

    def convert(self, books):
        """What LibreOffice reads in the workbooks, where it is installed."""
        office = shutil.which("soffice")
        if not office:
            return False
        # Every sheet as CSV, in the words of the file and not of a country.
        subprocess.run(
            [office, f"-env:UserInstallation=file://{self.folder}/office", "--headless", "--convert-to",
             "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", self.folder, *[book for book, _ in books]],
            check=True, capture_output=True, env=os.environ | {"HOME": str(self.folder)},
        )
        for book, tables in books:
            titles = openpyxl.load_workbook(book).sheetnames[:len(tables)]
            found = []
            for title in titles:
                rows = list(csv.reader((self.folder / f"{book.stem}-{title}.csv").open(encoding="utf-8")))
                people = {place for place, heading in enumerate(rows[0]) if heading == "No."}
                found.append([[plain(cell) for place, cell in enumerate(row) if place not in people] for row in rows[1:]])
            self.hold(book.stem, "LibreOffice reads it", tables, found)
        return True


def in_order(wanted, line):
    rest = iter(line)
    return all(cell in rest for cell in wanted)
