"""The list: newest first, page by page, every notice once, and nothing that the policy refuses."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.vocabulary import Tlp
from portal import notices, stakeholders
from portal.db import reading, writing
from portal.demo import agree_to_all
from portal.notices import Filter
from portal.recipients import RecipientList
from tests.cast import NOW, World
from tests.factories import published, text
from tests.pages import Visitor

pytestmark = pytest.mark.both_engines

MINUTE = timedelta(minutes=1)


def listed(visitor: Visitor, path: str = "/notices/") -> list[str]:
    """The titles on a page of the list."""
    return [tag.get_text() for tag in visitor.get(path).page.select("main tbody a")]


def test_pages_follow_each_other_without_gap_or_repeat(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        for n in range(60):
            published(session, world, "peace", title=f"Number {n}", at=NOW + n // 2 * MINUTE)
    mediator, path, seen = visit("mediator@peace"), "/notices/", []
    for size in (25, 25, 10):
        page = mediator.get(path)
        rows = [tag.get_text() for tag in page.page.select("main tbody a")]
        assert len(rows) == size
        assert "Published (" not in page.words
        seen += rows
        older = page.page.find("a", string="Older notices")
        path = str(older["href"]) if older else ""
    assert not path
    assert sorted(seen) == sorted(f"Number {n}" for n in range(60))
    whens = [int(title.split()[1]) // 2 for title in seen]
    assert whens == sorted(whens, reverse=True)


def test_a_notice_that_reaches_somebody_in_two_ways_counts_once(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", "mediator@peace", title="Twice")
    mediator = visit("mediator@peace")
    assert listed(mediator) == ["Twice"]
    assert "Published (1)" in mediator.get("/notices/").words


def test_the_list_goes_on_where_the_policy_refuses_what_the_index_proposes(world: World) -> None:
    bank, at = world.organisations["bank"].id, world.organisations
    coordinator, liaison = world.actors["coordinator@peace"], world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        group = stakeholders.form_group(
            session, coordinator, at["peace"].ref, name="Circle", ceiling=Tlp.AMBER, now=NOW
        )
        stakeholders.edit_group(
            session,
            coordinator,
            group.ref,
            organisation_ids={bank, at["telco"].id},
            person_ids=(),
            now=NOW,
        )
        agree_to_all(session, NOW)
        published(session, world, "bank", title="Below all others")
        less_bank = RecipientList(
            groups=frozenset({group.id}), excepted_organisations=frozenset({bank})
        )
        for n in range(60):
            when = NOW + n * MINUTE
            said = text(title=f"Hidden {n}", tlp=Tlp.AMBER)
            home = at["telco"].ref
            draft = notices.post_notice(session, liaison, home, text=said, to=less_bank, now=when)
            notices.publish(session, liaison, draft.ref, when)
    with reading(world.sessions) as session:
        page = notices.newest(session, world.actors["liaison@bank"], NOW, narrowed=Filter())
    assert [row.title for row in page.rows] == ["Below all others"]
    assert page.after == ""


@pytest.mark.parametrize("person", ["mediator@peace", "liaison@telco", "liaison@bank"])
def test_narrowed_to_a_marking_nothing_of_it_is_missed(world: World, person: str) -> None:
    with writing(world.sessions) as session:
        for tlp in Tlp:
            names = ("mediator@peace",) if tlp == Tlp.RED else ("peace", "liaison@bank")
            published(session, world, *names, title=tlp, tlp=tlp)
        stakeholders.set_clients(
            session,
            world.actors["steward@portal"],
            world.organisations["peace"].ref,
            client_ids={world.organisations["cloud"].id},
            now=NOW,
        )
        agree_to_all(session, NOW)
    with reading(world.sessions) as session:
        actor = world.actors[person]
        every = notices.newest(session, actor, NOW, narrowed=Filter())
        assert every.rows
        assert not every.after
        for tlp in Tlp:
            page = notices.newest(session, actor, NOW, narrowed=Filter(tlp=tlp, state="open"))
            assert [r.ref for r in page.rows] == [r.ref for r in every.rows if r.tlp == tlp]
            assert not page.after
