"""Law and other instruments beside the norms: each with its status and when it applies."""

from typing import Final

from models.vocabulary import N_
from portal.norms.armed_conflict import ARMED_CONFLICT
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
    *ARMED_CONFLICT,
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
    *REPORTING_DUTIES,
)
