"""Small random worlds in which people are away: one resource, four people, who acts for whom."""

from datetime import datetime, timedelta
from typing import Final

from models.alternates import Alternate
from models.audience import Recipient
from models.contacts import PURPOSES, ContactCheck, ContactPoint
from models.dialogues import Attendee, Dialogue, Slot
from models.notices import Edition, Receipt
from models.processes import Process
from models.records import Record
from models.signins import SignIn
from models.stakeholders import Membership
from portal.presence import key_hash
from portal.rules import CONTACTS
from tests.cast import BEGINNING, NOW
from tests.policy import dialogue_worlds, record_worlds
from tests.policy.alternate_policy import ROLES, ActsFor, Asked, Contact
from tests.policy.dialogue_policy import Sitter
from tests.policy.small_worlds import Laid
from tests.policy.test_three_readings import LaidNotice

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class People(Laid):
    """What a world of any noun is besides: who acts for whom, and everybody signed in."""

    def lay(self) -> None:
        """Add alternates, sign-ins and processes, and what makes the resource ask for something."""
        process, other = (self._kept(letter) for letter in "AB")
        if self.plan["within"]:
            self._within(process.id, excepted=self.plan["within"] == "excepted")
        for person, home, role, over in self.plan["also"]:
            self._second_role(person, home, role, over=over)
        self.alternates = [
            self._add(self._alternate(one, process.id, other.id)) for one in self.plan["acting"]
        ]
        for n, person in enumerate(self.people):
            self.session.add(
                SignIn(
                    key_hash=key_hash(f"{self.mark}key{n}"),
                    person_id=person.id,
                    provider="x",
                    issuer="x",
                    subject="x",
                    id_token="",
                    began_at=NOW,
                    seen_at=NOW,
                )
            )
        self._asks()
        self.session.flush()

    def _second_role(self, person: int, home: int, role: str, *, over: bool) -> None:
        self.session.add(
            Membership(
                person_id=self.people[person].id,
                organisation_id=self.organisations[home].id,
                role=role,
                begins_at=BEGINNING,
                ends_at=NOW if over else None,
            )
        )

    def _kept(self, letter: str) -> Process:
        made = {"created_at": BEGINNING, "changed_at": BEGINNING}
        own = {"organisation_id": self.organisations[0].id}
        ref = f"S-{self.mark}{letter}"
        return self._add(Process(ref=ref, cover_name=letter, **own, **made))

    def _alternate(self, one: ActsFor, process: int, other: int) -> Alternate:
        within = {"process": process, "other-process": other}.get(one.scope)
        return Alternate(
            ref=f"B-{self.mark}{one.key}",
            organisation_id=self.organisations[one.home].id,
            for_id=self.people[one.away].id,
            person_id=self.people[one.stands_in].id,
            declared_by_id=self.people[one.away].id,
            process_id=within,
            purpose=one.scope if one.scope in PURPOSES else "",
            role=one.scope if one.scope in ROLES else "",
            red=one.red,
            nights=one.nights,
            zone="UTC",
            begins_at=NOW - 2 * DAY if one.begun else NOW + HOUR,
            ends_at=NOW if one.over and one.begun else NOW + DAY,
            state=one.state,
            created_at=BEGINNING,
        )

    def _within(self, process: int, *, excepted: bool) -> None:
        line = {self.column: self.resource.id, "process_id": process, "excepted": excepted}
        self.session.add(Recipient(**line))

    def _asks(self) -> None:
        """What makes a reminder of it due at this moment."""

    def as_asked(self) -> Asked:
        """The world as the requirement sees it."""
        return Asked(
            noun=self.kind.name,
            case=self.as_case(),
            people=[self.as_person(n) for n in range(4)],
            alternates=self.plan["acting"],
            within=self.plan["within"] in self._parts(),
            chatham=self.plan.get("rule") == "chatham",
            done={"acknowledge": self._done()},
        )

    def _parts(self) -> tuple[str, ...]:
        return ("listed",)

    def _done(self) -> frozenset[int]:
        return frozenset()


class NoticeWorld(People, LaidNotice):
    """A notice that asks for acknowledgements, some of which are given."""

    def role(self, person: int, organisation: int) -> str:
        return str(self.plan["roles"][person, organisation])

    def _asks(self) -> None:
        self.resource.acknowledge_by_at = NOW + HOUR
        of = {"notice_id": self.resource.id, "by_id": self.people[0].id}
        self.session.add(Edition(**of, number=1, at=BEGINNING, text={}))
        for n in self.plan["done"]:
            of = {"notice_id": self.resource.id, "person_id": self.people[n].id}
            self.session.add(Receipt(**of, edition=1, acknowledged_at=BEGINNING))

    def _done(self) -> frozenset[int]:
        return frozenset(self.plan["done"])


class TalkWorld(People, dialogue_worlds.LaidTalk):
    """A dialogue that has invited everybody named, with a poll that nobody has answered."""

    def _within(self, process: int, *, excepted: bool) -> None:
        self.session.get_one(Dialogue, self._talk_id()).process_id = process

    def _talk_id(self) -> int:
        return int(self.resource.id)

    def _parts(self) -> tuple[str, ...]:
        return ("listed", "excepted")  # a dialogue is of a process or is not

    def _asks(self) -> None:
        talk = self.session.get_one(Dialogue, self._talk_id())
        talk.poll_until_at = NOW + HOUR
        starts: datetime = NOW + 2 * DAY
        self.session.add(Slot(dialogue_id=talk.id, starts_at=starts))
        for row in self.session.query(Attendee).filter_by(dialogue_id=talk.id):
            row.invited_at = BEGINNING


class MinutesWorld(record_worlds.LaidMinutes, TalkWorld):
    """Minutes whose silence procedure is half over."""

    def _talk_id(self) -> int:
        return self.session.get_one(Record, self.resource.id).dialogue_id

    def _asks(self) -> None:
        self.resource.silence_half_at = NOW - HOUR


class ContactWorld(People):
    """A contact point that somebody holds, which is asked whether it answers."""

    kind, column = CONTACTS, "contact_id"

    def role(self, person: int, organisation: int) -> str:
        return str(self.plan["roles"][person, organisation])

    def _resource(self) -> ContactPoint:
        plan = self.plan
        row = self._add(
            ContactPoint(
                ref=f"K-{self.mark}0",
                organisation_id=self.organisations[plan["organisation"]].id,
                author_id=self.people[plan["author"]].id,
                person_id=None if plan["holder"] is None else self.people[plan["holder"]].id,
                state=plan["state"],
                tlp=plan["tlp"],
                purpose=plan["purpose"],
                label="random",
                email="random@random.example",
                zone="UTC",
                round_the_clock=True,
                languages=["en"],
                published_at=BEGINNING if plan["ever_published"] else None,
                created_at=BEGINNING,
                changed_at=BEGINNING,
            )
        )
        if plan["checked"]:
            at = {"asked_at": NOW, "answer_by_at": NOW + DAY}
            self._add(ContactCheck(contact_id=row.id, key_hash=f"{self.mark}{row.id}", **at))
        return row

    def as_case(self) -> Contact:
        """The contact point for the policy."""
        said = {name: self.plan[name] for name in ("purpose", "holder", "checked")}
        return Contact(**self.as_list(), **said)

    def as_person(self, n: int) -> Sitter:
        """A person for the policy, with what they do where."""
        person, roles = super().as_person(n), self.plan["roles"]
        of = {key: roles[n, key] for key in person.organisations}
        return Sitter(person.key, person.active, person.organisations, person.were_in, roles=of)


WORLDS: Final[dict[str, type[People]]] = {
    "notices": NoticeWorld,
    "dialogues": TalkWorld,
    "records": MinutesWorld,
    "contacts": ContactWorld,
}
