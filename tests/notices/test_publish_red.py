"""A unit required before RED: publishing and correcting to RED ask for it, reading never does."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from models.training import Act, Completion, Requirement
from portal import notices
from portal.db import writing
from portal.errors import Untrained
from tests.cast import NOW, World
from tests.factories import drafted, published, text, to
from tests.pages import Visitor
from tests.training.builders import TLP, learned, required, right

Visit = Callable[[str], Visitor]
LIAISON, TO = "liaison@telco", "mediator@peace"


def draft(world: World, tlp: str = "RED") -> str:
    with writing(world.sessions) as session:
        return drafted(session, world, TO, tlp=tlp).ref


def publish(world: World, ref: str) -> None:
    with writing(world.sessions) as session:
        notices.publish(session, world.actors[LIAISON], ref, NOW)


def test_red_waits_for_the_unit_and_other_markings_do_not(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    red, amber = draft(world), draft(world, "AMBER")
    publish(world, amber)
    with pytest.raises(Untrained):
        publish(world, red)
    learned(world, LIAISON)
    publish(world, red)


def test_what_expires_or_is_taken_away_between_two_requests_counts_at_once(world: World) -> None:
    key = required(world, Act.PUBLISH_RED)
    learned(world, LIAISON)
    publish(world, draft(world))
    with writing(world.sessions) as session:
        session.query(Completion).update({"expires_at": NOW})
    with pytest.raises(Untrained):
        publish(world, ref := draft(world))
    with writing(world.sessions) as session:
        session.execute(delete(Requirement).where(Requirement.id == key))
    publish(world, ref)


def test_an_organisation_requires_it_of_its_own_people_alone(world: World) -> None:
    required(world, Act.PUBLISH_RED, "cloud")
    publish(world, draft(world))
    required(world, Act.PUBLISH_RED, "telco")
    with pytest.raises(Untrained):
        publish(world, draft(world))


def test_a_correction_does_not_go_around_it(world: World) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, TO, tlp="GREEN")
        ref, version = notice.ref, notice.version
    required(world, Act.PUBLISH_RED)
    said = {"to": to(world, TO), "why": "Narrower.", "version": version, "now": NOW}
    actor = world.actors[LIAISON]
    with pytest.raises(Untrained), writing(world.sessions) as session:
        notices.correct(session, actor, ref, text=text(tlp="RED"), **said)
    with writing(world.sessions) as session:
        notices.correct(session, actor, ref, text=text(tlp="GREEN"), **said)


def test_the_gate_says_why_and_leads_to_the_unit_and_back(world: World, visit: Visit) -> None:
    required(world, Act.PUBLISH_RED, "telco")
    ref, liaison = draft(world), visit(LIAISON)
    assert liaison.get(f"/notices/{ref}").status == 200, "reading waits for nothing"
    refused = liaison.post(f"/notices/{ref}/publish")
    assert refused.status == 403
    gate = refused.page.select_one("main a.btn-primary")["href"]
    assert gate == f"/training/required/notices/{ref}?act=publish-red"
    page = liaison.get(gate)
    assert TLP.title in page.words
    assert "Required by Telco" in page.words
    sent = {"unit": TLP.key, "back": f"notices {ref} publish-red"}
    begun = liaison.post("/training/new", sent).to
    unit = begun.removesuffix("/study")
    done = {f"answer_{key}": choice for key, choice in right().items()}
    result = liaison.get(liaison.post(f"{unit}/complete", done).to)
    assert result.page.find("a", href=gate)
    open_gate = liaison.get(gate)
    assert "You have completed all training" in open_gate.words
    assert open_gate.page.find("a", href=f"/notices/{ref}")
    assert liaison.post(f"/notices/{ref}/publish").status == 302


def test_nobody_learns_by_the_gate_what_they_may_not_read(world: World, visit: Visit) -> None:
    required(world, Act.PUBLISH_RED)
    ref = draft(world)
    for path in (f"notices/{ref}", "notices/N-26-NONE00", f"records/{ref}", f"office/{ref}"):
        assert visit("liaison@bank").get(f"/training/required/{path}").status == 404
