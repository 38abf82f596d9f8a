"""Each picture can be taken along as SVG, PNG and CSV, by the address of its page."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import func, select

from models.ledger import AuditEvent
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.factories import opened_process, sent_to
from tests.pages import NOT_LAID_OUT, Visitor
from tests.soup import parsed

Visit = Callable[[str], Visitor]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ref(world: World) -> str:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", at=NOW - timedelta(days=29))
        for days in (1, 2, 26):
            at = NOW - timedelta(days=days)
            sent_to(session, world, process, title=f"A <wiper> & {days}", at=at)
        return process.ref


def links(visitor: Visitor, path: str) -> dict[str, str]:
    """The addresses of the files beside the pictures of a page, by name and format."""
    found = {}
    for link in visitor.get(path).page.select("a[href*='picture=']"):
        address = str(link["href"])
        name = address.partition("picture=")[2].partition("&")[0]
        found[f"{name}.{address.partition('as=')[2].partition('&')[0]}"] = address
    return found


def test_the_timeline_of_a_process_has_its_files(world: World, visit: Visit, ref: str) -> None:
    mediator = visit("mediator@peace")
    found = links(mediator, f"/processes/{ref}")
    assert set(found) == {"timeline.svg", "timeline.png", "timeline.csv"}
    svg = mediator.get(found["timeline.svg"])
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert "TLP-AMBER-STRICT" in svg.headers["Content-Disposition"]
    drawing = ElementTree.fromstring(svg.body)
    words = [one.text or "" for one in drawing.iter(f"{SVG}text")]
    assert words[0].startswith("TLP:AMBER+STRICT")
    assert "Notices" in " ".join(words), "its colours are explained"
    rows = list(
        csv.reader(io.StringIO(mediator.get(found["timeline.csv"]).body.decode("utf-8-sig")))
    )
    assert rows[0][0] == "Month"
    assert sum(int(row[rows[0].index("Notices")]) for row in rows[1:]) == 3


def test_the_same_policy_and_trail_as_the_page(world: World, visit: Visit, ref: str) -> None:
    path = f"/processes/{ref}?picture=timeline&as=csv"
    assert visit("liaison@bank").get(path).status == 404
    with reading(world.sessions) as session:
        before = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    visit("mediator@peace").get(path)
    with reading(world.sessions) as session:
        after = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    assert after - before >= 1, "reading it is noted as reading the page is"


@pytest.mark.parametrize("odd", ["?picture=timeline&as=exe", "?picture=other&as=svg", "?as=csv"])
def test_what_is_no_picture_is_the_page(visit: Visit, ref: str, odd: str) -> None:
    page = visit("mediator@peace").get(f"/processes/{ref}{odd}")
    assert page.status == 200
    assert "<h1" in page.text


@pytest.mark.parametrize("path", ["/norms/measures", "/norms/coverage"])
def test_pictures_of_norms_have_their_files(visit: Visit, path: str) -> None:
    liaison = visit("liaison@telco")
    for name, address in links(liaison, path).items():
        if not name.endswith("png"):
            answer = liaison.get(address)
            assert answer.status == 200, name
            if name.endswith("svg"):
                ElementTree.fromstring(answer.body)


@pytest.mark.prints
def test_one_is_printed_as_png(visit: Visit, ref: str) -> None:
    answer = visit("mediator@peace").get(f"/processes/{ref}?picture=timeline&as=png")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.body.startswith(b"\x89PNG")


def test_the_dossier_has_the_picture_of_months_of_its_page(
    world: World, visit: Visit, ref: str
) -> None:
    mediator = visit("mediator@peace")
    page, paper = (mediator.get(f"/processes/{ref}{part}") for part in ("", "/export"))
    assert paper.headers["Content-Type"] == "application/pdf"
    drawn = "figure svg g > title"
    shown = [one.get_text() for one in page.page.select(drawn)]
    assert shown == ["Oct 2026: Notices 1", "Nov 2026: Notices 2"]
    printed = parsed(paper.body.removeprefix(NOT_LAID_OUT))
    assert [one.get_text() for one in printed.select(drawn)] == shown
    names = [one.get_text(strip=True) for one in printed.select("figure text.go-over")]
    assert " ".join(names).startswith("Oct 2026 Nov 2026")
