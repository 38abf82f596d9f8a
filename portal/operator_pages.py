"""The pages that whoever runs the portal has to write: privacy, imprint, accessibility, support.

Each is a Markdown file of its name in the folder of PORTAL_PAGES_DIR, read once at the start. What
is missing is said on the page itself, with what it has to say, and never made up. The address for
reports of security holes stands in `security.txt` (RFC 9116).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from portal.words import N_

SECURITY: Final = "security.txt"
LARGEST: Final = 100_000  # bytes of a page
# How long whoever reads it may rely on it: it is written anew with each answer (RFC 9116, 2.5.5).
GOOD_FOR: Final = timedelta(days=30)


@dataclass(frozen=True)
class OperatorPage:
    """A page: its file and address, its title, and what the operator has to say on it."""

    name: str
    title: str
    must_say: tuple[str, ...]


PAGES: Final = (
    OperatorPage(
        "privacy",
        N_("Privacy"),
        (
            N_("who is responsible for personal data here, with address and e-mail"),
            N_("for which purposes data is used, and on which legal basis"),
            N_("how long accounts, content, the audit trail and log files are kept"),
            N_("who else receives data, for example the host and the sign-in provider"),
            N_("how people ask for a copy, a correction or an erasure, and where they complain"),
        ),
    ),
    OperatorPage(
        "imprint",
        N_("Imprint"),
        (
            N_("name, legal form and address of whoever runs this portal"),
            N_("who represents them, and how to reach them quickly"),
            N_("register, number and supervisory authority, where the law asks for them"),
        ),
    ),
    OperatorPage(
        "accessibility",
        N_("Accessibility"),
        (
            N_("which parts are not accessible, and why"),
            N_("how to report a barrier, and how soon an answer comes"),
            N_("which body decides where the answer does not help"),
        ),
    ),
    OperatorPage(
        "support",
        N_("Support"),
        (
            N_("whom to call or write when something does not work, and at which hours"),
            N_("whom to call in an emergency outside these hours"),
            N_("who gives access to an organisation or takes it away"),
        ),
    ),
)


def read_pages(folder: Path) -> dict[str, str]:
    """The Markdown of each page that is there; what is empty, too large or no text is missing."""
    found = {}
    for page in PAGES:
        file = folder / f"{page.name}.md"
        try:
            text = file.read_text() if file.stat().st_size <= LARGEST else ""
        except (OSError, UnicodeDecodeError):
            continue
        if text.strip():
            found[page.name] = text
    return found


def missing(written: Mapping[str, str], contact: str) -> list[str]:
    """The names of what the operator has yet to write."""
    names = [f"{page.name}.md" for page in PAGES if page.name not in written]
    return names if contact else [*names, SECURITY]


def security_txt(contact: str, base_url: str, now: datetime) -> str:
    """The text of security.txt (RFC 9116) with the contact, an address of mail, web or phone."""
    lines = (
        f"Contact: {contact}",
        f"Expires: {(now + GOOD_FOR).replace(microsecond=0).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
        f"Canonical: {base_url}/.well-known/{SECURITY}",
        f"Policy: {base_url}/support",
    )
    return "".join(f"{line}\n" for line in lines)
