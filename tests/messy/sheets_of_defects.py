"""The clean table, and a workbook to spoil: cells by place, expected findings that move along."""

import csv
import io
from pathlib import Path

import openpyxl
from openpyxl.styles import numbers as formats
from openpyxl.utils import get_column_letter

HERE = Path(__file__).parent
CASES = {
    int(row["id"]): row
    for row in csv.DictReader((HERE / "cases.csv").read_text("utf-8-sig").splitlines())
}
PERCENT = (2, 3, 5, 6)
LAST_ROW, LAST_COLUMN = 13, 11


class Page:
    """One sheet: values, formats, what is hidden, and where findings are expected."""

    def __init__(self, name="数据"):
        self.name = name
        self.cells = {}
        self.formats = {}
        self.formulas = set()
        self.hidden_rows = set()
        self.hidden_columns = set()
        self.merged = []
        self.expected = set()

    def put(self, row, column, value, form=None):
        self.cells[row, column] = value
        if form:
            self.formats[row, column] = form

    def expect(self, code, row, column):
        self.expected.add((code, row, column))

    def insert_rows(self, at, count=1):
        self._move(lambda row, column: (row + count if row >= at else row, column))

    def insert_columns(self, at, count=1):
        self._move(lambda row, column: (row, column + count if column >= at else column))

    def _move(self, to):
        self.cells = {to(*place): value for place, value in self.cells.items()}
        self.formats = {to(*place): value for place, value in self.formats.items()}
        self.expected = {(code, *to(row, column)) for code, row, column in self.expected}
        self.hidden_rows = {to(row, 1)[0] for row in self.hidden_rows}
        self.hidden_columns = {to(1, column)[1] for column in self.hidden_columns}
        self.merged = [(*to(a, b), *to(c, d)) for a, b, c, d in self.merged]


class Workbook:
    """A workbook of pages; `suffix` and `data` replace it where a defect is of the file."""

    def __init__(self):
        self.pages = [clean_page()]
        self.year_1904 = False
        self.suffix = ".xlsx"
        self.data = None
        self.file_findings = set()

    @property
    def page(self):
        return self.pages[-1]

    def findings(self):
        """Expected (code, sheet, cell)."""
        return {
            (code, page.name, f"{get_column_letter(column)}{row}")
            for page in self.pages
            for code, row, column in page.expected
        }

    def to_bytes(self):
        if self.data is not None:
            return self.data
        book = openpyxl.Workbook()
        book.remove(book.active)
        if self.year_1904:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        for page in self.pages:
            _write(page, book.create_sheet(page.name))
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def save(self, folder):
        path = folder / f"spoilt{self.suffix}"
        path.write_bytes(self.to_bytes())
        return path


def _write(page, sheet):
    for (row, column), value in page.cells.items():
        cell = sheet.cell(row, column, value)
        if isinstance(value, str) and not value.startswith("="):
            cell.data_type = "e" if value.startswith("#") else "s"
        cell.number_format = page.formats.get((row, column), formats.FORMAT_GENERAL)
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in page.hidden_columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    for top, left, bottom, right in page.merged:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def clean_page():
    page = Page()
    for row in openpyxl.load_workbook(HERE / "clean.xlsx").active.iter_rows():
        for cell in row:
            page.put(cell.row, cell.column, cell.value)
    return page


def as_text(page, delimiter=","):
    rows = max(row for row, _ in page.cells)
    columns = max(column for _, column in page.cells)
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    for row in range(1, rows + 1):
        writer.writerow([page.cells.get((row, column), "") for column in range(1, columns + 1)])
    return target.getvalue()
