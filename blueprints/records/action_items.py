"""The button by which an action of an adopted record becomes a commitment, in one step."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import AskForm
from blueprints.records.views import records
from portal import commitments, web
from portal import records as service
from portal.commitments import Between, CommitmentText
from portal.forms import creates
from portal.language import gettext


@records.post("/<ref>/take-up/<int:number>")
@creates(button=True)
def take_up(ref: str, number: int) -> ResponseReturnValue:
    """Draft a commitment from an action, tie the two, and go on to change the draft."""
    session, actor, form = web.session(), web.actor(), AskForm()
    with web.attempt(form):
        task = service.task(session, actor, ref, number, g.now)
        commitment = commitments.draft_commitment(
            session,
            actor,
            task.organisation_ref,
            text=CommitmentText(title=task.text, tlp=task.tlp, due_on=task.due_on),
            with_whom=Between(task.addressee_id),
            to=task.to,
            now=g.now,
        )
        service.take_up(session, actor, ref, number, commitment, g.now)
        flash(
            gettext(
                "A draft commitment is saved and linked to the action item. Check it, then propose "
                "it."
            )
        )
        return redirect(url_for("commitments.edit", ref=commitment.ref))
    messages = " ".join(str(m) for group in form.errors.values() for m in group)
    flash(gettext("No commitment was drafted: %(why)s", why=messages), "warning")
    return redirect(url_for("records.read", ref=ref))
