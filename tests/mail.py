"""What an e-mail says to its reader, in its text and in its HTML."""

from email.message import EmailMessage

from tests.soup import parsed


def text_of(email: EmailMessage) -> str:
    """The plain text."""
    return _part(email, "plain")


def html_of(email: EmailMessage) -> str:
    """The HTML, as it was written."""
    return _part(email, "html")


def whole(email: EmailMessage) -> str:
    """All that goes out in words: the headers, the text and the HTML, decoded."""
    heads = "\n".join(f"{name}: {value}" for name, value in email.items())
    return "\n\n".join((heads, text_of(email), html_of(email)))


def shown(email: EmailMessage) -> list[str]:
    """The lines that a program shows of the HTML; a link as its words and where it leads."""
    lines = []
    for block in parsed(html_of(email)).select("body p, body h1"):
        words, link = " ".join(block.get_text().split()), block.find("a")
        lines.append(words if link is None else f"{words}: {link['href']}")
    return lines


def _part(email: EmailMessage, kind: str) -> str:
    (part,) = (one for one in email.walk() if one.get_content_type() == f"text/{kind}")
    # Lines of mail end with CRLF once it has been sent.
    return str(part.get_content()).replace("\r\n", "\n")
