"""No block is copied: what two places share stands once, and both call it."""

import re
from collections import defaultdict

from tests.architecture.files import short, tracked

LONGEST = 12  # lines that two places may share
CODE = {".py", ".html", ".js", ".css"}  # migrations say what was at their time, and stay
# Lines that say nothing by themselves: punctuation, imports, comments, and what closes a call.
THIN = re.compile(r"[\W_]*$|(from|import) |#|\"\"\"")
IMPORTS = re.compile(r"^from [\w.]+ import \([^)]*\)", re.MULTILINE)


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines that say something, folded, with their numbers; lists of imports are left out."""
    text = IMPORTS.sub(lambda hit: "\n" * hit[0].count("\n"), text)
    numbered = ((n, " ".join(line.split())) for n, line in enumerate(text.splitlines(), 1))
    return [(n, line) for n, line in numbered if not THIN.match(line)]


def test_no_block_is_copied() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in tracked():
        if path.suffix not in CODE or "migrations" in path.parts:
            continue
        lines = lines_of(path.read_text())
        for start in range(len(lines) - LONGEST):
            block = "\n".join(line for _n, line in lines[start : start + LONGEST + 1])
            places[block].append(f"{short(path)}:{lines[start][0]}")
    copied = [" ~ ".join(found) for found in places.values() if len(found) > 1]
    assert not copied, "say it once, and call it from both"
