"""The leak oracle over exercises: who comes across which word, whatever address they try.

Who may is said here by hand, from the requirement; nothing of the policy is asked.
"""

from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from portal import exercises
from portal.db import reading, writing
from tests.canaries import addresses_of, met_by
from tests.cast import World
from tests.exercises import builders as make
from tests.exercises.builders import BANK, CLOUD, COLLEAGUE, FIRST, MEDIATOR, OBSERVER, TELCO
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
PEACE, PLAYERS = {MEDIATOR, COLLEAGUE}, {TELCO, CLOUD}
READERS = PEACE | PLAYERS | {"colleague@telco", OBSERVER}
EVERYBODY = READERS | {
    BANK, "observer@un", "steward@portal", "custodian@portal", "auditor@portal", "",
}  # fmt: skip
# Of each word who may come across it. A colleague of a player, who has no role, reads the
# situation and nothing that is played.
ALLOWED = {
    "canarydraft": PEACE,
    "canarysituation": READERS,
    "canaryguide": PEACE,
    "canaryplanned": PEACE,
    "canaryfirst": PEACE | {TELCO, OBSERVER},
    "canaryanswer": PEACE | {TELCO, OBSERVER},
    "canarynote": PEACE | PLAYERS | {OBSERVER},
    "canaryfinding": PEACE | PLAYERS | {OBSERVER},
}
LISTS = (
    "/", "/exercises/?state=draft", "/exercises/?q=canary", "/exercises/?sort=starts",
    "/exercises/?group=party", "/search?q=canary", "/search?q=canary&kind=exercises",
    "/search/commands?q=canary", "/search/references?q=canary&noun=exercises", "/calendar/",
    "/calendar/?from=2036-06", "/norms/measures", "/commitments/", "/processes/", "/duty-sheet/",
    "/steward/read-emails", "/steward/read-trail?verb=publish", "/public/",
)  # fmt: skip


def laid(session: Session, world: World) -> list[str]:
    """A draft, an exercise that runs and one that is over, with a word in every text."""
    said = {"title": "canarysituation", "body": "canarysituation", "guide": "canaryguide"}
    draft = make.drafted(
        session, world, **dict.fromkeys(("title", "body", "aims", "guide"), "canarydraft")
    )
    refs = [draft.ref]
    for is_over in (False, True):
        exercise = make.planned(session, world, "telco", "cloud", "cert", **said)
        for word, names in (("canaryfirst", [FIRST]), ("canaryplanned", [])):
            make.inject(session, world, exercise, *names, title=word, body=word)
        exercises.start(session, world.actors[MEDIATOR], exercise.ref, make.minute(0))
        number = make.given(session, world, exercise, "canaryfirst", make.minute(1))
        telco = world.actors[TELCO]
        answer = {"text": "canaryanswer", "now": make.minute(2)}
        exercises.answer(session, telco, exercise.ref, number, **answer)
        if is_over:
            exercises.conclude(session, world.actors[MEDIATOR], exercise.ref, make.minute(40))
            note = {"text": "canarynote", "now": make.minute(41)}
            exercises.write_note(session, telco, exercise.ref, **note)
            finding = {"text": "canaryfinding", "now": make.minute(42)}
            whom = world.organisations["cloud"].id
            exercises.add_finding(session, telco, exercise.ref, organisation_id=whom, **finding)
        refs.append(exercise.ref)
    return refs


def test_nobody_comes_across_what_is_not_theirs(app: Flask, world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        refs = laid(session, world)
    ways = [*LISTS, *addresses_of(app, "exercises", refs)]
    assert met_by(app, visit, ways, ALLOWED, EVERYBODY) == ALLOWED


def test_no_e_mail_that_waits_holds_a_word_that_is_played(world: World) -> None:
    with writing(world.sessions) as session:
        laid(session, world)
    with reading(world.sessions) as session:
        emails = session.query(OutboxEmail).all()
        columns = [column.name for column in OutboxEmail.__table__.columns]
        kept = repr([getattr(email, name) for email in emails for name in columns])
        assert emails
        assert "canary" not in kept
