"""Markdown to safe HTML: rendered without raw HTML, then cleaned by an allow-list."""

import nh3
from markdown_it import MarkdownIt

RENDERER = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table").disable("image")
)
TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
HEADINGS = {"<h1>": "<h3>", "</h1>": "</h3>", "<h2>": "<h3>", "</h2>": "</h3>"}


def as_html(markdown: str) -> str:
    """Safe HTML of a Markdown text: no images, no raw HTML, links only to web and mail.

    Headings begin at the third level, below the title of the page and of its part.
    """
    html = RENDERER.render(markdown)
    for old, new in HEADINGS.items():
        html = html.replace(old, new)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
