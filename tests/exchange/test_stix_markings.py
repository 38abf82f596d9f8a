"""Markings of STIX bundles: definitions, references, fields, on every object of a bundle."""

from typing import Any

import pytest

from models.vocabulary import Pap, Tlp
from portal.exchange import Found, read_any
from portal.exchange.stix_markings import PAP_EXTENSION, PAP_IDS, TLP_EXTENSION, TLP_IDS
from tests.cast import NOW
from tests.exchange.samples import as_bytes, bundle, report

CLEAR = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
OWN = "marking-definition--00000000-0000-4000-8000-00000000aaaa"
STRICT_OR_RED = (Tlp.AMBER_STRICT, Tlp.RED)


def of_marking(definition: dict[str, Any] | None, ref: object = OWN) -> Found:
    """A report that carries a marking beside an identity that is TLP:CLEAR."""
    things = [
        report(object_marking_refs=[ref]),
        {"type": "identity", "spec_version": "2.1", "id": "identity--1", "name": "Feed",
         "object_marking_refs": [CLEAR]},
    ]  # fmt: skip
    if definition is not None:
        things.insert(
            0, {"type": "marking-definition", "spec_version": "2.1", "id": OWN} | definition
        )
    return read_any(as_bytes(bundle(*things)), NOW)


@pytest.mark.parametrize("ref", [*TLP_IDS, *PAP_IDS])
def test_the_official_ids_are_read(ref: str) -> None:
    found = of_marking(None, ref)
    assert found.unread == ()
    if ref in TLP_IDS:
        assert found.text.tlp == TLP_IDS[ref]
    else:
        assert found.text.pap == PAP_IDS[ref]


def test_opencti_repeats_an_official_marking_in_its_own_words() -> None:
    green = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"
    words = {"definition_type": "TLP", "definition": {"TLP": "TLP:GREEN"}, "name": "TLP:GREEN",
             "x_opencti_definition_type": "TLP", "x_opencti_definition": "TLP:GREEN",
             "x_opencti_color": "#2e7d32", "x_opencti_order": 2}  # fmt: skip
    found = of_marking({**words, "id": green}, green)
    assert (found.text.tlp, found.unread) == (Tlp.GREEN, ())


UNKNOWN: list[dict[str, Any]] = [
    {},
    {"name": "TLP:AMBER"},
    {"name": "TLP:CLEAR"},
    {"name": "Only for us"},
    {"definition_type": "statement", "definition": {"statement": "TLP:GREEN"}},
    {"definition_type": "statement", "definition": {"statement": "Not to be shared"}},
    {"definition_type": "statement", "definition": {"statement": "Copyright X. Not to be shared."}},
    {"definition_type": "statement", "definition": "TLP:GREEN"},
    {"definition_type": "tlp", "definition": {"tlp": "ambr"}},
    {"definition_type": "tlp", "definition": {"tlp": None}, "name": "x"},
    {"definition_type": "tlp", "definition": {"tlp": ["green"]}},
    {"definition_type": "acs", "definition": {"policy": "named"}},
    {"definition_type": "iep", "name": "TLP:GREEN", "definition": {"iep_version": "2"}},
    {"extensions": {"extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce": {"x": "y"}}},
    {"extensions": {TLP_EXTENSION: {"tlp_2_0": "lilac"}}},
    {"extensions": {TLP_EXTENSION: "green"}},
    {"extensions": {TLP_EXTENSION: {"tlp_2_0": "green", "named_people": ["identity--1"]}}},
    {"extensions": {TLP_EXTENSION: {"tlp_2_0": "green"}, "extension-definition--acs": {}}},
    {"definition": {"statement": "custom"}, "x_opencti_definition": "TLP:AMBER+STRICT"},
]


@pytest.mark.parametrize("definition", UNKNOWN)
def test_a_definition_that_cannot_be_read_is_strict_named_and_chosen(
    definition: dict[str, Any],
) -> None:
    found = of_marking(definition)
    assert (found.text.tlp, found.choices) == (Tlp.AMBER_STRICT, STRICT_OR_RED)
    assert found.unread


@pytest.mark.parametrize(
    "definition",
    [{"name": "TLP:RED"}, {"name": "tlp red"}, {"definition": {"statement": "This is TLP:RED."}},
     {"definition": {"statement": "TLP:RED"}}, {"x_opencti_definition": "TLP:RED"},
     {"definition": {"tlp": "green"}, "name": "TLP:RED"}],
)  # fmt: skip
def test_a_definition_that_says_red_is_red(definition: dict[str, Any]) -> None:
    found = of_marking(definition)
    assert (found.text.tlp, found.choices) == (Tlp.RED, ())


@pytest.mark.parametrize(
    "ref",
    ["marking-definition--826578e1-40ad-459f-bc73-ede076f81f37", "marking-definition--gone", "x",
     "", None, 5, {}, ["x"]],
)  # fmt: skip
def test_a_reference_to_nothing_known_is_strict_named_and_chosen(ref: object) -> None:
    found = of_marking(None, ref)
    assert (found.text.tlp, found.choices) == (Tlp.AMBER_STRICT, STRICT_OR_RED)
    assert found.unread


@pytest.mark.parametrize(
    "fields",
    [{"object_marking_refs": "x"}, {"object_marking_refs": {"a": "b"}}, {"object_marking_refs": 5},
     {"granular_markings": [{"marking_ref": "x", "selectors": ["name"]}]},
     {"granular_markings": {"marking_ref": "x"}}, {"granular_markings": ["x"]},
     {"granular_markings": [{"selectors": ["name"]}]}, {"labels": ["tlp:unclear"]},
     {"labels": "tlp:unclear"}, {"x_tlp": "green"}, {"x_misp_distribution": "0"},
     {"x_marking": "ours"}, {"extensions": {"e": {"handling_caveat": "ours"}}}],
)  # fmt: skip
@pytest.mark.parametrize("sort", ["report", "opinion", "relationship", "bundle", "ipv4-addr"])
def test_any_object_of_a_bundle_can_restrict_it(sort: str, fields: dict[str, Any]) -> None:
    other = {"type": sort, "spec_version": "2.1", "id": f"{sort}--9", "value": "192.0.2.1"}
    whole = bundle(report(object_marking_refs=[CLEAR]), *([] if sort == "bundle" else [other]))
    target = whole if sort == "bundle" else whole["objects"][-1]
    found = read_any(as_bytes(whole | fields if target is whole else whole), NOW)
    if target is not whole:
        target |= fields
        found = read_any(as_bytes(whole), NOW, "0" if sort == "report" else "")
    assert (found.text.tlp, found.choices) == (Tlp.AMBER_STRICT, STRICT_OR_RED)
    assert found.unread


def test_a_pap_marking_is_read_and_an_unknown_one_is_red() -> None:
    known = of_marking({"extensions": {PAP_EXTENSION: {"pap": "green"}}, "name": "PAP:GREEN"})
    assert (known.text.pap, known.unread) == (Pap.GREEN, ())
    for odd in ({"name": "PAP:GREEN"}, {"extensions": {PAP_EXTENSION: {"pap": "lilac"}}}):
        assert of_marking(odd).text.pap == Pap.RED


def test_a_statement_of_copyright_alone_restricts_nothing() -> None:
    found = of_marking({"definition": {"statement": "Copyright (c) Example 2026."}})
    assert found.unread == ()
