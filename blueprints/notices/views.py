"""Pages of notices: list, one notice, who reads it, and a door for each verb but writing."""

from operator import attrgetter

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import edition_read
from blueprints.drafting import Words, end_page
from blueprints.following import may_be_followed
from blueprints.list_fields import names_to_choose
from blueprints.lists import Asked
from blueprints.notices.filters import LIST
from blueprints.notices.forms import CommentForm, FileForm
from blueprints.on_behalf import acting_on, whoever_acts
from portal import access, search, web
from portal import notices as service
from portal.errors import Invalid
from portal.exchange import goes_as_misp
from portal.forms import creates
from portal.language import gettext, ngettext
from portal.receipts import FORMATS, copies_of
from portal.recipients import audience_preview
from portal.rules import CLOSE, NOTICES, READ_LEDGER, WITHDRAW
from portal.words import N_

UPDATED = N_("Notice updated. Its recipients are notified.")
CLOSING = Words(
    ask=N_("Close notice"),
    done=UPDATED,
    lead=N_("It stays readable, and nobody is asked to acknowledge it any more."),
)
WITHDRAWING = Words(
    ask=N_("Withdraw notice"),
    done=UPDATED,
    lead=N_("Its readers still see the reference and your reason, but no longer the text."),
)
notices = Blueprint("notices", __name__, url_prefix="/notices")
may_be_followed(notices, NOTICES)


@notices.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, newest first or as the address asks."""
    session, actor = web.session(), web.actor()
    beside = service.beside(session, actor, g.now)
    asked = Asked(LIST, request.args, names_to_choose, request.path, beside.views)
    if asked.default:
        return redirect(asked.default)
    page = service.newest(
        session,
        actor,
        g.now,
        narrowed=service.Filter(
            tlp=asked.text("tlp"),
            kind=asked.text("kind"),
            state=asked.text("state"),
            severity=asked.text("severity"),
            course=asked.text("course"),
            party=asked.number("party"),
            unanswered=bool(asked.text("unanswered")),
            quiet=asked.number("quiet"),
        ),
        after=asked.after,
        order=asked.order,
        hits=search.hits_of("notices", asked.text("q"), session.get_bind().dialect.name),
    )
    return render_template(
        "notices/index.html",
        page=page,
        beside=beside,
        asked=asked,
        groups=asked.groups(page.rows, {"party": attrgetter("organisation")}),
    )


@notices.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one notice as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return notice_page(reading, CommentForm(), FileForm(), 200)


def notice_page(
    reading: service.Reading, form: CommentForm, upload: FileForm, status: int
) -> ResponseReturnValue:
    """The page of a notice, with its two forms as they were sent; its reading is kept before."""
    acting = acting_on(NOTICES, reading.notice.id)
    web.let_go()
    page = render_template(
        "notices/read.html",
        acting=acting,
        reading=reading,
        notice=reading.notice,
        verbs=reading.verbs,
        as_misp=goes_as_misp(reading.notice.tlp),
        related=reading.related,
        form=form,
        upload=upload,
    )
    return page, status


@notices.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show the author's side who can read it, and how far each recipient has come."""
    session, actor = web.session(), web.actor()
    notice = access.authorize(session, actor, READ_LEDGER, NOTICES, ref, g.now)
    ledger = service.read_ledger(session, actor, notice, g.now) if notice.published_at else []
    return render_template(
        "notices/read_ledger.html",
        notice=notice,
        ledger=ledger,
        totals=service.totals(ledger),
        only=request.args.get("only", ""),
        can_be_reminded=service.can_be_reminded,
        preview=audience_preview(session, actor, NOTICES, notice, g.now),
        copies=copies_of(session, NOTICES, notice),
        formats=FORMATS,
    )


@notices.post("/<ref>/remind")
@web.limiter.limit(web.WRITES_EMAILS)
def remind(ref: str) -> ResponseReturnValue:
    """Remind those who are ticked, or all who are shown, to acknowledge."""
    only = request.form.get("only", "")
    people = request.form.getlist("person")
    status = (only or "all") if "all" in request.form else ""
    try:
        count = service.remind(
            web.session(), web.actor(), ref, people=people, status=status, now=g.now
        )
    except Invalid as refused:
        web.start_over()
        flash(gettext(next(iter(refused.problems.values()))), "warning")
    else:
        flash(
            ngettext(
                "%(num)s person has been reminded.", "%(num)s people have been reminded.", count
            )
        )
    return redirect(url_for("notices.read_ledger", ref=ref, only=only or None))


@notices.get("/<ref>/editions/<int:number>")
def edition(ref: str, number: int) -> ResponseReturnValue:
    """Show what a correction changed."""
    notice, pair, changes = service.compare(web.session(), web.actor(), ref, number, g.now)
    return render_template("notices/edition.html", notice=notice, pair=pair, changes=changes)


@notices.post("/<ref>/acknowledge")
def acknowledge(ref: str) -> ResponseReturnValue:
    """Confirm that this edition was read, for oneself or as an alternate."""
    service.acknowledge(web.session(), whoever_acts(), ref, g.now, edition=edition_read())
    flash(gettext("Notice acknowledged. Its author can see this."))
    return redirect(url_for("notices.read", ref=ref))


@notices.route("/<ref>/close", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def close(ref: str) -> ResponseReturnValue:
    """Say that the resource is over."""
    return end_page(NOTICES, ref, CLOSE, service.close, CLOSING)


@notices.route("/<ref>/withdraw", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take the notice back."""
    return end_page(NOTICES, ref, WITHDRAW, service.withdraw, WITHDRAWING)


@notices.post("/<ref>/comment")
@web.limiter.limit(web.WRITES_EMAILS)
@creates
def comment(ref: str) -> ResponseReturnValue:
    """Comment on a notice."""
    form = CommentForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.comment(
                web.session(),
                web.actor(),
                ref,
                text=form.text.data or "",
                to_author=form.to_author.data,
                edition=form.seen(),
                now=g.now,
            )
            flash(gettext("Comment added."))
            return redirect(url_for("notices.read", ref=ref))
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return notice_page(reading, form, FileForm(), 422)
