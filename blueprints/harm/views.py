"""Pages of harm: list, one row, all on a notice or process, receipts, withdrawal."""

from operator import attrgetter

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import WhyForm
from blueprints.following import may_be_followed
from blueprints.harm.filters import LIST
from blueprints.lists import Asked
from models.vocabulary import SECTORS
from portal import access, search, web
from portal import harm as service
from portal.harm import words
from portal.language import gettext
from portal.norms import VERIFICATION_LABELS
from portal.receipts import FORMATS, copies_of
from portal.recipients import audience_preview
from portal.rules import HARM, READ_LEDGER, WITHDRAW

harm = Blueprint("harm", __name__, url_prefix="/harm")
may_be_followed(harm, HARM)


@harm.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, last changed first or as the address asks."""
    session, actor = web.session(), web.actor()
    beside = service.beside(session, actor, g.now)
    asked = Asked(LIST, request.args, beside.entries, request.path)
    page = service.listed(
        session,
        actor,
        g.now,
        narrowed=service.Filter(
            category=asked.text("category"),
            sector=asked.text("sector"),
            state=asked.text("state"),
            party=asked.number("party"),
            quiet=asked.number("quiet"),
        ),
        after=asked.after,
        order=asked.order,
        hits=search.hits_of("harm", asked.text("q"), session.get_bind().dialect.name),
    )
    return render_template(
        "harm/index.html",
        page=page,
        beside=beside,
        asked=asked,
        groups=asked.groups(page.rows, {"party": attrgetter("organisation")}),
        words=words,
        amount_of=service.amount_of,
    )


@harm.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one row as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    web.let_go()
    return render_template(
        "harm/read.html",
        reading=reading,
        harm=reading.harm,
        verbs=reading.verbs,
        words=words,
        sectors=SECTORS,
        verifications=VERIFICATION_LABELS,
    )


@harm.get("/together/<ref>")
def together(ref: str) -> ResponseReturnValue:
    """Show all harm on a notice or process, and the sums of what can be summed."""
    return render_template(
        "harm/together.html",
        all=service.together(web.session(), web.actor(), ref, g.now),
        words=words,
        sectors=SECTORS,
        verifications=VERIFICATION_LABELS,
        amount_of=service.amount_of,
    )


@harm.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its writers whom it reaches, and who exported it."""
    session, actor = web.session(), web.actor()
    row = access.authorize(session, actor, READ_LEDGER, HARM, ref, g.now)
    return render_template(
        "harm/read_ledger.html",
        harm=row,
        preview=audience_preview(session, actor, HARM, row, g.now),
        copies=copies_of(session, HARM, row),
        formats=FORMATS,
    )


@harm.route("/<ref>/withdraw", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take the row back."""
    row = access.authorize(web.session(), web.actor(), WITHDRAW, HARM, ref, g.now)
    form = WhyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.withdraw(web.session(), web.actor(), ref, why=form.why.data or "", now=g.now)
            flash(gettext("Row withdrawn."))
            return redirect(url_for("harm.read", ref=ref))
    page = render_template("harm/end.html", form=form, harm=row)
    return page, 422 if form.errors else 200
