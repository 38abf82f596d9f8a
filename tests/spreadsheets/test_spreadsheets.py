"""What is exported comes back as it was, and nothing of it runs in a spreadsheet."""

import csv
import re
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from portal.spreadsheets import as_csv, as_typed, as_xlsx

NOW = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)
HELSINKI_NOON = datetime(2026, 11, 3, 12, 0, tzinfo=timezone(timedelta(hours=2)))
HEADS = ["Reference", "Said", "Due", "Kept at", "Rounds"]
ROW = ["C-26-7K3Q9M", 'She said "yes", then\r\nno', date(2026, 12, 31), HELSINKI_NOON, 3]
SIGNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=cmd|"/C calc"!A0']
# What XML 1.0 can hold; a sheet writes the rest by number.
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60
)


def csv_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def book_back(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def sheet_back(data: bytes) -> Worksheet:
    sheet = book_back(data).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_csv_holds_text_days_numbers_and_instants_in_utc() -> None:
    data = as_csv(HEADS, [ROW, ["", None, None, None, -2]])
    assert csv_back(data) == [
        ["Reference", "Said", "Due", "Kept at (UTC)", "Rounds"],
        ["C-26-7K3Q9M", ROW[1], "2026-12-31", "2026-11-03T10:00:00Z", "3"],
        ["", "", "", "", "-2"],
    ]


def test_csv_says_its_charset_and_ends_lines_as_rfc_4180_says() -> None:
    data = as_csv(["Nimi"], [["Jyväskylä"], ["日本"]])
    assert data == b"\xef\xbb\xbfNimi\r\nJyv\xc3\xa4skyl\xc3\xa4\r\n\xe6\x97\xa5\xe6\x9c\xac\r\n"


@pytest.mark.parametrize("sign", SIGNS)
def test_csv_disarms_what_a_spreadsheet_would_run(sign: str) -> None:
    (head,), (cell,) = csv_back(as_csv([sign], [[sign]]))
    assert head == cell
    assert cell[0] == "'"
    assert cell.replace("'", "") == sign


@pytest.mark.parametrize("text", ["a;=1+1", "a\n=1+1", "a\r\n@SUM(A1)", "a\t-1", ";+1"])
def test_csv_disarms_also_where_semicolons_part_cells(text: str) -> None:
    ((cell,),) = csv_back(as_csv(["Said"], [[text]]))[1:]
    sign = next(n for n, email in enumerate(text) if email in "=@-+")
    assert cell == text[:sign] + "'" + text[sign:]


@pytest.mark.parametrize("text", ["", "a=1", "x@y.example", "3 - 2", "'a'", "C-26-7K3Q9M"])
def test_csv_leaves_harmless_text_alone(text: str) -> None:
    assert csv_back(as_csv(["Said", ""], [[text, "x"]]))[1] == [text, "x"]


BLANKS = " \xa0\u3000\u2003\u200b\u200e\u202e\u2060\ufeff\xad\u2028\u0085\v\f\x00\x1f\u3164\ufe0f"
WIDE = "＝＋－＠−﹦﹢﹣﹫"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", *WIDE])
def test_b10_csv_disarms_behind_what_nobody_sees_and_there_is_a_way_back(sign: str) -> None:
    befores, blanks = ("", "a;", "a\n", "a\t", "\t", "\r\n"), ("", *BLANKS, BLANKS, "'", "''")
    typed = [f"{before}{blank}{sign}1+1" for before in befores for blank in blanks]
    cells = [cell for (cell,) in csv_back(as_csv(["Said"], [[text] for text in typed]))[1:]]
    for cell in cells:
        for part in re.split("[;\t\r\n]", cell):
            assert not part.strip(BLANKS).startswith(sign), repr(cell)
    assert list(map(as_typed, cells)) == typed


@given(st.text(st.sampled_from("'=+;\t\r\n ＝\u200b\xa0a"), max_size=12))
@settings(deadline=None)
def test_b10_the_way_back_gives_exactly_what_was_typed(typed: str) -> None:
    ((_one, cell),) = csv_back(as_csv(["Ref", "Said"], [["C-1", typed]]))[1:]
    assert as_typed(cell) == typed


def test_b10_disarming_takes_time_in_proportion() -> None:
    for text in (" " * 60_000, "\t" * 60_000, "'" * 60_000, "; " * 30_000, ";'" * 30_000):
        assert as_typed(csv_back(as_csv(["Said"], [[text]]))[1][0]) == text


@given(st.lists(st.tuples(words, words), max_size=4))
@settings(deadline=None)
def test_csv_gives_back_every_text_but_for_the_apostrophe(rows: list[tuple[str, str]]) -> None:
    back = csv_back(as_csv(["One", "Two"], rows))[1:]
    assert [[cell.replace("'", "") for cell in row] for row in back] == [
        [cell.replace("'", "") for cell in row] for row in rows
    ]
    assert not [cell for row in back for cell in row if cell[:1] in tuple("=+-@\t\r")]


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 3, 12, 0)  # noqa: DTZ001 - the point of it
    for export in (as_csv, lambda *given: as_xlsx("Table", *given, now=NOW)):
        with pytest.raises(ValueError, match="without a zone"):
            export(["At"], [[naive]])


def test_a_sheet_holds_text_real_days_numbers_and_instants_in_utc() -> None:
    sheet = sheet_back(as_xlsx("Commitments", HEADS, [ROW], now=NOW))
    heads, row = sheet.iter_rows()
    assert [cell.value for cell in heads] == [*HEADS[:3], "Kept at (UTC)", "Rounds"]
    said, due = 'She said "yes", then\nno', datetime(2026, 12, 31)  # noqa: DTZ001
    assert [cell.value for cell in row] == [ROW[0], said, due, "2026-11-03T10:00:00Z", 3]
    assert row[2].is_date
    assert row[2].number_format == "yyyy-mm-dd"
    assert row[4].data_type == "n"


@pytest.mark.parametrize("sign", [*SIGNS, "{=1+1}", "https://evil.example", "mailto:a@b.example"])
def test_a_sheet_takes_signs_and_addresses_as_text(sign: str) -> None:
    sheet = sheet_back(as_xlsx("Table", [sign], [[sign]], notes=[sign], now=NOW))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 3
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)


def test_heads_are_bold_and_stay_in_view_below_the_notes() -> None:
    notes = ["TLP:AMBER+STRICT", "Created on 3 November 2026"]
    sheet = sheet_back(as_xlsx("Table", HEADS, [ROW], notes=notes, now=NOW))
    assert [sheet.cell(n, 1).value for n in (1, 2, 3, 4)] == [*notes, None, "Reference"]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert all(cell.font.bold for cell in sheet[4])
    assert not any(cell.font.bold for cell in sheet[5])


def test_the_marking_is_printed_at_head_and_foot_of_each_page() -> None:
    sheet = sheet_back(as_xlsx("Table", HEADS, [ROW], notes=["TLP:RED & PAP:RED"], now=NOW))
    assert sheet.oddHeader.center.text == "TLP:RED && PAP:RED"
    assert sheet.oddFooter.center.text == "TLP:RED && PAP:RED"
    assert sheet.oddFooter.right.text == "&P / &N"


def test_columns_are_as_wide_as_their_texts_but_not_wider_than_a_page() -> None:
    rows = [["x", "a longer text", "word " * 500]]
    sheet = sheet_back(as_xlsx("Table", ["A", "B", "C"], rows, notes=["n" * 400], now=NOW))
    narrow, middle, wide = (sheet.column_dimensions[name].width for name in "ABC")
    assert narrow < middle < wide < 70
    assert sheet["C4"].alignment.wrap_text


def test_the_file_names_no_author_and_the_time_that_was_handed_in() -> None:
    notified = book_back(as_xlsx("Commitments", HEADS, [ROW], now=NOW)).properties
    assert (notified.title, notified.created, notified.modified) == (
        "Commitments",
        *[NOW.replace(tzinfo=None)] * 2,
    )
    assert not notified.creator
    assert not notified.lastModifiedBy


def test_the_same_rows_give_the_same_bytes() -> None:
    first, second = (as_xlsx("Table", HEADS, [ROW], now=NOW) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Commitments", "Commitments"),
        ("Kept / late: [all]?", "Kept   late   all"),
        ("'quoted'", "quoted"),
        ("History", "Table"),
        ("***", "Table"),
        ("a" * 40, "a" * 30 + "…"),
        ("التزامات", "التزامات"),
    ],
)
def test_every_title_gives_a_name_that_excel_takes(title: str, name: str) -> None:
    assert book_back(as_xlsx(title, ["A"], [], now=NOW)).sheetnames == [name]


@given(words)
@settings(max_examples=60, deadline=None)
def test_any_title_and_text_makes_a_file_that_can_be_read(text: str) -> None:
    sheet = sheet_back(as_xlsx(text, [text], [[text]], notes=[text], now=NOW))
    assert (sheet.cell(4, 1).value or "") == text


def test_what_excel_cannot_hold_is_kept_as_text_or_visibly_cut() -> None:
    row = [date(1899, 12, 31), 1234567890123456789, "🕊" * 20_000, float("nan")]
    sheet = sheet_back(as_xlsx("Table", list("ABCD"), [row], now=NOW))
    old, large, long, none = (cell.value for cell in sheet[2])
    assert (old, large, none) == ("1899-12-31", "1234567890123456789", "nan")
    assert long == "🕊" * 16_383 + "…"


def test_more_rows_than_a_sheet_has_are_refused_rather_than_dropped() -> None:
    with pytest.raises(ValueError, match="no room"):
        as_xlsx("Table", [str(n) for n in range(16_385)], [], now=NOW)
