"""The UUID of an attribute is its own: it does not hang on what else a notice holds."""

import json
from types import SimpleNamespace
from typing import Any

from models.notices import NoticeState
from models.vocabulary import Pap, Tlp
from portal.exchange import misp_of_notice
from portal.exchange.found import Sign
from portal.exchange.said import Said
from portal.exchange.writing import Outgoing
from portal.notices import UNSAID_OR
from tests.cast import NOW


def uuids(*signs: Sign) -> list[str]:
    notice: Any = SimpleNamespace(
        ref="N-26-7K3Q9M", title="Wiper", created_at=NOW, changed_at=NOW, tlp=Tlp.GREEN,
        pap=Pap.AMBER, kind="other", state=NoticeState.OPEN, summary="", body="",
    )  # fmt: skip
    for name in UNSAID_OR:
        setattr(notice, name, "")
    held: Any = list(signs)
    home: Any = SimpleNamespace(ref="O-26-7K3Q9M", name="Telco", created_at=NOW)
    event = json.loads(misp_of_notice(Outgoing(notice, home, held, [], NOW), Said([], [])))
    return [one["uuid"] for one in event["Event"]["Attribute"]]


def test_it_stays_when_others_come_and_go_or_it_is_explained_anew() -> None:
    first, second = Sign("domain", "a.example"), Sign("domain", "b.example")
    (kept,) = uuids(second)
    assert uuids(first, second)[1] == kept
    assert uuids(Sign("domain", "b.example", comment="seen twice")) == [kept]


def test_no_two_are_one() -> None:
    same = [Sign("domain", "a.example", comment=str(n)) for n in range(3)]
    other = Sign("domain", "a.example", category="Network activity")
    apart = [Sign("domain", "b:c"), Sign("domain:b", "c")]
    assert len(set(uuids(*same, other, *apart))) == 6
