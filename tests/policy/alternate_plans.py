"""Random plans of worlds in which people are away: one resource, and who acts for whom in it."""

import random
from dataclasses import replace
from typing import Any, Final

from tests.policy import dialogue_worlds, record_worlds
from tests.policy.alternate_policy import ActsFor

STATES = ("accepted", "accepted", "accepted", "accepted", "declared", "declined", "ended")
SCOPES = ("", "", "", "", "process", "other-process", "duty", "press")
MARKINGS = ("CLEAR", "GREEN", "AMBER", "AMBER", "AMBER+STRICT", "RED", "RED")
ROLES = ("liaison", "observer", "observer", "admin", "mediator", "coordinator")
NOUNS: Final = ("notices", "dialogues", "records", "contacts")


def plan(dice: random.Random, noun: str) -> dict[str, Any]:
    """A world of the noun, and one to three alternates in it, mostly of people who belong there."""
    world = {
        "notices": lambda: _listed(dice, ("draft", "open", "open", "open", "closed", "withdrawn")),
        "contacts": lambda: _contact(dice),
        "dialogues": lambda: dialogue_worlds.plan(dice),
        "records": lambda: record_worlds.plan(dice),
    }[noun]()
    # No role has contact points for its work, so that there one is only tried.
    acting = _acting(dice, (*SCOPES, *("role",) * (1 if noun == "contacts" else 8)))
    for one in acting:
        for who in (one.away, one.stands_in):
            if dice.random() < 0.95:
                world["memberships"] |= {(who, one.home)}
        if dice.random() < 0.8:
            _concerns(dice, noun, world, one)
    pairs = sorted(world["memberships"] | world["ended"])
    roles = world.setdefault("roles", {})
    world["roles"] = {pair: roles.get(pair) or dice.choice(ROLES) for pair in pairs}
    for one in acting:
        # Else hardly anybody would have a role with work of this noun.
        if one.scope == "role" and dice.random() < 0.9:
            held = ("liaison",) if noun == "notices" else ("mediator", "coordinator")
            world["roles"][one.away, one.home] = dice.choice(held)
    also = _also(dice, noun, world, acting)
    return world | {
        "acting": [_in_role(dice, world, also, one) for one in acting],
        "also": also,
        "within": dice.choice(("", "", "listed", "listed", "excepted")),
        "done": frozenset(dice.sample(range(4), dice.choice((0, 0, 1, 2)))),
    }


def _also(
    dice: random.Random, noun: str, world: dict[str, Any], acting: list[ActsFor]
) -> list[tuple[int, int, str, bool]]:
    # Whoever is away has or had a second role there: person, organisation, role, whether it is
    # over. One that is not would change who speaks; for notices nothing hangs on a role.
    pairs = sorted({(one.away, one.home) for one in acting} & world["memberships"])
    return [
        (*pair, dice.choice(ROLES), noun != "notices" or dice.random() < 0.5)
        for pair in pairs
        if dice.random() < 0.6
    ]


def _in_role(
    dice: random.Random,
    world: dict[str, Any],
    also: list[tuple[int, int, str, bool]],
    one: ActsFor,
) -> ActsFor:
    pair = one.away, one.home
    has = {role for *who, role, over in also if tuple(who) == pair and not over}
    has |= {world["roles"][pair]} if pair in world["memberships"] else set()
    had = {role for *who, role, _over in also if tuple(who) == pair}
    scope = one.scope
    if scope == "role":
        # Mostly one that they have or had; else one of somebody else.
        scope = dice.choice((*sorted(has) * 3, *sorted(had), dice.choice(ROLES)))
    return replace(one, scope=scope, has=frozenset(has))


def _listed(dice: random.Random, states: tuple[str, ...]) -> dict[str, Any]:
    def some(most: int) -> frozenset[int]:
        return frozenset(dice.sample(range(4), dice.randint(0, most)))

    def pairs(most: int) -> frozenset[tuple[int, int]]:
        return frozenset((dice.randrange(4), dice.randrange(4)) for _ in range(most))

    out = dice.random() < 0.25
    return {
        "state": dice.choice(states),
        "tlp": dice.choice(MARKINGS),
        "ever_published": dice.random() < 0.9,
        "organisation": dice.randrange(4),
        "author": dice.randrange(4),
        "organisations": some(2),
        "people": some(3),
        "excepted_organisations": some(1) if out else frozenset(),
        "excepted_people": some(1) if out else frozenset(),
        "group": dice.random() < 0.3,
        "group_organisations": some(1),
        "group_people": some(1),
        "process": dice.random() < 0.3,
        "seat_organisations": some(1),
        "seat_people": some(1),
        "memberships": pairs(3),
        "ended": pairs(1),
        "clients": pairs(2),
        "suspended_people": some(1) if dice.random() < 0.2 else frozenset(),
        "suspended_organisations": some(1) if dice.random() < 0.2 else frozenset(),
    }


def _contact(dice: random.Random) -> dict[str, Any]:
    return _listed(dice, ("draft", "current", "current", "current", "current", "retired")) | {
        "purpose": dice.choice(("duty", "duty", "press")),
        "holder": dice.choice((None, 0, 1, 2, 3)),
        "checked": dice.random() < 0.8,
    }


def _acting(dice: random.Random, scopes: tuple[str, ...]) -> list[ActsFor]:
    found: dict[tuple[int, int], ActsFor] = {}
    for _ in range(dice.choice((1, 1, 2, 3))):
        away, stands_in = dice.sample(range(4), 2)
        home = dice.randrange(4)
        # Of two for the same person at one organisation the second is refused.
        found.setdefault(
            (away, home),
            ActsFor(
                key=len(found),
                away=away,
                stands_in=stands_in,
                home=home,
                state=dice.choice(STATES),
                begun=dice.random() < 0.9,
                over=dice.random() < 0.1,
                scope=dice.choice(scopes),
                red=dice.random() < 0.5,
                nights=dice.random() < 0.5,
            ),
        )
    return list(found.values())


def _concerns(dice: random.Random, noun: str, world: dict[str, Any], one: ActsFor) -> None:
    # Else hardly any world would ask somebody who is away for anything.
    if noun == "contacts":
        world |= {"organisation": one.home, "holder": one.away}
    if noun == "notices" and dice.random() < 0.6:
        world |= {"state": "open", "ever_published": True, "author": (one.away + 1) % 4}
    if noun == "records" and dice.random() < 0.8:
        calm = {"state": "circulated", "redacted": False, "silence_over": False}
        world |= calm | {"record_tlp": world["tlp"], "out": False}
    if noun in ("notices", "contacts"):
        world["people"] |= {one.away}
        if dice.random() < 0.7:
            world["people"] |= {one.stands_in}
        world["excepted_people"] -= world["people"]
        return
    world["sides"] = world["sides"] | {one.home: dice.choice((None, one.away, one.away))}
    for who in (one.away, one.stands_in):
        if dice.random() < 0.85:
            place = dialogue_worlds._place(dice, [one.home])
            if dice.random() < 0.8:
                place = replace(place, side=one.home, organises=False, came=True)
            world["places"] = world["places"] | {who: place}
