"""Pages of records: the list, and one record as it was sent round, adopted, or stands now."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from blueprints.following import may_be_followed
from blueprints.list_pages import Part
from blueprints.lists import Asked
from blueprints.on_behalf import acting_on
from blueprints.records.filters import LIST
from portal import access, dialogues, search, web
from portal import records as service
from portal.errors import NotFound, Refused
from portal.language import gettext
from portal.receipts import FORMATS, copies_of
from portal.recipients import HOSTS, conveners_to_filter_by
from portal.rules import READ, READ_LEDGER, RECORDS
from portal.saved_views import views_of

records = Blueprint("records", __name__, url_prefix="/records")
may_be_followed(records, RECORDS)


@records.get("/")
def index() -> ResponseReturnValue:
    """List the minutes that the person may read: what waits first, or as the address asks."""
    session, actor = web.session(), web.actor()
    entries = conveners_to_filter_by(session, actor, g.now)
    views = views_of(session, actor, g.now)
    asked = Asked(LIST, request.args, entries, request.path, views)
    if asked.default:
        return redirect(asked.default)
    return render_template(
        "records/index.html",
        asked=asked,
        parts=list(_parts(asked)),
        groups=lambda rows: asked.groups(rows, {"party": attrgetter("body")}),
        hosts=entries.get(HOSTS),
    )


@records.get("/new")
def choose() -> ResponseReturnValue:
    """List what was held and has no minutes, of all whose minutes the person may begin.

    Each begins on the way that it begins on the page of the dialogue.
    """
    after = request.args.get("after", "")
    page = dialogues.without_minutes(web.session(), web.actor(), g.now, after)
    return render_template("records/choose.html", page=page)


def _parts(asked: Asked) -> Iterator[Part]:
    session, actor = web.session(), web.actor()
    if asked.is_plain:
        waiting = [] if asked.after else service.waiting(session, actor, g.now)
        if waiting:
            yield Part(gettext("Waiting for adoption"), waiting, "", first=True)
        latest = service.latest(session, actor, g.now, asked.after)
        yield Part(gettext("Newest first"), latest.rows, latest.after)
        return
    engine = session.get_bind().dialect.name
    found = service.listed(
        session,
        actor,
        g.now,
        narrowed=service.Filter(asked.text("state"), asked.number("party"), asked.number("quiet")),
        after=asked.after,
        order=asked.order,
        hits=search.hits_of("records", asked.text("q"), engine),
    )
    yield Part(gettext("Minutes found"), found.rows, found.after)


def reading_of(ref: str, verb: str = READ, **detail: str) -> service.Reading:
    """One record, adopted first where its silence has ended, whether the jobs ran or not."""
    try:
        reading = service.read(web.session(), web.actor(), ref, g.now, verb=verb, **detail)
        if not service.silence_ended(reading.record, g.now):
            return reading
    except (NotFound, Refused):  # who may see it may change by the adoption
        if not service.is_due(web.session(), ref, g.now):
            raise
    web.settle(_adopt, ref)
    return service.read(web.session(), web.actor(), ref, g.now, verb=verb, **detail)


def _adopt(session: Session, ref: str, now: datetime) -> None:
    # Whoever may not read it even then learns nothing and adopts nothing.
    service.adopt(session, ref, now)
    access.authorize(session, web.actor(), READ, RECORDS, ref, now)


@records.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one record as far as this person may see it."""
    reading = reading_of(ref)
    return render_template(
        "records/read.html",
        acting=acting_on(RECORDS, reading.record.id),
        reading=reading,
        record=reading.record,
        dialogue=reading.dialogue,
        text=reading.text,
        verbs=reading.verbs,
    )


@records.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its writers who opened and who exported it."""
    session = web.session()
    record = access.authorize(session, web.actor(), READ_LEDGER, RECORDS, ref, g.now)
    return render_template(
        "records/read_ledger.html",
        record=record,
        openings=service.openings(session, record, g.now),
        copies=copies_of(session, RECORDS, record),
        formats=FORMATS,
    )
