"""Which tests are run on one engine only, and why that is enough.

A test runs on SQLite and on PostgreSQL, but for two kinds, which run on SQLite:

- The files named here look at texts, at forms, or at what is parsed before a row is read: no engine
  can make a difference to what they assert.
- A test of a noun's pages (it asks for the `app`) looks at what a page says of rows that services
  give, and the services have tests of their own on both. That each page answers on PostgreSQL, with
  few rows and many, is seen by tests/architecture/test_statements.py, and that each form acts there
  by tests/forms and the walks. Pages of what an engine can change, such as order, search and races,
  run on both: in the folders and files of `ON_BOTH`, or marked `both_engines`. So is it with what a
  browser does, but for one journey from sign-in to a reminder.

With BOTH_ENGINES=1 everything runs on both.
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


# Folders whose tests prove policy, SQL, services, jobs or races, by pages as well.
ON_BOTH: Final = {
    "architecture", "attacks", "catalogue", "forms", "jobs", "operations", "overview", "policy",
    "search",
}  # fmt: skip


def made_once(path: str, name: str, asks_pages: bool = False, both: bool = False) -> bool:
    """Whether a test with this path and name is the second run of one that is run once.

    `asks_pages`: it asks for pages of the application; `both`: it is marked `both_engines`.
    """
    if "[postgresql" not in name or both:
        return False
    folder = path.split("/")[1]
    return path in ONE_ENGINE or folder == "browser" or (asks_pages and folder not in ON_BOTH)
