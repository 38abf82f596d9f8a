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
# Restrictions in the words of governments, lawyers and communities.
BANNERS = (
    "//SECRET//NOFORN", "U//FOUO", "ORCON", "REL TO USA", "rel:fvey", "CUI//SP-PRVCY", "LES", "SBU",
    "law enforcement sensitive", "OFFICIAL-SENSITIVE", "OFFICIAL: Sensitive", "PROTECTED",
    "sensitive", "EU RESTRICTED", "RESTREINT UE", "LIMITE", "nato secret", "releasable to NATO",
    "trusted circle only", "ISAC only", "customers-only", "for members", "strictly for recipients",
    "do-not-disclose", "non-disclosure", "not to be disclosed", "disclosure:limited",
    "legal privilege", "attorney work product", "off the record", "not attributable",
    "closed group", "need2know", "in confidence",
)  # fmt: skip
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
        *(
            {"EventReport": [{"name": "x", "content": f"# Wiper\n\n{words}\n"}]}
            for words in ("**TLP**: RED", "TLP:**RED**", "TLP-RED", "TLP (RED)", "[TLP_RED]",
                          "Traffic Light Protocol: RED", "Traffic Light Protocol 2.0: RED")
        ),
        {"EventTag": [{"Tag": {"name": "tlp:red"}}]},
        {"Attribute": [{**DOMAIN, "AttributeTag": [{"Tag": {"name": "tlp:red"}}]}]},
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
                "Секретно", "机密", "x" * 1200, *BANNERS,
            )
        ),
        {"EventTag": [{"tag_id": "5"}]},
        {"visibility": "private"},
        {"org_only": "1"},
        {"audience": ["the board"]},
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
        *(
            {"Tag": [*TAGS, {"name": tag}]}
            for tag in (
                'misp-galaxy:threat-actor="Red Apollo"', "unclassified", "releases", "relay",
                "exercise:generic", 'kill-chain:delivery="x"', "https://secret.example/x",
                "lesson", "personal data", "officially confirmed",
            )
        ),
        {"access_time": "2026-11-01T10:00:00Z"},
        {"EventReport": [{"name": "x", "content": "The traffic light was red; TLP is explained."}]},
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
        {"x_opencti_granted_refs": ["identity--1"]},
        {"extensions": {"extension-definition--1": {"granted_refs": ["identity--1"]}}},
        {"x_opencti_authorized_members": ["identity--1"]},
        {"extensions": {"extension-definition--1": {"rule": "named people only"}}},
        {"x_clearance": "level 3"},
        {"x_access": "members"},
    ],
)
def test_an_own_field_that_restricts_is_strict_and_chosen(values: dict[str, Any]) -> None:
    found = of_bundle(**values)
    assert (found.text.tlp, len(found.choices)) == (Tlp.AMBER_STRICT, 2)


def test_an_extension_that_is_called_after_a_restriction_is_one() -> None:
    named = {"type": "extension-definition", "id": "extension-definition--1", "spec_version": "2.1"}
    assert of_bundle(named | {"name": "Severity of incidents"}).text.tlp == Tlp.CLEAR
    found = of_bundle(named | {"name": "Sharing restrictions"})
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
