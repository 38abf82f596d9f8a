"""Attack cases B for conditions: of a hidden one only that there is one may show.

A reader of a promise is shown the same, to the byte, whatever the hidden promises are on which it
hangs, and whatever hidden ones hang on it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, ConditionType
from models.vocabulary import Tlp
from portal import commitments
from portal.db import writing
from tests.attacks.test_b_commitments import SHEETS, Visit, plain, same_but_for_time
from tests.attacks.test_b_leaks import CANARY
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, DUE, drafted, speaker
from tests.pages import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@dataclass
class Hanging:
    """Makes a promise of Cloud to Bank that hangs on hidden ones, for one reader by name."""

    session: Session
    world: World

    def promise(self, reader: str, before: Callable[[str], object] = lambda ref: None) -> str:
        """A promise that the reader sees, accepted; `before` is done while it is a draft."""
        made = self.written("cloud", "bank", reader, tlp=Tlp.AMBER_STRICT, title="What is seen")
        before(made.ref)
        self.put_forward(made.ref, "cloud", "bank")
        return str(made.ref)

    def hidden(self, by: str, to: str, **said: Any) -> str:
        """A promise that no reader sees, agreed on between the two."""
        draft = self.draft(by, to, **said)
        self.put_forward(draft, by, to)
        return draft

    def draft(self, by: str, to: str, **said: Any) -> str:
        """The draft of such a promise."""
        named = (speaker(to), speaker(by))
        words: dict[str, Any] = {
            "title": "canary-title-1x",
            "body": "canary-body-1x",
            "tlp": Tlp.RED,
        } | said
        return str(self.written(by, to, *named, **words).ref)

    def written(self, by: str, to: str, *readers: str, **said: Any) -> Any:
        """A draft with these readers by name."""
        sides: dict[str, Any] = {"by": speaker(by), "to": to, "verifier": ""}
        return drafted(self.session, self.world, *readers, **sides, **said)

    def put_forward(self, ref: str, by: str, to: str) -> None:
        """Propose it, and let it be accepted."""
        actors = self.world.actors
        propose: dict[str, Any] = {"answer_by_on": ANSWER_BY, "now": NOW}
        commitments.propose(self.session, actors[speaker(by)], ref, **propose)
        commitments.accept(self.session, actors[speaker(to)], ref, NOW)

    def add_condition(
        self, ref: str, on: str, condition_type: ConditionType, days: int, by: str = "cloud"
    ) -> None:
        """Let the one hang on the other."""
        actor = self.world.actors[speaker(by)]
        said: dict[str, Any] = {
            "on": on,
            "condition_type": condition_type,
            "days": days,
            "now": NOW,
        }
        commitments.add_condition(self.session, actor, ref, **said)


def after_one(made: Hanging, reader: str) -> str:
    """It hangs on one hidden promise."""
    one = made.hidden("bank", "cloud")
    return made.promise(reader, lambda ref: made.add_condition(ref, one, ConditionType.AFTER, 3))


def on_two(made: Hanging, reader: str) -> str:
    """It hangs on two, of other sorts, days and states, and those hang on a third."""
    far = {"due_on": DUE + timedelta(days=77), "title": "canary-title-2x"}
    first, ahead = made.draft("bank", "cloud", **far), made.hidden("bank", "cloud", **far)
    made.add_condition(first, ahead, ConditionType.AFTER, 19, by="bank")
    made.put_forward(first, "bank", "cloud")
    second = made.hidden("bank", "cloud", due_on=DUE - timedelta(days=5))

    def both(ref: str) -> None:
        made.add_condition(ref, first, ConditionType.AFTER, 444)
        made.add_condition(ref, second, ConditionType.WHILE, 333)
        made.add_condition(ref, second, ConditionType.AFTER, 222)

    return made.promise(reader, both)


def together(made: Hanging, reader: str) -> str:
    """A hidden side asks that its own promise begin together with it, before it is accepted."""
    ref = asked_by_a_draft(made, reader)
    asked = select(Commitment.ref).where(Commitment.title == "canary-title-3x")
    actors, asking = made.world.actors, made.session.scalars(asked).one()
    answer: dict[str, Any] = {"answer_by_on": ANSWER_BY, "now": NOW}
    commitments.propose(made.session, actors[speaker("bank")], asking, **answer)
    commitments.accept(made.session, actors[speaker("bank")], ref, NOW)
    return ref


def free(made: Hanging, reader: str) -> str:
    """It hangs on nothing, and nothing on it."""
    return made.promise(reader)


def asked_of(made: Hanging, reader: str) -> str:
    """Hidden promises and drafts of another side hang on it: that is theirs alone."""
    ref = made.promise(reader)
    for condition_type in (ConditionType.AFTER, ConditionType.WHILE):
        for proposed in (True, False):
            hanging = made.draft("bank", "cloud")
            made.add_condition(hanging, ref, condition_type, 55, by="bank")
            if proposed:
                made.put_forward(hanging, "bank", "cloud")
    return ref


def unanswered(made: Hanging, reader: str) -> str:
    """It is proposed, and waits for nothing but its answer."""
    draft = made.written("cloud", "bank", reader, tlp=Tlp.AMBER_STRICT, title="What is seen")
    actor = made.world.actors[speaker("cloud")]
    commitments.propose(made.session, actor, draft.ref, answer_by_on=ANSWER_BY, now=NOW)
    return str(draft.ref)


def asked_by_a_draft(made: Hanging, reader: str) -> str:
    """A draft of another side, not put forward yet, is to begin together with it."""
    ref = unanswered(made, reader)
    asking = made.draft("bank", "cloud", title="canary-title-3x")
    made.add_condition(asking, ref, ConditionType.TOGETHER, 0, by="bank")
    return ref


def all_pages(visitor: Visitor, ref: str, name: str) -> dict[str, str]:
    """What a reader gets to see of the promise on every page, but for its reference and herself."""
    here = f"/commitments/{ref}"
    ends = (
        *(
            here,
            f"{here}/conditions",
            f"{here}/export",
            f"{here}/read-terms/1",
            "/",
            "/commitments/",
        ),
        *(f"/commitments/{sheet}" for sheet in SHEETS),
        *("/commitments/progress", "/search?q=seen", "/norms/coverage"),
    )
    pages = {}
    for end in ends:
        answer = visitor.client.get(end)
        page = same_but_for_time(plain(answer.get_data()))
        hers = page.replace(ref, "REF").replace(name, "NAME")
        pages[end.replace(ref, "REF")] = f"{answer.status_code} {hers}"
    return pages


@pytest.mark.parametrize(
    ("one", "other", "hangs"),
    [
        (after_one, on_two, True),
        (after_one, together, True),
        (unanswered, asked_by_a_draft, False),
        (free, asked_of, False),
    ],
)
def test_of_a_hidden_condition_only_that_there_is_one_shows(
    world: World,
    visit: Visit,
    one: Callable[[Hanging, str], str],
    other: Callable[[Hanging, str], str],
    hangs: bool,
) -> None:
    # Two of one organisation and one role: each sees one of the two promises, and no other.
    with writing(world.sessions) as session:
        made = Hanging(session, world)
        refs = one(made, "liaison@telco"), other(made, "colleague@telco")
    pages = [
        all_pages(visit(who), ref, name)
        for who, ref, name in (
            ("liaison@telco", refs[0], "Telco liaison"),
            ("colleague@telco", refs[1], "Telco colleague"),
        )
    ]
    for address, page in pages[0].items():
        assert page == pages[1][address], address
        assert not CANARY.findall(page), address
        assert not re.search(r"C-\d\d-[0-9A-Z]{6}", page), address
    assert pages[0]["/commitments/REF"].startswith("200 ")
    assert ("not shown to you" in pages[0]["/commitments/REF"]) == hangs
    assert ("not shown to you" in pages[0]["/commitments/REF/conditions"]) == hangs
    assert "What is seen" in pages[0]["/search?q=seen"].replace("<mark>", "").replace("</mark>", "")


def test_the_two_sides_see_what_hides_from_the_reader(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = on_two(Hanging(session, world), "liaison@telco")
    page = visit("liaison@cloud").get(f"/commitments/{ref}").words
    assert "canary-title-2x" in page
    assert "Starts 444 days after it is met." in page
