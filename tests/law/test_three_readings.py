"""One sentence, asked three ways, answers alike; and as the requirement says."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.notices import Notice
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
from portal.access import Actor, audience, may, verbs, visible
from portal.db import open_session
from portal.rules import ACKNOWLEDGE, NOTICES, READ, READ_TEXT
from tests.cast import BEGINNING, NOW, World
from tests.law.policy import Case, PersonIs, may_acknowledge, may_read, may_read_text

POLICY = {READ: may_read, READ_TEXT: may_read_text, ACKNOWLEDGE: may_acknowledge}
KEYS = st.integers(0, 3)
SETS = st.frozensets(KEYS, max_size=2)
PAIRS = st.frozensets(st.tuples(KEYS, KEYS), max_size=5)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A small world: four organisations, four people, one group, one process, one notice."""
    return {
        "state": draw(st.sampled_from(["draft", "open", "closed", "withdrawn"])),
        "tlp": draw(st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"])),
        "ever_published": draw(st.booleans()),
        "organisation": draw(KEYS),
        "author": draw(KEYS),
        "organisations": draw(SETS),
        "people": draw(SETS),
        "excepted_organisations": draw(SETS),
        "excepted_people": draw(SETS),
        "group": draw(st.booleans()),
        "group_organisations": draw(SETS),
        "group_people": draw(SETS),
        "process": draw(st.booleans()),
        "seat_organisations": draw(SETS),
        "seat_people": draw(SETS),
        "memberships": draw(PAIRS),
        "ended": draw(PAIRS),
        "clients": draw(PAIRS),
        "suspended_people": draw(st.frozensets(KEYS, max_size=1)),
        "suspended_organisations": draw(st.frozensets(KEYS, max_size=1)),
    }


class Laid:
    """The plan as rows of a database, and as the requirement sees it."""

    def __init__(self, session: Session, plan: dict[str, Any]) -> None:
        self.session, self.plan = session, plan
        self.organisations = [self._organisation(n) for n in range(4)]
        self.people = [self._person(n) for n in range(4)]
        self._memberships()
        self.notice = self._notice()
        session.flush()

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def _organisation(self, n: int) -> Organisation:
        out = n in self.plan["suspended_organisations"]
        return self._add(
            Organisation(
                ref=f"O-{n}",
                name=f"Random {n}",
                kind="company",
                country="FI",
                state=Standing.SUSPENDED if out else Standing.ACTIVE,
                created_at=BEGINNING,
            )
        )

    def _person(self, n: int) -> Person:
        out = n in self.plan["suspended_people"]
        return self._add(
            Person(
                ref=f"P-{n}",
                name=f"Somebody {n}",
                email=f"{n}@random.example",
                state=Standing.SUSPENDED if out else Standing.ACTIVE,
                created_at=BEGINNING,
            )
        )

    def _memberships(self) -> None:
        for person, organisation in self.plan["memberships"] | self.plan["ended"]:
            over = (person, organisation) not in self.plan["memberships"]
            self._add(
                Membership(
                    person_id=self.people[person].id,
                    organisation_id=self.organisations[organisation].id,
                    role="liaison",
                    begins_at=BEGINNING,
                    ends_at=NOW if over else None,
                )
            )
        for provider, client in self.plan["clients"]:
            if provider != client:
                self._add(
                    Client(
                        provider_id=self.organisations[provider].id,
                        client_id=self.organisations[client].id,
                    )
                )

    def _notice(self) -> Notice:
        plan = self.plan
        notice = self._add(
            Notice(
                ref="N-00-RANDOM",
                organisation_id=self.organisations[plan["organisation"]].id,
                author_id=self.people[plan["author"]].id,
                state=plan["state"],
                tlp=plan["tlp"],
                pap="AMBER",
                kind="other",
                title="random",
                created_at=BEGINNING,
                changed_at=BEGINNING,
                published_at=NOW - timedelta(days=1) if plan["ever_published"] else None,
                edition=1,
            )
        )
        self._lines(notice.id)
        return notice

    def _lines(self, notice_id: int) -> None:
        plan = self.plan
        for n in plan["organisations"] | plan["excepted_organisations"]:
            self._add(
                Recipient(
                    notice_id=notice_id,
                    organisation_id=self.organisations[n].id,
                    excepted=n in plan["excepted_organisations"],
                )
            )
        for n in plan["people"] | plan["excepted_people"]:
            self._add(
                Recipient(
                    notice_id=notice_id,
                    person_id=self.people[n].id,
                    excepted=n in plan["excepted_people"],
                )
            )
        group = self._add(
            SharingGroup(
                ref="G-0",
                name="random",
                organisation_id=self.organisations[0].id,
                ceiling="AMBER",
                created_at=BEGINNING,
            )
        )
        for n in plan["group_organisations"]:
            self._add(GroupMember(group_id=group.id, organisation_id=self.organisations[n].id))
        for n in plan["group_people"]:
            self._add(GroupMember(group_id=group.id, person_id=self.people[n].id))
        if plan["group"]:
            self._add(Recipient(notice_id=notice_id, group_id=group.id))
        process = self._process()
        if plan["process"]:
            self._add(Recipient(notice_id=notice_id, process_id=process.id))

    def _process(self) -> Process:
        process = self._add(
            Process(
                ref="S-0",
                cover_name="random",
                organisation_id=self.organisations[0].id,
                created_at=BEGINNING,
                changed_at=BEGINNING,
            )
        )
        for n in self.plan["seat_organisations"]:
            self._add(Seat(process_id=process.id, organisation_id=self.organisations[n].id))
        for n in self.plan["seat_people"]:
            self._add(Seat(process_id=process.id, person_id=self.people[n].id))
        return process

    def as_case(self) -> Case:
        """The notice for the policy; suspended organisations reach nobody and buy nothing."""
        plan, out = self.plan, self.plan["suspended_organisations"]
        clients: dict[int, frozenset[int]] = {}
        for provider, client in plan["clients"]:
            if provider != client and provider not in out:
                clients[provider] = clients.get(provider, frozenset()) | {client}
        grouped, tabled, nobody = plan["group"], plan["process"], frozenset[int]()
        return Case(
            state=plan["state"],
            tlp=plan["tlp"],
            organisation=plan["organisation"],
            author=plan["author"],
            ever_published=plan["ever_published"],
            organisations=plan["organisations"] - plan["excepted_organisations"],
            group_organisations=plan["group_organisations"] if grouped else nobody,
            group_people=plan["group_people"] if grouped else nobody,
            seat_organisations=plan["seat_organisations"] if tabled else nobody,
            seat_people=plan["seat_people"] if tabled else nobody,
            people=plan["people"] - plan["excepted_people"],
            excepted_organisations=plan["excepted_organisations"],
            excepted_people=plan["excepted_people"],
            clients=clients,
        )

    def as_person(self, n: int) -> PersonIs:
        """A person for the policy; a suspended organisation gives nothing to its members."""
        homes = {o for p, o in self.plan["memberships"] if p == n}
        return PersonIs(
            key=n,
            active=n not in self.plan["suspended_people"],
            organisations=frozenset(homes - self.plan["suspended_organisations"]),
        )


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=plans())
def test_three_readings_agree_with_each_other_and_with_the_requirement(
    world: World, plan: dict[str, Any]
) -> None:
    with open_session(world.sessions, writes=True) as session:
        laid = Laid(session, plan)
        key = laid.notice.id
        granted = {
            n: verbs(session, Actor(person.id, ""), NOTICES, key, NOW)
            for n, person in enumerate(laid.people)
        }
        for verb, policy in POLICY.items():
            everybody = set(session.scalars(audience(NOTICES, verb, key, NOW, Person.id)))
            for n, person in enumerate(laid.people):
                expected = policy(laid.as_person(n), laid.as_case())
                one = may(session, Actor(person.id, ""), verb, NOTICES, key, NOW)
                assert one is expected, (verb, n)
                assert (person.id in everybody) is expected, (verb, n)
                assert (verb in granted[n]) is expected, (verb, n)
        for n, person in enumerate(laid.people):
            listed = select(visible(NOTICES, Actor(person.id, ""), NOW, Notice.id).subquery())
            seen = set(session.scalars(listed))
            assert (key in seen) is may_read(laid.as_person(n), laid.as_case()), n
        session.rollback()
