"""The cast of the whole policy: organisations, everybody in them, and one full recipient list.

An ordinary member is called `organisation.role`; whoever differs in one thing has a name of her
own, so that a table can say who may and who may not. Nothing here asks the policy.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from models.audience import Recipient
from models.base import Base
from models.follows import Follow
from models.processes import Part, Process, Seat
from models.stakeholders import (
    Appointment,
    Client,
    GroupMember,
    Membership,
    Organisation,
    Person,
    Role,
    SharingGroup,
    Standing,
)
from models.training import Act, Completion, CompletionState, Requirement
from tests.cast import BEGINNING, NOW

M = TypeVar("M", bound=Base)
DAY: Final = timedelta(days=1)
MADE: Final = {"created_at": BEGINNING, "changed_at": BEGINNING}
# Those with somebody in every role; of all others an observer is enough.
MANNED: Final = ("home", "other", "judge", "north", "south", "body", "mission")
# Of the others: listed, in the listed group, seated in the listed process (as a party, watching),
# their clients, taken out again, in a closed group and its client, suspended and its client.
OTHERS: Final = (
    "alpha", "beta", "gamma", "watch", "delta", "epsilon", "zeta", "shut", "theta", "iota",
    "idle", "cut", "far", "past",
)  # fmt: skip
BODIES: Final = {"body", "mission", "asleep"}
SUSPENDED: Final = {"idle", "asleep"}
SOLD: Final = (
    ("alpha", "delta"), ("beta", "epsilon"), ("gamma", "zeta"), ("theta", "iota"), ("idle", "cut"),
)  # fmt: skip
# Whoever differs: what she does where.
DIFFERENT: Final[dict[str, tuple[tuple[str, Role], ...]]] = {
    "author": (("home", Role.LIAISON),),
    "double": (("home", Role.LIAISON), ("other", Role.LIAISON)),  # speaks for both sides
    "herself": (("home", Role.OBSERVER),),  # named beside her organisation
    "named": (),
    "chosen": (("shut", Role.OBSERVER),),  # named though her organisation is taken out
    "barred": (("alpha", Role.OBSERVER),),  # taken out by name
    "twice": (("alpha", Role.OBSERVER), ("shut", Role.OBSERVER)),
    "fled": (("alpha", Role.OBSERVER),),  # and left the one taken out since
    "departed": (("alpha", Role.OBSERVER),),  # and had left it before
    "coming": (("alpha", Role.OBSERVER),),  # and joins it tomorrow
    "veteran": (("alpha", Role.OBSERVER),),  # and was once in one taken out nobody knows when
    "twobuy": (("delta", Role.OBSERVER), ("shut", Role.OBSERVER)),
    "grouped": (),
    "ingroup": (),  # in a group that is closed
    "seated": (),
    "team": (("body", Role.MEDIATOR),),
    "second": (("body", Role.COORDINATOR),),  # on the team as well
    "lapsed": (("body", Role.OBSERVER),),  # on the team, but mediates no more
    "foreign": (("mission", Role.MEDIATOR),),  # on the team, of another body
    "chair": (("body", Role.MEDIATOR),),
    "cochair": (("body", Role.COORDINATOR),),
    "demoted": (("body", Role.OBSERVER),),
    "contact": (("north", Role.OBSERVER),),
    "sent": (("north", Role.OBSERVER),),
    "stayed": (("south", Role.OBSERVER),),  # was to come for South, and did not
    "pen": (("south", Role.OBSERVER),),  # takes notes for South
    "guest": (),
    "absent": (),
    "scribe": (),  # takes notes for the organisers
    "sleeper": (("asleep", Role.MEDIATOR),),
    "steward": (), "keeper": (), "auditor": (), "custodian": (), "system": (), "was": (),
    "next": (),
    "invitee": (), "uninvited": (), "gone": (),
}  # fmt: skip
# Who was in all organisations, will be, and is but is suspended.
EVERYWHERE: Final = ("former", "future", "frozen")
# Where some of them were beside that, from when, until when; and when one was taken out of lists.
EXCEPTED: Final = NOW - DAY
ONCE: Final = {
    "fled": ("shut", BEGINNING, NOW),
    "departed": ("shut", BEGINNING, EXCEPTED),
    "coming": ("shut", NOW + DAY, None),
    "veteran": ("past", BEGINNING, BEGINNING + DAY),
}
WAS: Final = {"body": Role.MEDIATOR, "mission": Role.MEDIATOR}


class Cast:
    """Keys of organisations and people by name, and what else lists are made of."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.homes = {
            n: self._organisation(n) for n in (*MANNED, *OTHERS, "asleep", "asked", "leaving")
        }
        self.people: dict[str, int] = {}
        for home in (*MANNED, *OTHERS):
            for role in Role if home in MANNED else (Role.OBSERVER,):
                self._person(f"{home}.{role}", ((home, role),))
        for name, places in DIFFERENT.items():
            self._person(name, places)
        for name in EVERYWHERE:
            self._person(name, tuple((home, WAS.get(home, Role.LIAISON)) for home in MANNED))
        for name, (home, begins, ends) in ONCE.items():
            at = {"person_id": self.people[name], "organisation_id": self.homes[home]}
            self.add(Membership(role=Role.OBSERVER, begins_at=begins, ends_at=ends, **at))
        self._offices()
        for provider, client in SOLD:
            self.add(Client(provider_id=self.homes[provider], client_id=self.homes[client]))
        self.group, self.closed = self._groups()
        self.process = self._process("S-list")
        self._requirements()

    def add(self, row: M) -> M:
        """Keep a row; gives it back with its key."""
        self.session.add(row)
        self.session.flush()
        return row

    def _requirements(self) -> None:
        # What is required before what, and who has completed what of it, until when.
        for act, unit, home in (
            (Act.PUBLISH_RED, "phishing", None),
            (Act.PUBLISH_RED, "tlp", "home"),
            (Act.PUBLISH_RED, "travel", "far"),
            (Act.TAKE_ROLE, "chatham-house", None),
            (Act.TAKE_ROLE, "recording", "home"),
            (Act.TAKE_SEAT, "travel", "body"),
        ):
            of = {"organisation_id": self.homes[home] if home else None}
            by = {"by_id": self.people["author"], "at": BEGINNING}
            self.add(Requirement(act=act, unit=unit, **of, **by))
        done, erased = CompletionState.COMPLETED, CompletionState.ERASED
        for number, (name, unit, state, until) in enumerate((
            ("author", "tlp", done, DAY), ("author", "phishing", done, DAY),
            ("home.observer", "tlp", done, DAY), ("home.observer", "phishing", done, DAY),
            ("double", "tlp", done, DAY), ("double", "phishing", done, DAY),
            ("home.liaison", "tlp", done, -DAY), ("home.liaison", "phishing", done, DAY),
            ("home.mediator", "phishing", done, DAY),
            ("home.coordinator", "tlp", done, DAY),
            ("body.mediator", "phishing", done, DAY),
            ("far.observer", "phishing", done, DAY),
            ("guest", "chatham-house", done, DAY),
            ("home.admin", "chatham-house", done, DAY), ("home.admin", "recording", done, DAY),
            ("team", "travel", done, DAY),
            ("second", "tlp", done, DAY), ("second", "travel", erased, DAY),
            ("second", "travel", done, -DAY),
            ("home.mediator", "tlp", erased, DAY), ("home.mediator", "recording", done, DAY),
            ("home.liaison", "chatham-house", done, DAY), ("home.liaison", "recording", done, -DAY),
            ("home.coordinator", "chatham-house", done, DAY),
            ("home.coordinator", "recording", erased, DAY),
        )):  # fmt: skip
            at = {"created_at": BEGINNING, "changed_at": BEGINNING, "expires_at": NOW + until}
            whose = {"person_id": self.people[name], "unit": unit, "state": state}
            self.add(Completion(ref=f"T-R{number}", **whose, **at))

    def _organisation(self, name: str) -> int:
        kind = "mediation-body" if name in BODIES else "company"
        state = Standing.SUSPENDED if name in SUSPENDED else Standing.ACTIVE
        state = {"asked": Standing.INVITED, "leaving": Standing.LEFT}.get(name, state)
        made = {"kind": kind, "country": "FI", "state": state, "created_at": BEGINNING}
        return int(self.add(Organisation(ref=f"O-{name}", name=f"{name} house", **made)).id)

    def _person(self, name: str, places: tuple[tuple[str, Role], ...]) -> None:
        states = {
            "frozen": Standing.SUSPENDED,
            "gone": Standing.LEFT,
            "invitee": Standing.INVITED,
            "uninvited": Standing.INVITED,
        }
        state = states.get(name, Standing.ACTIVE)
        email = f"{name}@whole.example"
        made = {"state": state, "created_at": BEGINNING}
        key = self.add(Person(ref=f"P-{name}"[:16], name=name, email=email, **made)).id
        self.people[name] = key
        begins = NOW + DAY if name == "future" else BEGINNING
        ends = {"former": NOW, "body.coordinator": NOW + DAY, "home.coordinator": NOW + DAY}.get(
            name
        )
        for home, role in places:
            when = {"begins_at": begins, "ends_at": ends}
            at = {"person_id": key, "organisation_id": self.homes[home]}
            self.add(Membership(role=role, **at, **when))

    def _offices(self) -> None:
        held = {name: name for name in ("steward", "auditor", "custodian", "system")}
        for name, role in {
            **held,
            "keeper": "steward",
            "was": "steward",
            "next": "steward",
            "frozen": "steward",
        }.items():
            begins = NOW + DAY if name == "next" else BEGINNING
            ends = NOW if name == "was" else NOW + DAY if name == "steward" else None
            of = {"person_id": self.people[name], "role": role}
            self.add(Appointment(**of, begins_at=begins, ends_at=ends))

    def _groups(self) -> tuple[SharingGroup, SharingGroup]:
        own = {"organisation_id": self.homes["far"], "ceiling": "AMBER", "created_at": BEGINNING}
        group = self.add(SharingGroup(ref="G-list", name="list", **own))
        closed = self.add(SharingGroup(ref="G-over", name="over", state=Standing.LEFT, **own))
        for home in ("beta", "shut", "home", "idle"):
            self.add(GroupMember(group_id=group.id, organisation_id=self.homes[home]))
        self.add(GroupMember(group_id=group.id, person_id=self.people["grouped"]))
        self.add(GroupMember(group_id=closed.id, organisation_id=self.homes["theta"]))
        self.add(GroupMember(group_id=closed.id, person_id=self.people["ingroup"]))
        return group, closed

    def _process(self, ref: str, **values: Any) -> Process:
        own = {"organisation_id": self.homes["body"]}
        process = self.add(Process(ref=ref, cover_name=ref, **own, **MADE, **values))
        self.seat(process, gamma=Part.PARTY, watch=Part.OBSERVER, idle=Part.OBSERVER)
        self.seat_people(process, seated=Part.PARTY)
        team = ("team", "second", "lapsed", "foreign", "former", "future", "frozen")
        self.seat_people(process, **dict.fromkeys(team, Part.TEAM))
        return process

    def seat(self, process: Process, **parts: Part) -> None:
        """Give seats to organisations."""
        for name, part in parts.items():
            seat = {"process_id": process.id, "organisation_id": self.homes[name]}
            self.add(Seat(part=part, **seat))

    def seat_people(self, process: Process, **parts: Part) -> None:
        """Give seats to people."""
        for name, part in parts.items():
            self.add(Seat(process_id=process.id, person_id=self.people[name], part=part))

    def follow(self, noun: str, keys: Iterable[int], *people: str) -> None:
        """Have these people follow resources of a noun, and beside them nothing."""
        for key in keys:
            for name in people:
                about = {"resource_type": noun, "resource_id": key}
                self.add(Follow(person_id=self.people[name], since_at=BEGINNING, **about))

    def address(self, of: dict[str, int], *more: str) -> None:
        """The full list: each way to be on it once, two taken out again; `more` people by name."""
        for home in ("alpha", "idle"):
            self.add(Recipient(**of, organisation_id=self.homes[home]))
        for home, since in (("shut", EXCEPTED), ("past", None)):
            out = {"organisation_id": self.homes[home], "excepted": True}
            self.add(Recipient(**of, **out, excepted_since=since))
        self.add(Recipient(**of, person_id=self.people["barred"], excepted=True))
        for name in ("herself", "named", "chosen", "frozen", *more):
            self.add(Recipient(**of, person_id=self.people[name]))
        for group in (self.group, self.closed):
            self.add(Recipient(**of, group_id=group.id))
        self.add(Recipient(**of, process_id=self.process.id))
