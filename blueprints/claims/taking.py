"""Claims and harm from a MISP event or a STIX bundle: a dry run first, then drafts."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from blueprints.carried_files import CarriedFileForm, drafted
from blueprints.claims.views import claims
from portal import claims as service
from portal import exchange, web
from portal.claims import words
from portal.error_handlers import no_right
from portal.exchange.reading import LARGEST
from portal.forms import creates
from portal.language import lazy_gettext as _
from portal.recipients import homes
from portal.rules import CITE_HARM, POST_CLAIM


class SaidForm(CarriedFileForm):
    """A file, and who claims what names nobody in it."""

    producer = StringField(
        _("Who claims it, where the file does not say"), validators=[Length(max=200)]
    )


@claims.route("/import", methods=["GET", "POST"])
@creates
def take() -> ResponseReturnValue:
    """Show what a file says of whom, and make drafts once that is agreed."""
    web.only_read()
    session, actor = web.session(), web.actor()
    own = homes(session, actor, POST_CLAIM, g.now)
    if not own:
        return no_right("claims/none.html")
    citing = {key for key, _name in homes(session, actor, CITE_HARM, g.now)}
    form, heard = SaidForm(), None
    form.offer(own)
    may_cite = form.organisation.data in citing
    if request.method == "POST":
        valid = form.validate()
        web.let_go()  # a file is read outside any transaction, however long that takes
        with web.attempt(form):
            heard = _heard(form) if "file" not in form.errors else None
            if valid and heard and "keep" in request.form:
                web.write_on()
                return _drafted(form.organisation.data, heard, may_cite=may_cite)
    web.only_read()
    page = render_template(
        "claims/import.html",
        form=form,
        heard=heard,
        may_cite=may_cite,
        words=words,
        confidence_of=service.confidence_of,
    )
    return page, 422 if form.errors else 200


def _heard(form: SaidForm) -> exchange.Heard:
    """Read the file and pack it for its way back; raises Invalid."""
    top = exchange.parse(form.content(LARGEST))
    heard = exchange.hear(top, g.now, " ".join((form.producer.data or "").split()))
    form.carry(exchange.slim(top))
    return heard


def _drafted(home: str, heard: exchange.Heard, *, may_cite: bool) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    made = exchange.take_claims(session, actor, home, heard.claims, g.now)
    if may_cite:
        made += exchange.take_harm(session, actor, home, heard.harm, g.now)
    return drafted(made, "claims.index")
