"""Harm: in each state under each marking, and what waits for the author of its notice."""

from typing import Any

from models.harm import Harm, HarmState
from models.vocabulary import Tlp
from tests.cast import BEGINNING
from tests.policy.whole.claimed import notice_of_north
from tests.policy.whole.people import MADE, Cast

SHORT = {Tlp.AMBER_STRICT: "STRICT"}


def harm(cast: Cast) -> dict[str, int]:
    """With each kind of line; one whose author left, and one of others."""
    made = dict[str, int]()
    for state in HarmState:
        for tlp in Tlp:
            name = f"{state}-{SHORT.get(tlp, tlp)}"
            made[name] = _row(cast, name, state=state, tlp=tlp)
            cast.address({"harm_id": made[name]}, *(() if tlp == Tlp.RED else ("author",)))
    for name, values in {
        "never": {"state": "withdrawn", "published_at": None},
        "left": {"author_id": cast.people["former"]},
    }.items():
        made[name] = _row(cast, name, **values)
        cast.address({"harm_id": made[name]}, "author")
    amber, red = (notice_of_north(cast, f"N-for-{tlp}", tlp) for tlp in ("AMBER", "RED"))
    for name, notice, wide in (
        ("draft-wide", amber, True), ("asked-wide", amber, True), ("asked-agreed", amber, False),
        ("asked-red", red, True), ("published-wide", amber, True), ("withdrawn-wide", amber, True),
    ):  # fmt: skip
        said = {"state": name.partition("-")[0], "notice_id": notice, "consent_needed": wide}
        out = {} if name == "published-wide" else {"published_at": None}
        made[name] = _row(cast, name, tlp="AMBER+STRICT", **said, **out)
        cast.address({"harm_id": made[name]}, "author")
    said = {"state": "draft", "notice_id": red, "consent_needed": True, "tlp": "RED"}
    made["draft-wide-RED"] = _row(cast, "draft-wide-RED", **said)
    cast.address({"harm_id": made["draft-wide-RED"]})
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    made["elsewhere"] = _row(cast, "elsewhere", tlp="AMBER+STRICT", **far)
    cast.follow("harm", made.values(), "author", "frozen")
    cast.follow("harm", [made["published-AMBER"]], "beta.observer")
    cast.follow("groups", made.values(), "gamma.observer")  # another noun, the same keys
    return made


def _row(cast: Cast, name: str, **values: Any) -> int:
    state = values.get("state", "published")
    said: dict[str, Any] = {
        "organisation_id": cast.homes["home"],
        "author_id": cast.people["author"],
        "state": state,
        "tlp": "AMBER",
        "title": "x",
        "category": "economic",
        "verified": "memory",
        "published_at": None if state in ("draft", "asked") else BEGINNING,
    }
    return int(cast.add(Harm(ref=f"E-{name}"[:16], **(said | MADE | values))).id)
