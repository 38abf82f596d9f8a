"""The Code of Practice for States of the Pall Mall Process (voluntary)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import SECONDARY, VERIFIED, VOLUNTARY, Framework, Norm

PALL_MALL: Final = Framework(
    key="pall-mall-2025",
    name=N_("Pall Mall Process: Code of Practice for States"),
    symbol=(
        "The Pall Mall Process Code of Practice for States, Paris, April 2025 (text "
        "updated on 25 April 2025)"
    ),
    status=VOLUNTARY,
    since="2025-04",
    pledged=True,
    text=N_(
        "How States mean to curb the spread and irresponsible use of commercial cyber "
        "intrusion capabilities."
    ),
    legal=N_("Voluntary and non-binding by its own words."),
    follow_up=N_(
        "Declaration of London, 6 February 2024 (26 governments, two regional "
        "organisations and others). Code: 21 States at first, 25 in summer 2025, 27 by "
        "late 2025. Industry code: consultation in late 2025."
    ),
    addressed_to=N_(
        "supporting States and international organisations; a code for industry was under"
        " consultation in late 2025"
    ),
    source=(
        "gov.uk/government/publications/the-pall-mall-process-code-of-practice-for-states"
        " (text, beginning); bindinghook.com/?p=2855, orfamerica.org, "
        "centerforcybersecuritypolicy.org (numbers, pillars); rusi.org (declaration)"
    ),
    verification=VERIFIED,
    why=N_(
        "How States mean to limit the spread of commercial intrusion tools. Look here "
        "when such a tool was used or sold."
    ),
)
_pall_mall = partial(
    Norm,
    framework="pall-mall-2025",
    addressed_to=N_("supporting States"),
    status=VOLUNTARY,
    verification=SECONDARY,
    source=(
        "names of the four pillars: orfamerica.org, rusi.org, afcea.org; meanings: "
        "orfamerica.org, centerforcybersecuritypolicy.org; preface at gov.uk"
    ),
)
CODE_FOR_STATES: Final = (
    _pall_mall(
        key="pall-mall-2025-accountability",
        number="1",
        topic="proliferation",
        title=N_("Accountability"),
        text=N_(
            "Supporting States mean to have laws and consequences for irresponsible use, at "
            "home and by what they buy and license."
        ),
        symbol="Pall Mall Code of Practice for States, pillar 1",
    ),
    _pall_mall(
        key="pall-mall-2025-precision",
        number="2",
        topic="proliferation",
        title=N_("Precision"),
        text=N_(
            "They mean to keep the use of such tools lawful, necessary and proportionate, on "
            "clearly defined targets, without unintended harm."
        ),
        symbol="Pall Mall Code of Practice for States, pillar 2",
    ),
    _pall_mall(
        key="pall-mall-2025-oversight",
        number="3",
        topic="proliferation",
        title=N_("Oversight"),
        text=N_(
            "They mean to have independent checks on the use and the sale of such tools, due "
            "care for human rights and vetting of vendors included."
        ),
        symbol="Pall Mall Code of Practice for States, pillar 3",
    ),
    _pall_mall(
        key="pall-mall-2025-transparency",
        number="4",
        topic="proliferation",
        title=N_("Transparency"),
        text=N_(
            "They mean to know, and to let be known, who supplies what to whom, so that the "
            "market can be understood."
        ),
        symbol="Pall Mall Code of Practice for States, pillar 4",
    ),
)
