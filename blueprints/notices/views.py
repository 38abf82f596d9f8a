"""Pages of notices: list, one notice, and a door for each verb."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.notices.forms import (
    AskForm,
    CommentForm,
    FilterForm,
    NoticeForm,
    WhyForm,
    typed_from,
)
from models.notices import Notice
from portal import access, web
from portal import notices as desk
from portal.rules import CLOSE, CORRECT, EDIT, NOTICES, READ_LEDGER, WITHDRAW

notices = Blueprint("notices", __name__, url_prefix="/notices")


@notices.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, newest first."""
    form = FilterForm(request.args)
    narrowed = desk.Filter(form.tlp.data or "", form.kind.data or "", form.state.data or "")
    page = desk.newest(
        web.session(), web.actor(), g.now, narrowed=narrowed, after=request.args.get("after", "")
    )
    drafts = desk.drafts(web.session(), web.actor(), g.now)
    return render_template(
        "notices/index.html", page=page, drafts=drafts, form=form, narrowed=narrowed
    )


@notices.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Write a notice; "who will see this" is asked before anything is saved."""
    choices = desk.choices(web.session(), web.actor(), g.now)
    if not choices["organisation"]:
        return render_template("notices/none.html"), 403
    form, reach = NoticeForm(), None
    form.offer(choices)
    if form.validate_on_submit():
        typed = {"text": form.text(web.actor().zone), "to": form.addressing(), "now": g.now}
        with web.attempt(form):
            if "look" in request.form:
                home = form.organisation.data
                reach = desk.who_will_see(web.session(), web.actor(), home, **typed)
            else:
                home = form.organisation.data
                notice = desk.draft(web.session(), web.actor(), home, **typed)
                flash(gettext("The draft is kept. Nobody outside your organisation sees it."))
                return redirect(url_for("notices.read", ref=notice.ref))
    return _form_page(form, reach, "new", None)


def _form_page(form: NoticeForm, reach: Any, verb: str, ref: str | None) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    page = render_template("notices/form.html", form=form, reach=reach, verb=verb, ref=ref)
    return page, status


@notices.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one notice as far as this person may see it."""
    reading = desk.read(web.session(), web.actor(), ref, g.now)
    return _notice_page(reading, CommentForm(), 200)


def _notice_page(reading: desk.Reading, form: CommentForm, status: int) -> ResponseReturnValue:
    session, notice = web.session(), reading.notice
    own_side = READ_LEDGER in reading.verbs
    page = render_template(
        "notices/read.html",
        reading=reading,
        notice=notice,
        verbs=reading.verbs,
        form=form,
        ask=AskForm(),
        ledger=desk.ledger_of(session, notice, g.now) if own_side else [],
        reach=desk.reach_of(session, notice, g.now) if own_side else None,
    )
    return page, status


@notices.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft."""
    return _rewrite(ref, EDIT)


@notices.route("/<ref>/correct", methods=["GET", "POST"])
def correct(ref: str) -> ResponseReturnValue:
    """Publish a corrected edition."""
    return _rewrite(ref, CORRECT)


def _rewrite(ref: str, verb: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    notice: Notice = access.enter(session, actor, verb, NOTICES, ref, g.now)
    choices = desk.choices(session, actor, g.now)
    shown = typed_from(desk.text_of(notice), desk.list_of(session, notice.id), actor.zone)
    form = NoticeForm(data={**shown, "version": notice.version})
    form.offer({**choices, "organisation": [("", "")]})
    form.organisation.data = ""
    if form.validate_on_submit():
        said = {"why": form.why.data or ""} if verb == CORRECT else {}
        act: Any = desk.correct if verb == CORRECT else desk.edit
        with web.attempt(form):
            act(
                session,
                actor,
                ref,
                text=form.text(actor.zone),
                to=form.addressing(),
                version=int(form.version.data) if (form.version.data or "").isdigit() else 0,
                now=g.now,
                **said,
            )
            flash(gettext("Your changes are kept."))
            return redirect(url_for("notices.read", ref=ref))
    return _form_page(form, None, verb, ref)


@notices.post("/<ref>/publish")
def publish(ref: str) -> ResponseReturnValue:
    """Open a draft to its readers; what is missing is said on the draft's form."""
    form = NoticeForm()
    with web.attempt(form):
        desk.publish(web.session(), web.actor(), ref, g.now)
        flash(gettext("Published. Its recipients are told by letter."))
        return redirect(url_for("notices.read", ref=ref))
    for messages in form.errors.values():
        flash(" ".join(str(message) for message in messages), "warning")
    return redirect(url_for("notices.edit", ref=ref))


@notices.post("/<ref>/acknowledge")
def acknowledge(ref: str) -> ResponseReturnValue:
    """Confirm that this edition was read."""
    desk.acknowledge(web.session(), web.actor(), ref, g.now)
    flash(gettext("Acknowledged. The author sees it."))
    return redirect(url_for("notices.read", ref=ref))


@notices.route("/<ref>/close", methods=["GET", "POST"])
def close(ref: str) -> ResponseReturnValue:
    """Say that the matter is over."""
    return _end(ref, CLOSE)


@notices.route("/<ref>/withdraw", methods=["GET", "POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take the notice back."""
    return _end(ref, WITHDRAW)


def _end(ref: str, verb: str) -> ResponseReturnValue:
    notice = access.enter(web.session(), web.actor(), verb, NOTICES, ref, g.now)
    form = WhyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            act = desk.close if verb == CLOSE else desk.withdraw
            act(web.session(), web.actor(), ref, why=form.why.data or "", now=g.now)
            flash(gettext("Done. Its recipients are told by letter."))
            return redirect(url_for("notices.read", ref=ref))
    status = 422 if form.errors else 200
    return render_template("notices/end.html", form=form, notice=notice, verb=verb), status


@notices.post("/<ref>/comment")
def comment(ref: str) -> ResponseReturnValue:
    """Remark on a notice."""
    form = CommentForm()
    if form.validate_on_submit():
        with web.attempt(form):
            desk.comment(
                web.session(),
                web.actor(),
                ref,
                text=form.text.data or "",
                to_author=form.to_author.data,
                now=g.now,
            )
            flash(gettext("Your comment is there."))
            return redirect(url_for("notices.read", ref=ref))
    return _notice_page(desk.read(web.session(), web.actor(), ref, g.now), form, 422)
