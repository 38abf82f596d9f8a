"""What is ticked in the directory is exported: what one may know of, and that it was is kept."""

from collections.abc import Callable

from sqlalchemy import select

from models.ledger import AuditEvent
from models.stakeholders import Organisation, Standing
from portal.db import reading, writing
from portal.rules import EXPORT, ORGANISATIONS
from tests.cast import World
from tests.commitments.exported import csv_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_the_directory_is_taken_along_as_far_as_one_knows_of_it(world: World, visit: Visit) -> None:
    refs = [world.organisations[name].ref for name in ("peace", "telco", "bank")]
    with writing(world.sessions) as session:
        session.get_one(Organisation, world.organisations["bank"].id).state = Standing.SUSPENDED
    query = "&".join(f"ref={ref}" for ref in refs)
    mediator = visit("mediator@peace")
    assert mediator.get("/stakeholders/").page.select("input[name=ref][form=selected]")
    page = mediator.get(f"/stakeholders/selected?{query}")
    assert "1 of what was selected cannot be shown." in page.words
    rows = csv_of(mediator.get(f"/stakeholders/selected.csv?{query}"))
    assert [row["Reference"] for row in rows] == refs[:2]
    with reading(world.sessions) as session:
        mine = AuditEvent.resource_type == ORGANISATIONS.name, AuditEvent.verb == EXPORT
        (event,) = session.scalars(select(AuditEvent).where(*mine))
    assert event.detail["rows"] == 2
