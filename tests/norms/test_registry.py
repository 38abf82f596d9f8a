"""The registry is whole, says where each norm comes from, and claims no more than it may."""

import re
from functools import partial
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from models.norms import NormTag
from portal import norms as registry
from portal.norms import (
    FRAMEWORKS,
    INSTRUMENTS,
    NORMS,
    STATUS_LABELS,
    STATUSES,
    TOPICS,
    VERIFICATION_LABELS,
    VERIFICATIONS,
    Instrument,
    Norm,
    in_framework,
    index,
    label,
)

find = partial(registry.find, among=index())
ROOM = Path(registry.__file__).parent
EXPECTED = {
    "un-gge-2015": list("abcdefghijk"),
    "paris-call-2018": [str(n) for n in range(1, 10)],
    "cybersecurity-tech-accord-2018": [str(n) for n in range(1, 5)],
    "charter-of-trust-2018": [str(n) for n in range(1, 11)],
    "un-oewg-global-cbm": [str(n) for n in range(1, 9)],
    "osce-cbm": [str(n) for n in range(1, 17)],
    "icrc-civilian-hackers": [*(str(n) for n in range(1, 9)), "S1", "S2", "S3", "S4"],
    "rcrc-34ic-r2": ["1", "4", "6", "7"],
    "pall-mall-2025": ["1", "2", "3", "4"],
}
# Keys that are not made of framework and number: the ids of the reference data carry over.
NAMED = {
    **{f"icrc-state-obligation-{n}": f"S{n}" for n in range(1, 5)},
    "pall-mall-2025-accountability": "1",
    "pall-mall-2025-precision": "2",
    "pall-mall-2025-oversight": "3",
    "pall-mall-2025-transparency": "4",
}
# The mood of the original: what it only wishes or allows is never told as a fact or a command.
MOODS = {
    "un-gge-2015": r"should",
    "paris-call-2018": r"willing to",
    "cybersecurity-tech-accord-2018": r"say that they will",
    "charter-of-trust-2018": r"say that",
    "un-oewg-global-cbm": r"could",
    "osce-cbm": r"will|are encouraged",
    "icrc-civilian-hackers": r"must|answers in international law",
    "rcrc-34ic-r2": r"commit themselves|recall",
    "pall-mall-2025": r"mean to",
}
MEMORY = "memory"
FORBIDDEN = re.compile(r"\bviolates\b|\bshall\b|\bTLP\b", re.IGNORECASE)
COMMANDS = re.compile(r"\bmust\b", re.IGNORECASE)
EVERY = pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS.keys())


def keys(found: registry.Found) -> list[str]:
    return [norm.key for _framework, norms in found for norm in norms]


def marked() -> set[str]:
    """Every text of the room that translators are given."""
    found: set[str] = set()
    for path in ROOM.glob("*.py"):
        for _line, message, _comments, _context in extract_from_file("python", path, {"N_": None}):
            found.add(str(message))
    return found


def test_every_norm_and_measure_is_there_in_its_order() -> None:
    assert len(NORMS) == 58 + 12 + 4 + 4
    assert list(FRAMEWORKS) == list(EXPECTED)
    for home, numbers in EXPECTED.items():
        assert [norm.number for norm in in_framework(home)] == numbers


def test_no_framework_that_is_not_there_has_norms() -> None:
    assert in_framework("un-gge") == ()


@EVERY
def test_every_norm_says_where_it_comes_from_and_how_far_that_was_checked(norm: Norm) -> None:
    assert NORMS[norm.key] is norm
    assert NAMED.get(norm.key) == norm.number or norm.key == f"{norm.framework}-{norm.number}"
    assert len(norm.key) <= NormTag.norm.type.length, "a tag can keep it"
    assert norm.title
    assert norm.text.endswith((".", ")."))
    assert len(norm.text) <= 260, "short enough to read in passing"
    assert norm.number.removeprefix("S") in norm.symbol
    assert norm.source
    assert norm.addressed_to
    assert norm.verification in VERIFICATIONS
    assert norm.status in STATUSES
    assert norm.topic in TOPICS
    assert norm.framework == "un-gge-2015" or not (norm.guidance or norm.for_companies)
    assert all(point.verification in VERIFICATIONS for point in norm.guidance)


@EVERY
def test_every_text_keeps_the_mood_of_its_original(norm: Norm) -> None:
    assert re.search(MOODS[norm.framework], norm.text), norm.text


def test_only_what_restates_law_speaks_of_duties() -> None:
    commands = {norm.framework for norm in NORMS.values() if COMMANDS.search(norm.text)}
    assert commands <= {norm.framework for norm in NORMS.values() if norm.restates_law}
    assert all(norm.restates_law for norm in in_framework("icrc-civilian-hackers"))


@pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: one.key)
def test_every_instrument_says_whom_it_binds_and_when(one: Instrument) -> None:
    assert one.title
    assert one.text.endswith(".")
    assert one.symbol
    assert one.source
    assert one.status in STATUSES
    assert one.verification in VERIFICATIONS
    assert bool(one.binds) is (one.status == "binding"), "binding never stands alone"
    assert one.applies or one.status != "binding"


def test_what_is_not_in_force_yet_says_so() -> None:
    assert [one.key for one in INSTRUMENTS if not one.in_force] == ["un-cybercrime-convention"]
    proposals = [one.key for one in INSTRUMENTS if one.status == "proposal"]
    assert proposals == ["digital-emblem", "eu-digital-omnibus", "us-circia"]


@EVERY
def test_no_text_accuses_or_commands(norm: Norm) -> None:
    assert not FORBIDDEN.search(f"{norm.title} {norm.text}")


@pytest.mark.parametrize("key", EXPECTED)
def test_every_framework_says_how_far_it_goes_and_whom_it_addresses(key: str) -> None:
    framework = FRAMEWORKS[key]
    assert framework.key == key
    assert framework.legal.startswith(("Voluntary", "Guidance"))
    assert framework.status in ("voluntary", "guidance")
    assert framework.text
    assert framework.addressed_to
    assert framework.symbol
    assert framework.why
    assert framework.verification in VERIFICATIONS
    assert not FORBIDDEN.search(f"{framework.legal} {framework.follow_up} {framework.why}")


def test_the_symbols_are_the_official_ones() -> None:
    assert NORMS["un-gge-2015-f"].symbol == "A/70/174, para. 13 (f)"
    assert NORMS["un-oewg-global-cbm-1"].symbol == "A/78/265, annex B, CBM 1"
    assert NORMS["un-oewg-global-cbm-8"].symbol == "A/79/214, annex B, CBM 8"
    assert NORMS["icrc-civilian-hackers-4"].symbol == "ICRC 2023, rule 4"
    assert NORMS["osce-cbm-11"].symbol == "PC.DEC/1202, CBM 11 (from PC.DEC/1106)"
    assert NORMS["osce-cbm-12"].symbol == "PC.DEC/1202, CBM 12"
    assert NORMS["paris-call-2018-8"].symbol == "Paris Call, principle 8"
    assert len({norm.symbol for norm in NORMS.values()}) == len(NORMS)


def test_what_was_written_from_memory_is_kept_apart() -> None:
    unverified = {norm.key for norm in NORMS.values() if norm.verification == MEMORY}
    charter = {f"charter-of-trust-2018-{n}" for n in (5, 7, 9, 10)}
    measures = {f"un-oewg-global-cbm-{n}" for n in range(2, 9)}
    duties = {f"icrc-state-obligation-{n}" for n in (2, 4)}
    assert unverified == charter | measures | duties
    assert VERIFICATION_LABELS[MEMORY] == "not yet checked"
    assert "memory" not in "".join(norm.title + norm.text for norm in NORMS.values())
    assert set(VERIFICATIONS) == {"verified", "secondary", MEMORY, "project"}
    assert set(VERIFICATION_LABELS) == set(VERIFICATIONS)
    assert set(STATUS_LABELS) == set(STATUSES)


def test_norms_of_states_are_not_put_upon_companies() -> None:
    for home in ("un-gge-2015", "un-oewg-global-cbm", "osce-cbm"):
        assert "States" in FRAMEWORKS[home].addressed_to
        assert "compan" not in FRAMEWORKS[home].addressed_to


def test_every_topic_has_a_norm() -> None:
    assert {norm.topic for norm in NORMS.values()} == set(TOPICS)


def test_labels_are_short_and_no_two_are_alike() -> None:
    labels = [label(key) for key in NORMS]
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 20
    assert label("un-gge-2015-f") == "UN norm f"
    assert label("osce-cbm-16") == "OSCE CBM 16"
    with pytest.raises(KeyError):
        label("un-gge-2015-z")


def test_translators_get_every_text() -> None:
    shown = {*VERIFICATIONS.values(), *STATUSES.values(), *TOPICS.values()}
    shown |= {*VERIFICATION_LABELS.values(), *STATUS_LABELS.values()}
    for norm in NORMS.values():
        shown |= {norm.title, norm.text, norm.addressed_to}
        shown |= {point.text for point in norm.guidance} | {norm.for_companies} - {""}
    for framework in FRAMEWORKS.values():
        shown |= {framework.name, framework.text, framework.legal, framework.why}
        shown |= {framework.addressed_to, framework.follow_up} - {""}
    for one in INSTRUMENTS:
        shown |= {one.title, one.text, one.binds, one.applies} - {""}
        shown |= {fact.text for fact in one.facts}
    assert shown - marked() == set()
    assert not [text for text in shown if "%" in text], "a text is no pattern to be filled"


def test_nothing_asked_gives_everything_by_framework() -> None:
    assert keys(find("")) == list(NORMS)
    assert keys(find("  ,")) == list(NORMS)
    assert [framework.key for framework, _norms in find("")] == list(FRAMEWORKS)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("UN norm f", "un-gge-2015-f"),
        ("norm F", "un-gge-2015-f"),
        ("un-norm-k", "un-gge-2015-k"),
        ("Paris Call 8", "paris-call-2018-8"),
        ("osce cbm 1", "osce-cbm-1"),
    ],
)
def test_a_name_finds_what_is_called_so_and_nothing_else(asked: str, key: str) -> None:
    assert keys(find(asked)) == [key]


def test_the_end_of_a_name_finds_all_that_are_called_so() -> None:
    assert keys(find("CBM 8")) == ["un-oewg-global-cbm-8", "osce-cbm-8"]


def test_all_words_have_to_be_there_as_beginnings_in_any_order() -> None:
    assert keys(find("vulnerab report")) == ["un-gge-2015-j", "osce-cbm-16"]
    assert keys(find("RÉPORT vulnerabilities")) == ["un-gge-2015-j", "osce-cbm-16"]
    assert keys(find("ulnerab")) == []
    assert "un-gge-2015-f" in keys(find("13 infra"))


def test_words_of_a_topic_do_not_bring_all_its_norms() -> None:
    # The guidance of the first one speaks of them.
    found = ["un-gge-2015-h", "un-oewg-global-cbm-1", "osce-cbm-8"]
    assert keys(find("contact point")) == found


def test_framework_and_topic_narrow_together_with_words() -> None:
    assert keys(find("", "osce-cbm")) == [norm.key for norm in in_framework("osce-cbm")]
    assert keys(find("", topic="vulnerabilities")) == ["un-gge-2015-j", "osce-cbm-16"]
    assert keys(find("", "osce-cbm", "vulnerabilities")) == ["osce-cbm-16"]
    assert keys(find("hack", "osce-cbm")) == []
    assert keys(find("UN norm f", "osce-cbm")) == []
    assert find("", "no-such-framework") == ()
    assert find("", topic="no-such-topic") == ()


def test_words_are_looked_for_in_the_language_that_is_shown() -> None:
    def shown(text: str) -> str:
        return text.replace("Critical infrastructure not damaged", "Unversehrte Versorgung")

    assert keys(find("versorg", among=index(shown))) == ["un-gge-2015-f"]
    assert keys(find("versorg")) == []
