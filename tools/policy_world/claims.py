"""The scene of claims."""

from datetime import timedelta
from typing import Any

from models.audience import Recipient
from models.claims import Claim, ClaimReply, ClaimState
from models.notices import Notice
from models.stakeholders import Client, Role
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

# What is tried of claims about an organisation, or on a notice: beside the plain ones.
DAY = timedelta(days=1)
ASKED: dict[str, dict[str, Any]] = {
    "named, not asked": {"state": ClaimState.DRAFT},
    "named": {"state": ClaimState.ASKED, "asked_at": BEGAN, "reply_by_at": NOW + DAY},
    "named, has replied": {"state": ClaimState.ASKED, "asked_at": BEGAN},
    "named, period over": {"state": ClaimState.ASKED, "asked_at": BEGAN, "reply_by_at": NOW},
    "named, on a notice": {"state": ClaimState.ASKED, "asked_at": BEGAN, "reply_by_at": NOW},
    "named, published": {"state": ClaimState.PUBLISHED, "asked_at": BEGAN},
    "named, withdrawn": {"state": ClaimState.WITHDRAWN, "asked_at": BEGAN},
}


def claims_scene(make: Maker) -> Scene:
    """Claims in every marking and state, and those that name somebody or rest on a notice."""
    home, listed, about, shut, source = (make.organisation() for _ in range(5))
    buyer = make.organisation()
    make.put(Client(provider_id=listed, client_id=buyer))
    people = {
        "author": make.person(home),
        "liaison of the author's organisation": make.person(home),
        "observer of the author's organisation": make.person(home, Role.OBSERVER),
        "named on the list": make.person(shut),
        "in a listed organisation": make.person(listed, Role.OBSERVER),
        "client of a listed organisation": make.person(buyer),
        "in an excepted organisation": make.person(shut),
        "liaison of whom it is about": make.person(about),
        "observer of whom it is about": make.person(about, Role.OBSERVER),
        "liaison of whom it is about, excepted": make.person(about),
        "liaison of the notice's organisation": make.person(source),
        "observer of the notice's organisation": make.person(source, Role.OBSERVER),
    }
    lines: list[dict[str, Any]] = [
        {"organisation_id": listed},
        {"organisation_id": shut, "excepted": True},
        {"person_id": people["named on the list"]},
        {"person_id": people["liaison of whom it is about, excepted"], "excepted": True},
    ]
    notice = _notice(make, source, people["liaison of the notice's organisation"])
    put = _Putting(make, home, people["author"], lines)
    for state in ClaimState:
        for tlp in Tlp:
            put(f"{tlp}", tlp, state=state)
    for label, said in ASKED.items():
        wide = {"notice_id": notice, "consent_needed": True} if "notice" in label else {}
        put(label, Tlp.AMBER_STRICT, about_id=about, **said, **wide)
    replied = put.resources[str(ClaimState.ASKED), "named, has replied"]
    by = people["liaison of whom it is about"]
    said = {"claim_id": replied, "organisation_id": about, "by_id": by, "edition": 0}
    make.put(ClaimReply(text="x", at=NOW, **said))
    return Scene(put.resources, people | make.platform_people())


class _Putting:
    """Puts claims of one author, each with these lines, and keeps their keys."""

    def __init__(self, make: Maker, home: int, author: int, lines: list[dict[str, Any]]) -> None:
        self.make, self.own, self.lines = make, (home, author), lines
        self.resources: dict[tuple[str, str], int] = {}

    def __call__(self, label: str, tlp: Tlp, **said: Any) -> None:
        out = said["state"] in (ClaimState.PUBLISHED, ClaimState.WITHDRAWN)
        n, (home, author) = next(self.make.numbers), self.own
        row = Claim(
            ref=f"K-{n}",
            organisation_id=home,
            author_id=author,
            tlp=tlp,
            title=f"K{n}",
            stance="states",
            about_sort="body",
            form="media",
            said_on="2017",
            said_at=BEGAN,
            verified="memory",
            created_at=BEGAN,
            changed_at=BEGAN,
            published_at=BEGAN if out else None,
            **said,
        )
        claim = self.make.put(row)
        for line in self.lines:
            self.make.put(Recipient(claim_id=claim.id, **line))
        self.resources[str(said["state"]), label] = int(claim.id)


def _notice(make: Maker, home: int, author: int) -> int:
    n = next(make.numbers)
    said = {"pap": "CLEAR", "kind": "other", "title": "x", "created_at": BEGAN, "changed_at": BEGAN}
    row = Notice(ref=f"N-{n}", organisation_id=home, author_id=author, tlp="AMBER", **said)
    return int(make.put(row).id)
