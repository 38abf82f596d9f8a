"""Pages of commitments: the overview, one commitment, who reads it, and its earlier terms."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from blueprints.choices import options
from blueprints.commitments.forms import STEP_MEANING, FilterForm
from blueprints.following import may_be_followed
from portal import access, norms, web
from portal import commitments as service
from portal.language import gettext
from portal.parsing import whole
from portal.receipts import FORMATS, copies_of
from portal.recipients import audience_preview, entries_of
from portal.rules import COMMITMENTS, READ_LEDGER

commitments = Blueprint("commitments", __name__, url_prefix="/commitments")
may_be_followed(commitments, COMMITMENTS)


@commitments.get("/")
def index() -> ResponseReturnValue:
    """Show the commitments that the person may see: the late ones first."""
    session, actor = web.session(), web.actor()
    form = filter_form(session, actor)
    narrowed = filter_from(form)
    page = service.overview(
        session, actor, g.now, narrowed=narrowed, after=request.args.get("after", "")
    )
    return render_template(
        "commitments/index.html",
        page=page,
        drafts=service.drafts(session, actor, g.now),
        form=form,
        narrowed=narrowed,
        asked=asked_by(form),
        move=service.next_move,
        differ=service.differ,
        scale=STEP_MEANING,
    )


def filter_form(session: Session, actor: access.Actor) -> FilterForm:
    """The narrowing that the address asks for."""
    entries = entries_of(session, actor, g.now, "organisations", "processes")
    form = FilterForm(request.args)
    form.norm.choices = options(
        [("", gettext("Any norm")), *((key, norms.label(key)) for key in norms.NORMS)]
    )
    form.party.choices = options([(0, gettext("Any party")), *entries["organisations"]])
    form.part_of.choices = options([(0, gettext("Any process")), *entries["processes"]])
    return form


def asked_by(form: FilterForm) -> dict[str, str]:
    """The narrowing as it stands in the address, and nothing else of it."""
    return {name: value for name, value in request.args.items() if name in form}


def filter_from(form: FilterForm) -> service.Filter:
    """The narrowing as the service takes it; what is garbled narrows nothing."""
    return service.Filter(
        state=form.state.data or "",
        theme=form.theme.data or "",
        norm=form.norm.data or "",
        due=form.due.data or "",
        party=whole(form.party.data) or 0,
        process=whole(form.part_of.data) or 0,
    )


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
