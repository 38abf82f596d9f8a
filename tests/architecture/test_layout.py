"""Templates and style sheets are laid out to be read: 120 columns, one declaration a line."""

import re

from tests.architecture.files import ROOT, short, tracked

COLUMNS = 120
QUIET = re.compile(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|url\([^)]*\)", re.DOTALL)
# Something after a declaration, after the start of a rule, or after its end.
CROWDED = re.compile(r"[;{}][^\S\n]*[^\s;}]|[^\s{}][^\S\n]*\}")


def templates_and_styles() -> list[tuple[str, str]]:
    """Each file as its name and text."""
    return [
        (short(path), path.read_text())
        for path in tracked()
        if path.is_relative_to(ROOT / "templates") or path.suffix == ".css"
    ]


def crowded(text: str) -> list[int]:
    """The lines of a style sheet that hold more than one declaration, or a rule beside one."""
    # What may hold such signs without their meaning is taken out, line breaks stay.
    bare = QUIET.sub(lambda hit: "x" + "\n" * hit[0].count("\n"), text)
    return [number for number, line in enumerate(bare.splitlines(), 1) if CROWDED.search(line)]


def test_no_line_is_longer_than_can_be_read() -> None:
    found = [
        f"{name}:{number} {len(line)}"
        for name, text in templates_and_styles()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > COLUMNS
    ]
    assert found == []


def test_a_style_sheet_has_one_declaration_a_line() -> None:
    found = [
        f"{name}:{number}"
        for name, text in templates_and_styles()
        if name.endswith(".css")
        for number in crowded(text)
    ]
    assert found == []


def test_a_crowded_line_is_found() -> None:
    assert crowded("a {\n  color: red;\n}\n\nb::after {\n  content: '; }';\n}\n") == []
    assert crowded("a { color: red; }\nb {\n  top: 0; left: 0;\n}\n} c {\n}") == [1, 3, 5]
