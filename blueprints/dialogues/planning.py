"""Pages on which the agenda is planned and wished for."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.dialogues.part_forms import ITEM_LABEL, ItemForm, SuggestionForm, sight_value
from blueprints.dialogues.views import dialogues
from models.agenda import AgendaItem, ItemState
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.errors import TooLate
from portal.forms import creates
from portal.language import gettext
from portal.parsing import reference
from portal.rules import DIALOGUES
from portal.rules.verbs import PLAN, SUGGEST_ITEM


@dialogues.app_template_global("item_state")
def item_state(state: str) -> Any:
    """Where an item of the agenda stands, in words."""
    return ITEM_LABEL[ItemState(state)]


@dialogues.route("/<ref>/plan", methods=["GET", "POST"])
@creates
def plan(ref: str) -> ResponseReturnValue:
    """Show the agenda to those who plan it, and add an item."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, PLAN, DIALOGUES, ref, g.now)
    related = service.related_rows(session, actor, dialogue, True, g.now)
    form = ItemForm()
    form.offer(related)
    looks = form.is_submitted() and form.looks()
    if not looks and form.validate_on_submit():
        with web.attempt(form):
            item = service.plan(session, actor, ref, text=form.text(), now=g.now)
            flash(gettext("Agenda item added at the end."))
            return _back_to_plan(ref, f"item-{item.id}")
    agenda = service.agenda_of(dialogue, related.items)
    web.only_read()
    page = render_template("dialogues/plan.html", form=form, dialogue=dialogue, agenda=agenda)
    return page, 422 if form.errors else 200


def _back_to_plan(ref: str, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("dialogues.plan", ref=ref, _anchor=anchor))


@dialogues.route("/<ref>/items/<int:number>/edit", methods=["GET", "POST"])
def edit_item(ref: str, number: int) -> ResponseReturnValue:
    """Say anew what an item is."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, PLAN, DIALOGUES, ref, g.now)
    item = service.seen_sub_resource(session, actor, AgendaItem, dialogue, number, g.now)
    related = service.related_rows(session, actor, dialogue, True, g.now)
    form, late = _item_form(item, related), False
    looks = form.is_submitted() and form.looks()
    if not looks and form.validate_on_submit():
        stamp = form.typed_version()
        late = stamp != service.stamp_of(item)
        if not late:
            with web.attempt(form):
                service.edit_item(
                    session, actor, ref, number, text=form.text(), stamp=stamp, now=g.now
                )
                flash(gettext("Changes saved."))
                return _back_to_plan(ref, f"item-{number}")
        form.version.data = str(service.stamp_of(item))
    web.only_read()
    page = render_template(
        "dialogues/item.html", form=form, dialogue=dialogue, item=item, late=late
    )
    return page, 409 if late else 422 if form.errors else 200


def _item_form(item: AgendaItem, related: service.RelatedRows) -> ItemForm:
    row = next((one for one in related.items if one.id == item.id), None)
    if row is None or item.state not in service.STANDS:
        raise TooLate(PLAN)
    links = " ".join(link.ref for link in related.links if link.item_id == item.id)
    form = ItemForm(
        data={
            "version": service.stamp_of(item),
            "title": item.title,
            "body": item.body,
            "minutes": item.minutes,
            "lead": item.lead_id or 0,
            "state": item.state,
            "sight": sight_value(item.sight, item.side_id),
            "links": links,
        }
    )
    form.offer(related)
    form.keep_sight(item.sight, item.side_id, row.side or "")
    return form


@dialogues.post("/<ref>/items/<int:number>/move")
def move_item(ref: str, number: int) -> ResponseReturnValue:
    """Move an item up, down, or to a place; the button that was pressed has the focus again."""
    session, actor, to = web.session(), web.actor(), request.form.get("to", "")
    place = service.move_item(session, actor, ref, number, to=to, now=g.now)
    flash(gettext("The item is now number %(n)s.", n=place))
    return _back_to_plan(ref, f"{to}-{number}" if to in ("up", "down") else f"item-{number}")


@dialogues.post("/<ref>/items/<int:number>/remove")
def remove_item(ref: str, number: int) -> ResponseReturnValue:
    """Take an item off the agenda."""
    service.remove_item(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Agenda item removed."))
    return _back_to_plan(ref, "agenda")


@dialogues.post("/<ref>/items/<int:number>/take")
def take_suggestion(ref: str, number: int) -> ResponseReturnValue:
    """Put a suggestion on the agenda."""
    service.take_suggestion(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Suggestion added to the end of the agenda."))
    return _back_to_plan(ref, f"item-{number}")


@dialogues.post("/<ref>/items/<int:number>/lay-aside")
def lay_suggestion_aside(ref: str, number: int) -> ResponseReturnValue:
    """Lay a suggestion aside."""
    service.lay_suggestion_aside(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Suggestion declined. Its author can see this."))
    return _back_to_plan(ref, f"item-{number}")


@dialogues.route("/<ref>/suggest-item", methods=["GET", "POST"])
@creates
def suggest_item(ref: str) -> ResponseReturnValue:
    """Suggest an item of the agenda."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, SUGGEST_ITEM, DIALOGUES, ref, g.now)
    form = SuggestionForm()
    about = reference(request.args.get("about"))
    if request.method == "GET" and about.replace("-", "").isalnum():
        form.title.data = gettext("About %(ref)s", ref=about)
    form.offer_sight(
        service.related_rows(session, actor, dialogue, True, g.now), service.WISH_AMONG
    )
    if form.validate_on_submit():
        with web.attempt(form):
            said = {"title": form.title.data or "", "why": form.body.data or ""}
            item = service.suggest_item(
                session, actor, ref, **said, shared=form.shared(), now=g.now
            )
            flash(gettext("Suggestion saved."))
            return redirect(url_for("dialogues.read", ref=ref, _anchor=f"item-{item.id}"))
    page = render_template("dialogues/suggest_item.html", form=form, dialogue=dialogue)
    return page, 422 if form.errors else 200


@dialogues.get("/choose")
def choose() -> ResponseReturnValue:
    """Choose the dialogue on whose agenda a record is put: those where one may suggest an item."""
    rows = service.open_to_suggestions(web.session(), web.actor(), g.now)
    about = reference(request.args.get("about"))
    return render_template("dialogues/choose.html", rows=rows, about=about)


@dialogues.post("/<ref>/items/<int:number>/withdraw")
def withdraw_suggestion(ref: str, number: int) -> ResponseReturnValue:
    """Take an own suggestion back."""
    service.withdraw_suggestion(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Suggestion withdrawn."))
    return redirect(url_for("dialogues.read", ref=ref, _anchor="agenda"))
