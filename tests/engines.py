"""Which tests are run on one engine only, and why that is enough.

A test runs on SQLite and on PostgreSQL. The files named here look at texts of pages, at forms, or
at what is parsed before a row is read: no engine can make a difference to what they assert, and the
services, policy and searches beneath the same pages are tested on both. They run on SQLite; with
BOTH_ENGINES=1 everything runs on both.
"""

from typing import Final

TOKENS = "tokens, keys and answers of a provider are judged before any row is read"
TYPED = "how what was typed is parsed, kept and told back next to its field"
SHOWN = "how rows are worded and drawn, from plain values that a service gives"
REGISTRY = "pages of the registry of norms, which is a file of the program and no table"
PAPER = "how a page is printed: fonts, markings and tags of a PDF"
REFUSED = "what is refused, and the headers of an answer, before the database is asked"

ONE_ENGINE: Final = {
    "tests/attacks/test_a_sign_in.py": TOKENS,
    "tests/attacks/test_e_admission.py": REFUSED,
    "tests/auth/test_believed.py": TOKENS,
    "tests/auth/test_other_origin.py": TOKENS,
    "tests/auth/test_peers.py": TOKENS,
    "tests/commitments/test_draft_commitment.py": TYPED,
    "tests/commitments/test_prints.py": PAPER,
    "tests/days/test_shown.py": SHOWN,
    "tests/dialogues/test_draft_dialogue.py": TYPED,
    "tests/exchange/test_pages.py": TYPED,
    "tests/norms/test_link_norm_pages.py": SHOWN,
    "tests/norms/test_pages.py": REGISTRY,
}


def made_once(path: str, name: str) -> bool:
    """Whether a test with this path and name is the second run of one that is run once."""
    return path in ONE_ENGINE and "[postgresql" in name
