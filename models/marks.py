"""Marks that words are written with and without: they are found either way.

SQLite indexes texts by `without_marks`, which triggers call (migration 0065), and takes marks off
Latin letters itself; PostgreSQL takes letters apart and drops `MARKS`. What an index holds is not
looked at again: whoever changes anything here makes all of them anew in a migration.
"""

from typing import Final

# What vowels are written with in Arabic and Hebrew, and the stroke that makes Arabic words longer.
ARABIC: Final = (0x640, *range(0x64B, 0x656), 0x670)
HEBREW: Final = (*range(0x5B0, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C7)
# Letters in one sign with their mark: Greek with an accent, ё, Arabic with a hamza or madda.
LETTERS: Final = (
    ("ΆΈΉΊΪΌΎΫΏάέήίΐϊόύΰϋώ", "ΑΕΗΙΙΟΥΥΩαεηιιιουυυω"),
    ("Ёё", "Ее"),
    ("آأؤإئ", "ااواي"),
)
PLAIN: Final = {
    **{ord(sign): plain for pair in LETTERS for sign, plain in zip(*pair, strict=True)},
    **dict.fromkeys((*ARABIC, *HEBREW), ""),
}
# As a class of signs in a regular expression, of PostgreSQL and of Python.
MARKS: Final = "\\u0300-\\u036f" + "".join(f"\\u{sign:04x}" for sign in (*HEBREW, *ARABIC))
FUNCTION: Final = "without_marks"


def without_marks(said: str | None) -> str | None:
    """A text as it is indexed; the letters of most have none of these marks."""
    return said if said is None or said.isascii() else said.translate(PLAIN)
