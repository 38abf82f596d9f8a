"""The compiled policy of an earlier start is the published one, or it is not taken."""

import json
import sys
from pathlib import Path

import pytest

from portal import policy_sql, policy_store
from portal.policy_store import keep_texts, kept_texts, source_key

KEY = "a" * 64
TEXTS = list(policy_sql.TEXTS.values())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in a process that may keep what it compiles."""
    monkeypatch.setattr(policy_store, "FOLDER", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__"


def taken(key: str = KEY) -> dict[tuple[object, ...], str]:
    """What a start would take."""
    return policy_sql._from_last_start(policy_sql.QUESTIONS, key)


def test_what_was_kept_is_what_was_compiled() -> None:
    keep_texts(KEY, TEXTS)
    assert taken() == policy_sql.TEXTS


def test_a_text_that_was_changed_is_not_taken(folder: Path) -> None:
    keep_texts(KEY, TEXTS)
    (file,) = folder.iterdir()
    file.write_text(json.dumps(["(true)", *TEXTS[1:]]))
    assert kept_texts(KEY)
    assert taken() == {}


@pytest.mark.parametrize("content", ["", "[", "{}", "[1]", "[]", json.dumps(TEXTS[1:])])
def test_what_is_no_policy_is_not_taken(folder: Path, content: str) -> None:
    keep_texts(KEY, TEXTS)
    (file,) = folder.iterdir()
    file.write_text(content)
    assert taken() == {}


def test_what_was_compiled_of_other_sources_is_not_taken_and_is_removed(folder: Path) -> None:
    keep_texts("b" * 64, TEXTS)
    assert taken() == {}
    keep_texts(KEY, TEXTS)
    assert len(list(folder.iterdir())) == 1


def test_every_source_of_the_policy_changes_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source_key()
    source = tmp_path / "notices.py"
    for path in policy_store.MADE_OF:
        source.write_bytes(path.read_bytes() + b"\n")
        others = tuple(source if one == path else one for one in policy_store.MADE_OF)
        with monkeypatch.context() as spoiled:
            spoiled.setattr(policy_store, "MADE_OF", others)
            assert source_key() != before
    assert source_key() == before
    assert {path.parent.name for path in policy_store.MADE_OF} == {
        *("models", "relations", "rules", "portal")
    }


def test_all_that_the_policy_imports_of_ours_is_among_its_sources() -> None:
    named = {path.stem for path in policy_store.MADE_OF}
    wanted = {
        name.rpartition(".")[2]
        for name in sys.modules
        if name.startswith(("models.", "portal.relations.", "portal.rules."))
    }
    assert wanted <= named


def test_where_nothing_may_be_written_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep_texts(KEY, TEXTS)
    assert not folder.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(policy_store, "FOLDER", folder / "missing" / "deeper")
    keep_texts(KEY, TEXTS)
    assert taken() == {}
