"""Pages of harm: list, one row, all on a notice or process, receipts, withdrawal."""

from operator import attrgetter
from typing import Final

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from blueprints.drafting import Words, audience_page, end_page
from blueprints.following import may_be_followed
from blueprints.harm.filters import LIST
from blueprints.list_pages import ListPage
from blueprints.lists import Asked
from models.vocabulary import SECTORS
from portal import harm as service
from portal import web
from portal.exchange import goes_as_misp
from portal.harm import words
from portal.norms import VERIFICATION_LABELS
from portal.rules import HARM, WITHDRAW
from portal.words import N_

WITHDRAWING = Words(
    ask=N_("Withdraw row"),
    done=N_("Row withdrawn."),
    lead=N_("Its readers still see the reference and your reason, but no longer the text."),
)
harm = Blueprint("harm", __name__, url_prefix="/harm")
may_be_followed(harm, HARM)


def narrowed_by(asked: Asked) -> service.Filter:
    """What an address narrows the list to."""
    return service.Filter(
        category=asked.text("category"),
        sector=asked.text("sector"),
        state=asked.text("state"),
        party=asked.number("party"),
        quiet=asked.number("quiet"),
    )


PAGE: Final = ListPage(
    "harm", LIST, service.beside, service.listed, narrowed_by, {"party": attrgetter("organisation")}
)


@harm.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, last changed first or as the address asks."""
    return PAGE.drawn(words=words, amount_of=service.amount_of)


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
        as_misp=goes_as_misp(reading.harm.tlp),
        words=words,
        sectors=SECTORS,
        verifications=VERIFICATION_LABELS,
    )


@harm.get("/together/<ref>")
def together(ref: str) -> ResponseReturnValue:
    """Show all harm on a notice or process, and the sums of what can be summed."""
    session, actor = web.session(), web.actor()
    return render_template(
        "harm/together.html",
        all=service.together(session, actor, ref, g.now),
        may=service.may_enter(session, actor, g.now),
        words=words,
        sectors=SECTORS,
        verifications=VERIFICATION_LABELS,
        amount_of=service.amount_of,
    )


@harm.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its writers whom it reaches, and who exported it."""
    return audience_page(HARM, ref)


@harm.route("/<ref>/withdraw", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take the row back."""
    return end_page(HARM, ref, WITHDRAW, service.withdraw, WITHDRAWING)
