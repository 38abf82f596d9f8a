"""What the registry keeps of a framework, a norm and an instrument, and how far a fact is verified.

Official symbols, sources and names of instruments stand as they are; every other text is our own
short wording, marked for translation, and never the official text.
"""

from dataclasses import dataclass
from typing import Final

from models.vocabulary import N_

VERIFIED: Final = "verified"
SECONDARY: Final = "secondary"
MEMORY: Final = "memory"
PROJECT: Final = "project"

VERIFICATIONS: Final = {
    VERIFIED: N_("Read at the body that issued it, or in a faithful copy of the whole passage."),
    SECONDARY: N_("Read only in what others write about it, not in the official text."),
    MEMORY: N_("Written from memory, and not yet checked. Look it up before you rely on it."),
    PROJECT: N_("Our own reading: no authority outside this portal stands behind it."),
}
VERIFICATION_LABELS: Final = {
    VERIFIED: N_("checked at the source"),
    SECONDARY: N_("from other sources"),
    MEMORY: N_("not yet checked"),
    PROJECT: N_("our own reading"),
}

VOLUNTARY: Final = "voluntary"
BINDING: Final = "binding"
GUIDANCE_ONLY: Final = "guidance"
PROPOSAL: Final = "proposal"

STATUSES: Final = {
    VOLUNTARY: N_("A norm, pledge or measure that binds nobody in law."),
    BINDING: N_("Law for those it addresses, from the day and within the limits that are named."),
    GUIDANCE_ONLY: N_("Advice or explanation by a body or by experts; nobody has promised it."),
    PROPOSAL: N_("A draft or work in progress; nothing may rest on it yet."),
}
STATUS_LABELS: Final = {
    VOLUNTARY: N_("voluntary"),
    BINDING: N_("binding"),
    GUIDANCE_ONLY: N_("guidance"),
    PROPOSAL: N_("proposal"),
}


@dataclass(frozen=True)
class Point:
    """A sentence with how far it is verified."""

    text: str
    verification: str


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A body of norms, pledges or measures of one origin.

    `text` says what it is, `legal` how far it goes, `why` when to look here; `status` is a key of
    STATUSES. `follow_up` is empty where nothing is known to have followed. `since` is the year,
    month or day of its first text. `pledged`: those it addresses can declare their support.
    """

    key: str
    name: str
    symbol: str
    status: str
    text: str
    legal: str
    follow_up: str
    addressed_to: str
    source: str
    verification: str
    why: str
    since: str
    pledged: bool = False


@dataclass(frozen=True, kw_only=True)
class Norm:
    """One entry: `framework` is a key of FRAMEWORKS, `topic` of TOPICS, `text` a paraphrase.

    `restates_law`: the entry itself makes no law, but says again what binds in armed conflict.
    `guidance` explains it; `for_companies` is our own reading of what companies could do.
    """

    key: str
    framework: str
    number: str
    topic: str
    title: str
    text: str
    symbol: str
    source: str
    addressed_to: str
    status: str
    verification: str
    restates_law: bool = False
    guidance: tuple[Point, ...] = ()
    for_companies: str = ""


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """Law, or another text, that stands beside the norms.

    `binds` says whom, and is empty for what binds nobody; `applies` says when, and is empty where
    nothing limits it. `in_force` is False for law that waits for its day.
    """

    key: str
    title: str
    text: str
    symbol: str
    status: str
    binds: str
    applies: str
    source: str
    verification: str
    in_force: bool = True
    facts: tuple[Point, ...] = ()
