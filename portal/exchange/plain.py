"""Claims and harm as plain values for other programs, and read again: nothing is lost or filled in.

What is not stated is left out. What is not known of an amount is the word of `portal.harm.written`,
so that no reader can take it for 0. Keys of this portal and markings stand beside, never in here.
"""

import json
from dataclasses import MISSING, fields
from typing import Any, Final

from models.vocabulary import Tlp
from portal.claims import ClaimText, confidence_of
from portal.errors import Invalid, Said
from portal.exchange.values import kept
from portal.harm import NOT_KNOWN, Amount, HarmText, read_part
from portal.harm.amounts import FIRST_YEAR, LAST_YEAR
from portal.norms.shapes import MEMORY, SECONDARY
from portal.parsing import whole
from portal.words import N_

Plain = dict[str, Any]
BESIDE: Final = frozenset({"tlp", "answers_id", "notice_id", "about_id"})
PARTS: Final = ("lower", "best", "upper")
LISTS: Final = frozenset({"evidence", "norms", "flags", "withdrawals"})
TABLES: Final = frozenset({"considerations"})
TRUTHS: Final = frozenset({"holds_others"})
CLAIM_FIELDS: Final = tuple(f.name for f in fields(ClaimText) if f.name not in BESIDE)
HARM_FIELDS: Final = tuple(
    f.name for f in fields(HarmText) if f.name not in BESIDE and f.name != "amount"
)
GARBLED: Final = N_("A value in it cannot be read: %(name)s.")


def plain_claim(text: ClaimText) -> Plain:
    """All that a claim says, with the words of its confidence and what STIX loses of them."""
    found = {name: value for name in CLAIM_FIELDS if (value := _plain(getattr(text, name)))}
    said = confidence_of(text.scale, text.confidence)
    if said is not None:
        found |= {"confidence_scale": said.scale, "confidence_word": said.word}
        found["confidence_lost"] = said.lost
        if said.band is not None:
            found["confidence_band"] = list(said.band)
    return found


def plain_harm(text: HarmText) -> Plain:
    """All that a row of harm says; each part of its amount is a number or "not known"."""
    found = {name: value for name in HARM_FIELDS if (value := _plain(getattr(text, name)))}
    amount = text.amount
    for name in PARTS:
        part = getattr(amount, name)
        found[name] = NOT_KNOWN if part is None else part
    found |= {name: value for name in ("unit", "currency") if (value := getattr(amount, name))}
    return found if amount.year is None else {**found, "year": amount.year}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def claim_of(plain: Plain, tlp: Tlp, **beside: Any) -> ClaimText:
    """The claim that plain values say; raises Invalid where one cannot be read."""
    return ClaimText(**_values(plain, ClaimText, CLAIM_FIELDS), tlp=tlp, **beside)


def harm_of(plain: Plain, tlp: Tlp) -> HarmText:
    """The row of harm that plain values say; raises Invalid where one cannot be read."""
    lower, best, upper = (_part(name, plain.get(name)) for name in PARTS)
    unit, currency = (_text(name, plain.get(name, "")) for name in ("unit", "currency"))
    amount = Amount(lower, best, upper, unit, currency, _year(plain.get("year")))
    return HarmText(**_values(plain, HarmText, HARM_FIELDS), tlp=tlp, amount=amount)


def as_texts(plain: Plain) -> dict[str, str]:
    """The same values as texts alone, for formats that know nothing else."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in plain.items()
    }


def from_texts(texts: dict[str, str]) -> Plain:
    """What `as_texts` made texts of."""
    return {
        name: _parsed(name, text) if name in LISTS | TABLES | TRUTHS else text
        for name, text in texts.items()
    }


def as_far_as_read(verified: object) -> str:
    """How far verified for whoever imports it: they have it from others, whatever these say."""
    return MEMORY if verified == MEMORY else SECONDARY


def _parsed(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as bad:
        raise _garbled(name) from bad


def _values(plain: Plain, shape: Any, names: tuple[str, ...]) -> Plain:
    needed = {f.name for f in fields(shape) if f.default is f.default_factory is MISSING}
    found: Plain = {}
    for name in names:
        value = plain.get(name)
        if value is None and name not in needed:
            continue
        if name in LISTS:
            found[name] = tuple(_text(name, one) for one in _listed(name, value))
        elif name in TABLES:
            found[name] = _table(name, value)
        elif name in TRUTHS:
            found[name] = _truth(name, value)
        else:
            found[name] = _text(name, value)
    return found


def _garbled(name: str) -> Invalid:
    return Invalid({"file": Said(GARBLED, name=name)})


def _text(name: str, value: object) -> str:
    text = kept(value)
    if text is None:
        raise _garbled(name)
    return text


def _listed(name: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _garbled(name)
    return value


def _table(name: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _garbled(name)
    return {_text(name, key): _text(name, said) for key, said in value.items()}


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _garbled(name)
    return value


def _part(name: str, value: object) -> int | None:
    """A part of an amount: what is absent is not known, and what is garbled is refused, never 0."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise _garbled(name)
    try:
        return read_part(str(value))
    except ValueError as bad:
        raise _garbled(name) from bad


def _year(value: object) -> int | None:
    if value is None:
        return None
    year = None if isinstance(value, bool) else whole(value, LAST_YEAR)
    if year is None or year < FIRST_YEAR:
        raise _garbled("year")
    return year
