"""Says what is in a workbook, as JSON: workbook.py FILE"""

import datetime
import json
import sys

import openpyxl

KINDS = {bool: "truth", int: "number", float: "number", str: "text", datetime.datetime: "day", type(None): "none"}


def cell(cell):
    value = cell.value
    kind = "formula" if cell.data_type == "f" else "link" if cell.hyperlink else KINDS[type(value)]
    shown = value.date().isoformat() if kind == "day" else value
    return {"kind": kind, "value": shown, "format": cell.number_format}


book = openpyxl.load_workbook(open(sys.argv[1], "rb"))
print(json.dumps({
    "title": book.properties.title,
    "created": book.properties.created.isoformat(),
    "sheets": [{
        "name": sheet.title,
        "rows": [[cell(each) for each in row] for row in sheet.iter_rows()],
        "frozen": sheet.freeze_panes,
        "area": sheet.print_area,
        "repeated": sheet.print_title_rows,
        "orientation": sheet.page_setup.orientation,
        "pages": [sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
        "footer": [sheet.oddFooter.left.text, sheet.oddFooter.right.text],
        "widths": [sheet.column_dimensions[key].width for key in sorted(sheet.column_dimensions)],
    } for sheet in book],
}))
