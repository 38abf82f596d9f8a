"""One's own advice as PDF: marked RED, for its respondent alone, and kept nowhere."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from portal import pdf
from portal.db import writing
from portal.readiness import QUESTIONS, Answer
from tests.cast import World
from tests.pages import Visitor
from tests.readiness.builders import MEDIATOR, begun, completed

pytestmark = pytest.mark.laid_out

Visit = Callable[[str], Visitor]


@pytest.mark.skipif(not pdf.available(), reason="this machine has no Pango")
def test_the_paper_has_the_advice_and_nothing_that_is_in_place(
    app: Flask, world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        sealer = app.extensions["sealer"]
        ref = completed(session, world, sealer=sealer, mfa=Answer.NO).ref
        unfinished = begun(session, world).ref
    answer = visit(MEDIATOR).get(f"/readiness/{ref}/export")
    assert answer.status == 200
    assert "TLP-RED" in answer.headers["Content-Disposition"]
    pages = PdfReader(BytesIO(answer.body)).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    titles = {one.key: one.title for one in QUESTIONS if one.scope == "person"}
    assert titles.pop("mfa") in said
    assert not [title for title in titles.values() if title in said]
    assert visit(MEDIATOR).get(f"/readiness/{unfinished}/export").status == 409
    for who in ("coordinator@peace", "steward@portal"):
        assert visit(who).get(f"/readiness/{ref}/export").status == 404
