"""No list of nouns stands outside the catalogue, but for those named here, each with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from portal.rules import RESOURCE_TYPES

ROOT = Path(__file__).parent.parent.parent
UPPER = {name.upper() for name in RESOURCE_TYPES}
POLICY = "the policy lies below the catalogue"
ADDRESSED = "who can be addressed or seated: columns of lists, not nouns as such"
# How many such lists each file holds. This list only ever gets shorter.
LISTS: dict[str, tuple[int, str]] = {
    "portal/catalogue/__init__.py": (0, "the catalogue"),
    "portal/rules/__init__.py": (1, POLICY),
    "portal/rules/alternates.py": (1, POLICY),
    "portal/rules/dialogues.py": (2, POLICY),
    "portal/rules/releases.py": (1, POLICY),
    "blueprints/former/__init__.py": (1, "addresses before a renaming: a new noun has none"),
    "blueprints/stakeholders/groups.py": (2, ADDRESSED),
    "portal/recipients/choosing.py": (2, ADDRESSED),
    "portal/recipients/lists.py": (1, ADDRESSED),
    "portal/recipients/able_to_respond.py": (2, ADDRESSED),
    "portal/commitments/parties.py": (1, ADDRESSED),
    "portal/dialogues/seating.py": (2, ADDRESSED),
    "portal/processes/seating.py": (2, ADDRESSED),
    "portal/stakeholders/directory.py": (1, ADDRESSED),
    "tools/bench/seed.py": (1, "how many rows of each to measure with"),
}


def test_lists_of_nouns_stand_where_they_are_explained() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for folder in ("portal", "blueprints", "tools")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (lines := list(_lists(ast.parse(path.read_text()))))
    }
    surplus = {
        path: lines for path, lines in found.items() if len(lines) > LISTS.get(path, (0, ""))[0]
    }
    assert surplus == {}, "put it into the entries of portal/catalogue"
    shorter = [path for path, (count, _why) in LISTS.items() if len(found.get(path, ())) < count]
    assert shorter == [], "take what is gone from LISTS"


def _lists(node: ast.AST) -> Iterator[int]:
    # A literal collection whose elements name two nouns or more; what it holds is not looked into.
    if isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
        inside = [*node.keys, *node.values] if isinstance(node, ast.Dict) else node.elts
        if len({name for one in inside if one is not None for name in _named(one)}) > 1:
            yield node.lineno
            return
    for child in ast.iter_child_nodes(node):
        yield from _lists(child)


def _named(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in UPPER:
            yield one.id.lower()
        elif isinstance(one, ast.Constant) and one.value in RESOURCE_TYPES:
            yield str(one.value)
