"""Names of those at the table in what a record says: the warning before it is sent round."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation
from models.records import Record
from models.stakeholders import Membership, Organisation, Person
from portal.db import written
from portal.records.text import record_text

SHORTEST: Final = 3
DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")
FILLS: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True)
class Found:
    """A name of somebody at the table, and the number of the point it stands in.

    0 where it stands in a decision that is on no point, or in the title.
    """

    point_number: int
    name: str


def names_in(session: Session, record: Record, text: dict[str, Any] | None = None) -> list[Found]:
    """Names of people and organisations at the table that notes, decisions or actions mention.

    Looked for in what the record says now, or in `text` where one is at hand.
    Whole words are looked for, whatever their case, accents composed or not, and kind of hyphen;
    of an organisation also its first word, of a person also the last where it is written as a name.
    """
    spelled = [(name, _pattern(words)) for name, words in _at_table(session, record)]
    found = []
    for number, passage in _passages(text or record_text(session, record)):
        plain = folded(passage)
        found += [Found(number, name) for name, pattern in spelled if pattern.search(plain)]
    return list(dict.fromkeys(found))


def folded(text: str) -> str:
    """The text as it is compared: compatible forms, no case, one kind of hyphen and of space."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in plain if letter not in FILLS)
    return " ".join(DASHES.sub("-", plain).split())


def _pattern(words: list[str]) -> re.Pattern[str]:
    # An underscore is no letter here: it sets words in italics.
    choice = "|".join(re.escape(folded(word)) for word in words)
    return re.compile(rf"(?<![^\W_])(?:{choice})(?![^\W_])")


def _at_table(session: Session, record: Record) -> list[tuple[str, list[str]]]:
    comes = select(Attendee.person_id).where(Attendee.dialogue_id == record.dialogue_id)
    asked = select(Delegation.contact_id).where(
        Delegation.dialogue_id == record.dialogue_id, Delegation.contact_id.is_not(None)
    )
    people = select(comes.union(asked).subquery().c[0])
    sent = select(Delegation.organisation_id).where(Delegation.dialogue_id == record.dialogue_id)
    # Where a guest belongs is as telling as the name; it counts though they left meanwhile.
    homes = select(Membership.organisation_id).where(Membership.person_id.in_(comes))
    rows = session.execute(
        union(
            select(written("person"), Person.name).where(Person.id.in_(people)),
            select(written("organisation"), Organisation.name).where(
                Organisation.id.in_(sent) | Organisation.id.in_(homes)
            ),
        )
    )
    return [(name, _words(sort, name)) for sort, name in sorted((row[0], row[1]) for row in rows)]


def _words(sort: str, name: str) -> list[str]:
    parts = name.split()
    alone = parts[0] if sort == "organisation" else parts[-1]
    # "Anna Keller" is called Keller; of "Response analyst" the last word is none of a person.
    counts = sort == "organisation" or not alone[0].islower()
    return [name, alone] if counts and len(alone) >= SHORTEST else [name]


def _passages(text: dict[str, Any]) -> list[tuple[int, str]]:
    found = [(0, text["title"])]
    for point in text["points"]:
        number = point["number"]
        found += [(number, point["title"]), (number, point["notes"])]
        found += [(number, action["text"]) for action in point["actions"]]
        found += [(number, words) for said in point["decisions"] for words in _decided(said)]
    return found + [(0, words) for said in text["decisions"] for words in _decided(said)]


def _decided(said: dict[str, Any]) -> list[str]:
    reasons = [answer["reason"] for answer in said["answers"]]
    return [said["question"], said["outcome"], *reasons]
