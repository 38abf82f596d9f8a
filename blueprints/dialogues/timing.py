"""Pages on which times are proposed: chosen in a week, seen as each delegation has them, sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK, MORE, options
from blueprints.dialogues.poll_forms import AGAIN, FILL, WEEK, OfferForm, TimesForm
from blueprints.dialogues.polling import clock_words
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.days import day_of
from portal.errors import refuse
from portal.forms import creates
from portal.language import gettext
from portal.parsing import as_day
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import POLL, PROPOSE_TIMES
from portal.slots import (
    Side,
    Suggested,
    Week,
    local_hours,
    suggest,
    week_of,
)

A_DAY, A_WEEK, SECOND = timedelta(days=1), timedelta(days=7), timedelta(seconds=1)


@dataclass(frozen=True)
class Around:
    """What the page shows around the form: a week of hours, and fair times that it suggests."""

    sides: list[Side]
    week: Week
    suggested: list[Suggested]
    cells: frozenset[str]


@dialogues.route("/<ref>/poll", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def poll(ref: str) -> ResponseReturnValue:
    """Offer times to the delegations, once they were seen as the delegations have them."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, POLL, DIALOGUES, ref, g.now)
    until = day_of(g.now + A_WEEK, dialogue.zone)
    form = TimesForm(version=str(dialogue.version), until=until)
    around = _around(form, dialogue, [])
    if _is_sent(form, dialogue, around, []):
        with web.attempt(form):
            times, until_on = form.times(), form.until_on()
            version = form.typed_version()
            service.poll(
                session, actor, ref, times=times, until_on=until_on, version=version, now=g.now
            )
            flash(gettext("Times proposed. The delegations are notified."))
            return redirect(url_for("dialogues.read_answers", ref=ref))
    return _times_page(form, dialogue, around, [])


@dialogues.route("/<ref>/propose-times", methods=["GET", "POST"])
@creates
def propose_times(ref: str) -> ResponseReturnValue:
    """Offer more times, take some away, or ask until another day."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, PROPOSE_TIMES, DIALOGUES, ref, g.now)
    slots = service.slots_of(session, dialogue)
    lines = [service.line_of(slot, dialogue, actor.zone, g.now) for slot in slots]
    until = dialogue.poll_until_at and day_of(dialogue.poll_until_at - SECOND, dialogue.zone)
    form = OfferForm(version=str(dialogue.version), until=until)
    form.away.choices = options((line.key, clock_words(line.there)) for line in lines)
    around = _around(form, dialogue, lines)
    if _is_sent(form, dialogue, around, lines):
        with web.attempt(form):
            service.propose_times(
                session,
                actor,
                ref,
                times=form.times(),
                away=form.gone(),
                sure=form.sure.data,
                until_on=form.until_on(),
                version=form.typed_version(),
                now=g.now,
            )
            flash(gettext("Times changed."))
            return redirect(url_for("dialogues.read_answers", ref=ref))
    return _times_page(form, dialogue, around, lines)


def _is_late(form: TimesForm, dialogue: Dialogue) -> bool:
    return form.typed_version() != dialogue.version


def _around(form: TimesForm, dialogue: Dialogue, lines: list[Any]) -> Around:
    """The week that is asked for; what was ticked in it, or suggested, goes onto the form."""
    sides = service.sides_of(web.session(), dialogue, g.now)
    today = day_of(g.now, dialogue.zone)
    asked = as_day(request.values.getlist(WEEK)[-1]) if WEEK in request.values else None
    shown = as_day(request.form.get("shown", ""))
    first = asked or shown or _first_week(today)
    offered = {datetime.fromisoformat(f"{one.there.day}T{one.there.time}") for one in lines}
    zone, minutes, horizon = dialogue.zone, dialogue.minutes, today + A_WEEK + A_DAY
    if form.is_submitted():
        form.take_picks()
        if FILL in request.form:
            chosen = {*offered, *form.times().local.values()}
            more = suggest(horizon, zone, minutes, sides, g.now, chosen)
            form.take_picks(*(one.key for one in more))
    chosen = {*offered, *form.times().local.values()}
    week = week_of(first, zone, minutes, sides, g.now)
    cells = frozenset(cell.key for row in week.rows for cell in row.cells if cell)
    return Around(sides, week, suggest(horizon, zone, minutes, sides, g.now, chosen), cells)


def _first_week(today: date) -> date:
    # The first one that begins when people have had a week to answer.
    later = today + A_WEEK
    return later + timedelta(days=-later.weekday() % 7)


def _is_sent(form: TimesForm, dialogue: Dialogue, around: Around, lines: list[Any]) -> bool:
    """Whether to take what was sent: it is in order, and was seen in the zones of all."""
    if AGAIN & set(request.form) - {LOOK, FILL} or not form.validate_on_submit():
        return False
    if _is_late(form, dialogue):
        return False
    with web.attempt(form):
        kept = [line.at for line in lines if line.key not in form.gone()]
        found = {} if around.sides else {"table": service.NOBODY}
        times, until_on = form.times(), form.until_on()
        refuse(found | service.problems_of(dialogue, times, kept, until_on, g.now))
    if form.errors:
        return False
    return not {LOOK, FILL} & set(request.form) and (form.seen.data or "") == form.stamp()


def _times_page(
    form: TimesForm, dialogue: Dialogue, around: Around, lines: list[Any]
) -> ResponseReturnValue:
    more = MORE in request.form
    sent = form.is_submitted() and not {MORE, WEEK} & set(request.form)
    late = sent and _is_late(form, dialogue)
    looks = sent and not late and not form.errors and bool(form.stamp())
    form.version.data = str(dialogue.version)
    form.seen.data = form.stamp() if looks else ""
    chosen = frozenset(form.stamp().split())
    page = render_template(
        "dialogues/poll.html",
        form=form,
        fields=form.lines(more, around.cells),
        dialogue=dialogue,
        lines=lines,
        late=late,
        around=around,
        chosen=chosen,
        hours=_seen(form, dialogue, around) if looks else None,
    )
    return page, 409 if late else 422 if form.errors else 200


def _seen(form: TimesForm, dialogue: Dialogue, around: Around) -> Any:
    instants = sorted(form.times().instants(dialogue.zone))
    return local_hours(instants, dialogue.minutes, dialogue.zone, around.sides)
