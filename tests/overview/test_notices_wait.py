"""Organisations that have not acknowledged a notice wait on the first page of its author's side."""

from collections.abc import Callable

from flask import Flask

from portal import notices
from portal.db import reading, writing
from portal.overview import first_page
from portal.overview.waiting import OF_TASK
from portal.tasks import Section
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Visitor

AUTHOR, COLLEAGUE = "liaison@telco", "colleague@telco"


def awaited(world: World, who: str, ref: str) -> list[tuple[str, str]]:
    """The verb and the organisations for which a notice waits, among what waits on others."""
    with reading(world.sessions) as session:
        return [
            (row.verb, row.organisation)
            for row in first_page(session, world.actors[who], NOW).others
            if row.ref == ref
        ]


def test_silent_organisations_wait_until_one_of_each_has_acknowledged(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
    both = {world.organisations[name].name for name in ("cloud", "peace")}
    for who in (AUTHOR, COLLEAGUE):
        [(verb, names)] = awaited(world, who, ref)
        assert (verb, set(names.split(", "))) == ("remind", both)
    for reader in ("liaison@cloud", "mediator@peace", "analyst@cert"):
        assert awaited(world, reader, ref) == []
    with writing(world.sessions) as session:
        notices.acknowledge(session, world.actors["liaison@cloud"], ref, NOW)
    assert awaited(world, AUTHOR, ref) == [("remind", world.organisations["peace"].name)]
    with writing(world.sessions) as session:
        notices.acknowledge(session, world.actors["mediator@peace"], ref, NOW)
    assert awaited(world, AUTHOR, ref) == []


def test_a_notice_without_a_deadline_waits_for_nobody(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", acknowledge_by_at=None).ref
    assert awaited(world, AUTHOR, ref) == []


def test_its_button_leads_to_the_receipts_where_whom_to_remind_is_chosen(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
    author = visit(AUTHOR)
    overview = author.get("/").page
    (link,) = overview.select("section[aria-labelledby=others] a.btn")
    assert link.get_text(" ").split() == ["Remind", ref]
    receipts = author.get(str(link["href"]))
    assert receipts.status == 200
    assert receipts.page.select(f"form[action='/notices/{ref}/remind'] button")


def test_what_the_overview_offers_is_taken_where_it_leads(app: Flask) -> None:
    for _template, task in OF_TASK.values():
        if not task.page:
            continue
        methods = {
            method for rule in app.url_map.iter_rules(task.page) for method in rule.methods or ()
        }
        assert ("POST" if task.at_once else "GET") in methods, task.page
        assert not task.at_once or task.section is Section.OTHERS
