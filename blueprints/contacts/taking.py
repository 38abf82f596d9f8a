"""Contact points from a file: a dry run shows each row, then drafts are made of what is right."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.carried_files import packed, unpacked
from blueprints.contacts.forms import ImportForm
from blueprints.contacts.views import contacts
from models.contacts import PURPOSES
from portal import access, web
from portal import contacts as service
from portal.contacts.importing import LARGEST, Line
from portal.forms import creates
from portal.language import ngettext
from portal.recipients import homes
from portal.rules import ADD_CONTACT, ORGANISATIONS


@contacts.route("/import", methods=["GET", "POST"])
@creates
def take() -> ResponseReturnValue:
    """Show what a file would give, and make the drafts once that is agreed."""
    web.only_read()
    session, actor = web.session(), web.actor()
    own = homes(session, actor, ADD_CONTACT, g.now)
    if not own:
        return render_template("contacts/none.html"), 403
    form, lines = ImportForm(), list[Line]()
    form.offer(own)
    if request.method == "POST":
        valid = form.validate()
        web.let_go()  # a file is read outside any transaction
        with web.attempt(form):
            lines = _read(form) if valid else []
            if valid:
                web.write_on()
                session, ref = web.session(), form.organisation.data
                home = access.authorize(session, actor, ADD_CONTACT, ORGANISATIONS, ref, g.now)
                lines = service.with_those_there(session, actor, home.id, lines, g.now)
                if "keep" in request.form:
                    made = service.import_all(session, actor, ref, lines, g.now)
                    flash(
                        ngettext(
                            "%(num)s draft created. Check it, and choose who may see it.",
                            "%(num)s drafts created. Check them, and choose who may see them.",
                            made,
                        )
                    )
                    return redirect(url_for("contacts.index"))
    web.only_read()
    page = render_template("contacts/import.html", form=form, lines=lines, purposes=PURPOSES)
    return page, 422 if form.errors else 200


def _read(form: ImportForm) -> list[Line]:
    carried, form.carried.data = form.carried.data, ""
    data = unpacked(carried, LARGEST) if carried else form.read_file()
    lines = service.read_file(data, form.missing())
    form.carried.data = packed(data)
    return lines
