"""Whatever creates does so once: sent twice, sent twice at once, sent with other content."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from bs4 import Tag
from sqlalchemy import ColumnElement, FromClause, func, literal, select, true, union_all

from models import Base
from models.creation_keys import CreationKey
from portal import creation_keys
from portal.db import reading, writing
from portal.rules import READ
from tests.cast import NOW, World
from tests.forms.filled import Sent, typed
from tests.forms.scenes import SCENES
from tests.pages import Answer, Visitor, fields_of

Come = Callable[..., Visitor]
LED_ON, SECOND = (302, 303), timedelta(seconds=1)
APART = {"audit_head", "signins"}
# What is but a button has no other content.
BUTTONS = {
    "dialogues.draft_record",
    "dialogues.follow_up",
    "dialogues.remind",
    "dialogues.remind_to_name",
    "records.take_up",
    "offers.invite_again",
}
# Typed otherwise it is nothing that could be chosen.
CHOSEN = {"person", "parties"}


def ready(world: World, scene: Callable[..., Sent]) -> Sent:
    with writing(world.sessions) as session:
        return scene(session, world)


def opened(visitor: Visitor, sent: Sent) -> dict[str, list[str]]:
    """The form as a browser has it, with something chosen wherever that is asked for."""
    form = form_of(visitor, sent)
    return fields_of(form) | chosen(form)


def form_of(visitor: Visitor, sent: Sent) -> Tag:
    """The form that is sent, on its page."""
    page = visitor.get(sent.page or sent.path)
    assert page.status == 200, page.words
    for form in page.page.select("main form[method=post]"):
        if str(form.get("action", "")).partition("#")[0] in (
            sent.path,
            sent.path.partition("?")[0],
        ):
            return form
    return next(f for f in page.page.select("main form") if not f.get("action"))


def chosen(form: Tag) -> dict[str, list[str]]:
    """The first entry of each list and row of radio buttons where nothing stands chosen."""
    values: dict[str, list[str]] = {}
    for select_tag in form.select("select[name]:not([multiple])"):
        entries = [str(option.get("value", "")) for option in select_tag.select("option")]
        taken = select_tag.select_one("option[selected]")
        if entries and not (taken.get("value") if taken else entries[0]):
            values[str(select_tag["name"])] = [next(filter(None, entries), "")]
    for radio in form.select("input[type=radio]"):
        name = str(radio["name"])
        if not form.select(f"input[name='{name}'][checked]"):
            values.setdefault(name, [str(radio["value"])])
    return values


def counted(table: FromClause) -> ColumnElement[bool]:
    """All rows, but for the trace of pages that were read."""
    return table.c.verb != READ if table is Base.metadata.tables["audit_events"] else true()


# In one statement, made once: a hundred of them take longer than what is tested.
COUNTS = union_all(
    *(
        select(literal(name), func.count()).select_from(table).where(counted(table))
        for name, table in Base.metadata.tables.items()
        if name not in APART
    )
)


def counts(world: World) -> dict[str, int]:
    with reading(world.sessions) as session:
        return dict(session.execute(COUNTS).all())


def more(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - n for name, n in before.items() if after[name] != n}


def send(visitor: Visitor, sent: Sent, form: dict[str, list[str]], **how: Any) -> Answer:
    return visitor.post_bare(sent.path, typed(form, sent, **how))


@pytest.mark.parametrize("endpoint", sorted(SCENES))
def test_what_creates_does_so_once(world: World, come: Come, endpoint: str) -> None:
    """Sent twice, with other content, and twice at once: on one world, which is dear to make."""
    sent = ready(world, SCENES[endpoint])
    visitor = come(sent.who)
    form, before = opened(visitor, sent), counts(world)
    first = send(visitor, sent, form)
    assert first.status in LED_ON, (first.errors(), first.words)
    done = counts(world)
    one = more(before, done)
    assert one["creation_keys"] == 1
    sent_again(visitor, sent, form, first)
    assert counts(world) == done
    if endpoint not in BUTTONS:
        keys = sent_otherwise(visitor, sent, form, first)
        assert keys or endpoint == "records.object", "what is a draft again is objected to no more"
        assert counts(world) == done
    sent = ready(world, SCENES[endpoint])
    form, before = opened(visitor, sent), counts(world)
    sent_at_once(visitor, sent, form)
    assert more(before, counts(world)) == one


def sent_again(visitor: Visitor, sent: Sent, form: dict[str, list[str]], first: Answer) -> None:
    """The second time leads to what was made the first time, and says so."""
    again = send(visitor, sent, form)
    assert (again.status, again.to) == (303, first.to)
    assert "Nothing was saved twice." in visitor.follow(again).words


def sent_otherwise(
    visitor: Visitor, sent: Sent, form: dict[str, list[str]], first: Answer
) -> set[str]:
    """Other content with the same key is offered again; the keys that it is offered with."""
    again = send(visitor, sent, form, otherwise=True)
    assert again.status == 409, again.words
    link = again.page.find("a", string="Open the saved page")
    assert link is not None
    assert link["href"] == first.to
    other = typed(form, sent, otherwise=True)[sent.other]
    if isinstance(other, str):
        sent_back = [
            value
            for form in again.page.select("main form[method=post]")
            for values in fields_of(form).values()
            for value in values
        ]
        assert other in sent_back or other in again.words or sent.other in CHOSEN
    keys = {str(tag["value"]) for tag in again.page.select("main input[name=form_key]")}
    assert form["form_key"][0] not in keys
    return keys


def sent_at_once(visitor: Visitor, sent: Sent, form: dict[str, list[str]]) -> None:
    """From two windows of one browser: both lead to the same."""
    gate = Barrier(2)
    twins = [visitor, Visitor(visitor.app, visitor.app.test_client(), visitor.person_id)]
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    twins[1].client.set_cookie("session", cookie.value)

    def together(twin: Visitor) -> Answer:
        gate.wait()
        return send(twin, sent, form)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(together, twins)
    assert {first.status, second.status} <= set(LED_ON), (first.words, second.words)
    assert first.to == second.to


def test_no_other_person_is_led_to_the_result(world: World, come: Come) -> None:
    sent = ready(world, SCENES["notices.post_notice"])
    liaison, other = come(sent.who), come("colleague@telco")
    form = opened(liaison, sent)
    first = send(liaison, sent, form)
    stolen = {**form, "csrf_token": [other.token()]}
    before = counts(world)
    answer = send(other, sent, stolen)
    assert answer.status == 400
    assert first.to not in answer.text
    assert "A wiper" in answer.words
    assert counts(world) == before
    assert other.post_bare(sent.path, answer.form(sent.path)).status == 302


@pytest.mark.parametrize("key", ["", "forged", "WzEsIngiLDFd.forged"])
def test_without_a_good_key_nothing_is_saved_and_nothing_lost(
    world: World, come: Come, key: str
) -> None:
    sent = ready(world, SCENES["notices.post_notice"])
    liaison, before = come(sent.who), counts(world)
    form = opened(liaison, sent) | {"form_key": [key]}
    answer = send(liaison, sent, form)
    assert answer.status == 400
    assert "nothing was saved" in answer.words
    assert counts(world) == before
    assert liaison.post_bare(sent.path, answer.form(sent.path)).status == 302


def test_a_key_is_good_for_a_week_and_remembered_for_a_day_more(world: World, come: Come) -> None:
    sent = ready(world, SCENES["notices.post_notice"])
    liaison = come(sent.who)
    form = opened(liaison, sent)
    assert send(liaison, sent, form).status == 302
    later = come(sent.who, NOW + creation_keys.GOOD_FOR)
    answer = send(later, sent, {**form, "csrf_token": [later.token()]})
    assert answer.status == 400
    with writing(world.sessions) as session:
        creation_keys.forget_old(session, NOW + creation_keys.GOOD_FOR)
        assert session.scalar(select(func.count()).select_from(CreationKey)) == 1
        creation_keys.forget_old(session, NOW + creation_keys.KEPT_FOR + SECOND)
        assert session.scalar(select(func.count()).select_from(CreationKey)) == 0


def test_a_form_that_was_refused_keeps_no_key(world: World, come: Come) -> None:
    sent = ready(world, SCENES["notices.comment"])
    mediator = come(sent.who)
    form = opened(mediator, sent)
    assert mediator.post_bare(sent.path, {**form, "text": " "}).status == 422
    assert send(mediator, sent, form).status == 302


def test_what_was_looked_at_first_is_created_once(world: World, come: Come) -> None:
    sent = ready(world, SCENES["notices.post_notice"])
    liaison = come(sent.who)
    form = opened(liaison, sent)
    assert liaison.post_bare(sent.path, typed({**form, "look": ["1"]}, sent)).status == 200
    assert send(liaison, sent, form).status == 302
    assert send(liaison, sent, form).status == 303
