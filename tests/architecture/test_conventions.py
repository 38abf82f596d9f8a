"""Habits that no linter knows: each test says a rule of docs/architecture.md in a few lines."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from flask import Flask

from portal.catalogue import LADDERS, REMINDS
from portal.rules import EMAIL_TO, RESOURCE_TYPES
from tests.architecture.files import ROOT, calls, python_files, short, tracked, tree
from tools.write_docs import bare_app

TEMPLATES = ROOT / "templates"
EMAILS = TEMPLATES / "emails"
APPLICATION = python_files("config.py", "wsgi.py", "portal", "models", "blueprints")
MAY_COMMIT = {"portal/web.py", "portal/db.py", "portal/delivery.py", "portal/schedule.py"}
# The commands, readings after their page, and the identity of the folder before a process serves.
MAY_WRITE = {
    *MAY_COMMIT,
    "portal/cli.py",
    "portal/cli_files.py",
    "portal/readings.py",
    "portal/store_identity.py",
}
CLOCK = re.compile(r"(^|\.)(datetime|date)\.(now|utcnow|today)$|(^|\.)time\.time(_ns)?$")
MARKS = {"tlp", "pap", "role", "marking", "tlp_rank"}
MARKING_WORDS = {"Tlp", "Pap", "Role", "PlatformRole"}
HALF_DONE = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
MACHINE = re.compile(r"(?<![\w./-])/(work|tmp|root|home)(/[\w.]|\b(?=['\"\s]))")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|--(extra-)?index-url|--find-links"
)


def html_templates() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".html"]


def test_no_page_hides_a_name_that_the_frame_of_all_pages_uses(tmp_path: Path) -> None:
    env = bare_app(tmp_path).jinja_env
    frame = set(re.findall(r"\w+", (TEMPLATES / "base.html").read_text())) & env.globals.keys()
    found = [
        f"{short(path)}:{node.lineno} {keyword.arg}"
        for path in APPLICATION
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "render_template"
        for keyword in node.keywords
        if keyword.arg in frame
    ]
    assert len(frame) > 3
    # An error page takes no message that waits for the next page.
    assert [one for one in found if not one.endswith(" get_flashed_messages")] == []


def test_only_the_edge_commits() -> None:
    found = [
        f"{short(path)}:{line}"
        for path in APPLICATION
        for line, name in calls(path)
        if name.endswith(".commit") and short(path) not in MAY_COMMIT
    ]
    assert not found


def test_only_the_edge_opens_a_session_that_commits() -> None:
    found = [
        f"{short(path)}:{line}"
        for path in APPLICATION
        for line, name in calls(path)
        if name in ("writing", "db.writing") and short(path) not in MAY_WRITE
    ]
    assert not found


def test_only_the_clock_reads_the_clock() -> None:
    found = [
        f"{short(path)}:{line} {name}"
        for path in APPLICATION
        for line, name in calls(path)
        if CLOCK.search(name) and short(path) != "portal/clock.py"
    ]
    assert not found


# Who makes a tie between people and organisations: only what was agreed to, the portal's own
# system user, and the demo world that is seeded as if agreed.
TIES = re.compile(r"(^|\.)(Membership|Client|GroupMember|Appointment)$")
MAY_TIE = {
    "portal/consent/acceptance.py": {"Membership", "Client", "GroupMember", "Appointment"},
    "portal/system.py": {"Appointment"},
    "portal/demo/cast.py": {"Membership", "Appointment"},
    "portal/demo/agreeing.py": {"Membership"},
}


def inserted(path: Path) -> Iterator[str]:
    """The tables into which a file inserts by statement or in bulk."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
            "insert",
            "bulk_insert_mappings",
            "bulk_save_objects",
            "merge",
        ):
            yield from (ast.unparse(argument) for argument in node.args)


def test_nobody_is_tied_to_anything_unasked() -> None:
    """Memberships, clients, group members and platform roles are made where somebody accepts."""
    made: dict[str, set[str]] = {}
    for path in APPLICATION:
        names = {name.split(".")[-1] for _line, name in calls(path) if TIES.search(name)}
        names |= {name for name in inserted(path) if TIES.search(name)}
        # The provider's client of OpenID Connect is another thing of that name.
        if names and "models.stakeholders" in path.read_text():
            made[short(path)] = names
    assert made == MAY_TIE, "offer it (portal.consent), and let whoever is asked accept"


def compared(path: Path) -> Iterator[int]:
    """Lines of a Python file that compare a role or marking."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Compare):
            for part in ast.walk(node):
                attribute = isinstance(part, ast.Attribute) and part.attr in MARKS
                member = isinstance(part, ast.Name) and part.id in MARKING_WORDS
                if attribute or member:
                    yield node.lineno


def asked(path: Path) -> Iterator[str]:
    """Expressions of a template that compare a role or marking."""
    marks = "|".join(sorted(MARKS))
    compares = re.compile(
        rf"\b({marks})\b\s*(==|!=|in\b|not in\b|is\b)|(==|!=|\bin)\s*[\w.]*\b({marks})\b"
    )
    for block in re.findall(r"\{[%{].*?[%}]\}", path.read_text(), re.DOTALL):
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", "''", block)
        bare = re.sub(r"\bfor [\w, ]+ in\b", "", bare)
        if compares.search(bare):
            yield block


def test_no_page_decides_by_role_or_marking() -> None:
    found = [f"{short(path)}:{n}" for path in python_files("blueprints") for n in compared(path)]
    found += [f"{short(path)}: {words}" for path in html_templates() for words in asked(path)]
    assert not found, "ask the law (verbs, may), or carry the answer in what the desk gives"


def test_templates_trust_no_text_and_carry_no_script_or_style() -> None:
    bad = {
        r"<style\b": "inline style sheet",
        r"<[^>]*\sstyle\s*=": "style attribute",
        r"<script(?![^>]*\bsrc=)": "inline script",
        r"<[^>]*\son[a-z]+\s*=": "script attribute",
        r"javascript:": "script address",
        r"\bhx-on": "script attribute",
    }
    trusting = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false")
    found = []
    for path in html_templates():
        source = path.read_text()
        markup = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.DOTALL)
        found += [f"{short(path)}: {hit.group(0)}" for hit in trusting.finditer(source)]
        found += [
            f"{short(path)}: {name}"
            for pattern, name in bad.items()
            if re.search(pattern, markup, re.IGNORECASE)
        ]
    assert not found


def test_every_form_is_a_form_of_the_portal() -> None:
    """A form that is none could be sent twice, and create twice."""
    found = [short(path) for path in python_files("blueprints") if "FlaskForm" in path.read_text()]
    assert not found, "derive it from portal.forms.BaseForm"


def test_fields_of_what_changes_something_are_drawn_by_the_macros_alone() -> None:
    forms = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
    by_hand = re.compile(r"<(input(?![^>]*type=\"hidden\")|select|textarea)\b")
    found = [
        short(path)
        for path in html_templates()
        if any(by_hand.search(form) for form in forms.findall(path.read_text()))
        and short(path) != "templates/macros/forms.html"
    ]
    assert not found, "draw them by templates/macros/forms.html"


def texts() -> Iterator[tuple[Path, str]]:
    """Every file of the project that is text."""
    for path in tracked():
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue


def test_nothing_is_left_half_done() -> None:
    assert not [short(path) for path, text in texts() if HALF_DONE.search(text)]


def test_no_file_knows_a_machine_or_a_registry() -> None:
    here = Path(__file__).resolve()
    found = [
        f"{short(path)}: {hit.group(0)}"
        for path, text in texts()
        for pattern in (MACHINE, REGISTRY)
        for hit in pattern.finditer(text)
        if path != here
    ]
    assert not found


def test_pins_carry_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==", text, re.MULTILINE)
        assert pins
        assert "://" not in text
        assert all("--hash=sha256:" in part for part in re.split(r"\n(?=\w)", text.strip()))
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = bare_app(tmp_path_factory.mktemp("bare"))
    yield app
    app.extensions["engine"].dispose()


def test_every_template_compiles(bare: Flask) -> None:
    names = [path.relative_to(TEMPLATES).as_posix() for path in html_templates()]
    assert names
    for name in names:
        bare.jinja_env.get_template(name)


def test_every_email_of_the_policy_has_its_template_and_no_template_is_stale() -> None:
    notified = {
        f"{kind.name}/{rule.verb}"
        for kind in RESOURCE_TYPES.values()
        for rule in kind.rules
        if rule.notify is not None
    }
    notified |= {f"{kind}/{verb}" for verb, kind in EMAIL_TO}
    reminders = {
        f"{ladder.resource_type.name}/{rung.template}"
        for ladder in LADDERS
        for rung in ladder.rungs
    }
    for ladder in LADDERS:
        for rung in ladder.rungs:
            assert REMINDS[rung.template, ladder.resource_type.name] == ladder.verb, (
                "two verbs, one e-mail"
            )
    there = {path.relative_to(EMAILS).with_suffix("").as_posix() for path in EMAILS.rglob("*.txt")}
    # No act of its own: what a person's other e-mails say, gathered by `portal.digests`.
    assert there == notified | reminders | {"people/digest"}


def test_addresses_are_written_with_hyphens(bare: Flask) -> None:
    fixed = [re.sub(r"<[^>]*>", "", rule.rule) for rule in bare.url_map.iter_rules()]
    assert not [path for path in fixed if "_" in path or path != path.lower()]


def test_no_text_is_translated_when_a_template_is_imported() -> None:
    """An imported template is read once: what it sets outside a macro stays in one language."""
    for path in html_templates():
        if path.parent.name == "macros" or "{% extends" not in path.read_text():
            outside = re.sub(r"{% macro .*?{% endmacro %}", "", path.read_text(), flags=re.DOTALL)
            assert not re.search(r"{% set [^%]*_\(", outside), short(path)


def test_translators_find_every_text(tmp_path: Path) -> None:
    words = ("-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext", "-o", str(tmp_path / "all.pot"))
    CommandLineInterface().run(["pybabel", "-q", "extract", *words, "."])
    found = (tmp_path / "all.pot").read_text()
    for text in (
        "Overview",
        "This is in the future.",
        "Malicious code",
        "Acknowledge by",
    ):
        assert f'msgid "{text}"' in found
