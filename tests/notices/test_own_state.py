"""The page says what one has done oneself, what the author waits for, and offers what one may."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.vocabulary import Tlp
from portal import notices
from portal.clock import now
from portal.db import reading, writing
from portal.errors import Invalid
from portal.recipients import choices
from portal.reminders import remind
from tests.cast import NOW, World
from tests.factories import drafted, opened_process, published, text, to
from tests.jobs.clock import DAY
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, MEDIATOR, OBSERVER = "liaison@telco", "mediator@peace", "observer@un"


def test_whoever_acknowledged_is_told_so_and_the_author_by_when_and_how_many(
    world: World, visit: Visit
) -> None:
    at = now()
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", at=at).ref
    mediator, author = visit(MEDIATOR), visit(TELCO)
    assert "Acknowledgement due: " in author.get(f"/notices/{ref}").words
    assert "0 people have acknowledged" in author.get(f"/notices/{ref}").words
    page = mediator.follow(mediator.post(f"/notices/{ref}/acknowledge"))
    assert "You acknowledged this version on" in page.words
    assert "1 person has acknowledged this version." in author.get(f"/notices/{ref}").words
    assert "You acknowledged" not in visit("coordinator@peace").get(f"/notices/{ref}").words


def test_buttons_to_begin_stand_where_they_lead_somewhere(visit: Visit) -> None:
    for name, may in (
        (TELCO, True),
        (MEDIATOR, True),
        (OBSERVER, False),
        ("steward@portal", False),
    ):
        visitor = visit(name)
        for path, link in (
            ("/notices/", "/notices/new"),
            ("/notices/", "/notices/import"),
            ("/", "/notices/new"),
            ("/commitments/", "/commitments/new"),
            ("/stakeholders/groups", "/stakeholders/groups/new"),
        ):
            page = visitor.get(path)
            assert bool(page.page.select(f"main a[href='{link}']")) <= may, (name, path)
            if page.page.select(f"main a[href='{link}']"):
                assert visitor.get(link).status == 200


def test_red_can_name_an_observer_of_the_process(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        opened_process(session, world, "telco", observers=("un",))
        key = world.actors[OBSERVER].person_id
        found = choices(session, world.actors[MEDIATOR], NOW)["people"]
        assert key in dict(found)
        outside = choices(session, world.actors["liaison@bank"], NOW)["people"]
        assert key not in dict(outside), "who has a seat is not told to others"
        hidden = choices(session, world.actors[TELCO], NOW)["people"]
        assert key not in dict(hidden), "the seats of this process are not shown to its parties"
        notice = published(session, world, OBSERVER, by=MEDIATOR, tlp=Tlp.RED)
    assert visit(OBSERVER).get(f"/notices/{notice.ref}").status == 200


def test_a_deadline_under_a_day_brings_no_reminder_with_the_notice(world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", acknowledge_by_at=NOW + timedelta(hours=6))
        assert remind(session, NOW + timedelta(seconds=2)) == 0
        long = published(session, world, "cloud", acknowledge_by_at=NOW + 2 * DAY)
        assert remind(session, NOW + timedelta(seconds=2)) == 0
        assert remind(session, NOW + DAY) > 0
    assert long


def test_a_deadline_that_has_passed_is_refused_where_it_is_typed(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        drafted(session, world, "peace", acknowledge_by_at=NOW - timedelta(minutes=1))
    assert set(refused.value.problems) == {"acknowledge_by_at"}
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
        late = {"why": "A slip.", "version": notice.version, "now": NOW + 3 * DAY}
        kept = text(title="Corrected", acknowledge_by_at=notice.acknowledge_by_at)
        where = to(world, "peace")
        notices.correct(session, world.actors[TELCO], notice.ref, text=kept, to=where, **late)
    with reading(world.sessions) as session:
        assert session.merge(notice).title == "Corrected", "what stood there before may be over"
