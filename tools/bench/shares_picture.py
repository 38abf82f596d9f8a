"""The picture of what pages cost: a lying bar for each page, a part for each share of its cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

PARTS: Final = ("database", "policy", "template", "framework")
# Told apart by tone as well as by colour; each has 3 : 1 to white.
COLOURS: Final = ("#1f4e79", "#b3541e", "#5b8c5a", "#6b6b6b")
WIDTH, LEFT, RIGHT, ROW, BAR, TOP = 760, 130, 90, 40, 22, 54


@dataclass(frozen=True)
class Shares:
    """Milliseconds of the processor for one page, in the order of `PARTS`."""

    page: str
    parts: tuple[float, ...]

    @property
    def whole(self) -> float:
        """The whole page."""
        return sum(self.parts)

    def __str__(self) -> str:
        each = ", ".join(f"{name} {ms:.1f}" for name, ms in zip(PARTS, self.parts, strict=True))
        return f"{self.page}: {self.whole:.1f} ms ({each})"


def picture(pages: Sequence[Shares]) -> str:
    """An SVG that says the same in its description as in its bars."""
    height = TOP + ROW * len(pages) + 8
    said = "; ".join(str(page) for page in pages)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
            ' aria-labelledby="t d" font-family="sans-serif" font-size="14">',
            '<title id="t">What a page costs the processor, in milliseconds</title>',
            f'<desc id="d">{escape(said)}</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *_legend(),
            *_bars(pages),
            "</svg>\n",
        )
    )


def _legend() -> Iterator[str]:
    x = LEFT
    for name, colour in zip(PARTS, COLOURS, strict=True):
        yield f'<rect x="{x}" y="16" width="14" height="14" fill="{colour}"/>'
        yield f'<text x="{x + 20}" y="28" fill="#1b1b1b">{name}</text>'
        x += 130


def _bars(pages: Sequence[Shares]) -> Iterator[str]:
    longest = max(page.whole for page in pages)
    scale = (WIDTH - LEFT - RIGHT) / longest
    for n, page in enumerate(pages):
        y, x = TOP + ROW * n, float(LEFT)
        yield f'<text x="{LEFT - 10}" y="{y + 16}" text-anchor="end">{escape(page.page)}</text>'
        for ms, colour in zip(page.parts, COLOURS, strict=True):
            yield (
                f'<rect x="{x:.1f}" y="{y}" width="{ms * scale:.1f}" height="{BAR}"'
                f' fill="{colour}"/>'
            )
            x += ms * scale
        yield f'<text x="{x + 8:.1f}" y="{y + 16}">{page.whole:.1f} ms</text>'
