"""The policy on alternates, said a second time from the requirement, in plain Python.

Nothing of the portal's policy is imported here. A acts for B from a day until a day, for
everything, one process, the contact points of one purpose, or the work of one role that B has,
within the organisation to which both belong. A gets no right to read: what A does for B, A reads
themselves, and B is asked for it by name.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.policy import policy
from tests.policy.dialogue_policy import Sitter, Talk, at_table, may_answer, may_answer_poll
from tests.policy.dialogue_policy import may_read as may_read_talk
from tests.policy.policy import Case, PersonIs, is_addressed, marking_lets, on_own_side
from tests.policy.record_policy import may_agree, may_object
from tests.policy.record_policy import may_read as may_read_minutes

KEEPS = ("liaison", "mediator", "coordinator", "admin")
ROLES = (*KEEPS, "observer")
# What of the duties is the work of a role: a notice is acknowledged by liaisons; a seat in a
# dialogue, from the poll to the minutes, is that of who mediates or coordinates.
WORK = {
    "liaison": {"notices": {"acknowledge"}},
    "mediator": {"dialogues": {"answer", "answer-poll"}, "records": {"agree", "object"}},
    "coordinator": {"dialogues": {"answer", "answer-poll"}, "records": {"agree", "object"}},
}


@dataclass(frozen=True)
class ActsFor:
    """That one acts for another: `scope` is "", "process", "other-process", a purpose or a role.

    `has` are the roles that whoever is away has at `home` now.
    """

    key: int
    away: int
    stands_in: int
    home: int
    state: str = "accepted"
    begun: bool = True
    over: bool = False
    scope: str = ""
    red: bool = False
    nights: bool = False
    has: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Contact(Case):
    """A contact point: its purpose, who holds it, whether a check waits for its answer."""

    purpose: str = "duty"
    holder: int | None = None
    checked: bool = False


@dataclass(frozen=True)
class Asked:
    """The resource, the people, who acts for whom; `within` is whether it is of the process."""

    noun: str
    case: Any
    people: Sequence[Any]
    alternates: Sequence[ActsFor]
    within: bool = False
    chatham: bool = False
    done: Mapping[str, Collection[int]] = field(default_factory=dict)


def in_force(one: ActsFor, people: Sequence[PersonIs]) -> bool:
    """Accepted, on one of its days, both active and in the organisation now, B in that role."""
    if one.state != "accepted" or not one.begun or one.over:
        return False
    if one.scope in ROLES and one.scope not in one.has:
        return False
    both = (people[one.away], people[one.stands_in])
    return all(person.active and one.home in person.organisations for person in both)


def covers(one: ActsFor, verb: str, asked: Asked) -> bool:
    """For this: everything, its process, its purpose, its role; TLP:RED only where B said so."""
    if asked.case.tlp == "RED" and not one.red:
        return False
    if one.scope == "":
        return True
    if one.scope in ROLES:
        return verb in WORK.get(one.scope, {}).get(asked.noun, ())
    if asked.noun == "contacts":
        return bool(one.scope == asked.case.purpose)
    return one.scope == "process" and asked.within


Says = Callable[[Any, Any], bool]
# Whether somebody may read it, as the noun says.
READS: Mapping[str, Says] = {
    "notices": policy.may_read,
    "dialogues": may_read_talk,
    "records": may_read_minutes,
}


def may_read_contact(person: Sitter, contact: Contact) -> bool:
    """Its organisation, whoever holds it, and once it is in use whom its list and marking let."""
    if not person.active:
        return False
    if on_own_side(person, contact) or holds(person, contact):
        return True
    listed = contact.ever_published and marking_lets(person, contact)
    return contact.state == "current" and listed


def holds(person: PersonIs, contact: Contact) -> bool:
    """Whoever holds it, while they belong to its organisation."""
    return person.key == contact.holder and contact.organisation in person.organisations


def keeps(person: Sitter, contact: Contact) -> bool:
    """Its author while a member; whoever speaks for or administers its organisation, unless RED."""
    if contact.organisation not in person.organisations:
        return False
    speaks = person.roles[contact.organisation] in KEEPS and contact.tlp != "RED"
    return person.key == contact.author or speaks


def reads(person: Any, asked: Asked) -> bool:
    """Whether the person may read the resource in their own right."""
    if asked.noun == "contacts":
        return may_read_contact(person, asked.case)
    return READS[asked.noun](person, asked.case)


def asked_to_acknowledge(person: PersonIs, case: Case) -> bool:
    """On the list, not its author, and of its own side only by name."""
    inside = case.organisation in person.organisations
    if not case.ever_published or not is_addressed(person, case):
        return False
    if inside and person.key == case.author:
        return False
    return person.key in case.people or not (inside and case.tlp != "RED")


def by_name(one: ActsFor, verb: str, asked: Asked) -> bool:
    """B is asked for this by name, at the organisation for which A acts."""
    case, away = asked.case, asked.people[one.away]
    if asked.noun == "notices":
        return verb == "acknowledge" and asked_to_acknowledge(away, case)
    if asked.noun == "contacts":
        return verb == "answer" and case.organisation == one.home and holds(away, case)
    if asked.noun == "records":
        place = case.talk.places.get(one.away)
        return verb in ("agree", "object") and place is not None and place.came and seat(one, place)
    return by_name_in_talk(one, verb, asked)


def seat(one: ActsFor, place: Any) -> bool:
    """B sits there for that organisation, or alone; who organises is named for a role."""
    return bool(place.side == one.home if place.side is not None else not place.organises)


def by_name_in_talk(one: ActsFor, verb: str, asked: Asked) -> bool:
    """B is invited, or asked by the poll; Chatham House: A learns so only from the table."""
    talk: Talk = asked.case
    if asked.chatham and not at_table(asked.people[one.stands_in], talk):
        return False
    place = talk.places.get(one.away)
    if verb == "answer":
        return place is not None and seat(one, place)
    contact = one.home in talk.sides and talk.sides[one.home] == one.away
    sent = place is not None and place.side == one.home
    return verb == "answer-poll" and (contact or (talk.by_person and sent))


def may_now(person: Any, verb: str, asked: Asked) -> bool:
    """Whether somebody may do it for themselves now."""
    if person.key in asked.done.get(verb, ()):
        return False
    case = asked.case
    if asked.noun == "contacts":
        keeper = keeps(person, case) or holds(person, case)
        asks = case.checked and case.state == "current"
        return verb == "answer" and asks and keeper and may_read_contact(person, case)
    says: Mapping[tuple[str, str], Says] = {
        ("notices", "acknowledge"): policy.may_acknowledge,
        ("dialogues", "answer"): may_answer,
        ("dialogues", "answer-poll"): may_answer_poll,
        ("records", "agree"): may_agree,
        ("records", "object"): may_object,
    }
    rule = says.get((asked.noun, verb))
    return rule is not None and rule(person, case)


def answer(one: ActsFor, verb: str, asked: Asked) -> str:
    """What the alternate is told who sends this for B: yes, or as which of three refusals."""
    if not reads(asked.people[one.stands_in], asked):
        return "hidden"
    if not in_force(one, asked.people) or not covers(one, verb, asked):
        return "refused"
    if not by_name(one, verb, asked):
        return "refused"
    return "yes" if may_now(asked.people[one.away], verb, asked) else "too late"


def is_away(key: int, asked: Asked) -> bool:
    """Somebody acts for the person, for whatever."""
    return any(one.away == key and in_force(one, asked.people) for one in asked.alternates)


def instead_of(key: int, verb: str, asked: Asked) -> int | None:
    """Who is asked in the place of somebody: the first alternate, who is not away themselves."""
    for one in asked.alternates:
        if one.away != key or is_away(one.stands_in, asked):
            continue
        fits = in_force(one, asked.people) and covers(one, verb, asked)
        if not fits or not by_name(one, verb, asked):
            continue
        if reads(asked.people[one.stands_in], asked):
            return one.stands_in
    return None


def called(asked: Asked) -> tuple[bool, int | None]:
    """Of a contact point: whether its holder is away, and who is called in their place."""
    for one in asked.alternates:
        home = one.away == asked.case.holder and one.home == asked.case.organisation
        fits = home and in_force(one, asked.people) and covers(one, "answer", asked)
        if fits and reads(asked.people[one.stands_in], asked):
            return True, None if is_away(one.stands_in, asked) else one.stands_in
    return False, None


def buttons(one: ActsFor, verbs: Collection[str], asked: Asked) -> frozenset[str]:
    """The buttons that A sees for B."""
    return frozenset(verb for verb in verbs if answer(one, verb, asked) == "yes")


def notified(verb: str, asked: Asked) -> set[tuple[int, int | None]]:
    """Who is reminded of it, and in whose place: each who may do it, or their alternate."""
    found = set[tuple[int, int | None]]()
    for person in asked.people:
        if may_now(person, verb, asked):
            other = instead_of(person.key, verb, asked)
            found.add((person.key, None) if other is None else (other, person.key))
    return found
