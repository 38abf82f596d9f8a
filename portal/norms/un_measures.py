"""Confidence-building measures of the UN (voluntary)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import MEMORY, SECONDARY, VOLUNTARY, Framework, Norm

UN_CBM: Final = Framework(
    key="un-oewg-global-cbm",
    name=N_("UN global confidence-building measures"),
    symbol="A/78/265, annex B (no. 1–4, 2023) and A/79/214, annex B (no. 5–8, 2024)",
    status=VOLUNTARY,
    since="2023",
    text=N_("Steps by which States could, of their own accord, keep from misreading one another."),
    legal=N_("Voluntary: steps that States could take of their own accord."),
    follow_up=N_(
        "No. 1 is the directory of points of contact, opened on 9 May 2024. The Global "
        "Mechanism keeps the list."
    ),
    addressed_to=N_("States"),
    source=(
        "first four before March 2024, further ones still under discussion in March 2024:"
        " dig.watch, seventh session, 6 and 7 March 2024; symbols of both annexes from "
        "memory"
    ),
    verification=MEMORY,
    why=N_(
        "Steps that keep States from misreading one another. Look here for what could be "
        "offered or asked for in talks."
    ),
)
_un_cbm = partial(
    Norm,
    framework="un-oewg-global-cbm",
    addressed_to=N_("States"),
    status=VOLUNTARY,
    verification=MEMORY,
    source="A/78/265, annex B (2023; symbol from memory); from memory",
)
GLOBAL_MEASURES: Final = (
    _un_cbm(
        key="un-oewg-global-cbm-1",
        number="1",
        topic="contact",
        title=N_("Points of contact"),
        text=N_("States could name points of contact for the global directory and use it."),
        symbol="A/78/265, annex B, CBM 1",
        verification=SECONDARY,
        source=(
            "A/78/265, annex B (2023; symbol from memory); that the directory is a "
            "confidence-building measure: dig.watch/?p=170813; unidir.org"
        ),
    ),
    _un_cbm(
        key="un-oewg-global-cbm-2",
        number="2",
        topic="contact",
        title=N_("Exchange of views and dialogue"),
        text=N_(
            "States could go on exchanging views and consulting: bilaterally, within and "
            "between regions, and all together."
        ),
        symbol="A/78/265, annex B, CBM 2",
    ),
    _un_cbm(
        key="un-oewg-global-cbm-3",
        number="3",
        topic="transparency",
        title=N_("Papers and views shared"),
        text=N_(
            "States could share, as they choose, concept papers, national strategies, "
            "policies, laws and what has worked."
        ),
        symbol="A/78/265, annex B, CBM 3",
    ),
    _un_cbm(
        key="un-oewg-global-cbm-4",
        number="4",
        topic="cooperation",
        title=N_("Measures developed and practised together"),
        text=N_(
            "States could look for occasions to develop confidence-building measures together"
            " and to exercise them."
        ),
        symbol="A/78/265, annex B, CBM 4",
    ),
    _un_cbm(
        key="un-oewg-global-cbm-5",
        number="5",
        topic="cooperation",
        title=N_("Exchange on cooperation and partnership for capacity"),
        text=N_(
            "States could exchange information on cooperation and partnership that "
            "strengthens capacity for ICT security and for such measures."
        ),
        symbol="A/79/214, annex B, CBM 5",
        source="A/79/214, annex B (2024; symbol from memory); from memory",
    ),
    _un_cbm(
        key="un-oewg-global-cbm-6",
        number="6",
        topic="hygiene",
        title=N_("Seminars, workshops and training"),
        text=N_("States could hold seminars, workshops and training on ICT security regularly."),
        symbol="A/79/214, annex B, CBM 6",
        source="A/79/214, annex B (2024; symbol from memory); from memory",
    ),
    _un_cbm(
        key="un-oewg-global-cbm-7",
        number="7",
        topic="critical-infrastructure",
        title=N_("Exchange on protecting critical infrastructure"),
        text=N_(
            "States could exchange information and good practice on protecting critical "
            "infrastructure and critical information infrastructure."
        ),
        symbol="A/79/214, annex B, CBM 7",
        source=(
            "A/79/214, annex B (2024; symbol from memory); from memory; that such a measure "
            "was then wanted: dig.watch, 7 March 2024"
        ),
    ),
    _un_cbm(
        key="un-oewg-global-cbm-8",
        number="8",
        topic="cooperation",
        title=N_("Public-private partnership and cooperation"),
        text=N_(
            "States could strengthen partnership and cooperation between the public and the "
            "private sector on ICT security."
        ),
        symbol="A/79/214, annex B, CBM 8",
        source=(
            "A/79/214, annex B (2024; symbol from memory); from memory; that such a measure "
            "was then wanted: dig.watch, 7 March 2024"
        ),
    ),
)
