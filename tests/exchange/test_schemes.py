"""Handling in schemes and spellings of others restricts, wherever a file can say it."""

from collections.abc import Callable
from typing import Any

import pytest

from models.vocabulary import Pap, Tlp
from portal.exchange import read
from portal.exchange.markings import Markings
from portal.marking_words import restricts
from tests.cast import NOW
from tests.exchange.samples import bundle, event, report

CLEAR = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
STRICT_OR_RED = (Tlp.AMBER_STRICT, Tlp.RED)
# Tags of the taxonomies that MISP ships, and of companies and bodies.
SCHEMES = [
    'acs-marking:shareability="USA.USG"', 'acs-marking:caveat="FISA"', "misp:should-not-sync",
    'thales_group:distribution="team_eyes_only"', 'thales_group:distribution="customers"',
    'csirt_case_classification:sensitivity-classification="1"', 'acme:sharing-class="vetted"',
    "isa:classification=S", "protective-marking:OFFICIAL-SENSITIVE", 'ext:sharing="none"',
    'x:dissemination="partners"', 'x:note="not-for-release"', "sensitivity:high", "only:cert-eu",
    "Data sensitivity: high", "shared-with:cert", "FVEY", "5eyes", "Nine Eyes", "R-UE/EU-R", "CHR",
    "noshare", "DoNotShare", "nodistribution", "nonpublic", "unpublished", "named-recipients",
    "Level 3 - Confidential", "nur intern", "vertraulich!", "Strictement confidentiel",
    "usage interne", "uso interno", "非公開", "社内限", "대외비", "سري للغاية", "Zastrzeżone",
]  # fmt: skip
# Tags of the same taxonomies that say what happened, not who may read of it.
OTHERS = [
    'gsma-fraud:distribution="dealer-fraud"', 'phishing:distribution="bulk-phishing"',
    'malware_classification:memory-classification="resident"', 'veris:asset:hosting="Internal"',
    'circl:incident-classification="spam"', 'crowdsec:classification="profile-router"',
    'veris:attribute:confidentiality:state="Stored"', 'common-taxonomy:malware="distribution"',
    'cccs:disclosure-type="none"', 'dark-web:content="information-sharing"', "intern-netz",
    'information-security-data-source:timeliness-sharing-behavior="routine-sharing"',
    'infoleak:automatic-detection="private-key"', 'workflow:state="release"', "noticeable",
    'adversary:infrastructure-action="passive-only"', "note", "noble", "international",
]  # fmt: skip
# Lines of their own, and values, that are TLP in a form that no text is searched for.
LINES = [
    "TLP.RED", "TLP/RED", "TLPRED", "TLP \u2013 RED", "T.L.P.: RED", "T L P : R E D", "TLP|RED",
    "\u0422L\u0420:RED", "TLP:R\u200dED", "TLP\xad:RED", "tlp-v2:red", "Traffic-Light-Protocol:RED",
    "trafficlight:red", "AMBER_STRICT", "TLP \U0001f534", "amber-strict-tlp", "TLP-ROT", "TLP.ROJO",
]  # fmt: skip


@pytest.mark.parametrize("tag", SCHEMES)
def test_a_tag_of_another_scheme_restricts(tag: str) -> None:
    markings = Markings()
    assert restricts(tag)
    assert markings.tag(tag)
    assert markings.least >= {Tlp.AMBER_STRICT}


@pytest.mark.parametrize("tag", OTHERS)
def test_what_says_nothing_of_readers_stays_a_tag(tag: str) -> None:
    assert not Markings().tag(tag)


def of_misp(**more: Any) -> dict[str, Any]:
    return event(Tag=[{"name": "tlp:clear"}], **more)


def in_report(line: str) -> Any:
    return of_misp(EventReport=[{"name": "R", "content": f"# {line}\n\nA wiper spread."}])


def as_name_of_report(line: str) -> Any:
    return of_misp(EventReport=[{"name": line, "content": "A wiper spread."}])


def in_comment(line: str) -> Any:
    return of_misp(Attribute=[{"type": "ip-dst", "value": "192.0.2.1", "comment": line}])


def as_text(line: str) -> Any:
    return of_misp(Attribute=[{"type": "text", "value": line}])


def of_stix(**more: Any) -> dict[str, Any]:
    return bundle(report(object_marking_refs=[CLEAR], **more))


def in_description(line: str) -> Any:
    return of_stix(description=f"{line}\n\nA wiper spread.")


def of_title(line: str) -> Any:
    return of_stix(name=f"[{line}] Wiper")


def as_own_field(line: str) -> Any:
    return of_stix(x_acme={"level": [line]})


def in_extension(line: str) -> Any:
    return of_stix(extensions={"extension-definition--1": {"level": line}})


PLACES = [
    in_report, as_name_of_report, in_comment, as_text, in_description, as_own_field, in_extension,
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("place", PLACES)
def test_a_line_that_is_a_marking_restricts(place: Callable[[str], Any], line: str) -> None:
    found = read(place(line), NOW)
    assert found.text.tlp in STRICT_OR_RED
    assert found.choices or found.text.tlp == Tlp.RED
    assert found.unread


@pytest.mark.parametrize("place", [in_comment, in_report, in_description])
@pytest.mark.parametrize(
    "line", ["TLP: CLEAR", "TLP definitions", "TLP \u2013 what it is", "Red team", "Amber alert"]
)
def test_a_line_that_is_none_restricts_nothing(place: Callable[[str], Any], line: str) -> None:
    found = read(place(line), NOW)
    assert (found.text.tlp, found.choices) == (Tlp.CLEAR, ())


@pytest.mark.parametrize(
    "tag", ["AMBER+STRICT", "RED", "for_internal_use_only", "FVEY", "EU RESTRICTED", "機密"]
)
def test_a_tag_in_brackets_before_a_title_restricts(tag: str) -> None:
    for top in (of_misp(info=f"[{tag}] Wiper"), of_stix(name=f"[{tag}] Wiper")):
        assert read(top, NOW).text.tlp in STRICT_OR_RED
    assert read(as_name_of_report(f"[{tag}] Wiper"), NOW).text.tlp in STRICT_OR_RED


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "line",
    ["PAP.GREEN", "P.A.P.: AMBER", "PAP \u2013 CLEAR", "\u0420\u0410\u0420:GREEN", "PAP:BLACK",
     "Permissible actions: green", "PAP:AMBER+STRICT", "red-pap", "PAP \U0001f7e2"],
)  # fmt: skip
def test_permissible_actions_that_cannot_be_read_are_red(
    place: Callable[[str], Any], line: str
) -> None:
    assert read(place(line), NOW).text.pap == Pap.RED


@pytest.mark.parametrize("place", [of_title, in_report])
def test_permissible_actions_that_can_be_read_are(place: Callable[[str], Any]) -> None:
    assert read(place("PAP:CLEAR"), NOW).text.pap == Pap.CLEAR


def test_a_label_of_security_restricts_whatever_it_says() -> None:
    found = read(of_stix(securityLabels=[{"name": "Bronze"}]), NOW)
    assert found.choices == STRICT_OR_RED


def test_what_stands_in_a_list_in_the_place_of_an_object_counts() -> None:
    top = of_stix()
    top["objects"].append([{"type": "note", "object_marking_refs": [RED]}])
    assert read(top, NOW).text.tlp == Tlp.RED
