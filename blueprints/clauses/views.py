"""The library as everybody reads it: all clauses by theme, and each on a page of its own."""

from typing import Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.clauses.forms import FilterForm
from models.vocabulary import PROMISORS, THEMES
from portal import clauses as service
from portal import web
from portal.days import EVERY
from portal.norms import INSTRUMENTS, NORMS, label

clauses = Blueprint("clauses", __name__, url_prefix="/clauses")
# What the pages of clauses put into words.
WORDS: dict[str, Any] = {
    "themes": THEMES,
    "every": EVERY,
    "norms": NORMS,
    "label": label,
    "promisors": PROMISORS,
    "instruments": {one.key: one for one in INSTRUMENTS},
}


@clauses.get("/")
def index() -> ResponseReturnValue:
    """List the clauses to start a commitment from, by theme, filtered by theme and words."""
    session, actor, form = web.session(), web.actor(), FilterForm(request.args)
    rows = service.listing(
        session,
        actor,
        g.now,
        theme=form.theme.data or "",
        words=(form.words.data or "")[:100],
    )
    return render_template(
        "clauses/index.html",
        form=form,
        rows=rows,
        retired=service.retired(session, actor, g.now),
        verbs=service.of_library(session, actor, g.now),
        **WORDS,
    )


@clauses.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show one clause with the norms it is relevant to and the policy beside it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return render_template(
        "clauses/read.html",
        clause=reading.clause,
        verbs=reading.verbs,
        usable=reading.usable,
        **WORDS,
    )
