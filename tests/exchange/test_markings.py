"""Unknown is never none: whatever restricts a file in a way that cannot be read."""

from typing import Any

import pytest

from models.vocabulary import Pap, Tlp
from portal.errors import Invalid
from portal.exchange import Found, read_any, settled
from tests.cast import NOW
from tests.exchange.samples import as_bytes, bundle, event, report

CLEAR = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
STRICT_OR_RED = (Tlp.AMBER_STRICT, Tlp.RED)


def named(found: Found) -> str:
    return " | ".join(line.message % line.values for line in found.unread)


def of_event(**values: Any) -> Found:
    return read_any(as_bytes(event(**values)), NOW)


@pytest.mark.parametrize(
    ("tag", "tlp"),
    [
        ("tlp:clear", Tlp.CLEAR), ("TLP:WHITE", Tlp.CLEAR), ("tlp:green", Tlp.GREEN),
        ("TLP:Amber", Tlp.AMBER), ("TLP: AMBER", Tlp.AMBER), ("tlp:red", Tlp.RED),
        ("tlp:amber+strict", Tlp.AMBER_STRICT), ("TLP:AMBER STRICT", Tlp.AMBER_STRICT),
        ("tlp:amber-strict", Tlp.AMBER_STRICT), ("TLP:AMBER_STRICT", Tlp.AMBER_STRICT),
    ],
)  # fmt: skip
def test_a_plain_tag_is_read(tag: str, tlp: Tlp) -> None:
    found = of_event(Tag=[{"name": tag}])
    assert (found.text.tlp, found.choices, found.unread) == (tlp, (), ())
    assert found.tags == ()


ODD = [
    "tlp:unclear", "tlp 2.0:amber", "tlp_amber", "tlp-green", "TLP", "ex:tlp", "tlp:ex:chr",
    "tlp:ambr", "tlp:amber+", "tlp=green", "t.l.p: green", "tpl:green", "tl:amber", "amber",
    "TLP\u200b:GREEN", "ｔｌｐ：ｇｒｅｅｎ", "ТLР:AMBER", "τlp:green", "ᴛʟᴘ:green", "t1p:green",
    "tlp:vert", "traffic-light: amber", "交通灯:green", "dni-ism:classification:us=\"S\"",
    "iep:traffic-light-protocol=green", "nato:classification=\"NR\"", "de-vs:einstufung=\"NFD\"",
    "CONFIDENTIAL", "internal use only", "do not share", "handling:caveat=x", "ais-consent:none",
    "chatham-house-rule", "sharing:vetted", "eyes only", "fouo",
]  # fmt: skip


@pytest.mark.parametrize("tag", ODD)
@pytest.mark.parametrize("level", ["event", "attribute", "text", "object", "report", "deleted"])
def test_an_odd_tag_is_strict_named_and_chosen(tag: str, level: str) -> None:
    odd, values = {"Tag": [{"name": tag}]}, {"type": "domain", "value": "bad.example"}
    clear: dict[str, Any] = {"Tag": [{"name": "tlp:clear"}]}
    where: dict[str, dict[str, Any]] = {
        "event": {"Tag": [*clear["Tag"], *odd["Tag"]]},
        "attribute": {**clear, "Attribute": [{**values, **odd}]},
        "text": {**clear, "Attribute": [{**values, "Tag": tag}]},
        "object": {**clear, "Object": [{"name": "x", **odd, "Attribute": [values]}]},
        "report": {**clear, "EventReport": [{"content": "x", **odd}]},
        "deleted": {**clear, "Attribute": [{**values, **odd, "deleted": True}]},
    }
    found = of_event(**where[level])
    assert found.text.tlp == Tlp.AMBER_STRICT
    assert found.choices == STRICT_OR_RED
    assert found.unread


@pytest.mark.parametrize(
    "tag", ["tlp_red", "TLP-RED", "ТLР:RED", "ｔｌｐ：ｒｅｄ", "tlp:rouge", "tlp:r3d",
            "TLP\u200b:RED", "red", "tlp 2.0:red", "tlp:red+"],
)  # fmt: skip
def test_an_odd_red_stays_red(tag: str) -> None:
    found = of_event(Tag=[{"name": "tlp:clear"}, {"name": tag}])
    assert (found.text.tlp, found.choices) == (Tlp.RED, ()), "nothing stricter can be chosen"
    assert found.unread


@pytest.mark.parametrize(
    "tag",
    ["type:OSINT", 'misp-galaxy:sector="Telecoms"', 'phishing:distribution="spear-phishing"',
     'workflow:state="draft"', 'admiralty-scale:source-reliability="b"', "paper", "papua",
     'misp-galaxy:tool="tlpdump"', "circl:incident-classification=\"malware\""],
)  # fmt: skip
def test_other_tags_are_no_markings(tag: str) -> None:
    found = of_event(Tag=[{"name": "tlp:green"}, {"name": tag}])
    assert (found.text.tlp, found.unread, found.tags) == (Tlp.GREEN, (), (tag,))


@pytest.mark.parametrize("tag", [None, 5, [], {}, {"name": None}, {"name": ["tlp:red"]}, [["x"]]])
def test_a_tag_that_is_no_text_is_a_restriction(tag: object) -> None:
    found = of_event(Tag=[{"name": "tlp:clear"}, tag])
    assert found.text.tlp.rank >= Tlp.AMBER_STRICT.rank
    assert found.unread


@pytest.mark.parametrize(
    ("tag", "pap"),
    [("PAP:RED", Pap.RED), ("pap:amber", Pap.AMBER), ("PAP:WHITE", Pap.CLEAR),
     ("pap: green", Pap.GREEN)],
)  # fmt: skip
def test_a_plain_pap_is_read(tag: str, pap: Pap) -> None:
    found = of_event(Tag=[{"name": "tlp:green"}, {"name": tag}])
    assert (found.text.pap, found.text.tlp, found.unread) == (pap, Tlp.GREEN, ())


@pytest.mark.parametrize("tag", ["pap:unknown", "PAP_GREEN", "pap", "P.A.P: GREEN", "РАР:GREEN"])
def test_a_pap_that_cannot_be_read_is_red(tag: str) -> None:
    found = of_event(Tag=[{"name": "tlp:green"}, {"name": "PAP:CLEAR"}, {"name": tag}])
    assert (found.text.pap, found.text.tlp) == (Pap.RED, Tlp.GREEN)
    assert found.unread


@pytest.mark.parametrize("level", ["event", "attribute", "object", "inside", "report"])
@pytest.mark.parametrize(
    "limit",
    [{"distribution": "0"}, {"distribution": 0}, {"distribution": "4"}, {"distribution": 7},
     {"distribution": "all"}, {"distribution": []}, {"distribution": True},
     {"sharing_group_id": "7"}, {"sharing_group_id": 7}, {"sharing_group_id": "x"},
     {"SharingGroup": {"name": "Two parties only"}}, {"SharingGroup": ["x"]}],
)  # fmt: skip
def test_a_closed_distribution_is_strict_named_and_chosen(
    level: str, limit: dict[str, Any]
) -> None:
    values = {"type": "domain", "value": "bad.example"}
    clear: dict[str, Any] = {"Tag": [{"name": "tlp:clear"}]}
    where: dict[str, dict[str, Any]] = {
        "event": limit,
        "attribute": {"Attribute": [{**values, **limit}]},
        "object": {"Object": [{"name": "x", "Attribute": [values], **limit}]},
        "inside": {"Object": [{"name": "x", "Attribute": [{**values, **limit}]}]},
        "report": {"EventReport": [{"content": "x", **limit}]},
    }
    found = of_event(**clear, **where[level])
    assert (found.text.tlp, found.choices) == (Tlp.AMBER_STRICT, STRICT_OR_RED)
    assert found.unread


@pytest.mark.parametrize("distribution", [1, "1", 2, "2"])
def test_a_community_beside_an_open_marking_is_for_a_person(distribution: object) -> None:
    found = of_event(Tag=[{"name": "tlp:clear"}], distribution=distribution)
    assert found.choices == tuple(Tlp), "read, but narrower than the marking: chosen, not guessed"
    assert "narrower" in named(found)
    stricter = of_event(Tag=[{"name": "tlp:amber"}], distribution=distribution)
    assert (stricter.choices, stricter.unread) == ((), ())


@pytest.mark.parametrize(
    "limit",
    [{"distribution": "3"}, {"distribution": None}, {"distribution": ""}, {"sharing_group_id": "0"},
     {"sharing_group_id": 0}, {"sharing_group_id": None}, {"SharingGroup": {}},
     {"Attribute": [{"type": "domain", "value": "x.example", "distribution": "5"}]}],
)  # fmt: skip
def test_what_sets_no_limit(limit: dict[str, Any]) -> None:
    found = of_event(Tag=[{"name": "tlp:clear"}], **limit)
    assert (found.text.tlp, found.choices, found.unread) == (Tlp.CLEAR, (), ())


def test_an_event_without_a_marking_is_strict_though_a_part_is_clear() -> None:
    part = {"type": "domain", "value": "x.example", "Tag": [{"name": "tlp:clear"}]}
    assert of_event(Attribute=[part]).text.tlp == Tlp.AMBER_STRICT
    marked = bundle(report(), {"type": "identity", "id": "i", "object_marking_refs": [CLEAR]})
    assert read_any(as_bytes(marked), NOW).text.tlp == Tlp.AMBER_STRICT


def test_a_title_that_names_a_marking_is_minded() -> None:
    found = of_event(info="[TLP:RED] Wiper", Tag=[{"name": "tlp:clear"}])
    assert found.text.tlp == Tlp.RED


def test_a_choice_is_required_and_never_below_what_the_file_allows() -> None:
    found = of_event(Tag=[{"name": "tlp:unclear"}, {"name": "tlp:clear"}])
    for tlp in (None, "", "CLEAR", "AMBER", "x"):
        with pytest.raises(Invalid) as refused:
            settled(found, tlp)
        assert list(refused.value.problems) == ["tlp"]
    assert settled(found, "RED").text.tlp == Tlp.RED
    assert settled(found, "AMBER+STRICT").text.tlp == Tlp.AMBER_STRICT


@pytest.mark.parametrize("level", [0, "0", 4, "4"])
def test_a_distribution_is_named_with_its_level(level: object) -> None:
    assert f"The distribution is {level}, " in named(of_event(distribution=level))
