"""The dossier of a process: what its reader may take along, marked by the strictest of it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent
from models.processes import Process
from models.vocabulary import Tlp
from portal import claims, harm
from portal.db import reading, writing
from portal.dossier import dossier
from portal.recipients import RecipientList
from tests.cast import NOW, World
from tests.claims.builders import published
from tests.claims.builders import text as claim_text
from tests.commitments.builders import agreed
from tests.factories import opened_process
from tests.harm.builders import text as harm_text
from tests.pages import Visitor

pytestmark = pytest.mark.laid_out

Visit = Callable[[str], Visitor]
TELCO = "liaison@telco"


def sent_to(session: Session, world: World, process: Process, tlp: Tlp = Tlp.AMBER_STRICT) -> None:
    """A claim and a row of harm of Telco for all members of a process."""
    to, actor = RecipientList(processes=frozenset({process.id})), world.actors[TELCO]
    home = world.organisations["telco"].ref
    said = {"scale": "icd-203", "confidence": "likely", "tlp": tlp}
    text = claim_text(title="Said to all of it", **said)
    claim = claims.post_claim(session, actor, home, text=text, to=to, now=NOW)
    claims.publish(session, actor, claim.ref, NOW)
    hurt = harm_text(title="Harm for all of it", reached_as="first", from_on="2017")
    row = harm.state_harm(session, actor, home, text=hurt, to=to, now=NOW)
    harm.publish(session, actor, row.ref, NOW)


def filled(world: World) -> str:
    """A process with a claim and harm for all its members, and a claim for one of them alone."""
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        sent_to(session, world, process)
        published(session, world, "peace", title="Hidden claim")
        return str(process.ref)


def test_it_holds_what_its_reader_may_take_along(world: World) -> None:
    ref = filled(world)
    with writing(world.sessions) as session:
        found = dossier(session, world.actors["liaison@cloud"], ref, NOW)
    assert [row.title for row in found.claims.claims] == ["Said to all of it"]
    assert [one.row.title for one in found.harm.rows] == ["Harm for all of it"]
    assert {"opened", "claims", "harm"} <= {entry.what for entry in found.entries}
    assert "Hidden" not in repr(found)


def test_who_knows_of_a_process_is_for_its_members_alone(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        sent_to(session, world, process, Tlp.GREEN)
        found = dossier(session, world.actors["liaison@cloud"], process.ref, NOW)
        assert found.tlp == Tlp.AMBER_STRICT
        red = agreed(session, world, "liaison@cloud", process=process.id, tlp=Tlp.RED)
        cloud = dossier(session, world.actors["liaison@cloud"], process.ref, NOW)
    assert [row.ref for row in cloud.commitments] == [red.ref]
    assert cloud.tlp == Tlp.RED, "as strict as the strictest on it"


def test_it_is_in_the_trail_and_in_the_receipts(world: World) -> None:
    ref = filled(world)
    with writing(world.sessions) as session:
        dossier(session, world.actors["liaison@cloud"], ref, NOW)
    with reading(world.sessions) as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.verb == "export")).all()
    assert {row.resource_type for row in rows} == {"processes", "claims", "harm"}
    assert {row.detail["format"] for row in rows} == {"pdf"}


def test_nobody_else_has_it(world: World, visit: Visit) -> None:
    ref = filled(world)
    assert visit("liaison@bank").get(f"/processes/{ref}/export").status == 404
    assert visit("liaison@cloud").get("/processes/S-26-ZZZZZZ/export").status == 404


@pytest.mark.prints
def test_each_page_of_the_paper_is_marked(world: World, visit: Visit) -> None:
    answer = visit("liaison@cloud").get(f"/processes/{filled(world)}/export")
    assert answer.body.startswith(b"%PDF")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.body)).pages]
    assert all("TLP:AMBER+STRICT" in text for text in pages)
    words = " ".join(" ".join(pages).split())
    for said in ("Said to all of it", "Harm for all of it", "not a verdict", "likely", "40 to 55"):
        assert said in words
