"""The scene of releases."""

from datetime import timedelta
from typing import Any

from models.dialogues import DialogueState
from models.records import Record, RecordState
from models.releases import Answer, Part, Release, ReleaseParty, ReleaseState
from models.stakeholders import OrganisationKind, Role
from models.vocabulary import Tlp
from tools.policy_world.dialogues import attends, dialogue
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

DAY, DIGEST = timedelta(days=1), "1" * 64
MINUTES = "from minutes"
# What is tried while it is being agreed on, beside the plain one of each state.
AGREED: dict[str, dict[str, Any]] = {
    "all agreed, cooling off": {"cool_until_at": NOW + DAY},
    "all agreed, cooled": {"cool_until_at": NOW},
    "agreed to another text": {"cool_until_at": NOW},
}


def releases_scene(make: Maker) -> Scene:
    """Releases in each state, with who signs, whose words they hold, and who is named."""
    home, signer, source, named = (make.organisation() for _ in range(4))
    body = make.organisation(kind=OrganisationKind.MEDIATION)
    people = {
        "last hand": make.person(home),
        "another liaison of its organisation": make.person(home),
        "observer of its organisation": make.person(home, Role.OBSERVER),
        "liaison of a signatory": make.person(signer),
        "observer of a signatory": make.person(signer, Role.OBSERVER),
        "liaison of whose words it holds": make.person(source),
        "observer of whose words it holds": make.person(source, Role.OBSERVER),
        "person whose words it holds": make.person(make.organisation(), Role.OBSERVER),
        "liaison of whom it names": make.person(named),
        "observer of whom it names": make.person(named, Role.OBSERVER),
        "organiser of the dialogue, last hand": make.person(body, Role.MEDIATOR),
        "another organiser of the dialogue": make.person(body, Role.COORDINATOR),
        "colleague of the organisers": make.person(body),
    }
    parties: list[dict[str, Any]] = [
        {"part": Part.SIGNS, "organisation_id": signer},
        {"part": Part.WORDS, "organisation_id": source},
        {"part": Part.WORDS, "person_id": people["person whose words it holds"]},
        {"part": Part.NAMED, "organisation_id": named},
    ]
    put = _Putting(make, parties)
    for state in ReleaseState:
        put(str(state), "plain", home, people["last hand"])
    put("draft", "correction", home, people["last hand"], asked_at=BEGAN, published_at=BEGAN)
    put("withdrawn", "never put to anybody", home, people["last hand"], asked_at=None)
    for label, said in AGREED.items():
        put("agreeing", label, home, people["last hand"], **said)
    minutes = _minutes(make, body, people)
    for state in (ReleaseState.DRAFT, ReleaseState.PROPOSED, ReleaseState.AGREEING):
        organiser = people["organiser of the dialogue, last hand"]
        put(str(state), MINUTES, body, organiser, record_id=minutes)
    order = [str(state) for state in ReleaseState]
    ordered = dict(sorted(put.resources.items(), key=lambda one: order.index(one[0][0])))
    return Scene(ordered, people | make.platform_people())


class _Putting:
    """Puts releases, each with these parties, and keeps their keys."""

    def __init__(self, make: Maker, parties: list[dict[str, Any]]) -> None:
        self.make, self.parties = make, parties
        self.resources: dict[tuple[str, str], int] = {}

    def __call__(self, state: str, label: str, home: int, author: int, **values: Any) -> None:
        n = next(self.make.numbers)
        put = state not in (ReleaseState.DRAFT, ReleaseState.PROPOSED)
        out = state in (ReleaseState.RELEASED, ReleaseState.WITHDRAWN)
        said = {
            "tlp": Tlp.AMBER_STRICT,
            "asked_at": BEGAN if put else None,
            "published_at": BEGAN if out else None,
            "cool_until_at": NOW + DAY,
        }
        row = Release(
            ref=f"W-{n}",
            organisation_id=home,
            author_id=author,
            state=state,
            title=f"W{n}",
            digest=DIGEST,
            created_at=BEGAN,
            changed_at=BEGAN,
            **(said | values),
        )
        release = self.make.put(row)
        agreed = label.startswith("all agreed")
        for party in self.parties:
            answer = {"answer": Answer.AGREED, "digest": DIGEST if agreed else "2" * 64}
            given = answer if agreed or label.startswith("agreed") else {}
            self.make.put(ReleaseParty(release_id=release.id, **party, **given))
        self.resources[state, label] = int(release.id)


def _minutes(make: Maker, body: int, people: dict[str, int]) -> int:
    organisers = ("organiser of the dialogue, last hand", "another organiser of the dialogue")
    said = {"tlp": Tlp.AMBER_STRICT}
    held = dialogue(make, body, people[organisers[0]], DialogueState.HELD, **said)
    for label in organisers:
        attends(make, held, people[label], organises=True, came=True)
    n = next(make.numbers)
    row = Record(
        ref=f"R-{n}",
        dialogue_id=held.id,
        organisation_id=body,
        author_id=people[organisers[0]],
        state=RecordState.ADOPTED,
        title=f"R{n}",
        tlp=Tlp.AMBER_STRICT,
        sha256="0" * 64,
        created_at=BEGAN,
        changed_at=BEGAN,
    )
    return int(make.put(row).id)
