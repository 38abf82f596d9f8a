"""What the texts of the bench are made of: words by chance, some of them to be searched for."""

import itertools
import random

from models.base import ALPHABET

COMMON, RARE, HIDDEN = "wiper", "zephyrine", "ledgerfall"
RARE_ONES = 5
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ra", "se", "ti", "vo", "xu")


class Words:
    """Draws words, a few of them often and most of them seldom; the same ones each time."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = ["".join(w) for w in itertools.product(SYLLABLES, repeat=3)]
        self.chance.shuffle(self.words)
        self.weights = list(itertools.accumulate(1 / (n + 8) for n in range(len(self.words))))

    def draw(self, count: int) -> list[str]:
        """So many words."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)


def is_rare(key: int, total: int) -> bool:
    """Whether this one of so many is among the few that a rare word or norm leads to."""
    return key % max(total // RARE_ONES, 1) == 7


def reference(prefix: str, key: int, year: int) -> str:
    """A reference that looks random, is the same each time and comes once."""
    number, letters = key * 668_265_263 % 32**6, ""
    for _ in range(6):
        number, digit = divmod(number, 32)
        letters += ALPHABET[digit]
    return f"{prefix}-{year % 100:02d}-{letters}"
