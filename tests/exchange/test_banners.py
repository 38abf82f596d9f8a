"""A line that is nothing but a banner marks what it stands in; a sentence that mentions one not."""

from typing import Any

import pytest

from models.vocabulary import Tlp
from portal.exchange import Found, Unreadable, hear, read_any
from portal.marking_words import banner_before, banners_in
from tests.cast import NOW
from tests.exchange.samples import as_bytes, bundle, event, report

CLEAR = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
STRICT_OR_RED = (Tlp.AMBER_STRICT, Tlp.RED)
TAGS = [{"name": "tlp:clear"}]

BANNERS = [
    "CONFIDENTIAL", "Confidential", "confidential.", "*** CONFIDENTIAL ***", "# Confidential",
    "**Strictly confidential**", "[RESTRICTED]", "--- RESTRICTED ---", "> Top secret",
    "Private & confidential", "Commercial in confidence", "Proprietary and confidential",
    "Not for distribution", "NOT FOR PUBLIC RELEASE", "Not for publication.",
    "Not to be shared with third parties", "Not for onward distribution outside the company",
    "Do not distribute", "Please do not forward this message to anybody", "No distribution!",
    "Restricted distribution", "Limited circulation", "For internal use only",
    "Internal use only", "INTERNAL", "For official use only", "For the named recipients only",
    "Eyes only", "Need-to-know", "Off the record", "Under embargo", "Embargoed until 1 May",
    "Classification: Internal", "Security classification: SECRET", "Distribution: not for release",
    "Marking: Restricted", "Handling = do not share", "SECRET//NOFORN", "U//FOUO", "//CUI",
    "Attorney-client privileged", "Chatham House Rule", "Streng vertraulich", "CONFIDENTIEL",
    "Diffusion restreinte", "Для служебного пользования", "机密", "\uff23onfidential",
    "CONFIDENTIAL \u2013 NOT FOR DISTRIBUTION".partition(" \u2013")[0],
]  # fmt: skip
NONE = [
    "Confidential data leaked", "Restricted area entered", "A secret key was found",
    "The report is not confidential.", "Confidential documents of a ministry were published",
    "Confidentiality", "Confidentiality: high", "Classification: malware", "Status: open",
    "Distribution: Debian 12", "Distribution: e-mail with an attachment", "Handling: automated",
    "Do not share your password with anyone", "Do not open the attachment", "internal", "Private",
    "Official", "Do not publish ports to the internet", "Secret: 9f2c", "Release notes",
    "Members", "For members of staff", "Not for the first time", "https://secret/x",
    "Internal reconnaissance", "Sensitive data", "//server/share", "C:/confidential/a.doc",
    "Distribution of a worm", "Recipients", "The eyes only see what is lit.",
]  # fmt: skip


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_is_seen_at_head_and_foot_of_a_text(banner: str) -> None:
    assert list(banners_in(banner)) == [banner]
    assert list(banners_in(f"{banner}\n\nA wiper spread.")) == [banner]
    assert list(banners_in(f"A wiper spread.\r\n\r\n{banner}\r\n")) == [banner]


@pytest.mark.parametrize("text", NONE)
def test_a_mention_is_no_banner(text: str) -> None:
    assert list(banners_in(text)) == []
    assert list(banners_in(f"A wiper spread.\n{text}\nIt stopped.")) == []


def test_an_entry_of_a_list_is_no_banner_and_capitals_are_one_anywhere() -> None:
    leaked = "Leaked were files marked\n\n- confidential\n- restricted\n- secret\n"
    assert list(banners_in(leaked)) == []
    assert list(banners_in("Asked was for the\nsecret\nof the box")) == []
    assert list(banners_in("Page 1\nCONFIDENTIAL\nPage 2")) == ["CONFIDENTIAL"]


def test_a_banner_in_brackets_stands_before_a_title() -> None:
    assert banner_before("[CONFIDENTIAL] Wiper at Telco") == "CONFIDENTIAL"
    assert banner_before("(Not for distribution) Wiper") == "Not for distribution"
    assert banner_before("[Telco] confidential data leaked") == ""
    assert banner_before("Wiper [confidential]") == ""


def of_event(**values: Any) -> Found:
    return read_any(as_bytes(event(**values)), NOW)


def of_bundle(mark: str = CLEAR, **values: Any) -> Found:
    return read_any(as_bytes(bundle(report(object_marking_refs=[mark], **values))), NOW)


BODY = "A wiper spread.\n\nNOT FOR DISTRIBUTION"
IN_EVENT: list[dict[str, Any]] = [
    {"info": "Strictly confidential"},
    {"info": "[RESTRICTED] Wiper"},
    {"EventReport": [{"name": "x", "content": BODY}]},
    {"Attribute": [{"type": "domain", "value": "x.example", "comment": "Confidential"}]},
    {"Attribute": [{"type": "comment", "value": BODY}]},
    {"Object": [{"name": "x", "comment": "RESTRICTED", "Attribute": []}]},
]
IN_BUNDLE: list[dict[str, Any]] = [
    {"name": "[CONFIDENTIAL] Wiper"},
    {"description": BODY},
    {"external_references": [{"source_name": "x", "description": "Strictly confidential"}]},
    {"labels": ["not for distribution"]},
]


@pytest.mark.parametrize("values", IN_EVENT)
def test_a_banner_in_an_event_is_strict_named_and_chosen(values: dict[str, Any]) -> None:
    found = of_event(Tag=TAGS, **values)
    assert (found.text.tlp, found.choices) == (Tlp.AMBER_STRICT, STRICT_OR_RED)
    assert found.unread


@pytest.mark.parametrize("values", IN_BUNDLE)
def test_a_banner_in_a_bundle_is_strict_named_and_chosen(values: dict[str, Any]) -> None:
    found = of_bundle(**values)
    assert (found.text.tlp, found.choices) == (Tlp.AMBER_STRICT, STRICT_OR_RED)
    assert found.unread


def test_a_banner_decides_nothing_beside_a_marking_that_says_as_much() -> None:
    found = of_bundle(STRICT, description=BODY)
    assert (found.text.tlp, found.choices, found.unread) == (Tlp.AMBER_STRICT, (), ())
    found = of_event(Tag=[{"name": "tlp:red"}], info="Strictly confidential")
    assert (found.text.tlp, found.choices, found.unread) == (Tlp.RED, (), ())


@pytest.mark.parametrize("text", ["Confidential data leaked", "The secret service was asked."])
def test_a_mention_in_a_file_restricts_nothing(text: str) -> None:
    assert of_event(Tag=TAGS, info=text, comment=text).text.tlp == Tlp.CLEAR
    found = of_bundle(name=text, description=text)
    assert (found.text.tlp, found.unread) == (Tlp.CLEAR, ())


@pytest.mark.parametrize("statement", ["CONFIDENTIAL", "Strictly confidential", "Not for release"])
def test_a_statement_that_is_a_banner_is_strict(statement: str) -> None:
    key = "marking-definition--11111111-2222-4333-8444-555555555555"
    told = {"type": "marking-definition", "id": key, "spec_version": "2.1"}
    told |= {"definition_type": "statement", "definition": {"statement": statement}}
    marked = bundle(report(object_marking_refs=[CLEAR, key]), told)
    assert read_any(as_bytes(marked), NOW).choices == STRICT_OR_RED


def test_claims_and_harm_of_a_file_with_a_banner_are_refused() -> None:
    said = {}
    for mark in (CLEAR, STRICT):
        with pytest.raises(Unreadable) as refused:
            hear(bundle(report(object_marking_refs=[mark], description=BODY)), NOW)
        said[mark] = str(refused.value.problems["file"])
    assert "is a marking that the portal does not know" in said[CLEAR]
    assert "marking" not in said[STRICT], "it holds no claim, and that is all"


@pytest.mark.parametrize(
    "line", ["//a" * 39 + "1", "a " * 59, "secret and " * 10, "do not " * 17, "/ " * 60, "=" * 119]
)
def test_a_line_made_to_be_tried_for_long_is_none(line: str) -> None:
    # An expression that tried each way to read it would not end: the suite stops after a while.
    assert list(banners_in(f"{line}\n" * 2000)) == []
