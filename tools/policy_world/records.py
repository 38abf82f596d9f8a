"""The scene of records."""

from datetime import timedelta
from typing import Any

from models.audience import Recipient
from models.dialogues import Confidentiality, Dialogue, DialogueState, TableRole
from models.records import Action, Point, Record, RecordState
from models.stakeholders import Client, OrganisationKind, Role
from models.vocabulary import Tlp
from tools.policy_world.dialogues import attends, delegation, dialogue
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

DAY, HELD = timedelta(days=1), DialogueState.HELD
OVER = "AMBER+STRICT, silence is over"
REDACTED = "redacted, AMBER"
VARIANTS: dict[str, dict[str, Any]] = {
    "AMBER+STRICT": {"tlp": Tlp.AMBER_STRICT},
    OVER: {"tlp": Tlp.AMBER_STRICT},
    "GREEN": {"tlp": Tlp.GREEN, "rule": Confidentiality.OPEN},
    "RED": {"tlp": Tlp.RED},
    REDACTED: {"tlp": Tlp.AMBER_STRICT},
}


def records_scene(make: Maker) -> Scene:
    """Records in each state, with who writes, who was there, who sent them, who is on a list."""
    body, side = make.organisation(kind=OrganisationKind.MEDIATION), make.organisation()
    listed, buyer, far = (make.organisation() for _ in range(3))
    make.put(Client(provider_id=listed, client_id=buyer))
    organisers = {
        "organiser, last hand": make.person(body, Role.COORDINATOR),
        "another organiser": make.person(body, Role.MEDIATOR),
        "organiser who was there and left the body": make.person(body, Role.MEDIATOR, ended=True),
    }
    note_takers = {"takes notes": make.person(make.organisation(), Role.OBSERVER)}
    there = {
        "invited alone, was there": make.person(make.organisation(), Role.OBSERVER),
        "delegate, was there": make.person(side, Role.OBSERVER),
        "delegate who was there and left the delegation": make.person(side, ended=True),
    }
    away = {"delegate, was not there": make.person(side, Role.OBSERVER)}
    others = {
        "liaison of a delegation, with an action": make.person(side),
        "observer of a delegation": make.person(side, Role.OBSERVER),
        "liaison with an action, without a delegation": make.person(far),
        "named on the list": make.person(make.organisation()),
        "in a listed organisation": make.person(listed, Role.OBSERVER),
        "client of a listed organisation": make.person(buyer),
    }
    groups = (organisers, note_takers, there, away, others)
    people = {label: key for group in groups for label, key in group.items()}
    resources = {}
    for state in RecordState:
        for variant, values in VARIANTS.items():
            if variant == REDACTED and state == RecordState.CIRCULATED:
                continue
            held = dialogue(make, body, next(iter(organisers.values())), HELD, **values)
            for who in organisers.values():
                attends(make, held, who, organises=True, came=True)
            for who in note_takers.values():
                attends(make, held, who, role=TableRole.NOTE_TAKER, came=False)
            home = delegation(make, held, side)
            for label, who in (there | away).items():
                sent_by = None if label.startswith("invited") else home
                attends(make, held, who, delegation_id=sent_by, came=label in there)
            row = _record(make, held, str(state), variant)
            _add_condition(make, row, (side, far), body)
            for line in (
                {"person_id": people["named on the list"]},
                {"organisation_id": listed},
            ):
                make.put(Recipient(record_id=row.id, **line))
            resources[str(state), variant] = int(row.id)
    return Scene(resources, people | make.platform_people())


def _record(make: Maker, held: Dialogue, state: str, variant: str, **values: Any) -> Record:
    n, adopted = next(make.numbers), state == RecordState.ADOPTED
    if variant == REDACTED:
        source = _record(make, held, RecordState.ADOPTED, "")
        values = {"source_id": source.id, "tlp": Tlp.AMBER}
    row: Record = make.put(
        Record(
            ref=f"R-{n}",
            dialogue_id=held.id,
            organisation_id=held.organisation_id,
            author_id=held.author_id,
            state=state,
            title=f"R{n}",
            silence_until_at=NOW - DAY if variant == OVER else NOW + DAY,
            published_at=BEGAN if adopted else None,
            sha256="0" * 64 if adopted else None,
            created_at=BEGAN,
            changed_at=BEGAN,
            **({"tlp": held.tlp} | values),
        )
    )
    return row


def _add_condition(make: Maker, row: Record, doers: tuple[int, ...], to: int) -> None:
    point = Point(
        record_id=row.id, number=1, title="", changed_at=BEGAN, changed_by_id=row.author_id
    )
    make.put(point)
    for doer in doers:
        act = {"organisation_id": doer, "addressee_id": to, "text": "do it"}
        make.put(Action(record_id=row.id, point_id=point.id, **act))
