"""The nouns with a recipient list: notices and commitments, each with every kind of line on it."""

from typing import Any

from models.audience import AudienceVersion, Recipient
from models.commitments import (
    Amendment,
    Commitment,
    CommitmentState,
    Condition,
    Milestone,
    Statement,
)
from models.notices import Comment, Edition, Notice, NoticeState, Receipt, ReceiptReminder
from models.processes import Part, Process
from models.vocabulary import Tlp
from tests.cast import BEGINNING, NOW
from tests.policy.whole.people import DAY, MADE, Cast

SHORT = {Tlp.AMBER_STRICT: "STRICT"}
WORDS: dict[str, Any] = {"title": "x", "zone": "UTC", "theme": "notice-contacts"}


def notices(cast: Cast) -> dict[str, int]:
    """Each state under each marking, with the full list; and those that differ in one thing."""
    made = dict[str, Notice]()
    for state in NoticeState:
        for tlp in Tlp:
            name = f"{state}-{SHORT.get(tlp, tlp)}"
            made[name] = _notice(cast, name, state=state, tlp=tlp)
            cast.address({"notice_id": made[name].id}, *(() if tlp == Tlp.RED else ("author",)))
    for name, values in {
        "never": {"state": "withdrawn", "published_at": None},
        "nowhere": {"state": "open", "published_at": None},  # open, yet it never left its home
        "left": {"author_id": cast.people["former"]},  # its author has left
    }.items():
        made[name] = _notice(cast, name, **values)
        cast.address({"notice_id": made[name].id}, "author")
    own = {"organisation_id": cast.homes["body"], "author_id": cast.people["team"]}
    made["mediators"] = _notice(cast, "mediators", **own)
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    made["elsewhere"] = _notice(cast, "elsewhere", tlp="AMBER+STRICT", **far)
    for name in ("mediators", "elsewhere"):
        lists = {"notice_id": made[name].id}
        cast.add(Recipient(**lists, organisation_id=cast.homes["mission"]))
    _beside(cast, made)
    keys = {name: notice.id for name, notice in made.items()}
    cast.follow("notices", keys.values(), "author", "frozen")
    cast.follow("notices", [keys["open-AMBER"]], "beta.observer")
    cast.follow("clauses", keys.values(), "alpha.observer")  # another noun, the same keys
    return keys


def _notice(cast: Cast, name: str, **values: Any) -> Notice:
    state = values.get("state", "open")
    said = {"organisation_id": cast.homes["home"], "author_id": cast.people["author"]}
    said |= {"pap": "CLEAR", "kind": "other", "title": "x", "edition": 0, "tlp": "AMBER"}
    said |= {"published_at": None if state == "draft" else BEGINNING, "state": state}
    if state != "draft":
        said["edition"] = 2
    return cast.add(Notice(ref=f"N-{name}"[:16], **(said | MADE | values)))


def _beside(cast: Cast, made: dict[str, Notice]) -> None:
    # Who has acknowledged: the present edition; an earlier one; another notice.
    one, other = made["open-AMBER"], made["open-STRICT"]
    for name, notice, edition in (
        ("alpha.observer", one, 2), ("gamma.observer", one, 1), ("grouped", other, 2),
    ):  # fmt: skip
        said = {"notice_id": notice.id, "person_id": cast.people[name], "edition": edition}
        cast.add(Receipt(acknowledged_at=NOW, **said))
    # Who is reminded at this moment of the one, and was earlier of the other.
    at_once = [(made[name], NOW) for name in ("open-AMBER", "open-RED", "nowhere")]
    for notice, at in (*at_once, (made["left"], NOW - DAY)):
        for person in cast.people.values():
            said = {"notice_id": notice.id, "person_id": person}
            cast.add(ReceiptReminder(reminded_at=at, **said))
    cast.add(
        ReceiptReminder(
            notice_id=other.id, person_id=cast.people["alpha.observer"], reminded_at=NOW
        )
    )
    # Who commented for another audience than that of the present edition.
    first, second = (cast.add(_audience(cast, one)) for _ in range(2))
    for number, audience in ((1, first), (2, second)):
        _edition(cast, one, number, audience.id)
    _edition(cast, other, 2, None)
    _edition(cast, made["closed-AMBER"], 2, first.id)
    # Of these everybody once commented for an earlier audience.
    for name in ("open-GREEN", "left", "closed-STRICT", "open-RED", "nowhere"):
        _edition(cast, made[name], 2, second.id)
        for person in cast.people.values():
            said = {"notice_id": made[name].id, "person_id": person, "audience_id": first.id}
            cast.add(Comment(text="x", at=BEGINNING, **said))
    for name, notice, audience in (
        ("named", one, first.id), ("seated", one, second.id), ("watch.observer", one, None),
        ("grouped", other, first.id), ("beta.observer", made["closed-AMBER"], second.id),
        ("alpha.observer", made["elsewhere"], first.id),
    ):  # fmt: skip
        said = {"notice_id": notice.id, "person_id": cast.people[name], "audience_id": audience}
        cast.add(Comment(text="x", at=BEGINNING, **said))


def _audience(cast: Cast, notice: Notice) -> AudienceVersion:
    own = {"organisation_id": cast.homes["home"], "author_id": cast.people["author"]}
    return AudienceVersion(notice_id=notice.id, tlp="AMBER", **own)


def _edition(cast: Cast, notice: Notice, number: int, audience: int | None) -> None:
    said = {"number": number, "by_id": cast.people["author"], "audience_id": audience}
    cast.add(Edition(notice_id=notice.id, at=BEGINNING, text={}, **said))


def commitments(cast: Cast) -> dict[str, int]:
    """Each state at AMBER; other markings; and each thing that time, conditions or a party does."""
    made = {str(state): promise(cast, str(state), state=state) for state in CommitmentState}
    back = {"asked_id": cast.homes["home"]}
    later = {"next_round_at": NOW + DAY}
    for name, values in {
        "draft-RED": {"state": "draft", "tlp": "RED"},
        "force-RED": {"tlp": "RED"},
        "proposed-RED": {"state": "proposed", "tlp": "RED"},
        "force-GREEN": {"tlp": "GREEN"},
        "force-STRICT": {"tlp": "AMBER+STRICT"},
        "force-alone": {"verifier_id": None},
        "force-nowhere": {"published_at": None},
        "withdrawn-never": {"state": "withdrawn", "published_at": None},
        "proposed-late": {"state": "proposed", "answer_by_at": NOW},
        "proposed-back": {"state": "proposed", **back},
        "force-round": {"next_round_at": NOW},
        "force-later": later,
        "force-left": {"author_id": cast.people["former"]},
    }.items():
        made[name] = promise(cast, name, **values)
    _tied(cast, made)
    _asked(cast, made)
    for name, voice, by in (("met", "finding", "judge"), ("said", "report", "home")):
        made[f"force-{name}"] = promise(cast, f"force-{name}")
        of = {"commitment_id": made[f"force-{name}"].id, "organisation_id": cast.homes[by]}
        by_id = cast.people[f"{by}.liaison"]
        cast.add(Statement(type=voice, by_id=by_id, at=BEGINNING, words="x", **of))
    _watched(cast, made)
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    parties = {"addressee_id": cast.homes["cut"], "verifier_id": None}
    made["elsewhere"] = promise(cast, "elsewhere", listed=False, **far, **parties)
    keys = {name: row.id for name, row in made.items()}
    cast.follow("commitments", keys.values(), "author", "frozen")
    cast.follow("commitments", [keys["in-force"]], "beta.observer")
    cast.follow("groups", keys.values(), "alpha.observer")  # another noun, the same keys
    return keys


def _watched(cast: Cast, made: dict[str, Commitment]) -> None:
    # Due and not reported, due tomorrow, reported and not verified, met in both ways.
    late, ahead, reported = (NOW, None, None), (NOW + DAY, None, None), (NOW, NOW, None)
    both = ((NOW, NOW, NOW), (NOW, None, NOW))
    of_process = cast._process("S-linked").id
    cast.seat_people(cast.session.get_one(Process, of_process), chair=Part.PARTY)
    for name, days, values in (
        ("force-overdue", (late,), {}),
        ("force-ahead", (ahead,), {}),
        ("force-reported", (reported,), {}),
        ("force-done", both, {}),
        ("force-alone-said", (reported,), {"verifier_id": None}),
        # Everybody reads these: who mediates is told by the process alone.
        ("force-GREEN-on", (late,), {}),
        ("force-GREEN-part", (late,), {"process_id": of_process, "listed": False}),
        ("force-GREEN-loose", (late,), {"listed": False}),
    ):
        tlp = "GREEN" if "GREEN" in name else "AMBER"
        made[name] = promise(cast, name, tlp=tlp, **values)
        for number, (due, said, met) in enumerate(days, 1):
            at = {"due_on": due.date(), "due_at": due, "reported_at": said, "met_at": met}
            cast.add(Milestone(commitment_id=made[name].id, number=number, **at))
    out = {"process_id": cast.process.id, "excepted": True}
    cast.add(Recipient(commitment_id=made["force-GREEN-loose"].id, **out))


def promise(cast: Cast, name: str, *, listed: bool = True, **values: Any) -> Commitment:
    """A commitment of Home to Other, verified by Judge, in force unless said otherwise."""
    state = values.get("state", "in-force")
    homes = cast.homes
    said = {"organisation_id": homes["home"], "author_id": cast.people["author"], "tlp": "AMBER"}
    said |= {"addressee_id": homes["other"], "verifier_id": homes["judge"], "state": state}
    said |= {"asked_id": homes["other"] if state == "proposed" else None}
    said |= {"answer_by_at": NOW + DAY, "published_at": None if state == "draft" else BEGINNING}
    row = cast.add(Commitment(ref=f"C-{name}"[:16], **(WORDS | said | MADE | values)))
    if listed:
        cast.address({"commitment_id": row.id}, "other.liaison", "judge.liaison", "home.liaison")
    return row


# Of each: its own state; what ties it to another one, and from which end; the state of that one.
TIES: dict[str, tuple[str, str, bool, str, Any]] = {
    "after": ("accepted", "after", False, "in-force", NOW + DAY),
    "after-unknown": ("accepted", "after", False, "in-force", None),
    "after-come": ("accepted", "after", False, "fulfilled", NOW),
    "together": ("accepted", "together", False, "proposed", None),
    "together-come": ("accepted", "together", False, "accepted", None),
    "together-force": ("accepted", "together", False, "in-force", None),
    "together-rests": ("accepted", "together", False, "suspended", None),
    "together-done": ("accepted", "together", False, "fulfilled", None),
    "back": ("accepted", "together", True, "proposed", None),
    "back-come": ("accepted", "together", True, "accepted", None),
    "back-force": ("accepted", "together", True, "in-force", None),
    "back-rests": ("accepted", "together", True, "suspended", None),
    "back-done": ("accepted", "together", True, "fulfilled", None),
    "back-draft": ("accepted", "together", True, "draft", None),
    "back-after": ("accepted", "after", True, "proposed", NOW + DAY),
    "while": ("accepted", "while", False, "proposed", None),
    "force-broken": ("in-force", "while", False, "suspended", NOW),
    "force-grace": ("in-force", "while", False, "suspended", NOW + DAY),
    "force-after": ("in-force", "after", False, "fulfilled", NOW),
    "suspended-broken": ("suspended", "while", False, "suspended", NOW),
}


def _tied(cast: Cast, made: dict[str, Commitment]) -> None:
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    for name, (state, sort, back, other, at) in TIES.items():
        made[name] = promise(cast, name, state=state)
        peer = promise(cast, f"p-{name}", listed=False, state=other, tlp="RED", **far)
        one, on = (peer, made[name]) if back else (made[name], peer)
        cast.add(Condition(commitment_id=one.id, on_id=on.id, type=sort, turns_at=at))


def _asked(cast: Cast, made: dict[str, Commitment]) -> None:
    for name, sort, side, by, open_ in (
        ("terms", "terms", "home", "author", True),
        ("terms-back", "terms", "other", "other.liaison", True),
        ("release", "release", "home", "author", True),
        ("release-back", "release", "other", "other.liaison", True),
        ("answered", "terms", "home", "author", False),
        ("released-not", "release", "home", "author", False),
        ("both", "terms", "home", "double", True),
    ):
        made[name] = promise(cast, name)
        asked = {"commitment_id": made[name].id, "organisation_id": cast.homes[side]}
        asked |= {"type": sort, "by_id": cast.people[by], "at": BEGINNING, "why": "x"}
        cast.add(Amendment(answered_at=None if open_ else NOW, **asked))
