"""Clauses for tests, made through the service as the steward."""

from typing import Any

from sqlalchemy.orm import Session

from models.norms import Clause
from portal import clauses
from portal.clauses import ClauseText
from portal.db import writing
from tests.cast import NOW, World

FIRST = "L-26-3TXC2Q"


def text(**values: Any) -> ClauseText:
    """A clause's text; every field can be said otherwise."""
    said: dict[str, Any] = {
        "title": "A line kept open",
        "body": "We keep [line] open for [n] days.",
        "how_known": "A test call once a week.",
        "theme": "notice-contacts",
        "norms": ("un-oewg-global-cbm-1", "osce-cbm-8"),
        "days": 21,
        "every": "month",
        "promisors": ("company",),
        "verifier": "an expert named by the mediator",
        "beside_law": ("ihl-medical",),
        "advice": "Agree on the hours first.",
    }
    return ClauseText(**(said | values))


def in_library(session: Session, world: World, **values: Any) -> Clause:
    """A new clause in the library."""
    return clauses.add_clause(session, world.actors["steward@portal"], text(**values), NOW)


def added(world: World, **values: Any) -> str:
    """The reference of a new clause in the library."""
    with writing(world.sessions) as session:
        return in_library(session, world, **values).ref


def as_typed(clause: ClauseText) -> dict[str, Any]:
    """A clause's text as the values of its form."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in clause.__dict__.items()}


def typed(**values: Any) -> dict[str, Any]:
    """What the steward's form would send."""
    return as_typed(text()) | values
