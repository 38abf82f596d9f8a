"""All templates are loaded before anybody comes, from what an earlier start has compiled."""

import marshal
import sys
from pathlib import Path
from types import CodeType
from typing import Any, NoReturn, cast

import pytest
from flask import Flask
from jinja2 import DictLoader

from portal import template_store, templates
from portal.app import create_app
from portal.template_store import (
    ROOT,
    TEMPLATES,
    keep_templates,
    kept_templates,
    made_of,
    source_key,
)
from portal.templates import Templates
from tests.cast import World
from tests.pages import sign_in

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in a process that may keep what it compiles."""
    monkeypatch.setattr(template_store, "FOLDER", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__"


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compiled while this lasts."""

    def refused(_env: Templates, _source: Any, name: str, *_more: Any, **_others: Any) -> NoReturn:
        raise AssertionError(f"{name} is compiled")

    monkeypatch.setattr(Templates, "compile", refused)


def loaded(app: Flask) -> set[str]:
    """The names of the templates that an application has at hand."""
    cache = cast(dict[Any, Any], app.jinja_env.cache)
    return {name for _loader, name in cache}


def code(text: str) -> CodeType:
    """Some code, known by its text."""
    return compile(text, "template", "exec")


def kept_here(name: str, key: str = KEY) -> None:
    """Keep a template of this name under a key."""
    compiled = kept_templates("en", key)
    compiled.codes[name] = code(name)
    compiled.added.add(name)
    keep_templates("en", key, compiled)


def test_all_templates_are_loaded_before_anybody_comes(app: Flask) -> None:
    files = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}
    assert len(files) > 400
    assert loaded(app) == files


@pytest.mark.usefixtures("compiles")
def test_no_page_compiles_a_template(app: Flask, world: World) -> None:
    client = sign_in(app, world, "liaison@telco").client
    for path in ("/", "/notices/", "/commitments/", "/search?q=water", "/no-such-page"):
        assert client.get(path).status_code in (200, 404)


@pytest.mark.own_app
def test_what_a_start_compiled_the_next_one_takes(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.jinja_env.loader = DictLoader({"page.html": "{{ _('Notice') }}", "note.txt": "Said"})
    for _start in range(2):
        cast(dict[Any, Any], app.jinja_env.cache).clear()
        templates.load_all(app)
        assert loaded(app) == {"page.html", "note.txt"}
        (file,) = folder.iterdir()
        assert not file.stat().st_mode & 0o022, "nobody else writes it"
        monkeypatch.setattr(Templates, "compile", None)  # nothing is, from the second on


def test_what_was_compiled_of_other_sources_is_not_taken_and_is_removed(folder: Path) -> None:
    kept_here("page.html", OTHER)
    assert kept_templates("en", OTHER).codes == {"page.html": code("page.html")}
    assert kept_templates("en", KEY).codes == {}
    kept_here("page.html")
    assert len(list(folder.iterdir())) == 1
    assert kept_templates("en", OTHER).codes == {}


def test_each_language_has_its_own(folder: Path) -> None:
    kept_here("page.html")
    keep_templates("fi", KEY, kept_templates("fi", KEY))
    assert len(list(folder.iterdir())) == 1, "what is not new is not written"
    assert source_key("en") != source_key("fi")
    assert kept_templates("fi", KEY).codes == {}


@pytest.mark.parametrize("content", [b"", b"[", b"not code", marshal.dumps(["page.html"])])
def test_what_is_no_code_is_not_taken(folder: Path, content: bytes) -> None:
    kept_here("page.html")
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert kept_templates("en", KEY).codes == {}


def test_every_source_changes_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [path.relative_to(ROOT) for path in made_of()]
    names = {str(path) for path in sources}
    assert {"templates/base.html", "portal/templates.py", "portal/template_filters.py"} <= names
    for path in sources:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    words = tmp_path / "translations" / "fi" / "LC_MESSAGES" / "messages.mo"
    words.parent.mkdir(parents=True)
    words.write_bytes(b"words")
    for name, place in (("ROOT", ""), ("TEMPLATES", "templates"), ("PORTAL", "portal")):
        monkeypatch.setattr(template_store, name, tmp_path / place)
    before = source_key("en")
    changed = [tmp_path / path for path in (*sources[::40], "portal/templates.py")]
    for path in (*changed, words):
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        assert source_key("en") != before, path
        path.write_bytes(content)
    (tmp_path / "templates" / "more.html").touch()
    assert source_key("en") != before


def test_where_nothing_may_be_written_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept_here("page.html")
    assert not folder.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(template_store, "FOLDER", folder / "missing" / "deeper")
    kept_here("page.html")
    assert kept_templates("en", KEY).codes == {}


def test_a_command_loads_no_templates(app: Flask) -> None:
    other = create_app(app.config["SETTINGS"], serves=False)
    assert loaded(other) == set()
