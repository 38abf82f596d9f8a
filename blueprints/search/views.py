"""One question over all nouns and the registry of norms; every hit is one that may be opened."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from portal import curriculum, norms, overview, web
from portal import search as service
from portal.language import spoken

search = Blueprint("search", __name__, url_prefix="/search")
# The registry is no noun: it has no policy, and whoever is signed in reads it.
REGISTRY = "norms"
# Units and courses that come with the portal are none either; who completed one is not found.
CURRICULUM = "training"
MOST_NORMS = 10


@search.get("")
@web.limiter.limit("60/minute")
def index() -> ResponseReturnValue:
    """Show what was found."""
    asked = request.args.get("q", "")[:200]
    resource_type, after = request.args.get("kind", ""), request.args.get("after", "")
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
    return render_template(
        "search/commands.html",
        asked=asked,
        starts=(*starts, *overview.later(starts)),
        parts=service.find(session, actor, asked, g.now) if asked else (),
    )


@search.get("/references")
@web.limiter.limit("120/minute")
def references() -> ResponseReturnValue:
    """What a form can refer to that fits some words, of the nouns that the address names."""
    typed = request.args.get("q") or request.args.get("look_for", "")
    asked, nouns = typed.strip()[:200], request.args.getlist("noun")
    parts = service.find(web.session(), web.actor(), asked, g.now) if asked else ()
    shown = [part for part in parts if not nouns or part.noun.name in nouns]
    return render_template("search/references.html", asked=asked, parts=shown)


def _norms(asked: str) -> list[norms.Norm]:
    if not service.words_of(asked):
        return []
    return [norm for _home, found in norms.find(asked, among=spoken().norms) for norm in found]
