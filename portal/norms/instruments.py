"""Law and other instruments beside the norms: each with its status and when it applies."""

from typing import Final

from models.vocabulary import N_
from portal.norms.reporting_duties import REPORTING_DUTIES
from portal.norms.shapes import (
    BINDING,
    GUIDANCE_ONLY,
    MEMORY,
    PROPOSAL,
    SECONDARY,
    VERIFIED,
    Instrument,
    Point,
)

INSTRUMENTS: Final = (
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
        key="un-cybercrime-convention",
        title=N_("United Nations Convention against Cybercrime"),
        text=N_(
            "States parties must make certain acts criminal, cooperate across borders and "
            "share electronic evidence, with safeguards for human rights. It says nothing "
            "about companies' duties by itself; national law does."
        ),
        symbol=(
            "General Assembly resolution 79/243, 24 December 2024; UN Treaty Collection XVIII-16"
        ),
        status=BINDING,
        binds=N_("States parties, once it is in force"),
        applies=N_(
            "on the ninetieth day after the fortieth instrument of ratification, acceptance, "
            "approval or accession (art. 65(1))"
        ),
        source=(
            "treaties.un.org/doc/Publication/MTDSG/Volume%20II/Chapter%20XVIII/XVIII-"
            "16.en.xml; unodc.org/unodc/en/cybercrime/convention/home.html"
        ),
        verification=VERIFIED,
        in_force=False,
        facts=(
            Point(
                N_(
                    "Open for signature in Hanoi on 25 and 26 October 2025, then in New York "
                    "until 31 December 2026"
                ),
                VERIFIED,
            ),
            Point(
                N_(
                    "72 signatories, the European Union among them, and no ratification in the "
                    "stored copy of late 2025; 74 signatories by March 2026"
                ),
                SECONDARY,
            ),
            Point(
                N_(
                    "One to three ratifications reported by May 2026 (Qatar; also Azerbaijan and "
                    "Viet Nam)"
                ),
                SECONDARY,
            ),
        ),
    ),
    Instrument(
        key="un-global-mechanism",
        title=N_("Global Mechanism on ICT security"),
        text=N_(
            "The UN's standing forum on ICTs and international security, led by States. "
            "Businesses, civil society and academia may take part as stakeholders. It makes "
            "no law."
        ),
        symbol="A/79/214, annex C; A/80/257, annex I; A/RES/80/16",
        status=GUIDANCE_ONLY,
        binds="",
        applies=N_("since 2026"),
        source="meetings.unoda.org/meeting/76825; press.un.org/en/2025/sgsm22726.doc.htm",
        verification=VERIFIED,
    ),
    Instrument(
        key="un-checklist-norms",
        title=N_("Voluntary checklist of practical actions for the norms"),
        text=N_("A list, kept open for additions, of what States could do norm by norm."),
        symbol="A/79/214, annex A",
        status=GUIDANCE_ONLY,
        binds="",
        applies=N_("since July 2024"),
        source=(
            "existence told by dig.watch and read earlier; letter of the annex and content "
            "from memory"
        ),
        verification=MEMORY,
    ),
    Instrument(
        key="geneva-manual-1",
        title=N_("Geneva Manual, chapter I: supply chain and vulnerabilities"),
        text=N_(
            "What those who are no State could do about norms i and j: makers, suppliers, "
            "owners, researchers, the open-source community, response teams, civil society."
        ),
        symbol=(
            "Geneva Dialogue on Responsible Behaviour in Cyberspace, December 2023 (norms i, j)"
        ),
        status=GUIDANCE_ONLY,
        binds="",
        applies="",
        source=(
            "genevadialogue.ch/geneva-manual/chapter-1 (opening: both norms, question who "
            "does what); the month and the list of roles from memory"
        ),
        verification=VERIFIED,
    ),
    Instrument(
        key="geneva-manual-2",
        title=N_("Geneva Manual, chapter II: critical infrastructure"),
        text=N_(
            "The same for the protection of critical infrastructure: operators, vendors, "
            "engineers, researchers."
        ),
        symbol="Geneva Dialogue, 14 May 2025 (norms f, g, h)",
        status=GUIDANCE_ONLY,
        binds="",
        applies="",
        source=(
            "diplomacy.edu event page of 14 May 2025; genevadialogue.ch/event/announcing-"
            "second-chapter; that it is about norms f, g and h: read earlier"
        ),
        verification=VERIFIED,
    ),
    Instrument(
        key="digital-emblem",
        title=N_("Digital emblem"),
        text=N_(
            "A way to show by digital means that an asset is protected under humanitarian "
            "law, such as a red cross for servers. Wanted: decentralised, checkable without "
            "alerting anybody, removable when it endangers. The working group is active; its "
            "requirements are a draft that lapses on 8 December 2026. This portal neither "
            "shows an emblem nor promises its protection."
        ),
        symbol="IETF working group 'diem'; draft-ietf-diem-requirements-02 (June 2026)",
        status=PROPOSAL,
        binds="",
        applies=N_("not usable yet"),
        source=(
            "datatracker.ietf.org/wg/diem/about; mirror of draft-ietf-diem-requirements-02; "
            "itu.int WSIS 2025 session 508"
        ),
        verification=VERIFIED,
        facts=(
            Point(
                N_(
                    "Resolution 2 of the 34th International Conference encourages the ICRC's work"
                    " on it"
                ),
                SECONDARY,
            ),
            Point(N_("The Cybersecurity Tech Accord supports it by a pledge"), SECONDARY),
        ),
    ),
    Instrument(
        key="dppa-practice-note-ict",
        title=N_(
            "Addressing the Malicious Use of Information and Communications Technologies in "
            "Mediation Processes"
        ),
        text=N_(
            "What malicious ICT conduct, shutdowns included, means for mediation: how a "
            "mediator prepares, and which options there are to negotiate and monitor limits."
        ),
        symbol="UN DPPA Practice Note",
        status=GUIDANCE_ONLY,
        binds="",
        applies="",
        source=(
            "peacemaker.un.org/en/documents/dppa-practice-note-addressing-malicious-use-"
            "information-and-communications-technologies-0 (page read; the PDF of 8.91 MB was"
            " not to be had)"
        ),
        verification=VERIFIED,
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
    *REPORTING_DUTIES,
)
