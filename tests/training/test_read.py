"""Who sees a completion: its learner all of it, an administrator of theirs that it is there."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from models.stakeholders import Membership, Role
from portal.db import writing
from tests.cast import World
from tests.pages import Visitor
from tests.training.builders import MEDIATOR, TLP, administers, completed, under_way

Visit = Callable[[str], Visitor]
OTHERS = ("coordinator@peace", "liaison@telco", "steward@portal", "custodian@portal")


def test_nobody_else_finds_it_by_its_address(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        refs = [completed(session, world).ref, under_way(session, world).ref]
    for who in OTHERS:
        visitor = visit(who)
        for ref in refs:
            for path in ("", "/study", "/complete", "/erase", "/export"):
                assert visitor.get(f"/training/{ref}{path}").status == 404
            assert visitor.post(f"/training/{ref}/renew").status == 404
            assert ref not in visitor.get("/training/").words


def test_an_administrator_sees_that_and_until_when_and_no_more(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, begun = completed(session, world).ref, under_way(session, world).ref
    administers(world, "coordinator@peace")
    admin = visit("coordinator@peace")
    page = admin.get(f"/training/{ref}")
    assert "valid until" in page.words
    assert TLP.title in page.words
    assert "SHA-256" not in page.words
    assert TLP.questions[0].asks not in page.words
    assert admin.get(f"/training/{ref}/export").status == 403
    assert admin.get(f"/training/{begun}").status == 404
    with writing(world.sessions) as session:
        session.execute(update(Membership).where(Membership.role == Role.ADMIN).values(role="x"))
    assert admin.get(f"/training/{ref}").status == 404, "the right ends with the role"


@pytest.mark.parametrize("path", ["/readiness/courses"])
def test_the_former_address_leads_on(visit: Visit, path: str) -> None:
    answer = visit(MEDIATOR).get(path)
    assert answer.status == 301
    assert answer.to == "/training/"
