"""The main menu: what is worked on, then who takes part and how ready they are.

It is drawn as one piece: link by link in a template it was a tenth of what a page is made of.
"""

from html import escape
from typing import Final

from flask import request
from markupsafe import Markup

from portal.addresses import url_for
from portal.catalogue import NOUNS, Menu, Section
from portal.language import spoken
from portal.words import N_

Entries = tuple[tuple[str, str], ...]


def _of(section: Section) -> Entries:
    menus = [noun.menu for noun in NOUNS if isinstance(noun.menu, Menu)]
    return tuple((menu.endpoint, menu.label) for menu in menus if menu.section is section)


# Pairs of endpoint and word. The first page, the calendar and norms are no nouns.
PARTS: Final[tuple[Entries, ...]] = (
    (
        ("overview.index", N_("Overview")),
        *_of(Section.WORK),
        ("calendar.index", N_("Calendar")),
        ("norms.index", N_("Norms")),
    ),
    _of(Section.WHO),
)
MENU: Final[Entries] = tuple(entry for part in PARTS for entry in part)


def main_menu() -> Markup:
    """The links of the menu in the reader's language, part by part; that of this page is marked."""
    parts = ("".join(_link(*entry) for entry in part) for part in PARTS)
    drawn = "".join(f"<div>{part}</div>" for part in parts)
    # Each of its values is escaped.
    return Markup(drawn)  # noqa: S704  # nosec B704


def _link(endpoint: str, words: str) -> str:
    current = ' aria-current="page"' if request.endpoint == endpoint else ""
    return (
        f'<a href="{escape(url_for(endpoint))}"{current}>{escape(spoken().translated(words))}</a>'
    )
