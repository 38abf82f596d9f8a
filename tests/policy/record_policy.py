"""The policy on records, said a second time from the requirement, in plain Python.

Nothing of the portal's policy is imported here. A record has the table of its dialogue behind it; a
redacted version has a recipient list instead, as a notice has one (tests/policy/policy.py).
"""

from dataclasses import dataclass

from tests.policy.dialogue_policy import (
    SPEAKS,
    Sitter,
    Talk,
    at_table,
    is_behind_a_delegation,
    is_guest,
    is_sent,
    organises,
)
from tests.policy.policy import Case, marking_lets

NO_TALK = Talk("held", "RED", True, 0, {}, {})


@dataclass(frozen=True)
class Minutes(Case):
    """A record as the requirement sees one; `owed` are organisations with an open action.

    Its `author` is whoever marked last what is taken out.
    """

    talk: Talk = NO_TALK
    redacted: bool = False
    silence_over: bool = False
    owed: frozenset[int] = frozenset()
    agreed: frozenset[int] = frozenset()
    followers: frozenset[int] = frozenset()


def writes(person: Sitter, minutes: Minutes) -> bool:
    """Organisers, and whom they invited to take notes; no side makes its own writers."""
    place = minutes.talk.places.get(person.key)
    notes = is_guest(person, minutes.talk) and place is not None and place.takes_notes
    return organises(person, minutes.talk) or notes


def was_there(person: Sitter, minutes: Minutes) -> bool:
    """Came, as a guest or for a delegation that she still belongs to; organisers are no side."""
    talk, place = minutes.talk, minutes.talk.places.get(person.key)
    named = is_guest(person, talk) or is_sent(person, talk)
    return named and place is not None and place.came


def adopted_reaches(person: Sitter, minutes: Minutes) -> bool:
    """Whom an adopted record is for; a redacted version goes by its list and marking."""
    if minutes.redacted:
        return minutes.ever_published and marking_lets(person, minutes)
    seated = was_there(person, minutes) or at_table(person, minutes.talk)
    wider = is_behind_a_delegation(person, minutes.talk) or minutes.tlp in ("GREEN", "CLEAR")
    return seated or wider


def may_read_text(person: Sitter, minutes: Minutes) -> bool:
    """Its writers always; sent round, those who were there; adopted, whom it is for."""
    if not person.active or writes(person, minutes):
        return person.active
    if minutes.state == "circulated":
        return was_there(person, minutes)
    return minutes.state == "adopted" and adopted_reaches(person, minutes)


def all_agree(minutes: Minutes) -> bool:
    """Somebody of each side that came, a guest being a side of their own; and some side came."""
    places = minutes.talk.places
    sides = {
        key: ("guest", key) if place.side is None else ("side", place.side)
        for key, place in places.items()
    }
    came = {sides[key] for key, place in places.items() if place.came and not place.organises}
    return bool(came) and came <= {sides[key] for key in minutes.agreed & places.keys()}


def may_adopt(person: Sitter, minutes: Minutes) -> bool:
    """The system alone, once the silence is over or all who came agree."""
    due = minutes.state == "circulated" and (minutes.silence_over or all_agree(minutes))
    return person.active and person.system and due


def may_agree(person: Sitter, minutes: Minutes) -> bool:
    """Whoever was there, while the silence lasts."""
    return may_object(person, minutes)


def may_read(person: Sitter, minutes: Minutes) -> bool:
    """The envelope: whoever reads the text, and the system once it can be adopted."""
    return may_read_text(person, minutes) or may_adopt(person, minutes)


def may_read_comments(person: Sitter, minutes: Minutes) -> bool:
    """What was remarked: writers and those who were there, never of a redacted version."""
    inside = writes(person, minutes) or was_there(person, minutes)
    return may_read_text(person, minutes) and inside and not minutes.redacted


def may_object(person: Sitter, minutes: Minutes) -> bool:
    """Whoever was there, while the silence lasts."""
    if not person.active or minutes.state != "circulated" or minutes.silence_over:
        return False
    return was_there(person, minutes)


def may_comment(person: Sitter, minutes: Minutes) -> bool:
    """Whoever was there, and the writers, while the silence lasts."""
    if not person.active or minutes.state != "circulated" or minutes.silence_over:
        return False
    return was_there(person, minutes) or writes(person, minutes)


def may_recall(person: Sitter, minutes: Minutes) -> bool:
    """Writers take it back while the silence lasts; then it is the system's alone."""
    fits = minutes.state == "circulated" and not minutes.silence_over
    return person.active and fits and writes(person, minutes)


def may_write(person: Sitter, minutes: Minutes) -> bool:
    """Writers, while it is a draft; a redacted version only takes out."""
    fits = minutes.state == "draft" and not minutes.redacted
    return person.active and fits and writes(person, minutes)


def may_confirm(person: Sitter, minutes: Minutes) -> bool:
    """A redacted version: a writer who was not the last to mark what is taken out."""
    fits = minutes.state == "draft" and minutes.redacted and person.key != minutes.author
    return person.active and fits and writes(person, minutes)


def may_take_up(person: Sitter, minutes: Minutes) -> bool:
    """Whoever speaks for an organisation that an open action falls to, and may read the record."""
    if minutes.state != "adopted" or minutes.redacted or not may_read_text(person, minutes):
        return False
    return any(person.roles.get(key) in SPEAKS for key in minutes.owed)


def may_unfollow(person: Sitter, minutes: Minutes) -> bool:
    """Whoever follows them, and still reads them."""
    return person.key in minutes.followers and may_read(person, minutes)
