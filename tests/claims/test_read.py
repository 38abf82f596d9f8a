"""Reading a claim, and confidence: the author's word stays, a number stands beside it."""

import pytest

from portal.claims import NUMBER, SCALES, confidence_of


@pytest.mark.parametrize(
    ("scale", "said", "number"),
    [
        ("icd-203", "likely", 70),
        ("analytic", "high", 85),
        ("phia", "realistic", None),
        ("admiralty", "6", None),
        ("admiralty", "5", 10),
        (NUMBER, "0", 0),
        (NUMBER, "85", 85),
    ],
)
def test_a_word_has_its_number_or_none(scale: str, said: str, number: int | None) -> None:
    found = confidence_of(scale, said)
    assert found is not None
    assert found.number == number
    assert found.lost


def test_what_is_no_word_of_a_scale_is_not_stated() -> None:
    for scale, said in (("", ""), ("phia", "certain"), (NUMBER, ""), (NUMBER, "101"), ("x", "1")):
        assert confidence_of(scale, said) is None


def test_each_number_lies_in_its_range_and_bands_rise() -> None:
    for scale in SCALES.values():
        for word in scale.words:
            if word.number is not None:
                assert word.stands_for is not None
                assert word.stands_for[0] <= word.number <= word.stands_for[1]
        bands = [word.band for word in scale.words if word.band is not None]
        assert bands == sorted(bands)
