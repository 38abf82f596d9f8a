"""Commitments in every state that has a page of its own, and many of them, for counting."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.commitments import Amendment, ConditionType, Step
from portal import commitments
from portal.commitments import Shown
from portal.store import Store
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed, reported, terms

TELCO, CLOUD = "liaison@telco", "liaison@cloud"
PAGES = {
    "commitments.accept": (CLOUD, "/commitments/{offer}/accept"),
    "commitments.add_evidence": (TELCO, "/commitments/{promise}/add-evidence"),
    "commitments.amend": (TELCO, "/commitments/{promise}/amend"),
    "commitments.ask_release": (TELCO, "/commitments/{promise}/ask-release"),
    "commitments.asked": (TELCO, "/commitments/{amended}/asked/{amendment}"),
    "commitments.read_ledger": (TELCO, "/commitments/{promise}/read-ledger"),
    "commitments.comment": (TELCO, "/commitments/{promise}/comment"),
    "commitments.conditions": (TELCO, "/commitments/{promise}/conditions"),
    "commitments.consent": (CLOUD, "/commitments/{amended}/consent"),
    "commitments.counter": (CLOUD, "/commitments/{offer}/counter"),
    "commitments.declare_unmet": ("analyst@cert", "/commitments/{promise}/declare-unmet"),
    "commitments.decline": (CLOUD, "/commitments/{offer}/decline"),
    "commitments.download": (CLOUD, "/commitments/{promise}/evidence/{evidence}"),
    "commitments.edit": (TELCO, "/commitments/{promise_draft}/edit"),
    "commitments.verify": ("analyst@cert", "/commitments/{promise}/verify"),
    "commitments.index": ("mediator@peace", "/commitments/"),
    "commitments.draft_commitment": (TELCO, "/commitments/new?clause=L-26-3TXC2Q"),
    "commitments.overview_csv": ("mediator@peace", "/commitments/overview.csv?due=soon"),
    "commitments.overview_pdf": ("mediator@peace", "/commitments/overview.pdf"),
    "commitments.overview_xlsx": ("mediator@peace", "/commitments/overview.xlsx"),
    "commitments.export": (TELCO, "/commitments/{promise}/export"),
    "commitments.print_overview": ("mediator@peace", "/commitments/print"),
    "commitments.progress": ("mediator@peace", "/commitments/progress?party=1"),
    "commitments.progress_rows": ("mediator@peace", "/commitments/progress/rows?outcome=late"),
    "commitments.propose": (TELCO, "/commitments/{promise_draft}/propose"),
    "commitments.read": (TELCO, "/commitments/{promise}"),
    "commitments.refuse": (CLOUD, "/commitments/{amended}/refuse"),
    "commitments.release": (CLOUD, "/commitments/{leaving}/release"),
    "commitments.reply": (TELCO, "/commitments/{promise}/reply"),
    "commitments.report": (TELCO, "/commitments/{promise}/report"),
    "commitments.link_norm": (TELCO, "/commitments/{promise}/link-norm"),
    "commitments.selected": (TELCO, "/commitments/selected?ref={promise}&ref={offer}"),
    "commitments.take_back": (TELCO, "/commitments/{amended}/take-back"),
    "commitments.read_terms": (TELCO, "/commitments/{amended}/read-terms/2"),
    "commitments.unfollow": (TELCO, "/commitments/{promise}/unfollow"),
    "commitments.withdraw": (TELCO, "/commitments/{offer}/withdraw"),
}


def begin(session: Session, world: World, store: Store) -> dict[str, str]:
    """One commitment for each page, by the name that its address uses."""
    by, other = world.actors[TELCO], world.actors[CLOUD]
    promise = agreed(session, world, "peace")
    reported(session, world, promise.ref)
    found(session, world, promise.ref, Step.MINIMAL)
    shown = Shown(title="The rota", file_name="rota.txt", content=b"Monday")
    evidence = commitments.add_evidence(session, by, promise.ref, shown=shown, store=store, now=NOW)
    amended = proposed(session, world, "peace")
    said: dict[str, Any] = {"text": terms(title="Countered"), "why": "Better.", "now": NOW}
    commitments.counter(session, other, amended.ref, version=amended.version, **said)
    commitments.accept(session, by, amended.ref, NOW)
    said = {"text": terms(title="Amended"), "why": "Better still.", "now": NOW}
    commitments.amend(session, by, amended.ref, version=amended.version, **said)
    leaving = agreed(session, world, "peace")
    commitments.ask_release(session, by, leaving.ref, why="It is done.", now=NOW)
    asked = session.query(Amendment).filter_by(commitment_id=amended.id).one()
    return {
        "promise": promise.ref,
        "evidence": evidence.ref,
        "amended": amended.ref,
        "amendment": str(asked.id),
        "leaving": leaving.ref,
        "offer": proposed(session, world, "peace").ref,
        "promise_draft": drafted(session, world, "peace").ref,
    }


def grow(session: Session, world: World, store: Store, refs: dict[str, str], n: int) -> None:
    """One more of everything that the pages of commitments list."""
    by, due = world.actors[TELCO], date(2026, 12, 20) + timedelta(days=n)
    agreed(session, world, "peace", title=f"Wiper promise {n}", due_on=due)
    drafted(session, world, "peace", title=f"Draft of a wiper promise {n}")
    reported(session, world, refs["promise"], Step.MINIMAL)
    found(session, world, refs["promise"], Step.NONE)
    shown = Shown(title=f"Evidence {n}", file_name="e.txt", content=b"more")
    commitments.add_evidence(session, by, refs["promise"], shown=shown, store=store, now=NOW)
    hanging = drafted(session, world, "peace", title=f"Hangs {n}")
    commitments.add_condition(
        session,
        by,
        hanging.ref,
        on=refs["promise"],
        condition_type=ConditionType.AFTER,
        days=n,
        now=NOW,
    )
