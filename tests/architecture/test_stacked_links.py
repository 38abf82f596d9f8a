"""Links do not stand one above the other with a mere line break between: a finger meets both.

A line with a link of its own is a `go-own-line`, a list item or a paragraph.
"""

import re
from typing import Final

from tests.architecture.files import ROOT

BLOCK: Final = re.compile(
    r"</?(?:li|p|td|th|div|dd|dt|tr|ul|ol|section|h\d|form|dl)\b|go-own-line|{%-? *el(?:se|if)\b"
)
COMMENT: Final = re.compile(r"{#.*?#}", re.DOTALL)
LINK: Final = re.compile(r"<a\b|<button\b")


def stacked(text: str) -> list[str]:
    """The end of what stands before each line break that parts two links."""
    text = COMMENT.sub("", text)
    found = []
    for at in re.finditer(r"<br>", text):
        before = BLOCK.split(text[: at.start()])[-1]
        after = BLOCK.split(text[at.end() :], maxsplit=1)[0]
        if LINK.search(before) and LINK.search(after):
            found.append(before.strip()[-60:])
    return found


def test_what_is_refused() -> None:
    assert stacked('<li><a href="x">One</a><br>\n<a href="y">Other</a></li>')
    assert not stacked('<li><a href="x">One</a><br>its day</li><li><a href="y">Other</a></li>')
    assert not stacked('<a href="x">One</a><br>its day {% else %}<a href="y">Other</a>')


def test_no_template_stacks_links_by_line_breaks() -> None:
    pages = (path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "pdf")
    faults = {str(path.relative_to(ROOT)): stacked(path.read_text()) for path in pages}
    assert {path: lines for path, lines in faults.items() if lines} == {}
