"""Those who may see the answers to a poll see which time is the best, and why."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal import dialogues
from portal.db import reading, writing
from portal.errors import NotFound, Refused
from tests.architecture.plans import counting
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.poll_builders import (
    CLOUD,
    FIRST,
    SECOND,
    TELCO,
    answered,
    polled,
)
from tests.pages import Visitor

Come = Callable[..., Visitor]
LATE = datetime(2027, 1, 30, 9, 0, tzinfo=UTC)


def test_answers_are_hidden_from_others_down_to_their_number(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud", "bank")
        answered(session, world, dialogue, CLOUD, "no", "no", "no")
        ref = dialogue.ref
    hand = come(TELCO)
    assert hand.get(f"/dialogues/{ref}/read-answers").status == 403
    page = hand.get(f"/dialogues/{ref}")
    assert "Telco : your response is missing" in page.words
    assert "have responded" not in page.words
    assert "has responded" not in page.words
    with reading(world.sessions) as session:
        seen = dialogues.related_rows(session, world.actors[TELCO], dialogue, True, NOW)
        assert [row.name for row in seen.polled] == ["Telco"]
        with pytest.raises(Refused):
            dialogues.read_answers(session, world.actors[TELCO], ref, NOW)
        with pytest.raises(NotFound):
            dialogues.read_answers(session, world.actors["observer@un"], ref, NOW)
    words = come(ORGANISER).get(f"/dialogues/{ref}").words
    assert "1 of 3 delegations has responded to all times." in words


def test_where_answers_are_open_the_table_sees_them(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, hidden_answers=False)
        answered(session, world, dialogue, CLOUD, "no", "yes", "if-need-be")
        ref = dialogue.ref
    hand = come(TELCO)
    assert "All participants can see" in hand.get(f"/dialogues/{ref}/answer-poll").words
    page = hand.get(f"/dialogues/{ref}/read-answers")
    grid = {
        row.th.get_text(strip=True): [cell.get_text() for cell in row.select("td")]
        for row in page.page.select(".go-grid tbody tr")
        if row.th
    }
    assert grid == {"Cloud": ["no", "yes", "if need be"], "Telco": ["no response"] * 3}
    assert not page.page.select("a[href*=convene]"), "only organisers fix the date"
    assert "1 of 2 delegations has responded to all upcoming times." in page.words


def test_the_best_time_comes_first_with_its_reasons(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud", "bank?")
        answered(session, world, dialogue, TELCO, "no", "yes", "if-need-be")
        answered(session, world, dialogue, CLOUD, "yes", "yes", "yes")
    page = come(ORGANISER).get(f"/dialogues/{dialogue.ref}/read-answers")
    heads = [str(tag.get_text()) for tag in page.page.select(".go-ranked strong")]
    assert [head.split(",")[0] for head in heads] == [
        "1 · Wed 3 Feb 2027", "2 · Thu 4 Feb 2027", "3 · Tue 2 Feb 2027",
    ]  # fmt: skip
    worst = page.page.select(".go-ranked > li")[2].get_text(" ", strip=True)
    assert "Required but cannot attend: Telco" in worst
    assert "1 of 3 can attend" in worst
    assert "No response: 1" in worst
    assert page.page.select_one("svg[role=img][aria-label^='Local hours of the delegations']")


def test_the_picture_draws_twelve_times_and_says_how_many_more(world: World, come: Come) -> None:
    many = tuple(FIRST + n * timedelta(hours=3) for n in range(15))
    with writing(world.sessions) as session:
        ref = polled(session, world, local=many).ref
    page = come(ORGANISER).get(f"/dialogues/{ref}/read-answers")
    assert "3 more times are not drawn" in page.words
    assert len(page.page.select(".go-ranked > li")) == 15


@pytest.mark.parametrize("page", ["answer-poll", "read-answers", "propose-times", "convene", ""])
def test_no_page_of_the_poll_asks_more_than_six_times(
    app: Flask, world: World, come: Come, page: str
) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, local=(FIRST, SECOND))
        answered(session, world, dialogue, CLOUD, "no", "no")
    visitor = come(TELCO if page == "answer-poll" else ORGANISER)
    with counting(app) as sent:
        assert visitor.get(f"/dialogues/{dialogue.ref}/{page}".rstrip("/")).status == 200
    assert len(sent) <= 6, sent
