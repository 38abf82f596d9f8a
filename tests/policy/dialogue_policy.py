"""The policy on dialogues, said a second time from the requirement, in plain Python.

Nothing of the portal's policy is imported here. A dialogue has organisers from its body,
delegations (each an organisation, perhaps with a contact), and people who come: for one of them, or
alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.policy.policy import PersonIs

SPEAKS = ("liaison", "mediator", "coordinator")
MEDIATES = ("mediator", "coordinator")


@dataclass(frozen=True)
class Sitter(PersonIs):
    """A person, what she does in each of her organisations, and whether it is the system."""

    roles: Mapping[int, str] = field(default_factory=dict)
    system: bool = False


@dataclass(frozen=True)
class Place:
    """A person's line at the table: for which side, or alone, or as an organiser."""

    side: int | None = None
    organises: bool = False
    takes_notes: bool = False
    came: bool = False


@dataclass(frozen=True)
class Talk:
    """A dialogue as the requirement sees one; `sides` names the contact of each delegation.

    `people` are all there are.
    """

    state: str
    tlp: str
    ever_published: bool
    body: int
    sides: Mapping[int, int | None]
    places: Mapping[int, Place]
    answers_open: bool = False
    by_person: bool = False
    on_the_wall: bool = False
    begun: bool = False
    followers: frozenset[int] = frozenset()
    people: tuple[Sitter, ...] = ()


def organises(person: Sitter, talk: Talk) -> bool:
    """An organiser counts while she mediates or coordinates for the dialogue's body."""
    place = talk.places.get(person.key)
    return place is not None and place.organises and person.roles.get(talk.body) in MEDIATES


def is_sent(person: Sitter, talk: Talk) -> bool:
    """A delegate counts while she belongs to the organisation that sent her."""
    place = talk.places.get(person.key)
    return place is not None and place.side in person.organisations


def is_guest(person: Sitter, talk: Talk) -> bool:
    """Invited alone: nobody's delegate, and no organiser."""
    place = talk.places.get(person.key)
    return place is not None and place.side is None and not place.organises


def answers_for(person: Sitter, talk: Talk, side: int) -> bool:
    """The named contact while a member; unless it is RED, whoever speaks for the organisation."""
    if side not in talk.sides or side not in person.organisations:
        return False
    speaks = talk.tlp != "RED" and person.roles[side] in SPEAKS
    return speaks or talk.sides[side] == person.key


def answers_for_one(person: Sitter, talk: Talk) -> bool:
    """Answers for one of the delegations."""
    return any(answers_for(person, talk, side) for side in talk.sides)


def is_on_side(person: Sitter, talk: Talk, side: int) -> bool:
    """Comes for this delegation, or answers for it."""
    place = talk.places.get(person.key)
    sits = place is not None and place.side == side and side in person.organisations
    return sits or answers_for(person, talk, side)


def at_table(person: Sitter, talk: Talk) -> bool:
    """Organises, comes, or answers for a delegation."""
    named = organises(person, talk) or is_guest(person, talk) or is_sent(person, talk)
    return named or answers_for_one(person, talk)


def is_behind_a_delegation(person: Sitter, talk: Talk) -> bool:
    """Belongs to an organisation with a delegation; RED knows people alone."""
    return talk.tlp != "RED" and bool(person.organisations & set(talk.sides))


def is_out(talk: Talk) -> bool:
    """It has left draft; a draft that was called off never did."""
    return talk.state != "draft" and (talk.state != "cancelled" or talk.ever_published)


def may_read_text(person: Sitter, talk: Talk) -> bool:
    """Its organisers always; once it is out whoever the rule of confidentiality lets."""
    if not person.active or organises(person, talk):
        return person.active
    lets = at_table(person, talk) or is_behind_a_delegation(person, talk)
    return is_out(talk) and (lets or talk.tlp in ("GREEN", "CLEAR"))


def may_read(person: Sitter, talk: Talk) -> bool:
    """The envelope: whoever reads the text, and the system while it keeps to a clock on a wall."""
    if may_read_text(person, talk):
        return True
    due = talk.state == "convened" and talk.on_the_wall
    return person.active and person.system and due


def may_keep_to_the_wall(person: Sitter, talk: Talk) -> bool:
    """The system alone, while it is convened and keeps to a clock on a wall."""
    due = talk.state == "convened" and talk.on_the_wall
    return person.active and person.system and due


def may_read_table(person: Sitter, talk: Talk) -> bool:
    """Who comes, where, by which link: those at the table, whatever the rule."""
    return may_read_text(person, talk) and at_table(person, talk)


def may_read_answers(person: Sitter, talk: Talk) -> bool:
    """Answers to the poll: organisers; where they are open those at the table, but once off."""
    if not may_read_table(person, talk):
        return False
    seen = talk.answers_open and talk.state not in ("draft", "cancelled")
    return organises(person, talk) or seen


def may_answer_poll(person: Sitter, talk: Talk) -> bool:
    """Whoever answers for a delegation; where each person is asked, each delegate."""
    if talk.state != "polling" or not may_read_text(person, talk):
        return False
    return answers_for_one(person, talk) or (talk.by_person and is_sent(person, talk))


def may_name(person: Sitter, talk: Talk) -> bool:
    """Whoever answers for a delegation says who comes, until the meeting."""
    open_ = talk.state in ("polling", "convened")
    return open_ and may_read_text(person, talk) and answers_for_one(person, talk)


def may_remind_to_name(person: Sitter, talk: Talk) -> bool:
    """An organiser, before it begins, while a delegation has named nobody and somebody could."""
    if not person.active or talk.state != "convened" or talk.begun or not organises(person, talk):
        return False
    there = [one for one in talk.people if one.active]
    return any(
        any(answers_for(one, talk, side) for one in there)
        and not any(is_sent(one, talk) and talk.places[one.key].side == side for one in there)
        for side in talk.sides
    )


def may_answer(person: Sitter, talk: Talk) -> bool:
    """Whoever is named to come, and the organisers, once it is convened."""
    if talk.state != "convened" or not may_read_text(person, talk):
        return False
    return organises(person, talk) or is_guest(person, talk) or is_sent(person, talk)


def may_hold(person: Sitter, talk: Talk) -> bool:
    """An organiser, once the time has come."""
    return person.active and talk.state == "convened" and talk.begun and organises(person, talk)


def may_decide(person: Sitter, talk: Talk) -> bool:
    """Delegates and whoever answers for a delegation, while they meet and after."""
    if talk.state not in ("convened", "held") or not may_read_text(person, talk):
        return False
    return is_sent(person, talk) or answers_for_one(person, talk)


def may_write_note(person: Sitter, talk: Talk) -> bool:
    """Organisers and who is of a side: whoever comes alone has nobody to share a note with."""
    if talk.state == "cancelled" or not may_read_text(person, talk):
        return False
    return organises(person, talk) or is_sent(person, talk) or answers_for_one(person, talk)


def may_see_sub_resource(person: Sitter, talk: Talk, sight: str, side: int | None) -> bool:
    """A part of the dialogue: for all who read it, one side, a caucus, or the organisers."""
    if not may_read_text(person, talk):
        return False
    on_side = side is not None and is_on_side(person, talk, side)
    return {
        "all": True,
        "side": on_side,
        "caucus": on_side or organises(person, talk),
        "organisers": organises(person, talk),
    }[sight]


def may_unfollow(person: Sitter, talk: Talk) -> bool:
    """Whoever follows it, and still reads it."""
    return person.key in talk.followers and may_read(person, talk)
