"""Filters that several lists have, and the names that a list can be narrowed to."""

from typing import Any, Final

from flask import g

from blueprints.lists import Entries, Field
from portal import web
from portal.recipients import names_to_filter_by
from portal.words import N_

WORDS: Final = Field("q", N_("Words"), type="words", first=True)
QUIET: Final = Field("quiet", N_("Quiet for days"), type="days")


def names_to_choose() -> Entries:
    """The organisations and processes that the person may know of, to filter by."""
    return names_to_filter_by(web.session(), web.actor(), g.now)


def of_organisations(name: str, label: str, usual: str, **more: Any) -> Field:
    """A filter by an organisation that the person may know of."""
    return Field(name, label, "key", usual=usual, known="organisations", **more)


def of_processes(name: str, label: str, usual: str, **more: Any) -> Field:
    """A filter by a process that the person may know of."""
    return Field(name, label, "key", usual=usual, known="processes", **more)
