"""The nouns without a recipient list: processes, who is here, training, clauses, the office."""

from datetime import datetime
from typing import Any

from models.alternates import Alternate, AlternateState
from models.norms import Clause, ClauseState
from models.offers import Offer, OfferState, Tie
from models.office import Office
from models.processes import Part, Phase, Process
from models.readiness import CheckState, Scope, SelfCheck
from models.stakeholders import (
    GroupMember,
    Membership,
    Role,
    SharingGroup,
    Standing,
)
from models.training import Completion, CompletionState
from models.units import TrainingUnit, UnitState
from tests.cast import BEGINNING, NOW
from tests.policy.whole.people import DAY, MADE, Cast


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
    cast.follow("processes", made.values(), "team", "frozen")
    cast.follow("processes", [made["talks"]], "gamma.observer")
    cast.follow("offers", made.values(), "second")  # another noun, the same keys
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
        "frozen", "gone", "guest", "steward", "invitee", "uninvited", "absent",
    )  # fmt: skip
    return {name: cast.people[name] for name in named}


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


def offers(cast: Cast) -> dict[str, int]:
    """Each sort in each state, to a person who is here and to one who is new; and expired ones."""
    home, group = cast.homes["home"], _own_group(cast)
    sorts: dict[str, dict[str, Any]] = {
        "member": {"tie": Tie.MEMBER, "organisation_id": home, "person_id": "guest"},
        "office": {"tie": Tie.OFFICE, "person_id": "guest"},
        "client": {"tie": Tie.CLIENT, "organisation_id": home, "to_organisation_id": "other"},
        "joins": {**group, "to_organisation_id": "other"},
        "own": {**group, "to_organisation_id": "home"},
        "named": {**group, "person_id": "guest"},
        "new": {"tie": Tie.MEMBER, "organisation_id": home, "person_id": "invitee"},
        "gone": {"tie": Tie.MEMBER, "organisation_id": home, "person_id": "gone"},
    }
    made = dict[str, int]()
    for sort, values in sorts.items():
        for state in OfferState:
            made[f"{sort}-{state}"] = _offer(cast, f"{sort}-{state}", state, NOW + DAY, values)
    for sort in ("member", "client", "new", "own"):
        state = OfferState.OFFERED
        made[f"{sort}-late"] = _offer(cast, f"{sort}-late", state, NOW, sorts[sort])
    return made


def _own_group(cast: Cast) -> dict[str, Any]:
    home = cast.homes["home"]
    made = {"organisation_id": home, "ceiling": "AMBER", "created_at": BEGINNING}
    group = cast.add(SharingGroup(ref="G-offered", name="offered", **made))
    return {"tie": Tie.GROUP, "organisation_id": home, "group_id": group.id}


def _offer(cast: Cast, name: str, state: str, until: datetime, values: dict[str, Any]) -> int:
    keys = {"person_id": cast.people, "to_organisation_id": cast.homes}
    said = {key: keys[key][value] if key in keys else value for key, value in values.items()}
    made = {"same_as": name, "by_id": cast.people["pen"], "state": state, "expires_at": until}
    row = Offer(ref=f"V-{name}"[:16], name="x", email="x", created_at=BEGINNING, **made, **said)
    return int(cast.add(row).id)


def readiness(cast: Cast) -> dict[str, int]:
    """One in each state, and one of somebody else."""
    at = {"created_at": BEGINNING, "changed_at": BEGINNING}
    made = dict[str, int]()
    for name, person, scope, state in (
        ("open", "contact", Scope.PERSON, CheckState.OPEN),
        ("completed", "contact", Scope.TEAM, CheckState.COMPLETED),
        ("erased", "contact", Scope.TEAM, CheckState.ERASED),
        ("other", "sent", Scope.TEAM, CheckState.OPEN),
    ):
        whose = cast.people[person]
        check = SelfCheck(ref=f"Q-{name}", person_id=whose, scope=scope, state=state, **at)
        made[name] = cast.add(check).id
    return made


def alternates(cast: Cast) -> dict[str, int]:
    """One in each state; to come and over; of whom one left, was suspended, or has no such role."""
    made = dict[str, int]()
    accepted = AlternateState.ACCEPTED
    named: dict[str, dict[str, Any]] = {str(state): {"state": state} for state in AlternateState}
    named |= {
        "late": {"ends_at": NOW, "state": AlternateState.DECLARED},
        "to-come": {"begins_at": NOW + DAY / 2, "state": accepted},
        "over": {"ends_at": NOW, "state": accepted},
        "left": {"person_id": "former", "state": accepted},
        "for-left": {"for_id": "former", "state": accepted},
        "for-future": {"for_id": "future", "state": AlternateState.DECLARED},
        "for-frozen": {"for_id": "frozen", "state": accepted},
        "asked-frozen": {"person_id": "frozen", "state": AlternateState.DECLARED},
        "in-role": {"role": "liaison", "state": accepted},
        "no-role": {"role": "mediator", "state": accepted},
        "asked-no-role": {"role": "mediator", "state": AlternateState.DECLARED},
        "role-over": {"for_id": "herself", "role": "liaison", "state": accepted},
        "role-future": {"for_id": "herself", "role": "mediator", "state": accepted},
        "role-elsewhere": {"for_id": "herself", "role": "coordinator", "state": accepted},
        "role-ending": {"for_id": "home.coordinator", "role": "coordinator", "state": accepted},
        "idle": {
            "organisation_id": cast.homes["idle"],
            "person_id": "idle.observer",
            "state": accepted,
        },
        "ending": {"person_id": "home.coordinator", "for_id": "home.observer", "state": accepted},
    }
    for name, said in named.items():
        people = {"for_id": "author", "person_id": "home.observer", "declared_by_id": "double"}
        keys = {field: cast.people[said.get(field, who)] for field, who in people.items()}
        row = {
            "organisation_id": cast.homes["home"],
            "zone": "UTC",
            "begins_at": NOW - DAY,
            "ends_at": NOW + DAY,
            "created_at": BEGINNING,
        }
        made[name] = cast.add(Alternate(ref=f"B-{name}"[:16], **row | said | keys)).id
    _roles_of_herself(cast)
    return made


def _roles_of_herself(cast: Cast) -> None:
    # What she was there, will be there, and is elsewhere: none of them is a role that she has.
    for home, role, begins, ends in (
        ("home", Role.LIAISON, BEGINNING, NOW),
        ("home", Role.MEDIATOR, NOW + DAY, None),
        ("asleep", Role.COORDINATOR, BEGINNING, None),
    ):
        at = {"person_id": cast.people["herself"], "organisation_id": cast.homes[home]}
        cast.add(Membership(role=role, begins_at=begins, ends_at=ends, **at))


def training(cast: Cast) -> dict[str, int]:
    """One in each state, of somebody with a colleague and with an administrator; and of others."""
    at = {"created_at": BEGINNING, "changed_at": BEGINNING, "unit": "tlp"}
    made = dict[str, int]()
    for name, person, state in (
        ("under-way", "home.observer", CompletionState.UNDER_WAY),
        ("completed", "home.observer", CompletionState.COMPLETED),
        ("erased", "home.observer", CompletionState.ERASED),
        ("ending", "home.coordinator", CompletionState.COMPLETED),
        ("alone", "named", CompletionState.COMPLETED),
        ("left", "former", CompletionState.COMPLETED),
        ("coming", "future", CompletionState.COMPLETED),
    ):
        whose = cast.people[person]
        row = Completion(ref=f"T-{name}", person_id=whose, state=state, **at)
        made[name] = cast.add(row).id
    for unit_state in (UnitState.PUBLISHED, UnitState.WITHDRAWN):
        unit = f"U-of-{unit_state}"[:16]
        _unit(cast, unit, unit_state)
        for state in (CompletionState.UNDER_WAY, CompletionState.COMPLETED):
            name = f"{unit_state}-{state}"
            row = Completion(ref=f"T-{len(made)}", state=state, **at | {"unit": unit})
            row.person_id = cast.people["named"]
            made[name] = cast.add(row).id
    return made


def units(cast: Cast) -> dict[str, int]:
    """One in each state."""
    return {str(state): _unit(cast, f"U-{state}"[:16], state) for state in UnitState}


def _unit(cast: Cast, ref: str, state: UnitState) -> int:
    said = dict.fromkeys(("title", "summary", "body", "questions", "sources"), "x")
    counted = dict.fromkeys(("minutes", "sections", "asked"), 1)
    at = {"created_at": BEGINNING, "changed_at": BEGINNING}
    row = TrainingUnit(ref=ref, state=state, language="en", lasts="year", **said, **counted, **at)
    return cast.add(row).id


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
