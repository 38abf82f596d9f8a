"""Small random worlds: a plan as rows of a database, and as the requirement sees it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.base import Base
from models.follows import Follow
from models.processes import Process, Seat
from models.stakeholders import (
    Client,
    GroupMember,
    Membership,
    Organisation,
    Person,
    SharingGroup,
    Standing,
)
from portal.access import READER, Actor, audience, granted, may, verbs, verbs_of, visible
from portal.parameters import KEY
from portal.parameters import NOW as MOMENT
from portal.recipients import reader_of
from portal.rules import READ, ResourceType
from tests.cast import BEGINNING, NOW
from tests.policy.policy import PersonIs

# When the exception of each organisation was made: memberships that ended did so at NOW. Two of
# them last from before that; of one nothing is known; one was made when they were over already.
BEFORE_IT_ENDED = (NOW - timedelta(days=1), None)
SINCE = (*BEFORE_IT_ENDED, NOW, NOW + timedelta(seconds=1))
M = TypeVar("M", bound=Base)
Policy = Mapping[str, Callable[[Any, Any], bool]]


class Laid(ABC):
    """The plan as rows of a database, and as the requirement sees it."""

    kind: ResourceType[Any]
    column: str

    def __init__(self, session: Session, plan: dict[str, Any], mark: str = "") -> None:
        # Several worlds in one database are told apart by a mark.
        self.session, self.plan, self.mark = session, plan, mark
        self.organisations = [self._organisation(n) for n in range(4)]
        self.people = [self._person(n) for n in range(4)]
        session.add_all([*self.organisations, *self.people])
        session.flush()
        self._memberships()
        self.resource = self._resource()
        self._lines({self.column: self.resource.id})
        self._follows()
        session.flush()

    def _follows(self) -> None:
        # Whoever does not follow it follows another one, and another noun with its key.
        for n, person in enumerate(self.people):
            about = [(self.kind.name, 0), ("organisations", self.resource.id)]
            if n in self.plan.get("followers", ()):
                about = [(self.kind.name, self.resource.id)]
            for noun, key in about:
                row = {"resource_type": noun, "resource_id": key, "since_at": BEGINNING}
                self.session.add(Follow(person_id=person.id, **row))

    def _add(self, row: M) -> M:
        # For a row whose key others need; those that nobody points to wait for the next of these.
        self.session.add(row)
        self.session.flush()
        return row

    def _organisation(self, n: int) -> Organisation:
        out = n in self.plan["suspended_organisations"]
        return Organisation(
            ref=f"O-{self.mark}{n}",
            name=f"Random {self.mark}{n}",
            kind="company",
            country="FI",
            state=Standing.SUSPENDED if out else Standing.ACTIVE,
            created_at=BEGINNING,
        )

    def _person(self, n: int) -> Person:
        out = n in self.plan["suspended_people"]
        return Person(
            ref=f"P-{self.mark}{n}",
            name=f"Somebody {self.mark}{n}",
            email=f"{self.mark}{n}@random.example",
            state=Standing.SUSPENDED if out else Standing.ACTIVE,
            created_at=BEGINNING,
        )

    def _memberships(self) -> None:
        for person, organisation in self.plan["memberships"] | self.plan["ended"]:
            over = (person, organisation) not in self.plan["memberships"]
            self.session.add(
                Membership(
                    person_id=self.people[person].id,
                    organisation_id=self.organisations[organisation].id,
                    role=self.role(person, organisation),
                    begins_at=BEGINNING,
                    ends_at=NOW if over else None,
                )
            )
        for provider, client in self.plan["clients"]:
            if provider != client:
                self.session.add(
                    Client(
                        provider_id=self.organisations[provider].id,
                        client_id=self.organisations[client].id,
                    )
                )

    def role(self, _person: int, _organisation: int) -> str:
        """What a member does there; reading notices knows no difference."""
        return "liaison"

    @abstractmethod
    def _resource(self) -> Any:
        """The resource of the plan, added without its list; each noun has its own."""

    def _lines(self, of: dict[str, int]) -> None:
        plan = self.plan
        for n in plan["organisations"] | plan["excepted_organisations"]:
            self.session.add(
                Recipient(
                    **of,
                    organisation_id=self.organisations[n].id,
                    excepted=n in plan["excepted_organisations"],
                    excepted_since=SINCE[n],
                )
            )
        for n in plan["people"] | plan["excepted_people"]:
            self.session.add(
                Recipient(
                    **of,
                    person_id=self.people[n].id,
                    excepted=n in plan["excepted_people"],
                )
            )
        group = self._add(
            SharingGroup(
                ref=f"G-{self.mark}0",
                name="random",
                organisation_id=self.organisations[0].id,
                ceiling="AMBER",
                created_at=BEGINNING,
            )
        )
        for n in plan["group_organisations"]:
            self.session.add(
                GroupMember(group_id=group.id, organisation_id=self.organisations[n].id)
            )
        for n in plan["group_people"]:
            self.session.add(GroupMember(group_id=group.id, person_id=self.people[n].id))
        if plan["group"]:
            self.session.add(Recipient(**of, group_id=group.id))
        process = self._process()
        if plan["process"]:
            self.session.add(Recipient(**of, process_id=process.id))

    def _process(self) -> Process:
        process = self._add(
            Process(
                ref=f"S-{self.mark}0",
                cover_name="random",
                organisation_id=self.organisations[0].id,
                created_at=BEGINNING,
                changed_at=BEGINNING,
            )
        )
        for n in self.plan["seat_organisations"]:
            self.session.add(Seat(process_id=process.id, organisation_id=self.organisations[n].id))
        for n in self.plan["seat_people"]:
            self.session.add(Seat(process_id=process.id, person_id=self.people[n].id))
        return process

    def as_list(self) -> dict[str, Any]:
        """What every resource with a recipient list is for the policy.

        Suspended organisations reach nobody and buy nothing.
        """
        plan, out = self.plan, self.plan["suspended_organisations"]
        clients: dict[int, frozenset[int]] = {}
        for provider, client in plan["clients"]:
            if provider != client and provider not in out:
                clients[provider] = clients.get(provider, frozenset()) | {client}
        grouped, tabled, nobody = plan["group"], plan["process"], frozenset[int]()
        return {
            "state": plan["state"],
            "tlp": plan["tlp"],
            "organisation": plan["organisation"],
            "author": plan["author"],
            "ever_published": plan["ever_published"],
            "organisations": plan["organisations"] - plan["excepted_organisations"],
            "group_organisations": plan["group_organisations"] if grouped else nobody,
            "group_people": plan["group_people"] if grouped else nobody,
            "seat_organisations": plan["seat_organisations"] if tabled else nobody,
            "seat_people": plan["seat_people"] if tabled else nobody,
            "people": plan["people"] - plan["excepted_people"],
            "excepted_organisations": plan["excepted_organisations"],
            "excepted_people": plan["excepted_people"],
            "clients": clients,
        }

    def as_person(self, n: int) -> PersonIs:
        """A person for the policy; a suspended organisation gives nothing to its members."""
        homes = {o for p, o in self.plan["memberships"] if p == n}
        once = {o for p, o in self.plan["ended"] if p == n}
        return PersonIs(
            key=n,
            active=n not in self.plan["suspended_people"],
            organisations=frozenset(homes - self.plan["suspended_organisations"]),
            were_in=frozenset(homes | {o for o in once if SINCE[o] in BEFORE_IT_ENDED}),
        )

    @abstractmethod
    def as_case(self) -> Any:
        """The resource for the policy."""

    def expected(self, policy: Policy) -> dict[tuple[str, int], bool]:
        """What the requirement says for each verb and person."""
        case, people = self.as_case(), [self.as_person(n) for n in range(4)]
        return {(verb, n): says(people[n], case) for verb, says in policy.items() for n in range(4)}

    def notified(self, verb: str) -> list[bool]:
        """Whether each person is among everybody who may."""
        asked = audience(self.kind, verb, self.resource.id, NOW, Person.id)
        everybody = set(self.session.scalars(asked))
        return [person.id in everybody for person in self.people]


@cache
def of_a_reader(kind: ResourceType[Any]) -> Select[Any]:
    """What whoever reads a page may do to one resource; their facts are values of the question."""
    return select(*granted(kind, READER, MOMENT)).where(kind.model.id == KEY)


def agree(laid: Laid, policy: Policy) -> None:
    """Hold all readings of the policy against each other and the requirement."""
    session, key, kind = laid.session, laid.resource.id, laid.kind
    actors = [Actor(person.id, "") for person in laid.people]
    offered = [verbs(session, actor, kind, key, NOW) for actor in actors]
    readers = [reader_of(session, actor, NOW).values | {KEY.key: key} for actor in actors]
    read = [verbs_of(kind, session.execute(of_a_reader(kind), one).one()) for one in readers]
    everybody = {verb: laid.notified(verb) for verb in policy}
    expected = laid.expected(policy)
    for (verb, n), says in expected.items():
        assert may(session, actors[n], verb, kind, key, NOW) is says, (verb, n)
        assert everybody[verb][n] is says, (verb, n)
        assert (verb in offered[n]) is says, (verb, n)
        assert (verb in read[n]) is says, (verb, n)
    for n, actor in enumerate(actors):
        listed = select(visible(kind, actor, NOW, kind.model.id).subquery())
        assert (key in set(session.scalars(listed))) is expected[READ, n], n
