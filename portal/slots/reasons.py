"""Why an offered time stands where it does, in messages to be translated."""

from collections.abc import Sequence
from typing import Final

from portal.errors import Said
from portal.slots.answers import Answers, Offer, Side, Tally
from portal.slots.times import shown
from portal.words import N_

NAMED: Final = 8  # how many are named in a reason; the rest is a number


def reasons_of(
    offer: Offer, tallied: Tally, answers: Answers, nights: Sequence[Side], past: bool
) -> tuple[Said | str, ...]:
    """What speaks for and against an offer, what weighs most first."""
    return (
        *([N_("This time has passed")] if past else []),
        *_of_required(offer, tallied, answers),
        *_of_all(tallied),
        *([of_nights(offer, nights)] if nights else []),
    )


def _of_required(offer: Offer, tallied: Tally, answers: Answers) -> list[Said | str]:
    refusing, awaited = tallied.refusing, tallied.awaited
    if not refusing and not awaited:
        required = any(side.required for side in (*tallied.yes, *tallied.if_need_be))
        return [N_("All required delegations can attend")] if required else []
    cannot = [side.name for side in refusing if not answers[offer.key, side.key].can]
    few = [
        f"{side.name} ({can}/{side.seats})"
        for side in refusing
        if (can := answers[offer.key, side.key].can)
    ]
    told = (
        (N_("Required but cannot attend: %(who)s"), cannot),
        (N_("Required, but too few can attend: %(who)s"), few),
        (N_("Required, no response: %(who)s"), [side.name for side in awaited]),
    )
    return [Said(words, who=named(names, len(names))) for words, names in told if names]


def _of_all(tallied: Tally) -> list[Said]:
    silent, maybe = len(tallied.silent), len(tallied.if_need_be)
    every = str(tallied.can + len(tallied.no) + silent)
    can = Said(N_("%(can)s of %(all)s can attend"), can=str(tallied.can), all=every)
    if maybe:
        words = N_("%(can)s of %(all)s can attend, %(maybe)s of them only if need be")
        can = Said(words, **can.values, maybe=str(maybe))
    return [can, Said(N_("No response: %(n)s"), n=str(silent))] if silent else [can]


def of_nights(offer: Offer, nights: Sequence[Side]) -> Said:
    """For whom it would be night, with the hours there."""
    names = [f"{side.name} ({_hours(offer, side.zone)})" for side in nights[:NAMED]]
    return Said(N_("Night for: %(who)s"), who=named(names, len(nights)))


def _hours(offer: Offer, zone: str) -> str:
    return f"{shown(offer.starts_at, zone).time}–{shown(offer.ends_at, zone).time}"


def named(names: Sequence[str], count: int) -> str:
    """The first of so many names, and how many more there are."""
    words = ", ".join(names[:NAMED])
    return words if count <= NAMED else f"{words} (+{count - NAMED})"
