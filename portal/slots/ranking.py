"""Which of the offered times is the best: who can, who must and cannot, for whom it is night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.errors import Said
from portal.slots.answers import Answers, Offer, Side, tally
from portal.slots.fair import Sort, hour_sort
from portal.slots.reasons import reasons_of

Order = tuple[bool, bool, int, int, int, int, int, datetime, int]


@dataclass(frozen=True)
class Ranked:
    """An offer with what speaks for and against it; `reasons` are messages to be translated.

    `yes`, `if_need_be` and `no` count sides, and with `silent` they are all of them. A side can
    when as many of its people can as it has seats; only if need be when it takes those who said so.
    `silent` are those from whom an answer that may decide is still to come. `blockers` are the
    required sides that cannot or are silent: the offer is possible where there are none and it
    lies ahead. `nights` are all sides for whom it is night, whatever they answered.
    """

    offer: Offer
    possible: bool
    blockers: tuple[Side, ...]
    silent: tuple[Side, ...]
    yes: int
    if_need_be: int
    no: int
    nights: tuple[Side, ...]
    past: bool
    reasons: tuple[Said | str, ...]


def rank(
    offers: Sequence[Offer], sides: Sequence[Side], answers: Answers, now: datetime
) -> list[Ranked]:
    """The offers, best first.

    Possible ones come first, and of the others those ahead before those past; then by required
    sides that can (of those that cannot, a silent one weighs less than one that said no), all sides
    that can, fewer of them only if need be, fewer nights, and sooner.
    """
    zones = list(dict.fromkeys(side.zone for side in sides))
    found = [_ranked(offer, sides, zones, answers, now) for offer in offers]
    return [ranked for _order, ranked in sorted(found, key=lambda pair: pair[0])]


def _ranked(
    offer: Offer, sides: Sequence[Side], zones: Sequence[str], answers: Answers, now: datetime
) -> tuple[Order, Ranked]:
    tallied = tally(offer, sides, answers)
    refusing = tallied.refusing
    blocking = {side.key for side in (*refusing, *tallied.awaited)}
    late = {zone for zone in zones if hour_sort(offer.starts_at, offer.minutes, zone) is Sort.NIGHT}
    nights = tuple(side for side in sides if side.zone in late)
    past = offer.starts_at <= now
    ranked = Ranked(
        offer=offer,
        possible=not blocking and not past,
        blockers=tuple(side for side in sides if side.key in blocking),
        silent=tuple(tallied.silent),
        yes=len(tallied.yes),
        if_need_be=len(tallied.if_need_be),
        no=len(tallied.no),
        nights=nights,
        past=past,
        reasons=reasons_of(offer, tallied, answers, nights, past),
    )
    cannot, counts = (len(blocking), len(refusing)), (ranked.if_need_be, len(nights))
    sooner = offer.starts_at, offer.key
    return (not ranked.possible, past, *cannot, -tallied.can, *counts, *sooner), ranked
