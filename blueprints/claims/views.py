"""Pages of claims: list, one claim, side by side, receipts, withdrawal."""

from operator import attrgetter

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import WhyForm
from blueprints.claims.filters import LIST
from blueprints.following import may_be_followed
from blueprints.lists import Asked
from portal import access, search, web
from portal import claims as service
from portal.claims import words
from portal.language import gettext
from portal.norms import VERIFICATION_LABELS
from portal.receipts import FORMATS, copies_of
from portal.recipients import audience_preview
from portal.rules import CLAIMS, READ_LEDGER, WITHDRAW

claims = Blueprint("claims", __name__, url_prefix="/claims")
may_be_followed(claims, CLAIMS)


@claims.get("/")
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
            form=asked.text("form"),
            stance=asked.text("stance"),
            state=asked.text("state"),
            party=asked.number("party"),
            quiet=asked.number("quiet"),
        ),
        after=asked.after,
        order=asked.order,
        hits=search.hits_of("claims", asked.text("q"), session.get_bind().dialect.name),
    )
    return render_template(
        "claims/index.html",
        page=page,
        beside=beside,
        asked=asked,
        groups=asked.groups(page.rows, {"claimant": attrgetter("claimant")}),
        words=words,
    )


@claims.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one claim as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    web.let_go()
    return render_template(
        "claims/read.html",
        reading=reading,
        claim=reading.claim,
        verbs=reading.verbs,
        related=reading.related,
        confidence=service.confidence_of(reading.claim.scale, reading.claim.confidence),
        words=words,
        verifications=VERIFICATION_LABELS,
    )


@claims.get("/side-by-side/<ref>")
def side_by_side(ref: str) -> ResponseReturnValue:
    """Show the claims on a notice or a process beside one another, by day and as a table."""
    beside = service.side_by_side(web.session(), web.actor(), ref, g.now)
    return render_template(
        "claims/side_by_side.html",
        beside=beside,
        words=words,
        verifications=VERIFICATION_LABELS,
        confidence_of=service.confidence_of,
    )


@claims.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its writers whom it reaches, and who exported it."""
    session, actor = web.session(), web.actor()
    claim = access.authorize(session, actor, READ_LEDGER, CLAIMS, ref, g.now)
    return render_template(
        "claims/read_ledger.html",
        claim=claim,
        preview=audience_preview(session, actor, CLAIMS, claim, g.now),
        copies=copies_of(session, CLAIMS, claim),
        formats=FORMATS,
    )


@claims.route("/<ref>/withdraw", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take the claim back."""
    claim = access.authorize(web.session(), web.actor(), WITHDRAW, CLAIMS, ref, g.now)
    form = WhyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.withdraw(web.session(), web.actor(), ref, why=form.why.data or "", now=g.now)
            flash(gettext("Claim withdrawn."))
            return redirect(url_for("claims.read", ref=ref))
    page = render_template("claims/end.html", form=form, claim=claim)
    return page, 422 if form.errors else 200
