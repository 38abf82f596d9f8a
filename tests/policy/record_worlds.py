"""Small random worlds around one record: its table, a list of readers, silence, actions."""

import random
from typing import Any, Final

from models.commitments import Commitment
from models.records import Action, Point, Record, RecordAgreement
from portal.rules import FOLLOW, READ, READ_TEXT, RECORDS, UNFOLLOW
from portal.rules.verbs import (
    ADOPT,
    AGREE,
    COMMENT,
    CONFIRM,
    OBJECT,
    READ_COMMENTS,
    RECALL,
    TAKE_UP,
    WRITE,
)
from tests.cast import BEGINNING, NOW
from tests.policy import dialogue_worlds
from tests.policy.record_policy import (
    Minutes,
    may_adopt,
    may_agree,
    may_comment,
    may_confirm,
    may_object,
    may_read,
    may_read_comments,
    may_read_text,
    may_recall,
    may_take_up,
    may_unfollow,
    may_write,
)
from tests.policy.small_worlds import Laid, Policy

POLICY: Final[Policy] = {
    READ: may_read,
    READ_TEXT: may_read_text,
    FOLLOW: may_read,
    UNFOLLOW: may_unfollow,
    READ_COMMENTS: may_read_comments,
    WRITE: may_write,
    COMMENT: may_comment,
    OBJECT: may_object,
    RECALL: may_recall,
    ADOPT: may_adopt,
    AGREE: may_agree,
    CONFIRM: may_confirm,
    TAKE_UP: may_take_up,
}
STATES = ("draft", "circulated", "circulated", "adopted", "adopted", "adopted")
MARKINGS = ("GREEN", "AMBER", "AMBER", "AMBER", "AMBER+STRICT", "RED")


def plan(dice: random.Random) -> dict[str, Any]:
    """A small world: that of a dialogue, with a record; lists are short."""

    def some(most: int) -> frozenset[int]:
        return frozenset(dice.sample(range(4), dice.randint(0, most)))

    world, redacted = dialogue_worlds.plan(dice), dice.random() < 0.4
    adopted = dice.random() < 0.7 if redacted else False
    # A redacted version carries a marking of its own, and is never sent round.
    state = ("adopted" if adopted else "draft") if redacted else dice.choice(STATES)
    return world | {
        "talk_state": "held",
        "state": state,
        "redacted": redacted,
        "record_tlp": dice.choice(MARKINGS) if redacted else world["tlp"],
        "ever_published": True,
        "out": state == "adopted" and dice.random() < 0.85,
        "organisation": world["body"],
        "author": dice.randrange(4),
        "silence_over": dice.random() < 0.5,
        "agreed": some(4),
        "agreed_before": some(2),
        "agreed_elsewhere": some(2),
        "owed": some(2),
        "done": some(1),
        "owed_elsewhere": some(2),
        "organisations": some(1),
        "people": some(2) if dice.random() < 0.6 else frozenset(),
        "excepted_organisations": some(1) if dice.random() < 0.5 else frozenset(),
        "excepted_people": some(1) if dice.random() < 0.5 else frozenset(),
        "group": dice.random() < 0.3,
        "group_organisations": some(1),
        "group_people": some(1),
        "process": dice.random() < 0.3,
        "seat_organisations": some(1),
        "seat_people": some(1),
        "clients": frozenset((dice.randrange(4), dice.randrange(4)) for _ in range(3)),
    }


def agreeing(dice: random.Random) -> dict[str, Any]:
    """The same, where the system asks whether all who came agree before the silence ends."""
    world = plan(dice)
    return world | {
        "state": "circulated",
        "redacted": False,
        "record_tlp": world["tlp"],
        "silence_over": False,
        "offices": {0: ("system", False)},
        "suspended_people": frozenset(),
        "agreed": frozenset(dice.sample(range(4), dice.randint(1, 4))),
    }


class LaidMinutes(dialogue_worlds.LaidTalk):
    """A world around one record."""

    kind, column = RECORDS, "record_id"
    _lines = Laid._lines

    def _resource(self) -> Any:
        plan, talk = self.plan, self._talk()
        other = self._record(self._elsewhere().id, "2", "adopted")
        source = self._record(talk.id, "1", "adopted").id if plan["redacted"] else None
        record = self._record(talk.id, "0", plan["state"], source_id=source)
        record.author_id = self.people[plan["author"]].id
        record.tlp = plan["record_tlp"]
        record.published_at = BEGINNING if plan["out"] else None
        record.silence_until_at = NOW if plan["silence_over"] else NOW + dialogue_worlds.HOUR
        record.edition = 2
        self._agreements(record, 2, plan["agreed"])
        self._agreements(record, 1, plan["agreed_before"])
        self._agreements(other, 2, plan["agreed_elsewhere"])
        self._actions(record, self.plan["owed"], self.plan["done"])
        self._actions(other, self.plan["owed_elsewhere"], frozenset())
        return record

    def _record(self, talk: int, number: str, state: str, **values: Any) -> Record:
        return self._add(
            Record(
                ref=f"R-{self.mark}{number}",
                dialogue_id=talk,
                organisation_id=self.organisations[self.plan["body"]].id,
                author_id=self.people[0].id,
                state=state,
                tlp="RED",
                title="random",
                sha256="0" * 64 if state == "adopted" else None,
                created_at=BEGINNING,
                changed_at=BEGINNING,
                **values,
            )
        )

    def _agreements(self, record: Record, edition: int, agreed: frozenset[int]) -> None:
        for n in agreed & self.plan["places"].keys():
            side = self.plan["places"][n].side
            self._add(
                RecordAgreement(
                    record_id=record.id,
                    edition=edition,
                    person_id=self.people[n].id,
                    delegation_id=None if side is None else self.sides[side].id,
                    at=BEGINNING,
                )
            )

    def _actions(self, record: Record, owed: frozenset[int], done: frozenset[int]) -> None:
        said = {"changed_at": BEGINNING, "changed_by_id": record.author_id}
        point = self._add(Point(record_id=record.id, number=1, title="", **said))
        for n in range(4):
            doer, to = self.organisations[n].id, self.organisations[(n + 1) % 4].id
            act = {"organisation_id": doer, "addressee_id": to, "text": "random"}
            if n in owed:
                self._add(Action(record_id=record.id, point_id=point.id, **act))
            if n in done:
                kept = self._promise(n, doer, to).id
                self._add(Action(record_id=record.id, point_id=point.id, commitment_id=kept, **act))

    def _promise(self, number: int, doer: int, to: int) -> Commitment:
        return self._add(
            Commitment(
                ref=f"C-{self.mark}{number}",
                organisation_id=doer,
                addressee_id=to,
                author_id=self.people[0].id,
                tlp="RED",
                theme="notice-contacts",
                title="random",
                zone="UTC",
                created_at=BEGINNING,
                changed_at=BEGINNING,
            )
        )

    def as_case(self) -> Minutes:
        """The record for the policy."""
        plan = self.plan
        own = {"tlp": plan["record_tlp"], "ever_published": plan["out"]}
        return Minutes(
            **(self.as_list() | own),
            talk=self.as_talk(),
            redacted=plan["redacted"],
            silence_over=plan["silence_over"],
            owed=plan["owed"],
            agreed=plan["agreed"],
            followers=plan["followers"],
        )
