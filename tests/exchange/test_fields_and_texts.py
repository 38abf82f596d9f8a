"""Restrictions beside tags and markings: in fields of a producer's own, in texts, in odd places."""

from typing import Any

import pytest

from models.vocabulary import Pap, Tlp
from portal.exchange import Found, read_any
from tests.cast import NOW
from tests.exchange.samples import as_bytes, bundle, event, report

CLEAR = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
OWN = "marking-definition--aaaaaaaa-0000-4000-8000-000000000001"
TAGS = [{"name": "tlp:clear"}]
DOMAIN = {"type": "domain", "value": "bad.example"}
CLUSTER = {"value": "X", "meta": {"tlp": ["red"]}}


def of_event(**values: Any) -> Found:
    return read_any(as_bytes(event(**{"Tag": TAGS, **values})), NOW)


def of_bundle(*more: dict[str, Any], **values: Any) -> Found:
    return read_any(
        as_bytes(bundle(report(**{"object_marking_refs": [CLEAR], **values}), *more)), NOW
    )


@pytest.mark.parametrize(
    "values",
    [
        {"tlp": "red"},
        {"Attribute": [{**DOMAIN, "comment": "TLP:RED, not for the press"}]},
        {"Attribute": [{"type": "text", "value": "Marking: TLP 2.0 : RED"}]},
        {"Attribute": [{**DOMAIN, "object_relation": "tlp", "value": "RED"}]},
        {"Object": [{"Attribute": [{**DOMAIN, "object_relation": "TLP", "value": "red"}]}]},
        {"EventReport": [{"name": "x", "content": "# Wiper\n\nTLP:RED\n"}]},
        {"EventReport": [{"name": "TLP:RED report", "content": "x"}]},
        {"Galaxy": [{"GalaxyCluster": [CLUSTER]}]},
        {"info": "x" * 400 + " tlp:red"},
        {"Tag": [*TAGS, {"name": "misp-galaxy:tlp=\"red\""}]},
        {"Tag": [*TAGS, {"name": "x" * 1200 + " tlp:red"}]},
    ],
)  # fmt: skip
def test_a_red_of_an_event_is_red_wherever_it_stands(values: dict[str, Any]) -> None:
    assert of_event(**values).text.tlp == Tlp.RED


@pytest.mark.parametrize(
    "values",
    [
        {"classification": "SECRET"},
        {"sharing_group_uuid": "5f0c4c1e-0000-4000-8000-000000000009"},
        {"EventReport": [{"name": "x", "content": "Shared as tlp:ex:chr"}]},
        *(
            {"Tag": [*TAGS, {"name": tag}]}
            for tag in (
                "for internal use", "not for public release", "limited distribution", "no sharing",
                "members-only", "law enforcement only", "Company-Confidential", "under NDA",
                "do-not-redistribute", "Vertraulich", "VS-NfD", "confidentiel", "diffusion limitée",
                "Секретно", "机密", "x" * 1200,
            )
        ),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_strict_and_chosen(values: dict[str, Any]) -> None:
    found = of_event(**values)
    assert found.text.tlp == Tlp.AMBER_STRICT
    assert found.choices == (Tlp.AMBER_STRICT, Tlp.RED)
    assert found.unread


@pytest.mark.parametrize(
    "values",
    [
        {"info": "Papua: a paper on light protocols"},
        {"Attribute": [{**DOMAIN, "comment": "seen with the tool tlpdump"}]},
        {"Object": [{"name": "rtir", "Attribute": [
            {"type": "text", "object_relation": "classification", "value": "Incidents"}]}]},
        {"Tag": [*TAGS, {"name": "misp-galaxy:threat-actor=\"Red Apollo\""}]},
    ],
)  # fmt: skip
def test_what_only_sounds_like_one_restricts_nothing(values: dict[str, Any]) -> None:
    found = of_event(**values)
    assert (found.text.tlp, found.unread) == (Tlp.CLEAR, ())


def test_a_pap_in_a_text_or_field_is_read() -> None:
    assert of_event(info="Wiper (PAP:RED)").text.pap == Pap.RED
    assert of_event(pap="RED").text.pap == Pap.RED


@pytest.mark.parametrize(
    "values",
    [
        {"description": "TLP:RED. Do not share."},
        {"x_meta": {"deeper": [{"tlp": "red"}]}},
        {"extensions": {"extension-definition--1": {"meta": {"tlp": "red"}}}},
        {"external_references": [{"source_name": "x", "description": "TLP: RED"}]},
        {"object_marking_refs": [f" {RED.upper()}"]},
    ],
)
def test_a_red_of_a_bundle_is_red_wherever_it_stands(values: dict[str, Any]) -> None:
    assert of_bundle(**values).text.tlp == Tlp.RED


@pytest.mark.parametrize(
    "values",
    [
        {"x_restricted": "yes"},
        {"x_confidential": True},
        {"granular_markings": [{"lang": "fr", "tlp": "amber"}]},
    ],
)
def test_an_own_field_that_restricts_is_strict_and_chosen(values: dict[str, Any]) -> None:
    found = of_bundle(**values)
    assert (found.text.tlp, len(found.choices)) == (Tlp.AMBER_STRICT, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "Copyright 2026 X, internal use",
        "(c) 2026 X. For members. Private.",
        "© X Diffusion interdite",
    ],
)
def test_a_copyright_that_also_restricts_is_a_restriction(statement: str) -> None:
    said = {"definition_type": "statement", "definition": {"statement": statement}}
    marking = {"type": "marking-definition", "id": OWN, "spec_version": "2.1", **said}
    found = of_bundle(marking, object_marking_refs=[CLEAR, OWN])
    assert (found.text.tlp, len(found.choices)) == (Tlp.AMBER_STRICT, 2)
