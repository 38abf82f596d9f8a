"""Releases: in each state, with who signs, whose words they hold, and who is named."""

from typing import Any

from models.dialogues import Attendee, Dialogue, TableRole
from models.records import Record
from models.releases import Answer, Part, Release, ReleaseParty, ReleaseState
from tests.cast import BEGINNING, NOW
from tests.policy.whole.people import DAY, MADE, Cast

TEXT, ANOTHER = "1" * 64, "2" * 64
WORDS, SIGNS, NAMED = Part
ALL = (SIGNS, WORDS, NAMED)
PUT = {"asked_at": BEGINNING}
# What differs: the columns of each, which parts of its parties have answered, and to which text.
DIFFERENT: dict[str, tuple[dict[str, Any], tuple[Part, ...], str]] = {
    "draft-again": (
        {"state": "draft", "published_at": BEGINNING, "cool_until_at": NOW, **PUT},
        ALL,
        TEXT,
    ),
    "proposed-again": ({"state": "proposed", "cool_until_at": NOW, **PUT}, ALL, TEXT),
    "declined-late": ({"state": "declined", "cool_until_at": NOW, **PUT}, ALL, TEXT),
    "released-late": ({"state": "released", "cool_until_at": NOW, **PUT}, ALL, TEXT),
    "withdrawn-late": ({"state": "withdrawn", "cool_until_at": NOW, **PUT}, ALL, TEXT),
    "agreeing-agreed": ({"state": "agreeing", "cool_until_at": NOW + DAY, **PUT}, ALL, TEXT),
    "agreeing-cooled": ({"state": "agreeing", "cool_until_at": NOW, **PUT}, ALL, TEXT),
    "agreeing-old": ({"state": "agreeing", "cool_until_at": NOW, **PUT}, ALL, ANOTHER),
    "agreeing-signed": ({"state": "agreeing", "cool_until_at": NOW, **PUT}, (SIGNS,), TEXT),
    "agreeing-given": ({"state": "agreeing", "cool_until_at": NOW, **PUT}, (WORDS, NAMED), TEXT),
    "agreeing-unheard": ({"state": "agreeing", "cool_until_at": NOW, **PUT}, (SIGNS, WORDS), TEXT),
    "withdrawn-never": ({"state": "withdrawn", "published_at": None, "asked_at": None}, (), ""),
    "left": ({"state": "draft", "author": "former"}, (), ""),
    "refused": ({"state": "agreeing", "cool_until_at": NOW, **PUT}, ALL, TEXT),
}


def releases(cast: Cast) -> dict[str, int]:
    """Of Home by its author; those of minutes by who organises for Body; one of others."""
    made = dict[str, int]()
    for state in ReleaseState:
        put = {} if state in (ReleaseState.DRAFT, ReleaseState.PROPOSED) else PUT
        made[str(state)] = _release(cast, str(state), state=state, **put)
    for name, (said, answered, text) in DIFFERENT.items():
        made[name] = _release(cast, name, answered, text, **said)
    minutes = _minutes(cast)
    by: dict[str, Any] = {"home": "body", "author": "body.mediator", "record_id": minutes}
    for state in ("draft", "proposed", "agreeing", "released"):
        name = f"minutes-{state}"
        put = {} if state in ("draft", "proposed") else PUT
        made[name] = _release(cast, name, state=state, **by, **put)
    cooled = {"state": "agreeing", "cool_until_at": NOW}
    made["minutes-cooled"] = _release(cast, "minutes-cooled", ALL, TEXT, **cooled, **by, **PUT)
    far = {"home": "far", "author": "far.observer"}
    made["elsewhere"] = _release(cast, "elsewhere", parties=False, state="draft", **far)
    # Whoever is suspended or no more of an organisation that is asked has no say.
    for home in ("idle", "shut"):
        key = {"release_id": made["agreeing"], "organisation_id": cast.homes[home]}
        cast.add(ReleaseParty(part=WORDS, **key))
    cast.follow("releases", made.values(), "author", "frozen")
    cast.follow("releases", [made["released"]], "beta.observer")
    cast.follow("training", made.values(), "gamma.observer")  # another noun, the same keys
    return made


def _release(
    cast: Cast,
    name: str,
    answered: tuple[Part, ...] = (),
    text: str = "",
    *,
    parties: bool = True,
    home: str = "home",
    author: str = "author",
    **values: Any,
) -> int:
    state = values["state"]
    out = state in ("released", "withdrawn")
    said = {
        "organisation_id": cast.homes[home],
        "author_id": cast.people[author],
        "tlp": "AMBER+STRICT",
        "title": "x",
        "digest": TEXT,
        "published_at": BEGINNING if out else None,
        "cool_until_at": NOW + DAY,
    }
    row = cast.add(Release(ref=f"W-{name}"[:16], **(said | MADE | values)))
    for part, whom in (
        (SIGNS, {"organisation_id": cast.homes["other"]}),
        (WORDS, {"organisation_id": cast.homes["north"]}),
        (WORDS, {"person_id": cast.people["guest"]}),
        (NAMED, {"organisation_id": cast.homes["south"]}),
    ):
        given = Answer.REPLIED if part == NAMED else Answer.AGREED
        if name == "refused" and part == SIGNS:
            given = Answer.DECLINED
        answer = {"answer": given, "digest": text} if part in answered else {}
        if parties:
            cast.add(ReleaseParty(release_id=row.id, part=part, **whom, **answer))
    return int(row.id)


def _minutes(cast: Cast) -> int:
    own = {"organisation_id": cast.homes["body"], "author_id": cast.people["body.mediator"]}
    said: dict[str, Any] = {"title": "x", "tlp": "AMBER+STRICT", "state": "held", "rule": "limited"}
    said |= {"zone": "UTC", "format": "online", "minutes": 60, "attributed": True}
    held = cast.add(Dialogue(ref="D-released", **own, **said, **MADE))
    for name in ("body.mediator", "body.coordinator"):
        seat = {"dialogue_id": held.id, "person_id": cast.people[name], "organises": True}
        cast.add(Attendee(**seat))
    scribe = {"dialogue_id": held.id, "person_id": cast.people["scribe"]}
    cast.add(Attendee(role=TableRole.NOTE_TAKER, **scribe))
    of = {"dialogue_id": held.id, "title": "x", "tlp": "AMBER+STRICT", "sha256": "0" * 64}
    return int(cast.add(Record(ref="R-released", state="adopted", **of, **own, **MADE)).id)
