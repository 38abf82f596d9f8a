"""Contact points: each state under each marking, and those of a body that reviews them."""

from typing import Any

from models.audience import Recipient
from models.contacts import ContactCheck, ContactHolder, ContactPoint, ContactState
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from tests.cast import BEGINNING, NOW
from tests.policy.whole.listed import SHORT
from tests.policy.whole.people import DAY, MADE, Cast


def contacts(cast: Cast) -> dict[str, int]:
    """With the full list: each state and marking; those that differ in one thing."""
    made = dict[str, int]()
    for state in ContactState:
        for tlp in Tlp:
            name = f"{state}-{SHORT.get(tlp, tlp)}"
            made[name] = _contact(cast, name, state=state, tlp=tlp)
            cast.address({"contact_id": made[name]}, *(() if tlp == Tlp.RED else ("author",)))
    for name, values in {
        "held": {"person_id": cast.people["former"]},  # whoever held it has left
        "left": {"author_id": cast.people["former"]},  # its author has left
        "nowhere": {"published_at": None},  # current, yet it never left its home
    }.items():
        made[name] = _contact(cast, name, **values)
        cast.address({"contact_id": made[name]}, "author")
    cast.session.get_one(Organisation, cast.homes["mission"]).reviews_contacts = True
    own = {"organisation_id": cast.homes["mission"], "person_id": None}
    for name, values in {
        "checked-draft": {"state": "draft", "author_id": cast.people["foreign"]},
        "checked-current": {"author_id": cast.people["foreign"]},
        "checked-RED": {"state": "draft", "tlp": "RED", "author_id": cast.people["foreign"]},
        "checked-own": {"state": "draft", "tlp": "RED", "author_id": cast.people["mission.admin"]},
    }.items():
        made[name] = _contact(cast, name, **own, **values)
    _asked(cast, made)
    _named(cast, made)
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    made["elsewhere"] = _contact(cast, "elsewhere", person_id=None, **far)
    lists = {"contact_id": made["elsewhere"]}
    cast.add(Recipient(**lists, organisation_id=cast.homes["mission"]))
    return made


def _contact(cast: Cast, name: str, **values: Any) -> int:
    state = values.get("state", "current")
    said = {"organisation_id": cast.homes["home"], "author_id": cast.people["author"]}
    said |= {"person_id": cast.people["home.observer"], "tlp": "AMBER", "state": state}
    said |= {"purpose": "duty", "label": "x", "email": "duty@home.example", "zone": "UTC"}
    said |= {"published_at": None if state == "draft" else BEGINNING}
    return cast.add(ContactPoint(ref=f"K-{name}"[:16], **(said | MADE | values))).id


def _named(cast: Cast, made: dict[str, int]) -> None:
    # Named by the last change; before it; by it and no more; by it, though another holds it.
    mine = {"person_id": cast.people["home.observer"]}
    for name, values in {
        "current-AMBER": mine,
        "draft-AMBER": mine,
        "current-GREEN": mine | {"since_at": BEGINNING - DAY},
        "current-CLEAR": mine | {"until_at": NOW},
        "current-STRICT": {"person_id": cast.people["author"]},
        "held": {"person_id": cast.people["former"]},
    }.items():
        cast.add(ContactHolder(contact_id=made[name], **({"since_at": BEGINNING} | values)))


def _asked(cast: Cast, made: dict[str, int]) -> None:
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    far |= {"person_id": None}
    # Asked and waiting, waiting no more, answered, passed on; and what is due to be asked.
    waits, over = NOW + DAY, NOW
    for name, by_at, ended, values in (
        ("waits", waits, {}, {}),
        ("waits-bare", waits, {}, {"person_id": None}),
        ("waits-left", waits, {}, {"person_id": cast.people["former"]}),
        ("late", over, {}, {}),
        ("answered", waits, {"answered_at": NOW}, {}),
        ("answered-late", over, {"answered_at": NOW}, {}),
        ("passed", waits, {"passed_at": NOW}, {}),
        ("passed-late", over, {"passed_at": NOW}, {}),
        ("due", None, {}, {"check_at": NOW}),
        ("due-draft", None, {}, {"check_at": NOW, "state": "draft"}),
        ("not-due", None, {}, {"check_at": waits}),
        ("waits-draft", waits, {}, {"state": "draft"}),
        ("late-draft", over, {}, {"state": "draft"}),
        ("waits-retired", waits, {}, {"state": "retired"}),
        ("late-retired", over, {}, {"state": "retired"}),
        ("due-retired", None, {}, {"check_at": NOW, "state": "retired"}),
        ("waits-frozen", waits, {}, {"person_id": cast.people["frozen"]}),
        ("waits-far", waits, {}, far),
    ):
        made[name] = _contact(cast, name, **values)
        if by_at is not None:
            asked = {"contact_id": made[name], "asked_at": BEGINNING, "answer_by_at": by_at}
            cast.add(ContactCheck(key_hash=name, **asked, **ended))
