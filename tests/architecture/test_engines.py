"""What is tested on one engine only is named with a reason; what an engine can change is not."""

import pytest

from tests.architecture.files import ROOT, python_files, short
from tests.conftest import LONGEST
from tests.engines import ON_BOTH, ONE_ENGINE, made_once

# Folders that prove, beside others, what is judged before a row is read.
MIXED = {"attacks", "forms"}
# Files that prove who sees what, races, or what is in the tables, by words in their names.
PROOFS = ("test_b_", "test_b1", "test_b3", "_d4_", "_g_", "bad_day", "creates_once", "races")


def proves_what_an_engine_can_change(path: str) -> bool:
    _tests, folder, name = path.split("/")
    return folder in ON_BOTH - MIXED or any(word in name for word in PROOFS)


def test_the_list_names_files_that_there_are_each_with_a_reason() -> None:
    files = {short(path) for path in python_files("tests")}
    assert ONE_ENGINE.keys() <= files
    assert all(len(reason.split()) > 5 for reason in ONE_ENGINE.values())


def test_policy_jobs_search_leaks_and_races_are_never_on_it() -> None:
    assert [path for path in ONE_ENGINE if proves_what_an_engine_can_change(path)] == []
    folders = {path.name for path in (ROOT / "tests").iterdir()}
    assert folders >= ON_BOTH
    for word in PROOFS:
        assert any(word in path.name for path in python_files("tests")), f"{word} names nothing"


@pytest.mark.parametrize("name", ["test_this[sqlite]", "test_this[sqlite-postgresql]", "test_this"])
def test_what_runs_on_no_second_engine_is_run(name: str) -> None:
    assert not made_once(next(iter(ONE_ENGINE)), name)


@pytest.mark.parametrize("path", ["tests/notices/test_new.py", "tests/search/test_search.py"])
def test_whatever_is_not_named_runs_on_both(path: str) -> None:
    assert not made_once(path, "test_this[postgresql]")
    assert made_once(next(iter(ONE_ENGINE)), "test_this[postgresql-and more]")


def test_pages_of_a_noun_run_on_one_unless_they_are_marked() -> None:
    page = "tests/notices/test_new.py", "test_this[postgresql]", True
    assert made_once(*page)
    assert not made_once(*page, True)
    assert not made_once("tests/search/test_search.py", *page[1:])
    assert not made_once(page[0], "test_this[sqlite]", True)
    browser = "tests/browser/test_journey.py", "test_this[postgresql]", False
    assert made_once(*browser)
    assert not made_once(*browser, True)


def test_lists_orders_and_races_of_pages_are_marked() -> None:
    words = ("_list.py", "test_filters.py", "_races.py", "test_coverage.py", "test_feed.py")
    found = [path for path in python_files("tests") if path.name.endswith(words)]
    assert len(found) > 9
    unmarked = [
        short(path)
        for path in found
        if path.parent.name not in ON_BOTH and "pytest.mark.both_engines" not in path.read_text()
    ]
    assert unmarked == []


def test_the_files_that_are_begun_first_are_there() -> None:
    assert set(LONGEST) <= {short(path) for path in python_files("tests")}
