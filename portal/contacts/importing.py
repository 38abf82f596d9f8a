"""Contact points from files: a table (CSV) as the export writes it, or Cerebrate's JSON.

Nothing is made up: what a file does not say is what the person who imports it says for all of its
rows. A marking that cannot be read, or is missing, counts as TLP:AMBER+STRICT. Each row becomes a
draft without recipients, which its organisation checks and publishes.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy.orm import Session

from models.contacts import PURPOSES, ContactPoint, ContactState, Interval
from models.vocabulary import Tlp
from portal.access import Actor, visible
from portal.contacts.duty import Shift
from portal.contacts.hours import shifts_from
from portal.contacts.keeping import add_contact
from portal.contacts.text import ContactText, fingerprint_from, languages_from, phones_from
from portal.errors import Invalid
from portal.marking_words import banners_in, hint, names_a_restriction, plain_tlp, restricts
from portal.parsing import storable, whole
from portal.recipients import RecipientList
from portal.rules import CONTACTS
from portal.spreadsheets import as_typed, table_of
from portal.words import N_

LARGEST: Final = 1_000_000
MOST: Final = 200
NOT_READ: Final = N_("This is no table with the heads of the export, and no JSON of Cerebrate.")
# Names of meta-fields in Cerebrate's libraries (FIRST Directory, CSIRT Network, individuals).
FIELDS: Final = {
    "phones": ("phone", "team_contact_number", "contact_number_landline", "mobile_phone"),
    "phone_any_hour": ("phone-emergency",),
    "channels": ("other-communication",),
    "hours": ("operating-hours", "business_hours"),
    "zone": ("timezone", "time_zone"),
    "openpgp": ("team_fingerprint", "key_fingerprint"),
    "constituency": ("constituency", "constituency-description"),
    "second_email": ("alternate_email",),
}
PROSE: Final = ("label", "note", "constituency", "description", "comment")
WIDTH: Final = ""  # names no field: whether a row has not as many cells as there are heads
YES: Final = frozenset({"yes", "true", "1"})


@dataclass(frozen=True)
class Missing:
    """What the person who imports says for rows in which it is missing."""

    purpose: str = ""
    zone: str = ""
    languages: tuple[str, ...] = ()
    hours: tuple[Shift, ...] = ()
    check_every: str = Interval.QUARTER


@dataclass(frozen=True)
class Line:
    """A row of a file: what it says, and what is wrong with it, a message id for each field.

    `strict` is whether its marking was missing or not read; `there` whether there is one already.
    """

    number: int
    text: ContactText
    problems: Mapping[str, str]
    strict: bool
    there: bool = False

    @property
    def good(self) -> bool:
        """Whether it becomes a draft."""
        return not self.problems and not self.there


def read_file(data: bytes, missing: Missing) -> list[Line]:
    """The rows of a file, at most 200; raises Invalid for a file that is none of ours."""
    if len(data) > LARGEST:
        raise Invalid({"file": N_("The file is too large; send it in pieces.")})
    try:
        is_json = data.removeprefix(BOM_UTF8).lstrip()[:1] in (b"[", b"{")
        found = _of_json(data.decode("utf-8-sig")) if is_json else _of_table(data)
        rows = list(islice(found, MOST + 1))  # a file can hold 300,000: no more are looked at
    except (ValueError, RecursionError) as bad:
        raise Invalid({"file": NOT_READ}) from bad
    if not all(storable(text) for row in rows for text in row.values()):
        raise Invalid({"file": NOT_READ})
    if not rows or len(rows) > MOST:
        raise Invalid({"file": N_("Send a file with 1 to 200 rows.") if rows else NOT_READ})
    return [_line(number, row, missing) for number, row in enumerate(rows, start=1)]


def with_those_there(
    session: Session, actor: Actor, home_id: int, lines: list[Line], now: datetime
) -> list[Line]:
    """The same lines, where those say so that this organisation has already; one query."""
    own = visible(
        CONTACTS, actor, now, ContactPoint.purpose, ContactPoint.label, ContactPoint.email
    ).where(ContactPoint.organisation_id == home_id, ContactPoint.state != ContactState.RETIRED)
    there = {tuple(row) for row in session.execute(own)}
    return [
        replace(line, there=(line.text.purpose, line.text.label, line.text.email) in there)
        for line in lines
    ]


def import_all(
    session: Session, actor: Actor, organisation_ref: str, lines: list[Line], now: datetime
) -> int:
    """Make a draft of each good line, without recipients; gives back how many."""
    good = [line for line in lines if line.good]
    for line in good:
        add_contact(session, actor, organisation_ref, text=line.text, to=RecipientList(), now=now)
    return len(good)


def _of_table(data: bytes) -> Iterator[dict[str, str]]:
    rows = [row for row in table_of(data) if row]
    names = [as_typed(cell).strip().lower() for cell in rows[0]] if rows else []
    named = list(filter(None, names))
    if not {"label", "email"} <= set(named) or len(named) != len(set(named)):
        raise ValueError("other heads")
    for row in rows[1:]:
        pairs = zip(names, row, strict=False)
        found = {name: as_typed(cell).strip() for name, cell in pairs if name}
        found["tlp"] = "\n".join([found.get("tlp", ""), *_limits(found)]).strip()
        yield found | ({} if len(row) == len(names) else {WIDTH: "other"})


def _limits(fields: Mapping[str, Any]) -> list[str]:
    """What says who may read the rest: fields that are none of ours, by name; lines of a note."""
    named = [
        f"{name}: {value}"
        for name, value in fields.items()
        if name != "tlp" and value and names_a_restriction(name)
    ]
    texts = (str(one) for name in PROSE for one in _listed(fields.get(name)))
    return named + [banner for text in texts for banner in banners_in(text)]


def _of_json(text: str) -> Iterator[dict[str, str]]:
    top = json.loads(text, object_pairs_hook=_single)
    for one in top if isinstance(top, list) else [top]:
        if not isinstance(one, dict):
            raise ValueError("no object")
        yield _of_cerebrate(one)


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key stands there twice")
    return dict(pairs)


def _of_cerebrate(one: dict[str, Any]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    for field in _dicts(one.get("meta_fields")):
        fields.setdefault(str(field.get("field", "")), []).append(str(field.get("value", "")))
    found = {
        name: ", ".join(value for key in keys for value in fields.get(key, ()))
        for name, keys in FIELDS.items()
    }
    names = (str(one.get(name) or "") for name in ("position", "name"))
    person = " ".join(str(one.get(name) or "") for name in ("first_name", "last_name")).strip()
    found["label"] = next(filter(None, names), "") or person
    found["email"] = str(one.get("email") or next(iter(fields.get("email", ())), ""))
    tags = one.get("tags")
    every = [tag.get("name", "") if isinstance(tag, dict) else tag for tag in _listed(tags)]
    said = [" ".join(str(tag).split()) for tag in every if restricts(str(tag))]
    found["tlp"] = "\n".join([*said, *_limits(one | fields)])
    return found


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in _listed(value) if isinstance(one, dict)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _marking(said: str) -> tuple[Tlp, bool]:
    """The strictest of the markings, one a line, and whether that is so for want of another."""
    words = [word for word in said.splitlines() if word.strip()]
    known = {tlp for word in words if (tlp := plain_tlp(word))}
    odd = [word for word in words if plain_tlp(word) is None]
    least = {hint(word) or Tlp.AMBER_STRICT for word in odd}
    tlp = Tlp.strictest(known | least or {Tlp.AMBER_STRICT})
    return tlp, bool(odd or not known) and tlp != Tlp.RED


def _line(number: int, row: Mapping[str, str], missing: Missing) -> Line:
    def said(name: str) -> str:
        return row.get(name, "")

    tlp, strict = _marking(said("tlp"))
    shifts = shifts_from(said("hours"))
    text = ContactText(
        purpose=said("purpose") if said("purpose") in PURPOSES else missing.purpose,
        label=said("label"),
        tlp=tlp,
        email=said("email"),
        zone=said("zone") or missing.zone,
        constituency=said("constituency"),
        authority=said("authority"),
        second_email=said("second_email"),
        phones=phones_from(said("phones")),
        phone_any_hour=said("phone_any_hour"),
        channels=said("channels"),
        openpgp=fingerprint_from(said("openpgp")),
        smime=fingerprint_from(said("smime")),
        round_the_clock=said("round_the_clock").lower() in YES,
        hours=shifts or (() if said("hours") else missing.hours),
        languages=languages_from(said("languages")) or missing.languages,
        place=whole(said("place")) or 1,
        note=said("note"),
        check_every=said("check_every").lower() or missing.check_every,
    )
    problems = text.problems()
    if shifts is None:
        problems["hours"] = N_("Write hours as Mon-Fri 08:00-17:00; Sat 10:00-14:00.")
    if WIDTH in row:
        problems["row"] = N_("It has more or fewer cells than there are heads.")
    return Line(number, text, problems, strict=strict)
