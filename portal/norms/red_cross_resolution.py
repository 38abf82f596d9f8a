"""Resolution 2 of the 34th International Conference of the Red Cross and Red Crescent."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import VERIFIED, VOLUNTARY, Framework, Norm

CONFERENCE: Final = Framework(
    key="rcrc-34ic-r2",
    name=N_("34th International Conference of the Red Cross and Red Crescent, Resolution 2"),
    symbol="34IC/24/R2, 31 October 2024",
    status=VOLUNTARY,
    since="2024-10-31",
    text=N_(
        "Civilians, and others whom the law protects, are to be protected from harm by "
        "ICT activities in armed conflict."
    ),
    legal=N_(
        "Voluntary: a resolution that is not itself law, but recalls binding law. It "
        "applies in armed conflict only."
    ),
    follow_up=N_(
        "Fed into the UN working group, the Global Initiative on IHL and the work on a "
        "digital emblem."
    ),
    addressed_to=N_("States, and the components of the Movement"),
    source=(
        "rcrcconference.org/?p=35636; casebook.icrc.org/case-study/icrc-protection-of-"
        "civilians-against-digital-threats (symbol, address of the full text); "
        "dig.watch/?p=192239; consensus from memory"
    ),
    verification=VERIFIED,
    why=N_(
        "What States and the Red Cross and Red Crescent Movement agreed on the protection"
        " of civilians. Look here for language on medical and humanitarian services."
    ),
)
_conference = partial(
    Norm,
    framework="rcrc-34ic-r2",
    addressed_to=N_("States; the Movement"),
    status=VOLUNTARY,
    verification=VERIFIED,
    source=(
        "rcrcconference.org/?p=35636, operative paragraphs 6 and 7 (medical facilities, "
        "humanitarian activities); full text at "
        "rcrcconference.org/app/uploads/2024/11/34IC_R2-ICT-EN.pdf, not read; which of 6 "
        "and 7 holds which is from the order there"
    ),
    restates_law=True,
)
RESOLUTION_2: Final = (
    _conference(
        key="rcrc-34ic-r2-1",
        number="1",
        topic="humanitarian-law",
        title=N_("Civilians protected"),
        text=N_(
            "States and the Movement commit themselves to protecting civilians, and other "
            "protected persons and objects, in armed conflict, also from the risks of "
            "malicious ICT activities."
        ),
        symbol="34IC/24/R2, para. 1",
        source=(
            "rcrcconference.org/?p=35636, operative paragraph 1; full text at "
            "rcrcconference.org/app/uploads/2024/11/34IC_R2-ICT-EN.pdf, not read; which of 6 "
            "and 7 holds which is from the order there"
        ),
    ),
    _conference(
        key="rcrc-34ic-r2-4",
        number="4",
        topic="humanitarian-law",
        title=N_("The law applies to ICTs"),
        text=N_(
            "They recall that in armed conflict the rules and principles of international "
            "humanitarian law protect civilians and other protected persons and objects, from"
            " the risks of ICT activities too."
        ),
        symbol="34IC/24/R2, para. 4",
        source=(
            "rcrcconference.org/?p=35636, operative paragraph 4; full text at "
            "rcrcconference.org/app/uploads/2024/11/34IC_R2-ICT-EN.pdf, not read; which of 6 "
            "and 7 holds which is from the order there"
        ),
    ),
    _conference(
        key="rcrc-34ic-r2-6",
        number="6",
        topic="humanitarian-law",
        title=N_("Medical facilities"),
        text=N_(
            "They recall that medical facilities must be respected and protected, with regard"
            " to ICT activities too."
        ),
        symbol="34IC/24/R2, para. 6",
    ),
    _conference(
        key="rcrc-34ic-r2-7",
        number="7",
        topic="humanitarian-law",
        title=N_("Humanitarian activities"),
        text=N_(
            "They recall that humanitarian activities must be respected and protected, with "
            "regard to ICT activities too."
        ),
        symbol="34IC/24/R2, para. 7",
    ),
)
