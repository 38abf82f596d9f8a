"""One question over all nouns and the registry of norms; every hit is one that may be opened."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from portal import curriculum, norms, overview, web
from portal import search as service
from portal.addresses import url_for
from portal.catalogue import Noun
from portal.language import gettext, spoken
from portal.menu import MENU
from portal.words import N_

search = Blueprint("search", __name__, url_prefix="/search")
# The registry is no noun: it has no policy, and whoever is signed in reads it.
REGISTRY = "norms"
# Units and courses that come with the portal are none either; who completed one is not found.
CURRICULUM = "training"
MOST_NORMS = 10
# Where one can go beside the menu, and how many hits of a noun are entries.
BESIDE: Final = (
    ("records.index", N_("Minutes")),
    ("account.index", N_("Account")),
    ("guide.index", N_("Help")),
    ("guide.keyboard", N_("Keyboard")),
)
MOST_HITS = 5


@dataclass(frozen=True)
class _Entry:
    """Where to go: its address and words; of a resource also which it is, and its marking."""

    address: str
    words: str
    hint: str = ""
    marking: str = ""


@search.get("")
@web.limiter.limit("60/minute")
def index() -> ResponseReturnValue:
    """Show what was found."""
    asked = request.args.get("q", "")[:200]
    # A button for older ones says of which noun it speaks (`notices:4711`).
    of_noun, _between, after = request.args.get("after", "").rpartition(":")
    resource_type = of_noun or request.args.get("kind", "")
    parts: tuple[service.Part, ...] = ()
    if resource_type not in (REGISTRY, CURRICULUM):
        parts = service.find(
            web.session(), web.actor(), asked, g.now, resource_type=resource_type, after=after
        )
    beside = not after and resource_type in ("", REGISTRY)
    with_training = not after and resource_type in ("", CURRICULUM)
    return render_template(
        "search/index.html",
        asked=asked,
        resource_type=resource_type,
        parts=parts,
        searched=[noun for noun, _search in service.SEARCHED.values()],
        norms=_norms(asked) if beside else [],
        most_norms=MOST_NORMS,
        training=curriculum.find(asked if with_training else "", web.actor().language),
        label=norms.label,
    )


@search.get("/commands")
@web.limiter.limit("120/minute")
def commands() -> ResponseReturnValue:
    """Where to go and what to begin, and what fits some words: the command palette."""
    asked = request.args.get("q", "").strip()[:200]
    session, actor = web.session(), web.actor()
    starts = overview.starts(session, actor, g.now)
    parts = service.find(session, actor, asked, g.now, of_each=MOST_HITS) if asked else ()
    begun = [(start.page, start.button) for start in (*starts, *overview.later(starts))]
    places = [_Entry(url_for(page), gettext(words)) for page, words in (*begun, *MENU, *BESIDE)]
    entries = [one for one in places if asked.lower() in one.words.lower()]
    entries += [_entry(part.noun, hit) for part in parts for hit in part.hits[:MOST_HITS]]
    return render_template("search/commands.html", asked=asked, entries=entries)


@search.get("/references")
@web.limiter.limit("120/minute")
def references() -> ResponseReturnValue:
    """What a form can refer to that fits some words, of the nouns that the address names."""
    typed = request.args.get("q") or request.args.get("look_for", "")
    asked, nouns = typed.strip()[:200], request.args.getlist("noun")
    parts = service.find(web.session(), web.actor(), asked, g.now) if asked else ()
    shown = [part for part in parts if not nouns or part.noun.name in nouns]
    return render_template("search/references.html", asked=asked, parts=shown)


def _entry(noun: Noun[Any], hit: service.Hit) -> _Entry:
    address = url_for(str(noun.endpoint), ref=hit.ref)
    return _Entry(address, hit.title or hit.ref, f"{gettext(noun.one)} · {hit.ref}", hit.tlp)


def _norms(asked: str) -> list[norms.Norm]:
    if not service.words_of(asked):
        return []
    return [norm for _home, found in norms.find(asked, among=spoken().norms) for norm in found]
