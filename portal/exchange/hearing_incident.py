"""Harm in incidents and impacts as the OASIS incident suite (a proposal) writes it.

A count is the number that its producer gives; money has a least and a most and never a best. What
is not in the file is not known: the proposal says that an absent count "is not being shared, not
that there were no impacted entities". Scores and criticality are judgements of the producer: they
stay in the text and become no figure.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any, Final

from models.vocabulary import Tlp
from portal.exchange.heard import LONGEST_BODY
from portal.exchange.values import instant, line, number, rows, said
from portal.harm import Amount, HarmText
from portal.harm.words import CURRENCIES
from portal.norms.shapes import SECONDARY

Thing = dict[str, Any]
INCIDENT_CORE: Final = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
# Which of the portal's categories it comes nearest to: our own reading.
CATEGORIES: Final = {
    "availability": "physical-digital",
    "confidentiality": "physical-digital",
    "external": "social-societal",
    "integrity": "physical-digital",
    "monetary": "economic",
    "physical": "physical-digital",
    "traceability": "physical-digital",
}
SHORTER: Final = {"year": 4, "month": 7}  # how much of a day is meant, by its fidelity
STATED: Final = ("determination", "investigation_status", "criticality", "recoverability")
NO_CURRENCY: Final = "money, the currency not stated"
UNNAMED: Final = "not named in the file"
MOST_DIGITS: Final = 40
PLAIN: Final = 60  # properties of an extension that are stated in the text


class Garbled(ValueError):
    """A value of an impact that cannot be read: its row is refused, and never guessed."""


def core_of(incident: Thing) -> Thing:
    """What an incident says by the core extension; empty where it says nothing."""
    held = incident.get("extensions")
    core = held.get(INCIDENT_CORE) if isinstance(held, dict) else None
    return core if isinstance(core, dict) else {}


def counted(thing: Thing) -> Iterator[tuple[str, int | None]]:
    """The entities that an incident or impact counts; None where a count cannot be read."""
    counts = thing.get("impacted_entity_counts")
    for sort, count in counts.items() if isinstance(counts, dict) else ():
        value = number(count)
        yield line(sort, 80), value if value is None or value >= 0 else None


def row_of_count(name: str, unit: str, count: int, tlp: Tlp, more: Mapping[str, Any]) -> HarmText:
    """How many of one sort were touched, as its producer counts them."""
    return HarmText(
        f"{name or 'Incident'}: {unit}"[:200],
        tlp,
        "reach",
        SECONDARY,
        Amount(best=count, unit=unit),
        **{"who": unit, **more},
    )


def row_of_impact(name: str, impact: Thing, tlp: Tlp, more: Mapping[str, Any]) -> HarmText | None:
    """What an impact says beside its counts; None where nothing but counts is said.

    Raises Garbled.
    """
    sort, inside = _category(impact)
    amount = _amount(sort, inside)
    if not amount.known and not inside and not said(impact.get("description")):
        return None
    category = CATEGORIES.get(sort, "physical-digital")
    if sort == "external" and inside.get("impact_type") == "economic":
        category = "economic"
    title = f"{name or 'Incident'}: {sort or 'impact'}"
    return HarmText(title[:200], tlp, category, SECONDARY, amount, **{"who": UNNAMED, **more})


def days_of(impact: Thing) -> dict[str, str]:
    """From and until when, as exact as the file says it."""
    found = {}
    for name, field in (("start", "from_on"), ("end", "until_on")):
        at = instant(impact.get(f"{name}_time"))
        if at is not None:
            sure = SHORTER.get(line(impact.get(f"{name}_time_fidelity"), 20), 10)
            found[field] = at.date().isoformat()[:sure]
    return found


def stated_of_incident(core: Thing) -> list[str]:
    """What the core extension says beside counts, a line for each; scores with who knows what."""
    found = [_line(name, core[name]) for name in STATED if name in core]
    scores = rows(core.get("scores"))
    if len(scores) > PLAIN:
        found.append(_line("scores", f"{len(scores)}, of which the first {PLAIN} follow"))
    for score in scores[:PLAIN]:
        words = (line(score.get(key), 200) for key in ("name", "description"))
        named = ", ".join(filter(None, words)) or "not named"
        found.append(_line(f"score ({named})", score.get("value")))
    return found


def stated_of_impact(impact: Thing) -> list[str]:
    """The same of an impact: all of its own extension, to the last digit."""
    _sort, inside = _category(impact)
    stated = [(name, impact[name]) for name in ("criticality", "recoverability") if name in impact]
    return [_line(name, value) for name, value in [*stated, *list(inside.items())[:PLAIN]]]


def body_of(thing: Thing, stated: list[str]) -> str:
    """The text of a row: the description, and what is stated beside it."""
    described = said(thing.get("description"), LONGEST_BODY // 2)
    lines = "\n".join(stated)[: LONGEST_BODY // 2 - 100]
    head = "As the file says it, by its producer:\n\n" if lines else ""
    return "\n\n".join(filter(None, (described, head + lines)))


def _line(name: str, value: object) -> str:
    return f"* {line(name, 260)}: {line(str(value), 300)}"


def _category(impact: Thing) -> tuple[str, Thing]:
    """The sort of an impact, and what its extension says; both spellings of the key are met."""
    sort = line(impact.get("impact_category"), 40)
    held = impact.get("extensions")
    held = held if isinstance(held, dict) else {}
    inside = held.get(sort, held.get(f"{sort}-ext"))
    return sort.removesuffix("-ext"), inside if isinstance(inside, dict) else {}


def _amount(sort: str, inside: Thing) -> Amount:
    if sort == "monetary":
        least = _whole(inside.get("min_amount"), ROUND_FLOOR)
        most = _whole(inside.get("max_amount"), ROUND_CEILING)
        if least is None and most is None:
            return Amount()
        if least is not None and most is not None and least > most:
            raise Garbled
        word = line(inside.get("currency"), 20)
        if word in CURRENCIES:
            return Amount(lower=least, upper=most, currency=word)
        return Amount(lower=least, upper=most, unit=word or NO_CURRENCY)
    if "record_count" in inside:
        count = number(inside["record_count"])
        if count is None or count < 0:
            raise Garbled
        return Amount(best=count, unit="records")
    return Amount()


def _whole(value: object, rounding: str) -> int | None:
    """A bound in whole numbers, rounded away from the middle: the exact one stays in the text."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Garbled
    try:
        exact = Decimal(str(value))
    except InvalidOperation as bad:
        raise Garbled from bad
    # A few digits can name a number that takes for ever to be written out (`1e99999999`).
    if not exact.is_finite() or exact < 0 or exact.adjusted() > MOST_DIGITS:
        raise Garbled
    return int(exact.to_integral_value(rounding))
