"""The registry is whole, says where each norm comes from, and claims no more than it may."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from models.norms import NormTag
from models.vocabulary import THEMES
from portal import norms as registry
from portal.norms import FRAMEWORKS, NORMS, VERIFICATIONS, Norm, find, in_framework, label

ROOM = Path(registry.__file__).parent
EXPECTED = {
    "un-gge-2015": list("abcdefghijk"),
    "paris-call-2018": [str(n) for n in range(1, 10)],
    "cybersecurity-tech-accord-2018": [str(n) for n in range(1, 5)],
    "charter-of-trust-2018": [str(n) for n in range(1, 11)],
    "un-oewg-global-cbm": [str(n) for n in range(1, 9)],
    "osce-cbm": [str(n) for n in range(1, 17)],
}
MEMORY = "from-memory-unverified"
FORBIDDEN = re.compile(r"violat|\bmust\b|\bshall\b|\bTLP\b", re.IGNORECASE)
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
    wanted = [f"{home}-{number}" for home, numbers in EXPECTED.items() for number in numbers]
    assert list(NORMS) == wanted
    assert len(NORMS) == 34 + 24
    assert list(FRAMEWORKS) == list(EXPECTED)
    for home, numbers in EXPECTED.items():
        assert [norm.number for norm in in_framework(home)] == numbers


def test_no_framework_that_is_not_there_has_norms() -> None:
    assert in_framework("un-gge") == ()


@EVERY
def test_every_norm_says_where_it_comes_from_and_how_far_that_was_checked(norm: Norm) -> None:
    assert NORMS[norm.key] is norm
    assert norm.key == f"{norm.framework}-{norm.number}"
    assert len(norm.key) <= NormTag.norm.type.length, "a tag can keep it"
    assert norm.title
    assert norm.text.endswith((".", ")."))
    assert len(norm.text) <= 260, "short enough to read in passing"
    assert norm.number in norm.symbol
    assert norm.source
    assert norm.addressed_to == FRAMEWORKS[norm.framework].addressed_to
    assert norm.verification in VERIFICATIONS
    assert norm.theme in THEMES


@EVERY
def test_no_text_accuses_or_commands(norm: Norm) -> None:
    assert not FORBIDDEN.search(f"{norm.title} {norm.text}")


@pytest.mark.parametrize("key", EXPECTED)
def test_every_framework_is_voluntary_and_names_whom_it_addresses(key: str) -> None:
    framework = FRAMEWORKS[key]
    assert framework.key == key
    assert framework.status.startswith("Voluntary:")
    assert framework.addressed_to
    assert framework.symbol
    assert framework.why
    assert framework.verification in VERIFICATIONS
    assert not FORBIDDEN.search(f"{framework.status} {framework.follow_up} {framework.why}")


def test_the_symbols_are_the_official_ones() -> None:
    assert NORMS["un-gge-2015-f"].symbol == "A/70/174, para. 13 (f)"
    assert NORMS["un-oewg-global-cbm-8"].symbol == "A/79/214, annex B, CBM 8"
    assert NORMS["osce-cbm-11"].symbol == "PC.DEC/1202, CBM 11 (from PC.DEC/1106)"
    assert NORMS["osce-cbm-12"].symbol == "PC.DEC/1202, CBM 12"
    assert NORMS["paris-call-2018-8"].symbol == "Paris Call, principle 8"
    assert len({norm.symbol for norm in NORMS.values()}) == len(NORMS)


def test_what_was_written_from_memory_is_kept_apart() -> None:
    unverified = {norm.key for norm in NORMS.values() if norm.verification == MEMORY}
    charter = {f"charter-of-trust-2018-{n}" for n in (5, 9, 10)}
    assert unverified == charter | {f"un-oewg-global-cbm-{n}" for n in range(2, 9)}
    assert "Not verified against the source" in VERIFICATIONS[MEMORY]
    assert set(VERIFICATIONS) == {"verified", "verified-secondary", MEMORY, "project-defined"}


def test_norms_of_states_are_not_put_upon_companies() -> None:
    for home in ("un-gge-2015", "un-oewg-global-cbm", "osce-cbm"):
        assert "States" in FRAMEWORKS[home].addressed_to
        assert "compan" not in FRAMEWORKS[home].addressed_to


def test_every_theme_has_a_norm() -> None:
    assert len(THEMES) == 8
    assert {norm.theme for norm in NORMS.values()} == set(THEMES)


def test_labels_are_short_and_no_two_are_alike() -> None:
    labels = [label(key) for key in NORMS]
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 20
    assert label("un-gge-2015-f") == "UN norm f"
    assert label("osce-cbm-16") == "OSCE CBM 16"
    with pytest.raises(KeyError):
        label("un-gge-2015-z")


def test_translators_get_every_text() -> None:
    shown = set(VERIFICATIONS.values())
    for norm in NORMS.values():
        shown |= {norm.title, norm.text, norm.addressed_to}
    for framework in FRAMEWORKS.values():
        shown |= {framework.name, framework.status, framework.why, framework.addressed_to}
        shown |= {framework.follow_up} - {""}
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
    assert keys(find("RÉPORT vulnerability")) == ["un-gge-2015-j", "osce-cbm-16"]
    assert keys(find("ulnerab")) == []
    assert "un-gge-2015-f" in keys(find("13 infra"))


def test_words_of_a_theme_do_not_bring_all_its_norms() -> None:
    assert keys(find("contact point")) == ["un-oewg-global-cbm-1", "osce-cbm-8"]


def test_framework_and_theme_narrow_together_with_words() -> None:
    assert keys(find("", "osce-cbm")) == [norm.key for norm in in_framework("osce-cbm")]
    assert keys(find("", theme="disclosure")) == ["un-gge-2015-j", "osce-cbm-16"]
    assert keys(find("", "osce-cbm", "disclosure")) == ["osce-cbm-16"]
    assert keys(find("hack", "osce-cbm")) == []
    assert keys(find("UN norm f", "osce-cbm")) == []
    assert find("", "no-such-framework") == ()
    assert find("", theme="no-such-theme") == ()


def test_words_are_looked_for_in_the_language_that_is_shown() -> None:
    def shown(text: str) -> str:
        return text.replace("Critical infrastructure left unharmed", "Unversehrte Versorgung")

    assert keys(find("versorg", shown=shown)) == ["un-gge-2015-f"]
    assert keys(find("versorg")) == []
