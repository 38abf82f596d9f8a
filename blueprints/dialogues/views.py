"""Pages of dialogues: the list, one dialogue, drafted, said anew, called off."""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import WhyForm
from blueprints.choices import options
from blueprints.dialogues.filters import LIST
from blueprints.dialogues.forms import ROLE_LABEL, RULE_LABEL, TextForm
from blueprints.following import may_be_followed
from blueprints.list_pages import Part
from blueprints.lists import Asked
from blueprints.on_behalf import acting_on
from models.dialogues import Dialogue, TableRole
from portal import access, search, training, web
from portal import dialogues as service
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.parsing import reference
from portal.recipients import HOSTS, conveners_to_filter_by, entries_of, homes
from portal.rules import EDIT
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import CANCEL, DRAFT_DIALOGUE
from portal.saved_views import views_of

LONGEST_REF = 16
dialogues = Blueprint("dialogues", __name__, url_prefix="/dialogues")
may_be_followed(dialogues, DIALOGUES)


@dialogues.app_template_global("rule_label")
def rule_label(rule: str) -> Any:
    """The rule of confidentiality in words."""
    return RULE_LABEL[rule]


@dialogues.app_template_global("table_role")
def table_role(role: str) -> Any:
    """What somebody does at the table, in words."""
    return ROLE_LABEL[TableRole(role)]


@dialogues.get("/")
def index() -> ResponseReturnValue:
    """List the dialogues that the person knows of: ahead and over, or as the address asks."""
    session, actor = web.session(), web.actor()
    entries = conveners_to_filter_by(session, actor, g.now)
    views = views_of(session, actor, g.now)
    asked = Asked(LIST, request.args, entries, request.path, views)
    if asked.default:
        return redirect(asked.default)
    parts = list(_parts(asked))
    return render_template(
        "dialogues/index.html",
        asked=asked,
        parts=parts,
        groups=lambda rows: asked.groups(rows, group_names(asked)),
        hosts=entries.get(HOSTS),
    )


def group_names(asked: Asked) -> dict[str, Callable[[Any], str]]:
    """By group the heading that a row stands under: of processes those that the person knows."""
    return {
        "party": attrgetter("body"),
        "process": lambda row: asked.name_of("processes", row.process_id),
    }


def _parts(asked: Asked) -> Iterator[Part]:
    session, actor = web.session(), web.actor()
    if asked.is_plain:
        if not asked.after:
            ahead = service.ahead(session, actor, g.now)
            yield Part(gettext("Upcoming"), ahead, "", first=True)
        behind = service.behind(session, actor, g.now, asked.after)
        yield Part(gettext("Past"), behind.rows, behind.after)
        return
    engine = session.get_bind().dialect.name
    found = service.listed(
        session,
        actor,
        g.now,
        narrowed=service.Filter(
            state=asked.text("state"),
            party=asked.number("party"),
            process=asked.number("part_of"),
            unanswered=bool(asked.text("unanswered")),
            quiet=asked.number("quiet"),
        ),
        after=asked.after,
        order=asked.order,
        hits=search.hits_of("dialogues", asked.text("q"), engine),
    )
    yield Part(gettext("Dialogues found"), found.rows, found.after)


@dialogues.route("/new", methods=["GET", "POST"])
@creates
def draft_dialogue() -> ResponseReturnValue:
    """Prepare a dialogue for a mediation body."""
    session, actor = web.session(), web.actor()
    own = homes(session, actor, DRAFT_DIALOGUE, g.now)
    if not own:
        return no_right("dialogues/none.html")
    form = TextForm(zone=actor.zone)
    form.organisation.choices = options(own)
    _offer(form)
    if request.method == "GET":
        _begun_about(form)
    if form.validate_on_submit():
        with web.attempt(form):
            dialogue = service.draft_dialogue(
                session,
                actor,
                form.organisation.data or "",
                text=form.text(),
                process_ref=form.part_of.data or "",
                now=g.now,
            )
            flash(gettext("Draft saved. Only you can see it. Next, add the participants."))
            return redirect(url_for("dialogues.seat", ref=dialogue.ref))
    page = render_template("dialogues/form.html", form=form, dialogue=None, late=False)
    return page, 422 if form.errors else 200


def _begun_about(form: TextForm) -> None:
    # From the page of a process or a commitment: what is named is its reference alone.
    part_of, about = (reference(request.args.get(name)) for name in ("part_of", "about"))
    if part_of in [key for key, *_ in form.part_of.choices]:
        form.part_of.data = part_of
    if about.replace("-", "").isalnum() and len(about) <= LONGEST_REF:
        form.purpose.data = gettext("About %(ref)s.", ref=about)


def _offer(form: TextForm, dialogue: Dialogue | None = None) -> None:
    known = entries_of(web.session(), web.actor(), g.now, "processes")["processes"]
    refs = service.process_refs(web.session(), [key for key, _name in known])
    named = [(refs[key], name) for key, name in known if key in refs]
    form.part_of.choices = options([("", gettext("None")), *named])
    offered = training.outlines(web.session(), web.actor(), g.now)
    titles = {unit.key: unit.title for unit in offered}
    kept = dialogue.asks_unit if dialogue is not None else ""
    if kept and kept not in titles:
        # What is saved without a change goes on asking for it.
        title = service.asked_unit(web.session(), kept).title
        titles[kept] = gettext("%(unit)s (withdrawn)", unit=title)
    form.asks_unit.choices = options([("", gettext("None")), *titles.items()])


@dialogues.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one dialogue as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return render_template(
        "dialogues/read.html",
        acting=acting_on(DIALOGUES, reading.dialogue.id),
        reading=reading,
        dialogue=reading.dialogue,
        verbs=reading.verbs,
        related=reading.related,
    )


@dialogues.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Say anew what a dialogue is."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, EDIT, DIALOGUES, ref, g.now)
    part_of = service.process_refs(session, [dialogue.process_id]).get(dialogue.process_id, "")
    form, late = TextForm(obj=dialogue, part_of=part_of), False
    del form.organisation  # it stays
    _offer(form, dialogue)
    if form.validate_on_submit():
        late = form.typed_version() != dialogue.version
        if not late:
            with web.attempt(form):
                service.edit(
                    session,
                    actor,
                    ref,
                    text=form.text(),
                    process_ref=form.part_of.data or "",
                    version=form.typed_version(),
                    now=g.now,
                )
                flash(gettext("Changes saved."))
                return redirect(url_for("dialogues.read", ref=ref))
        form.version.data = str(dialogue.version)
    page = render_template("dialogues/form.html", form=form, dialogue=dialogue, late=late)
    return page, 409 if late else 422 if form.errors else 200


@dialogues.route("/<ref>/cancel", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def cancel(ref: str) -> ResponseReturnValue:
    """Call a dialogue off, with a reason."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, CANCEL, DIALOGUES, ref, g.now)
    form = WhyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.cancel(session, actor, ref, why=form.why.data or "", now=g.now)
            flash(gettext("The dialogue is cancelled."))
            return redirect(url_for("dialogues.read", ref=ref))
    page = render_template("dialogues/cancel.html", form=form, dialogue=dialogue)
    return page, 422 if form.errors else 200
