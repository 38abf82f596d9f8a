"""What numbers, sheets and prints share: how many rows at most, and the marking of a whole."""

from collections.abc import Iterable
from typing import Final

from models.vocabulary import Tlp

MOST: Final = 2000


def strictest(markings: Iterable[str]) -> Tlp:
    """The marking of a whole: the strictest of its parts (TLP 2.0), CLEAR where it has none."""
    return Tlp.strictest(markings)
