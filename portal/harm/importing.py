"""Rows of harm from a table (CSV), with the heads of the export or the names of the fields.

What is not known stays not known: an empty cell and the words of the export are no number, and what
is neither is a fault beside its line. A row without a marking is TLP:AMBER+STRICT; one whose
marking cannot be read is not taken. Each good row becomes a draft without recipients, all or none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.harm import Harm, HarmState
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal.access import Actor, visible
from portal.errors import Invalid
from portal.harm.amounts import Amount, read_part
from portal.harm.text import HarmText
from portal.harm.writing import cite_harm, state_harm
from portal.marking_words import banners_in, names_a_restriction, plain_tlp
from portal.parsing import whole
from portal.recipients import RecipientList
from portal.rules import HARM
from portal.spreadsheets import as_typed, table_of
from portal.words import N_

LARGEST: Final = 1_000_000
MOST: Final = 200
LATEST: Final = 9999
PARTS: Final = ("lower", "best", "upper")
# Fields that hold one word of a list, and those whose cell is text as it stands.
OF_LISTS: Final = ("category", "sector", "reached_as", "intended", "verified", "holds_others")
TEXTS: Final = (
    "title", "who", "country", "service", "intended_by", "from_on", "until_on", "body", "said_by",
    "said_on",
)  # fmt: skip
NOT_READ: Final = N_("This is no table with the heads of the export.")
NO_NUMBER: Final = N_("Enter a whole number, or leave it empty where it is not known.")
NO_WORD: Final = N_("Choose one from the list.")
NO_MARKING: Final = N_("The marking cannot be read.")
LIMIT: Final = ""  # names no field: what stands in a column that restricts and is none of ours
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Line:
    """A row of a table: what it says, and what is wrong with it, a message id for each field.

    `strict` is whether it has no marking; `there` whether the organisation has the same already.
    """

    number: int
    text: HarmText
    problems: Mapping[str, str]
    strict: bool
    there: bool = False

    @property
    def good(self) -> bool:
        """Whether it becomes a draft."""
        return not self.problems and not self.there


def read_table(
    data: bytes, heads: Mapping[str, str], words: Words, now: datetime, *, cited: bool
) -> list[Line]:
    """The rows of a table, at most 200; raises Invalid for a file that is none of ours.

    `heads` says for each head in small letters its field; `words` for each field that has a list
    the key of each word of it, in small letters.
    """
    if len(data) > LARGEST:
        raise Invalid({"file": N_("The file is too large; send it in pieces.")})
    try:
        rows = table_of(data)
    except ValueError as bad:
        raise Invalid({"file": NOT_READ}) from bad
    names = [heads.get(_small(cell), "") for cell in rows[0]] if rows else []
    named = [name for name in names if name]
    if not {"title", "category"} <= set(named) or len(named) != len(set(named)):
        raise Invalid({"file": NOT_READ})
    if not 1 <= len(rows) - 1 <= MOST:
        raise Invalid({"file": N_("Send a file with 1 to 200 rows.")})
    limits = [_restricts(cell) for cell in rows[0]]
    return [
        _line(
            number,
            _cells(names, row) | _limit(limits, names, row),
            words,
            now,
            cited=cited,
            width=len(row) == len(names),
        )
        for number, row in enumerate(rows[1:], start=1)
    ]


def with_those_there(
    session: Session, actor: Actor, organisation_ref: str, lines: Sequence[Line], now: datetime
) -> list[Line]:
    """The same lines, where those say so that this organisation has already; one query."""
    home = select(Organisation.id).where(Organisation.ref == organisation_ref).scalar_subquery()
    columns = (Harm.title, Harm.who, Harm.said_by, Harm.unit, Harm.lower, Harm.best, Harm.upper)
    own = visible(HARM, actor, now, *columns).where(
        Harm.organisation_id == home, Harm.state != HarmState.WITHDRAWN
    )
    there = {tuple(row) for row in session.execute(own)}
    return [replace(line, there=_same(line.text) in there) for line in lines]


def import_all(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    lines: Sequence[Line],
    now: datetime,
    *,
    cited: bool,
) -> int:
    """Make a draft of each good line, without recipients; gives how many."""
    good = [line for line in lines if line.good]
    begin = cite_harm if cited else state_harm
    for line in good:
        begin(session, actor, organisation_ref, text=line.text, to=RecipientList(), now=now)
    return len(good)


def _same(text: HarmText) -> tuple[object, ...]:
    amount = text.amount
    parts = (amount.lower, amount.best, amount.upper)
    return (text.title, text.who, text.said_by, amount.unit, *parts)


def _small(cell: str) -> str:
    return " ".join(as_typed(cell).split()).casefold()


def _cells(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    pairs = zip(names, row, strict=False)
    return {name: as_typed(cell).strip() for name, cell in pairs if name}


def _restricts(head: str) -> bool:
    return names_a_restriction(as_typed(head))


def _limit(limits: Sequence[bool], names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """What stands in a column that is none of ours, and says by its head who may read the row."""
    cells = zip(limits, names, map(as_typed, row), strict=False)
    odd = [cell for limit, name, cell in cells if limit and not name and cell.strip()]
    return {LIMIT: odd[0]} if odd else {}


def _line(
    number: int,
    row: Mapping[str, str],
    words: Words,
    now: datetime,
    *,
    cited: bool,
    width: bool,
) -> Line:
    found: dict[str, str] = {}
    keys = {name: _word(name, row.get(name, ""), words, found) for name in OF_LISTS}
    flags = [
        _word("flags", part, words, found)
        for part in row.get("flags", "").split(",")
        if part.strip()
    ]
    marking = row.get("tlp", "")
    tlp = plain_tlp(marking)
    title, url = _source(row)
    said: dict[str, Any] = {name: row.get(name, "") for name in TEXTS}
    text = HarmText(
        **said,
        tlp=tlp or Tlp.AMBER_STRICT,
        category=keys["category"],
        verified=keys["verified"] or "memory",
        sector=keys["sector"],
        reached_as=keys["reached_as"],
        intended=keys["intended"],
        holds_others=keys["holds_others"] == "yes",
        flags=tuple(flags),
        amount=_amount(row, found),
        source_title=title,
        source_url=url,
    )
    problems = {**text.problems(now, cited=cited), **found}
    if not width:
        problems["row"] = N_("It has more or fewer cells than there are heads.")
    if (marking and tlp is None) or LIMIT in row or _is_stricter(text):
        problems["tlp"] = NO_MARKING
    return Line(number, text, problems, strict=not marking)


def _is_stricter(text: HarmText) -> bool:
    # A banner in a text says as much as TLP:AMBER+STRICT at the least; what is less is a doubt.
    said = (text.title, text.body, text.source_title)
    banner = any(True for one in said for _line in banners_in(one))
    return banner and text.tlp.rank < Tlp.AMBER_STRICT.rank


def _word(name: str, cell: str, words: Words, found: dict[str, str]) -> str:
    typed = " ".join(cell.split()).casefold()
    if not typed:
        return ""
    key = words[name].get(typed)
    if key is None:
        found[name] = NO_WORD
    return key or ""


def _amount(row: Mapping[str, str], found: dict[str, str]) -> Amount:
    parts: dict[str, int | None] = {}
    for name in PARTS:
        try:
            parts[name] = read_part(row.get(name, ""))
        except ValueError:
            parts[name], found[name] = None, NO_NUMBER
    typed = row.get("year", "")
    year = whole(typed, LATEST)
    if typed and year is None:
        found["year"] = N_("Enter a year, such as 2017.")
    return Amount(
        parts["lower"],
        parts["best"],
        parts["upper"],
        row.get("unit", ""),
        row.get("currency", ""),
        year,
    )


def _source(row: Mapping[str, str]) -> tuple[str, str]:
    """Title and address, which the export has in one cell."""
    title, url = row.get("source_title", ""), row.get("source_url", "")
    before, between, last = title.rpartition(", ")
    if not url and last.startswith(("https://", "http://")):
        return (before if between else ""), last
    return title, url
