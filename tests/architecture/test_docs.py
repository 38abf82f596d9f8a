"""The generated pages of docs/ say what the code says; links between the pages lead somewhere."""

import re
from pathlib import Path

import pytest

from models import Base
from models.stakeholders import PlatformRole, Role
from models.vocabulary import Pap, Tlp
from portal.catalogue import NOUNS
from portal.rules import RESOURCE_TYPES
from tools.policy_world import SCENES
from tools.write_docs import DOCS, PAGES, ROOT, bare_app

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
WRITTEN_BY_HAND = sorted(
    path for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")] if path.name not in PAGES
)


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_fresh(name: str) -> None:
    path = DOCS / name
    written = path.read_text() if path.exists() else ""
    assert written == PAGES[name](), f"docs/{name} is stale: run make matrix and read the diff"


def test_every_noun_has_a_scene_in_the_matrix_and_a_beginning() -> None:
    assert SCENES.keys() == RESOURCE_TYPES.keys()
    assert all(noun.begins.state in noun.states for noun in NOUNS)
    verbs = {verb for kind in RESOURCE_TYPES.values() for verb in kind.verbs}
    assert {noun.begins.by for noun in NOUNS} - verbs == {"db upgrade"}


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    targets = [t for t in LINK.findall(path.read_text()) if "://" not in t and t[:7] != "mailto:"]
    broken = [target for target in targets if not (path.parent / target).exists()]
    assert not broken


def test_every_page_is_reached_from_the_index() -> None:
    index = (DOCS / "index.md").read_text()
    reached = {(DOCS / target).resolve() for target in LINK.findall(index) if "://" not in target}
    lost = [path.name for path in DOCS.rglob("*.md") if path.name != "index.md"]
    lost = [name for name in lost if name not in {path.name for path in reached}]
    assert not lost, "name these in docs/index.md"


def entries(path: Path, pattern: str) -> list[str]:
    """What stands in the first column of a page's tables."""
    return re.findall(rf"^\| {pattern} \|", path.read_text(), re.MULTILINE)


def test_glossary_has_every_role_and_marking_and_no_word_twice() -> None:
    words = entries(DOCS / "glossary.md", r"([^|]+?)")
    words = [word for word in words if word not in ("word", "---")]
    assert len(words) == len(set(words))
    needed = {f"TLP:{tlp}" for tlp in Tlp} | {f"PAP:{pap}" for pap in Pap}
    needed |= {str(role) for role in (*Role, *PlatformRole)}
    assert needed <= set(words)


def test_operations_name_every_command_and_no_other(tmp_path: Path) -> None:
    app = bare_app(tmp_path)
    app.extensions["engine"].dispose()
    there = set()
    for name, command in app.cli.commands.items():
        inner = getattr(command, "commands", None)
        there |= {f"{name} {word}" for word in inner} if inner else {name}
    assert set(entries(DOCS / "operations.md", r"`flask ([a-z -]+)`")) == there


def test_sql_that_operators_are_told_to_run_names_tables_that_there_are() -> None:
    sql = re.compile(r"^\s*(?:UPDATE|DELETE FROM|INSERT INTO|SELECT .* FROM) (\w+)\b", re.MULTILINE)
    found = {
        table for page in (ROOT / "docs").glob("*.md") for table in sql.findall(page.read_text())
    }
    assert found, "the restore of docs/operations.md closes the e-mails that were open"
    assert found <= Base.metadata.tables.keys()
