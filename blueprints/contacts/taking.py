"""Contact points from a file: a dry run shows each row, then drafts are made of what is right."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.carried_files import drafted
from blueprints.contacts.forms import ImportForm
from blueprints.contacts.views import contacts
from models.contacts import PURPOSES
from portal import access, web
from portal import contacts as service
from portal.contacts.importing import LARGEST, Line
from portal.error_handlers import no_right
from portal.forms import creates
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
        return no_right("contacts/none.html")
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
                    return drafted(made, "contacts.index")
    web.only_read()
    page = render_template("contacts/import.html", form=form, lines=lines, purposes=PURPOSES)
    return page, 422 if form.errors else 200


def _read(form: ImportForm) -> list[Line]:
    data = form.content(LARGEST)
    lines = service.read_file(data, form.missing())
    form.carry(data)
    return lines
