"""Doors of redacted versions: made by one writer, changed, and confirmed by another."""

from textwrap import shorten
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from blueprints.audience_forms import LISTS, KeptForm, ReadersForm
from blueprints.choices import Needed, options
from blueprints.meanwhile import fields_saved_meanwhile
from blueprints.records.views import records
from models.records import Record, RecordEdition
from portal import access, web
from portal import records as service
from portal.comparing import Change
from portal.forms import creates
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.recipients import RecipientList, audience_preview, choices, list_of
from portal.rules import EDIT, RECORDS
from portal.rules.verbs import CONFIRM, REDACT

LOOK, SHOWN = "look", 200
SORTS = {
    "points": _("the whole point"),
    "notes": _("discussion"),
    "positions": _("position"),
    "decisions": _("decision"),
    "actions": _("action items"),
}


@records.app_template_filter("bars")
def bars(text: str, on_paper: bool = False) -> Markup:
    """A text (or HTML made of one) with its bars drawn, and said in words to who hears it."""
    words = escape(gettext("removed"))
    drawn = Markup('<strong class="go-gone">{}</strong>').format(words)
    if not on_paper:
        drawn = Markup(
            '<span class="go-gone" aria-hidden="true">{}</span>'
            '<span class="visually-hidden">[{}]</span>'
        ).format(service.BAR, words)
    return escape(text).replace(service.BAR, drawn)


class RedactForm(ReadersForm):
    """What is taken out, under which title, and who may read what is left."""

    title = StringField(
        _("Title of the redacted version"),
        validators=[
            Needed(_("Give the version a title of its own."), in_look=False),
            Length(max=200),
        ],
    )
    passages = SelectMultipleField(_("Passages to remove"), validate_choice=False)
    names = SelectMultipleField(_("Names to remove everywhere"), validate_choice=False)
    words = TextAreaField(_("Other words to remove everywhere"), validators=[Length(max=20_000)])

    def version_said(self) -> service.Version:
        """What was marked, as the service takes it."""
        known = {value for value, *_more in self.names.iter_choices()}
        typed = [line.strip() for line in (self.words.data or "").splitlines()]
        words = [name for name in self.names.data or () if name in known] + typed
        marks = service.Marks(
            frozenset(self.passages.data or ()), tuple(dict.fromkeys(filter(None, words)))
        )
        return service.Version(self.title.data or "", str(self.tlp.data or ""), marks)


def _label(one: service.Passage) -> str:
    # A part names its point, so that each tick says by itself what it takes out.
    part = " · ".join(filter(None, (one.title, str(SORTS[one.type]))))
    return f"{part}: {shorten(one.words, SHOWN, placeholder=' …')}" if one.words else str(part)


def _form(record: Record, to: RecipientList | None = None) -> tuple[Any, service.Behind]:
    session, actor = web.session(), web.actor()
    found = service.behind(session, record)
    names = service.suggested(session, found)
    data: dict[str, Any] = {"version": record.version}
    if to is not None:
        kept = service.version_of(record, found)
        data |= {"title": kept.title, "tlp": kept.tlp, "passages": sorted(kept.marks.passages)}
        data["names"] = [word for word in kept.marks.words if word in names]
        data["words"] = "\n".join(word for word in kept.marks.words if word not in names)
        data |= {name: sorted(getattr(to, name)) for name in LISTS}
    form = RedactForm(data=data)
    form.names.choices = options((name, name) for name in names)
    form.passages.choices = options(
        (one.name, _label(one)) for one in service.passages_of(found.text)
    )
    form.offer(choices(session, actor, g.now))
    return form, found


def _said(form: RedactForm, found: service.Behind, to: RecipientList) -> Any:
    # What mark-up would still show is tried now, and only then is anything begun that writes.
    said = {"version": service.tried(form.version_said(), found), "to": to, "now": g.now}
    web.write_on()
    return said


@records.route("/<ref>/redact", methods=["GET", "POST"])
@creates
def redact(ref: str) -> ResponseReturnValue:
    """Begin a redacted version of an adopted record; a look at it comes before it is kept."""
    web.only_read()
    session, actor = web.session(), web.actor()
    source: Record = access.authorize(session, actor, REDACT, RECORDS, ref, g.now)
    (form, found), preview = _form(source), None
    if form.validate_on_submit():
        said = _said(form, found, form.recipient_list())
        with web.attempt(form):
            if LOOK in request.form:
                preview = service.preview(web.session(), actor, ref, **said)
            else:
                made = service.redact(web.session(), actor, ref, **said)
                flash(
                    gettext(
                        "Redacted version saved. Another writer confirms it before anyone else can "
                        "read it."
                    )
                )
                return redirect(url_for("records.read", ref=made.ref))
    return _page(source.ref, source.tlp, form, preview, REDACT)


@records.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Take out something else, or let it go to others."""
    web.only_read()
    session, actor = web.session(), web.actor()
    record: Record = access.authorize(session, actor, EDIT, RECORDS, ref, g.now)
    kept = list_of(session, record)
    (form, found), preview, theirs = _form(record, kept), None, None
    tlp, version = record.tlp, record.version
    if form.validate_on_submit():
        said = _said(form, found, form.recipient_list(kept))
        if form.typed_version() != version:
            theirs = fields_saved_meanwhile(form, version)
        else:
            with web.attempt(form):
                if LOOK in request.form:
                    preview = service.preview_edit(web.session(), actor, ref, **said)
                else:
                    service.edit(web.session(), actor, ref, seen=version, **said)
                    flash(gettext("Changes saved. Another writer confirms them."))
                    return redirect(url_for("records.read", ref=ref))
            form.version.data = str(version)
    return _page(ref, tlp, form, preview, EDIT, theirs, form.unseen(kept))


def _page(
    ref: str,
    tlp: str,
    form: RedactForm,
    preview: service.Preview | None,
    verb: str,
    theirs: list[Change] | None = None,
    unseen: int = 0,
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "records/redact.html",
        ref=ref,
        tlp=tlp,
        form=form,
        preview=preview,
        verb=verb,
        theirs=theirs,
        unseen=unseen,
        unfit=form.unfit(),
    )
    return page, 409 if theirs is not None else 422 if form.errors else 200


@records.route("/<ref>/confirm", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def confirm(ref: str) -> ResponseReturnValue:
    """Look at what is left and at whom it reaches, then let it go."""
    session, actor = web.session(), web.actor()
    record: Record = access.authorize(session, actor, CONFIRM, RECORDS, ref, g.now)
    form, late = KeptForm(version=record.version), False
    if form.validate_on_submit():
        late = form.typed_version() != record.version
        if not late:
            with web.attempt(form):
                service.confirm(session, actor, ref, seen=form.typed_version(), now=g.now)
                flash(gettext("Redacted version confirmed. Its readers are notified."))
                return redirect(url_for("records.read", ref=ref))
            record = access.authorize(session, actor, CONFIRM, RECORDS, ref, g.now)
    form.version.data = str(record.version)
    web.only_read()
    page = render_template(
        "records/confirm.html",
        record=record,
        form=form,
        late=late,
        text=session.get_one(RecordEdition, (record.id, record.edition)).text,
        preview=audience_preview(session, actor, RECORDS, record, g.now),
    )
    return page, 409 if late else 422 if form.errors else 200
