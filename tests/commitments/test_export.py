"""Exporting the overview: rows for spreadsheets, of what may be exported and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from blueprints.commitments import exporting
from models.commitments import Step
from models.vocabulary import Tlp
from portal import commitments
from portal.clock import now
from portal.commitments import Filter
from portal.commitments import exporting as service
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import drafted, found, reported
from tests.commitments.exported import (
    BANK,
    DAY,
    FILES,
    MEDIATOR,
    TELCO,
    csv_of,
    exports,
    name_of,
    pdf_of,
    promised,
    today,
    xlsx_of,
)
from tests.factories import opened_process
from tests.pages import Visitor

pytestmark = pytest.mark.laid_out

Visit = Callable[[str], Visitor]


def test_csv_has_a_row_for_each_with_all_its_columns(world: World, visit: Visit) -> None:
    due = (now() + 20 * DAY).date()
    ref = promised(world, "peace", title="Logs are kept", due_on=due, theme="rights")
    with writing(world.sessions) as session:
        reported(session, world, ref, Step.FULL, at=now())
        found(session, world, ref, Step.MINIMAL, at=now())
    (row,) = csv_of(visit(MEDIATOR).get("/commitments/overview.csv"))
    assert row == {
        "Reference": ref,
        "Marking": "TLP:AMBER+STRICT",
        "Commitment": "Logs are kept",
        "Committing party": "Telco",
        "Counterpart": "Cloud",
        "Verifier": "Response Team",
        "Theme": "People and their rights online",
        "State": "in force",
        "Due": due.isoformat(),
        "Time zone of the due date": "Europe/Helsinki",
        "Self-report": "Full",
        "Verification finding": "Minimal",
        "Accounts differ": "yes",
        "Next move": "Telco reports again, or replies to the finding",
        "Own ticket number": "",
    }


def test_what_is_missing_is_an_empty_cell(world: World, visit: Visit) -> None:
    promised(world, "peace", verifier="", due_on=None)
    (row,) = csv_of(visit(MEDIATOR).get("/commitments/overview.csv"))
    empty = ("Verifier", "Due", "Time zone of the due date", "Self-report", "Verification finding")
    assert {row[name] for name in empty} == {""}
    assert row["Accounts differ"] == "no"


def test_the_due_day_is_the_first_that_is_not_met(world: World, visit: Visit) -> None:
    first, second = ((now() + days * DAY).date() for days in (20, 40))
    steps = (commitments.StepText("One", first), commitments.StepText("Two", second))
    ref = promised(world, "peace", due_on=None, steps=steps)
    with writing(world.sessions) as session:
        found(session, world, ref, at=now(), milestone=1)
    (row,) = csv_of(visit(MEDIATOR).get("/commitments/overview.csv"))
    assert row["Due"] == second.isoformat()


def test_excel_has_the_same_rows_with_days_as_days_and_its_marking_first(
    world: World, visit: Visit
) -> None:
    for n in range(3):
        promised(world, "peace", title=f"Promise {n}")
    mediator = visit(MEDIATOR)
    rows = csv_of(mediator.get("/commitments/overview.csv"))
    sheet = xlsx_of(mediator.get("/commitments/overview.xlsx"))
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    assert lines[0][0] == "TLP:AMBER+STRICT"
    assert "TLP:AMBER+STRICT" in str(sheet.oddHeader.center.text)
    assert "TLP:AMBER+STRICT" in str(sheet.oddFooter.center.text)
    heads = next(n for n, line in enumerate(lines) if line[0] == "Reference")
    due = list(rows[0]).index("Due")
    assert len(lines) == heads + 1 + 3
    for line, row in zip(lines[heads + 1 :], rows, strict=True):
        assert isinstance(line[due], datetime)
        line[due] = line[due].date().isoformat()
        assert [cell or "" for cell in line] == list(row.values())


@pytest.mark.parametrize("title", ["=cmd()", "+1", "@SUM(A1)", "-1;=cmd()"])
def test_a_title_that_is_a_formula_stays_text(world: World, visit: Visit, title: str) -> None:
    promised(world, "peace", title=title)
    mediator = visit(MEDIATOR)
    (row,) = csv_of(mediator.get("/commitments/overview.csv"))
    assert row["Commitment"][0] == "'"
    assert row["Commitment"].replace("'", "") == title
    sheet = xlsx_of(mediator.get("/commitments/overview.xlsx"))
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == title]
    assert cell.data_type == "s"


def test_a_file_is_saved_under_the_strictest_marking_and_kept_nowhere(
    world: World, visit: Visit
) -> None:
    promised(world, tlp=Tlp.GREEN)
    mediator = visit(MEDIATOR)
    for file in FILES:
        ending = file.rpartition(".")[2]
        answer = mediator.get(f"/commitments/{file}")
        assert name_of(answer) == f"commitments-TLP-GREEN-{today()}.{ending}"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    promised(world, "peace", tlp=Tlp.AMBER_STRICT)
    promised(world, "peace", tlp=Tlp.AMBER)
    promised(world, "liaison@cloud", "analyst@cert", tlp=Tlp.RED)
    name = name_of(mediator.get("/commitments/overview.csv"))
    assert name == f"commitments-TLP-AMBER-STRICT-{today()}.csv"


def test_the_present_narrowing_is_taken_along_and_said(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud", at=now())
    there = promised(world, "peace", process=process.id, theme="rights")
    other = promised(world, "peace", by="liaison@cloud", to="bank", verifier="")
    mediator, telco = visit(MEDIATOR), world.organisations["telco"].id
    for query, said in (
        (f"party={telco}", "Party: Telco"),
        (f"part_of={process.id}", "Process: Ledgerfall talks"),
        ("theme=rights", "People and their rights online"),
    ):
        rows = csv_of(mediator.get(f"/commitments/overview.csv?{query}"))
        assert [row["Reference"] for row in rows] == [there]
        for page in (
            mediator.get(f"/commitments/print?{query}").words,
            *pdf_of(mediator.get(f"/commitments/overview.pdf?{query}")),
            str(xlsx_of(mediator.get(f"/commitments/overview.xlsx?{query}"))["A2"].value),
        ):
            assert "All active" in page
            assert said in page
    assert len(csv_of(mediator.get("/commitments/overview.csv?norm=x&state=&due="))) == 0
    index = mediator.get(f"/commitments/?party={telco}&after=_&endpoint=x")
    for words in ("Print", "PDF", "CSV", "Excel"):
        links = [
            a for a in index.page.select("main .go-more a") if a.get_text().split()[0] == words
        ]
        assert [str(a["href"]).partition("?")[2] for a in links] == [f"party={telco}"]
    assert other not in csv_of(mediator.get("/commitments/overview.csv?theme=rights"))[0].values()


def test_what_is_over_is_taken_along_newest_first(world: World, visit: Visit) -> None:
    ended = []
    for hours in (3, 2, 1):
        ref = promised(world, "peace")
        ended.append(ref)
        with writing(world.sessions) as session:
            found(session, world, ref, at=now() - timedelta(hours=hours))
    running = promised(world, "peace")
    mediator = visit(MEDIATOR)
    rows = csv_of(mediator.get("/commitments/overview.csv?state=over"))
    assert [row["Reference"] for row in rows] == ended[::-1]
    assert {row["State"] for row in rows} == {"fulfilled"}
    page = mediator.get("/commitments/print?state=over")
    assert running not in page.words
    assert [th.get_text(strip=True) for th in page.page.select("main thead th")][2] == "Ended"


def test_hidden_ones_are_in_no_row_file_name_or_page(world: World, visit: Visit) -> None:
    hidden = promised(world, title="Hidden canary")
    red = promised(world, "liaison@cloud", "analyst@cert", title="Red canary", tlp=Tlp.RED)
    with writing(world.sessions) as session:
        draft = drafted(session, world, "bank", title="Draft canary", at=now()).ref
    shown = promised(world, "bank", title="Shown", tlp=Tlp.AMBER)
    bank, telco = visit(BANK), visit(TELCO)
    assert [row["Reference"] for row in csv_of(bank.get("/commitments/overview.csv"))] == [shown]
    texts = [
        bank.get("/commitments/overview.csv").text,
        str(list(xlsx_of(bank.get("/commitments/overview.xlsx")).values)),
        *pdf_of(bank.get("/commitments/overview.pdf")),
        bank.get("/commitments/print").text,
    ]
    for text in texts:
        assert "canary" not in text
        assert not [ref for ref in (hidden, red, draft) if ref in text]
    assert "AMBER-STRICT" not in name_of(bank.get("/commitments/overview.csv"))
    refs = {row["Reference"] for row in csv_of(telco.get("/commitments/overview.csv"))}
    assert refs == {hidden, red, shown}, "a draft is on no list but that of drafts"
    for ref in (hidden, red, draft, "C-26-ZZZZZZ"):
        assert bank.get(f"/commitments/{ref}/export").status == 404


def test_by_a_process_that_one_does_not_know_nothing_is_taken_or_named(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()  # the pages say the minute at which they were made
    monkeypatch.setattr("portal.web.read_clock", lambda: moment)
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud", at=now())
    promised(world, "bank", process=process.id)
    query = f"part_of={process.id}"
    assert csv_of(visit(BANK).get(f"/commitments/overview.csv?{query}")) == []
    page = visit(BANK).get(f"/commitments/print?{query}")
    absent = visit(BANK).get("/commitments/print?part_of=999999")
    assert "Ledgerfall" not in page.words
    assert page.words == absent.words


def test_a_stale_index_row_exports_nothing(world: World) -> None:
    ref = promised(world, "bank")
    with writing(world.sessions) as session:
        session.execute(service.Commitment.__table__.update().values(state="draft"))
        sheet = commitments.export(
            session, world.actors[BANK], now(), made_as="csv", narrowed=Filter()
        )
        assert (sheet.rows, sheet.tlp) == ((), Tlp.CLEAR)
        assert ref


def test_every_export_is_in_the_trail_with_its_number_of_rows(world: World, visit: Visit) -> None:
    refs = [promised(world, "peace") for _n in range(3)]
    mediator = visit(MEDIATOR)
    for path in (*FILES, "print", "print?theme=rights"):
        assert mediator.get(f"/commitments/{path}").status == 200
    assert mediator.get(f"/commitments/{refs[1]}/export").status == 200
    counted = [(ref, detail.get("rows"), detail["format"]) for ref, detail in exports(world)]
    assert counted == [
        *(("", 3, name) for name in ("csv", "xlsx", "pdf", "print")),
        ("", 0, "print"),
        (refs[1], None, "pdf"),
    ]


def test_a_view_that_shows_a_list_is_not_an_export(world: World, visit: Visit) -> None:
    promised(world, "peace")
    visit(MEDIATOR).get("/commitments/")
    visit(MEDIATOR).get("/commitments/progress")
    assert exports(world) == []


def test_more_than_fits_is_said_everywhere(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [promised(world, "peace", due_on=(now() + n * DAY).date()) for n in (20, 30, 40)]
    monkeypatch.setattr(exporting._sheet, "__defaults__", (2,))
    monkeypatch.setattr(exporting, "ON_PAPER", 2)
    mediator, more = visit(MEDIATOR), "There may be more than these 2 rows"
    answer = mediator.get("/commitments/overview.csv")
    assert [row["Reference"] for row in csv_of(answer)] == refs[:2]
    assert name_of(answer) == f"commitments-TLP-AMBER-STRICT-{today()}-first-2.csv"
    assert more in str(list(xlsx_of(mediator.get("/commitments/overview.xlsx")).values))
    assert more in " ".join(pdf_of(mediator.get("/commitments/overview.pdf"))[0].split())
    assert more in mediator.get("/commitments/print").words
    assert {detail["rows"] for _ref, detail in exports(world)} == {2}


def test_what_the_index_was_not_looked_through_for_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WALKED", 2)
    promised(world, "peace", theme="rights", due_on=(now() + 40 * DAY).date())
    mediator = world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        only = commitments.export(
            session, mediator, now(), made_as="csv", narrowed=Filter(theme="rights")
        )
        assert (len(only.rows), only.capped) == (1, False)
    for n in (20, 30):
        promised(world, "peace", due_on=(now() + n * DAY).date())
    with writing(world.sessions) as session:
        none = commitments.export(
            session, mediator, now(), made_as="csv", narrowed=Filter(theme="rights")
        )
        assert (len(none.rows), none.capped) == (0, True)


def test_strangers_are_asked_to_sign_in(visit: Visit) -> None:
    for path in (*FILES, "print", "C-26-ZZZZZZ/export", "progress"):
        assert visit("nobody").get(f"/commitments/{path}").status == 302
