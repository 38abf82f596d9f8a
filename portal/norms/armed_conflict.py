"""Law of armed conflict that bears on digital acts: each with whom it binds and when."""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import BINDING, GUIDANCE_ONLY, MEMORY, SECONDARY, VERIFIED, Instrument

ARMED_CONFLICT: Final = (
    Instrument(
        key="ihl-distinction",
        title=N_("Distinction between civilian objects and military objectives"),
        text=N_(
            "Parties must direct operations at military objectives alone. An object is one "
            "only where it contributes effectively to military action and its loss brings a "
            "definite military advantage at that time; in doubt, an object that normally "
            "serves civilians counts as civilian."
        ),
        symbol=(
            "Additional Protocol I of 1977, art. 48 and 52; customary law in every armed conflict"
        ),
        status=BINDING,
        binds=N_("all parties to an armed conflict, armed groups included"),
        applies=N_("in armed conflict, to cyber operations as to others"),
        source=(
            "cyberlaw.ccdcoe.org/wiki/Military_objectives (art. 52(2), custom, doubt, cyber "
            "operations); art. 48 from memory"
        ),
        verification=SECONDARY,
    ),
    Instrument(
        key="ihl-medical",
        title=N_("Medical facilities, personnel and their data"),
        text=N_(
            "Medical units, transports and personnel must be respected and protected at all "
            "times. To respect means more than not to attack: their work must not be "
            "hindered, by digital means either. The ICRC holds that this covers the data that"
            " medical care needs."
        ),
        symbol=(
            "Geneva Convention I art. 19, IV art. 18; Additional Protocol I art. 12; "
            "34IC/24/R2 on ICT activities; Additional Protocol II art. 11 and customary law "
            "for conflicts that are not international"
        ),
        status=BINDING,
        binds=N_("all parties to an armed conflict, armed groups included"),
        applies=N_("in armed conflict"),
        source=(
            "rcrcconference.org/?p=35636 (operative paragraphs 6 and 7); numbers of articles "
            "and the ICRC's view on medical data from memory"
        ),
        verification=SECONDARY,
    ),
    Instrument(
        key="ihl-humanitarian",
        title=N_("Humanitarian relief: personnel, objects and data"),
        text=N_(
            "Parties must allow and ease the passage of impartial relief, subject to their "
            "right of control. Relief personnel and objects must be respected and protected, "
            "which is understood to rule out digital interference that goes short of an "
            "attack."
        ),
        symbol="Additional Protocol I art. 70 and 71; customary law; 34IC/24/R2",
        status=BINDING,
        binds=N_("all parties to an armed conflict"),
        applies=N_("in armed conflict, once relief is consented to"),
        source=(
            "cyberlaw.ccdcoe.org/wiki/Humanitarian_relief_operations; blogs.icrc.org/law-and-"
            "policy/?p=15744; numbers of articles from memory"
        ),
        verification=SECONDARY,
    ),
    Instrument(
        key="ihl-civilian-data",
        title=N_("Civilian data in general"),
        text=N_(
            "Whether civilian data are an 'object' that must not be attacked is disputed "
            "among States. The ICRC counts them 'arguably' among civilian objects. This is "
            "not settled law."
        ),
        symbol="no treaty text of its own",
        status=GUIDANCE_ONLY,
        binds="",
        applies=N_("in armed conflict"),
        source=(
            "icrc.org/en/article/8-rules-civilian-hackers-during-war-and-4-obligations-"
            "states-restrain-them, rule 1; that States differ: from memory"
        ),
        verification=VERIFIED,
    ),
    Instrument(
        key="ihl-survival",
        title=N_("Objects people cannot survive without; dangerous forces"),
        text=N_(
            "Parties must not attack, destroy or render useless what the population needs to "
            "survive, such as water works, and must take special care with works that hold "
            "back dangerous forces, such as dams and nuclear power stations."
        ),
        symbol="Additional Protocol I art. 54 and 56; customary law",
        status=BINDING,
        binds=N_("all parties to an armed conflict"),
        applies=N_("in armed conflict"),
        source=("ICRC rule 5 (list in en.wikipedia.org) for the substance; articles from memory"),
        verification=SECONDARY,
    ),
    Instrument(
        key="ihl-terror",
        title=N_("No acts or threats of violence meant to spread terror among civilians"),
        text=N_(
            "Acts or threats of violence whose main purpose is to spread terror among the "
            "civilian population are prohibited; threats spoken online are threats."
        ),
        symbol=(
            "Additional Protocol I art. 51(2); Additional Protocol II art. 13(2); customary law"
        ),
        status=BINDING,
        binds=N_("all parties to an armed conflict, armed groups included"),
        applies=N_("in armed conflict"),
        source="numbers of articles from memory",
        verification=MEMORY,
    ),
    Instrument(
        key="ihl-dignity",
        title=N_("Prisoners and the dead are not put on show"),
        text=N_(
            "Prisoners must be protected against insults and public curiosity, and persons in"
            " the hands of a party against outrages upon personal dignity; pictures posted to"
            " humiliate fall under this."
        ),
        symbol="Geneva Convention III art. 13; common article 3; customary law",
        status=BINDING,
        binds=N_("all parties to an armed conflict, armed groups included (common article 3)"),
        applies=N_("in armed conflict"),
        source="numbers of articles from memory",
        verification=MEMORY,
    ),
)
