"""After the end of an alternate nothing is left of it: every surface, every way in which it ends.

Somebody is asked by name for something of each noun, while a colleague acts for them. Addresses are
read from the application: a new page is visited from its first day, with and without saying for
whom. As long as it lasts the colleague finds it all there, so that no walk succeeds by being empty.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select, update

from models.alternates import Alternate
from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Membership, Organisation, Person, Standing
from portal import alternates, contacts, dialogues
from portal.db import reading, writing
from portal.delivery import deliver
from portal.reminders import remind
from portal.rules import BY_ALTERNATE
from tests.alternates.builders import AWAY, DAY, STANDS_IN, in_force, leaves, make_admin, no_speaker
from tests.alternates.test_duties import SETTINGS, late
from tests.alternates.test_minutes import sent_round
from tests.alternates.test_polls import asked as asked_by_poll
from tests.attacks.test_b_leaks import _filled
from tests.cast import NOW, World
from tests.contacts.builders import published as contact_point
from tests.dialogues.invitation_builders import invited
from tests.jobs.test_delivery import Memory
from tests.pages import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.walk]

Visit = Callable[[str], Visitor]
ADMIN: Final = "liaison@bank"
WHOM: Final = "Telco liaison"
# What is over stays in the list of alternates of the two, for whom it was.
OWN_HISTORY: Final = ("alternates.",)
NOT_VISITED: Final = ("static", "auth.", "health.", "operator.")
NOW_CALLED: Final = "/contacts/now?purpose=duty"
ASKED_FOR: Final = (
    NOW_CALLED,
    *(f"/search?q={words}" for words in ("notice", "dialogue", "liaison")),
    *(f"/search/commands?q={words}" for words in ("notice", "dialogue", "liaison")),
)
# Acts of these nouns are tried with the field that says for whom.
NOUNS: Final = tuple(dict.fromkeys(noun for noun, _verb in BY_ALTERNATE))


@dataclass
class Asked:
    """What is asked of whoever is away: the alternate, references by noun, keys of e-mails."""

    by: str
    refs: dict[str, list[str]]
    keys: list[str]
    feed: str
    found: set[str] = field(default_factory=set)

    @property
    def marks(self) -> re.Pattern[str]:
        """What an answer has that lets somebody act for the other, or says that they do."""
        return re.compile(rf"for {WHOM}|for={self.by}|value=\"{self.by}\"")


@pytest.fixture
def asked(world: World) -> Asked:
    """One of each: a notice, a poll, an invitation, minutes, a contact point in a check."""
    by = in_force(world, nights=True)
    away, stands_in = world.actors[AWAY], world.actors[STANDS_IN]
    invitation = invited(world, AWAY, STANDS_IN)
    with writing(world.sessions) as session:
        notice = late(session, world, AWAY, STANDS_IN)
        no_speaker(session, world)
        poll = asked_by_poll(session, world).ref
        minutes = sent_round(session, world).ref
        said = {"person_id": away.person_id, "round_the_clock": True}
        contact = contact_point(session, world, "peace", **said).ref
        contacts.check(session, away, contact, now=NOW)
        feed = dialogues.make_feed(session, stands_in, NOW)
    with writing(world.sessions) as session:
        remind(session, NOW + 5 * DAY)
        rows = session.scalars(
            select(OutboxEmail).where(OutboxEmail.for_id == away.person_id)
        ).all()
        keys = [row.secret for row in rows if row.secret]
    refs = {
        "notices": [notice],
        "dialogues": [poll, invitation],
        "records": [minutes],
        "contacts": [contact],
        "alternates": [by],
    }
    return Asked(by, refs, keys, feed)


def addresses(app: Flask, asked: Asked, method: str) -> Iterator[tuple[str, str]]:
    """Endpoints and addresses, with each reference of its noun; of others with all of them."""
    every = [ref for refs in asked.refs.values() for ref in refs]
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.endpoint.startswith(NOT_VISITED):
            continue
        noun = rule.endpoint.partition(".")[0]
        values: dict[str, list[str]] = {
            "ref": asked.refs.get(noun, every),
            "key": [*asked.keys, asked.feed, "1"],
            "noun": list(asked.refs),
        }
        names = sorted(rule.arguments)
        for chosen in product(*(values.get(name, ["1"]) for name in names)):
            yield rule.endpoint, _filled(rule.rule, dict(zip(names, chosen, strict=True)))


def marked(app: Flask, asked: Asked, visitor: Visitor) -> set[str]:
    """Endpoints at whose addresses the visitor is somebody's alternate: what was asked aside."""
    found = set()
    for endpoint, path in addresses(app, asked, "GET"):
        for address in (path, f"{path}?for={asked.by}"):
            answer = visitor.client.get(address)
            assert answer.status_code < 500, address
            text = answer.get_data().decode(errors="replace")
            answer.close()
            # Links of a page to itself say again how it was asked for.
            if asked.marks.search(text.replace(address, "")):
                found.add(endpoint)
    for path in ASKED_FOR:
        if asked.marks.search(visitor.get(path).text):
            found.add(path)
    return {one for one in found if not one.startswith(OWN_HISTORY)}


def acted(app: Flask, world: World, asked: Asked, visitor: Visitor) -> set[tuple[str, str]]:
    """Try every form of these nouns for whoever is away; what the trail says was done so."""
    before = of_trail(world)
    for endpoint, path in addresses(app, asked, "POST"):
        if endpoint.partition(".")[0] in NOUNS:
            answer = visitor.post(path, {"for": asked.by})
            assert answer.status < 500, path
    return of_trail(world) - before


def of_trail(world: World) -> set[tuple[str, str]]:
    """What was done for somebody, by noun and verb."""
    with reading(world.sessions) as session:
        done = select(AuditEvent.resource_type, AuditEvent.verb)
        return {(row[0], row[1]) for row in session.execute(done.where(AuditEvent.for_id != 0))}


def sent_for(world: World) -> list[str]:
    """The subjects of e-mails that go out now and say that one acts for somebody."""
    post, found = Memory(), []
    for days in (0, 5):
        deliver(world.sessions, post, SETTINGS, NOW + days * DAY)
    for mail in post.emails:
        body = mail.get_body(("plain",))
        assert body is not None
        if f"On behalf of: {WHOM}" in body.get_content():
            found.append(str(mail["Subject"]))
    return found


def ended_by(who: str) -> Callable[[World, str], None]:
    """It is ended by somebody, with the button."""

    def end(world: World, by: str) -> None:
        if who == ADMIN:
            make_admin(world, ADMIN, "telco")
        with writing(world.sessions) as session:
            alternates.end(session, world.actors[who], by, NOW)

    return end


def period_over(world: World, by: str) -> None:
    with writing(world.sessions) as session:
        session.execute(update(Alternate).where(Alternate.ref == by).values(ends_at=NOW))


def person(who: str, state: Standing) -> Callable[[World, str], None]:
    """One of the two is suspended, or has left the portal."""

    def change(world: World, _by: str) -> None:
        with writing(world.sessions) as session:
            session.get_one(Person, world.actors[who].person_id).state = state

    return change


def organisation(state: Standing) -> Callable[[World, str], None]:
    """The organisation is suspended, or has left the portal."""

    def change(world: World, _by: str) -> None:
        with writing(world.sessions) as session:
            session.get_one(Organisation, world.organisations["telco"].id).state = state

    return change


def membership_begins_later(world: World, _by: str) -> None:
    with writing(world.sessions) as session:
        mine = Membership.person_id == world.actors[STANDS_IN].person_id
        session.execute(update(Membership).where(mine).values(begins_at=NOW + 20 * DAY))


ENDINGS: Final[dict[str, Callable[[World, str], None]]] = {
    "by whoever is away": ended_by(AWAY),
    "by the alternate": ended_by(STANDS_IN),
    "by an administrator": ended_by(ADMIN),
    "its last day is over": period_over,
    "the alternate leaves the organisation": lambda world, _by: leaves(world, STANDS_IN),
    "whoever is away leaves the organisation": lambda world, _by: leaves(world, AWAY),
    "the alternate belongs there later": membership_begins_later,
    "the alternate is suspended": person(STANDS_IN, Standing.SUSPENDED),
    "whoever is away is suspended": person(AWAY, Standing.SUSPENDED),
    "the alternate leaves the portal": person(STANDS_IN, Standing.LEFT),
    "whoever is away leaves the portal": person(AWAY, Standing.LEFT),
    "the organisation is suspended": organisation(Standing.SUSPENDED),
    "the organisation leaves": organisation(Standing.LEFT),
}

# That both engines answer alike for who may act is for test_alternates_two_readings: of the ways to
# end, here, one of each sort.
OTHER_ENGINE: Final = ("by an administrator", "its last day is over", "the organisation leaves")


def test_while_it_lasts_they_find_it_all(
    app: Flask, world: World, asked: Asked, visit: Visit
) -> None:
    """Guard against empty success: the same walks, and the mail, find what they look for."""
    found = marked(app, asked, visit(STANDS_IN))
    pages = {f"{noun}.read" for noun in NOUNS} | {"overview.index", NOW_CALLED}
    forms = {"dialogues.answer", "dialogues.answer_poll", "records.object"}
    assert pages | forms | {"dialogues.answer_poll_by_key"} <= found
    said = " ".join(sent_for(world))
    refs = [ref for noun in NOUNS for ref in asked.refs[noun]]
    assert [ref for ref in refs if ref not in said] == []
    done = acted(app, world, asked, visit(STANDS_IN))
    assert {("notices", "acknowledge"), ("contacts", "answer"), ("records", "agree")} <= done


@pytest.mark.parametrize(
    ("engine", "ending"),
    [*product(["sqlite"], ENDINGS), *product(["postgresql"], OTHER_ENGINE)],
    indirect=["engine"],
)
def test_once_it_has_ended_nothing_is_left(
    app: Flask, world: World, asked: Asked, visit: Visit, ending: str
) -> None:
    visitor = visit(STANDS_IN)
    visitor.get("/")
    ENDINGS[ending](world, asked.by)
    assert marked(app, asked, visitor) == set()
    # Nor for anybody else, of whom they were the alternate: pages that name who acts at present.
    for other in (AWAY, "mediator@peace"):
        for path in ("/", NOW_CALLED, *(f"/contacts/{ref}" for ref in asked.refs["contacts"])):
            answer = visit(other).client.get(path)
            assert f"for {WHOM}" not in answer.get_data(as_text=True), (other, path)
            answer.close()
    assert sent_for(world) == []
    assert acted(app, world, asked, visitor) == set()
