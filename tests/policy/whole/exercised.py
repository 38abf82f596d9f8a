"""Exercises: in each state, with who plays what, injects that are due, released, and findings."""

from typing import Any

from models.audience import Recipient
from models.commitments import Commitment
from models.exercises import (
    Exercise,
    ExerciseFinding,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseParty,
    ExerciseSeat,
    ExerciseState,
)
from models.ledger import OutboxEmail
from tests.cast import BEGINNING, NOW
from tests.policy.whole.people import DAY, MADE, Cast

MARKED = (
    *((f"{state}-STRICT", {"state": state}) for state in ExerciseState),
    *(
        (f"{state}-{tlp}", {"state": state, "tlp": tlp})
        for tlp, states in (
            ("RED", ("draft", "planned", "running", "over", "closed")),
            ("GREEN", ("running", "over", "closed")),
            ("AMBER", ("planned", "running", "over")),
            ("CLEAR", ("planned",)),
        )
        for state in states
    ),
    ("never", {"state": "cancelled", "published_at": None}),
    ("left", {"state": "planned", "author": "former"}),
    ("bare", {"state": "running"}),
    ("bare-planned", {"state": "planned"}),
    ("apart", {"state": "planned"}),
    ("apart-over", {"state": "over"}),
)
# Who does what: of Home's speakers one plays; one is taken out of the list, one is not on it.
SEATS = {
    "home.liaison": ("player", 2, -DAY),
    "alpha.observer": ("player", 1, 0 * DAY),
    "named": ("player", 2, 0 * DAY),
    "barred": ("player", 1, -DAY),
    "beta.observer": ("observer", None, -DAY),
    "gamma.observer": ("controller", None, -DAY),
    "far.observer": ("controller", None, -DAY),
    "delta.observer": ("player", 1, 0 * DAY),  # of a client of the list
}


# E-mails on one of them: which, and how far each has come. One has yet to go, three are none that
# was taken in; of the others one has a role, one may come in no more, one is of another noun.
LEASED, SENT = {"leased_until": NOW}, {"outcome": "sent"}
EMAILS: dict[str, tuple[str, dict[str, Any]]] = {
    "second": ("publish", SENT),
    "team": ("edit", SENT),
    "seated": ("seat", SENT),
    "grouped": ("publish", {"attempts": 1}),
    "watch.observer": ("publish", LEASED),
    "chosen": ("publish", {}),
    "herself": ("publish", {"attempts": 8, "outcome": "dead"}),
    "twice": ("publish", LEASED | {"outcome": "refused"}),
    "fled": ("cancel", SENT),
    "named": ("publish", SENT),
    "frozen": ("publish", SENT),
    "home.mediator": ("publish", SENT | {"resource_type": "dialogues"}),
}


def exercises(cast: Cast) -> dict[str, int]:
    """Of Home by its author, with the full list; one without seats, and one of others."""
    made = dict[str, int]()
    for name, said in MARKED:
        made[name] = _exercise(cast, name, **said)
        _address(cast, made[name], name)
        parties = _parties(cast, made[name])
        if not name.startswith("bare"):
            _seat(cast, made[name], parties, SEATS)
        if name == "over-AMBER":
            _seat(cast, made[name], parties, {"second": ("player", 1, -DAY)})
        _injects(cast, name, made[name], parties)
        _finding(cast, name, made[name])
    _write_to(cast, made["planned-AMBER"])
    made["elsewhere"] = _exercise(
        cast, "elsewhere", state="draft", home="far", author="far.observer"
    )
    cast.follow("exercises", made.values(), "author", "frozen")
    cast.follow("exercises", [made["running-GREEN"]], "beta.observer")
    cast.follow("groups", made.values(), "delta.observer")  # another noun, the same keys
    return made


def _exercise(cast: Cast, name: str, **values: Any) -> int:
    home, author = values.pop("home", "home"), values.pop("author", "author")
    said: dict[str, Any] = {
        "organisation_id": cast.homes[home],
        "author_id": cast.people[author],
        "tlp": "AMBER+STRICT",
        "title": "x",
        "starts_at": NOW,
        "ends_at": NOW + DAY,
        "zone": "UTC",
        "minutes": 40,
        "published_at": None if values["state"] == "draft" else BEGINNING,
    }
    row = Exercise(ref=f"X-{name}"[:16], **(said | MADE | values))
    return int(cast.add(row).id)


def _address(cast: Cast, exercise: int, name: str) -> None:
    key = {"exercise_id": exercise}
    if name.startswith("apart"):  # to Alpha alone, so that Home is not on the list
        cast.add(Recipient(organisation_id=cast.homes["alpha"], **key))
    else:
        cast.address(key, *(() if name.endswith("RED") else ("author",)))


def _parties(cast: Cast, exercise: int) -> dict[int, int]:
    of_it = {"exercise_id": exercise}
    return {n: cast.add(ExerciseParty(number=n, name=f"{n}", **of_it)).id for n in (1, 2)}


def _seat(cast: Cast, exercise: int, parties: dict[int, int], seats: dict[str, Any]) -> None:
    for who, (role, party, since) in seats.items():
        cast.add(
            ExerciseSeat(
                exercise_id=exercise,
                person_id=cast.people[who],
                role=role,
                party_id=parties[party] if party else None,
                since_at=BEGINNING + since,
            )
        )


def _write_to(cast: Cast, exercise: int) -> None:
    times = {"created_at": BEGINNING, "due_at": BEGINNING, "next_at": BEGINNING}
    for number, (who, (template, said)) in enumerate(EMAILS.items()):
        about = {"resource_type": "exercises", "resource_id": exercise, "template": template}
        whose = {"cause": f"exercised {number}", "person_id": cast.people[who]}
        cast.add(OutboxEmail(**whose, **times, **(about | said)))


# By name the injects of each, with the party that they go to; everywhere else one is due.
INJECTS: dict[str, tuple[dict[str, Any], ...]] = {
    "running-STRICT": ({"due_at": NOW}, {"released_at": BEGINNING, "for_all": True}),
    "running-AMBER": ({"due_at": NOW}, {"released_at": BEGINNING}),
    "running-GREEN": ({"released_at": BEGINNING}, {"due_at": NOW + DAY, "to": 2}),
    "running-RED": ({"released_at": BEGINNING - DAY, "due_at": NOW, "for_all": True}, {}),
}


def _injects(cast: Cast, name: str, exercise: int, parties: dict[int, int]) -> None:
    for said in INJECTS.get(name, ({"due_at": NOW},)):
        plain = {"kind": "news", "title": "x", "for_all": False}
        values = {key: value for key, value in said.items() if key != "to"}
        inject = cast.add(ExerciseInject(exercise_id=exercise, **plain | values))
        key = {"inject_id": inject.id, "exercise_id": exercise}
        if not inject.for_all:
            cast.add(ExerciseInjectParty(party_id=parties[said.get("to", 1)], **key))


def _finding(cast: Cast, name: str, exercise: int) -> None:
    if name == "over-GREEN":
        return
    became = cast.session.query(Commitment.id).order_by(Commitment.id).limit(1).scalar()
    cast.add(
        ExerciseFinding(
            exercise_id=exercise,
            organisation_id=cast.homes["other" if name == "closed-GREEN" else "home"],
            by_id=cast.people["author"],
            commitment_id=became if name == "closed-STRICT" else None,
            text="x",
            at=NOW,
        )
    )
