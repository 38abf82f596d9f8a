"""Markdown to safe HTML: rendered without raw HTML, then cleaned by an allow-list."""

import nh3
from markdown_it import MarkdownIt

RENDERER = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table").disable("image")
)
RENDERER.render("*all*")  # it compiles its rules at first use, which is not for two threads at once
TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
HIGHEST, LOWEST = 3, 6


def as_html(markdown: str) -> str:
    """Safe HTML of a Markdown text: no images, no raw HTML, links only to web and mail.

    Headings begin at the third level, below the title of the page and of its part, and none skips
    a level (WCAG 2.2, technique G141), whatever the writer's own levels were.
    """
    tokens = RENDERER.parse(markdown)
    levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            levels = [*(level for level in levels if level < typed), typed]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(HIGHEST + len(levels) - 1, LOWEST)}"
    html = RENDERER.renderer.render(tokens, RENDERER.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
