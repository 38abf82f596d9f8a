"""Doors of the voices: report, find, declare unmet, reply; and the evidence beside them."""

from io import BytesIO

from flask import Response, current_app, flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from blueprints.choices import options
from blueprints.commitments.forms import EvidenceForm, ReplyForm, SayForm
from blueprints.commitments.views import commitments
from models.commitments import Commitment, Milestone
from portal import access, web
from portal import commitments as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import ADD_EVIDENCE, COMMITMENTS, DECLARE_UNMET, REPLY, REPORT, VERIFY
from portal.store import Store

ACTS = {REPORT: service.report, VERIFY: service.verify, DECLARE_UNMET: service.declare_unmet}


@commitments.route("/<ref>/report", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def report(ref: str) -> ResponseReturnValue:
    """Say for one's own side how far it has come."""
    return _say(ref, REPORT)


@commitments.route("/<ref>/verify", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def verify(ref: str) -> ResponseReturnValue:
    """Say as verifier how far it has come."""
    return _say(ref, VERIFY)


@commitments.route("/<ref>/declare-unmet", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def declare_unmet(ref: str) -> ResponseReturnValue:
    """End it as not met."""
    return _say(ref, DECLARE_UNMET)


def _say(ref: str, verb: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    resource: Commitment = access.authorize(session, actor, verb, COMMITMENTS, ref, g.now)
    form = SayForm()
    form.offer(_open_steps(resource), reports=verb == REPORT, unmet=verb == DECLARE_UNMET)
    if form.validate_on_submit():
        with web.attempt(form):
            ACTS[verb](session, actor, ref, said=form.said(), now=g.now)
            flash(gettext("Report submitted. It is shown beside the other party's account."))
            return redirect(url_for("commitments.read", ref=ref))
    page = render_template("commitments/say.html", commitment=resource, form=form, verb=verb)
    return page, 422 if form.errors else 200


def _open_steps(resource: Commitment) -> list[tuple[int, str]]:
    rows: list[Milestone] = service.milestones_of(web.session(), resource)
    if len(rows) < 2 and not resource.every:
        return []
    return [
        (
            row.number,
            f"{row.title or gettext('Round %(n)s', n=row.number)}, {format_date(row.due_on)}",
        )
        for row in rows
        if row.met_at is None
    ]


@commitments.route("/<ref>/reply", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def reply(ref: str) -> ResponseReturnValue:
    """Answer a finding."""
    session, actor = web.session(), web.actor()
    resource = access.authorize(session, actor, REPLY, COMMITMENTS, ref, g.now)
    form = ReplyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.reply(session, actor, ref, words=form.words.data or "", now=g.now)
            flash(gettext("Reply saved. It is shown beside the finding."))
            return redirect(url_for("commitments.read", ref=ref))
    page = render_template("commitments/reply.html", commitment=resource, form=form)
    return page, 422 if form.errors else 200


@commitments.route("/<ref>/add-evidence", methods=["GET", "POST"])
@web.limiter.limit("120/hour", methods=["POST"])
@creates
def add_evidence(ref: str) -> ResponseReturnValue:
    """Add a file or a link that shows how far it has come."""
    form = EvidenceForm()
    shown = form.shown()  # the file is looked at before the session is begun
    session, actor = web.session(), web.actor()
    resource = access.authorize(session, actor, ADD_EVIDENCE, COMMITMENTS, ref, g.now)
    own = service.own_evidence(session, actor, resource, g.now)
    form.replaces.choices = options([("", gettext("None: this is new evidence")), *own])
    if form.validate_on_submit():
        with web.attempt(form):
            service.add_evidence(session, actor, ref, shown=shown, store=_store(), now=g.now)
            flash(gettext("Evidence added."))
            return redirect(url_for("commitments.read", ref=ref))
    page = render_template("commitments/evidence.html", commitment=resource, form=form)
    return page, 422 if form.errors else 200


@commitments.get("/<ref>/evidence/<file_ref>")
@web.records
def download(ref: str, file_ref: str) -> Response:
    """Hand a file of evidence out: always to be saved, never shown; nothing kept on the way."""
    evidence, content = service.open_evidence(
        web.session(), web.actor(), ref, file_ref, _store(), g.now
    )
    answer = send_file(
        BytesIO(content),
        mimetype=evidence.media_type,
        as_attachment=True,
        download_name=evidence.file_name,
        conditional=False,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Accept-Ranges"] = "none"
    return answer


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store
