"""Scales of confidence: the words of each, their bands, and the number STIX 2.1 gives them.

Sources: MISP taxonomies `admiralty-scale` 5 and `estimative-language` 5 (ICD 203), the probability
yardstick of the UK's Professional Head of Intelligence Assessment (PHIA), and the tables of the
appendix on confidence scales of STIX 2.1 as cti-python-stix2 has them. A number is for exchange; it
never takes the place of the word, and no number is compared with another.
"""

from dataclasses import dataclass
from typing import Final

from portal.norms.shapes import SECONDARY, VERIFIED
from portal.parsing import whole
from portal.words import N_

NUMBER: Final = "stix"
HIGHEST: Final = 100
Range = tuple[int, int]


@dataclass(frozen=True)
class Word:
    """A word of a scale: its own band in per cent, and the STIX number with its range."""

    key: str
    label: str
    band: Range | None = None
    number: int | None = None
    stands_for: Range | None = None


@dataclass(frozen=True)
class Scale:
    """A scale; `lost` is what its conversion to a number of STIX loses."""

    key: str
    label: str
    words: tuple[Word, ...]
    lost: str
    verification: str

    def word(self, key: str) -> Word | None:
        """One of its words; None where it has none of that name."""
        return next((word for word in self.words if word.key == key), None)


ESTIMATIVE: Final = Scale(
    "icd-203",
    N_("Estimative language (ICD 203)"),
    (
        Word("almost-no-chance", N_("almost no chance"), (1, 5), 5, (0, 9)),
        Word("very-unlikely", N_("very unlikely"), (5, 20), 15, (10, 19)),
        Word("unlikely", N_("unlikely"), (20, 45), 30, (20, 39)),
        Word("even", N_("roughly even chance"), (45, 55), 50, (40, 59)),
        Word("likely", N_("likely"), (55, 80), 70, (60, 79)),
        Word("very-likely", N_("very likely"), (80, 95), 85, (80, 89)),
        Word("almost-certain", N_("almost certain"), (95, 99), 95, (90, 100)),
    ),
    N_("STIX cuts the same words at other points, so the band of the word is lost."),
    SECONDARY,
)
ANALYTIC: Final = Scale(
    "analytic",
    N_("Analytic confidence"),
    (
        Word("low", N_("low confidence"), None, 15, (1, 29)),
        Word("moderate", N_("moderate confidence"), None, 50, (30, 69)),
        Word("high", N_("high confidence"), None, 85, (70, 100)),
    ),
    N_("It says how well founded a judgement is; the number reads like a likelihood."),
    SECONDARY,
)
YARDSTICK: Final = Scale(
    "phia",
    N_("Probability yardstick (PHIA)"),
    (
        Word("remote", N_("remote chance"), (0, 5)),
        Word("highly-unlikely", N_("highly unlikely"), (10, 20)),
        Word("unlikely", N_("unlikely"), (25, 35)),
        Word("realistic", N_("realistic possibility"), (40, 50)),
        Word("likely", N_("likely or probable"), (55, 75)),
        Word("highly-likely", N_("highly likely"), (80, 90)),
        Word("almost-certain", N_("almost certain"), (95, 100)),
    ),
    N_("STIX has no table for these words, and their bands leave gaps on purpose."),
    SECONDARY,
)
ADMIRALTY: Final = Scale(
    "admiralty",
    N_("Admiralty code, credibility"),
    (
        Word("1", N_("1, confirmed by other sources"), None, 90, (80, 100)),
        Word("2", N_("2, probably true"), None, 70, (60, 79)),
        Word("3", N_("3, possibly true"), None, 50, (40, 59)),
        Word("4", N_("4, doubtful"), None, 30, (20, 39)),
        Word("5", N_("5, improbable"), None, 10, (0, 19)),
        Word("6", N_("6, truth cannot be judged")),
    ),
    N_("The grade of the source (A to F) has no number. 6 is left out in STIX: it is not 0."),
    VERIFIED,
)
SCALES: Final = {scale.key: scale for scale in (ESTIMATIVE, ANALYTIC, YARDSTICK, ADMIRALTY)}
FROM_NUMBER: Final = N_("A number says nothing of the words that its author would have used.")


@dataclass(frozen=True)
class Confidence:
    """What a claim says of its confidence: the scale and the word, or a number of STIX.

    `number` is what goes into STIX; None where there is none, which is not 0. `band` is that of the
    word, `stands_for` the range that the number stands for.
    """

    scale: str
    word: str
    band: Range | None
    number: int | None
    stands_for: Range | None
    lost: str
    verification: str


def known(scale: str, said: str) -> bool:
    """Whether this is a word of a scale, or a number from 0 to 100."""
    if scale == NUMBER:
        return whole(said, HIGHEST) is not None
    return scale in SCALES and SCALES[scale].word(said) is not None


def confidence_of(scale: str, said: str) -> Confidence | None:
    """A claim's confidence with its conversion; None where it states none."""
    if not known(scale, said):
        return None
    if scale == NUMBER:
        number = whole(said, HIGHEST)
        return Confidence("STIX 2.1", str(number), None, number, None, FROM_NUMBER, VERIFIED)
    table = SCALES[scale]
    word = table.word(said)
    if word is None:
        raise LookupError(said)
    return Confidence(
        table.label,
        word.label,
        word.band,
        word.number,
        word.stands_for,
        table.lost,
        table.verification,
    )
