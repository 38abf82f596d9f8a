"""Markdown to safe HTML, cleaned by an allow-list, and to plain text.

A parser in Rust reads the text (pyromark, CommonMark 0.31 with tables, linear in its size); what it
found is written here, so that nothing gets through that has no place in `TAGS`.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

import nh3
import pyromark

TABLES: Final = pyromark.Options.ENABLE_TABLES
TAGS: Final = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# What is written before and after a sort of passage.
WRITTEN: Final = {
    "Paragraph": ("<p>", "</p>\n"),
    "BlockQuote": ("<blockquote>\n", "</blockquote>\n"),
    "CodeBlock": ("<pre><code>", "</code></pre>\n"),
    "Item": ("<li>", "</li>\n"),
    "Emphasis": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
    "Table": ("<table>\n", "</tbody>\n</table>\n"),
    "TableHead": ("<thead>\n<tr>\n", "</tr>\n</thead>\n<tbody>\n"),
    "TableRow": ("<tr>\n", "</tr>\n"),
    "HtmlBlock": ("<p>", "</p>\n"),
}
# What stands within a line: it ends without a space.
INLINE: Final = frozenset({"Emphasis", "Strong", "Link", "Image"})
SINGLE: Final = {"SoftBreak": "\n", "HardBreak": "<br>\n", "Rule": "<hr>\n"}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
SCHEME: Final = re.compile(r"[\s\x00-\x1f]*([a-zA-Z][a-zA-Z0-9+.-]*)[\s\x00-\x1f]*:")
HIGHEST, LOWEST = 3, 6
DEEPEST: Final = 40  # what lies deeper is written without tags of its own
MOST: Final = 4  # how many times longer than its text HTML may be; else the text is shown as typed
# How many passages a text may have, and for how many characters one more: half again as many as
# prose with a link in each line. What is denser is shown as typed, as nobody reads it as a page.
PASSAGES, DENSE = 10_000, 8


def as_html(markdown: str) -> str:
    """Safe HTML of a Markdown text: no images, no raw HTML, links only to web and mail.

    Headings begin at the third level, below the title of the page and of its part, and none skips
    a level (WCAG 2.2, technique G141), whatever the writer's own levels were.
    """
    pieces: list[str] = []
    size, most = 0, PASSAGES + len(markdown) // DENSE
    for piece in _Writer().html(markdown):
        pieces.append(piece)
        size += len(piece)
        if size > MOST * (len(markdown) + 1000) or len(pieces) > most:
            return f"<p>{escape(markdown)}</p>"
    return nh3.clean(
        "".join(pieces),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def as_plain(markdown: str) -> str:
    """The words of a Markdown text without its signs, each of its passages in a line."""
    words: list[str] = []
    event: Any
    for event in pyromark.events(markdown, options=TABLES):
        name, said = (event, "") if isinstance(event, str) else next(iter(event.items()))
        if name in ("Start", "End"):
            kind = said if isinstance(said, str) else next(iter(said))
            words.append("" if kind in INLINE else "\n")
        else:  # lines of code are one passage
            words.append(" " if name in SINGLE else str(said).replace("\n", " "))
    return "".join(words)


class _Writer:
    """Writes one text; keeps the levels of its headings and how what is open will end."""

    def __init__(self) -> None:
        self._levels: list[int] = []
        self._ends: list[str] = []
        self._cell = ("<td>", "</td>\n")

    def html(self, markdown: str) -> Iterator[str]:
        """The text as HTML, piece by piece."""
        event: Any
        for event in pyromark.events(markdown, options=TABLES):
            if isinstance(event, str):
                yield SINGLE.get(event, "")
                continue
            name, said = next(iter(event.items()))
            if name == "Start":
                yield self._start(said)
            elif name == "End":
                yield self._ends.pop()
            elif name == "Code":
                yield f"<code>{escape(str(said))}</code>"
            else:  # text, and HTML that somebody typed, which is text as well
                yield escape(str(said))

    def _start(self, said: Any) -> str:
        kind, more = (said, None) if isinstance(said, str) else next(iter(said.items()))
        before, after = self._written(kind, more)
        if len(self._ends) >= DEEPEST:
            before = after = ""
        self._ends.append(after)
        return before

    def _written(self, kind: str, more: Any) -> tuple[str, str]:
        if kind in ("TableHead", "TableRow"):
            name = "th" if kind == "TableHead" else "td"
            self._cell = (f"<{name}>", f"</{name}>\n")
        if kind == "TableCell":
            return self._cell
        if kind == "List":
            return ("<ul>\n", "</ul>\n") if more is None else ("<ol>\n", "</ol>\n")
        if kind == "Heading":
            return self._heading(int(more["level"][1]))
        if kind in ("Link", "Image"):
            return _link(kind, more)
        return WRITTEN.get(kind, ("", ""))

    def _heading(self, typed: int) -> tuple[str, str]:
        self._levels = [*(level for level in self._levels if level < typed), typed]
        tag = f"h{min(HIGHEST + len(self._levels) - 1, LOWEST)}"
        return f"<{tag}>", f"</{tag}>\n"


def _link(kind: str, more: Any) -> tuple[str, str]:
    # A picture would tell another server who reads, so it is a link behind an exclamation mark.
    to = f"mailto:{more['dest_url']}" if more["link_type"] == "Email" else more["dest_url"]
    scheme = SCHEME.match(to)
    if scheme and scheme.group(1).lower() not in SCHEMES:
        return "", ""
    return f'{"!" if kind == "Image" else ""}<a href="{escape(to)}">', "</a>"
