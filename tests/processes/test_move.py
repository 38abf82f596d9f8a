"""The phases: a door for each verb of the policy, on and back, until the process is closed."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent, OutboxEmail
from models.processes import Phase, Process
from portal import processes
from portal.db import reading, writing
from portal.errors import TooLate
from portal.rules import PHASES
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def phase(world: World, ref: str) -> str:
    with reading(world.sessions) as session:
        return session.scalars(select(Process.state).where(Process.ref == ref)).one()


def endpoints(visitor: Visitor, ref: str) -> set[str]:
    """The verbs of the process that the page offers."""
    page, mine = visitor.get(f"/processes/{ref}").page, f"/processes/{ref}/"
    tags = page.select("main form[action], main .go-actions a")
    led = [str(tag.get("action") or tag.get("href")) for tag in tags]
    return {address.removeprefix(mine) for address in led if address.startswith(mine)}


def test_each_verb_leads_into_its_phase_on_and_back(world: World, visit: Visit, ref: str) -> None:
    mediator = visit("mediator@peace")
    for to in ("talks", "agreement", "implementation", "dormant", "preparation", "talks"):
        verb = PHASES[Phase(to)]
        assert verb in endpoints(mediator, ref)
        page = mediator.follow(mediator.post(f"/processes/{ref}/{verb}"))
        assert phase(world, ref) == to
        now = [tag.get_text(" ", strip=True) for tag in page.page.select("[aria-current=step]")]
        assert now == ([] if to == "dormant" else [f"{to.capitalize()} (now)"]), "by word"
        assert verb not in endpoints(mediator, ref), "it is there already"
    with reading(world.sessions) as session:
        moves = select(AuditEvent.verb).where(AuditEvent.resource_type == "processes")
        assert [v for v in session.scalars(moves.order_by(AuditEvent.id)) if v != "read"] == [
            "open-process", "seat", "begin-talks", "agree", "implement", "pause", "prepare",
            "begin-talks",
        ]  # fmt: skip
        emails = select(OutboxEmail).where(OutboxEmail.resource_type == "processes")
        assert session.scalars(emails).all() == [], "nobody is written to about phases"


def test_a_move_to_where_it_is_comes_too_late(world: World, visit: Visit, ref: str) -> None:
    mediator = visit("mediator@peace")
    assert mediator.post(f"/processes/{ref}/prepare").status == 409
    assert mediator.get(f"/processes/{ref}/begin-talks").status == 405, "a link moves nothing"
    assert phase(world, ref) == "preparation"


def test_only_the_team_moves_it(world: World, visit: Visit, ref: str) -> None:
    for name, status in (("liaison@telco", 403), ("liaison@bank", 404), ("steward@portal", 404)):
        visitor = visit(name)
        for verb in PHASES.values():
            assert visitor.post(f"/processes/{ref}/{verb}").status == status, (name, verb)
    assert visit("liaison@telco").get(f"/processes/{ref}/close").status == 403
    assert not endpoints(visit("liaison@telco"), ref) & set(PHASES.values())
    assert phase(world, ref) == "preparation"


def test_the_service_moves_only_by_verbs_of_phases(world: World, ref: str) -> None:
    actor = world.actors["mediator@peace"]
    for to, verb in PHASES.items():
        if to != phase(world, ref):
            with writing(world.sessions) as session:
                getattr(processes, verb.replace("-", "_"))(session, actor, ref, NOW)
            assert phase(world, ref) == to
    with writing(world.sessions) as session, pytest.raises(TooLate):
        processes.prepare(session, actor, ref, NOW)
    assert phase(world, ref) == "closed"
