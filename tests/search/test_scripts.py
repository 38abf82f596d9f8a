"""A word is found as it was written, in whatever script, and by its beginning."""

from collections.abc import Callable
from typing import Final

import pytest

from models.notices import Notice
from portal.db import writing
from portal.search.words import Sought, words_of
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.search.test_search import found

Visit = Callable[[str], Visitor]
# Titles, and what finds each of them.
FOUND: Final = {
    "Zürich École Łódź": ("zurich", "ZÜRICH", "éco", "ecole", "łódź"),
    "Việt Nam hòa giải": ("viet", "Việt", "giải"),
    "Київ: переговори й їжа": ("київ", "КИЇВ", "київ пер", "їжа", "ки"),
    "Российский ёж": ("российский", "РОССИЙ", "ёж", "еж", "ЕЖ"),
    "Ещё елка": ("еще", "ещё", "ёлка"),
    "Ειρήνη στην οδό Αθηνάς": ("ειρήνη", "ΕΙΡΉ", "αθηνάς", "ειρηνη", "ΕΙΡΗΝΗ", "αθηνας", "ειρ"),
    "ΠΡΟΫΠΟΛΟΓΙΣΜΟΊ ΑΫΛΗ": ("προϋπολογισμοί", "προυπολογισμοι", "άυλη"),
    "المفاوضات": ("المفاوضات", "المفا", "المُفاوَضات"),
    "مُفَاوَضَات السَّلام": ("مفاوضات", "مُفَاوَضَات", "مفاو", "السلام", "مفاوضات السلام"),
    "أمن الـــدولة": ("امن", "أمن", "الدولة"),
    "گفت\u200cوگو می\u200cشود": ("گفت\u200cوگو", "گفت وگو", "می\u200cشود"),
    "שָׁלוֹם עולם": ("שָׁלוֹם", "עולם", "שלום", "שלו"),
    "שלום בית": ("שָׁלוֹם בַּיִת",),
    "हिन्दी वार्ता": ("हिन्दी", "वार्ता"),
    "မြန်မာ": ("မြန်မာ",),
    "สันติภาพ": ("สันติภาพ", "สัน"),
    "和平 调解": ("和平", "调"),
    "한국 평화": ("한국", "평화", "평화 한"),
    "平和ガイド": ("平和ガイド",),
}


@pytest.mark.both_engines
def test_words_of_every_script_are_found_as_they_were_written(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for title in FOUND:
            published(session, world, "peace", title=title)
    mediator = visit("mediator@peace")
    missed = [
        (asked, title)
        for title, questions in FOUND.items()
        for asked in questions
        if title not in found(mediator, asked)
    ]
    assert missed == []


@pytest.mark.both_engines
def test_what_is_rewritten_is_found_as_it_is_then(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", title="Ειρήνη ёж")
        ref = notice.ref
    mediator = visit("mediator@peace")
    assert found(mediator, "ειρηνη") == ["Ειρήνη ёж"]
    with writing(world.sessions) as session:
        session.query(Notice).filter_by(ref=ref).one().title = "Εκεχειρία"
    assert found(mediator, "ειρηνη") == found(mediator, "еж") == found(mediator, "ειρήνη") == []
    assert found(mediator, "εκεχειρια") == ["Εκεχειρία"]


def test_a_word_with_marks_is_shown_as_found_without_them() -> None:
    for said, word in (("عن مُفَاوَضَات", "مفاوضات"), ("об ёже", "еже"), ("στην Αθήνα", "αθηνα")):
        shown = Sought(words_of(word)).snippet(said)
        assert f"<mark>{said.split()[1]}</mark>" in shown


@pytest.mark.both_engines
def test_a_mark_that_makes_another_sign_finds_no_other_word(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Київ")
    mediator = visit("mediator@peace")
    assert found(mediator, "кит") == []
    assert found(mediator, "київський") == []


@pytest.mark.both_engines
def test_signs_that_stand_for_others_are_no_fault(world: World, visit: Visit) -> None:
    for asked in ("№", "℃ №", "①", "½", "ﬁ", "\u064e a", "a\u0308"):
        assert found(visit("mediator@peace"), asked) == [], asked
