"""Pages on which a release is confirmed by a second person, agreed on, and goes out."""

from datetime import timedelta
from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import KeptForm, refuse_unread
from blueprints.releases.forms import AnswerForm, DeclineForm, ReplyForm
from blueprints.releases.views import releases
from models.releases import Release
from portal import access, web
from portal import releases as service
from portal.errors import Invalid
from portal.exchange.released import files_of
from portal.forms import creates
from portal.language import gettext
from portal.rules import CONFIRM, CONSENT, DECLINE, PROPOSE, RELEASES, REPLY, SIGN


@releases.post("/<ref>/propose")
@web.limiter.limit(web.WRITES_EMAILS)
def propose(ref: str) -> ResponseReturnValue:
    """Hand a draft to a second person."""
    session, actor = web.session(), web.actor()
    draft = access.authorize(session, actor, PROPOSE, RELEASES, ref, g.now)
    refuse_unread(draft.version, PROPOSE)
    try:
        service.propose(session, actor, ref, g.now)
    except Invalid as refused:
        web.start_over()
        for message in dict.fromkeys(refused.problems.values()):
            flash(gettext(message), "warning")
        return redirect(url_for("releases.edit", ref=ref))
    flash(gettext("A second person of your side is notified. They confirm what is removed."))
    return redirect(url_for("releases.read", ref=ref))


@releases.post("/<ref>/take-back")
def take_back(ref: str) -> ResponseReturnValue:
    """Make a draft of it again."""
    service.take_back(web.session(), web.actor(), ref, g.now)
    flash(gettext("The release is a draft again."))
    return redirect(url_for("releases.read", ref=ref))


@releases.route("/<ref>/confirm", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def confirm(ref: str) -> ResponseReturnValue:
    """Look at what is left, then destroy the rest."""
    web.only_read()
    session, actor = web.session(), web.actor()
    release: Release = access.authorize(session, actor, CONFIRM, RELEASES, ref, g.now)
    form, late, left = KeptForm(version=release.version), False, None
    version, tlp = release.version, release.tlp
    with web.attempt(form):
        release, left = service.look(session, actor, ref, g.now)
    if left is not None and form.validate_on_submit():
        late = form.typed_version() != version
        if not late:
            hours = current_app.config["SETTINGS"].cooling_hours
            web.write_on()
            service.confirm(
                web.session(),
                actor,
                ref,
                left=left,
                version=version,
                cooling=timedelta(hours=hours),
                now=g.now,
            )
            flash(gettext("What was marked is destroyed. All whom it concerns are notified."))
            return redirect(url_for("releases.read", ref=ref))
    form.version.data = str(version)
    page = render_template(
        "releases/confirm.html", form=form, ref=ref, tlp=tlp, left=left, late=late
    )
    return page, 409 if late else 422 if form.errors else 200


@releases.route("/<ref>/release", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def release(ref: str) -> ResponseReturnValue:
    """Look at exactly what goes out, then let it go."""
    web.only_read()
    actor = web.actor()
    going = service.outgoing(web.session(), actor, ref, g.now)
    form, late = KeptForm(version=going.version), False
    if form.validate_on_submit():
        late = form.typed_version() != going.version
        if not late:
            files = files_of(going.content)
            web.write_on()
            service.release(web.session(), actor, ref, going=going, files=files, now=g.now)
            flash(gettext("Released. Everybody can read it."))
            return redirect(url_for("releases.read", ref=ref))
    form.version.data = str(going.version)
    page = render_template(
        "releases/release.html", form=form, ref=ref, content=going.content, late=late
    )
    return page, 409 if late else 422 if form.errors else 200


@releases.route("/<ref>/sign", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def sign(ref: str) -> ResponseReturnValue:
    """Sign exactly this text for an organisation."""
    return _agree(ref, SIGN, service.sign)


@releases.route("/<ref>/consent", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def consent(ref: str) -> ResponseReturnValue:
    """Agree that one's words go out in exactly this text."""
    return _agree(ref, CONSENT, service.consent)


def _agree(ref: str, verb: str, act: Any) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    asked: Release = access.authorize(session, actor, verb, RELEASES, ref, g.now)
    form = AnswerForm(digest=asked.digest)
    late = form.is_late(asked.digest)
    if not late and form.validate_on_submit():
        act(session, actor, ref, digest=asked.digest, now=g.now)
        flash(gettext("Your answer is saved. It counts for exactly this text."))
        return redirect(url_for("releases.read", ref=ref))
    web.only_read()  # Markdown takes its time
    page = render_template("releases/agree.html", form=form, release=asked, verb=verb, late=late)
    return page, 409 if late else 200


@releases.route("/<ref>/reply", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def reply(ref: str) -> ResponseReturnValue:
    """Reply in public for the organisation that is named."""
    session, actor = web.session(), web.actor()
    asked: Release = access.authorize(session, actor, REPLY, RELEASES, ref, g.now)
    form = ReplyForm(digest=asked.digest)
    late = form.is_late(asked.digest)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            said = {"text": form.text.data or "", "digest": asked.digest}
            service.reply(session, actor, ref, **said, now=g.now)
            flash(gettext("Your reply will stand beside the text."))
            return redirect(url_for("releases.read", ref=ref))
    web.only_read()  # Markdown takes its time
    page = render_template("releases/reply.html", form=form, release=asked, late=late)
    return page, 409 if late else 422 if form.errors else 200


@releases.route("/<ref>/decline", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def decline(ref: str) -> ResponseReturnValue:
    """Decline to sign, or to have one's words released: nothing goes out."""
    session, actor = web.session(), web.actor()
    asked: Release = access.authorize(session, actor, DECLINE, RELEASES, ref, g.now)
    form = DeclineForm(digest=asked.digest)
    late = form.is_late(asked.digest)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            said = {"why": form.why.data or "", "digest": asked.digest}
            service.decline(session, actor, ref, **said, now=g.now)
            flash(gettext("You declined. Nothing goes out."))
            return redirect(url_for("releases.read", ref=ref))
    web.only_read()  # Markdown takes its time
    page = render_template("releases/decline.html", form=form, release=asked, late=late)
    return page, 409 if late else 422 if form.errors else 200
