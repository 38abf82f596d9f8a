"""Claims: in each state under each marking, and those that name somebody or rest on a notice."""

from typing import Any

from models.audience import Recipient
from models.claims import Claim, ClaimReply, ClaimState
from models.notices import Notice
from models.vocabulary import Tlp
from tests.cast import BEGINNING, NOW
from tests.policy.whole.people import DAY, MADE, Cast

SHORT = {Tlp.AMBER_STRICT: "STRICT"}
ASKED = {"state": "asked", "asked_at": BEGINNING, "reply_by_at": NOW + DAY}
OVER = {**ASKED, "reply_by_at": NOW}
OUT = {"state": "published", "asked_at": BEGINNING}
# Of each that names Other, or somebody else: what it differs in.
NAMED: dict[str, dict[str, Any]] = {
    "draft-named": {"state": "draft"},
    "draft-back": {"state": "draft", "asked_at": BEGINNING},
    "draft-replied": {"state": "draft", "asked_at": BEGINNING},
    "draft-out": {"state": "draft"},  # one who speaks for Other is taken out by name
    "asked-named": ASKED,
    "asked-over": OVER,
    "asked-replied": ASKED,
    "asked-before": {**ASKED, "asked_at": NOW},
    "asked-both": {**OVER, "consent_needed": True},
    "asked-shut": {**ASKED, "about": "shut"},
    "asked-idle": {**OVER, "about": "idle"},
    "published-named": OUT,
    "published-replied": OUT,
    "published-shut": {**OUT, "about": "shut"},
    "published-unasked": {"state": "published"},
    "withdrawn-named": {**OUT, "state": "withdrawn"},
    "withdrawn-never": {"state": "withdrawn", "published_at": None},
    "withdrawn-asked": {"state": "withdrawn", "published_at": None, "asked_at": BEGINNING},
}


def claims(cast: Cast) -> dict[str, int]:
    """With the full list; those on a notice of North, whose author is an observer there."""
    made = dict[str, int]()
    for state in ClaimState:
        for tlp in Tlp:
            name = f"{state}-{SHORT.get(tlp, tlp)}"
            more = () if tlp == Tlp.RED else ("author",)
            made[name] = _claim(cast, name, *more, state=state, tlp=tlp)
    for name, said in NAMED.items():
        about = cast.homes[said.get("about", "other")]
        rest = {key: value for key, value in said.items() if key != "about"}
        made[name] = _claim(cast, name, tlp="AMBER+STRICT", **{**rest, "about_id": about})
    one = {"person_id": cast.people["other.coordinator"], "excepted": True}
    cast.add(Recipient(claim_id=made["draft-out"], **one))
    for name, edition in (
        ("draft-replied", 0), ("asked-replied", 0), ("asked-before", 0), ("asked-both", 0),
        ("published-named", 0), ("published-replied", 1),
    ):  # fmt: skip
        _reply(cast, made[name], edition)
    amber, red = (notice_of_north(cast, f"N-of-{tlp}", tlp) for tlp in ("AMBER", "RED"))
    for name, notice, wide in (
        ("draft-wide", amber, True), ("asked-wide", amber, True), ("asked-agreed", amber, False),
        ("asked-red", red, True), ("published-wide", amber, True),
    ):  # fmt: skip
        said = {**ASKED, "state": name.partition("-")[0], "notice_id": notice}
        made[name] = _claim(cast, name, tlp="AMBER+STRICT", consent_needed=wide, **said)
    said = {"state": "draft", "notice_id": red, "consent_needed": True, "tlp": "RED"}
    made["draft-wide-RED"] = _claim(cast, "draft-wide-RED", **said)
    made["left"] = _claim(cast, "left", author_id=cast.people["former"])
    far = {"organisation_id": cast.homes["far"], "author_id": cast.people["far.observer"]}
    made["elsewhere"] = _claim(cast, "elsewhere", listed=False, tlp="AMBER+STRICT", **far)
    cast.follow("claims", made.values(), "author", "frozen")
    cast.follow("claims", [made["published-AMBER"]], "beta.observer")
    cast.follow("people", made.values(), "alpha.observer")  # another noun, the same keys
    return made


def _claim(cast: Cast, name: str, *more: str, listed: bool = True, **values: Any) -> int:
    state = values.get("state", "published")
    out = state in ("published", "withdrawn")
    said: dict[str, Any] = {
        "organisation_id": cast.homes["home"],
        "author_id": cast.people["author"],
        "state": state,
        "tlp": "AMBER",
        "title": "x",
        "stance": "states",
        "about_sort": "unknown",
        "form": "media",
        "said_on": "2017",
        "said_at": BEGINNING,
        "verified": "memory",
        "published_at": BEGINNING if out else None,
        "edition": int(out),
    }
    row = cast.add(Claim(ref=f"K-{name}"[:16], **(said | MADE | values)))
    if listed:
        cast.address({"claim_id": row.id}, *more)
    return int(row.id)


def _reply(cast: Cast, claim: int, edition: int) -> None:
    said = {"organisation_id": cast.homes["other"], "by_id": cast.people["other.liaison"]}
    before = cast.session.get_one(Claim, claim).asked_at == NOW
    at = BEGINNING if before else NOW
    cast.add(ClaimReply(claim_id=claim, edition=edition, text="x", at=at, **said))


def notice_of_north(cast: Cast, ref: str, tlp: str) -> int:
    """A notice of North, whose author is an observer there."""
    own = {"organisation_id": cast.homes["north"], "author_id": cast.people["contact"]}
    said = {"pap": "CLEAR", "kind": "other", "title": "x", "tlp": tlp, "state": "open"}
    return int(cast.add(Notice(ref=ref, **own, **said, **MADE)).id)
