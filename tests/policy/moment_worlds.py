"""Small worlds around what is written beside a resource, and the requirement said a second time."""

import random
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select
from sqlalchemy.orm import Session

from models.audience import AudienceVersion
from models.commitment_comments import CommitmentComment
from models.commitments import Commitment, Evidence, Statement
from models.dialogues import Attendee, Dialogue
from models.norms import NormTag
from models.notices import Comment, Edition, Notice
from models.processes import MediatorLink
from models.records import Record, RecordComment, RecordEdition
from models.stakeholders import Person
from portal.access import sub_resource
from tests.cast import BEGINNING, NOW
from tests.policy.policy import Case, PersonIs, marking_lets, on_own_side
from tests.policy.small_worlds import Laid
from tests.policy.test_mutations import plan as plan_of_notice

Pair = tuple[str, int, int]


def plan(seed: int) -> dict[str, Any]:
    """A small world: that of a notice, and who else is a party, organises, wrote it."""
    dice = random.Random(seed)
    more = {
        "ever_published": True,
        "writer": dice.randrange(4),
        "addressee": dice.randrange(4),
        "verifier": dice.choice([None, 0, 1, 2, 3]),
        "organises": dice.randrange(4),
        "unknown": dice.random() < 0.15,
    }
    return plan_of_notice(seed) | more


class LaidMoment(Laid):
    """A world around an audience of the past, and one row of each sort that was written for it."""

    column = "audience_id"

    def role(self, _person: int, _organisation: int) -> str:
        """Mediators, so that one may organise."""
        return "mediator"

    def _resource(self) -> AudienceVersion:
        plan, homes = self.plan, [home.id for home in self.organisations]
        own = {"organisation_id": homes[plan["organisation"]], "tlp": plan["tlp"]}
        own["author_id"] = self.people[plan["author"]].id
        when = {"created_at": BEGINNING, "changed_at": BEGINNING}
        self.notice = self._add(
            Notice(ref=f"N-{self.mark}", pap="AMBER", kind="other", title="random", **own, **when)
        )
        dialogue = self._add(
            Dialogue(
                ref=f"D-{self.mark}",
                title="random",
                purpose="",
                zone="UTC",
                minutes=60,
                rule="open",
                attributed=True,
                format="online",
                **own,
                **when,
            )
        )
        seat = {"dialogue_id": dialogue.id, "organises": True}
        self._add(Attendee(person_id=self.people[plan["organises"]].id, **seat))
        verifier = plan["verifier"]
        return self._add(
            AudienceVersion(
                notice_id=self.notice.id,
                dialogue_id=dialogue.id,
                addressee_id=homes[plan["addressee"]],
                verifier_id=None if verifier is None else homes[verifier],
                **own,
            )
        )

    def _follows(self) -> None:
        """Nobody follows a version of an audience."""

    def rows(self, commitment: Commitment, record: Record) -> dict[str, Any]:
        """One row of each sort; all written by the same person, for that audience or none known."""
        by = self.people[self.plan["writer"]].id
        for_these = {"audience_id": None if self.plan["unknown"] else self.resource.id, "at": NOW}
        about = {"notice_id": self.notice.id, "text": "x", "person_id": by, **for_these}
        promised = {"commitment_id": commitment.id, "organisation_id": commitment.organisation_id}
        number = self.resource.id
        sealed = {"text": {}, "sha256": "0" * 64}
        said: dict[str, Any] = {
            "comment": Comment(**about),
            "comment to the author": Comment(**about, to_author=True),
            "edition": Edition(notice_id=self.notice.id, number=1, by_id=by, text={}, **for_these),
            "tie": NormTag(
                notice_id=self.notice.id, norm="un-gge-2015-f", reason="x", by_id=by, **for_these
            ),
            "mediator's link": MediatorLink(
                notice_id=self.notice.id,
                norm="un-gge-2015-f",
                body_id=self.organisations[0].id,
                reason="x",
                by_id=by,
                **for_these,
            ),
            "commitment comment": CommitmentComment(
                commitment_id=commitment.id, text="x", person_id=by, **for_these
            ),
            "statement": Statement(**promised, type="report", words="x", by_id=by, **for_these),
            "record comment": RecordComment(
                record_id=record.id, edition=1, type="comment", words="x", by_id=by, **for_these
            ),
            "record edition": RecordEdition(
                record_id=record.id, number=number, by_id=by, **sealed, **for_these
            ),
        }
        del for_these["at"]
        said["evidence"] = Evidence(
            ref=f"E-{self.mark}", title="x", link="https://un.example", sha256="0" * 64,
            added_by_id=by, added_at=NOW, **promised, **for_these,
        )  # fmt: skip
        return {word: self._add(row) for word, row in said.items()}

    def as_case(self) -> Case:
        return Case(**self.as_list())


# What tells the rows of a table apart in these worlds, where it is not their key.
KEY: Final[dict[Any, str]] = {Edition: "notice_id", RecordEdition: "number"}
# Which person is asked about which row: those of the same world alone.
PAIRS = Table(
    "moment_pairs",
    MetaData(),
    *(Column(name, String) for name in ("table", "word")),
    *(Column(name, Integer) for name in ("world", "nth", "of", "who")),
    prefixes=["TEMPORARY"],
)
PART: Final[dict[str, Any]] = {
    "comment": Comment, "comment to the author": Comment, "edition": Edition, "tie": NormTag,
    "mediator's link": MediatorLink,
    "statement": Statement, "evidence": Evidence, "record comment": RecordComment,
    "commitment comment": CommitmentComment, "record edition": RecordEdition,
}  # fmt: skip


def may_see(word: str, person: PersonIs, world: LaidMoment) -> bool:
    """Whoever wrote it, and those it was written for; nobody else where those are not known."""
    case, plan = world.as_case(), world.plan
    if not person.active:
        return False
    if person.key == plan["writer"] and word != "record edition":
        return True
    if plan["unknown"]:
        return False
    if word in ("record comment", "record edition"):
        body = case.organisation in person.organisations
        return person.key in case.people or (person.key == plan["organises"] and body)
    if on_own_side(person, case):
        return True
    if word == "comment to the author":
        return False
    parties = {plan["addressee"], plan["verifier"]}
    beside_promise = ("statement", "evidence", "tie", "commitment comment")
    if word in beside_promise and person.organisations & parties:
        return case.tlp != "RED" or marking_lets(person, case)
    return marking_lets(person, case)


class MomentWorlds:
    """Many of them in one database; the policy is asked about all in a question a sort."""

    def __init__(self, session: Session, plans: list[dict[str, Any]]) -> None:
        self.session = session
        self.worlds = [LaidMoment(session, plan, f"{n}-") for n, plan in enumerate(plans)]
        commitment, record = self._one_of_each(self.worlds[0])
        self.rows = [world.rows(commitment, record) for world in self.worlds]
        PAIRS.create(session.connection())
        session.execute(insert(PAIRS), [*self._pairs()])
        self.expected = {
            (word, n, who)
            for n, world in enumerate(self.worlds)
            for who in range(4)
            for word in PART
            if may_see(word, world.as_person(who), world)
        }

    def _one_of_each(self, world: LaidMoment) -> tuple[Commitment, Record]:
        homes, when = world.organisations, {"created_at": BEGINNING, "changed_at": BEGINNING}
        own = {"organisation_id": homes[0].id, "author_id": world.people[0].id, "tlp": "RED"}
        promise = Commitment(
            ref="C-0", addressee_id=homes[1].id, theme="notice-contacts", title="x", zone="UTC",
            **own, **when,
        )  # fmt: skip
        talk = self.session.scalars(select(Dialogue.id).limit(1)).one()
        record = Record(ref="R-0", dialogue_id=talk, title="x", **own, **when)
        self.session.add_all([promise, record])
        self.session.flush()
        return promise, record

    def _pairs(self) -> Iterator[dict[str, Any]]:
        for n, rows in enumerate(self.rows):
            for word, row in rows.items():
                of = getattr(row, KEY.get(type(row), "id"))
                for nth, person in enumerate(self.worlds[n].people):
                    at = {"table": row.__tablename__, "word": word, "world": n, "nth": nth}
                    yield at | {"of": of, "who": person.id}

    def contradicted(self) -> bool:
        """Whether somebody sees what was written for others, or misses what was for them."""
        return self.said() != self.expected

    def said(self) -> set[Pair]:
        """Which row of which world each person of that world sees, by the policy as it stands."""
        found = set[Pair]()
        for model in set(PART.values()):
            key: Any = getattr(model, KEY.get(model, "id"))
            asked = (
                select(PAIRS.c.word, PAIRS.c.world, PAIRS.c.nth)
                .join(model, key == PAIRS.c.of)
                .join(Person, Person.id == PAIRS.c.who)
                .where(PAIRS.c.table == model.__tablename__, sub_resource(model, Person.id, NOW))
            )
            found |= {(row[0], row[1], row[2]) for row in self.session.execute(asked)}
        return found
