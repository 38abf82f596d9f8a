"""Forms of commitments that create."""

from sqlalchemy.orm import Session

from models.vocabulary import Tlp
from tests.cast import World
from tests.commitments import scenes as promised
from tests.commitments.builders import agreed, drafted, proposed
from tests.forms.filled import CERT, CLOUD, TELCO, Scene, Sent

PLAIN = Tlp.AMBER_STRICT


def _commitment(_session: Session, world: World) -> Sent:
    homes = world.organisations
    typed = {"title": "A line", "organisation": homes["telco"].ref, "due_on": "2026-12-24"}
    typed |= {"addressee": str(homes["cloud"].id), "tlp": "AMBER+STRICT"}
    return Sent(TELCO, "/commitments/new", typed, "title")


def _add_condition(session: Session, world: World) -> Sent:
    first, second = agreed(session, world), drafted(session, world, by=CLOUD, to="telco")
    path = f"/commitments/{second.ref}/conditions"
    return Sent(CLOUD, path, {"on": first.ref, "type": "after", "days": "1"}, "days", path)


def _link_norm_commitment(session: Session, world: World) -> Sent:
    path = f"/commitments/{drafted(session, world).ref}/link-norm"
    return Sent(TELCO, path, {"norm": "un-gge-2015-f", "reason": "It is."}, "reason")


def _report(session: Session, world: World) -> Sent:
    path = f"/commitments/{agreed(session, world).ref}/report"
    return Sent(TELCO, path, {"step": "full", "words": "All.", "milestone": "0"}, "words")


def _find(session: Session, world: World) -> Sent:
    path = f"/commitments/{agreed(session, world).ref}/verify"
    return Sent(CERT, path, {"step": "minimal", "words": "Some.", "milestone": "0"}, "words")


def _reply(session: Session, world: World) -> Sent:
    path = f"/commitments/{promised.find(session, world, PLAIN).ref}/reply"
    return Sent(TELCO, path, {"words": "We did."}, "words")


def _evidence(session: Session, world: World) -> Sent:
    path = f"/commitments/{agreed(session, world).ref}/add-evidence"
    file = (b"what we saw", "note.txt")
    return Sent(TELCO, path, {"title": "What we saw", "file": file}, "title")


def _counter(session: Session, world: World) -> Sent:
    path = f"/commitments/{proposed(session, world).ref}/counter"
    return Sent(CLOUD, path, {"body": "Longer.", "why": "So."}, "why")


def _amend(session: Session, world: World) -> Sent:
    path = f"/commitments/{agreed(session, world).ref}/amend"
    return Sent(TELCO, path, {"body": "Longer.", "why": "So."}, "why")


def _ask_release(session: Session, world: World) -> Sent:
    path = f"/commitments/{agreed(session, world).ref}/ask-release"
    return Sent(TELCO, path, {"why": "It is done."}, "why")


def _comment(session: Session, world: World) -> Sent:
    path = f"/commitments/{proposed(session, world).ref}/comment"
    return Sent(CLOUD, path, {"text": "We see it too."}, "text")


SCENES: dict[str, Scene] = {
    "commitments.comment": _comment,
    "commitments.add_evidence": _evidence,
    "commitments.amend": _amend,
    "commitments.ask_release": _ask_release,
    "commitments.counter": _counter,
    "commitments.verify": _find,
    "commitments.add_condition": _add_condition,
    "commitments.draft_commitment": _commitment,
    "commitments.reply": _reply,
    "commitments.report": _report,
    "commitments.link_norm": _link_norm_commitment,
}
