"""What is shipped of a State, an attack or a figure says its source and how far it is verified."""

import re
from pathlib import Path

import pytest

from portal.curriculum import SHIPPED
from portal.demo.case_claims import NOTPETYA_CLAIMS, WANNACRY_CLAIMS, Said
from portal.demo.case_harm import NOTPETYA_HARM, WANNACRY_HARM, Hurt
from portal.demo.cases import NOTPETYA, WANNACRY
from portal.norms import VERIFICATION_LABELS, VERIFICATIONS
from portal.notices import NoticeText
from portal.readiness.questions import QUESTIONS

CASES = (WANNACRY, NOTPETYA)
ROWS = (*WANNACRY_CLAIMS, *NOTPETYA_CLAIMS, *WANNACRY_HARM, *NOTPETYA_HARM)
LABELS = tuple(VERIFICATION_LABELS.values())
MIGRATIONS = Path(__file__).parents[2] / "migrations"
LIBRARY = [MIGRATIONS / "versions/0005_first_clauses.py", MIGRATIONS / "data/clauses_2.json"]
ASKED = "## What mediators could have asked for"
# What carries a fact: whoever is named, or a number.
FACT = re.compile(r"\d|Russia|Korea|Ukrain|Kingdom|United States|Lazarus|Sandworm|Microsoft|NHS")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title.split()[3])
def test_each_line_of_a_case_ends_with_its_source_and_verification(case: NoticeText) -> None:
    facts, _head, asked = case.body.partition(ASKED)
    lines = re.sub(r"\n  (?=\S)", " ", facts).splitlines()  # lines of an entry of a list are one
    said = [line for line in lines if line.startswith("- ")]
    assert len(said) > 20
    for line in said:
        assert any(label in line.rpartition("(")[2].lower() for label in LABELS), line
    others = [line for line in (*lines, *asked.splitlines()) if line not in said]
    assert not [line for line in others if FACT.search(line)], "facts stand in lists alone"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title[:40])
def test_each_claim_and_row_has_its_source(row: Said | Hurt) -> None:
    assert row.source
    assert row.verified in VERIFICATIONS


def test_so_have_questions_units_and_reasons() -> None:
    assert all(one.source and one.verification in VERIFICATIONS for one in QUESTIONS)
    every = [unit for languages in SHIPPED.values() for unit in languages.values()]
    assert all(source.verification in VERIFICATIONS for unit in every for source in unit.sources)
    assert all(unit.sources for unit in every)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title.split()[3])
def test_the_clauses_that_a_case_names_are_in_the_library(case: NoticeText) -> None:
    library = "".join(path.read_text(encoding="utf-8") for path in LIBRARY)
    named = re.findall(r"\*\*(.+?)\*\*", case.body.partition(ASKED)[2], re.DOTALL)
    assert len(named) >= 5
    for title in named:
        assert title in library, title
