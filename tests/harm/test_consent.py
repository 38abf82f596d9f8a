"""Harm goes no wider than the notice that it is about, unless the author of the notice agrees."""

from collections.abc import Callable

import pytest

from models.vocabulary import Tlp
from portal import harm
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.factories import published as notice_of
from tests.factories import to
from tests.harm.builders import MEDIATOR, TELCO, published, text
from tests.harm.consent_builders import CLOUD, SOURCE, wide
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_wider_than_its_notice_it_waits_for_the_author_of_the_notice(world: World) -> None:
    telco, mediator, cloud = (world.actors[who] for who in (TELCO, MEDIATOR, CLOUD))
    with writing(world.sessions) as session:
        row = wide(session, world)
        with pytest.raises(Refused):
            harm.publish(session, mediator, row.ref, NOW)
        with pytest.raises(NotFound):
            harm.read(session, telco, row.ref, NOW)  # a draft stays at home
        harm.ask_consent(session, mediator, row.ref, NOW)
        assert harm.read(session, telco, row.ref, NOW).text
        with pytest.raises(NotFound):
            harm.read(session, cloud, row.ref, NOW)
        with pytest.raises(Refused):
            harm.publish(session, mediator, row.ref, NOW)
        with pytest.raises(Refused):
            harm.consent(session, mediator, row.ref, version=row.version, now=NOW)
        harm.consent(session, telco, row.ref, version=row.version, now=NOW)
        harm.publish(session, mediator, row.ref, NOW)
        assert harm.read(session, cloud, row.ref, NOW).text


def test_as_strict_as_its_notice_or_on_ones_own_it_needs_none(world: World) -> None:
    with writing(world.sessions) as session:
        row = wide(session, world, tlp=Tlp.AMBER_STRICT)
        with pytest.raises(Refused):
            harm.ask_consent(session, world.actors[MEDIATOR], row.ref, NOW)
        harm.publish(session, world.actors[MEDIATOR], row.ref, NOW)
        own = notice_of(session, world, "peace")
        published(session, world, "cloud", notice_id=own.id, tlp=Tlp.CLEAR)


def test_consent_is_for_the_text_that_was_read(world: World) -> None:
    telco, mediator = world.actors[TELCO], world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        row = wide(session, world)
        harm.ask_consent(session, mediator, row.ref, NOW)
        with pytest.raises(TooLate):
            harm.consent(session, telco, row.ref, version=row.version - 1, now=NOW)
        harm.consent(session, telco, row.ref, version=row.version, now=NOW)
        harm.publish(session, mediator, row.ref, NOW)
        more = text(title="More than you read", notice_id=row.notice_id, tlp=Tlp.GREEN, **SOURCE)
        with pytest.raises(Invalid) as refused:
            harm.correct(
                session, mediator, row.ref, text=more, to=to(world, "cloud"), why="More of it.",
                version=row.version, now=NOW,
            )  # fmt: skip
    assert set(refused.value.problems) == {"tlp"}


def test_it_is_asked_and_given_on_pages(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = wide(session, world).ref
    mediator, telco = visit(MEDIATOR), visit(TELCO)
    asked = mediator.follow(mediator.post(f"/harm/{ref}/ask-consent"))
    assert "It waits for the author of that notice" in asked.words
    assert "may go wider than your notice" in telco.get("/").words
    form = telco.get(f"/harm/{ref}/consent")
    done = telco.follow(telco.post(f"/harm/{ref}/consent", form.form()))
    assert "You agreed to the marking" in done.words
    assert mediator.follow(mediator.post(f"/harm/{ref}/publish", {})).status == 200
    assert "Servers wiped" in visit(CLOUD).get(f"/harm/{ref}").words
