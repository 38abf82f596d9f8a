"""Rows as a file for other programs: CSV (RFC 4180) and an Excel sheet (ISO/IEC 29500).

What people wrote stays text. A sheet takes it as text by its type; CSV has no types, so a cell that
a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV Injection), also where
blanks, invisible characters or apostrophes come before the sign, or it is written in another width.
`as_typed` takes the apostrophes out again, and gives back exactly what was typed.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any, Final

from xlsxwriter import Workbook

from portal.parsing import storable

Cell = str | int | float | date | datetime | None

# What spreadsheets skip or drop before they look whether a cell is a formula: white space,
# controls, what is invisible, marks of direction; but not what may begin a cell or line of its own.
SKIPPED: Final = (
    r"[ \x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5"
    r"\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff"
    r"\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]*"
)
SIGNS: Final = r"[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
# Where semicolons part cells, as in much of Europe, a quoted cell is cut at them and at each line:
# so a sign of a formula is disarmed there as well as at the beginning.
BEGINS: Final = r"(?:\A|(?<=[;\t\r\n]))"
RUNS: Final = rf"(?='*{SKIPPED}{SIGNS})|\A{{}}(?='*[\t\r\n])"
FORMULA: Final = re.compile(BEGINS + RUNS.format(""))
DISARMED: Final = re.compile(f"{BEGINS}'" + RUNS.format("'"))
FORBIDDEN_IN_NAMES: Final = re.compile(r"[^\w .,()+-]")
LONGEST_NAME, LONGEST_TEXT, LONGEST_HEADER = 31, 32_767, 100
WIDEST = 420  # pixels; longer texts wrap
FIRST_YEAR = 1900  # Excel knows no day before
EXACT = 10**15  # and no whole number from here on
A4 = 9


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows in UTF-8 with a byte order mark, without which Excel takes it for another charset.

    Instants stand in UTC, and the heads of their columns say so; naive ones raise ValueError.
    """
    taken = [list(row) for row in rows]
    paper = StringIO(newline="")
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in _with_zone(heads, taken)])
    writer.writerows([_harmless(cell) for cell in row] for row in taken)
    return BOM_UTF8 + paper.getvalue().encode()


def table_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8, as they stand; raises ValueError for any other file."""
    text = data.decode("utf-8-sig")
    if not storable(text):
        raise ValueError("no text")
    try:
        return list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as bad:
        raise ValueError("no table") from bad


def as_typed(cell: str) -> str:
    """A cell of a CSV file as it was typed, without the apostrophes that disarm it."""
    return DISARMED.sub("", cell)


def as_xlsx(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    notes: Sequence[str] = (),
    now: datetime,
) -> bytes:
    """One sheet: the notes, then the heads, which stay in view, then the rows.

    The first note is printed at the head and foot of each page as well: the marking belongs there.
    The file names no author, and the same input gives the same bytes. Raises ValueError for rows
    that do not fit and for naive instants.
    """
    taken = [list(row) for row in rows]
    paper = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(paper, options) as book:
        book.set_properties({"title": str(title), "created": now.astimezone(UTC)})
        sheet = book.add_worksheet(_name(str(title)))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        top = len(notes) + 1 if notes else 0
        for column, head in enumerate(_with_zone(heads, taken)):
            _put(sheet, top, column, head, bold, day)
        for line, row in enumerate(taken, start=top + 1):
            for column, cell in enumerate(row):
                _put(sheet, line, column, cell, plain, day)
        sheet.autofit(WIDEST)
        for line, note in enumerate(notes):  # after autofit: a long note does not widen a column
            _put(sheet, line, 0, str(note), None, day)
        _set_up(sheet, top, str(notes[0]) if notes else "")
    return paper.getvalue()


def _with_zone(heads: Sequence[str], rows: list[list[Cell]]) -> list[str]:
    timed = {n for row in rows for n, cell in enumerate(row) if isinstance(cell, datetime)}
    return [f"{head} (UTC)" if n in timed else str(head) for n, head in enumerate(heads)]


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        if cell.tzinfo is None:
            raise ValueError("an instant without a zone means another one to each reader")
        return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _harmless(cell: Cell) -> str:
    # An apostrophe that was typed there gets another one, so that the way back is one.
    return FORMULA.sub("'", cell) if isinstance(cell, str) else _text(cell)


def _put(sheet: Any, line: int, column: int, cell: Cell, form: Any, day: Any) -> None:
    if isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= FIRST_YEAR:
        bad = sheet.write_datetime(line, column, cell, day)
    elif isinstance(cell, int | float) and abs(cell) < EXACT:
        bad = sheet.write_number(line, column, cell, form)
    else:
        text = _cut(_text(cell).replace("\r\n", "\n"), LONGEST_TEXT)  # as Excel breaks lines
        bad = sheet.write_string(line, column, text, form)
    if bad:
        raise ValueError("a sheet has no room for so many rows or columns")


def _cut(text: str, longest: int) -> str:
    # Excel counts in UTF-16; what is cut says so by its last character.
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - 1)].decode("utf-16-le", "ignore") + "…"


def _name(title: str) -> str:
    name = _cut(FORBIDDEN_IN_NAMES.sub(" ", title).strip(), LONGEST_NAME)
    return "Table" if name.lower() in ("", "history") else name  # Excel keeps History to itself


def _set_up(sheet: Any, top: int, marking: str) -> None:
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    printed = _cut(marking, LONGEST_HEADER).replace("&", "&&")
    centre = f"&C{printed}" if printed else ""
    sheet.set_header(centre)
    sheet.set_footer(f"{centre}&R&P / &N")
