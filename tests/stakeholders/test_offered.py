"""What forms offer to choose from, by type-ahead or without: nothing that is hidden."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.stakeholders import Membership, Organisation, Standing
from models.vocabulary import Tlp
from portal import stakeholders
from portal.db import writing
from tests.cast import NOW, World
from tests.factories import opened_process
from tests.pages import Visitor

FORMS = (
    ("liaison@telco", "/notices/new"),
    ("liaison@telco", "/commitments/new"),
    ("liaison@telco", "/claims/new"),
    ("liaison@telco", "/harm/new"),
    ("liaison@telco", "/releases/new"),
    ("mediator@peace", "/dialogues/new"),
)


@pytest.mark.parametrize(("who", "path"), FORMS)
def test_no_form_offers_what_is_hidden(
    world: World, visit: Callable[[str], Visitor], who: str, path: str
) -> None:
    other = "cert" if who.endswith("telco") else "telco"
    with writing(world.sessions) as session:
        keeper = world.actors["coordinator@peace"], world.organisations["peace"].ref
        if other == "cert":  # the mediator keeps the groups and processes of their body
            said = {"name": "Hidden circle", "ceiling": Tlp.AMBER}
            stakeholders.form_group(session, *keeper, **said, now=NOW)
            opened_process(session, world, "cloud", "cert", cover_name="Hidden talks")
        bank = session.scalars(select(Organisation).where(Organisation.name == "Bank")).one()
        bank.state = Standing.SUSPENDED
        members = select(Membership.person_id).where(Membership.organisation_id == bank.id)
        assert session.scalars(members).all()
    page = visit(who).get(path)
    assert page.status == 200
    offered = {tag.get_text().strip() for tag in page.page.select("option, label")}
    assert [words for words in offered if words == "Bank" or "Hidden" in words] == []
    assert offered
