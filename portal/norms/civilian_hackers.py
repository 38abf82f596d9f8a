"""The ICRC on civilian hackers: eight rules, and four obligations of States (guidance)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import GUIDANCE_ONLY, MEMORY, SECONDARY, VERIFIED, Framework, Norm

ICRC: Final = Framework(
    key="icrc-civilian-hackers",
    name=N_("ICRC: eight rules for civilian hackers, four obligations of States"),
    symbol="ICRC, 4 October 2023",
    status=GUIDANCE_ONLY,
    since="2023-10-04",
    text=N_(
        "Which rules of existing law must be kept by anyone who acts digitally in an "
        "armed conflict, and what States owe."
    ),
    legal=N_(
        "Guidance: it restates binding international humanitarian law and makes no new "
        "rule. It applies in armed conflict only."
    ),
    follow_up=N_(
        "ICRC legal adviser T. Rodenhäuser on the same subject: International Review of "
        "the Red Cross, 7 January 2026."
    ),
    addressed_to=N_("anyone who takes part in cyber operations in an armed conflict; States"),
    source=(
        "icrc.org/en/article/8-rules-civilian-hackers-during-war-and-4-obligations-"
        "states-restrain-them (beginning read, up to rule 1); day: en.wikipedia.org; "
        "cambridge.org/core/product/95B5086012C5B56ABEAE95696828873D"
    ),
    verification=VERIFIED,
    why=N_(
        "Which rules of existing law apply to anyone who acts digitally in an armed "
        "conflict. Look here when volunteers or companies take part."
    ),
)
_icrc = partial(
    Norm,
    framework="icrc-civilian-hackers",
    addressed_to=N_("anyone who takes part in cyber operations in an armed conflict"),
    status=GUIDANCE_ONLY,
    verification=SECONDARY,
    source=(
        "icrc.org/en/article/8-rules-civilian-hackers-during-war-and-4-obligations-"
        "states-restrain-them (rule 1 and opening); en.wikipedia.org and wikimili.com "
        "lists (rules 2-8, alike)"
    ),
    restates_law=True,
)
CIVILIAN_HACKERS: Final = (
    _icrc(
        key="icrc-civilian-hackers-1",
        number="1",
        topic="humanitarian-law",
        title=N_("No civilian targets"),
        text=N_(
            "Whoever takes part must not direct a cyber attack against civilian objects: "
            "public services, companies and private property among them and, arguably, "
            "civilian data."
        ),
        symbol="ICRC 2023, rule 1",
        verification=VERIFIED,
    ),
    _icrc(
        key="icrc-civilian-hackers-2",
        number="2",
        topic="humanitarian-law",
        title=N_("No tools that spread blindly"),
        text=N_(
            "Whoever takes part must not use malware, or other means, that spreads by itself "
            "and damages military and civilian objects without distinction."
        ),
        symbol="ICRC 2023, rule 2",
    ),
    _icrc(
        key="icrc-civilian-hackers-3",
        number="3",
        topic="humanitarian-law",
        title=N_("Care for civilians in every plan"),
        text=N_(
            "When planning an attack on a military objective, they must do everything "
            "feasible to avoid or reduce effects on civilians."
        ),
        symbol="ICRC 2023, rule 3",
    ),
    _icrc(
        key="icrc-civilian-hackers-4",
        number="4",
        topic="humanitarian-law",
        title=N_("Medical and humanitarian facilities spared"),
        text=N_(
            "Whoever takes part must not carry out any cyber operation against medical or "
            "humanitarian facilities."
        ),
        symbol="ICRC 2023, rule 4",
    ),
    _icrc(
        key="icrc-civilian-hackers-5",
        number="5",
        topic="humanitarian-law",
        title=N_("What people need to survive spared"),
        text=N_(
            "Whoever takes part must not attack what the population cannot survive without, "
            "or what can set dangerous forces free."
        ),
        symbol="ICRC 2023, rule 5",
    ),
    _icrc(
        key="icrc-civilian-hackers-6",
        number="6",
        topic="humanitarian-law",
        title=N_("No terror"),
        text=N_(
            "Whoever takes part must not threaten violence in order to spread terror among "
            "civilians."
        ),
        symbol="ICRC 2023, rule 6",
    ),
    _icrc(
        key="icrc-civilian-hackers-7",
        number="7",
        topic="humanitarian-law",
        title=N_("No incitement"),
        text=N_(
            "Whoever takes part must not incite others to violate international humanitarian law."
        ),
        symbol="ICRC 2023, rule 7",
    ),
    _icrc(
        key="icrc-civilian-hackers-8",
        number="8",
        topic="humanitarian-law",
        title=N_("Kept even if the enemy does not"),
        text=N_("Whoever takes part must keep these rules also when the other side does not."),
        symbol="ICRC 2023, rule 8",
    ),
    _icrc(
        key="icrc-state-obligation-1",
        number="S1",
        topic="humanitarian-law",
        title=N_("Responsible for those it directs"),
        text=N_(
            "A State answers in international law for civilian hackers who act under its "
            "instruction, direction or control."
        ),
        symbol="ICRC 2023, obligation 1 of States",
        addressed_to=N_("States"),
        source=(
            "mydailypost.com/2597/2 (copy of the ICRC text: general duty of care, first "
            "obligation); obligations 2-4 in their detail from memory; cambridge.org abstract"
            " of 7 January 2026 confirms the subjects"
        ),
    ),
    _icrc(
        key="icrc-state-obligation-2",
        number="S2",
        topic="humanitarian-law",
        title=N_("No encouragement to violations"),
        text=N_(
            "A State must not encourage civilians or groups to act contrary to international "
            "humanitarian law."
        ),
        symbol="ICRC 2023, obligation 2 of States",
        addressed_to=N_("States"),
        verification=MEMORY,
        source=(
            "mydailypost.com/2597/2 (copy of the ICRC text: general duty of care, first "
            "obligation); obligations 2-4 in their detail from memory; cambridge.org abstract"
            " of 7 January 2026 confirms the subjects"
        ),
    ),
    _icrc(
        key="icrc-state-obligation-3",
        number="S3",
        topic="humanitarian-law",
        title=N_("Due care to prevent"),
        text=N_(
            "A State must do what it reasonably can to prevent violations by civilian hackers"
            " on its territory; it must not look away."
        ),
        symbol="ICRC 2023, obligation 3 of States",
        addressed_to=N_("States"),
        source=(
            "mydailypost.com/2597/2 (copy of the ICRC text: general duty of care, first "
            "obligation); obligations 2-4 in their detail from memory; cambridge.org abstract"
            " of 7 January 2026 confirms the subjects"
        ),
    ),
    _icrc(
        key="icrc-state-obligation-4",
        number="S4",
        topic="humanitarian-law",
        title=N_("Prosecution"),
        text=N_("A State must prosecute war crimes, and take measures against other violations."),
        symbol="ICRC 2023, obligation 4 of States",
        addressed_to=N_("States"),
        verification=MEMORY,
        source=(
            "mydailypost.com/2597/2 (copy of the ICRC text: general duty of care, first "
            "obligation); obligations 2-4 in their detail from memory; cambridge.org abstract"
            " of 7 January 2026 confirms the subjects"
        ),
    ),
)
