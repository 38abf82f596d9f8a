"""What others attribute is their claim; what names nobody, or cannot be read, is not taken."""

import json
from typing import Any

import pytest

from portal.exchange import Heard, Unreadable, hear
from tests.cast import NOW
from tests.exchange.samples import bundle, event
from tests.exchange.test_reading import real

AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
AT = "2026-11-01T10:00:00Z"


def made(sort: str, **values: Any) -> dict[str, Any]:
    """An object of STIX."""
    own = {"type": sort, "spec_version": "2.1", "id": f"{sort}--1", "created": AT, "modified": AT}
    return {**own, "object_marking_refs": [AMBER], **values}


WHO = made("identity", name="Telco CERT", id="identity--9", object_marking_refs=[])
GROUP = made("intrusion-set", name="Sandpiper")
CAMPAIGN = made("campaign", name="Wiper")
TIE = made(
    "relationship",
    relationship_type="attributed-to",
    source_ref=CAMPAIGN["id"],
    target_ref=GROUP["id"],
    created_by_ref=WHO["id"],
    confidence=85,
)


def heard(*things: Any) -> Heard:
    """What a bundle of these says."""
    return hear(bundle(*things), NOW)


def test_an_attribution_is_a_claim_of_its_producer() -> None:
    (one,) = heard(WHO, GROUP, CAMPAIGN, TIE).claims
    assert one.good
    assert (one.text.claimant, one.text.about, one.text.about_sort) == (
        "Telco CERT",
        "Sandpiper",
        "group",
    )
    assert (one.text.scale, one.text.confidence, one.text.tlp) == ("stix", "85", "AMBER")
    assert one.text.source_title, "a claim of others has a source"


def test_no_confidence_is_none_and_0_is_0() -> None:
    without = {name: value for name, value in TIE.items() if name != "confidence"}
    assert heard(WHO, GROUP, CAMPAIGN, without).claims[0].text.scale == ""
    assert heard(WHO, GROUP, CAMPAIGN, {**TIE, "confidence": 0}).claims[0].text.confidence == "0"


def test_the_strictest_of_what_it_names_is_its_marking() -> None:
    secret = {**GROUP, "object_marking_refs": [RED]}
    assert heard(WHO, secret, CAMPAIGN, TIE).claims[0].text.tlp == "RED"
    bare = {name: value for name, value in TIE.items() if name != "object_marking_refs"}
    assert heard(WHO, GROUP, CAMPAIGN, bare).claims[0].text.tlp == "AMBER+STRICT"


@pytest.mark.parametrize(
    "tie",
    [
        {**TIE, "created_by_ref": "identity--8"},
        {name: value for name, value in TIE.items() if name != "created_by_ref"},
        {**TIE, "target_ref": "intrusion-set--8"},
    ],
)
def test_what_is_nobodys_claim_or_names_nobody_is_left(tie: dict[str, Any]) -> None:
    back = heard(WHO, GROUP, CAMPAIGN, tie)
    assert (back.claims, len(back.left)) == ((), 1)


def test_an_opinion_doubts_or_denies_what_is_in_the_file() -> None:
    opinion = made(
        "opinion",
        opinion="strongly-disagree",
        explanation="We looked.",
        object_refs=[TIE["id"]],
        created_by_ref=WHO["id"],
    )
    first, second = heard(WHO, GROUP, CAMPAIGN, opinion, TIE).claims
    assert (second.text.stance, second.answers, second.text.body) == (
        "denies",
        first.key,
        "We looked.",
    )
    neutral = heard(WHO, GROUP, CAMPAIGN, TIE, {**opinion, "opinion": "agree"})
    assert len(neutral.claims) == len(neutral.left) == 1


@pytest.mark.parametrize(
    "refs", [["marking-definition--7"], [{"x": 1}], [AMBER, "marking-definition--7"]]
)
def test_a_restriction_that_cannot_be_read_refuses_the_file(refs: list[Any]) -> None:
    with pytest.raises(Unreadable) as refused:
        heard(WHO, GROUP, CAMPAIGN, {**TIE, "object_marking_refs": refs})
    assert list(refused.value.problems) == ["file"]


@pytest.mark.parametrize("tag", ["tlp 2.0:amber", "NATO:restricted", "PAP:purple"])
def test_so_does_one_of_misp(tag: str) -> None:
    with pytest.raises(Unreadable):
        hear(galaxies(Tag=[{"name": "tlp:amber"}, {"name": tag}]), NOW)


def galaxies(**values: Any) -> dict[str, Any]:
    """An event with a cluster that its galaxy's authors tie to a State."""
    cluster = {
        "type": "threat-actor",
        "value": "Sandpiper",
        "authors": ["The galaxy's authors"],
        "meta": {
            "cfr-suspected-state-sponsor": ["Ruritania"],
            "attribution-confidence": ["50"],
            "refs": ["https://source.example/sandpiper"],
        },
    }
    galaxy = {"type": "threat-actor", "GalaxyCluster": [cluster]}
    said = {"Orgc": {"name": "Telco CERT"}, "Tag": [{"name": "tlp:amber"}], "Galaxy": [galaxy]}
    return event(**said | values)


def test_a_galaxy_says_two_things_of_two_producers() -> None:
    first, second = hear(galaxies(), NOW).claims
    assert (first.text.claimant, first.text.about) == ("Telco CERT", "Sandpiper")
    assert (first.text.scale, first.text.tlp) == ("", "AMBER")
    assert (second.text.claimant, second.text.about) == ("The galaxy's authors", "Ruritania")
    assert (second.text.about_sort, second.text.confidence) == ("state", "50")
    assert second.text.source_url == "https://source.example/sandpiper"


def test_an_event_without_an_author_is_nobodys_claim() -> None:
    back = hear(galaxies(Orgc={}), NOW)
    assert [one.text.claimant for one in back.claims] == ["The galaxy's authors"]
    assert len(back.left) == 1


def test_your_organisation_only_is_read_as_amber_strict() -> None:
    assert hear(galaxies(distribution="0"), NOW).claims[0].text.tlp == "AMBER+STRICT"


def test_a_limit_of_actions_stays_in_the_text() -> None:
    said = hear(galaxies(Tag=[{"name": "tlp:green"}, {"name": "PAP:RED"}]), NOW).claims[0]
    assert "PAP:RED" in said.text.body


def test_how_many_an_incident_touched_is_harm_that_its_producer_states() -> None:
    core = {"impacted_entity_counts": {"organization": 3}}
    incident = made("incident", name="Wiper", created_by_ref=WHO["id"], extensions={CORE: core})
    (row,) = heard(WHO, incident).harm
    assert row.good
    assert (row.text.amount.best, row.text.amount.lower, row.text.said_by) == (
        3,
        None,
        "Telco CERT",
    )


def impact(sort: str, inside: Any, **values: Any) -> dict[str, Any]:
    """An impact as the OASIS incident suite writes it."""
    held = {"extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9": {}, sort: inside}
    own = {"impact_category": sort, "extensions": held, "created_by_ref": WHO["id"]}
    return made("impact", **own | values)


def of_impact(sort: str, inside: Any, **values: Any) -> Heard:
    """What an incident with one impact says."""
    core = {"impact_refs": ["impact--1"], "scores": [{"name": "Own scale", "value": 7}]}
    incident = made("incident", name="Wiper", created_by_ref=WHO["id"], extensions={CORE: core})
    return heard(WHO, incident, impact(sort, inside, **values))


def test_money_has_a_least_and_a_most_and_no_best() -> None:
    inside = {
        "variety": "ransom-demand",
        "min_amount": 10000.5,
        "max_amount": 2e6,
        "currency": "USD",
    }
    (row,) = of_impact("monetary", inside).harm
    assert row.good
    amount = row.text.amount
    assert (amount.lower, amount.best, amount.upper, amount.currency) == (
        10000,
        None,
        2000000,
        "USD",
    )
    assert row.text.title == "Wiper: monetary"
    assert "min_amount: 10000.5" in row.text.body, "the exact figure stays in the text"


@pytest.mark.parametrize("bound", ["min_amount", "max_amount"])
def test_a_bound_that_is_absent_is_not_known_and_0_is_0(bound: str) -> None:
    (row,) = of_impact("monetary-ext", {"variety": "other", bound: 0, "currency": "AUD"}).harm
    parts = {"min_amount": row.text.amount.lower, "max_amount": row.text.amount.upper}
    assert parts.pop(bound) == 0
    assert list(parts.values()) == [None]
    assert (row.text.amount.unit, row.text.amount.currency) == ("AUD", ""), "none is converted"
    assert row.good


@pytest.mark.parametrize("bad", [True, -1, "a lot", [], {}, "NaN"])
def test_a_garbled_amount_is_refused(bad: object) -> None:
    back = of_impact("monetary", {"variety": "other", "min_amount": bad, "currency": "USD"})
    assert (back.harm, len(back.left)) == ((), 1)


@pytest.mark.parametrize(
    ("sort", "inside"),
    [
        ("availability", {"availability_impact": 80}),
        ("confidentiality", {"loss_type": "confirmed-loss", "information_type": "financial"}),
        ("external", {"impact_type": "public-confidence"}),
        ("integrity", {"alteration": "full-modification", "information_type": "system"}),
        ("physical", {"impact_type": "damaged", "asset_type": "industrial"}),
        ("traceability", {"traceability_impact": "partial-accountability"}),
    ],
)
def test_scores_and_criticality_stay_in_the_text(sort: str, inside: dict[str, Any]) -> None:
    (row,) = of_impact(sort, inside, criticality=99, recoverability="regular").harm
    assert row.good
    assert not row.text.amount.known
    for words in ("criticality: 99", "recoverability: regular", "score (Own scale): 7"):
        assert words in row.text.body
    assert all(f"{name}: {value}" in row.text.body for name, value in inside.items())


def test_its_times_are_as_exact_as_they_are_said() -> None:
    when = {"start_time": "2017-06-27T10:00:00Z", "end_time": "2017-09-01T00:00:00Z"}
    (row,) = of_impact(
        "availability", {"availability_impact": 1}, **when, end_time_fidelity="month"
    ).harm
    assert (row.text.from_on, row.text.until_on) == ("2017-06-27", "2017-09")


def test_what_an_impact_counts_is_a_row_each() -> None:
    counts = {"computers-personal": 2, "systems": 0, "people": "many"}
    back = of_impact("availability", {"availability_impact": 1}, impacted_entity_counts=counts)
    parts = {row.text.amount.unit: row.text.amount.best for row in back.harm}
    assert parts == {"computers-personal": 2, "systems": 0, "": None}
    assert len(back.left) == 1, "what cannot be read is not guessed"


def test_what_a_later_impact_replaces_is_not_taken() -> None:
    first = impact("availability", {"availability_impact": 1}, superseded_by_ref="impact--2")
    second = impact("availability", {"availability_impact": 2}, id="impact--2")
    back = heard(WHO, first, second)
    assert [row.key for row in back.harm] == ["impact--2"]
    assert len(back.left) == 1


def test_an_impact_of_nobody_is_not_taken() -> None:
    alone = impact("availability", {"availability_impact": 1})
    back = heard({name: value for name, value in alone.items() if name != "created_by_ref"})
    assert (back.harm, len(back.left)) == ((), 1)


def test_a_file_without_any_is_refused() -> None:
    with pytest.raises(Unreadable):
        heard(WHO, CAMPAIGN)


def test_a_real_bundle_names_no_producer_so_that_its_reader_has_to() -> None:
    top = json.loads(real("stix/defining-campaigns-threat-actors-intrusion-sets"))
    assert hear(top, NOW).claims == ()
    named = hear(top, NOW, "The author of the example").claims
    assert len(named) == 6
    assert all(one.good and one.text.claimant == "The author of the example" for one in named)


def test_a_producer_that_the_file_names_is_never_replaced() -> None:
    absent = {**TIE, "created_by_ref": "identity--8"}
    assert hear(bundle(WHO, GROUP, CAMPAIGN, absent), NOW, "Somebody else").claims == ()
