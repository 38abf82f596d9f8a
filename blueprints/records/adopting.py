"""Doors of adoption: sent round, taken back, remarked on, objected to; editions compared."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from blueprints.audience_forms import AskForm, KeptForm, edition_read
from blueprints.choices import options
from blueprints.numbers import WholeField
from blueprints.on_behalf import whoever_acts
from blueprints.records.views import records
from models.dialogues import Dialogue
from models.records import Record
from portal import access, web
from portal import records as service
from portal.access import Actor
from portal.errors import NotFound, PortalError, Refused, TooLate
from portal.forms import BaseForm, creates
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.on_behalf import admit
from portal.parsing import whole
from portal.rules import READ_LEDGER, READ_TEXT, RECORDS
from portal.rules.verbs import AGREE, COMMENT, OBJECT, OBJECT_LATE, RECALL

LONGEST = 5000


class CirculateForm(BaseForm):
    """For how long there is silence, and for which text names were looked at."""

    days = WholeField(
        _("Length of the silence procedure in days"), default=5, validators=[InputRequired()]
    )
    until = DateTimeLocalField(
        _("Or until this day and hour"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        validators=[Optional()],
    )
    looked = BooleanField(_("I have checked these names; they may stay in the text"))
    sha256 = HiddenField()


class _PassageForm(KeptForm):
    # Of what goes round, `version` is the edition that was read.
    point = SelectField(_("Concerns"), validate_choice=False)

    def offer(self, points: list[tuple[int, str]]) -> None:
        """Put the points of the record into the list."""
        named = [(str(number), f"{number}. {title}") for number, title in points]
        self.point.choices = options([("", gettext("The minutes as a whole")), *named])

    def number(self) -> int | None:
        """The number of the point that was chosen; 0 fits none."""
        return (whole(self.point.data) or 0) if self.point.data else None


class CommentForm(_PassageForm):
    """A remark on a passage."""

    words = TextAreaField(_("Comment"), validators=[Length(max=LONGEST)])


class ObjectForm(_PassageForm):
    """An objection and its reason."""

    why = TextAreaField(_("Reason for your objection"), validators=[Length(max=LONGEST)])


@records.route("/<ref>/circulate", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def circulate(ref: str) -> ResponseReturnValue:
    """Look once more at what goes round and to how many, then send it."""
    session, actor = web.session(), web.actor()
    found = service.ready(session, actor, ref, g.now)
    form, late = CirculateForm(data={"days": found.record.silence_days}), False
    if form.validate_on_submit():
        late = form.sha256.data != found.sha256
        if not late:
            with web.attempt(form):
                said: Any = {"days": form.days.data or 0, "until": form.until.data}
                said |= {"looked": form.looked.data}
                service.circulate(session, actor, ref, sha256=found.sha256, now=g.now, **said)
                flash(gettext("Minutes circulated. Those who attended are notified."))
                return redirect(url_for("records.read", ref=ref))
    if form.errors:
        found = service.ready(session, actor, ref, g.now)
    if late:
        form.looked.data = False  # it was ticked for another text
    form.sha256.data = found.sha256
    page = render_template(
        "records/circulate.html",
        form=form,
        found=found,
        record=found.record,
        text=found.text,
        late=late,
        most=service.MOST_DAYS,
    )
    return page, 409 if late else 422 if form.errors else 200


@records.route("/<ref>/recall", methods=["GET", "POST"])
@web.writes
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def recall(ref: str) -> ResponseReturnValue:
    """Ask once more, then take back what was sent round."""
    session, actor = web.session(), web.actor()
    service.settle_silence(session, ref, g.now)
    try:
        record: Record = access.authorize(session, actor, RECALL, RECORDS, ref, g.now)
    except Refused:
        access.authorize(session, actor, READ_LEDGER, RECORDS, ref, g.now)
        raise TooLate(RECALL) from None  # theirs to take back, had the silence not ended
    if AskForm().validate_on_submit():
        service.recall(session, actor, ref, g.now)
        flash(
            gettext(
                "Minutes recalled. They are a draft again, and those who attended are notified."
            )
        )
        return redirect(url_for("records.read", ref=ref))
    return render_template("records/recall.html", record=record)


@records.route("/<ref>/comment", methods=["GET", "POST"])
@web.writes
@web.limiter.limit("240/hour", methods=["POST"])
@creates
def comment(ref: str) -> ResponseReturnValue:
    """Remark on a passage of what was sent round."""
    form = CommentForm(point=request.args.get("point", ""))

    def say() -> None:
        said: Any = {"words": form.words.data or "", "point": form.number()}
        service.comment(web.session(), web.actor(), ref, now=g.now, **said)
        flash(gettext("Comment saved. It is shown beside the minutes."))

    return _speak(ref, form, COMMENT, say, web.actor())


@records.post("/<ref>/agree")
@web.writes
@web.limiter.limit(web.WRITES_EMAILS)
def agree(ref: str) -> ResponseReturnValue:
    """Agree to what was circulated, for one's delegation; the last to agree adopts it."""
    session, actor = web.session(), whoever_acts()
    service.settle_silence(session, ref, g.now)
    try:
        adopted = service.agree(session, actor, ref, g.now, edition=edition_read())
    except Refused:
        access.authorize(session, actor, OBJECT_LATE, RECORDS, ref, g.now)
        raise TooLate(AGREE) from None  # it was adopted meanwhile
    if actor.for_id is not None:
        flash(gettext("Agreed for %(whom)s.", whom=actor.for_name))
    elif adopted:
        flash(gettext("You agree. All who attended do, so the minutes are adopted."))
    else:
        flash(gettext("You agree. The minutes are adopted as soon as all who attended do."))
    return redirect(url_for("records.read", ref=ref))


@records.route("/<ref>/object", methods=["GET", "POST"], endpoint="object")
@web.writes
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def object_to(ref: str) -> ResponseReturnValue:
    """Object while the silence lasts, with a reason, for oneself or for whom one acts."""
    form, actor = ObjectForm(point=request.args.get("point", "")), whoever_acts()

    def say() -> None:
        said: Any = {"why": form.why.data or "", "point": form.number()}
        service.object_to(web.session(), actor, ref, now=g.now, **said)
        flash(
            gettext(
                "Objection saved. The minutes are a draft again, and everyone who attended is "
                "notified."
            )
        )

    return _speak(ref, form, OBJECT, say, actor)


def _speak(
    ref: str, form: _PassageForm, verb: str, say: Callable[[], None], actor: Actor
) -> ResponseReturnValue:
    session = web.session()
    service.settle_silence(session, ref, g.now)
    form.offer([])
    try:
        record: Record = admit(session, actor, verb, RECORDS, ref, g.now)
        form.offer(service.points_of(session, record))
        if request.method == "GET":
            form.version.data = str(edition_read() or record.edition)
        unread = form.is_late(record.edition)
        if not unread and form.validate_on_submit():
            with web.attempt(form):
                say()
                return _home(record)
    except (NotFound, Refused, TooLate) as late:
        return _too_late(ref, form, late, actor)
    status = 409 if unread else 422 if form.errors else 200
    return _page(record, form, verb, status, whose=actor, unread=unread)


@records.route("/<ref>/object-late", methods=["GET", "POST"])
@web.writes
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def object_late(ref: str) -> ResponseReturnValue:
    """Object to an adopted record; it stays adopted."""
    session, actor = web.session(), web.actor()
    service.settle_silence(session, ref, g.now)
    record: Record = access.authorize(session, actor, OBJECT_LATE, RECORDS, ref, g.now)
    form = ObjectForm(point=request.args.get("point", ""))
    form.offer(service.points_of(session, record))
    if form.validate_on_submit():
        with web.attempt(form):
            said: Any = {"why": form.why.data or "", "point": form.number()}
            service.object_late(session, actor, ref, now=g.now, **said)
            flash(gettext("Objection saved. It is shown beside the adopted minutes."))
            return redirect(url_for("records.read", ref=ref))
    return _page(record, form, OBJECT_LATE, 422 if form.errors else 200)


def _home(record: Record) -> ResponseReturnValue:
    # A draft is for its writers alone; whoever else objected goes back to the dialogue.
    if access.may(web.session(), web.actor(), READ_TEXT, RECORDS, record.id, g.now):
        return redirect(url_for("records.read", ref=record.ref))
    dialogue = web.session().get_one(Dialogue, record.dialogue_id)
    return redirect(url_for("dialogues.read", ref=dialogue.ref))


def _too_late(ref: str, form: Any, late: PortalError, actor: Actor) -> ResponseReturnValue:
    """What was typed is kept: for the late form where it was adopted, to be copied otherwise."""
    session = web.session()
    web.start_over()
    if actor.for_id is not None:  # it never becomes an act of their own
        if request.method == "POST" and service.was_asked(session, actor, ref, g.now):
            return render_template("records/overtaken.html", form=form, ref=ref), 409
        raise late
    service.settle_silence(session, ref, g.now)
    try:
        record: Record = access.authorize(session, actor, OBJECT_LATE, RECORDS, ref, g.now)
    except PortalError:
        if request.method == "POST" and service.was_asked(session, actor, ref, g.now):
            return render_template("records/overtaken.html", form=form, ref=ref), 409
        raise late from None
    if request.method == "GET":
        point = request.args.get("point")
        return redirect(url_for("records.object_late", ref=ref, point=point))
    typed = form.why if "why" in form else form.words
    kept = ObjectForm(formdata=None, data={"point": form.point.data, "why": typed.data})
    kept.offer(service.points_of(session, record))
    return _page(record, kept, OBJECT_LATE, 409)


def _page(
    record: Record,
    form: Any,
    verb: str,
    status: int,
    *,
    whose: Actor | None = None,
    unread: bool = False,
) -> ResponseReturnValue:
    page = render_template(
        "records/object.html",
        record=record,
        day_zone=web.session().get_one(Dialogue, record.dialogue_id).zone,
        form=form,
        verb=verb,
        whose=whose,
        unread=unread,
        kept=status == 409 and not unread,
    )
    return page, status


@records.get("/<ref>/editions/<int:number>")
def edition(ref: str, number: int) -> ResponseReturnValue:
    """Show what an edition says otherwise than the one before it."""
    session, actor = web.session(), web.actor()
    record, kept, altered = service.compare(session, actor, ref, number, g.now)
    return render_template("records/compare.html", record=record, edition=kept, altered=altered)
