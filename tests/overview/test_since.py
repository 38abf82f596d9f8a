"""The first page says what others did since the last visit, as far as the reader may know it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask

from models.vocabulary import Tlp
from portal import notices
from portal.clock import now
from portal.db import writing
from portal.notices import text_of
from portal.recipients import list_of
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor, sign_in

VISITED = timedelta(days=2)


@pytest.fixture
def again(app: Flask, world: World) -> Callable[[str], Visitor]:
    """Makes a visitor who was here two days ago, and has come back."""

    def come(name: str) -> Visitor:
        sign_in(app, world, name, at=now() - VISITED)
        return sign_in(app, world, name)

    return come


def notified(visitor: Visitor) -> list[str]:
    """The lines under the heading, without their times."""
    heading = visitor.get("/").page.find("h3", string="Since your last visit")
    if not isinstance(heading, Tag):
        return []
    rows = heading.find_next_sibling("ul")
    assert isinstance(rows, Tag)
    lines = [row.get_text(" ", strip=True) for row in rows.select("li > div")]
    times = [row.get_text(" ", strip=True) for row in rows.select(".form-hint")]
    pairs = zip(lines, times, strict=True)
    return [" ".join(line.removesuffix(at).split()) for line, at in pairs]


def test_what_others_did_is_told_in_words_newest_first(
    world: World, again: Callable[[str], Visitor]
) -> None:
    at = now() - timedelta(hours=5)
    with writing(world.sessions) as session:
        actor, hour = world.actors["liaison@telco"], timedelta(hours=1)
        first = published(session, world, "peace", title="First", at=at).ref
        second = published(session, world, "peace", title="Second", at=at + hour).ref
        notices.close(session, actor, first, why="It is over.", now=at + 2 * hour)
        notices.withdraw(session, actor, second, why="an error", now=at + 3 * hour)
    assert notified(again("mediator@peace")) == [
        f"Telco liaison withdrew {second}",
        f"Telco liaison closed {first} First",
        f"Telco liaison published {second}",
        f"Telco liaison published {first} First",
    ], "a withdrawn notice has no title any more"


def test_the_own_side_hears_of_comments_and_acknowledgements(
    world: World, again: Callable[[str], Visitor]
) -> None:
    at = now() - timedelta(hours=5)
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud", title="Wiper", at=at).ref
        mediator = world.actors["mediator@peace"]
        notices.acknowledge(session, mediator, ref, at + timedelta(minutes=1))
        notices.comment(
            session, mediator, ref, text="Seen.", to_author=True, now=at + timedelta(minutes=2)
        )
    own = [
        f"Mediator commented on {ref} Wiper",
        f"Mediator acknowledged {ref} Wiper",
    ]
    published_line = f"Telco liaison published {ref} Wiper"
    assert notified(again("liaison@telco")) == own, "what one did oneself is no news"
    assert notified(again("colleague@telco")) == [*own, published_line]
    assert notified(again("liaison@cloud")) == [published_line], (
        "readers do not see who acknowledged"
    )


def test_nothing_is_told_of_what_is_hidden_or_before_the_last_visit(
    world: World, again: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Before", at=now() - timedelta(days=3))
        published(session, world, "peace", title="After", at=now() - timedelta(hours=3))
    assert notified(again("liaison@bank")) == []
    lines = notified(again("mediator@peace"))
    assert [line.split()[-1] for line in lines] == ["After"]


def test_the_own_side_hears_nothing_that_was_for_the_author_alone(
    world: World, again: Callable[[str], Visitor]
) -> None:
    at = now() - timedelta(hours=5)
    with writing(world.sessions) as session:
        author, reader = world.actors["liaison@telco"], world.actors["mediator@peace"]
        notice = published(session, world, "mediator@peace", tlp="RED", title="Third", at=at)
        notices.comment(session, reader, notice.ref, text="Noted.", to_author=False, now=at)
        notices.acknowledge(session, reader, notice.ref, at)
        said = replace(text_of(notice), tlp=Tlp.AMBER_STRICT)
        more: Any = {"text": said, "to": list_of(session, notice), "why": "Wider."}
        notices.correct(session, author, notice.ref, version=notice.version, now=at, **more)
    lines = notified(again("colleague@telco"))
    assert not [line for line in lines if "comment" in line or "acknowledged" in line]
    assert [line for line in lines if "issued a correction of" in line]


def test_the_first_visit_tells_nothing(world: World, visit: Callable[[str], Visitor]) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", at=now() - timedelta(hours=3))
    assert notified(visit("mediator@peace")) == []


def test_ten_at_the_most(world: World, again: Callable[[str], Visitor]) -> None:
    at = now() - timedelta(hours=5)
    with writing(world.sessions) as session:
        for n in range(12):
            when = at + timedelta(minutes=n)
            published(session, world, "peace", title=f"Number {n}", at=when)
    lines = notified(again("mediator@peace"))
    assert [line.split()[-1] for line in lines] == [str(n) for n in range(11, 1, -1)]
