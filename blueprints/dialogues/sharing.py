"""Pages on which papers to read and notes of a side are added."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.dialogues.part_forms import DocumentForm, NoteForm
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import DIALOGUES
from portal.rules.verbs import ADD_DOCUMENT, WRITE_NOTE


@dialogues.route("/<ref>/add-document", methods=["GET", "POST"])
@creates
def add_document(ref: str) -> ResponseReturnValue:
    """Add something to read before the meeting."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, ADD_DOCUMENT, DIALOGUES, ref, g.now)
    related = service.related_rows(session, actor, dialogue, True, g.now)
    form = DocumentForm()
    form.offer_sight(related, service.DOCUMENT_AMONG)
    form.offer_items(related)
    if form.validate_on_submit():
        with web.attempt(form):
            said = {"title": form.title.data or "", "link": form.link.data or ""}
            shared, item = form.shared(), form.item.data
            service.add_document(session, actor, ref, **said, item=item, shared=shared, now=g.now)
            flash(gettext("Document added."))
            return redirect(url_for("dialogues.read", ref=ref, _anchor="agenda"))
    page = render_template("dialogues/documents.html", form=form, dialogue=dialogue)
    return page, 422 if form.errors else 200


@dialogues.post("/<ref>/documents/<int:number>/remove")
def remove_document(ref: str, number: int) -> ResponseReturnValue:
    """Take a paper away."""
    service.remove_document(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Document removed."))
    return redirect(url_for("dialogues.read", ref=ref, _anchor="agenda"))


@dialogues.route("/<ref>/write-note", methods=["GET", "POST"])
@creates
def write_note(ref: str) -> ResponseReturnValue:
    """Write a note for one's side, a caucus, or the organisers."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, WRITE_NOTE, DIALOGUES, ref, g.now)
    related = service.related_rows(session, actor, dialogue, True, g.now)
    form = NoteForm()
    form.offer_sight(related, service.NOTE_AMONG)
    form.offer_items(related)
    if form.validate_on_submit():
        with web.attempt(form):
            said = {"text": form.text.data or "", "item": form.item.data}
            service.write_note(session, actor, ref, **said, shared=form.shared(), now=g.now)
            flash(gettext("Note saved."))
            return redirect(url_for("dialogues.read", ref=ref, _anchor="agenda"))
    page = render_template("dialogues/notes.html", form=form, dialogue=dialogue)
    return page, 422 if form.errors else 200


@dialogues.post("/<ref>/notes/<int:number>/remove")
def remove_note(ref: str, number: int) -> ResponseReturnValue:
    """Take an own note away."""
    service.remove_note(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Note removed."))
    return redirect(url_for("dialogues.read", ref=ref, _anchor="agenda"))
