"""The policy on reading notices, said a second time from the requirement, in plain Python.

Nothing of the portal's policy is imported here. `Standing` is what a person is, `Case` what a
notice is; `may_read` and `may_read_text` are the sentences of docs on TLP 2.0 in the portal.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PersonIs:
    """A person as the requirement sees one."""

    key: int
    active: bool = True
    organisations: frozenset[int] = frozenset()
    # Of which they were a member at any time since an exception of it was made; None: as above.
    were_in: frozenset[int] | None = None


@dataclass(frozen=True)
class Case:
    """A notice as the requirement sees one."""

    state: str
    tlp: str
    organisation: int
    author: int
    ever_published: bool
    organisations: frozenset[int] = frozenset()
    group_organisations: frozenset[int] = frozenset()
    group_people: frozenset[int] = frozenset()
    seat_organisations: frozenset[int] = frozenset()
    seat_people: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    excepted_organisations: frozenset[int] = frozenset()
    excepted_people: frozenset[int] = frozenset()
    clients: dict[int, frozenset[int]] = field(default_factory=dict)


def on_own_side(person: PersonIs, case: Case) -> bool:
    """The author, while a member; and members of the organisation unless RED."""
    inside = case.organisation in person.organisations
    return inside and (person.key == case.author or case.tlp != "RED")


def is_addressed(person: PersonIs, case: Case) -> bool:
    """Named people always; others by list, never under RED, never when excepted."""
    if person.key in case.people:
        return True
    if case.tlp == "RED" or is_excepted(person, case):
        return False
    by_name = case.group_people | case.seat_people
    return bool(person.organisations & reached(case)) or person.key in by_name


def reached(case: Case) -> frozenset[int]:
    """The organisations on the list: themselves, by sharing group, by a seat in a process."""
    return case.organisations | case.group_organisations | case.seat_organisations


def is_excepted(person: PersonIs, case: Case) -> bool:
    """Taken out by name, or with an organisation: of now, or of the time of the exception."""
    homes = person.organisations if person.were_in is None else person.were_in
    return person.key in case.excepted_people or bool(homes & case.excepted_organisations)


def marking_lets(person: PersonIs, case: Case) -> bool:
    """What the marking adds to the list: clients at AMBER, everybody at GREEN and CLEAR."""
    if case.tlp in ("GREEN", "CLEAR") or is_addressed(person, case):
        return True
    if case.tlp != "AMBER" or is_excepted(person, case):
        return False
    clients = frozenset().union(*(case.clients.get(key, frozenset()) for key in reached(case)))
    return bool(person.organisations & clients)


def may_read(person: PersonIs, case: Case) -> bool:
    """The envelope: one's own side always, readers once it is published."""
    if not person.active:
        return False
    if on_own_side(person, case):
        return True
    return case.ever_published and case.state != "draft" and marking_lets(person, case)


def may_read_text(person: PersonIs, case: Case) -> bool:
    """The text: not for readers once withdrawn."""
    if not may_read(person, case):
        return False
    return on_own_side(person, case) or case.state in ("open", "closed")


def may_acknowledge(person: PersonIs, case: Case) -> bool:
    """Whoever is addressed, while it is open (nobody has acknowledged yet in these worlds).

    The author never; the author's organisation only where named one by one.
    """
    if not case.ever_published or case.state != "open":
        return False
    if not may_read(person, case) or not is_addressed(person, case):
        return False
    inside = case.organisation in person.organisations
    if inside and person.key == case.author:
        return False
    return person.key in case.people or not (inside and case.tlp != "RED")
