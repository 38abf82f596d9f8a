"""Pages of claims: list, one claim, side by side, receipts, withdrawal."""

from operator import attrgetter
from typing import Final

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from blueprints.claims.drawing import drawn
from blueprints.claims.filters import LIST
from blueprints.drafting import Words, audience_page, end_page
from blueprints.following import may_be_followed
from blueprints.list_pages import ListPage
from blueprints.lists import Asked
from portal import claims as service
from portal import web
from portal.claims import words
from portal.exchange import goes_as_misp
from portal.norms import VERIFICATION_LABELS
from portal.rules import CLAIMS, WITHDRAW
from portal.words import N_

WITHDRAWING = Words(
    ask=N_("Withdraw claim"),
    done=N_("Claim withdrawn."),
    lead=N_("Its readers still see the reference and your reason, but no longer the text."),
)
claims = Blueprint("claims", __name__, url_prefix="/claims")
may_be_followed(claims, CLAIMS)


def narrowed_by(asked: Asked) -> service.Filter:
    """What an address narrows the list to."""
    return service.Filter(
        form=asked.text("form"),
        stance=asked.text("stance"),
        state=asked.text("state"),
        party=asked.number("party"),
        quiet=asked.number("quiet"),
    )


PAGE: Final = ListPage(
    "claims",
    LIST,
    service.beside,
    service.listed,
    narrowed_by,
    {"claimant": attrgetter("claimant")},
)


@claims.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, last changed first or as the address asks."""
    return PAGE.drawn(words=words)


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
        as_misp=goes_as_misp(reading.claim.tlp),
        words=words,
        verifications=VERIFICATION_LABELS,
    )


@claims.get("/side-by-side/<ref>")
def side_by_side(ref: str) -> ResponseReturnValue:
    """Show the claims on a notice or a process beside one another, by day and as a table."""
    session, actor = web.session(), web.actor()
    beside = service.side_by_side(session, actor, ref, g.now)
    return render_template(
        "claims/side_by_side.html",
        beside=beside,
        drawing=drawn(beside),
        may_post=service.may_post(session, actor, g.now),
        words=words,
        verifications=VERIFICATION_LABELS,
        confidence_of=service.confidence_of,
    )


@claims.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its writers whom it reaches, and who exported it."""
    return audience_page(CLAIMS, ref)


@claims.route("/<ref>/withdraw", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take the claim back."""
    return end_page(CLAIMS, ref, WITHDRAW, service.withdraw, WITHDRAWING)
