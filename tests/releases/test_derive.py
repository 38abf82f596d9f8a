"""Derived from a notice, a claim, a row of harm or minutes, by whoever has the right."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.releases import ReleaseParty
from portal import claims as claim_service
from portal import releases
from portal.access import may
from portal.db import writing
from portal.errors import NotFound, Refused
from portal.rules import DERIVE, NOTICES, READ, READ_TEXT, RELEASES
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.dialogues.builders import ORGANISER
from tests.factories import drafted as draft_of
from tests.factories import published as notice_of
from tests.harm import builders as harm
from tests.pages import Visitor
from tests.records.circulated_builders import adopted
from tests.releases.builders import CLOUD, MEDIATOR, TELCO, confirmed, text, typed

Visit = Callable[[str], Visitor]


def asked(session: Session, world: World, release: Any) -> set[tuple[str, str]]:
    """Who is a party to it, by the part they have."""
    names = {home.id: name for name, home in world.organisations.items()}
    people = {actor.person_id: name for name, actor in world.actors.items()}
    rows = session.query(ReleaseParty).filter_by(release_id=release.id, required=True).all()
    return {
        (
            row.part,
            names[row.organisation_id] if row.organisation_id else people[row.person_id or 0],
        )
        for row in rows
    }


def test_the_page_begins_with_what_the_source_says(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        refs = [
            notice_of(session, world, "peace", title="A wiper", body="It spread.").ref,
            claims.published(session, world, "peace", title="A wiper", body="It spread.").ref,
            harm.published(session, world, "peace", title="A wiper", body="It spread.").ref,
        ]
    telco = visit(TELCO)
    for ref in refs:
        page = telco.get(f"/releases/derive/{ref}")
        form = page.form()
        assert form["title"] == ["A wiper"], ref
        assert "It spread." in form["body"][0], ref
        look = telco.post(f"/releases/derive/{ref}", {**typed(), "look": "1"})
        assert "As the public would read it" in look.words
        made = telco.follow(telco.post(f"/releases/derive/{ref}", typed()))
        assert f"/{ref}" in made.text, "its source is traceable inside"
        assert "This is a draft" in made.words


def test_what_is_not_known_of_harm_is_not_zero(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = harm.published(session, world, "peace").ref
    (body,) = visit(TELCO).get(f"/releases/derive/{ref}").form()["body"]
    assert "At the least: 40. Best estimate: not known. At the most: 55. servers" in body


def test_only_by_whoever_acts_for_its_author(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace")
        draft = draft_of(session, world, "peace")
        red = notice_of(session, world, MEDIATOR, tlp="RED")
        for who in (MEDIATOR, "observer@telco"):
            if who not in world.actors:
                continue
            with pytest.raises((Refused, NotFound)):
                releases.derive(session, world.actors[who], notice.ref, text=text(), now=NOW)
        for other in (draft, red):
            assert not may(session, world.actors[TELCO], DERIVE, NOTICES, other.id, NOW)
    assert visit(CLOUD).get(f"/releases/derive/{notice.ref}").status == 404
    assert visit(TELCO).get("/releases/derive/C-26-000000").status == 404
    assert visit(TELCO).get("/releases/derive/x").status == 404


def test_whoever_a_claim_names_and_whose_notice_it_rests_on_is_asked(world: World) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", by=CLOUD)
        claim = claims.asked(session, world, about="bank", notice_id=None)
        claim_service.publish(session, world.actors[TELCO], claim.ref, claims.LATER)
        made = releases.derive(session, world.actors[TELCO], claim.ref, text=text(), now=NOW)
        assert asked(session, world, made) == {("named", "bank")}
        cited = harm.published(session, world, "peace", by=MEDIATOR, notice_id=None)
        cited.notice_id = notice.id
        made = releases.derive(session, world.actors[MEDIATOR], cited.ref, text=text(), now=NOW)
        assert asked(session, world, made) == {("words", "cloud")}


def test_of_minutes_each_side_that_came_is_asked_and_colleagues_read_nothing(world: World) -> None:
    with writing(world.sessions) as session:
        minutes = adopted(session, world)
        by = world.actors[ORGANISER]
        made = releases.derive(session, by, minutes.ref, text=text(), now=NOW)
        assert asked(session, world, made) == {
            ("words", "telco"),
            ("words", "cloud"),
        }
        reads = {
            name
            for name, actor in world.actors.items()
            if may(session, actor, READ, RELEASES, made.id, NOW)
        }
        minuted = {
            name
            for name, actor in world.actors.items()
            if may(session, actor, READ_TEXT, RELEASES, made.id, NOW)
        }
        assert reads == minuted
        assert ORGANISER in reads
        assert TELCO not in reads
        second = next(name for name in reads - {ORGANISER})
        confirmed(session, world, made, second=second, by=ORGANISER)
        assert may(session, world.actors[TELCO], READ_TEXT, RELEASES, made.id, NOW)
