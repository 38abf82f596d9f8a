"""Commitments on paper: each sheet marked, the two voices side by side, right to left whole."""

from collections.abc import Callable
from typing import Any

import pytest

from blueprints import pdf_files
from models.commitments import ConditionType, Step
from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal import commitments, pdf, web
from portal.clock import now
from portal.days import day_of
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import agreed, drafted, found, proposed, reported
from tests.commitments.exported import (
    BANK,
    DAY,
    MEDIATOR,
    TELCO,
    exports,
    name_of,
    pdf_of,
    promised,
)
from tests.pages import Visitor

pytestmark = pytest.mark.laid_out

Visit = Callable[[str], Visitor]
ARABIC = "تم الوفاء بالتعهد"


def test_each_page_of_the_pdf_is_marked_and_numbered(world: World, visit: Visit) -> None:
    refs = [promised(world, "peace", title=f"Promise {n}") for n in range(9)]
    promised(world, "peace", title=ARABIC, tlp=Tlp.AMBER)
    pages = pdf_of(visit(MEDIATOR).get("/commitments/overview.pdf"))
    assert len(pages) > 1
    for n, page in enumerate(pages, start=1):
        assert page.count("TLP:AMBER+STRICT") >= 2
        assert f"Page {n} of {len(pages)}" in page
    whole = "\n".join(pages)
    for ref in refs:
        assert whole.count(ref) == 1
    assert whole.replace("\n", " ").count("Helsinki time") == 10
    assert set(ARABIC.split()) <= set(whole.split()), "each word is whole, whatever their order"


def test_the_print_view_is_plain_and_its_marking_comes_again_on_each_sheet(
    world: World, visit: Visit
) -> None:
    ref = promised(world, "peace", title="Logs are kept")
    page = visit(MEDIATOR).get("/commitments/print?state=in-force")
    (row,) = page.page.select("main tbody tr")
    assert "Logs are kept" in row.get_text()
    assert ref in row.get_text()
    assert not row.select("a")
    for part in ("thead", "tfoot"):
        (marking,) = page.page.select(f"main {part} .go-tlp")
        assert marking.get_text() == "TLP:AMBER+STRICT"
    back = page.page.find("a", string="Back to the overview")
    assert back is not None
    assert str(back["href"]) == "/commitments/?state=in-force"


def whole(world: World) -> str:
    """A commitment with all that can hang on one; it hangs on one that Bank cannot see."""
    with writing(world.sessions) as session:
        telco, at = world.actors[TELCO], now() - 5 * DAY
        hidden = agreed(session, world, title="Hidden canary", at=at)
        seen = agreed(session, world, "bank", title="Seen end", tlp=Tlp.AMBER_STRICT, at=at)
        steps = (
            commitments.StepText("First step", (now() + 20 * DAY).date(), 3),
            commitments.StepText("Second step", (now() + 30 * DAY).date()),
        )
        draft = drafted(
            session, world, "bank", title=f"A promise {ARABIC}", tlp=Tlp.AMBER, at=at,
            body="Keep **all** of it.", how_known="By asking.", due_on=None, steps=steps,
        )  # fmt: skip
        for other, condition_type in ((hidden, ConditionType.WHILE), (seen, ConditionType.WHILE)):
            commitments.add_condition(
                session,
                telco,
                draft.ref,
                on=other.ref,
                condition_type=condition_type,
                days=7,
                now=at,
            )
        by = (at + 3 * DAY).date()
        commitments.propose(session, telco, draft.ref, answer_by_on=by, now=at)
        commitments.accept(session, world.actors["liaison@cloud"], draft.ref, at)
        reported(session, world, draft.ref, Step.FULL, at=at + DAY)
        found(session, world, draft.ref, Step.MINIMAL, at=at + DAY, milestone=1)
        commitments.reply(session, telco, draft.ref, words="Not so.", now=at + 2 * DAY)
        return draft.ref


def test_one_commitment_goes_to_the_table_as_pdf(world: World, visit: Visit) -> None:
    ref, digest = whole(world), "0123456789abcdef" * 4
    telco = visit(TELCO)
    shown = {
        "title": "The rota",
        "link": "https://telco.example/",
        "sha256": digest,
        "replaces": "",
    }
    telco.follow(telco.post(f"/commitments/{ref}/add-evidence", shown))
    tied = {"norm": "un-gge-2015-k", "reason": "It protects responders."}
    assert telco.post(f"/commitments/{ref}/link-norm", tied).status == 302
    answer = visit(BANK).get(f"/commitments/{ref}/export")
    pages = pdf_of(answer)
    text = " ".join(" ".join(pages).split())
    assert name_of(answer) == f"{ref}-TLP-AMBER-STRICT-{day_of(now(), 'Asia/Singapore')}.pdf"
    for page in pages:
        assert page.count("TLP:AMBER+STRICT") >= 2, "as strict as what it names"
        assert ref in page
    for words in (
        "Committing party Telco", "Keep all of it.", "By asking.", "First step", "Second step",
        "Telco reports", "Response Team finds", "As we see it.", "As we found it.", "Not so.",
        "The accounts differ.", "The rota", "Seen end", "a grace period of 7 days",
        "depends on a commitment that is not shown to you", "It protects responders.",
        "A/70/174",
    ):  # fmt: skip
        assert words in text, words
    assert digest in text.replace(" ", "")
    assert set(ARABIC.split()) <= set(text.split())
    assert "canary" not in text
    assert "**" not in text


def test_a_proposal_and_a_draft_can_be_printed_by_whoever_reads_them(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        offer = proposed(session, world, title="An offer", at=now()).ref
        draft = drafted(session, world, title="A draft", at=now()).ref
    assert "Cloud responds to the proposal" in " ".join(
        pdf_of(visit("liaison@cloud").get(f"/commitments/{offer}/export"))[0].split()
    )
    assert "A draft" in pdf_of(visit(TELCO).get(f"/commitments/{draft}/export"))[0]
    assert visit("liaison@cloud").get(f"/commitments/{draft}/export").status == 404


def test_its_page_leads_to_the_pdf(world: World, visit: Visit) -> None:
    ref = promised(world, "peace")
    page = visit(MEDIATOR).get(f"/commitments/{ref}")
    link = page.page.find("a", string="Download PDF")
    assert link is not None
    assert str(link["href"]) == f"/commitments/{ref}/export"


def test_without_the_libraries_nothing_is_noted_and_the_rest_works(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = promised(world, "peace")
    monkeypatch.setattr(pdf, "AVAILABLE", False)
    mediator = visit(MEDIATOR)
    for path in ("overview.pdf", f"{ref}/export"):
        answer = mediator.get(f"/commitments/{path}")
        assert (answer.status, "libpango" in answer.words) == (503, True)
    assert exports(world) == []
    assert mediator.get("/commitments/print").status == 200


def test_the_database_is_free_while_paper_is_laid_out(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = promised(world, "peace")
    free: list[bool] = []

    def slow(*_page: Any, **_told: Any) -> bytes:
        free.append("session" not in web.g)
        with writing(world.sessions) as session:  # would wait for the lock, and fail
            session.execute(AuditEvent.__table__.select().limit(1))
        return b"%PDF"

    monkeypatch.setattr(pdf_files.pdf, "as_pdf", slow)
    for path in ("overview.pdf", f"{ref}/export"):
        assert visit(MEDIATOR).get(f"/commitments/{path}").body == b"%PDF"
    assert free == [True, True]
    assert [name for name, _detail in exports(world)] == ["", ref]
