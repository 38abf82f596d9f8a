"""Pages of commitments: the overview, one commitment, who reads it, and its earlier terms."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.commitments.filters import LIST, filter_from
from blueprints.commitments.forms import STEP_MEANING
from blueprints.following import may_be_followed
from blueprints.list_fields import names_to_choose
from blueprints.lists import Asked
from portal import access, search, web
from portal import commitments as service
from portal.commitments import consequences
from portal.language import gettext
from portal.receipts import FORMATS, copies_of
from portal.recipients import audience_preview
from portal.rules import COMMITMENTS, READ_LEDGER
from portal.walks import Hits

commitments = Blueprint("commitments", __name__, url_prefix="/commitments")
may_be_followed(commitments, COMMITMENTS)


@commitments.get("/")
def index() -> ResponseReturnValue:
    """Show the commitments that the person may see: the late ones first, or as it is asked."""
    session, actor = web.session(), web.actor()
    beside = service.beside(session, actor, g.now)
    asked = Asked(LIST, request.args, names_to_choose, request.path, beside.views)
    if asked.default:
        return redirect(asked.default)
    narrowed = filter_from(asked)
    page = service.overview(
        session,
        actor,
        g.now,
        narrowed=narrowed,
        after=asked.after,
        order=asked.order,
        hits=hits_of(asked),
    )
    return render_template(
        "commitments/index.html",
        page=page,
        beside=beside,
        asked=asked,
        narrowed=narrowed,
        groups=asked.groups(page.rows, group_names(asked)),
        move=service.next_move,
        differ=service.differ,
        scale=STEP_MEANING,
    )


def group_names(asked: Asked) -> dict[str, Callable[[Any], str]]:
    """By group the heading that a row stands under: of processes those that the person knows."""
    return {
        "party": attrgetter("promisor"),
        "process": lambda row: asked.name_of("processes", row.process_id),
    }


def hits_of(asked: Asked) -> Hits | None:
    """What has the words that are asked for; None where none are."""
    return search.hits_of("commitments", asked.text("q"), web.session().get_bind().dialect.name)


def what_is_asked() -> Asked:
    """What the address asks of the list, for what is made of all its rows."""
    return Asked(LIST, request.args, names_to_choose)


@commitments.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one commitment as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return render_template(
        "commitments/read.html",
        reading=reading,
        commitment=reading.commitment,
        verbs=reading.verbs,
        related=reading.related,
        standing=service.standing(reading, g.now),
        accounts=service.statements_picture(reading, g.now),
        scale=STEP_MEANING,
        questions=consequences.asked_of(reading.commitment),
    )


@commitments.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show the promisor's side who can read it."""
    session = web.session()
    commitment = access.authorize(session, web.actor(), READ_LEDGER, COMMITMENTS, ref, g.now)
    return render_template(
        "commitments/read_ledger.html",
        commitment=commitment,
        copies=copies_of(session, COMMITMENTS, commitment),
        formats=FORMATS,
        preview=audience_preview(session, web.actor(), COMMITMENTS, commitment, g.now),
    )


@commitments.get("/<ref>/read-terms/<int:number>")
def read_terms(ref: str, number: int) -> ResponseReturnValue:
    """Show the parties what an edition of the terms changed, word by word."""
    found, pair, changes = service.read_terms(web.session(), web.actor(), ref, number, g.now)
    return render_template(
        "commitments/changes.html",
        commitment=found,
        changes=changes,
        why=pair[1].why,
        heading=gettext("Changes in version %(n)s of the terms", n=number),
    )


@commitments.get("/<ref>/asked/<int:number>")
def asked(ref: str, number: int) -> ResponseReturnValue:
    """Show the parties what an amendment would change, word by word."""
    found, amendment, changes = service.compare_asked(
        web.session(), web.actor(), ref, number, g.now
    )
    return render_template(
        "commitments/changes.html",
        commitment=found,
        changes=changes,
        why=amendment.why,
        heading=gettext("Requested changes"),
    )
