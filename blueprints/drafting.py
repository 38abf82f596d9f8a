"""What the pages share on which a draft is written, whatever it is a draft of."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import KeptForm, WhyForm, version_read
from portal import access, web
from portal.comparing import Change, changes
from portal.errors import Invalid
from portal.language import gettext
from portal.receipts import FORMATS, copies_of
from portal.recipients import audience_preview
from portal.rules import CONSENT, PUBLISH, READ_LEDGER, ResourceType


def titled(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, for a look at the audience: that does not wait for a title."""
    return {**typed, "text": replace(typed["text"], title=typed["text"].title or "-")}


def saved_meanwhile(
    form: KeptForm, typed: Any, kept: Any, version: int, *, by_words: bool = False
) -> list[Change]:
    """What somebody else saved meanwhile, compared with what was typed.

    Both are shown, and whoever sends the form again puts the one in place of the other knowingly.
    """
    web.only_read()  # nobody waits to write while texts are compared
    form.version.data = str(version)
    return changes(typed.as_json(), kept.as_json(), by_words=by_words)


@dataclass(frozen=True)
class Words:
    """What a page says that ends or publishes something: message ids.

    `ask` is its heading or question, `lead` what will happen, `done` what is said afterwards.
    """

    ask: str
    done: str
    lead: str = ""


def publish_page(
    resource_type: ResourceType[Any],
    ref: str,
    act: Callable[..., Any],
    words: Words,
    template: str = "drafting/publish.html",
) -> ResponseReturnValue:
    """Show once more who will see a draft, then open it to them by `act`.

    What somebody else saved since the page was drawn is shown first: nobody publishes it unseen.
    """
    session, actor, noun = web.session(), web.actor(), resource_type.name
    draft = access.authorize(session, actor, PUBLISH, resource_type, ref, g.now)
    form, missing = KeptForm(version=version_read(draft.version)), []
    late = form.is_late(draft.version)
    if not late and form.validate_on_submit():
        try:
            act(session, actor, ref, g.now)
            flash(gettext(words.done))
            return redirect(url_for(f"{noun}.read", ref=ref))
        except Invalid as refused:
            web.start_over()
            missing = [gettext(message) for message in refused.problems.values()]
            draft = access.authorize(session, actor, PUBLISH, resource_type, ref, g.now)
    preview = audience_preview(session, actor, resource_type, draft, g.now)
    page = render_template(
        template,
        draft=draft,
        noun=noun,
        missing=missing,
        words=words,
        preview=preview,
        form=form,
        late=late,
    )
    return page, 409 if late else 422 if missing else 200


def end_page(
    resource_type: ResourceType[Any], ref: str, verb: str, act: Callable[..., Any], words: Words
) -> ResponseReturnValue:
    """Ask for the reason, then end it (close, withdraw) by `act`."""
    session, actor, noun = web.session(), web.actor(), resource_type.name
    resource = access.authorize(session, actor, verb, resource_type, ref, g.now)
    form = WhyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            act(session, actor, ref, why=form.why.data or "", now=g.now)
            flash(gettext(words.done))
            return redirect(url_for(f"{noun}.read", ref=ref))
    page = render_template("drafting/end.html", form=form, resource=resource, words=words)
    return page, 422 if form.errors else 200


def consent_page(
    resource_type: ResourceType[Any], ref: str, act: Callable[..., Any], words: Words
) -> ResponseReturnValue:
    """Agree for the author of a notice that what rests on it goes wider than the notice."""
    session, actor, noun = web.session(), web.actor(), resource_type.name
    resource = access.authorize(session, actor, CONSENT, resource_type, ref, g.now)
    form = KeptForm(version=version_read(resource.version))
    late = form.is_late(resource.version)
    if not late and form.validate_on_submit():
        act(session, actor, ref, version=resource.version, now=g.now)
        flash(gettext(words.done))
        return redirect(url_for(f"{noun}.read", ref=ref))
    page = render_template(
        "drafting/consent.html", form=form, resource=resource, noun=noun, words=words, late=late
    )
    return page, 409 if late else 200


def audience_page(resource_type: ResourceType[Any], ref: str) -> ResponseReturnValue:
    """Show its writers whom it reaches, and who exported it."""
    session, actor = web.session(), web.actor()
    resource = access.authorize(session, actor, READ_LEDGER, resource_type, ref, g.now)
    return render_template(
        "drafting/audience.html",
        resource=resource,
        noun=resource_type.name,
        preview=audience_preview(session, actor, resource_type, resource, g.now),
        copies=copies_of(session, resource_type, resource),
        formats=FORMATS,
    )
