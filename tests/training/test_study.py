"""A unit from the first page to the certificate, without scripts; progress is one's own."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from models.training import Completion
from portal import pdf
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import MEDIATOR, TLP, right, under_way, wrong

Visit = Callable[[str], Visitor]


def fields(answers: dict[str, str]) -> dict[str, str]:
    return {f"answer_{key}": choice for key, choice in answers.items()}


@pytest.mark.skipif(not pdf.available(), reason="this machine has no Pango")
@pytest.mark.laid_out
def test_a_unit_from_start_to_certificate(visit: Visit) -> None:
    mediator = visit(MEDIATOR)
    assert TLP.title in mediator.get("/training/").words
    page = mediator.post("/training/new", {"unit": "tlp"})
    for number, section in enumerate(TLP.sections, 1):
        shown = mediator.get(page.to)
        assert section.title in shown.words
        assert f"Section {number} of {len(TLP.sections)}" in shown.words
        page = mediator.post(page.to.partition("?")[0], {"section": str(number)})
    questions = page.to
    asked = mediator.get(questions)
    assert all(question.asks in asked.words for question in TLP.questions)
    assert not any(choice.why in asked.words for q in TLP.questions for choice in q.choices)
    failed = mediator.post(questions, fields(right() | {"q1": wrong()["q1"]}))
    assert failed.status == 422
    first = TLP.questions[0]
    assert first.chosen(wrong()["q1"]).why in failed.words
    assert first.right.why not in failed.words
    done = mediator.post(questions, fields(right()))
    result = mediator.get(done.to)
    assert all(question.right.why in result.words for question in TLP.questions)
    ref = done.to.rpartition("/")[2]
    certificate = mediator.get(f"/training/{ref}/export")
    assert certificate.status == 200
    text = PdfReader(BytesIO(certificate.body)).pages[0].extract_text()
    assert ref in text
    assert TLP.title in text.replace("\n", " ")
    assert "valid until" in mediator.get("/training/").words


def test_progress_is_saved_and_going_back_loses_none(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = under_way(session, world).ref
    mediator = visit(MEDIATOR)
    mediator.post(f"/training/{ref}/study", {"section": "3"})
    mediator.post(f"/training/{ref}/study", {"section": "1"})
    assert "3 of 5 sections read" in mediator.get("/training/").words
    assert TLP.sections[3].title in mediator.get(f"/training/{ref}/study").words
    mediator.get(f"/training/{ref}/study?section=5")
    with reading(world.sessions) as session:
        assert session.query(Completion).filter_by(ref=ref).one().sections == 3, "GET keeps nothing"


@pytest.mark.parametrize("section", ["0", "-1", "100", "x", ""])
def test_a_section_that_is_none_changes_nothing(visit: Visit, world: World, section: str) -> None:
    with writing(world.sessions) as session:
        ref = under_way(session, world).ref
    assert visit(MEDIATOR).post(f"/training/{ref}/study", {"section": section}).status == 200
    with reading(world.sessions) as session:
        row = session.query(Completion).filter_by(ref=ref).one()
        assert (row.sections, row.changed_at) == (0, NOW)
