"""What pictures are drawn in stands out from what lies behind it, by day and by night.

WCAG 2.2: 4.5 to 1 for words (1.4.3), 3 to 1 for shapes that mean something (1.4.11).
"""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
SHEET = "".join((STATIC / name).read_text() for name in ("tokens.css", "portal.css"))
VARIABLE = re.compile(r"(--go-[\w-]+): (#[0-9a-f]{3,6})")
WORDS = [
    ("ink", "sheet"),
    ("soft", "sheet"),
    ("link", "sheet"),
    ("ink", "paper"),
    ("soft", "paper"),
    ("ink", "shade-1"),
    ("ink", "shade-2"),
    ("on-3", "shade-3"),
    ("on-4", "shade-4"),
]
SHAPES = [
    *((name, "sheet") for name in ("edge", "fill", "link", "warn", "soft", "shade-4")),
    *((f"tone-{n}", "sheet") for n in range(4)),
    *((f"tone-{n}", "paper") for n in range(4)),
    ("edge", "paper"),
    ("fill", "paper"),
    ("warn", "faint"),
    ("link", "faint"),
    # Where the keyboard is: on pages and cards, on the header.
    ("focus", "sheet"),
    ("focus", "paper"),
    ("accent", "deep"),
]


def colours(light: str) -> dict[str, str]:
    """The variables of the style sheet, as a browser takes them by day or by night."""
    found: dict[str, str] = {}
    pieces = re.split(r"(@media [^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", SHEET)
    for piece in pieces:
        head = piece.partition("{")[0] if piece.startswith("@media") else ""
        if not head or (light == "dark" and "prefers-color-scheme: dark" in head):
            found.update(
                (name.removeprefix("--go-"), value) for name, value in VARIABLE.findall(piece)
            )
    return found


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_words_and_shapes_stand_out(light: str) -> None:
    found = colours(light)
    pairs = [(one, other, 4.5) for one, other in WORDS]
    pairs += [(one, other, 3.0) for one, other in SHAPES]
    weak = {
        f"{one} on {other}": round(contrast(found[one], found[other]), 2)
        for one, other, least in pairs
        if contrast(found[one], found[other]) < least
    }
    assert weak == {}


def test_night_differs_from_day() -> None:
    day, night = colours("light"), colours("dark")
    assert day.keys() == night.keys()
    assert day["sheet"] != night["sheet"]
    assert [
        name for name in ("tone-0", "shade-1", "edge", "fill") if day[name] == night[name]
    ] == []


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
