"""A poll is answered by the link of its e-mail: bound to one person, and judged when it is sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue, SlotAnswer
from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Membership, Person
from portal import dialogues, web
from portal.db import reading, writing
from portal.delivery import deliver
from portal.dialogues.answering_by_key import AT_LEAST, AT_MOST
from portal.emails import MailSettings
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.poll_builders import BANK, CLOUD, COLLEAGUE, TELCO, polled
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
MAIL = MailSettings("http://portal.example", "portal@portal.example")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "read_clock", lambda: NOW)


def key_to(session: Session, world: World, dialogue: Dialogue, who: str, template: str) -> str:
    """The key in the e-mail about a dialogue to somebody."""
    row = session.scalars(
        select(OutboxEmail).where(
            OutboxEmail.resource_id == dialogue.id,
            OutboxEmail.template == template,
            OutboxEmail.person_id == world.actors[who].person_id,
        )
    ).one()
    assert row.secret is not None
    return row.secret


def asked(world: World, who: str = TELCO, *delegations: str, **values: object) -> tuple[str, str]:
    """A dialogue in whose poll somebody is asked: its reference, and the key of the e-mail."""
    with writing(world.sessions) as session:
        dialogue = polled(session, world, *delegations, **values)
        return dialogue.ref, key_to(session, world, dialogue, who, "poll")


def said(world: World) -> list[tuple[int | None, str]]:
    with reading(world.sessions) as session:
        rows = session.execute(select(SlotAnswer.by_id, SlotAnswer.can)).all()
    return [(row.by_id, row.can) for row in rows]


def test_opening_the_page_changes_nothing_and_its_button_answers(
    world: World, visit: Visit
) -> None:
    ref, key = asked(world, title="Zephyrine talks")
    nobody, path = visit("nobody"), f"/dialogues/answer-poll/{key}"
    for _twice in range(2):
        page = nobody.get(path)
        assert ref in page.words
        assert "Zephyrine" not in page.words, "no content without a sign-in"
        assert "Telco" not in page.words
    assert said(world) == []
    form = page.form(path)
    names = [str(one["name"]) for one in page.page.select("input[type=radio][value=yes]")]
    assert len(names) == 3
    assert nobody.post(path, form).status == 422, "each time needs an answer"
    answer = nobody.post(path, form | {name: ["yes"] for name in names})
    assert "Response saved" in answer.words
    me = world.actors[TELCO].person_id
    assert said(world) == [(me, "yes")] * 3
    with reading(world.sessions) as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert (event.verb, event.person_id, event.detail["by_link"]) == ("answer-poll", me, True)


def test_the_e_mails_of_the_poll_hold_keys_of_their_own_and_red_holds_none(world: World) -> None:
    with writing(world.sessions) as session:
        polled(session, world)
        polled(session, world, "bank=liaison@bank", rule="closed", tlp="RED")
    transport = Memory()
    deliver(world.sessions, transport, MAIL, NOW)
    texts = {str(mail["To"]): whole(mail) for mail in transport.emails}
    links = [line for text in texts.values() for line in text.split() if "/answer-poll" in line]
    keyed = {link for link in links if link.startswith("http") and "/answer-poll/" in link}
    assert len(keyed) == 3, "to the liaison and the colleague of Telco, and to Cloud"
    red = next(text for to, text in texts.items() if "bank" in to)
    assert "/dialogues/answer-poll/" not in red
    assert "without signing in" not in red
    with reading(world.sessions) as session:
        rows = session.scalars(select(OutboxEmail).where(OutboxEmail.template == "poll")).all()
        assert {row.secret for row in rows} == {None}, "erased once they are sent"
        assert len({row.key_hash for row in rows}) == 4


def test_a_reminder_by_hand_has_a_link_that_answers(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        dialogues.remind(session, world.actors[ORGANISER], dialogue.ref, NOW + DAY)
        key = key_to(session, world, dialogue, CLOUD, "remind")
        actor, ref = dialogues.linked(session, key, NOW + DAY)
        assert (actor.person_id, ref) == (world.actors[CLOUD].person_id, dialogue.ref)


def test_a_key_ends_with_its_time_and_with_the_poll(world: World) -> None:
    _ref, key = asked(world)
    with writing(world.sessions) as session:
        for at in (NOW, NOW + AT_MOST - DAY):
            dialogues.linked(session, key, at)
        for at, wrong in ((NOW + AT_MOST, key), (NOW, ""), (NOW, "x" * 43)):
            with pytest.raises(NotFound):
                dialogues.linked(session, wrong, at)
        dialogue = session.scalars(select(Dialogue)).one()
        dialogue.poll_until_at = NOW + DAY
        session.flush()
        dialogues.linked(session, key, NOW + AT_LEAST - DAY)
        with pytest.raises(NotFound):
            dialogues.linked(session, key, NOW + AT_LEAST)
        dialogues.cancel(session, world.actors[ORGANISER], dialogue.ref, why="Off", now=NOW)
        with pytest.raises(NotFound):
            dialogues.linked(session, key, NOW)


def test_red_takes_a_sign_in_whatever_the_key(world: World) -> None:
    _ref, key = asked(world, BANK, f"bank={BANK}", rule="closed", tlp="RED")
    with reading(world.sessions) as session, pytest.raises(NotFound):
        dialogues.linked(session, key, NOW)


@pytest.mark.parametrize("how", ["left", "suspended", "unseated"])
def test_the_policy_is_asked_when_the_button_is_pressed(
    world: World, visit: Visit, how: str
) -> None:
    ref, key = asked(world)
    nobody, path = visit("nobody"), f"/dialogues/answer-poll/{key}"
    page = nobody.get(path)
    names = [str(one["name"]) for one in page.page.select("input[type=radio][value=yes]")]
    sent = page.form(path) | {name: ["yes"] for name in names}
    with writing(world.sessions) as session:
        _lose(session, world, ref, how)
    assert nobody.post(path, sent).status == 404
    assert nobody.get(path).status == 404
    assert said(world) == []


def _lose(session: Session, world: World, ref: str, how: str) -> None:
    me = world.actors[TELCO].person_id
    if how == "left":
        for row in session.scalars(select(Membership).where(Membership.person_id == me)):
            row.ends_at = NOW - DAY
    elif how == "suspended":
        session.get_one(Person, me).state = "suspended"
    else:
        dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
        table = dialogues.table_of(session, dialogue)
        fewer = dialogues.Table(
            table.organisers,
            tuple(
                one
                for one in table.delegations
                if one.organisation_id != world.organisations["telco"].id
            ),
            table.guests,
        )
        actor = world.actors[ORGANISER]
        dialogues.seat(session, actor, ref, table=fewer, version=dialogue.version, now=NOW)


def test_whoever_may_answer_for_several_signs_in_to_choose(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        me = world.actors[TELCO].person_id
        session.add(
            Membership(
                person_id=me,
                organisation_id=world.organisations["cloud"].id,
                role="liaison",
                begins_at=NOW - DAY,
            )
        )
    _ref, key = asked(world)
    page = visit("nobody").get(f"/dialogues/answer-poll/{key}")
    assert "Sign in to choose one" in page.words
    assert not page.page.select("input[type=radio]")


def test_earlier_responses_are_shown_only_where_the_marking_is_open(
    world: World, visit: Visit
) -> None:
    for tlp, rule, shown in (("GREEN", "open", 3), ("AMBER+STRICT", "limited", 0)):
        with writing(world.sessions) as session:
            dialogue = polled(session, world, tlp=tlp, rule=rule)
            side = dialogues.asked(session, world.actors[TELCO], dialogue.ref, NOW)
            assert side.respondent is not None
            dialogues.answer_poll(
                session,
                world.actors[TELCO],
                dialogue.ref,
                side=side.respondent.key,
                said={line.key: "no" for line in side.lines},
                now=NOW,
            )
            key = key_to(session, world, dialogue, COLLEAGUE, "poll")
        page = visit("nobody").get(f"/dialogues/answer-poll/{key}")
        assert len(page.page.select("input[type=radio][checked]")) == shown, tlp
