"""The scene of commitments."""

from datetime import timedelta
from typing import Any

from models.audience import Recipient
from models.commitments import (
    Amendment,
    Commitment,
    CommitmentState,
    Condition,
    ConditionType,
    Proposal,
    Statement,
    StatementType,
)
from models.processes import Part, Process, Seat
from models.stakeholders import Client, Role
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

PAST, AHEAD = NOW - timedelta(days=1), NOW + timedelta(days=30)
QUIET = "AMBER+STRICT"
COUNTERED = "AMBER+STRICT, countered, no verifier"
TERMS = "AMBER+STRICT, terms asked by the promisor, time has come, a finding"
RELEASE = "AMBER+STRICT, release asked by the addressee, another one stopped or unmet"
VARIANTS = {
    QUIET: Tlp.AMBER_STRICT,
    COUNTERED: Tlp.AMBER_STRICT,
    TERMS: Tlp.AMBER_STRICT,
    RELEASE: Tlp.AMBER_STRICT,
    "AMBER": Tlp.AMBER,
    "GREEN": Tlp.GREEN,
    "RED": Tlp.RED,
}


def commitments_scene(make: Maker) -> Scene:
    """Commitments in every state, with parties, a verifier, readers, questions and conditions."""
    ours, theirs, judge, listed, buyer, far = (make.organisation() for _ in range(6))
    make.put(Client(provider_id=listed, client_id=buyer))
    people = {
        "author": make.person(ours),
        "liaison of the promisor": make.person(ours),
        "observer of the promisor": make.person(ours, Role.OBSERVER),
        "liaison who left the promisor": make.person(ours, ended=True),
        "coordinator of the addressee": make.person(theirs, Role.COORDINATOR),
        "observer of the addressee": make.person(theirs, Role.OBSERVER),
        "liaison who left the addressee": make.person(theirs, ended=True),
        "liaison of the verifier": make.person(judge),
        "named": make.person(far),
        "named, liaison of the addressee": make.person(theirs),
        "in a listed organisation": make.person(listed, Role.OBSERVER),
        "client of a listed organisation": make.person(buyer),
        "seat in a listed process": make.person(make.organisation()),
    }
    process = _process(make, ours, people["seat in a listed process"])
    lines = [{"organisation_id": listed}, {"process_id": process}]
    lines += [{"person_id": people[w]} for w in ("named", "named, liaison of the addressee")]
    resources = {}
    for state in CommitmentState:
        for variant, tlp in VARIANTS.items():
            parties = {"organisation_id": ours, "addressee_id": theirs, "author": people["author"]}
            row = _commitment(make, parties, judge, str(state), variant, tlp)
            for line in lines:
                make.put(Recipient(commitment_id=row.id, **line))
            _add_condition(make, row, variant)
            resources[str(state), variant] = int(row.id)
    return Scene(resources, people | make.platform_people())


def _process(make: Maker, body: int, person: int) -> int:
    n = next(make.numbers)
    row = make.put(
        Process(
            ref=f"S-{n}", organisation_id=body, cover_name="S", created_at=BEGAN, changed_at=BEGAN
        )
    )
    make.put(Seat(process_id=row.id, person_id=person, part=Part.PARTY))
    return int(row.id)


def _commitment(
    make: Maker, parties: dict[str, int], judge: int, state: str, variant: str, tlp: Tlp
) -> Commitment:
    n, due = next(make.numbers), PAST if variant == TERMS else AHEAD
    asked = parties["organisation_id" if variant == COUNTERED else "addressee_id"]
    row: Commitment = make.put(
        Commitment(
            ref=f"C-{n}",
            organisation_id=parties["organisation_id"],
            author_id=parties["author"],
            addressee_id=parties["addressee_id"],
            verifier_id=None if variant == COUNTERED else judge,
            asked_id=asked,
            state=state,
            tlp=tlp,
            theme="notice-contacts",
            title=f"C{n}",
            zone="UTC",
            every="month",
            answer_by_at=due,
            next_round_at=due,
            created_at=BEGAN,
            changed_at=BEGAN,
            published_at=None if state == CommitmentState.DRAFT else BEGAN,
            edition=1,
        )
    )
    return row


def _add_condition(make: Maker, row: Commitment, variant: str) -> None:
    said: dict[str, Any] = {"commitment_id": row.id, "by_id": row.author_id, "at": BEGAN}
    if variant == TERMS:
        ours = {"organisation_id": row.organisation_id, "type": Proposal.TERMS, "why": "better"}
        make.put(Amendment(**said, **ours))
        found = {"type": StatementType.FINDING, "step": "minimal", "words": "found"}
        make.put(Statement(**said, **found, organisation_id=row.verifier_id))
    if variant == RELEASE:
        by = {"organisation_id": row.addressee_id, "type": Proposal.RELEASE, "why": "done"}
        make.put(Amendment(**said, **by))
        for sort, turns in ((ConditionType.WHILE, PAST), (ConditionType.AFTER, None)):
            other = _other(make, row)
            make.put(Condition(commitment_id=row.id, on_id=other, type=sort, turns_at=turns))


def _other(make: Maker, row: Commitment) -> int:
    n = next(make.numbers)
    kept = {
        name: getattr(row, name)
        for name in ("organisation_id", "addressee_id", "author_id", "tlp", "theme", "zone")
    }
    other = Commitment(
        ref=f"C-{n}", title=f"C{n}", state="in-force", created_at=BEGAN, changed_at=BEGAN, **kept
    )
    return int(make.put(other).id)
