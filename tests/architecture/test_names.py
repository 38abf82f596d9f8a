"""No name says what was retired: modules, classes, functions, attributes, headings of documents."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.files import ROOT, python_files, short, tree
from tests.architecture.retired import ORDINARY, RETIRED, RETIRED_NAMES, SENTENCES

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def words(name: str) -> set[str]:
    """A name cut at underscores and capitals."""
    return {word.lower() for word in WORD.findall(name)}


def names(path: str, module: ast.Module) -> Iterator[str]:
    """What a file names: itself, its folders, classes, functions, and attributes of classes."""
    yield from path.removesuffix(".py").split("/")
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    yield line.target.id
                if isinstance(line, ast.Assign):
                    yield from (one.id for one in line.targets if isinstance(one, ast.Name))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def retired(name: str) -> set[str]:
    """The retired words in a name; a test's name is a sentence, in which some are plain English."""
    # The Chatham House Rule is a name.
    gone = words(re.sub("chatham_?house", "", name, flags=re.IGNORECASE)) & RETIRED.keys()
    if name.startswith("test_"):
        gone -= SENTENCES
    return gone | ({name} & RETIRED_NAMES.keys())


def test_no_name_says_what_was_retired() -> None:
    found: dict[str, str] = {}
    kept: set[str] = set()
    for path in python_files("portal", "models", "blueprints", "tools", "tests", "config.py"):
        for name in names(short(path), tree(path)):
            for word in retired(name):
                if name in ORDINARY:
                    kept.add(name)
                else:
                    instead = RETIRED.get(word) or RETIRED_NAMES[word]
                    found[f"{short(path)}: {name}"] = f"say {instead}"
    assert found == {}
    assert ORDINARY.keys() == kept, "what is not there any more needs no reason"


def test_no_heading_of_the_documents_says_what_was_retired() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {heading}"
        for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
        if path.name != "CHANGELOG.md"
        for heading in HEADING.findall(path.read_text())
        if retired(heading.replace("Chatham House", "").replace(" ", "_")) - SENTENCES
    ]
    assert found == []


def test_the_test_sees_what_was_retired() -> None:
    assert retired("_write_letter") == {"letter"}
    assert retired("OutboxLetter") == {"letter", "OutboxLetter"}
    assert retired("test_the_house_tells_nobody") == {"house"}
    assert retired("enter_name") == set()
