"""What the registry keeps of a framework and of a norm, and how far a fact can be checked.

Official symbols, sources and names of instruments stand as they are; every other text is our own
short wording, marked for translation, and never the official text.
"""

from dataclasses import dataclass
from typing import Final

from models.vocabulary import N_

VERIFIED: Final = "verified"
SECONDARY: Final = "verified-secondary"
UNVERIFIED: Final = "from-memory-unverified"
PROJECT: Final = "project-defined"

VERIFICATIONS: Final = {
    VERIFIED: N_(
        "Checked: read at the body that issued it, or in a faithful copy of the whole text."
    ),
    SECONDARY: N_("Read only in what others write about it, not in the official text."),
    UNVERIFIED: N_(
        "Not verified against the source: written from memory. Look it up before you rely on it."
    ),
    PROJECT: N_("Our own wording and idea: no authority outside this portal stands behind it."),
}


@dataclass(frozen=True)
class Framework:
    """A body of voluntary norms, pledges or measures of one origin; `why` says when to look here.

    `follow_up` is empty where nothing is known to have followed.
    """

    key: str
    name: str
    symbol: str
    status: str
    follow_up: str
    addressed_to: str
    verification: str
    why: str


@dataclass(frozen=True)
class Norm:
    """One entry: `framework` is a key of FRAMEWORKS, `theme` of THEMES, `text` a paraphrase."""

    key: str
    framework: str
    number: str
    title: str
    text: str
    symbol: str
    source: str
    addressed_to: str
    verification: str
    theme: str
