"""One's own sign-ins, each of which can be ended, one's own zone and calendar feed."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.account.browsers import browser
from blueprints.account.forms import DigestForm, ZoneForm
from portal import dialogues, signins, stakeholders, web
from portal.language import gettext, ngettext

account = Blueprint("account", __name__, url_prefix="/account")


@account.post("/make-feed")
@web.limiter.limit("20/hour")
def make_feed() -> ResponseReturnValue:
    """Make the address of one's own calendar feed, and show it this once."""
    key = dialogues.make_feed(web.session(), web.actor(), g.now)
    base_url = current_app.config["SETTINGS"].base_url
    # Shown at once and not after a redirect, which would have to keep the key somewhere.
    return render_template("account/feed.html", address=f"{base_url}/feeds/calendar/{key}.ics")


@account.post("/revoke-feed")
def revoke_feed() -> ResponseReturnValue:
    """Shut one's own calendar feed."""
    dialogues.revoke_feed(web.session(), web.actor(), g.now)
    flash(gettext("Your calendar feed is closed. Its address no longer works."))
    return redirect(url_for("account.index"))


@account.get("/")
def index() -> ResponseReturnValue:
    """Show what concerns oneself."""
    return _page(), 200


@account.post("/edit")
def edit() -> ResponseReturnValue:
    """Change one's own time zone."""
    form = ZoneForm()
    if form.validate_on_submit():
        stakeholders.edit_person(web.session(), web.actor(), form.zone.data, g.now)
        flash(gettext("Time zone saved."))
        return redirect(url_for("account.index"))
    return _page(form), 422


@account.post("/set-digest")
def set_digest() -> ResponseReturnValue:
    """Choose single e-mails or one summary a day for what asks nothing of oneself."""
    form = DigestForm()
    if form.validate_on_submit():
        chosen = {"digest": form.digest.data, "hour": form.digest_hour.data}
        stakeholders.set_digest(web.session(), web.actor(), **chosen, now=g.now)
        flash(gettext("Your choice of e-mails is saved."))
        return redirect(url_for("account.index", _anchor="e-mails"))
    return _page(digest=form), 422


@account.post("/close-tour")
def close_tour() -> ResponseReturnValue:
    """Close the tour of one's first visit."""
    stakeholders.close_tour(web.session(), web.actor(), g.now)
    return redirect(url_for("overview.index"))


def _page(form: ZoneForm | None = None, digest: DigestForm | None = None) -> str:
    chosen, hour = stakeholders.digest_of(web.session(), web.actor())
    rows = signins.mine(web.session(), web.actor(), current_app.extensions["limits"], g.now)
    made_at = dialogues.feed_made_at(web.session(), web.actor())
    offers = stakeholders.offers_to_me(web.session(), web.actor(), g.now)
    return render_template(
        "account/index.html",
        form=form or ZoneForm(formdata=None, zone=web.actor().zone),
        digest=digest or DigestForm(formdata=None, digest=chosen, digest_hour=hour),
        rows=rows[: signins.SHOWN],
        more=len(rows) > signins.SHOWN,
        browser=browser,
        made_at=made_at,
        offers=offers,
    )


@account.post("/sign-ins/<int:key>/end")
def end(key: int) -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    signins.end(web.session(), web.actor(), key, g.now)
    flash(gettext("Sign-in ended."))
    return redirect(url_for("account.index"))


@account.post("/sign-ins/end-others")
def end_others() -> ResponseReturnValue:
    """End all one's own sign-ins but this one."""
    limits = current_app.extensions["limits"]
    many = signins.end_others(web.session(), web.actor(), limits, g.now)
    flash(ngettext("One sign-in ended.", "%(num)s sign-ins ended.", num=many))
    return redirect(url_for("account.index"))
