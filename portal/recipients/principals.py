"""What the audience indexes know a person as, and which of it can find a resource.

The index proposes, the policy disposes: a stale row can hide a resource, never show one, because
each page of hits is asked READ again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select, union_all
from sqlalchemy.orm import Session

from models.alternates import Alternate, AlternateState
from models.audience import Recipient
from models.processes import Seat
from models.stakeholders import (
    Client,
    GroupMember,
    Membership,
    Organisation,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp
from portal.access import Actor
from portal.db import alias, in_state, written
from portal.parameters import (
    CIRCLES,
    HOMES,
    LATELY,
    ME,
    NEAR,
    NOW,
    PRINCIPALS,
    SEATS,
    SIGNIN,
    SOON,
    ready,
)
from portal.policy_elements import keys_known
from portal.relations import FACTS, in_force

EVERYONE = "*"
AGREED: Final = "alternates"
# By fact: the parameter of statements that takes its keys.
GIVEN_AS: Final = {fact.name: keys_known(fact.name).key for fact in FACTS}
# For each column of a list: the principal itself, and the clients that AMBER adds to it.
SORTS = (("organisation_id", "o:", "c:"), ("group_id", "g:", "h:"), ("process_id", "s:", "t:"))


def _known_as() -> Any:
    home, seller, circle = alias(Organisation), alias(Organisation), alias(SharingGroup)
    homes = (
        select(Membership.organisation_id)
        .join(home, home.id == Membership.organisation_id)
        .where(Membership.person_id == ME, in_force(Membership, NOW))
        .where(home.state == Standing.ACTIVE)
        .scalar_subquery()
    )
    providers = (
        select(Client.provider_id)
        .join(seller, seller.id == Client.provider_id)
        .where(Client.client_id.in_(homes), seller.state == Standing.ACTIVE)
        .scalar_subquery()
    )
    group = GroupMember.group_id
    alive = group.in_(select(circle.id).where(in_state(circle, Standing.ACTIVE)).scalar_subquery())
    on_list = or_(GroupMember.person_id == ME, GroupMember.organisation_id.in_(homes))
    parts: tuple[tuple[str, Any, Any], ...] = (
        ("o", Organisation.id, Organisation.id.in_(homes)),
        ("c", Organisation.id, Organisation.id.in_(providers)),
        ("g", group, on_list & alive),
        ("h", group, GroupMember.organisation_id.in_(providers) & alive),
        ("s", Seat.process_id, or_(Seat.person_id == ME, Seat.organisation_id.in_(homes))),
        ("t", Seat.process_id, Seat.organisation_id.in_(providers)),
    )
    mine = or_(Alternate.person_id == ME, Alternate.for_id == ME)
    agreed = in_state(Alternate, AlternateState.ACCEPTED)
    return union_all(
        select(written(AGREED).label("prefix"), Alternate.id).where(agreed, mine),
        *(
            select(written(prefix).label("prefix"), column).where(where).distinct()
            for prefix, column, where in parts
        ),
        *(fact.keys(ME, NOW) for fact in FACTS),
    )


KNOWN_AS: Final = ready(_known_as())


def keys_of(who: list[str], prefix: str) -> list[int]:
    """The keys among principals of one sort, such as the organisations (`o:`)."""
    return [int(name[2:]) for name in who if name.startswith(prefix)]


@dataclass(frozen=True)
class Reader:
    """Who reads, as the policy and the audience indexes know them, at one moment.

    `principals` are all that the index may know this person as, `facts` the keys of each fact of
    the policy that they have. Where `alternates` is false nobody ever agreed to act for them, nor
    they for anybody. `reader_of` asks for all of this.
    """

    actor: Actor
    principals: list[str]
    facts: Mapping[str, list[int]]
    alternates: bool
    now: datetime

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters that statements name for whoever asks, and for when."""
        return {
            ME.key: self.actor.person_id,
            NOW.key: self.now,
            SOON.key: self.now + NEAR,
            LATELY.key: self.now - NEAR,
            SIGNIN.key: self.actor.signin_id or 0,
            PRINCIPALS.key: self.principals,
            HOMES.key: keys_of(self.principals, "o:"),
            CIRCLES.key: keys_of(self.principals, "g:"),
            SEATS.key: keys_of(self.principals, "s:"),
            **{GIVEN_AS[name]: keys for name, keys in self.facts.items()},
        }


def reader_of(session: Session, actor: Actor, now: datetime) -> Reader:
    """Who reads, in one query; what it tells is for the request in which it is asked."""
    found = [EVERYONE, f"p:{actor.person_id}"]
    facts: dict[str, list[int]] = {fact.name: [] for fact in FACTS}
    alternates = False
    for name, key in session.execute(KNOWN_AS, {ME.key: actor.person_id, NOW.key: now}):
        if name in facts:
            facts[name].append(key)
        elif name == AGREED:
            alternates = True
        else:
            found.append(f"{name}:{key}")
    return Reader(actor, found, facts, alternates, now)


def principals_of(resource: Any, lines: Iterable[Recipient]) -> set[str]:
    """The principals that can find a published resource, by its marking and its list."""
    if resource.tlp in (Tlp.CLEAR, Tlp.GREEN):
        return {EVERYONE}
    listed = [line for line in lines if not line.excepted]
    wanted = {f"p:{line.person_id}" for line in listed if line.person_id}
    if resource.tlp == Tlp.RED:
        return wanted | {f"p:{resource.author_id}"}
    for column, principal, clients in SORTS:
        keys = {key for line in listed if (key := getattr(line, column)) is not None}
        wanted |= {f"{principal}{key}" for key in keys}
        if resource.tlp == Tlp.AMBER:
            wanted |= {f"{clients}{key}" for key in keys}
    return wanted | {f"o:{resource.organisation_id}"}


def can_find(principal: str, tlp: str) -> bool:
    """Whether rows of a principal can lead to resources of a marking (any, where none is given)."""
    if tlp in (Tlp.CLEAR, Tlp.GREEN):
        return principal == EVERYONE
    if tlp == Tlp.RED:
        return principal.startswith("p:")
    if tlp == Tlp.AMBER_STRICT:
        return principal.startswith(("p:", "o:", "g:", "s:"))
    return not tlp or principal != EVERYONE
