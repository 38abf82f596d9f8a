"""The report as PDF: marked EXERCISE on each sheet, with what its reader saw and no more."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal import exercises, pdf
from portal.db import writing
from tests.cast import World
from tests.exercises.builders import BANK, CLOUD, MEDIATOR, TELCO, minute, over, running
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
pytestmark = [
    pytest.mark.laid_out,
    pytest.mark.skipif(not pdf.available(), reason="this machine has no Pango"),
]


def _said(visitor: Visitor, ref: str) -> str:
    answer = visitor.get(f"/exercises/{ref}/export")
    assert answer.status == 200
    assert f"EXERCISE-{ref}-TLP-AMBER-STRICT" in answer.headers["Content-Disposition"]
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.body)).pages]
    assert all("EXERCISE" in page and "TLP:AMBER+STRICT" in page for page in pages)
    return " ".join(" ".join(pages).split())


def test_each_gets_the_report_of_what_they_saw(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, begun = over(session, world).ref, running(session, world).ref
        note = {"text": "The number was wrong.", "now": minute(45)}
        exercises.write_note(session, world.actors[TELCO], ref, **note)
    whole, own, other = (_said(visit(who), ref) for who in (MEDIATOR, TELCO, CLOUD))
    for said in (whole, own):
        assert "For the first" in said
        assert "released at minute 2" in said
        assert "We switch off the rest." in said
        assert "The number was wrong." in said
    assert "2 injects were not released." in whole
    assert "It holds what was sent to your party" in own
    assert "For the first" not in other
    assert "We switch off the rest." not in other
    assert "The number was wrong." in other
    assert visit(BANK).get(f"/exercises/{ref}/export").status == 404
    assert visit(MEDIATOR).get(f"/exercises/{begun}/export").status == 404
