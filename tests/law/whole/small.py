"""The nouns without a recipient list: processes, organisations, people, groups, clauses, office."""

from typing import Any

from models.norms import Clause, ClauseState
from models.office import Office
from models.processes import Part, Phase, Process
from models.stakeholders import (
    GroupMember,
    Invitation,
    Membership,
    Role,
    SharingGroup,
    Standing,
)
from tests.cast import BEGINNING, NOW
from tests.law.whole.people import DAY, MADE, Cast


def processes(cast: Cast) -> dict[str, int]:
    """One in each phase; one whose seats are open; one of others."""
    made = {str(phase): cast._process(f"S-{phase}"[:16], state=phase).id for phase in Phase}
    made["open"] = cast._process("S-open", state=Phase.TALKS, open_seats=True).id
    # Seats of bodies, and of somebody who mediates for one but is no member of this team.
    shared = cast.session.get_one(Process, made["open"])
    cast.seat(shared, mission=Part.OBSERVER, body=Part.OBSERVER)
    cast.seat_people(shared, chair=Part.PARTY)
    own = {"organisation_id": cast.homes["mission"]}
    other = cast.add(Process(ref="S-other", cover_name="other", **own, **MADE))
    cast.seat(other, far=Part.PARTY)
    cast.seat_people(other, foreign=Part.TEAM, chair=Part.TEAM)
    return made | {"elsewhere": other.id}


def organisations(cast: Cast) -> dict[str, int]:
    """The company, the mediation body, and one in each state."""
    named = {"home": "home", "body": "body", "suspended": "idle", "asked": "asked"}
    return {name: cast.homes[home] for name, home in (named | {"leaving": "leaving"}).items()}


def people(cast: Cast) -> dict[str, int]:
    """Somebody to turn to, an ordinary colleague, who was and will be, and the other states."""
    named = (
        "home.liaison", "home.observer", "body.mediator", "body.coordinator", "home.admin",
        "alpha.observer", "gamma.observer", "seated", "team", "sleeper", "former", "future",
        "frozen", "gone", "guest", "steward",
    )  # fmt: skip
    return {name: cast.people[name] for name in named} | _invited(cast)


def _invited(cast: Cast) -> dict[str, int]:
    for name in ("invitee", "uninvited"):
        at = {"person_id": cast.people[name], "organisation_id": cast.homes["home"]}
        cast.add(Membership(role=Role.OBSERVER, begins_at=BEGINNING, **at))
    hours: dict[str, Any] = {"accepted_at": None, "revoked_at": None}
    for n, values in enumerate(
        (
            {"person_id": cast.people["invitee"], "expires_at": NOW + DAY},
            {"person_id": cast.people["uninvited"], "expires_at": NOW},
            {"person_id": cast.people["guest"], "expires_at": NOW + DAY, "accepted_at": NOW},
            {"person_id": cast.people["absent"], "expires_at": NOW + DAY, "revoked_at": NOW},
        )
    ):
        cast.add(Invitation(key_hash=str(n) * 64, created_at=BEGINNING, **(hours | values)))
    return {name: cast.people[name] for name in ("invitee", "uninvited", "absent")}


def groups(cast: Cast) -> dict[str, int]:
    """One with an open list, one whose members do not see one another, one that is closed."""
    own = {"organisation_id": cast.homes["home"], "ceiling": "AMBER", "created_at": BEGINNING}
    made = dict[str, int]()
    for name, values in {
        "open": {"open_list": True},
        "hidden": {"open_list": False},
        "closed": {"open_list": True, "state": Standing.LEFT},
    }.items():
        group = cast.add(SharingGroup(ref=f"G-{name}", name=name, **own, **values))
        for home in ("beta", "idle"):
            cast.add(GroupMember(group_id=group.id, organisation_id=cast.homes[home]))
        cast.add(GroupMember(group_id=group.id, person_id=cast.people["grouped"]))
        made[name] = group.id
    return made


def clauses(cast: Cast) -> dict[str, int]:
    """One in use, one retired."""
    said = {"body": "x", "how_known": "x", "theme": "notice-contacts", "days": 30}
    made = {
        str(state): cast.add(
            Clause(ref=f"L-{state}"[:16], state=state, title="x", changed_at=BEGINNING, **said)
        )
        for state in ClauseState
    }
    return {name: clause.id for name, clause in made.items()}


def office(cast: Cast) -> dict[str, int]:
    """There is one."""
    found = cast.session.query(Office).first()
    return {"office": found.id if found else cast.add(Office(ref="H-1")).id}
