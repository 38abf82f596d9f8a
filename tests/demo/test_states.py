"""What the demo world shows: each state of each noun, but for those named here with a reason."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.contacts import ContactPoint
from models.dialogues import Dialogue, DialogueState
from models.notices import Notice
from models.records import Record
from portal.catalogue import NOUNS
from portal.clock import now
from portal.db import make_engine, make_sessions, reading, writing
from portal.demo import plant
from portal.schema import upgrade
from portal.sealing import Sealer
from portal.store import Store, key_from

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

CAST: Final = "everybody of the cast signs in, and every organisation of theirs takes part"
GONE: Final = "nothing is left of it that could be shown"
ONE_PROCESS: Final = "its story is that of one process, in talks; the others are a button away"
# Which states of which noun it does not show, and why.
NOT_SHOWN: Final = {
    "clauses": {"retired": "the library comes with the portal, and all of it is in use"},
    "exercises": {
        "running": "it would be over while somebody looks around",
        "closed": "the one that is over has its hot wash open, where notes are still written",
        "erased": GONE,
    },
    "groups": {"left": "it has one sharing group, which its notices are sent to"},
    "organisations": {
        "invited": CAST,
        "suspended": CAST,
        "left": CAST,
    },
    "people": {"suspended": CAST, "left": CAST},
    "processes": dict.fromkeys(
        ("preparation", "agreement", "implementation", "dormant", "closed"), ONE_PROCESS
    ),
    "readiness": {"erased": GONE},
    "training": {"erased": GONE},
    "units": {"erased": GONE},
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The demo world, planted once."""
    folder = tmp_path_factory.mktemp("demo")
    engine = make_engine(f"sqlite:///{folder / 'demo.db'}")
    upgrade(engine)
    sessions, key = make_sessions(engine), key_from("a secret of the tests")
    with writing(sessions) as session:
        plant(session, "https://id.example", Store(Path(folder / "files"), key), Sealer(key), now())
    with reading(sessions) as session:
        yield session
    engine.dispose()


def test_each_state_of_each_noun_is_shown_or_has_a_reason(demo: Session) -> None:
    missing = {}
    for noun in NOUNS:
        state = noun.policy.model.state
        shown = set(demo.scalars(select(state).distinct()))
        missing[noun.name] = {str(one) for one in noun.states} - shown
    reasons = {name: set(states) for name, states in NOT_SHOWN.items()}
    assert {name: states for name, states in missing.items() if states} == reasons


def test_one_held_dialogue_waits_for_its_minutes(demo: Session) -> None:
    minutes = exists().where(Record.dialogue_id == Dialogue.id)
    held = select(Dialogue.title).where(Dialogue.state == DialogueState.HELD, ~minutes)
    assert demo.scalars(held).all() == ["Call on the state of the repair"]


def test_what_ended_says_why(demo: Session) -> None:
    for model, states in (
        (Commitment, ("declined", "released", "withdrawn")),
        (Dialogue, ("cancelled",)),
        (Notice, ("closed", "withdrawn")),
    ):
        why = demo.scalars(select(model.ended_reason).where(model.state.in_(states))).all()
        assert len(why) >= len(states)
        assert all(why)


def test_each_telephone_number_is_its_own_and_reaches_nobody(demo: Session) -> None:
    numbers = [phone for phones in demo.scalars(select(ContactPoint.phones)) for phone in phones]
    assert len(numbers) == len(set(numbers)) > 10
    # Telephone numbers for drama (Ofcom): London, 020 7946 0000 to 0999.
    assert all(re.fullmatch(r"\+44 20 7946 0\d{3}", number) for number in numbers)
