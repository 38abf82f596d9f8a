"""The scene of dialogues, and the table that the scene of records needs as well."""

from datetime import timedelta
from typing import Any

from models.dialogues import Attendee, Confidentiality, Delegation, Dialogue, DialogueState
from models.stakeholders import OrganisationKind, Role, Standing
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

HOUR = timedelta(hours=1)
QUIET = "AMBER+STRICT"
ASKING = "AMBER+STRICT, asks people, answers are open, has begun, keeps to the wall"
NEVER_OUT = "AMBER+STRICT, was a draft"
VARIANTS: dict[str, dict[str, Any]] = {
    QUIET: {},
    ASKING: {
        "rule": Confidentiality.CHATHAM,
        "by_person": True,
        "hidden_answers": False,
        "starts_at": NOW - HOUR,
        "ends_at": NOW + HOUR,
        "wall": "2026-01-15T11:00",
    },
    "GREEN": {"rule": Confidentiality.OPEN, "tlp": Tlp.GREEN},
    "RED": {"tlp": Tlp.RED},
    "RED, closed": {"rule": Confidentiality.CLOSED, "tlp": Tlp.RED},
}


def dialogues_scene(make: Maker) -> Scene:
    """Dialogues in each state under each rule, with everybody who can sit at a table."""
    body, side = make.organisation(kind=OrganisationKind.MEDIATION), make.organisation()
    stopped = make.organisation(Standing.SUSPENDED)
    organisers = {
        "organiser": make.person(body, Role.COORDINATOR),
        "organiser who left the body": make.person(body, Role.COORDINATOR, ended=True),
        "organiser who only observes for the body now": make.person(body, Role.OBSERVER),
    }
    guests = {"invited alone": make.person(make.organisation(), Role.OBSERVER)}
    sent = {
        "delegate": make.person(side, Role.OBSERVER),
        "delegate who left the delegation": make.person(side, ended=True),
    }
    contacts = {
        "contact of a delegation": make.person(side, Role.OBSERVER),
        "contact who left the delegation": make.person(make.organisation()),
        "contact of a delegation that is suspended": make.person(stopped),
    }
    others = {
        "liaison of a delegation": make.person(side),
        "observer of a delegation": make.person(side, Role.OBSERVER),
        "liaison who left a delegation": make.person(side, ended=True),
        "mediator of the body, does not organise": make.person(body, Role.MEDIATOR),
    }
    left = make.organisation()
    homes = dict(zip((side, left, stopped), contacts.values(), strict=True))
    resources = {}
    for state in DialogueState:
        for variant, values in _variants(state).items():
            row = dialogue(make, body, organisers["organiser"], state, **values)
            table(make, row, organisers.values(), guests.values())
            delegations = [delegation(make, row, *home) for home in homes.items()]
            for person in sent.values():
                attends(make, row, person, delegation_id=delegations[0])
            resources[str(state), variant] = int(row.id)
    people = organisers | guests | sent | contacts | others
    return Scene(resources, people | make.platform_people())


def _variants(state: DialogueState) -> dict[str, dict[str, Any]]:
    if state == DialogueState.CANCELLED:
        return {**VARIANTS, NEVER_OUT: {"published_at": None}}
    return VARIANTS


def dialogue(make: Maker, body: int, author: int, state: str, **values: Any) -> Dialogue:
    """A dialogue with nobody at its table yet."""
    n, out = next(make.numbers), state != DialogueState.DRAFT
    said = {
        "rule": Confidentiality.LIMITED,
        "tlp": Tlp.AMBER_STRICT,
        "published_at": BEGAN if out else None,
        **values,
    }
    row: Dialogue = make.put(
        Dialogue(
            ref=f"D-{n}",
            organisation_id=body,
            author_id=author,
            state=state,
            attributed=said["rule"] != Confidentiality.CHATHAM,
            format="online",
            title=f"D{n}",
            zone="UTC",
            minutes=60,
            created_at=BEGAN,
            changed_at=BEGAN,
            **said,
        )
    )
    return row


def table(make: Maker, row: Dialogue, organisers: Any, guests: Any) -> None:
    """Seat organisers and people who are invited alone."""
    for person in organisers:
        attends(make, row, person, organises=True)
    for person in guests:
        attends(make, row, person)


def delegation(make: Maker, row: Dialogue, home: int, contact: int | None = None) -> int:
    """An organisation at the table."""
    held = Delegation(dialogue_id=row.id, organisation_id=home, contact_id=contact)
    return int(make.put(held).id)


def attends(make: Maker, row: Dialogue, person: int, **values: Any) -> None:
    """Somebody at the table."""
    make.put(Attendee(dialogue_id=row.id, person_id=person, **values))
